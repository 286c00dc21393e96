import { deepFreeze } from "../../foundation/index.js";
import { listBinding, requireBoundList, requireMasterList, unblindedArmsOf } from "../../list/index.js";
import type { MasterList } from "../../list/index.js";
import { issuedRows, type BoundNumbers, type IssuedRow, type Levels } from "./issued.js";
import { marked, type Unblinded, type ViewRole } from "../../list/index.js";

/** An issued position with its treatment. UNBLINDED. */
export interface IssuedTreatment extends IssuedRow {
  readonly arm: string;
}

/**
 * What somebody holds who is not masked and yet does not keep the list: the treatments of those who were randomized,
 * and nothing of who comes next. UNBLINDED.
 */
export interface IssuedView extends Unblinded {
  readonly format: "allocell-issued-view-1";
  readonly role: ViewRole;
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  readonly rows: readonly IssuedTreatment[];
}

/**
 * The treatments issued so far, without block, ratio or any later row: in an open trial too, whoever enrols must not
 * know the next one. UNBLINDED.
 *
 * @param where - levels that the rows must have
 * @throws AllocellError `blinding.number_unknown`, `blinding.number_repeated`, `blinding.levels_unknown`
 */
export function unblindedIssuedView(
  master: MasterList,
  issued: BoundNumbers,
  where: Levels = {},
  role: ViewRole = "sponsor",
): IssuedView {
  requireMasterList(master);
  requireBoundList(issued, listBinding(master), "issued");
  const list = master.blinded();
  const arms = unblindedArmsOf(master);
  const rows = issuedRows(list, issued, where).map((row) => ({ ...row, arm: arms.get(row.number) ?? "" }));
  const { status, trial, part } = list;
  return marked(
    deepFreeze({
      world: "unblinded",
      format: "allocell-issued-view-1",
      role,
      status,
      trial,
      part,
      list: list.list,
      rows,
    } as const),
  );
}

import { requireMasterList } from "../../list/index.js";
import { deepFreeze } from "../../foundation/index.js";
import type { MasterList, MasterRow } from "../../list/index.js";
import { marked, type Unblinded } from "../../list/index.js";

type ListRecord = ReturnType<MasterList["unblindedRecord"]>;

/** Everything of a list but its seed. UNBLINDED. */
export interface StatisticianView extends Unblinded, ListRecord {
  readonly format: "allocell-statistician-view-1";
  readonly role: "statistician";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  readonly rows: readonly MasterRow[];
}

/** The view of the unblinded statistician: plan, algorithm, assumptions, warnings and every row. UNBLINDED. */
export function unblindedStatisticianView(master: MasterList): StatisticianView {
  requireMasterList(master);
  const {
    plan,
    status,
    algorithm,
    assumptions,
    warnings,
    seedMark,
    opening,
    extends: before,
  } = master.unblindedRecord();
  return marked(
    deepFreeze({
      world: "unblinded",
      format: "allocell-statistician-view-1",
      role: "statistician",
      status,
      trial: plan.trial,
      part: plan.part,
      list: plan.list,
      plan,
      algorithm,
      assumptions,
      warnings,
      seedMark,
      opening,
      ...(before === undefined ? {} : { extends: before }),
      rows: [...master.unblindedRows()],
    } as const),
  );
}

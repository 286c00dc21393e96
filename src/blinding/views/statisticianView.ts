import { requireMasterList } from "../../list/index.js";
import { deepFreeze } from "../../foundation/index.js";
import type { Adoption, MasterList, MasterRow } from "../../list/index.js";
import { marked, type Unblinded } from "../../list/index.js";

type ListRecord = Omit<ReturnType<MasterList["unblindedRecord"]>, "seedMark" | "adopted">;

/** Everything of a list but its seed; of an adopted one, but its key. UNBLINDED. */
export interface StatisticianView extends Unblinded, ListRecord {
  readonly format: "allocell-statistician-view-1";
  readonly role: "statistician";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  /** Absent of an adopted list, which has no seed. */
  readonly seedMark?: string;
  /** Where a list comes from that another system made. */
  readonly adopted?: Omit<Adoption, "key">;
  readonly rows: readonly MasterRow[];
}

/** The view of the unblinded statistician: plan, algorithm, assumptions, warnings and every row. UNBLINDED. */
export function unblindedStatisticianView(master: MasterList): StatisticianView {
  requireMasterList(master);
  const { plan, status, algorithm, assumptions, warnings, seedMark, opening, ...more } = master.unblindedRecord();
  const { adopted, extends: before } = more;
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
      ...(adopted === undefined ? { seedMark } : { adopted: withoutKey(adopted) }),
      opening,
      ...(before === undefined ? {} : { extends: before }),
      rows: [...master.unblindedRows()],
    } as const),
  );
}

function withoutKey({ system, source, map }: Adoption): Omit<Adoption, "key"> {
  return { ...(system === undefined ? {} : { system }), source, ...(map === undefined ? {} : { map }) };
}

import type { Issue } from "../foundation/index.js";
import { blindedRowCount, type HashedFile, type MasterList } from "../list/index.js";
import type { ClosedAssumption, Trial } from "../trial/index.js";

/** What a blinded person may see: the rows that were asked for, not those that a whole last block adds. */
export function countsOnly(command: string, made: MasterList): object {
  return { command, list: made.list, status: made.status, rows: blindedRowCount(made.blinded()) };
}

/** A list that was made or taken over, as JSON. UNBLINDED. */
export function listAnswer(
  command: "list" | "adopt",
  made: MasterList,
  trial: Trial,
  folder: string,
  files: readonly HashedFile[],
  warnings: readonly Issue[],
  assumptions: readonly ClosedAssumption[],
): object {
  const { plan, algorithm, adopted } = made.unblindedRecord();
  return {
    ...countsOnly(command, made),
    world: "unblinded",
    ...(adopted === undefined ? {} : { origin: "adopted", source: adopted.source }),
    trial: trial.id,
    part: plan.part,
    algorithm,
    folder,
    files,
    balance: made.unblindedBalance().map(({ stratum, ...rest }) => ({ stratum: Object.fromEntries(stratum), ...rest })),
    warnings,
    assumptions,
  };
}

import type { ProcedureKind } from "../../src/procedure/index.js";
import { PROCEDURE_EXAMPLES, procedureExample } from "../support/procedureExamples.js";

/** The plan of a kind of procedure whose list is frozen, from the seed {@link FROZEN_SEED}. */
export function procedurePlan(kind: ProcedureKind, more: object): object {
  const [a, b] = PROCEDURE_EXAMPLES[kind].ratio ?? [1, 1];
  return {
    trial: "NOREG",
    part: "main",
    list: `NOREG-${kind}`,
    arms: { a, b },
    procedure: procedureExample(kind),
    strata: [{ factor: "site", levels: ["01", "02"] }],
    length: 60,
    ...more,
  };
}

export const FROZEN_SEED = "20260101";

/** The streams of a plan, by what stands behind the algorithm's id in algorithms.json. */
export const STREAMS: Readonly<Record<string, object>> = { "": {}, "/r-mt-1": { stream: "r-mersenne-twister" } };

import { fail, requireString } from "../../foundation/index.js";
import { algorithmOf, listFileNames, strataByProcedure, strataOf, type Plan } from "../../list/index.js";
import { readyProcedure } from "../../procedure/index.js";

/** What a program that regenerates a list is written from, beside the plan. */
export interface ScriptRequest {
  readonly status: "LIVE" | "TEST";
  /** Algorithm id of the list, as its manifest states it. */
  readonly algorithm: string;
  readonly language: "python" | "r";
}

/**
 * That a program for this plan would regenerate the list that was made.
 *
 * @throws AllocellError `script.algorithm_unknown`, `script.stream_test_only`, and `procedure.*` for a plan from which no
 *   list comes
 */
export function requireRegenerable(plan: Plan, { status, algorithm }: ScriptRequest): void {
  const known = algorithmOf(plan);
  if (algorithm !== known) {
    fail("script.algorithm_unknown", "algorithm", "This version writes no program for the algorithm of the list.", {
      expected: known,
      received: algorithm,
    });
  }
  if (plan.stream === "r-mersenne-twister" && status === "LIVE") {
    fail("script.stream_test_only", "status", "No LIVE list is made with R's stream.", {
      expected: "TEST",
      received: status,
    });
  }
  const ratio = plan.arms.map((share) => share.ratio);
  for (const { procedure, strata } of strataByProcedure(plan)) {
    for (const rows of new Set(strata.map(({ length }) => length))) readyProcedure(procedure, ratio, rows);
  }
}

/** For each entry of the plan's own procedures, whether its lists go on to the end of their last block. */
export function ownWholeLastBlocks(plan: Plan): readonly boolean[] {
  const ratio = plan.arms.map((share) => share.ratio);
  const strata = strataOf(plan);
  return (plan.procedures ?? []).map(({ procedure }) => {
    const length = strata.find((stratum) => stratum.procedure === procedure)?.length ?? plan.length;
    return readyProcedure(procedure, ratio, length).wholeLastBlock;
  });
}

/** The file that the program looks for beside itself: the master list as `allocell list` names it. */
export function masterCsvName(list: string, status: "LIVE" | "TEST"): string {
  requireString(list, "list", "the id of a list");
  return listFileNames(list, status).masterCsv;
}

import type { OqFile } from "./caseFile.js";
import type { OqResult } from "./runCase.js";

/** How many cases each group has: what is not there cannot run, and has not passed. */
export const SUITE: Readonly<Record<string, number>> = {
  ...{ A: 12, C: 25, D: 120, E: 96, L: 120, M: 16, N: 2, P: 16, Q: 66, R: 116, S: 3, T: 69, X: 9 },
};

/** A group without all of its cases, as a case that has not passed; nothing where all are there. */
export function missingCases(group: string, file: OqFile | undefined): readonly OqResult[] {
  const [expected, found] = [SUITE[group] ?? 0, file?.cases.length ?? 0];
  if (found === expected) return [];
  const one = { id: `${group}-all`, requirement: "SYS-002", call: "read all cases of the group", given: {} };
  return [{ ...one, group, expected, found, isPassed: false, differsAt: "" }];
}

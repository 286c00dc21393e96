import { compare, minus, type Fraction } from "../../quantity/index.js";
import { isotonicLevel } from "../isotonic.js";
import type { Letter, TargetRules } from "../model.js";
import { tailAbove } from "../posterior.js";
import { readShare } from "../share.js";
import { edgeStep, type TableRule } from "./edges.js";
import type { Rule } from "./rule.js";

/** Reasons of a stop that leave no dose: level 1 is too toxic. */
export const WITHOUT_DOSE: ReadonlySet<string> = new Set(["lowest-too-toxic", "no-level-below"]);

/**
 * A rule with a target: its letter, overruled by elimination, with the edge rules and isotonic selection.
 *
 * @param letterOf - E, S or D by the rule's own interval
 * @param boundary - the estimate that `mustNotExceed` means
 */
export function targetRule(
  spec: TargetRules,
  levels: number,
  letterOf: (n: number, dlt: number) => Letter,
  boundary: Fraction,
): Rule {
  const target = readShare(spec.target, "rule.target");
  const cutoff = readShare(spec.elimination.cutoff, "rule.elimination.cutoff");
  const safeCutoff =
    spec.extraSafe === "none" ? undefined : minus(cutoff, readShare(spec.extraSafe.offset, "rule.extraSafe.offset"));
  const isAbove = (limit: Fraction, n: number, dlt: number): boolean =>
    n >= spec.elimination.minimum && compare(tailAbove(target, n, dlt), limit) > 0;
  const known = new Map<number, Letter>();
  const letter = (n: number, dlt: number): Letter => {
    const key = n * 10_000 + dlt;
    const found = known.get(key) ?? (isAbove(cutoff, n, dlt) ? "U" : letterOf(n, dlt));
    known.set(key, found);
    return found;
  };
  const isClosedBy = (n: number, dlt: number): boolean => n > 0 && letter(n, dlt) === "U";
  const limit = spec.selection.mustNotExceed === "none" ? undefined : boundary;
  const table: TableRule = {
    edges: spec,
    letter,
    isUnsafeAtLowest: (n, dlt) => safeCutoff !== undefined && isAbove(safeCutoff, n, dlt),
    recommend(counts, reason) {
      if (WITHOUT_DOSE.has(reason)) return null;
      const closed = counts.n.findIndex((n, i) => isClosedBy(n, counts.dlt[i] ?? 0));
      return isotonicLevel(counts, closed < 0 ? levels : closed, target, limit);
    },
  };
  return {
    letter,
    isClosedBy,
    mostAtLevel: spec.maxAtLevel === "none" ? spec.maxTotal : Math.min(spec.maxAtLevel, spec.maxTotal),
    stopsCohortWhenDecided: spec.stopCohortWhenDecided,
    step: (situation) => edgeStep(table, situation),
  };
}

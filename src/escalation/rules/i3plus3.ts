import { compare, fraction, minus, plus } from "../../quantity/index.js";
import type { I3Plus3Spec } from "../model.js";
import { readShare } from "../share.js";
import type { Rule } from "./rule.js";
import { targetRule } from "./targetRule.js";

/**
 * i3+3: escalate below the equivalence interval, stay inside (ends included); above it stay if one DLT fewer would be
 * below, otherwise de-escalate.
 *
 * @see source: Liu, Wang and Ji 2020, doi:10.1080/10543406.2019.1636811
 */
export function i3plus3(spec: I3Plus3Spec, levels: number): Rule {
  const target = readShare(spec.target, "rule.target");
  const low = minus(target, readShare(spec.equivalence.below, "rule.equivalence.below"));
  const high = plus(target, readShare(spec.equivalence.above, "rule.equivalence.above"));
  return targetRule(
    spec,
    levels,
    (n, dlt) => {
      if (compare(fraction(dlt, n), low) < 0) return "E";
      if (compare(fraction(dlt, n), high) <= 0) return "S";
      return compare(fraction(dlt - 1, n), low) < 0 ? "S" : "D";
    },
    high,
  );
}

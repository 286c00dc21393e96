import { compare, minus, ONE, over, plus, smaller, ZERO, type Fraction } from "../../quantity/index.js";
import type { Letter, MTpi2Spec } from "../model.js";
import { tailAbove } from "../posterior.js";
import { readShare } from "../share.js";
import type { Rule } from "./rule.js";
import { targetRule } from "./targetRule.js";

/** One interval of rates, ends `from` < `to`, and what is decided if it is the likeliest. */
interface Interval {
  readonly from: Fraction;
  readonly to: Fraction;
  readonly letter: Letter;
}

/**
 * The intervals of the length of the target interval, counted from it downward and upward. The target interval is first,
 * then those above it: of equal unit masses the earlier one decides.
 */
export function intervalsOf(spec: MTpi2Spec): readonly Interval[] {
  const target = readShare(spec.target, "rule.target");
  const low = minus(target, readShare(spec.equivalence.below, "rule.equivalence.below"));
  const high = plus(target, readShare(spec.equivalence.above, "rule.equivalence.above"));
  const length = minus(high, low);
  const intervals: Interval[] = [{ from: low, to: high, letter: "S" }];
  const add = (from: Fraction, to: Fraction, letter: Letter): void => {
    if (spec.shortIntervals === "dropped" && compare(minus(to, from), length) < 0) return;
    intervals.push({ from, to, letter });
  };
  for (let from = high; compare(from, ONE) < 0; from = plus(from, length)) {
    add(from, smaller(plus(from, length), ONE), "D");
  }
  for (let to = low; compare(to, ZERO) > 0; to = minus(to, length)) {
    const from = minus(to, length);
    add(compare(from, ZERO) < 0 ? ZERO : from, to, "E");
  }
  return intervals;
}

/**
 * mTPI-2, which is the keyboard design: the interval with the largest unit probability mass (posterior mass over length,
 * uniform prior) decides.
 *
 * @see source: Guo et al. 2017, doi:10.1016/j.cct.2017.04.006; Yan, Mandrekar and Yuan 2017,
 *   doi:10.1158/1078-0432.CCR-17-0220
 */
export function mtpi2(spec: MTpi2Spec, levels: number): Rule {
  const intervals = intervalsOf(spec);
  const unitMass = ({ from, to }: Interval, n: number, dlt: number): Fraction =>
    over(minus(tailAbove(from, n, dlt), tailAbove(to, n, dlt)), minus(to, from));
  const letterOf = (n: number, dlt: number): Letter => {
    let best: { readonly mass: Fraction; readonly letter: Letter } = { mass: ZERO, letter: "S" };
    for (const interval of intervals) {
      const mass = unitMass(interval, n, dlt);
      if (compare(mass, best.mass) > 0) best = { mass, letter: interval.letter };
    }
    return best.letter;
  };
  const high = plus(readShare(spec.target, "rule.target"), readShare(spec.equivalence.above, "rule.equivalence.above"));
  return targetRule(spec, levels, letterOf, high);
}

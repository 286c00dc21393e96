import {
  fraction,
  minus,
  ONE,
  over,
  plus,
  readFraction,
  times,
  toDecimal,
  type Fraction,
} from "../../quantity/index.js";
import type { BoinSpec } from "../model.js";
import { readShare } from "../share.js";
import type { Rule } from "./rule.js";
import { targetRule } from "./targetRule.js";

/** Products of a boundary and n that are a whole number to 25 decimal places count as that number. */
const TIE: Fraction = /* @__PURE__ */ fraction(1n, 10n ** 25n);

const logarithm = (value: Fraction): ReturnType<typeof toDecimal> => toDecimal(value).ln();

/** ln((1 - low) / (1 - high)) / ln(high (1 - low) / (low (1 - high))), to 36 decimal places. */
function boundaryBetween(low: Fraction, high: Fraction): Fraction {
  const rests = over(minus(ONE, low), minus(ONE, high));
  const quotient = logarithm(rests).dividedBy(logarithm(times(over(high, low), rests)));
  return readFraction(quotient.toFixed(36));
}

/** Largest whole number that is not above boundary * n. */
export function wholeBelow(boundary: Fraction, n: number): number {
  const { numerator, denominator } = plus(times(boundary, fraction(n)), TIE);
  return Number(numerator / denominator);
}

/** Smallest whole number that is not below boundary * n. */
function wholeAbove(boundary: Fraction, n: number): number {
  const { numerator, denominator } = minus(times(boundary, fraction(n)), TIE);
  return numerator < 0n ? 0 : Number((numerator + denominator - 1n) / denominator);
}

/**
 * Bayesian optimal interval design: escalate if dlt / n <= escalate boundary, de-escalate if dlt / n >= de-escalate
 * boundary; a share that is exactly a boundary counts as beyond it.
 *
 * @see source: Liu and Yuan 2015, doi:10.1111/rssc.12089, with the erratum of 2022, doi:10.1111/rssc.12541
 */
export function boin(spec: BoinSpec, levels: number): Rule {
  const target = readShare(spec.target, "rule.target");
  const escalate = boundaryBetween(readShare(spec.tooLow, "rule.tooLow"), target);
  const deescalate = boundaryBetween(target, readShare(spec.tooHigh, "rule.tooHigh"));
  const rule = targetRule(
    spec,
    levels,
    (n, dlt) => (dlt <= wholeBelow(escalate, n) ? "E" : dlt >= wholeAbove(deescalate, n) ? "D" : "S"),
    deescalate,
  );
  return { ...rule, boundaries: { escalate, deescalate } };
}

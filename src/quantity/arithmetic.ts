import type { Decimal } from "decimal.js";
import { fail } from "../foundation/index.js";
import { PRECISION, readDecimal, writeDecimal } from "./decimal.js";
import { compareText, requireDecimal } from "./decimalText.js";

function tooLong(): never {
  return fail("quantity.too_many_digits", "", `A result would need more than ${PRECISION} digits to be exact.`, {
    expected: `at most ${PRECISION} significant digits`,
  });
}

/** Significant digits that an exact sum of the two can need. */
function spanOfSum(a: Decimal, b: Decimal): number {
  const top = Math.max(a.e, b.e) + 1;
  return top + 1 + Math.max(a.decimalPlaces(), b.decimalPlaces());
}

/**
 * a + b, exact.
 *
 * @param a - decimal text
 * @param b - decimal text
 * @throws AllocellError `quantity.not_decimal`; `quantity.too_many_digits` if the sum could need more than 40 digits
 */
export function addDecimal(a: string, b: string): string {
  const [left, right] = [readDecimal(a, "a"), readDecimal(b, "b")];
  return spanOfSum(left, right) > PRECISION ? tooLong() : writeDecimal(left.plus(right));
}

/** a - b, exact; the result may be negative. Throws as {@link addDecimal} does. */
export function subtractDecimal(a: string, b: string): string {
  const [left, right] = [readDecimal(a, "a"), readDecimal(b, "b")];
  return spanOfSum(left, right) > PRECISION ? tooLong() : writeDecimal(left.minus(right));
}

/**
 * a × b, exact.
 *
 * @example
 * multiplyDecimal("1000000", "72.4"); // "72400000"
 * @throws AllocellError `quantity.not_decimal`; `quantity.too_many_digits` if both together have more than 40 digits
 */
export function multiplyDecimal(a: string, b: string): string {
  const [left, right] = [readDecimal(a, "a"), readDecimal(b, "b")];
  return left.precision() + right.precision() > PRECISION ? tooLong() : writeDecimal(left.times(right));
}

/**
 * a / b: exact where the quotient ends within 40 significant digits, otherwise half-up in the 40th.
 *
 * Round it at a named point with {@link roundHalfUp} before anybody reads it.
 *
 * @throws AllocellError `quantity.not_decimal`; `quantity.division_by_zero`
 */
export function divideDecimal(a: string, b: string): string {
  const [left, right] = [readDecimal(a, "a"), readDecimal(b, "b")];
  if (right.isZero()) return fail("quantity.division_by_zero", "b", "A division needs a divisor other than zero.");
  return writeDecimal(left.dividedBy(right));
}

/** -1 if a < b, 0 if they are the same number, 1 if a > b. */
export function compareDecimal(a: string, b: string): -1 | 0 | 1 {
  return compareText(requireDecimal(a, "a"), requireDecimal(b, "b"));
}

/**
 * The multiple of `step` nearest to x, a tie away from zero: floor(|x| / step + 1/2) × step, with the sign of x.
 *
 * @param x - decimal text
 * @param step - decimal text, > 0, for example "0.01"
 * @throws AllocellError `quantity.not_decimal`; `quantity.step_invalid` if the step is not above 0
 */
export function roundHalfUp(x: string, step: string): string {
  const [value, grain] = [readDecimal(x, "x"), readDecimal(step, "step")];
  if (!grain.isPositive() || grain.isZero()) {
    return fail("quantity.step_invalid", "step", "A rounding step must be above zero.", { received: step });
  }
  const steps = value.abs().dividedBy(grain).plus("0.5").floor().times(grain);
  return writeDecimal(value.isNegative() ? steps.negated() : steps);
}

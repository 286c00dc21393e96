import { Decimal } from "decimal.js";
import { describeReceived, fail } from "../foundation/index.js";

/**
 * The arithmetic of this package: 40 significant digits, half-up, never exponential below 10^100.
 *
 * A private clone, so that nobody's `Decimal.set` reaches it, and it stays inside this room: a Decimal takes the
 * precision of its left operand's constructor, and the ESM and CommonJS classes differ.
 */
export const Exact: typeof Decimal = Decimal.clone({
  precision: 40,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -100,
  toExpPos: 100,
});

/** Significant digits within which every result is exact. */
export const PRECISION = 40;

const PLAIN = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/** A decimal text of this package (digits, at most one point, no exponent) as an exact number. */
export function readDecimal(text: string, path: string): Decimal {
  if (typeof text !== "string" || !PLAIN.test(text)) {
    return fail("quantity.not_decimal", path, "Arithmetic takes plain decimal text, for example 72.4 or 60000000.", {
      expected: "digits with at most one decimal point, no exponent, no separators",
      received: describeReceived(text),
    });
  }
  return new Exact(text);
}

/** Plain decimal text: no exponent, no trailing zeros. */
export function writeDecimal(value: Decimal): string {
  return value.isZero() ? "0" : value.toFixed();
}

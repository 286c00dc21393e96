import { Decimal } from "decimal.js";
import { requireDecimal } from "./decimalText.js";

/**
 * The arithmetic on text: 40 significant digits, half-up, never exponential below 10^100.
 *
 * A private clone, so that nobody's `Decimal.set` reaches it, and it stays inside this room: a Decimal takes the
 * precision of its left operand's constructor, and the ESM and CommonJS classes differ.
 */
const Exact = Decimal.clone({
  precision: 40,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -100,
  toExpPos: 100,
});

/** Significant digits within which every result is exact. */
export const PRECISION = 40;

/** A decimal text of this package as an exact number. */
export function readDecimal(text: string, path: string): Decimal {
  return new Exact(requireDecimal(text, path));
}

/** Plain decimal text: no exponent, no trailing zeros. */
export function writeDecimal(value: Decimal): string {
  return value.isZero() ? "0" : value.toFixed();
}

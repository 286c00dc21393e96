import { Decimal } from "decimal.js";
import { describeReceived, fail } from "../foundation/index.js";
import { fraction, halfUp, readFraction, requireFraction, type Fraction } from "./fraction.js";

/**
 * decimal.js as this package reads, shows and hands out numbers: 40 significant digits, half-up, never exponential below
 * 10^100. A private clone, so that nobody's `Decimal.set` reaches it.
 */
const Digits40 = Decimal.clone({
  precision: 40,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -100,
  toExpPos: 100,
});

/** Numeric text, or a `Decimal` of decimal.js in its place: of any copy and version of that package. */
export type Numeric = string | Decimal;

/** A type whose texts may each be a `Decimal` instead, for input. */
export type WithDecimals<T> = T extends string
  ? string extends T
    ? T | Decimal
    : T
  : T extends object
    ? { readonly [Key in keyof T]: WithDecimals<T[Key]> }
    : T;

/** The exact decimal of unsigned digits × 10^exponent. */
export const decimalFrom = (digits: string, exponent: number): Decimal => new Digits40(`${digits}e${exponent}`);

/**
 * A number as a `Decimal`: exact if it ends within 40 significant digits, otherwise half-up in the 40th. Its own later
 * operations keep 40 digits.
 *
 * @param amount - a fraction, or an amount of a result: plain decimal text
 * @throws AllocellError `quantity.not_decimal`, `quantity.not_fraction`
 * @example
 * toDecimal(preparation.delivered.amount.amount).times(2).toFixed(); // "144500000"
 */
export function toDecimal(amount: Fraction | string): Decimal {
  const { numerator, denominator } =
    typeof amount === "string" ? readFraction(amount, "amount") : requireFraction(amount);
  const top = new Digits40(numerator.toString());
  return denominator === 1n ? top : top.dividedBy(denominator.toString());
}

/**
 * Plain decimal text of {@link toDecimal}: no exponent, no zeros at the end.
 *
 * @throws AllocellError `quantity.not_fraction`, `quantity.not_decimal`
 */
export function decimalText(value: Fraction): string {
  return requireFraction(value).denominator === 1n ? value.numerator.toString() : toDecimal(value).toFixed();
}

/**
 * Decimal text of the multiple of 10^-`places` nearest to the value, a tie away from zero; places in [0, 1000].
 *
 * @throws AllocellError `quantity.places_invalid`, `quantity.not_decimal`, `quantity.not_fraction`
 */
export function roundedText(value: Fraction, places: number): string {
  if (!Number.isInteger(places) || places < 0 || places > 1000) {
    fail("quantity.places_invalid", "places", "A number of decimals is a whole number.", {
      expected: "a whole number from 0 to 1000",
      received: describeReceived(places),
    });
  }
  return decimalText(halfUp(value, fraction(1n, 10n ** BigInt(places))));
}

/**
 * What was given, with each `Decimal` in it as text that no reader can take for a lost superscript (106 as "106.00").
 * Anything else stays what it is.
 */
export function decimalsAsText(given: unknown): unknown {
  if (typeof given !== "object" || given === null) return given;
  if (Decimal.isDecimal(given)) return textOf(given);
  if (Array.isArray(given)) return given.map(decimalsAsText);
  const prototype: unknown = Object.getPrototypeOf(given);
  if (prototype !== Object.prototype && prototype !== null) return given;
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, decimalsAsText(value)]));
}

function textOf(value: Decimal): string {
  if (value.isZero() || !value.isFinite()) return value.toFixed();
  return value.isInteger() ? `${value.toFixed()}.00` : `${value.toFixed()}00`;
}

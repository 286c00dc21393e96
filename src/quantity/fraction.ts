import { describeReceived, fail } from "../foundation/index.js";
import { requireDecimal } from "./decimalText.js";

/**
 * The exact number of this package: numerator / denominator, denominator >= 1, not always in lowest terms.
 *
 * Nothing is rounded between one operation and the next, and a rounding looks at the fraction itself, so `ceiling` and
 * {@link halfUp} are right for every input. {@link lowest} cancels; values are compared by {@link compare}.
 */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Holds an argument to the shape of a {@link Fraction}. @throws AllocellError `quantity.not_fraction` */
export function requireFraction(value: Fraction): Fraction {
  if (isFraction(value)) return value;
  return fail("quantity.not_fraction", "", "This is no exact fraction.", {
    expected: "what fraction or readFraction returns: numerator and denominator as bigint, the denominator at least 1",
    received: describeReceived(value),
  });
}

function isFraction(value: unknown): value is Fraction {
  const { numerator, denominator } = (value ?? {}) as Partial<Fraction>;
  return typeof numerator === "bigint" && typeof denominator === "bigint" && denominator > 0n;
}

const of = (numerator: bigint, denominator: bigint): Fraction => ({ numerator, denominator });

/**
 * numerator / denominator, not cancelled.
 *
 * @throws AllocellError `quantity.division_by_zero`, `quantity.not_fraction` for what is no whole number
 * @example
 * fraction(2, 3);
 */
export function fraction(numerator: bigint | number, denominator: bigint | number = 1n): Fraction {
  const [top, bottom] = [whole(numerator, "numerator"), whole(denominator, "denominator")];
  if (bottom === 0n) return divisionByZero();
  return bottom < 0n ? of(-top, -bottom) : of(top, bottom);
}

function whole(value: bigint | number, path: string): bigint {
  if (typeof value === "bigint") return value;
  if (Number.isInteger(value)) return BigInt(value);
  return fail("quantity.not_fraction", path, "A fraction is made of two whole numbers.", {
    expected: "a bigint or a whole number",
    received: describeReceived(value),
  });
}

function divisionByZero(): never {
  return fail("quantity.division_by_zero", "", "A division needs a divisor other than zero.");
}

/**
 * The number of a plain decimal text, as this package writes them.
 *
 * @param path - the field, for the error
 * @throws AllocellError `quantity.not_decimal`
 * @example
 * readFraction("72.4"); // 724 / 10
 */
export function readFraction(decimal: string, path = "decimal"): Fraction {
  const text = requireDecimal(decimal, path);
  const point = text.indexOf(".");
  if (point < 0) return of(BigInt(text), 1n);
  return of(BigInt(text.slice(0, point) + text.slice(point + 1)), 10n ** BigInt(text.length - point - 1));
}

/** The number 0. */
export const ZERO: Fraction = /* @__PURE__ */ Object.freeze({ numerator: 0n, denominator: 1n });

/** The number 1. */
export const ONE: Fraction = /* @__PURE__ */ Object.freeze({ numerator: 1n, denominator: 1n });

/**
 * a × b, exact.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export function times(a: Fraction, b: Fraction): Fraction {
  requireFraction(a);
  requireFraction(b);
  return of(a.numerator * b.numerator, a.denominator * b.denominator);
}

/**
 * a + b, exact.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export function plus(a: Fraction, b: Fraction): Fraction {
  requireFraction(a);
  requireFraction(b);
  if (a.denominator === b.denominator) return of(a.numerator + b.numerator, a.denominator);
  return of(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/**
 * a - b, exact.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, negative(requireFraction(b)));

const negative = ({ numerator, denominator }: Fraction): Fraction => of(-numerator, denominator);

/**
 * a / b, exact.
 *
 * @throws AllocellError `quantity.division_by_zero`, `quantity.not_fraction`
 */
export function over(a: Fraction, b: Fraction): Fraction {
  requireFraction(a);
  requireFraction(b);
  const [top, bottom] = [a.numerator * b.denominator, a.denominator * b.numerator];
  if (bottom === 0n) return divisionByZero();
  return bottom < 0n ? of(-top, -bottom) : of(top, bottom);
}

/**
 * -1, 0 or 1, as a is less than, equal to or greater than b.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export function compare(a: Fraction, b: Fraction): -1 | 0 | 1 {
  requireFraction(a);
  requireFraction(b);
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * -1, 0 or 1, as the value is negative, zero or positive.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export function sign(a: Fraction): -1 | 0 | 1 {
  const { numerator } = requireFraction(a);
  return numerator < 0n ? -1 : numerator > 0n ? 1 : 0;
}

/**
 * The size of a number without its sign.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export const absolute = (a: Fraction): Fraction => (sign(a) < 0 ? negative(a) : a);

/**
 * The smaller of two numbers; the first where they are equal.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export const smaller = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b);

/**
 * In lowest terms: what is added up many times would grow without end.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export function lowest(value: Fraction): Fraction {
  const { numerator, denominator } = requireFraction(value);
  let [common, rest] = [numerator < 0n ? -numerator : numerator, denominator];
  while (rest !== 0n) [common, rest] = [rest, common % rest];
  return of(numerator / common, denominator / common);
}

/**
 * The largest whole number <= a, for a >= 0.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export function floor(a: Fraction): Fraction {
  const { numerator, denominator } = requireFraction(a);
  return of(numerator / denominator, 1n);
}

/**
 * The smallest whole number >= a, for a >= 0.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export function ceiling(a: Fraction): Fraction {
  const { numerator, denominator } = requireFraction(a);
  return of((numerator + denominator - 1n) / denominator, 1n);
}

/**
 * The multiple of `step` nearest to a, a tie away from zero; step > 0.
 *
 * @throws AllocellError `quantity.not_fraction`, `quantity.division_by_zero`
 */
export function halfUp(a: Fraction, step: Fraction): Fraction {
  const { numerator, denominator } = over(a, step);
  const size = numerator < 0n ? -numerator : numerator;
  const steps = (2n * size + denominator) / (2n * denominator);
  return times(of(numerator < 0n ? -steps : steps, 1n), step);
}

/**
 * The largest multiple of `step` that is not above a, for a >= 0 and step > 0.
 *
 * @throws AllocellError `quantity.not_fraction`, `quantity.division_by_zero`
 */
export const floorTo = (a: Fraction, step: Fraction): Fraction => times(floor(over(a, step)), step);

/**
 * "2/3"; a whole number without "/1". Of a fraction in lowest terms.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export function fractionText(value: Fraction): string {
  const { numerator, denominator } = requireFraction(value);
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}

/**
 * The nearest double (ties to even), also where numerator and denominator are far beyond 2^53. Results below 2^-1022
 * are rounded twice.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export function toNumber(value: Fraction): number {
  const { numerator, denominator } = requireFraction(value);
  if (numerator === 0n) return 0;
  const magnitude = numerator < 0n ? -numerator : numerator;
  // 64 or 65 bits of the quotient, the last one sticky, so that only the conversion to a double rounds.
  const shift = 64 - (bitLength(magnitude) - bitLength(denominator));
  const top = shift >= 0 ? magnitude << BigInt(shift) : magnitude;
  const bottom = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const quotient = top / bottom;
  const sticky = quotient * bottom === top ? quotient : quotient | 1n;
  // In two steps: one power of two could leave the range of doubles where the result does not.
  const half = Math.trunc(-shift / 2);
  const result = Number(sticky) * 2 ** half * 2 ** (-shift - half);
  return numerator < 0n ? -result : result;
}

function bitLength(value: bigint): number {
  const hex = value.toString(16);
  return 4 * (hex.length - 1) + (32 - Math.clz32(parseInt(hex.charAt(0), 16)));
}

import { describeReceived, fail } from "../foundation/index.js";

/** An exact fraction in lowest terms; the denominator is at least 1 and carries no sign. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A parameter >= 0: a whole number, or text such as "3", "0.75" or "2/3". Never a float, which is rarely what was meant. */
export type RationalInput = string | number;

const FORM = /^(\d{1,15})(?:\.(\d{1,15})|\/(\d{1,15}))?$/;

/**
 * The fraction numerator / denominator in lowest terms.
 *
 * @throws AllocellError `procedure.rational_invalid` if the denominator is 0
 */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  let top = BigInt(numerator);
  let bottom = BigInt(denominator);
  if (bottom === 0n) fail("procedure.rational_invalid", "denominator", "A fraction cannot have the denominator 0.");
  if (bottom < 0n) [top, bottom] = [-top, -bottom];
  const common = greatestCommonDivisor(top < 0n ? -top : top, bottom);
  return Object.freeze({ numerator: top / common, denominator: bottom / common });
}

export const ZERO: Rational = /* @__PURE__ */ Object.freeze({ numerator: 0n, denominator: 1n });
export const ONE: Rational = /* @__PURE__ */ Object.freeze({ numerator: 1n, denominator: 1n });

/**
 * Reads a parameter exactly: a whole number in [0, 2^53), or digits, digits "." digits, or digits "/" digits, at most
 * 15 digits a part.
 *
 * @throws AllocellError `procedure.rational_invalid` for anything else, a float included
 * @example
 * parseRational("0.75", "probability"); // { numerator: 3n, denominator: 4n }
 */
export function parseRational(input: RationalInput, path: string): Rational {
  if (typeof input === "number" && Number.isSafeInteger(input) && input >= 0) return rational(input);
  const [, whole, decimals, bottom] = (typeof input === "string" ? FORM.exec(input) : null) ?? [];
  if (whole !== undefined) {
    if (decimals !== undefined) return rational(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
    if (bottom === undefined) return rational(BigInt(whole));
    if (BigInt(bottom) > 0n) return rational(BigInt(whole), BigInt(bottom));
  }
  return fail("procedure.rational_invalid", path, `"${path}" is not an exact number that can be read.`, {
    expected: 'a whole number, or text such as "2/3" or "0.75" with at most 15 digits a part',
    received: describeReceived(input),
  });
}

export function addRationals(a: Rational, b: Rational): Rational {
  if (a.denominator === b.denominator) return rational(a.numerator + b.numerator, a.denominator);
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function subtractRationals(a: Rational, b: Rational): Rational {
  return addRationals(a, { numerator: -b.numerator, denominator: b.denominator });
}

export function multiplyRationals(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Negative, 0 or positive as a is less than, equal to or greater than b. */
export function compareRationals(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** "2/3"; a whole number without "/1". */
export function rationalToText(value: Rational): string {
  return value.denominator === 1n ? String(value.numerator) : `${value.numerator}/${value.denominator}`;
}

/**
 * The nearest double (ties to even), also where numerator and denominator are far beyond 2^53. Results below 2^-1022
 * are rounded twice.
 */
export function rationalToNumber(value: Rational): number {
  const { numerator, denominator } = value;
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

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

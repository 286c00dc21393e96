import { describeReceived, fail, requireString } from "../foundation/index.js";
import { compare, fraction, fractionText, lowest, type Fraction } from "../quantity/index.js";

/** A parameter >= 0: a whole number, or text such as "3", "0.75" or "2/3". Never a float, which is rarely what was meant. */
export type ParameterInput = string | number;

const FORM = /^(\d{1,15})(?:\.(\d{1,15})|\/(\d{1,15}))?$/;

/** Largest numerator and denominator of an exponent or a mixing parameter: 1000, so that three decimals can be said. */
export const LARGEST_PART = 1000;

/**
 * Reads a parameter exactly: a whole number in [0, 2^53), or digits, digits "." digits, or digits "/" digits, at most
 * 15 digits a part.
 *
 * @returns in lowest terms
 * @throws AllocellError `procedure.rational_invalid` for anything else, a float included
 * @example
 * parseParameter("0.75", "probability"); // { numerator: 3n, denominator: 4n }
 */
export function parseParameter(input: ParameterInput, path: string): Fraction {
  requireString(path, "path", "the name of a parameter");
  if (typeof input === "number" && Number.isSafeInteger(input) && input >= 0) return fraction(input);
  const [, whole, decimals, bottom] = (typeof input === "string" ? FORM.exec(input) : null) ?? [];
  if (whole !== undefined) {
    if (decimals !== undefined) return lowest(fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length)));
    if (bottom === undefined) return fraction(BigInt(whole));
    if (BigInt(bottom) > 0n) return lowest(fraction(BigInt(whole), BigInt(bottom)));
  }
  return fail("procedure.rational_invalid", path, `"${path}" is not an exact number that can be read.`, {
    expected: 'a whole number, or text such as "2/3" or "0.75" with at most 15 digits a part',
    received: describeReceived(input),
  });
}

/**
 * A parameter that is a fraction in [least, most], both ends included, with numerator and denominator of at most
 * {@link LARGEST_PART} in lowest terms.
 *
 * @param least - in lowest terms, as `most`
 * @throws AllocellError `procedure.rational_invalid`, `procedure.parameter_out_of_range`
 */
export function boundedParameter(input: ParameterInput, path: string, least: Fraction, most: Fraction): Fraction {
  const value = parseParameter(input, path);
  const isSmall = value.numerator <= LARGEST_PART && value.denominator <= LARGEST_PART;
  if (isSmall && compare(value, least) >= 0 && compare(value, most) <= 0) return value;
  const interval = `from ${fractionText(least)} to ${fractionText(most)}`;
  return fail("procedure.parameter_out_of_range", path, `"${path}" must be a simple fraction ${interval}.`, {
    expected: `a fraction ${interval}, both included, of whole numbers up to ${LARGEST_PART}`,
    received: String(input),
  });
}

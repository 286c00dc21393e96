import { fail } from "../foundation/index.js";
import { compareRationals, parseRational, rationalToText, type Rational, type RationalInput } from "./rational.js";

/** Largest numerator and denominator of an exponent or a mixing parameter: 1000, so that three decimals can be said. */
export const LARGEST_PART = 1000;

/**
 * A parameter that is a fraction in [least, most], both ends included, with numerator and denominator of at most
 * {@link LARGEST_PART} in lowest terms.
 *
 * @throws AllocellError `procedure.rational_invalid`, `procedure.parameter_out_of_range`
 */
export function boundedRational(input: RationalInput, path: string, least: Rational, most: Rational): Rational {
  const value = parseRational(input, path);
  const isSmall = value.numerator <= LARGEST_PART && value.denominator <= LARGEST_PART;
  if (isSmall && compareRationals(value, least) >= 0 && compareRationals(value, most) <= 0) return value;
  const interval = `from ${rationalToText(least)} to ${rationalToText(most)}`;
  return fail("procedure.parameter_out_of_range", path, `"${path}" must be a simple fraction ${interval}.`, {
    expected: `a fraction ${interval}, both included, of whole numbers up to ${LARGEST_PART}`,
    received: String(input),
  });
}

import { AllocellError, describeReceived, fail } from "../foundation/index.js";
import { decimalFrom } from "./decimal.js";
import { readNotation, requireText, type Notation } from "./notation.js";

/** Most significant digits of an input: a product of two such numbers needs 30, so everything after it stays exact. */
const MAX_DIGITS = 15;
/** An input is below 10^18 (a dose of vector genomes is about 10^16) and has at most 15 decimal places. */
const MAX_POWER = 18;
const MAX_PLACES = 15;

/** The canonical text of a number that was read: plain digits, no exponent, no trailing zeros; above zero. */
export function canonicalPositive({ digits, exponent }: Notation, path: string, received: string): string {
  const decimal = decimalFrom(digits, exponent);
  if (decimal.isZero()) {
    return fail("quantity.zero", path, "A quantity must be above zero.", {
      expected: "a number > 0",
      received: describeReceived(received),
    });
  }
  if (decimal.precision() > MAX_DIGITS || decimal.e >= MAX_POWER || decimal.decimalPlaces() > MAX_PLACES) {
    return fail(
      "quantity.too_many_digits",
      path,
      `A quantity has at most ${MAX_DIGITS} significant digits and ${MAX_PLACES} decimal places, and is below 10^${MAX_POWER}.`,
      {
        expected: `at most ${MAX_DIGITS} significant digits, below 10^${MAX_POWER}`,
        received: describeReceived(received),
        parameters: { most: MAX_PLACES },
      },
    );
  }
  return decimal.toFixed();
}

/**
 * Reads a positive number from text, strictly: the whole text, in one of the notations 72.4, 1000000, 1E6, 1e6,
 * 3x10^6, 60×10^6, 60×10\^6, 60×10⁶, 3 million.
 *
 * @param text - untrusted, or a `Decimal`; at most 15 significant digits and 15 decimal places, below 10^18
 * @param path - the field, for the error
 * @returns canonical decimal text: no exponent, no separators, no trailing zeros
 * @throws AllocellError `quantity.not_text`, `quantity.empty`, `quantity.not_finite`, `quantity.comma`,
 *   `quantity.negative`, `quantity.negative_exponent`, `quantity.lost_superscript`, `quantity.ambiguous_suffix`,
 *   `quantity.bare_point`, `quantity.malformed`, `quantity.zero`, `quantity.too_many_digits`
 * @example
 * parsePositiveDecimal("60×10^6", "dose"); // "60000000"
 */
export function parsePositiveDecimal(text: unknown, path: string): string {
  const clean = requireText(text, path, "72.4");
  return canonicalPositive(readNotation(clean, path, false), path, clean);
}

/**
 * As {@link parsePositiveDecimal}, or zero in any of its notations: "0", "0.0", "0E6", "0x10^6".
 *
 *
 * @throws AllocellError `quantity.malformed`, `quantity.too_many_digits`
 * @example
 * parseDecimalOrZero("0.0", "overfillPercent"); // "0"
 */
export function parseDecimalOrZero(text: unknown, path: string): string {
  try {
    return parsePositiveDecimal(text, path);
  } catch (error) {
    if (AllocellError.is(error) && error.code === "quantity.zero") return "0";
    throw error;
  }
}

import { describeReceived, fail, requireString } from "../foundation/index.js";

const PLAIN = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;
const ZERO_DIGIT = 48;
const POINT = 46;

/**
 * A decimal text of this package (digits, at most one point, no exponent), in canonical form: no zeros at the end of
 * the fraction, no minus before zero.
 *
 * @throws AllocellError `quantity.not_decimal`
 */
export function requireDecimal(text: string, path: string): string {
  if (typeof text !== "string" || !PLAIN.test(text)) {
    return fail("quantity.not_decimal", path, "Arithmetic takes plain decimal text, for example 72.4 or 60000000.", {
      expected: "digits with at most one decimal point, no exponent, no separators",
      received: describeReceived(text),
    });
  }
  const trimmed = text.includes(".") ? trimFraction(text) : text;
  return trimmed === "-0" ? "0" : trimmed;
}

function trimFraction(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === ZERO_DIGIT) end -= 1;
  return text.slice(0, text.charCodeAt(end - 1) === POINT ? end - 1 : end);
}

function wholeLength(decimal: string): number {
  const point = decimal.indexOf(".");
  return point < 0 ? decimal.length : point;
}

/** Thousands commas into a canonical decimal text. */
export function groupThousands(decimal: string): string {
  requireString(decimal, "decimal", "decimal text");
  const start = decimal.startsWith("-") ? 1 : 0;
  let at = wholeLength(decimal);
  if (at - start <= 3) return decimal;
  let text = decimal.slice(at);
  for (; at - start > 3; at -= 3) text = `,${decimal.slice(at - 3, at)}${text}`;
  return decimal.slice(0, at) + text;
}

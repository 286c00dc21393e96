import { describeReceived, fail } from "../foundation/index.js";

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

/**
 * `digits` × 10^`power` in canonical form: the point moves, nothing is computed.
 *
 * @param digits - unsigned decimal text
 * @param power - a whole number
 */
export function shiftPoint(digits: string, power: number): string {
  const point = digits.indexOf(".");
  const whole = point < 0 ? digits : digits.slice(0, point) + digits.slice(point + 1);
  const at = (point < 0 ? digits.length : point) + power;
  if (at >= whole.length) return stripZeros(whole + "0".repeat(at - whole.length));
  if (at <= 0) return trimFraction(`0.${"0".repeat(-at)}${whole}`);
  return trimFraction(`${stripZeros(whole.slice(0, at))}.${whole.slice(at)}`);
}

/** Without zeros in front, but for a last one. */
function stripZeros(whole: string): string {
  let start = 0;
  while (start < whole.length - 1 && whole.charCodeAt(start) === ZERO_DIGIT) start += 1;
  return whole.slice(start);
}

/** Of two canonical decimal texts: -1 if a < b, 0 if they are the same number, 1 if a > b. */
export function compareText(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  const isNegative = a.startsWith("-");
  if (isNegative !== b.startsWith("-")) return isNegative ? -1 : 1;
  if (isNegative) return compareText(b.slice(1), a.slice(1));
  const [aWhole, bWhole] = [wholeLength(a), wholeLength(b)];
  // Of the same length digits sort as text, the point stands at the same place, and a fraction that goes on is larger.
  if (aWhole === bWhole) return a < b ? -1 : 1;
  return aWhole < bWhole ? -1 : 1;
}

function wholeLength(decimal: string): number {
  const point = decimal.indexOf(".");
  return point < 0 ? decimal.length : point;
}

/** Thousands commas into a canonical decimal text. */
export function groupThousands(decimal: string): string {
  const start = decimal.startsWith("-") ? 1 : 0;
  let at = wholeLength(decimal);
  if (at - start <= 3) return decimal;
  let text = decimal.slice(at);
  for (; at - start > 3; at -= 3) text = `,${decimal.slice(at - 3, at)}${text}`;
  return decimal.slice(0, at) + text;
}

import { describeReceived, fail, requireString } from "../foundation/index.js";
import { fraction, lowest, readFraction, type Fraction } from "../quantity/index.js";

const FORM = /^(?:(?:0|1)(?:\.\d{1,15})?|(\d{1,15})\/([1-9]\d{0,14}))$/;

/**
 * Reads a share from 0 to 1, both included, exactly: `"0.25"` or `"1/4"`.
 *
 * @throws AllocellError `escalation.share_invalid` for a number, a per cent sign, or anything outside
 * @example
 * readShare("0.25", "target"); // 1 / 4
 */
export function readShare(text: unknown, path: string): Fraction {
  requireString(path, "path", "the name of a share");
  const match = typeof text === "string" ? FORM.exec(text) : null;
  const [, top, bottom] = match ?? [];
  if (match !== null) {
    const value = top === undefined ? readFraction(match[0], path) : fraction(BigInt(top), BigInt(bottom ?? 1));
    if (value.numerator <= value.denominator) return lowest(value);
  }
  return fail("escalation.share_invalid", path, `"${path}" is not a share that can be read exactly.`, {
    expected: 'text from "0" to "1", such as "0.25" or "1/4", without a per cent sign',
    received: describeReceived(text),
  });
}

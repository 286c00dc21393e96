import { deepFreeze, describeReceived, requireString, type Issue } from "../../foundation/index.js";

/**
 * The characters of a kit code: 23, a prime, so that the check character works. No vowel (no word, no month, no number
 * such as 1E6), and of each look-alike pair at most one: no 0 O D-like pair, no 1 I L, no 5 S, 2 Z, 8 B, 6 G, Q.
 * In the order of ASCII, so that sorting by character is sorting by place.
 */
export const KIT_ALPHABET = "23456789CDFHJKMNPRTVWXY";

/** Drawn characters of a code, between the prefix and the check character. */
export const KIT_BODY = 6;

const LIVE = /^[CDFHJKMNPRVWXY][CDFHJKMNPRTVWXY][2-9CDFHJKMNPRTVWXY]{6}[2-9]$/;
const TEST = /^T[CDFHJKMNPRVWXY][CDFHJKMNPRTVWXY][2-9CDFHJKMNPRTVWXY]{6}[2-9]$/;

/**
 * The check character of all other characters of a code: the sum over all characters, each times its place counted
 * from the right (the check character 1, the one before it 2 ...), is 0 modulo 23, a character counting as its place in
 * {@link KIT_ALPHABET} from 0.
 *
 * A code has at most 10 characters, so all places differ and none is 0 modulo the prime 23: every wrong character is
 * found, and every exchange of two characters, adjacent or not; and, since 2i + 1 < 23, every doubled character that
 * became another doubled one.
 */
export function kitCheckCharacter(characters: string): string {
  requireString(characters, "characters", "the characters of a kit code");
  return KIT_ALPHABET.charAt((23 - weightedSum(characters, 2)) % 23);
}

/** The sum of the characters' places, each times its weight; the last character weighs `last`. */
function weightedSum(characters: string, last: number): number {
  let sum = 0;
  for (let i = 0; i < characters.length; i += 1) {
    sum += KIT_ALPHABET.indexOf(characters.charAt(i)) * (last + characters.length - 1 - i);
  }
  return sum % 23;
}

/**
 * The faults of a kit code as it was typed or scanned: its form, then its check character. That a code is sound does not
 * say that there is such a kit.
 *
 * Any one wrong, missing or added character and any one exchange of two characters is found.
 *
 * @returns no issue, or one with `blinding.kit_code_form` or `blinding.kit_code_mistyped`
 * @example
 * checkKitCode("KM7"); // one issue: a code has 9 characters
 */
export function checkKitCode(text: string): readonly Issue[] {
  const received = describeReceived(text);
  if (typeof text !== "string" || !(LIVE.test(text) || TEST.test(text))) {
    const message = "This is no kit code: a code has 9 characters, a TEST code a T before them.";
    const expected = `two letters, six and a digit more of ${KIT_ALPHABET}, in capitals`;
    return deepFreeze([{ code: "blinding.kit_code_form", path: "code", message, expected, received }]);
  }
  if (weightedSum(text, 1) === 0) return [];
  const message = "The check character does not fit: a character of the kit code is wrong, or two changed places.";
  return deepFreeze([{ code: "blinding.kit_code_mistyped", path: "code", message, received }]);
}

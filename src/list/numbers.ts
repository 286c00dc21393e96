import { fail, requireFields, requireString, sha256Hex } from "../foundation/index.js";

/** How randomization numbers look: `prefix`, then what `mask` says of stratum, place in the stratum and check digit. */
export interface NumberFormat {
  /** One to four capital letters; T before it marks TEST numbers. */
  readonly prefix: string;
  /** Digits of the place within the stratum, 3 to 8. */
  readonly digits: number;
  /** 1: one digit for the level of each factor, which then has at most nine levels. Absent: two. */
  readonly levelDigits?: 1;
  /**
   * What stands behind the prefix: capital letters, `{sequence}`, `{stratum}` (the digits of the levels) and `{check}` (a
   * check digit by ISO 7064, MOD 11,10), each once at most. Absent: `{stratum}{sequence}`.
   */
  readonly mask?: string;
  /** 8 to 40 letters, digits or hyphens: places are then written as digits in an order that follows from it. Absent: counted from 1. */
  readonly shuffle?: string;
  /**
   * The numbers themselves, by the code of their stratum, each list in the order of its places: those of a list that
   * another system made. Nothing else of the format counts then. No plan file can state them.
   */
  readonly given?: Readonly<Record<string, readonly string[]>>;
}

/** The digits of a stratum: the places of its levels in their factors, from 1. */
export function stratumCode(format: Pick<NumberFormat, "levelDigits">, places: readonly number[]): string {
  requireFields(format, "a format of numbers", {});
  requireFields({ places }, "the places of the levels of a stratum", { places: "a list" });
  const width = format.levelDigits ?? 2;
  return places.map((place) => String(place).padStart(width, "0")).join("");
}

/**
 * The randomization number at a position of a stratum: prefix, stratum code, position with leading zeros; or what the
 * format's mask makes of them.
 *
 * It holds nothing but the place in the list, so it says nothing of the treatment. Numbers of TEST lists begin with T.
 * Form: ASCII letters and digits, a letter first, at most 15 characters; no spreadsheet takes it for a number or date.
 * Numbers that are given are as they were given.
 *
 * @param sequence - position within the stratum, from 1
 * @throws AllocellError `list.number_not_given` for a position that has none of the numbers that are given
 */
export function randomizationNumber(
  format: NumberFormat,
  status: "LIVE" | "TEST",
  stratum: string,
  sequence: number,
): string {
  return numbersOf(format, status, stratum)(sequence);
}

/** The numbers of one stratum, each by its position from 1: {@link randomizationNumber} for many rows. */
export function numbersOf(
  format: NumberFormat,
  status: "LIVE" | "TEST",
  stratum: string,
): (sequence: number) => string {
  requireFields(format, "a format of numbers: prefix and digits", { prefix: "text", digits: "a number" });
  const { prefix, digits, mask, shuffle, given } = format;
  if (given !== undefined) return (sequence) => givenNumber(given, stratum, sequence);
  const front = (status === "TEST" ? "T" : "") + prefix;
  const turn = shuffle === undefined ? undefined : turnsOf(shuffle, stratum);
  return (sequence) => {
    const place = String(turn === undefined ? sequence : shuffled(turn, digits, sequence)).padStart(digits, "0");
    if (mask === undefined) return front + stratum + place;
    return (
      front +
      mask
        .replace("{stratum}", stratum)
        .replace("{sequence}", place)
        .replace("{check}", () => checkDigit(stratum + place))
    );
  };
}

function givenNumber(given: NonNullable<NumberFormat["given"]>, stratum: string, sequence: number): string {
  const number = (Object.hasOwn(given, stratum) ? given[stratum] : undefined)?.[sequence - 1];
  if (number !== undefined) return number;
  return fail("list.number_not_given", "numbers.given", `Position ${sequence} of this stratum has no number.`, {
    expected: "a position of the list",
    received: String(sequence),
  });
}

/**
 * The check digit of a run of digits by ISO 7064, MOD 11,10: every digit that is mistyped, and nearly every pair that
 * is exchanged, leads to another one.
 *
 * @example
 * checkDigit("0794"); // "5"
 * @see ISO/IEC 7064:2003, hybrid system MOD 11,10
 */
export function checkDigit(digits: string): string {
  requireString(digits, "digits", "the digits to be checked");
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

const ROUNDS = 10;

/** What a shuffle adds to one half of a place, by the round and the other half. */
type Turn = (round: number, half: number) => number;

/** Half a place has at most four digits, so a long list asks again and again for what was worked out before. */
function turnsOf(text: string, stratum: string): Turn {
  const known = new Map<number, number>();
  return (round, half) => {
    const key = half * ROUNDS + round;
    const turn =
      known.get(key) ??
      parseInt(sha256Hex(`allocell-number-order-1:${text}:${stratum}:${round}:${half}`).slice(0, 8), 16);
    known.set(key, turn);
    return turn;
  };
}

/**
 * Where the place `sequence` of a stratum stands among all numbers of that many digits, 0 included: a permutation that
 * follows from the text, by ten Feistel rounds over the two halves of the digits. A longer list changes no number.
 */
function shuffled(turn: Turn, digits: number, sequence: number): number {
  const [leftSize, rightSize] = [10 ** Math.ceil(digits / 2), 10 ** Math.floor(digits / 2)];
  let left = Math.floor(sequence / rightSize);
  let right = sequence % rightSize;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % 2 === 0) left = (left + turn(round, right)) % leftSize;
    else right = (right + turn(round, left)) % rightSize;
  }
  return left * rightSize + right;
}

/**
 * @param factors - the number of levels of each factor
 * @throws AllocellError `list.numbers_too_short` if the digits cannot count the rows, or a digit the levels of a factor;
 *   `list.numbers_too_long` above 15 characters; `list.numbers_mask_invalid` for a mask without the stratum
 */
export function checkNumbers(format: NumberFormat, factors: readonly number[], longestStratum: number): void {
  if (format.given !== undefined) return;
  if (longestStratum >= 10 ** format.digits) {
    fail("list.numbers_too_short", "numbers.digits", `${format.digits} digits cannot count ${longestStratum} rows.`, {
      expected: `at least ${String(longestStratum).length} digits`,
      received: String(format.digits),
    });
  }
  const most = Math.max(0, ...factors);
  if (format.levelDigits === 1 && most > 9) {
    fail("list.numbers_too_short", "numbers.levelDigits", "One digit counts nine levels of a factor at most.", {
      expected: "two digits a level: leave levelDigits out",
      received: `${most} levels`,
    });
  }
  if (factors.length > 0 && format.mask?.includes("{stratum}") === false) {
    fail("list.numbers_mask_invalid", "numbers.mask", "Without {stratum} two strata would have the same numbers.", {
      expected: "a mask with {stratum} and {sequence}",
      received: format.mask,
    });
  }
  const code = stratumCode(format, factors);
  const length = randomizationNumber(format, "TEST", code, 1).length;
  if (length > 15) {
    fail("list.numbers_too_long", "numbers", `Randomization numbers would have ${length} characters.`, {
      expected:
        "at most 15, with the T of test numbers: a shorter prefix or mask, fewer digits, levelDigits: 1, or fewer factors",
      received: `${length} characters`,
    });
  }
}

/** Whether a mask has the place, and beside it only the stratum, the check digit and capital letters. */
export const isMask = (mask: string): boolean =>
  mask.includes("{sequence}") &&
  /^[A-Z]*$/.test(mask.replace("{stratum}", "").replace("{sequence}", "").replace("{check}", ""));

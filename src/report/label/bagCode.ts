import { fail } from "../../foundation/index.js";
import type { BagCode } from "./bagFacts.js";
import { checkCharacter } from "./checkCharacter.js";
import { parseGs1Code, toGs1Code } from "./gs1Code.js";

const FORM = "A1";
/** A symbol of 40 modules, as was read back by another program; a longer one has no place on a label. */
const MOST_LETTERS = 140;

/** Capitals, digits and a few signs stay; all else is written as the bytes of UTF-8, so that no scanner changes it. */
const coded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*~]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const digitsOf = (time: string): string => time.replace(/\D/gu, "");

/**
 * The text of the Data Matrix: form, trial, kit, administration (0 where none is stated), subject, latest start, latest
 * end, and a check character, with spaces between them.
 *
 * @throws AllocellError `report.label_text_too_long` beyond 140 letters
 * @example
 * toBagCode({ trialCode: "NCT07041801", kit: "K-1047", subject: "S02-003", startBy: "2026-03-19T12:15",
 *   expiresAt: "2026-03-19T13:00" }); // "A1 NCT07041801 K-1047 0 S02-003 202603191215 202603191300 S"
 */
export function toBagCode({ trialCode, kit, administration = "0", subject, startBy, expiresAt }: BagCode): string {
  const words = [FORM, ...[trialCode, kit, administration, subject].map(coded), digitsOf(startBy), digitsOf(expiresAt)];
  const text = words.join(" ");
  if (text.length > MOST_LETTERS) {
    fail("report.label_text_too_long", "kit", "Trial code, kit and subject are too long for the code of a label.", {
      expected: `at most ${MOST_LETTERS} letters with the times`,
      received: `${text.length} letters`,
    });
  }
  return `${text} ${checkCharacter(text)}`;
}

const PATTERN =
  /^A1 (?<trialCode>\S+) (?<kit>\S+) (?<administration>\d+) (?<subject>\S+) (?<startBy>\d{12}) (?<expiresAt>\d{12}) (?<check>[0-9A-Z*])$/u;

const timeOf = (digits: string): string => digits.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/u, "$1-$2-$3T$4:$5");

/**
 * What the Data Matrix of a label holds: an element string of GS1 where the sponsor's GTIN is given, else
 * {@link toBagCode}.
 */
export const labelCode = (code: BagCode, gtin: string | undefined): string =>
  gtin === undefined ? toBagCode(code) : toGs1Code(code, gtin, coded);

/**
 * Reads what a scanner typed, of either form.
 *
 * @throws AllocellError `report.code_unreadable` for another form, or where the check character is not that of the text
 */
export function parseBagCode(scanned: string): BagCode {
  const text = scanned.trim();
  const ofGs1 = parseGs1Code(text, decoded);
  if (ofGs1 !== undefined) return ofGs1;
  const { check, ...words } = PATTERN.exec(text)?.groups ?? {};
  if (check === undefined || checkCharacter(text.slice(0, -1)) !== check) {
    return fail("report.code_unreadable", "", "This is not the code of a bag's label, or a sign of it was lost.", {
      expected:
        "A1, trial, kit, administration, subject, latest start, latest end and check character; or these in GS1 elements",
      received: text,
    });
  }
  const { administration = "0", startBy = "", expiresAt = "" } = words;
  const [trialCode, kit, subject] = [words["trialCode"], words["kit"], words["subject"]].map((word = "") =>
    decoded(word),
  ) as [string, string, string];
  return {
    trialCode,
    kit,
    ...(administration === "0" ? {} : { administration }),
    subject,
    startBy: timeOf(startBy),
    expiresAt: timeOf(expiresAt),
  };
}

/** A scanner that lost a sign of an escape leaves a text that cannot be decoded: it is shown as it stands. */
function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

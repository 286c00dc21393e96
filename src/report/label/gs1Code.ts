import { fail } from "../../foundation/index.js";
import type { BagCode } from "./bagFacts.js";
import { checkCharacter } from "./checkCharacter.js";

/**
 * The application identifiers of a bag's code, in their order: GTIN, kit as serial number, trial code as protocol; what
 * GS1 leaves to the company, subject, administration, start by, check character; last the end by, behind which the writer
 * of the symbol would put no separator.
 */
const IDENTIFIERS = ["01", "21", "7240", "91", "92", "93", "94", "7003"] as const;
/** GS1 allows so many letters of a serial number and of a protocol. */
const MOST_LETTERS = 20;
const SEPARATOR = "\u001D";
const GTIN_DIGITS = 14;

const shortTime = (time: string): string => time.replace(/\D/gu, "").slice(2);

/**
 * The element string of a bag's label, with its identifiers in brackets, for a sponsor who has a GTIN: the same facts
 * as {@link BagCode}.
 *
 * @param coded - how a text stands in a code
 * @throws AllocellError `report.label_text_too_long` for a kit or a trial code beyond 20 letters
 * @example
 * toGs1Code({ trialCode: "NCT07041801", kit: "K-1047", subject: "S02-003", startBy: "2026-03-19T12:15",
 *   expiresAt: "2026-03-19T13:00" }, "09506000134352", (text) => text);
 * // "(01)09506000134352(21)K-1047(7240)NCT07041801(91)S02-003(92)0(93)2603191215(94)...(7003)2603191300"
 */
export function toGs1Code(code: BagCode, gtin: string, coded: (text: string) => string): string {
  const { trialCode, kit, administration = "0", subject, startBy, expiresAt } = code;
  for (const [field, text] of Object.entries({ kit: coded(kit), trialCode: coded(trialCode) })) {
    if (text.length <= MOST_LETTERS) continue;
    fail("report.label_text_too_long", field, "This is too long for a code of GS1.", {
      expected: `at most ${MOST_LETTERS} letters`,
      received: `${text.length} letters`,
    });
  }
  const values = [
    ...[gtin.padStart(GTIN_DIGITS, "0"), coded(kit), coded(trialCode), coded(subject), administration],
    shortTime(startBy),
  ];
  const end = shortTime(expiresAt);
  const all = [...values, checkCharacter([...values, end].join(" ")), end];
  return all.map((value, at) => `(${IDENTIFIERS[at] ?? ""})${value}`).join("");
}

const PATTERN = /* @__PURE__ */ new RegExp(
  `^(?:\\]d2)?${SEPARATOR}?01(?<gtin>\\d{14})${SEPARATOR}?21(?<kit>[^${SEPARATOR}]+)${SEPARATOR}` +
    `7240(?<trialCode>[^${SEPARATOR}]+)${SEPARATOR}91(?<subject>[^${SEPARATOR}]+)${SEPARATOR}92(?<administration>\\d+)` +
    `${SEPARATOR}93(?<startBy>\\d{10})${SEPARATOR}94(?<check>[0-9A-Z*])${SEPARATOR}7003(?<expiresAt>\\d{10})$`,
  "u",
);

const timeOf = (digits: string): string => digits.replace(/^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/u, "20$1-$2-$3T$4:$5");

/**
 * Reads an element string as a scanner types it, its separators as the control character GS or its identifiers in brackets;
 * undefined for another text.
 */
export function parseGs1Code(scanned: string, decoded: (word: string) => string): BagCode | undefined {
  const { gtin, expiresAt, kit, trialCode, subject, administration, startBy, check } =
    PATTERN.exec(scanned.replace(/\((01|7003|21|7240|9[1-4])\)/gu, `${SEPARATOR}$1`))?.groups ?? {};
  if (gtin === undefined || expiresAt === undefined || startBy === undefined) return undefined;
  if (kit === undefined || trialCode === undefined || subject === undefined || administration === undefined) {
    return undefined;
  }
  const words = [gtin, kit, trialCode, subject, administration, startBy, expiresAt];
  if (checkCharacter(words.join(" ")) !== check) return undefined;
  return {
    ...{ trialCode: decoded(trialCode), kit: decoded(kit), subject: decoded(subject) },
    ...(administration === "0" ? {} : { administration }),
    ...{ startBy: timeOf(startBy), expiresAt: timeOf(expiresAt) },
  };
}

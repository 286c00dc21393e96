/**
 * The one form of an id of a participant, a kit or a lot, by which two are compared: full-width letters are plain ones
 * (NFKC), white space around it is nothing and within it one space, and capitals are small letters.
 *
 * @example
 * foldId(" Ｓ01-001") === foldId("s01-001"); // true
 */
export const foldId = (id: string): string => id.normalize("NFKC").trim().replace(/\s+/gu, " ").toLowerCase();

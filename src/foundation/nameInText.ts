const HAN = "\\p{Script=Han}";
/** A letter of a script that separates words by spaces. Chinese does not: beside a Chinese letter every word ends. */
const LETTER = `(?!${HAN})\\p{L}`;

/**
 * A text as it is compared with names: full-width and other compatible forms as plain ones, no invisible characters,
 * every space as one plain space and none between Chinese letters.
 *
 * @example
 * foldText("ＭＳＣ\u200B  悬 液"); // "MSC 悬液"
 */
export function foldText(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}+/gu, "")
    .replace(/\s+/gu, " ")
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "")
    .trim();
}

type Part = "han" | "word" | "number";

const partOf = (part: string): Part =>
  new RegExp(HAN, "u").test(part) ? "han" : /\p{L}/u.test(part) ? "word" : "number";

/**
 * Where a name stands in a folded text, whatever stands between its words and numbers: `EX-2401` is in "ex 2401" too.
 *
 * A word ends where no letter of its kind continues it, a number where no digit does: "low" is not in "slow", and "MSC"
 * is in "MSC悬液". A Chinese word is found anywhere, since Chinese is written without spaces.
 *
 * @param endsAtDigits - true: "low" is in "low1" (texts that people write). False: it is not (hashes and codes, where a
 *   letter beside a digit stands by chance)
 * @param within - sources of regular expressions: what may stand between two parts, and what may end the last word
 * @returns the source of a regular expression with the flags `iu`; undefined for a name without letter and digit
 */
export function namePattern(
  name: string,
  endsAtDigits: boolean,
  { joint = "[^\\p{L}\\p{N}]*", ending = "" }: { readonly joint?: string; readonly ending?: string } = {},
): string | undefined {
  const parts = foldText(name).match(new RegExp(`${HAN}+|(?:${LETTER})+|\\p{N}+`, "gu")) ?? [];
  const [first, last] = [parts[0], parts[parts.length - 1]];
  if (first === undefined || last === undefined) return undefined;
  const digit = endsAtDigits ? "" : "|\\p{N}";
  const letter = endsAtDigits ? "" : `|${LETTER}`;
  const before = { han: "", word: `(?<!${LETTER}${digit})`, number: `(?<!\\p{N}|\\p{N}\\.${letter})` };
  const after = { han: "", word: `${ending}(?!${LETTER}${digit})`, number: `(?!\\p{N}|\\.\\p{N}${letter})` };
  return `${before[partOf(first)]}${parts.join(joint)}${after[partOf(last)]}`;
}

/** Numbers of built-in formats that show dates or times, here or in Chinese, Japanese and Korean. ECMA-376, part 1, 18.8.30. */
const BUILT_IN: readonly (readonly [first: number, last: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** What stands in a format as it is: in quotes, behind a backslash, and what takes or fills the width of a sign. */
const LITERALS = /"[^"]*"|\\.|_.|\*./gu;
/** Colours, conditions and languages; hours, minutes and seconds that run on stand in brackets too, and stay. */
const BRACKETS = /\[(?![hms]+\])[^\]]*\]/giu;
/** Parts of a second. */
const FRACTIONS = /(s\]?)[.,]0{1,3}/giu;

/**
 * Whether a number format shows a date or a time: by its number if it is built in, or by its code, one section of which
 * has letters of a date and no digits of a number.
 *
 * @example
 * isDateFormat(14, undefined); // true
 * isDateFormat(164, 'dd"."mm"."yyyy'); // true
 * isDateFormat(165, '0.0 "days"'); // false
 */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (BUILT_IN.some(([first, last]) => id >= first && id <= last)) return true;
  return (code ?? "")
    .replace(LITERALS, " ")
    .replace(BRACKETS, "")
    .replace(FRACTIONS, "$1")
    .split(";")
    .some((section) => /[dmyhs]/iu.test(section) && !/[0#?%]/u.test(section));
}

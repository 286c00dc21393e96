/**
 * Widths of printable ASCII from the space on, in thousandths of the font size: Helvetica, whose widths Arial and
 * Liberation Sans share.
 *
 * @see Adobe Font Metrics of the Core 14 fonts, Helvetica.afm
 */
const WIDTHS: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
/** The same of the bold letters, which are up to a quarter wider: Helvetica-Bold.afm. */
const BOLD_WIDTHS: readonly number[] = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
  556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
  280, 389, 584,
];
/** Of a character beyond ASCII: wide enough for a Chinese one. */
const OTHER = 1000;

function widthBy(widths: readonly number[], text: string, fontSize: number): number {
  let sum = 0;
  for (const letter of text) sum += widths[(letter.codePointAt(0) ?? 0) - 32] ?? OTHER;
  return (sum / 1000) * fontSize;
}

/** Width of a text in pixels, the same on every machine; bold letters are wider than that. */
export const textWidth = (text: string, fontSize: number): number => widthBy(WIDTHS, text, fontSize);

/** Width of a text in bold letters, in the unit of the font size. */
export const boldTextWidth = (text: string, fontSize: number): number => widthBy(BOLD_WIDTHS, text, fontSize);

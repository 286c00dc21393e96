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
/** Of a character beyond ASCII: wide enough for a Chinese one. */
const OTHER = 1000;

/** Width of a text in pixels, the same on every machine; bold letters are a little wider than that. */
export function textWidth(text: string, fontSize: number): number {
  let sum = 0;
  for (const letter of text) sum += WIDTHS[(letter.codePointAt(0) ?? 0) - 32] ?? OTHER;
  return (sum / 1000) * fontSize;
}

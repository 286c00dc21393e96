/** Breaks text at spaces; later lines stand under the beginning of the text. A word longer than a line stays whole. */
export function wrapText(text: string, first: string, columns = 80): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = " ".repeat(first.length);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** Chinese, Japanese and Korean letters and full-width signs take two places in a terminal. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;

/** The places that a text takes in a terminal. */
export const widthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

/** Columns of text under their titles, numbers to the right, two spaces between; no line ends in a space. */
export function textTable(titles: readonly string[], rows: readonly (readonly string[])[], indent = "  "): string {
  const isNumber = titles.map((_, k) => rows.length > 0 && rows.every((row) => /^-?[\d.,]*$/.test(row[k] ?? "")));
  const widths = titles.map((title, k) => Math.max(widthOf(title), ...rows.map((row) => widthOf(row[k] ?? ""))));
  const blanks = (cell: string, k: number): string => " ".repeat((widths[k] ?? 0) - widthOf(cell));
  const line = (cells: readonly string[]): string =>
    indent +
    cells
      .map((cell, k) => (isNumber[k] === true ? `${blanks(cell, k)}${cell}` : `${cell}${blanks(cell, k)}`))
      .join("  ")
      .trimEnd();
  return [titles, ...rows].map((row) => `${line(row)}\n`).join("");
}

/** `1 row`, `2 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A word filled with spaces to so many columns; Chinese letters take two. */
export const padWide = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - widthOf(text)));

/** An empty place for somebody to fill in. */
export const BLANK = "______________________";

/** Text as one cell of a Markdown table. */
export const cell = (text: string): string => text.replace(/\|/g, "\\|").replace(/\s*\n\s*/g, " ");

/** A Markdown table; an empty cell becomes a blank to be filled in. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => (text === "" ? BLANK : cell(text))).join(" | ")} |`;
  return [line(titles), `| ${titles.map(() => "---").join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words[words.length - 1] ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** Paragraphs, tables and headings with an empty line between, one line end at the end. */
export const document = (blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;

import type { ReportTable } from "../assessment/assessmentTables.js";
import type { Language } from "../texts/language.js";

/** An empty place for somebody to fill in. */
export const BLANK = "______________________";

/** A text of a trial or a plan as one line of Markdown that shows it as it is and formats nothing; blanks stay blanks. */
function plain(text: string): string {
  const escaped = (part: string): string => part.replace(/[\\`*_[\]<>|~]|&(?=#?\w+;)/g, "\\$&").replace(/\s+/g, " ");
  return text.split(BLANK).map(escaped).join(BLANK);
}

/** Our own Markdown with texts of others in it, each as {@link plain} writes it. */
export function markdown(own: TemplateStringsArray, ...texts: readonly string[]): string {
  return own.map((part, i) => part + plain(texts[i] ?? "")).join("");
}

/** Values for the places of a text of ours in Markdown, each as {@link plain} writes it. */
export const plainValues = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, text]) => [name, plain(text)]));

/** A Markdown table; an empty cell becomes a blank to be filled in. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => (text === "" ? BLANK : plain(text))).join(" | ")} |`;
  return [line(titles), `| ${titles.map(() => "---").join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** `a`, `a and b`, `a, b and c`; `a、b和c`. */
export function listed(words: readonly string[], language: Language = "en"): string {
  const last = words[words.length - 1] ?? "";
  const [comma, and] = language === "en" ? [", ", " and "] : ["、", "和"];
  return words.length < 2 ? last : `${words.slice(0, -1).join(comma)}${and}${last}`;
}

/** Paragraphs, tables and headings with an empty line between, one line end at the end. */
export const document = (blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;

/** A table of a report under its heading, with its note below. */
export function tableBlocks({ title, columns, rows, note }: ReportTable): readonly string[] {
  return [markdown`### ${title}`, table(columns, rows), ...(note === undefined ? [] : [markdown`${note}`])];
}

import type { ReportTable } from "./assessment/assessmentTables.js";

const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?\s?%?$/i;

/** A text with a sign before it where a spreadsheet would run it; numbers keep theirs. @see OWASP, CSV injection (CWE-1236) */
const unrun = (text: string): string =>
  text.length > 1 && /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;

/** A table of a report as CSV (RFC 4180): a header, CRLF line ends, and no text that a spreadsheet would run. */
export function toTableCsv({ columns, rows }: Pick<ReportTable, "columns" | "rows">): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  return [columns, ...rows].map((cells) => `${cells.map((text) => cell(unrun(text))).join(",")}\r\n`).join("");
}

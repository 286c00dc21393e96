import type { ReportTable } from "./assessment/assessmentTables.js";

/** A table of a report as CSV (RFC 4180): a header, CRLF line ends. */
export function toTableCsv({ columns, rows }: Pick<ReportTable, "columns" | "rows">): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  return [columns, ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

import type { ReportTable } from "../report/index.js";
import { textTable, wrapText } from "./textTable.js";

/** A table of a report for a terminal: title, columns, note, of which `wrap` breaks the lines. */
export function wrappedTable({ title, columns, rows, note }: ReportTable, wrap: typeof wrapText): string {
  const below = note === undefined ? "" : `${wrap(note, "  ", 100).join("\n")}\n`;
  return `${title}\n${textTable(columns, rows)}${below}`;
}

/** The same, with the lines broken at spaces. */
export const tableText = (table: ReportTable): string => wrappedTable(table, wrapText);

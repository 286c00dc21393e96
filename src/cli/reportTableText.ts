import type { ReportTable } from "../report/index.js";
import { textTable, wrapText } from "./textTable.js";

/** A table of a report for a terminal: title, columns, note. */
export function tableText({ title, columns, rows, note }: ReportTable): string {
  const below = note === undefined ? "" : `${wrapText(note, "  ", 100).join("\n")}\n`;
  return `${title}\n${textTable(columns, rows)}${below}`;
}

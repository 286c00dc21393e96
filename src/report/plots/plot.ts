import { deepFreeze } from "../../foundation/index.js";
import { toTableCsv } from "../tableCsv.js";
import type { Figure } from "./figure.js";

/** One line of the data of a picture. */
export type PlotRow = Readonly<Record<string, string | number | boolean>>;

/** A picture as data: what it shows, in words, as rows, and as marks between axes. */
export interface Plot {
  /** Such as `imbalance`; names its files. */
  readonly name: string;
  readonly title: string;
  /** What is to be seen, for a caption and for readers who do not see the picture. */
  readonly caption: string;
  /** Columns of the rows, in order. */
  readonly columns: readonly string[];
  readonly rows: readonly PlotRow[];
  /** What is drawn. */
  readonly figure: Figure;
}

export const toPlot = (plot: Plot): Plot => deepFreeze(plot);

/** The rows of a picture as CSV: a header, then numbers as JavaScript writes them. */
export function toPlotCsv({ columns, rows }: Plot): string {
  return toTableCsv({ columns, rows: rows.map((row) => columns.map((column) => String(row[column] ?? ""))) });
}

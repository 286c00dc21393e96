import { deepFreeze } from "../../foundation/index.js";
import { toTableCsv } from "../tableCsv.js";

/** One line of the data of a picture. */
export type PlotRow = Readonly<Record<string, string | number | boolean>>;

/** A picture as data: what it shows, in words, as rows and as a Vega-Lite specification that holds these rows. */
export interface Plot {
  /** Such as `imbalance`; names its files. */
  readonly name: string;
  readonly title: string;
  /** What is to be seen, for a caption and for readers who do not see the picture. */
  readonly caption: string;
  /** Columns of the rows, in order. */
  readonly columns: readonly string[];
  readonly rows: readonly PlotRow[];
  /** A Vega-Lite specification (version 6), with the rows inside: it draws without any other file. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What a picture is made of, before the common style. */
export interface PlotParts extends Omit<Plot, "spec"> {
  readonly width: number;
  /** Pixels, or `step`: that many for each level of the vertical axis. */
  readonly height: number | { readonly step: number };
  readonly layer: readonly object[];
  readonly resolve?: object;
  /** A line below the title, where signs need to be explained. */
  readonly subtitle?: string;
}

/** Fonts that a printer's office has; the last is generic. */
const FONT = "Liberation Sans, Arial, Helvetica, sans-serif";

/** Black, greys and dashes only: nothing is told by a colour. */
const CONFIG = {
  background: "white",
  padding: 8,
  font: FONT,
  title: {
    anchor: "start",
    fontSize: 14,
    fontWeight: "bold",
    offset: 12,
    frame: "group",
    color: "#000",
    subtitleFontSize: 12,
    subtitleColor: "#000",
    subtitlePadding: 5,
  },
  axis: {
    labelFontSize: 12,
    labelFlush: false,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
    labelColor: "#000",
    titleColor: "#000",
    domainColor: "#000",
    tickColor: "#000",
    gridColor: "#e4e4e4",
  },
  legend: {
    orient: "bottom",
    direction: "horizontal",
    labelFontSize: 12,
    labelLimit: 400,
    labelColor: "#000",
    symbolSize: 160,
    symbolStrokeColor: "#000",
    columnPadding: 18,
    title: null,
  },
  view: { stroke: null },
  text: { fontSize: 11, color: "#000", font: FONT },
} as const;

/** A picture in the style that all of them share. */
export function toPlot({ width, height, layer, subtitle, resolve, ...plot }: PlotParts): Plot {
  return deepFreeze({
    ...plot,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      description: plot.caption,
      title: { text: plot.title, ...(subtitle === undefined ? {} : { subtitle }) },
      width,
      height,
      data: { name: "rows", values: plot.rows },
      layer,
      ...(resolve === undefined ? {} : { resolve }),
      config: CONFIG,
    },
  });
}

/** The rows of a picture as CSV: a header, then numbers as JavaScript writes them. */
export function toPlotCsv({ columns, rows }: Plot): string {
  return toTableCsv({ columns, rows: rows.map((row) => columns.map((column) => String(row[column] ?? ""))) });
}

import type { Measures } from "../../assessment/index.js";
import { toPlot, type Plot, type PlotRow } from "./plot.js";

const CENTRAL_90 = "5 % to 95 %";
const CENTRAL_50 = "25 % to 75 %";
const MEDIAN = "median";

/**
 * Imbalance after each row: bands of its quantiles, the median, and the mean of its absolute value.
 *
 * Two arms at 1:1: D = N_1 - N_2. Otherwise the largest deviation of an arm from its share, max_k abs(N_k - n w_k / W).
 *
 * @param arms - names in the order of the ratio
 * @param of - what is shown, for the title, such as a list's id
 */
export function imbalancePlot(measures: Measures, arms: readonly string[], of: string): Plot {
  const isDifference = measures.scale === "difference";
  const bands = measures.byRow.imbalanceBands;
  const rows = measures.byRow.absoluteImbalance.map((meanAbsolute, i): PlotRow => {
    const band = (k: number): number => bands[k]?.[i] ?? NaN;
    return { row: i + 1, q05: band(0), q25: band(1), median: band(2), q75: band(3), q95: band(4), meanAbsolute };
  });
  return toPlot({
    name: "imbalance",
    title: `Imbalance over time: ${of}`,
    caption:
      `Imbalance after each participant. Bands: central 90 % and 50 % of the possible lists; ${isDifference ? "" : "solid: median; "}dashed: ${isDifference ? "mean of the absolute value" : "mean"}. ` +
      (isDifference
        ? "Imbalance is the difference of the two groups."
        : "Imbalance is the largest difference between the size of a group and its share by the ratio.") +
      methodText(measures),
    columns: ["row", "q05", "q25", "median", "q75", "q95", "meanAbsolute"],
    rows,
    width: 560,
    height: 260,
    layer: layersOf(measures, arms),
  });
}

function layersOf({ scale, rows }: Measures, arms: readonly string[]): readonly object[] {
  const isDifference = scale === "difference";
  const mean = isDifference ? "mean of the absolute value" : "mean";
  const title = isDifference
    ? `${arms[0] ?? ""} minus ${arms[1] ?? ""} (participants)`
    : "Largest deviation from the ratio (participants)";
  const x = rowAxis(rows, "Participants allocated");
  const axis = isDifference ? { tickMinStep: 1 } : {};
  const y = (field: string): object => ({ field, type: "quantitative", stack: null, title, axis });
  const area = (from: string, to: string, name: string): object => ({
    transform: WHOLE_ROWS,
    mark: { type: "area", opacity: 1, stroke: "#777", strokeWidth: 0.5 },
    encoding: {
      x,
      y: y(from),
      y2: { field: to },
      fill: {
        datum: name,
        type: "nominal",
        scale: { domain: [CENTRAL_90, CENTRAL_50], range: ["#e2e2e2", "#aaaaaa"] },
        legend: { symbolType: "square" },
      },
    },
  });
  // At 1:1 the difference is symmetric: its median is 0, or anything from -1 to 1, and says nothing.
  const dashes = isDifference ? { [mean]: [5, 3] } : { [MEDIAN]: [1, 0], [mean]: [5, 3] };
  const strokes = { domain: Object.keys(dashes), range: Object.values(dashes) };
  const legend = { symbolType: "stroke", symbolSize: 500 };
  const line = (field: string, name: string): object => ({
    transform: WHOLE_ROWS,
    mark: { type: "line", stroke: "#000", strokeWidth: 1.6 },
    encoding: { x, y: y(field), strokeDash: { datum: name, type: "nominal", scale: strokes, legend } },
  });
  return [
    area("q05", "q95", CENTRAL_90),
    area("q25", "q75", CENTRAL_50),
    ...(isDifference ? [] : [line("median", MEDIAN)]),
    line("meanAbsolute", mean),
  ];
}

/** Draws each row as wide as it is, from half a row before to half a row after: a list has nothing between rows. */
export const WHOLE_ROWS: readonly object[] = [
  { calculate: "[datum.row - 0.5, datum.row + 0.5]", as: "at" },
  { flatten: ["at"] },
];

/** The horizontal axis of a picture over the rows of a list. */
export function rowAxis(rows: number, title: string): object {
  return {
    field: "at",
    type: "quantitative",
    title,
    scale: { domain: [0.5, rows + 0.5], nice: false },
    axis: { tickMinStep: 1, grid: false },
  };
}

/** How the numbers of a picture were come by. */
export function methodText({ method, trials }: Measures): string {
  return method === "exact" ? " Exact." : ` Simulated: ${trials} lists.`;
}

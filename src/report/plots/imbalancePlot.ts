import type { Measures, RowMeasures } from "../../assessment/index.js";
import type { Language } from "../texts/language.js";
import { plotWords } from "../texts/plotTexts.js";
import { roundAxis, roundTicks, type At, type Axis, type LegendEntry, type Mark } from "./figure.js";
import { toPlot, type Plot, type PlotRow } from "./plot.js";

const LIGHT = "#e2e2e2";
const MIDDLE = "#aaaaaa";
const SOLID = { stroke: "#000", width: 1.6 } as const;
const DASHED = { ...SOLID, dash: [5, 3] } as const;

/** What is shown after each row of a list, or each participant of a trial. */
export interface ShownImbalance extends Pick<Measures, "rows" | "scale" | "method" | "trials"> {
  readonly byRow: Pick<RowMeasures, "absoluteImbalance" | "imbalanceBands">;
  /** Whether whole trials were simulated. */
  readonly isTrial?: true;
}

/**
 * Imbalance after each row: bands of its quantiles, the median, and the mean of its absolute value.
 *
 * Two arms at 1:1: D = N_1 - N_2. Otherwise the largest deviation of an arm from its share, max_k abs(N_k - n w_k / W).
 *
 * @param arms - names in the order of the ratio
 * @param of - what is shown, for the title, such as a list's id
 */
export function imbalancePlot(
  measures: ShownImbalance,
  arms: readonly string[],
  of: string,
  language: Language = "en",
): Plot {
  const say = plotWords(language);
  const isDifference = measures.scale === "difference";
  const bands = measures.byRow.imbalanceBands;
  const columns = ["row", "q05", "q25", "median", "q75", "q95", "meanAbsolute"];
  const rows = measures.byRow.absoluteImbalance.map((meanAbsolute, i): PlotRow => {
    const band = (k: number): number => bands[k]?.[i] ?? NaN;
    return { row: i + 1, q05: band(0), q25: band(1), median: band(2), q75: band(3), q95: band(4), meanAbsolute };
  });
  const along = (column: string): readonly At[] => wholeRows(rows.map((row) => Number(row[column])));
  const mean: LegendEntry = { label: say(isDifference ? "meanAbsolute" : "mean"), show: DASHED };
  // At 1:1 the difference is symmetric: its median is 0, or anything from -1 to 1, and says nothing.
  const median: readonly LegendEntry[] = isDifference ? [] : [{ label: say("median"), show: SOLID }];
  const marks: readonly Mark[] = [
    { kind: "area", low: along("q05"), high: along("q95"), fill: LIGHT },
    { kind: "area", low: along("q25"), high: along("q75"), fill: MIDDLE },
    ...(isDifference ? [] : [{ kind: "line", points: along("median"), ...SOLID } as const]),
    { kind: "line", points: along("meanAbsolute"), ...DASHED },
  ];
  const title = isDifference ? say("difference", { first: arms[0] ?? "", second: arms[1] ?? "" }) : say("deviation");
  const values = rows.flatMap((row) => columns.slice(1).map((column) => Number(row[column])));
  return toPlot({
    name: "imbalance",
    title: say("imbalance", { of }),
    caption:
      say(isDifference ? "ofDifference" : "ofDeviation", {
        all: say(measures.isTrial === true ? "simulatedOnes" : "possibleLists"),
      }) + methodText(measures, language),
    columns,
    rows,
    figure: {
      width: 560,
      height: 260,
      x: rowAxis(measures.rows, say("allocated")),
      y: { title, hasGrid: true, ...roundAxis(values, 6, isDifference ? 1 : 0) },
      marks,
      legend: [
        { label: say("central90"), show: { fill: LIGHT } },
        { label: say("central50"), show: { fill: MIDDLE } },
        ...median,
        mean,
      ],
    },
  });
}

/** Values by row, each as wide as its row, from half a row before to half a row after: a list has nothing between rows. */
export const wholeRows = (values: readonly number[]): readonly At[] =>
  values.flatMap((value, i): At[] => [
    [i + 0.5, value],
    [i + 1.5, value],
  ]);

/** The horizontal axis of a picture over the rows of a list. */
export const rowAxis = (rows: number, title: string): Axis => ({
  title,
  from: 0.5,
  to: rows + 0.5,
  ticks: roundTicks(0.5, rows + 0.5, 12, 1),
});

/** How the numbers of a picture were come by. */
export function methodText(
  { method, trials, isTrial }: Pick<ShownImbalance, "method" | "trials" | "isTrial">,
  language: Language,
): string {
  const say = plotWords(language);
  return method === "exact"
    ? say("exact")
    : say(isTrial === true ? "simulatedTrials" : "simulated", { trials: String(trials) });
}

import type { Measures } from "../../assessment/index.js";
import type { Language } from "../texts/language.js";
import { plotWords } from "../texts/plotTexts.js";
import type { Stroke } from "./figure.js";
import { roundTicks } from "./figure.js";
import { methodText, rowAxis, wholeRows } from "./imbalancePlot.js";
import { toPlot, type Plot, type PlotRow } from "./plot.js";

const STROKES: Readonly<Record<"best" | "smaller" | "forced", Stroke>> = {
  best: { stroke: "#000", width: 1.8 },
  smaller: { stroke: "#666", width: 1.8, dash: [6, 3] },
  forced: { stroke: "#000", width: 1.8, dash: [1.5, 2.5] },
};

/**
 * Predictability by row: how often the best guess and the convergence guess are right, and how often the row is certain.
 *
 * The horizontal line is a guess by the ratio alone, right in w_k / W of the rows for the largest share.
 */
export function predictabilityPlot(measures: Measures, of: string, language: Language = "en"): Plot {
  const say = plotWords(language);
  const { convergence, maximumProbability, forced } = measures.byRow;
  const isSame =
    maximumProbability !== undefined &&
    convergence.every((value, i) => Math.abs(value - (maximumProbability[i] ?? NaN)) < 1e-9);
  const series: readonly (readonly [keyof typeof STROKES, readonly number[] | undefined])[] = [
    ["best", maximumProbability],
    ["smaller", isSame ? undefined : convergence],
    ["forced", forced],
  ];
  return probabilityPlot(
    {
      series: series.map(([name, values]) => [name, say(name), values]),
      byRatio: byRatioOf(measures.ratio),
      rows: measures.rows,
      title: say("predictability", { of }),
      caption: captionOf(measures, isSame, byRatioOf(measures.ratio), language),
    },
    language,
  );
}

/** How often a guess by the ratio alone is right. */
export const byRatioOf = (ratio: readonly number[]): number =>
  Math.max(...ratio) / ratio.reduce((sum, weight) => sum + weight, 0);

/** Probabilities by row, each with its line and label, and a thin line for a guess by the ratio. */
interface ShownProbabilities {
  readonly series: readonly (readonly [
    line: keyof typeof STROKES,
    label: string,
    values: readonly number[] | undefined,
  ])[];
  readonly byRatio: number;
  readonly rows: number;
  readonly title: string;
  readonly caption: string;
}

/** A figure of probabilities by row. */
export function probabilityPlot(
  { series, byRatio, rows: length, title, caption }: ShownProbabilities,
  language: Language,
): Plot {
  const say = plotWords(language);
  const shown = series.flatMap(([line, label, values]) =>
    values === undefined ? [] : [[line, values, label] as const],
  );
  const rows = shown.flatMap(([, values, measure]) =>
    values.map((probability, i): PlotRow => ({ row: i + 1, measure, probability })),
  );
  const last = length + 0.5;
  return toPlot({
    name: "predictability",
    title,
    caption,
    columns: ["row", "measure", "probability"],
    rows,
    figure: {
      width: 560,
      height: 260,
      x: rowAxis(length, say("position")),
      y: { title: say("probability"), from: 0, to: 1, ticks: roundTicks(0, 1, 5), hasGrid: true },
      marks: [
        {
          kind: "line",
          points: [
            [0.5, byRatio],
            [last, byRatio],
          ],
          stroke: "#000",
          width: 0.7,
        },
        ...shown.map(([name, values]) => ({ kind: "line", points: wholeRows(values), ...STROKES[name] }) as const),
      ],
      legend: shown.map(([line, , label]) => ({ label, show: STROKES[line] })),
    },
  });
}

function captionOf(measures: Measures, isSame: boolean, byRatio: number, language: Language): string {
  const say = plotWords(language);
  const { maximumProbability, forced } = measures.byRow;
  return [
    say("guesses"),
    maximumProbability === undefined ? "" : say("ofBest"),
    say(isSame ? "isSame" : "ofSmaller"),
    forced === undefined ? "" : say("ofForced"),
    say("byRatio", { share: byRatio.toFixed(2) }),
    methodText(measures, language),
  ].join("");
}

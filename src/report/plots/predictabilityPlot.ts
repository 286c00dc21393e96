import type { Measures } from "../../assessment/index.js";
import { methodText, rowAxis, WHOLE_ROWS } from "./imbalancePlot.js";
import { toPlot, type Plot, type PlotRow } from "./plot.js";

const BEST = "best guess (design known)";
const CONVERGENCE = "guess of the smaller group";
const FORCED = "certain (forced)";

/**
 * Predictability by row: how often the best guess and the convergence guess are right, and how often the row is certain.
 *
 * The horizontal line is a guess by the ratio alone, right in w_k / W of the rows for the largest share.
 */
export function predictabilityPlot(measures: Measures, of: string): Plot {
  const { convergence, maximumProbability, forced } = measures.byRow;
  const isSame =
    maximumProbability !== undefined &&
    convergence.every((value, i) => Math.abs(value - (maximumProbability[i] ?? NaN)) < 1e-9);
  const series: readonly (readonly [string, readonly number[] | undefined])[] = [
    [BEST, maximumProbability],
    [CONVERGENCE, isSame ? undefined : convergence],
    [FORCED, forced],
  ];
  const shown = series.flatMap(([name, values]) => (values === undefined ? [] : [[name, values] as const]));
  const rows = shown.flatMap(([measure, values]) =>
    values.map((probability, i): PlotRow => ({ row: i + 1, measure, probability })),
  );
  const byRatio = Math.max(...measures.ratio) / measures.ratio.reduce((sum, weight) => sum + weight, 0);
  const styles: Readonly<Record<string, readonly [dash: readonly number[], stroke: string, width: number]>> = {
    [BEST]: [[1, 0], "#000", 1.8],
    [CONVERGENCE]: [[6, 3], "#666", 1.8],
    [FORCED]: [[1.5, 2.5], "#000", 1.8],
  };
  const domain = shown.map(([name]) => name);
  const scale = (part: 0 | 1): object => ({ domain, range: domain.map((name) => styles[name]?.[part]) });
  const legend = { symbolType: "stroke", symbolSize: 500 };
  const x = rowAxis(measures.rows, "Participant, in order of allocation");
  const axis = {
    title: "Probability",
    scale: { domain: [0, 1] },
    axis: { format: ".1f", values: [0, 0.2, 0.4, 0.6, 0.8, 1] },
  };
  return toPlot({
    name: "predictability",
    title: `Predictability by position: ${of}`,
    caption: captionOf(measures, isSame, byRatio),
    columns: ["row", "measure", "probability"],
    rows,
    width: 560,
    height: 260,
    layer: [
      {
        data: { values: [{}] },
        mark: { type: "rule", stroke: "#000", strokeWidth: 0.7 },
        encoding: { y: { datum: byRatio, type: "quantitative", ...axis } },
      },
      {
        transform: WHOLE_ROWS,
        mark: { type: "line" },
        encoding: {
          x,
          y: { field: "probability", type: "quantitative", ...axis },
          strokeDash: { field: "measure", type: "nominal", scale: scale(0), legend },
          stroke: { field: "measure", type: "nominal", scale: scale(1), legend },
          strokeWidth: { value: 1.8 },
        },
      },
    ],
  });
}

function captionOf(measures: Measures, isSame: boolean, byRatio: number): string {
  const { maximumProbability, forced } = measures.byRow;
  return (
    "Probability that a guess of the next treatment is right, by position in the list, for somebody who knows all earlier treatments" +
    (maximumProbability === undefined ? "" : "; solid: the best guess of somebody who also knows the design") +
    (isSame
      ? " (guessing the group that is behind is right as often at every position)"
      : "; dashed: guessing the group that is behind") +
    (forced === undefined ? "" : "; dotted: probability that the treatment is certain") +
    `. Thin line: ${byRatio.toFixed(2)}, a guess by the ratio alone.` +
    methodText(measures)
  );
}

import type { FillMeasures } from "../../assessment/index.js";
import { probability } from "../assessment/numbers.js";
import type { Language } from "../texts/language.js";
import { fillPlotWords } from "../texts/fillPlotTexts.js";
import { bandTicks, roundAxis, type At, type Mark } from "./figure.js";
import { toPlot, type Plot, type PlotRow } from "./plot.js";

/** More strata than that make no picture that can be read. */
const MOST_STRATA = 40;
const STEP = 28;
/** Half the height of the upright mark, as a share of a stratum's line. */
const MARK = 11 / STEP;

/**
 * How full the lists of the strata become: quantiles of the participants of each stratum against the rows of its list,
 * with the probability that the list runs out. Of more than 40 strata, those likeliest to run out.
 */
export function fillPlot(fill: FillMeasures, of: string, language: Language = "en"): Plot {
  const say = fillPlotWords(language);
  const { byStratum } = fill;
  const kept = new Set([...byStratum].sort((a, b) => b.runOutProbability - a.runOutProbability).slice(0, MOST_STRATA));
  const rows = byStratum.filter((stratum) => kept.has(stratum)).map(fillRow);
  const x = roundAxis(
    rows.flatMap(({ q95, length }) => [q95, length]),
    8,
    1,
  );
  const first =
    byStratum.length > rows.length ? { shown: String(rows.length), all: String(byStratum.length) } : undefined;
  return toPlot({
    name: "fill",
    title: say("fill", { of }),
    caption: say("fills", {
      participants: String(fill.participants),
      shares: say(fill.sharesAssumed ? "equalShares" : "statedShares"),
      first: first === undefined ? "" : say("likeliest", first),
    }),
    columns: ["stratum", "length", "expectedParticipants", "q05", "q25", "median", "q75", "q95", "runOutProbability"],
    rows,
    figure: {
      width: 420,
      height: STEP * rows.length,
      subtitle: say("fillSigns"),
      x: { title: say("ofStratum"), ...x },
      y: { from: rows.length - 0.5, to: -0.5, ticks: bandTicks(rows.map(({ stratum }) => stratum)) },
      right: 150,
      marks: rows.flatMap((row, i) => marksOf(row, i, x.to, language)),
    },
  });
}

/** A stratum in the picture's data. */
type FillRow = ReturnType<typeof fillRow>;

const fillRow = ({
  stratum,
  length,
  expectedParticipants,
  participantBands,
  runOutProbability,
}: FillMeasures["byStratum"][number]) => {
  const [q05 = NaN, q25 = NaN, median = NaN, q75 = NaN, q95 = NaN] = participantBands;
  return { stratum, length, expectedParticipants, q05, q25, median, q75, q95, runOutProbability } satisfies PlotRow;
};

/** What is drawn in the line of a stratum; its probability stands behind the field. */
function marksOf(row: FillRow, line: number, right: number, language: Language): readonly Mark[] {
  const { q05, q25, median, q75, q95, length, runOutProbability } = row;
  const across = (from: number, to: number): readonly At[] => [
    [from, line],
    [to, line],
  ];
  const upright: readonly At[] = [
    [length, line - MARK],
    [length, line + MARK],
  ];
  const text = fillPlotWords(language)("runsOut", { probability: probability(runOutProbability) });
  return [
    { kind: "line", points: across(q05, q95), stroke: "#000", width: 1.5 },
    { kind: "line", points: across(q25, q75), stroke: "#aaa", width: 7 },
    { kind: "sign", at: [median, line], sign: "circle", radius: 4, fill: "#000" },
    { kind: "line", points: upright, stroke: "#000", width: 3 },
    { kind: "text", at: [right, line], shift: [14, 0], anchor: "start", size: 12, text },
  ];
}

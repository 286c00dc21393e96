import type { FillMeasures } from "../../assessment/index.js";
import { probability } from "../assessment/numbers.js";
import { toPlot, type Plot, type PlotRow } from "./plot.js";

/** More strata than that make no picture that can be read. */
const MOST_STRATA = 40;

/**
 * How full the lists of the strata become: quantiles of the participants of each stratum against the rows of its list,
 * with the probability that the list runs out. Of more than 40 strata, those likeliest to run out.
 */
export function fillPlot(fill: FillMeasures, of: string): Plot {
  const { byStratum } = fill;
  const kept = new Set([...byStratum].sort((a, b) => b.runOutProbability - a.runOutProbability).slice(0, MOST_STRATA));
  const rows = byStratum
    .filter((stratum) => kept.has(stratum))
    .map(({ stratum, length, expectedParticipants, participantBands, runOutProbability }): PlotRow => {
      const [q05 = NaN, q25 = NaN, median = NaN, q75 = NaN, q95 = NaN] = participantBands;
      return { stratum, length, expectedParticipants, q05, q25, median, q75, q95, runOutProbability };
    });
  const most = Math.max(...rows.map(({ q95, length }) => Math.max(Number(q95), Number(length))));
  const text = rows.map((row) => ({
    ...row,
    label: `P(runs out) = ${probability(Number(row["runOutProbability"]))}`,
  }));
  const y = {
    field: "stratum",
    type: "nominal",
    sort: null,
    title: null,
    axis: { labelLimit: 260, labelPadding: 8, ticks: false },
  };
  const x = (field: string): object => ({
    field,
    type: "quantitative",
    title: "Participants of the stratum",
    scale: { domain: [0, most], nice: true },
    axis: { tickMinStep: 1 },
  });
  return toPlot({
    name: "fill",
    title: `Filling of the strata: ${of}`,
    caption:
      `Participants of each stratum when ${fill.participants} come, with ${fill.sharesAssumed ? "equal shares (assumed)" : "the stated shares"}: ` +
      "thin line central 90 %, thick line central 50 %, dot median; upright mark: rows of the stratum's list; " +
      "at the right the probability that more come than the list has rows." +
      (byStratum.length > rows.length ? ` The ${rows.length} of ${byStratum.length} strata likeliest to run out.` : ""),
    columns: ["stratum", "length", "expectedParticipants", "q05", "q25", "median", "q75", "q95", "runOutProbability"],
    rows,
    subtitle: "line: central 90 %; grey: central 50 %; dot: median; upright mark: rows of the list",
    width: 420,
    height: { step: 28 },
    layer: [
      { mark: { type: "rule", strokeWidth: 1.5, color: "#000" }, encoding: { y, x: x("q05"), x2: { field: "q95" } } },
      { mark: { type: "rule", strokeWidth: 7, color: "#aaa" }, encoding: { y, x: x("q25"), x2: { field: "q75" } } },
      {
        mark: { type: "point", filled: true, size: 50, color: "#000", opacity: 1 },
        encoding: { y, x: x("median") },
      },
      { mark: { type: "tick", thickness: 3, size: 22, color: "#000" }, encoding: { y, x: x("length") } },
      {
        data: { values: text },
        mark: { type: "text", align: "left", baseline: "middle", fontSize: 12, color: "#000" },
        encoding: { y, x: { value: 434 }, text: { field: "label", type: "nominal" } },
      },
    ],
  });
}

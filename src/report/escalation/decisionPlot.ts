import { decisionTable, type EscalationDesign } from "../../escalation/index.js";
import { toPlot, type Plot } from "../plots/plot.js";

/** Wider figures do not fit a page. */
const MOST_COLUMNS = 24;

const NAMES: Readonly<Record<string, string>> = {
  E: "escalate",
  S: "stay",
  D: "de-escalate",
  U: "eliminate",
  X: "stop",
};

/**
 * The decisions at a level as a figure: participants to the right, DLTs upward, one letter a cell; what is stricter is
 * darker. At most 24 numbers of participants.
 */
export function decisionPlot(design: EscalationDesign): Plot {
  const shown = decisionTable(design).rows.slice(0, MOST_COLUMNS);
  const rows = shown.flatMap(({ n, letters }) =>
    Array.from(letters).flatMap((letter, dlt) => {
      const decision = NAMES[letter];
      return decision === undefined ? [] : [{ n, dlt, letter, decision }];
    }),
  );
  const most = Math.max(0, ...rows.map(({ dlt }) => dlt));
  const x = { field: "n", type: "ordinal", title: "Evaluable participants at the level", axis: { labelAngle: 0 } };
  const y = { field: "dlt", type: "ordinal", sort: "descending", title: "Participants with a DLT" };
  const shade = {
    field: "letter",
    type: "nominal",
    scale: { domain: ["E", "S", "D", "U", "X"], range: ["#ffffff", "#e8e8e8", "#bdbdbd", "#8a8a8a", "#8a8a8a"] },
    legend: null,
  };
  return toPlot({
    name: "decisions",
    title: "Decisions at a level",
    subtitle: "E escalate, S stay, D de-escalate, U de-escalate and never return, X stop",
    caption:
      "What follows from each number of DLTs among the evaluable participants of a level, before the rules for the lowest and highest level: " +
      "E escalate, S stay, D de-escalate, U de-escalate and never return to this level or a higher one, X stop the part.",
    columns: ["n", "dlt", "letter", "decision"],
    rows,
    width: Math.max(160, 26 * shown.length),
    height: 22 * (most + 1),
    layer: [
      { mark: { type: "rect", stroke: "#000", strokeWidth: 0.5 }, encoding: { x, y, fill: shade } },
      {
        mark: { type: "text", fontSize: 11, color: "#000" },
        encoding: { x, y, text: { field: "letter", type: "nominal" } },
      },
    ],
  });
}

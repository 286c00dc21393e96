import { decisionTable, type EscalationDesign } from "../../escalation/index.js";
import { toPlot, type Plot } from "../plots/plot.js";
import { sayIn } from "../texts/escalationTexts.js";
import type { Language } from "../texts/language.js";

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
export function decisionPlot(design: EscalationDesign, language: Language = "en"): Plot {
  const say = sayIn(language);
  const shown = decisionTable(design).rows.slice(0, MOST_COLUMNS);
  const rows = shown.flatMap(({ n, letters }) =>
    Array.from(letters).flatMap((letter, dlt) => {
      const decision = NAMES[letter];
      return decision === undefined ? [] : [{ n, dlt, letter, decision }];
    }),
  );
  const most = Math.max(0, ...rows.map(({ dlt }) => dlt));
  const x = { field: "n", type: "ordinal", title: say("escalation.figureX"), axis: { labelAngle: 0 } };
  const y = { field: "dlt", type: "ordinal", sort: "descending", title: say("escalation.figureY") };
  const shade = {
    field: "letter",
    type: "nominal",
    scale: { domain: ["E", "S", "D", "U", "X"], range: ["#ffffff", "#e8e8e8", "#bdbdbd", "#8a8a8a", "#8a8a8a"] },
    legend: null,
  };
  return toPlot({
    name: "decisions",
    title: say("escalation.decisions"),
    subtitle: say("escalation.figureSubtitle"),
    caption: say("escalation.figureCaption"),
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

import { decisionTable, type EscalationDesign } from "../../escalation/index.js";
import { bandTicks, type Mark } from "../plots/figure.js";
import { toPlot, type Plot } from "../plots/plot.js";
import { sayIn } from "../texts/escalationTexts.js";
import type { Language } from "../texts/language.js";

/** Wider figures do not fit a page. */
const MOST_COLUMNS = 24;

/** By its letter a decision, and how dark its cell is. */
const DECISIONS: Readonly<Record<string, readonly [decision: string, fill: string]>> = {
  E: ["escalate", "#ffffff"],
  S: ["stay", "#e8e8e8"],
  D: ["de-escalate", "#bdbdbd"],
  U: ["eliminate", "#8a8a8a"],
  X: ["stop", "#8a8a8a"],
};

/**
 * The decisions at a level as a figure: participants to the right, DLTs upward, one letter a cell; what is stricter is
 * darker. At most 24 numbers of participants.
 */
export function decisionPlot(design: EscalationDesign, language: Language = "en"): Plot {
  const say = sayIn(language);
  const shown = decisionTable(design).rows.slice(0, MOST_COLUMNS);
  const cells = shown.flatMap(({ n, letters }, column) =>
    Array.from(letters).flatMap((letter, dlt) => {
      const [decision, fill] = DECISIONS[letter] ?? [];
      return decision === undefined || fill === undefined ? [] : [{ column, fill, row: { n, dlt, letter, decision } }];
    }),
  );
  const most = Math.max(0, ...cells.map(({ row }) => row.dlt));
  const marks = cells.flatMap(({ column, fill, row: { dlt, letter } }): Mark[] => [
    { kind: "cell", from: [column - 0.5, dlt - 0.5], to: [column + 0.5, dlt + 0.5], fill },
    { kind: "text", at: [column, dlt], text: letter, size: 11 },
  ]);
  return toPlot({
    name: "decisions",
    title: say("escalation.decisions"),
    caption: say("escalation.figureCaption"),
    columns: ["n", "dlt", "letter", "decision"],
    rows: cells.map(({ row }) => row),
    figure: {
      width: Math.max(160, 26 * shown.length),
      height: 22 * (most + 1),
      subtitle: say("escalation.figureSubtitle"),
      x: {
        title: say("escalation.figureX"),
        from: -0.5,
        to: shown.length - 0.5,
        ticks: bandTicks(shown.map(({ n }) => String(n))),
      },
      y: {
        title: say("escalation.figureY"),
        from: -0.5,
        to: most + 0.5,
        ticks: bandTicks(Array.from({ length: most + 1 }, (_, dlt) => String(dlt))),
      },
      marks,
    },
  });
}

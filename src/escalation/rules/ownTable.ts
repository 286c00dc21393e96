import { isotonicLevel } from "../isotonic.js";
import type { Counts, Letter, OwnCell, OwnTableSpec, Reason } from "../model.js";
import { readShare } from "../share.js";
import { edgeStep } from "./edges.js";
import type { Rule } from "./rule.js";
import { WITHOUT_DOSE } from "./targetRule.js";

export const LETTER_OF: Readonly<Record<OwnCell["decision"], Letter>> = Object.freeze({
  escalate: "E",
  stay: "S",
  "de-escalate": "D",
  eliminate: "U",
  stop: "X",
});

/** Cohorts of stated sizes with the user's own table of decisions. */
export function ownTable(spec: OwnTableSpec, levels: number): Rule {
  const cells = new Map(spec.cells.map(({ n, dlt, decision }) => [`${n},${dlt}`, LETTER_OF[decision]]));
  const letter = (n: number, dlt: number): Letter | undefined => cells.get(`${n},${dlt}`);
  const isClosedBy = (n: number, dlt: number): boolean => letter(n, dlt) === "U";
  return {
    letter,
    isClosedBy,
    mostAtLevel: spec.cells.reduce((most, { n }) => Math.max(most, n), 0),
    stopsCohortWhenDecided: spec.stopCohortWhenDecided,
    step: (situation) =>
      edgeStep(
        {
          edges: spec,
          letter,
          isUnsafeAtLowest: () => false,
          recommend: (counts, reason, current) => recommend(spec, levels, isClosedBy, counts, reason, current),
        },
        situation,
      ),
  };
}

function recommend(
  { selection }: OwnTableSpec,
  levels: number,
  isClosedBy: Rule["isClosedBy"],
  counts: Counts,
  reason: Reason,
  current: number,
): number | null {
  if (WITHOUT_DOSE.has(reason)) return null;
  if (selection.kind === "isotonic") {
    const closed = counts.n.findIndex((n, i) => isClosedBy(n, counts.dlt[i] ?? 0));
    const target = readShare(selection.target, "rule.selection.target");
    return isotonicLevel(counts, closed < 0 ? levels : closed, target);
  }
  if (reason === "top-or-closed-above") return current;
  return reason === "own-stop" && current > 1 ? current - 1 : null;
}

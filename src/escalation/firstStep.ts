import type { EscalationDesign, Step } from "./model.js";
import { cohortSize } from "./rules/edges.js";

/** The step that begins a part: the first cohort, at the starting level. */
export function firstStep({ rule, startLevel, levels }: EscalationDesign): Step {
  const wanted = rule.kind === "3+3" ? 3 : cohortSize(rule, 0);
  const left = rule.maxTotal === "none" ? wanted : rule.maxTotal;
  const isCut = wanted > left && rule.kind !== "3+3" && rule.lastCohort === "cut";
  if (wanted > left && !isCut) {
    return { action: "stop", reason: "total-reached", highestOpen: levels.length, recommended: null };
  }
  const size = Math.min(wanted, left);
  return { action: "stay", reason: "start", level: startLevel, size, highestOpen: levels.length };
}

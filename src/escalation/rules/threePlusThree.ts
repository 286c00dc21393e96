import type { Reason, Situation, Step, ThreePlusThreeSpec } from "../model.js";
import type { Rule } from "./rule.js";

/** Participants that are missing until a level has three, or six. */
const missingAt = (n: number): number => (n < 3 ? 3 - n : 6 - n);

/** A level takes nobody any more once two had a DLT or six were treated. */
const isFull = (n: number, dlt: number): boolean => dlt >= 2 || n >= 6;

/**
 * Two or more with a DLT among three or more close a level, and all above it, for ever: also where people then treat more
 * there all the same, so that four or five have been treated.
 */
const isToxic = (n: number, dlt: number): boolean => dlt >= 2 && n >= 3;

/**
 * The 3 + 3 design in both published variants.
 *
 * @see source: Storer 1989, doi:10.2307/2531693 (escalation only); Korn 1994, doi:10.1002/sim.4780131802 (with
 *   de-escalation)
 */
export function threePlusThree(spec: ThreePlusThreeSpec, levels: number): Rule {
  return {
    letter(n, dlt) {
      if (isToxic(n, dlt)) return "D";
      return n >= 6 || (n === 3 && dlt === 0) ? "E" : "S";
    },
    isClosedBy: isToxic,
    step: (situation) => withinTotal(spec, situation, stepOf(spec, levels, situation)),
    mostAtLevel: 6,
    stopsCohortWhenDecided: spec.stopCohortWhenDecided,
  };
}

function stepOf(spec: ThreePlusThreeSpec, levels: number, situation: Situation): Step {
  const { n, dlt, current, highestOpen } = situation;
  const [here, toxic] = [n[current - 1] ?? 0, dlt[current - 1] ?? 0];
  const treat = (action: "escalate" | "stay", reason: Reason, level: number, size: number): Step => ({
    ...{ action, reason, level, size, highestOpen },
  });
  // By the rule it is the current level or one above; people may have gone up all the same.
  const lowestToxic = n.findIndex((count, i) => isToxic(count, dlt[i] ?? 0)) + 1;
  if (lowestToxic > 0 && lowestToxic <= current) return toxicStep(spec, situation, lowestToxic);
  if (here < 3 || here === 4 || here === 5) return treat("stay", "complete-cohort", current, missingAt(here));
  if (here === 3 && toxic === 1) return treat("stay", "three-more", current, 3);
  const above = current + 1;
  if (current < levels && !isFull(n[above - 1] ?? 0, dlt[above - 1] ?? 0)) {
    return treat("escalate", "escalate", above, missingAt(n[above - 1] ?? 0));
  }
  if (spec.needSixAtMtd && here < 6) return treat("stay", "six-needed", current, 6 - here);
  return { action: "stop", reason: "top-or-closed-above", highestOpen, recommended: current };
}

/** Two or more had a DLT at that level, and at none below it. */
function toxicStep({ variant }: ThreePlusThreeSpec, situation: Situation, toxicLevel: number): Step {
  const { n, dlt } = situation;
  const below = toxicLevel - 1;
  const highestOpen = Math.min(situation.highestOpen, below);
  const stop = (reason: Reason, recommended: number | null): Step => ({
    ...{ action: "stop", reason, highestOpen, recommended },
  });
  if (variant === "escalate-only") return stop("level-below", below === 0 ? null : below);
  if (below === 0) return stop("lowest-too-toxic", null);
  const treated = n[below - 1] ?? 0;
  if (treated < 6) {
    const size = missingAt(treated);
    return { action: "de-escalate", reason: "three-more-below", level: below, size, highestOpen };
  }
  const withSix = n.slice(0, below).findLastIndex((count, i) => count >= 6 && (dlt[i] ?? 0) <= 1);
  return stop("highest-with-six", withSix < 0 ? null : withSix + 1);
}

/** A cohort for which the part has no places left is not opened: the rule then ends undecided. */
function withinTotal({ maxTotal }: ThreePlusThreeSpec, { n }: Situation, step: Step): Step {
  if (maxTotal === "none" || step.action === "stop") return step;
  const total = n.reduce((sum, count) => sum + count, 0);
  if (total + step.size <= maxTotal) return step;
  return { action: "stop", reason: "total-reached", highestOpen: step.highestOpen, recommended: null };
}

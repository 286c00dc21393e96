import type { Counts, EdgeRules, Letter, Reason, Situation, Step } from "../model.js";

/** What the edge rules need of a rule with one table for every level. */
export interface TableRule {
  readonly edges: EdgeRules;
  readonly letter: (n: number, dlt: number) => Letter | undefined;
  /** Whether level 1 is too toxic although its letter does not say so. */
  readonly isUnsafeAtLowest: (n: number, dlt: number) => boolean;
  /** The level that is recommended when the part stops for this reason at this level; null for none. */
  readonly recommend: (counts: Counts, reason: Reason, current: number) => number | null;
}

/** Where the letter of a level leads, before totals and maxima are looked at. */
interface Move {
  readonly action: Step["action"];
  readonly reason: Reason;
  readonly level: number;
  readonly highestOpen: number;
}

/** Number of participants of the cohort that begins when `total` were treated. */
export function cohortSize({ cohorts }: EdgeRules, total: number): number {
  let before = 0;
  for (const size of cohorts) {
    if (total < before + size) return before + size - total;
    before += size;
  }
  const last = cohorts.at(-1) ?? 1;
  return last - ((total - before) % last);
}

/**
 * The next step by a rule with one table for every level: letter, then lowest and highest level, then early stop, then
 * what is left of the total and of the level.
 */
export function edgeStep(rule: TableRule, situation: Situation): Step {
  const { edges } = rule;
  const { n, current } = situation;
  const here = n[current - 1] ?? 0;
  const { action, reason, level, highestOpen } = moveOf(rule, situation);
  if (action === "stop") return stopOf(rule, situation, reason, highestOpen);
  const { earlyStop, maxTotal, lastCohort, maxAtLevel } = edges;
  const isHeld = earlyStop !== "none" && here >= earlyStop.atLevel;
  if (isHeld && (earlyStop.when === "reached" || level === current)) {
    return stopOf(rule, situation, "early-stop", highestOpen);
  }
  let total = 0;
  for (const count of n) total += count;
  const wanted = cohortSize(edges, total);
  const left = maxTotal - total;
  if (left <= 0 || (wanted > left && lastCohort === "not-opened")) {
    return stopOf(rule, situation, "total-reached", highestOpen);
  }
  const size = Math.min(wanted, left);
  if (maxAtLevel !== "none" && (n[level - 1] ?? 0) + size > maxAtLevel) {
    return stopOf(rule, situation, "level-full", highestOpen);
  }
  return { action, reason, level, size, highestOpen };
}

function stopOf(rule: TableRule, situation: Situation, reason: Reason, highestOpen: number): Step {
  const recommended = rule.recommend(situation, reason, situation.current);
  return { action: "stop", reason, highestOpen, recommended };
}

function moveOf(rule: TableRule, situation: Situation): Move {
  const { n, dlt, current, highestOpen } = situation;
  const [here, toxic] = [n[current - 1] ?? 0, dlt[current - 1] ?? 0];
  const letter = rule.letter(here, toxic);
  if (letter === "X") return { action: "stop", reason: "own-stop", level: current, highestOpen };
  if (highestOpen < 1) return { action: "stop", reason: "lowest-too-toxic", level: current, highestOpen };
  if (current === 1 && (letter === "U" || rule.isUnsafeAtLowest(here, toxic))) {
    const open = letter === "U" ? 0 : highestOpen;
    return { action: "stop", reason: "lowest-too-toxic", level: current, highestOpen: open };
  }
  if (letter === "U") return down("eliminate", current, Math.min(highestOpen, current - 1));
  // Somebody was treated at a level that is closed: whatever its letter, the next cohort is below.
  if (current > highestOpen) return down("de-escalate", highestOpen + 1, highestOpen);
  if (letter === "D") return deescalation(rule, situation);
  if (letter === "E") return escalation(rule, situation, here);
  return { action: "stay", reason: "stay", level: current, highestOpen };
}

function down(action: "de-escalate" | "eliminate", from: number, highestOpen: number): Move {
  return { action, reason: action, level: Math.min(from - 1, highestOpen), highestOpen };
}

function deescalation({ edges }: TableRule, { current, highestOpen }: Situation): Move {
  const here = { level: current, highestOpen };
  if (current > 1) {
    return down(
      "de-escalate",
      current,
      edges.reescalation === "never" ? Math.min(highestOpen, current - 1) : highestOpen,
    );
  }
  if (edges.atLowest === "stop") return { action: "stop", reason: "no-level-below", ...here };
  return { action: "stay", reason: "lowest-again", ...here };
}

function escalation({ edges }: TableRule, { current, highestOpen }: Situation, treated: number): Move {
  const here = { level: current, highestOpen };
  if (treated < edges.minToEscalate) return { action: "stay", reason: "minimum-not-reached", ...here };
  if (current < highestOpen) return { action: "escalate", reason: "escalate", level: current + 1, highestOpen };
  if (edges.atHighest === "stop") return { action: "stop", reason: "top-or-closed-above", ...here };
  return { action: "stay", reason: "escalate-blocked", ...here };
}

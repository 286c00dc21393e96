import { deepFreeze, describeReceived, fail, requireFields, throwIfAny, type Issue } from "../foundation/index.js";
import { isSameStep, parseHistory, replay, requireLevel, type CohortSeen, type Replay } from "./history.js";
import type { Action, EscalationDesign, Reason, Step } from "./model.js";
import { REASONS } from "./reasons.js";
import type { Rule } from "./rules/rule.js";
import { compileRule } from "./rules/rules.js";

/** More combinations of pending outcomes than that are not looked at. */
const MOST_COMBINATIONS = 20_000;

/** One level as it stands. */
export interface LevelSeen {
  /** Level, from 1. */
  readonly level: number;
  readonly label: string;
  /** Known outcomes; the pending are not in it. */
  readonly evaluable: number;
  /** Participants with a DLT. */
  readonly dlt: number;
  /** Participants whose outcome is not known yet. */
  readonly pending: number;
  /** Closed for ever by its own outcomes or by those of a lower level. */
  readonly isClosed: boolean;
}

/** What the rule says if so many of the pending participants turn out to have a DLT. */
export interface PossibleStep {
  /** By cohort with pending participants, in order. */
  readonly furtherDlt: readonly { readonly level: number; readonly pending: number; readonly dlt: number }[];
  readonly action: Action;
  readonly level: number | null;
  readonly recommended?: number | null;
}

/** What a design says after a history: a proposal. Deciding is for people. */
export interface NextStep {
  readonly action: Action | "wait";
  /** Level of the next cohort; null if the part stops or must wait. */
  readonly level: number | null;
  /** Participants who may be treated next; 0 if the part stops or must wait. */
  readonly size: number;
  readonly reason: Reason;
  readonly text: string;
  /** Only where the part stops: the recommended level, null for none. */
  readonly recommended?: number | null;
  readonly levels: readonly LevelSeen[];
  /** Only with pending participants: every outcome of theirs and what follows from it. */
  readonly possible?: readonly PossibleStep[];
  /** Where people did other than the rule said. */
  readonly deviations: readonly Issue[];
}

/**
 * The next step of a part by its design.
 *
 * Participants whose outcome is pending are looked at in every way it can turn out: if all lead to the same step, that is
 * the step; if not, the answer is `wait`, with every outcome.
 *
 * @param history - `"1NNN 2NTP"` as {@link parseHistory} reads it, or cohorts in the order of treatment
 * @throws AllocellError `escalation.history_invalid`, `escalation.level_unknown`, `escalation.count_invalid`,
 *   `escalation.too_many_pending`
 * @see definitions, sources and worked values: docs/escalation.md and docs/escalation-worked.md
 * @example
 * nextStep(design, "1NNN 2NNT").action; // "stay", if three more are wanted after 1 of 3
 */
export function nextStep(design: EscalationDesign, history: string | readonly CohortSeen[]): NextStep {
  return stepsOf(design)(history);
}

/** {@link nextStep} for many histories of one design, whose boundaries are computed once. */
export function stepsOf(design: EscalationDesign): (history: string | readonly CohortSeen[]) => NextStep {
  requireFields(design, "a design as parseEscalationDesign returns it", { levels: "a list", rule: "a map" });
  const rule = compileRule(design);
  return (history) => stepAfter(design, rule, history);
}

function stepAfter(design: EscalationDesign, rule: Rule, history: string | readonly CohortSeen[]): NextStep {
  const cohorts = typeof history === "string" ? parseHistory(history, design.levels.length) : history;
  throwIfAny(countIssues(cohorts, design.levels.length));
  const outcomes = combinations(cohorts).map((furtherDlt) => ({
    furtherDlt,
    seen: replay(design, rule, resolved(cohorts, furtherDlt)),
  }));
  const [first] = outcomes;
  if (first === undefined) return fail("escalation.history_invalid", "history", "There is nothing to decide.");
  const isDecided = outcomes.every(({ seen }) => isSameStep(first.seen.step, seen.step));
  const hasPending = cohorts.some(({ pending }) => pending > 0);
  return deepFreeze({
    ...(isDecided ? decided(first.seen.step) : WAIT),
    levels: levelsSeen(design, rule, cohorts, first.seen),
    ...(hasPending
      ? { possible: outcomes.map(({ furtherDlt, seen }) => possibleStep(cohorts, furtherDlt, seen.step)) }
      : {}),
    deviations: first.seen.deviations,
  });
}

const WAIT = { action: "wait", level: null, size: 0, reason: "pending", text: REASONS.pending } as const;

function decided(step: Step): Pick<NextStep, "action" | "level" | "size" | "reason" | "text" | "recommended"> {
  const { action, reason } = step;
  const text = REASONS[reason];
  if (step.action === "stop") return { action, level: null, size: 0, reason, text, recommended: step.recommended };
  return { action, level: step.level, size: step.size, reason, text };
}

function countIssues(cohorts: readonly CohortSeen[], levels: number): readonly Issue[] {
  return cohorts.flatMap((cohort, i) => {
    requireFields(cohort, "a cohort", { level: "a number", without: "a number", dlt: "a number", pending: "a number" });
    requireLevel(cohort.level, levels, `cohorts.${i}.level`);
    return (["without", "dlt", "pending"] as const)
      .filter((field) => !Number.isInteger(cohort[field]) || cohort[field] < 0)
      .map((field) => ({
        code: "escalation.count_invalid",
        path: `cohorts.${i}.${field}`,
        message: "A number of participants is a whole number from 0.",
        received: describeReceived(cohort[field]),
      }));
  });
}

/** For each cohort how many of its pending participants turn out to have a DLT: every combination. */
function combinations(cohorts: readonly CohortSeen[]): readonly (readonly number[])[] {
  const size = cohorts.reduce((product, { pending }) => product * (pending + 1), 1);
  if (size > MOST_COMBINATIONS) {
    return fail(
      "escalation.too_many_pending",
      "history",
      "Too many participants are pending to look at every outcome.",
      {
        expected: `at most ${MOST_COMBINATIONS} combinations of outcomes`,
        received: `${size} combinations`,
      },
    );
  }
  let made: readonly (readonly number[])[] = [[]];
  for (const { pending } of cohorts) {
    made = made.flatMap((before) => Array.from({ length: pending + 1 }, (_, dlt) => [...before, dlt]));
  }
  return made;
}

const resolved = (cohorts: readonly CohortSeen[], furtherDlt: readonly number[]): readonly CohortSeen[] =>
  cohorts.map(({ level, without, dlt, pending }, i) => {
    const more = furtherDlt[i] ?? 0;
    return { level, without: without + pending - more, dlt: dlt + more, pending: 0 };
  });

function possibleStep(cohorts: readonly CohortSeen[], furtherDlt: readonly number[], step: Step): PossibleStep {
  return {
    furtherDlt: cohorts.flatMap(({ level, pending }, i) =>
      pending === 0 ? [] : [{ level, pending, dlt: furtherDlt[i] ?? 0 }],
    ),
    action: step.action,
    level: step.action === "stop" ? null : step.level,
    ...(step.action === "stop" ? { recommended: step.recommended } : {}),
  };
}

function levelsSeen(
  { levels }: EscalationDesign,
  rule: Rule,
  cohorts: readonly CohortSeen[],
  { situation, step }: Replay,
): readonly LevelSeen[] {
  const sum = (level: number, field: "without" | "dlt" | "pending"): number =>
    cohorts.filter((cohort) => cohort.level === level).reduce((total, cohort) => total + cohort[field], 0);
  const counts = levels.map(({ label }, i) => {
    const dlt = sum(i + 1, "dlt");
    return { level: i + 1, label, evaluable: sum(i + 1, "without") + dlt, dlt, pending: sum(i + 1, "pending") };
  });
  // Closed by what is known; or, whatever the pending turn out to have, by their best outcome: that of this situation.
  // A level whose cohort is still to be completed is open.
  const completed = step.reason === "complete-cohort" ? situation.current : undefined;
  const closed = counts.findIndex(
    ({ level, evaluable, dlt }, i) =>
      level !== completed &&
      (rule.isClosedBy(evaluable, dlt) || rule.isClosedBy(situation.n[i] ?? 0, situation.dlt[i] ?? 0)),
  );
  const open = Math.min(situation.highestOpen, step.highestOpen, closed < 0 ? levels.length : closed);
  return counts.map((seen) => ({ ...seen, isClosed: seen.level > open }));
}

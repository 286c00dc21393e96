import {
  describeReceived,
  fail,
  requireString,
  type Issue,
  type PlainCode,
  type ReasonOf,
} from "../foundation/index.js";
import { firstStep } from "./firstStep.js";
import type { EscalationDesign, Situation, Step } from "./model.js";
import type { Rule } from "./rules/rule.js";
import { after, startOf } from "./walk.js";

/** What was seen of one cohort, or of a piece of it, in the order of treatment. */
export interface CohortSeen {
  /** Level, from 1. */
  readonly level: number;
  /** Evaluable participants without a DLT, with a DLT, and those whose outcome is not known yet. */
  readonly without: number;
  /** Participants with a DLT, 0 or more. */
  readonly dlt: number;
  /** Participants whose outcome is not known yet, 0 or more. */
  readonly pending: number;
}

const COHORT = /^([1-9]\d?)([NTP]+)$/;

/**
 * Reads a history as cohorts separated by blanks: the level, then one letter a participant: N no DLT, T a DLT, P
 * pending. `"1NNN 2NTP"`; empty for nobody yet.
 *
 * @throws AllocellError `escalation.history_invalid` with the column; `escalation.level_unknown`
 */
export function parseHistory(text: string, levels: number): readonly CohortSeen[] {
  requireString(text, "history", "the history of a part");
  const cohorts: CohortSeen[] = [];
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    const [, level, letters = ""] = COHORT.exec(word) ?? [];
    if (level === undefined) {
      return fail("escalation.history_invalid", "history", `Column ${index + 1}: "${word}" is not a cohort.`, {
        expected: "a level and one capital letter a participant: N no DLT, T a DLT, P pending, such as 2NNT",
        received: describeReceived(word),
        parameters: { entry: index + 1 },
      });
    }
    requireLevel(Number(level), levels, "history");
    const count = (letter: string): number => letters.split(letter).length - 1;
    cohorts.push({ level: Number(level), without: count("N"), dlt: count("T"), pending: count("P") });
  }
  return cohorts;
}

/** @throws AllocellError `escalation.level_unknown` */
export function requireLevel(level: unknown, levels: number, path: string): void {
  if (typeof level === "number" && Number.isInteger(level) && level >= 1 && level <= levels) return;
  fail("escalation.level_unknown", path, "There is no such dose level.", {
    expected: `a whole number from 1 to ${levels}`,
    received: describeReceived(level),
  });
}

/** A history as the rule sees it. */
export interface Replay {
  readonly situation: Situation;
  /** What the rule says now. */
  readonly step: Step;
  /** Where people did other than the rule said. */
  readonly deviations: readonly Issue[];
}

/**
 * Follows a history without pending outcomes, cohort by cohort. Whatever was done is taken as it is; where it was not
 * what the rule said, the first cohort at fault is named.
 */
export function replay(design: EscalationDesign, rule: Rule, cohorts: readonly CohortSeen[]): Replay {
  let situation = startOf(design);
  let step = firstStep(design);
  // The rest of an open cohort may be treated even where the rule has decided without it.
  let rest: Step | undefined;
  const deviations: Issue[] = [];
  cohorts.forEach((cohort, i) => {
    const { level, without, dlt } = cohort;
    const size = without + dlt;
    if (size === 0) return;
    const followed = [step, rest].find((own) => own?.action !== "stop" && own?.level === level);
    for (const issue of deviationIssues(rule, situation, followed ?? step, cohort, i)) deviations.push(issue);
    const missing = followed === undefined || followed.action === "stop" ? 0 : followed.size - size;
    const open = Math.min(openByOthers(rule, situation, level), (followed ?? step).highestOpen);
    situation = after(situation, { ...CONTINUE, level, highestOpen: open }, size, dlt);
    rest = missing > 0 ? { ...CONTINUE, level, size: missing, highestOpen: open } : undefined;
    step = rest === undefined ? rule.step(situation) : openCohort(rule, situation, rest, missing);
  });
  return { situation, step, deviations };
}

/** The highest level that the outcomes of all levels but this one leave open. */
function openByOthers(rule: Rule, { n, dlt, highestOpen }: Situation, level: number): number {
  if (n.every((count) => count === 0)) return highestOpen;
  const closed = n.findIndex((count, i) => i !== level - 1 && rule.isClosedBy(count, dlt[i] ?? 0));
  return closed < 0 ? highestOpen : Math.min(highestOpen, closed);
}

const CONTINUE = { action: "stay", reason: "complete-cohort", size: 0 } as const;

/** The rest of the cohort is to be treated, unless every outcome of it leads to the same step down or stop. */
function openCohort(rule: Rule, situation: Situation, rest: Step, missing: number): Step {
  if (!rule.stopsCohortWhenDecided) return rest;
  const { current: level, highestOpen } = situation;
  const [first, ...others] = Array.from({ length: missing + 1 }, (_, toxic) =>
    rule.step(after(situation, { ...CONTINUE, level, highestOpen }, missing, toxic)),
  );
  const isOut = first !== undefined && ["de-escalate", "eliminate", "stop"].includes(first.action);
  return isOut && others.every((other) => isSameStep(first, other)) ? first : rest;
}

/** Whether two steps do the same, whatever their reasons. */
export function isSameStep(one: Step, other: Step): boolean {
  if (one.action !== other.action) return false;
  if (one.action === "stop" || other.action === "stop") {
    return one.action === "stop" && other.action === "stop" && one.recommended === other.recommended;
  }
  return one.level === other.level && one.highestOpen === other.highestOpen;
}

function deviationIssues(
  rule: Rule,
  situation: Situation,
  step: Step,
  cohort: CohortSeen,
  i: number,
): readonly Issue[] {
  const { level, without, dlt } = cohort;
  const size = without + dlt;
  const issue = (reason: ReasonOf<"escalation", PlainCode>, message: string, expected: string): Issue => ({
    code: `escalation.${reason}`,
    path: `cohorts.${i}`,
    message: `Cohort ${i + 1}, at level ${level}: ${message}`,
    expected,
  });
  // Where the rule said this level it is open, also if the part of its cohort that was treated would close it.
  if (step.action !== "stop" && step.level === level) {
    return size <= step.size
      ? []
      : [issue("cohort_too_large", "more participants than the rule said.", `at most ${step.size}`)];
  }
  const { n, dlt: toxic } = situation;
  const closed = n.findIndex((count, at) => rule.isClosedBy(count, toxic[at] ?? 0)) + 1;
  if (level > situation.highestOpen || (closed > 0 && level >= closed)) {
    return [
      issue(
        "closed_level_treated",
        "this level was closed permanently.",
        `a level below ${closed === 0 ? situation.highestOpen + 1 : closed}`,
      ),
    ];
  }
  if (step.action === "stop")
    return [issue("treated_after_stop", "the part had ended by its rule.", "no further cohort")];
  if (level > step.level && (n[level - 2] ?? 0) === 0 && i > 0) {
    return [issue("level_skipped", `level ${level - 1} was never treated.`, `level ${step.level}`)];
  }
  const isOpen = step.reason === "complete-cohort";
  const message = isOpen ? "the cohort before it was not complete." : "the rule said another level.";
  return [issue(isOpen ? "cohort_incomplete" : "other_level", message, `level ${step.level}`)];
}

import {
  AllocellError,
  describeReceived,
  parseWith,
  requireFields,
  throwIfAny,
  type Issue,
  type PlainCode,
} from "../foundation/index.js";
import { compare, fraction, minus, ONE, plus, times, ZERO, type Fraction } from "../quantity/index.js";
import { levelIssues } from "./checkLevels.js";
import { ownTableIssues } from "./checkOwnTable.js";
import type { BoinSpec, EscalationDesign, I3Plus3Spec, MTpi2Spec, RuleSpec, TargetRules } from "./model.js";
import { intervalsOf } from "./rules/mtpi2.js";
import { escalationDesignSchema } from "./schema.js";
import { readShare } from "./share.js";

/** Lowest and highest target, both included. */
const TARGET_RANGE = [fraction(1, 20), fraction(1, 2)] as const;

/**
 * Reads the design of an escalating part, strictly; every option must be stated.
 *
 * @throws AllocellError with every fault: `escalation.design_invalid` (a field), `escalation.levels_invalid` and those of
 *   quantities, `escalation.start_level_unknown`, `escalation.share_invalid`, `escalation.target_out_of_range`,
 *   `escalation.boundaries_reversed`, `escalation.boundaries_too_near`, `escalation.interval_too_wide`,
 *   `escalation.never_escalates`, `escalation.option_conflict`, `escalation.table_invalid`
 */
export function parseEscalationDesign(input: unknown): EscalationDesign {
  const design = parseWith(escalationDesignSchema, input, "escalation.design_invalid", "The design");
  throwIfAny(checkEscalationDesign(design));
  return design;
}

/** All faults of a design whose fields have the right form. */
export function checkEscalationDesign(design: EscalationDesign): readonly Issue[] {
  requireFields(design, "a design, as parseEscalationDesign returns it", {
    levels: "a list",
    startLevel: "a number",
    rule: "a map",
  });
  const { levels, startLevel, rule } = design;
  const issues: Issue[] = [...levelIssues(levels)];
  if (startLevel > levels.length) {
    issues.push({
      code: "escalation.start_level_unknown",
      path: "startLevel",
      message: `There is no level ${startLevel}.`,
      expected: `1 to ${levels.length}`,
      received: describeReceived(startLevel),
    });
  }
  for (const issue of ruleIssues(rule)) issues.push(issue);
  if (issues.length === 0 && rule.kind === "own-table") return ownTableIssues(design, rule);
  return issues;
}

function ruleIssues(rule: RuleSpec): readonly Issue[] {
  switch (rule.kind) {
    case "3+3":
      return rule.needSixAtMtd && rule.variant === "escalate-only"
        ? [conflict("rule.needSixAtMtd", "Escalation only recommends a level below on three participants by design.")]
        : [];
    case "own-table":
      return rule.selection.kind === "isotonic" ? inRange(rule.selection.target, "rule.selection.target") : [];
    case "boin":
      return [...targetIssues(rule), ...boinIssues(rule)];
    case "i3+3":
    case "mtpi-2":
      return [...targetIssues(rule), ...intervalIssues(rule)];
  }
}

const conflict = (path: string, message: string): Issue => ({ code: "escalation.option_conflict", path, message });

/** A share as it is read; its faults go into `issues`. */
function shareOf(text: string, path: string, issues: Issue[]): Fraction | undefined {
  try {
    return readShare(text, path);
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    for (const issue of error.issues) issues.push(issue);
    return undefined;
  }
}

function inRange(text: string, path: string): readonly Issue[] {
  const issues: Issue[] = [];
  const value = shareOf(text, path, issues);
  const [least, most] = TARGET_RANGE;
  if (value !== undefined && (compare(value, least) < 0 || compare(value, most) > 0)) {
    const message = "The target is the wanted probability of a DLT, from 0.05 to 0.5.";
    issues.push({
      ...{ code: "escalation.target_out_of_range", path, message },
      ...{ expected: '"0.05" to "0.5"', received: describeReceived(text) },
    });
  }
  return issues;
}

function targetIssues(rule: TargetRules): readonly Issue[] {
  const issues: Issue[] = [...inRange(rule.target, "rule.target")];
  const cutoff = shareOf(rule.elimination.cutoff, "rule.elimination.cutoff", issues);
  if (cutoff !== undefined && (compare(cutoff, fraction(1, 2)) <= 0 || compare(cutoff, ONE) >= 0)) {
    issues.push(
      outOf("rule.elimination.cutoff", "The cutoff of elimination is above 0.5 and below 1.", rule.elimination.cutoff),
    );
  }
  if (rule.extraSafe !== "none") {
    const offset = shareOf(rule.extraSafe.offset, "rule.extraSafe.offset", issues);
    if (offset !== undefined && (compare(offset, ZERO) <= 0 || compare(offset, fraction(1, 2)) >= 0)) {
      issues.push(outOf("rule.extraSafe.offset", "The offset is above 0 and below 0.5.", rule.extraSafe.offset));
    }
  }
  return issues;
}

const outOf = (path: string, message: string, received: string): Issue => ({
  ...{ code: "escalation.share_out_of_range", path, message, received: describeReceived(received) },
});

/** tooLow < target < tooHigh, each at least a tenth of the target away from it. */
function boinIssues({ target: text, tooLow, tooHigh }: BoinSpec): readonly Issue[] {
  const issues: Issue[] = [];
  const [low, target, high] = [
    shareOf(tooLow, "rule.tooLow", issues),
    shareOf(text, "rule.target", []),
    shareOf(tooHigh, "rule.tooHigh", issues),
  ];
  if (low === undefined || target === undefined || high === undefined) return issues;
  const push = (code: PlainCode, path: string, message: string, received: string): void => {
    issues.push({ code, path, message, received: describeReceived(received) });
  };
  const tenth = times(target, fraction(1, 10));
  if (compare(low, target) >= 0 || compare(low, ZERO) <= 0) {
    push("escalation.boundaries_reversed", "rule.tooLow", "tooLow must be above 0 and below the target.", tooLow);
  } else if (compare(minus(target, low), tenth) < 0) {
    push("escalation.boundaries_too_near", "rule.tooLow", "tooLow is nearer to the target than a tenth of it.", tooLow);
  }
  if (compare(high, target) <= 0 || compare(high, ONE) >= 0) {
    push("escalation.boundaries_reversed", "rule.tooHigh", "tooHigh must be above the target and below 1.", tooHigh);
  } else if (compare(minus(high, target), tenth) < 0) {
    push(
      "escalation.boundaries_too_near",
      "rule.tooHigh",
      "tooHigh is nearer to the target than a tenth of it.",
      tooHigh,
    );
  }
  return issues;
}

/** The equivalence interval lies within 0 and 1, with room below it. */
function intervalIssues(rule: I3Plus3Spec | MTpi2Spec): readonly Issue[] {
  const issues: Issue[] = [];
  const target = shareOf(rule.target, "rule.target", []);
  const below = shareOf(rule.equivalence.below, "rule.equivalence.below", issues);
  const above = shareOf(rule.equivalence.above, "rule.equivalence.above", issues);
  if (target === undefined || below === undefined || above === undefined) return issues;
  const tooWide = (path: string, message: string, received: string): void => {
    issues.push({ code: "escalation.interval_too_wide", path, message, received: describeReceived(received) });
  };
  if (compare(below, ZERO) <= 0 || compare(below, target) >= 0) {
    tooWide("rule.equivalence.below", "It must be above 0 and less than the target.", rule.equivalence.below);
  }
  if (compare(above, ZERO) <= 0 || compare(plus(target, above), ONE) >= 0) {
    tooWide("rule.equivalence.above", "It must be above 0, and target + above less than 1.", rule.equivalence.above);
  }
  if (issues.length === 0 && rule.kind === "mtpi-2" && !intervalsOf(rule).some(({ letter }) => letter === "E")) {
    const message = "Without its short intervals this rule can never escalate: no other one lies below the target.";
    issues.push({ code: "escalation.never_escalates", path: "rule.shortIntervals", message, expected: "kept" });
  }
  return issues;
}

import { deepFreeze, describeReceived, requireFields, throwIfAny, type Issue } from "../../foundation/index.js";
import { compare, fraction, minus, type Fraction } from "../../quantity/index.js";
import { readShare } from "../share.js";
import type { ChoiceRule } from "./choiceRule.js";
import { passesGate } from "./gate.js";

/** What was seen in one arm. UNBLINDED. */
export interface ArmResult {
  readonly arm: string;
  /** Participants who are counted, at least 1. */
  readonly n: number;
  /** Those of them with a response, 0 to `n`. */
  readonly responders: number;
  /** Participants with an event of the gate; needed where there is one. */
  readonly events?: number;
}

/** Why an arm is in or out. UNBLINDED. */
export interface ArmVerdict extends ArmResult {
  /** Share of responders, to 4 decimal places. */
  readonly share: string;
  readonly isEligible: boolean;
  /** `events`, `share` and `margin`: the limit of the rule that the arm does not keep. */
  readonly reason: "eligible" | "events" | "share" | "margin";
}

/** What the rule proposes. UNBLINDED. People decide. */
export interface ChoiceProposal {
  /** The proposed arm; null: none. */
  readonly proposed: string | null;
  readonly reason: "no-arm" | "largest" | `tie-${ChoiceRule["tie"]}`;
  /** Eligible arms with the largest share; more than one is a tie. */
  readonly best: readonly string[];
  readonly arms: readonly ArmVerdict[];
}

/**
 * The arm that a rule proposes from the responders and events of a randomized part. Shares are compared as fractions: 12
 * of 25 is more than 11 of 23.
 *
 * @param results - of every candidate, and of the comparator where the rule has one
 * @throws AllocellError `escalation.results_invalid`, `escalation.gate_without_row`
 * @see definitions, sources and worked values: docs/escalation.md and docs/escalation-worked.md
 * @example
 * chooseArm(rule, results).proposed; // "medium"
 */
export function chooseArm(rule: ChoiceRule, results: readonly ArmResult[]): ChoiceProposal {
  requireFields(rule, "a rule as parseChoiceRule returns it", { candidates: "a list", gate: "a map", tie: "text" });
  throwIfAny(resultIssues(rule, results));
  const of = (arm: string): ArmResult | undefined => results.find((own) => own.arm === arm);
  const comparator = of(rule.comparator);
  const known = rule.candidates.flatMap((arm) => of(arm) ?? []);
  const arms = known.map((own): ArmVerdict => {
    const reason = verdict(rule, own, comparator);
    const share = (own.responders / own.n).toFixed(4);
    return { ...own, share, isEligible: reason === "eligible", reason };
  });
  const eligible = arms.filter(({ isEligible }) => isEligible);
  const best = eligible.filter((own) => eligible.every((other) => compare(shareOf(own), shareOf(other)) >= 0));
  const names = best.map(({ arm }) => arm);
  return deepFreeze({ ...proposalOf(rule, names), best: names, arms });
}

const shareOf = ({ responders, n }: ArmResult): Fraction => fraction(responders, n);

function verdict(rule: ChoiceRule, own: ArmResult, comparator: ArmResult | undefined): ArmVerdict["reason"] {
  const { gate, leastShare, marginOverComparator } = rule;
  if (gate.kind !== "none" && !passesGate(gate, own.n, own.events ?? 0)) return "events";
  if (!hasLeastShare(leastShare, own)) return "share";
  return hasMargin(marginOverComparator, own, comparator) ? "eligible" : "margin";
}

/** Whether the share of responders is at least the least one. */
export function hasLeastShare(leastShare: ChoiceRule["leastShare"], own: Pick<ArmResult, "n" | "responders">): boolean {
  return leastShare === "none" || compare(fraction(own.responders, own.n), readShare(leastShare, "leastShare")) >= 0;
}

/** Whether the share of responders is at least the margin above that of the comparator. */
export function hasMargin(
  margin: ChoiceRule["marginOverComparator"],
  own: Pick<ArmResult, "n" | "responders">,
  comparator: Pick<ArmResult, "n" | "responders"> | undefined,
): boolean {
  if (margin === "none" || comparator === undefined) return true;
  const above = minus(fraction(own.responders, own.n), fraction(comparator.responders, comparator.n));
  return compare(above, readShare(margin, "marginOverComparator")) >= 0;
}

function proposalOf({ tie }: ChoiceRule, best: readonly string[]): Pick<ChoiceProposal, "proposed" | "reason"> {
  const [lowest] = best;
  if (lowest === undefined) return { proposed: null, reason: "no-arm" };
  if (best.length === 1) return { proposed: lowest, reason: "largest" };
  const proposed = { lowest, highest: best.at(-1) ?? lowest, drawn: null, none: null }[tie];
  return { proposed, reason: `tie-${tie}` };
}

function resultIssues(rule: ChoiceRule, results: readonly ArmResult[]): readonly Issue[] {
  requireFields({ results }, "the results, one entry an arm", { results: "a list" });
  const issues: Issue[] = [];
  const push = (path: string, message: string, received?: unknown): void => {
    issues.push({
      ...{ code: "escalation.results_invalid", path, message },
      ...(received === undefined ? {} : { received: describeReceived(received) }),
    });
  };
  const wanted = [...rule.candidates, ...(rule.comparator === "none" ? [] : [rule.comparator])];
  for (const arm of wanted) {
    const count = results.filter((own) => own.arm === arm).length;
    if (count !== 1) push("", count === 0 ? `Arm "${arm}" has no result.` : `Arm "${arm}" stands ${count} times.`);
  }
  results.forEach((own, i) => {
    requireFields(own, "the result of an arm", { arm: "text", n: "a number", responders: "a number" });
    const { arm, n, responders, events } = own;
    if (!wanted.includes(arm)) push(`${i}.arm`, "The rule knows no such arm.", arm);
    if (!Number.isInteger(n) || n < 1) push(`${i}.n`, "An arm has at least one participant.", n);
    const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= n;
    if (!isCount(responders)) push(`${i}.responders`, `Responders are a whole number from 0 to ${n}.`, responders);
    if (events !== undefined && !isCount(events))
      push(`${i}.events`, `Events are a whole number from 0 to ${n}.`, events);
    const isNeeded = rule.gate.kind !== "none" && rule.candidates.includes(arm);
    if (isNeeded && events === undefined)
      push(`${i}.events`, "The rule has a limit of events, so they must be stated.");
  });
  return issues;
}

import * as z from "zod/mini";
import { AllocellError, describeReceived, parseWith, throwIfAny, type Issue } from "../../foundation/index.js";
import { compare, ONE, ZERO } from "../../quantity/index.js";
import type { ShareText } from "../model.js";
import { readShare } from "../share.js";

/** What an arm must pass before its responses count. `events` says which events, in words. */
export type ToxicityGate =
  | { readonly kind: "none" }
  /** At most so many participants with an event. */
  | { readonly kind: "at-most"; readonly events: string; readonly most: number }
  /** P(rate of events > `rate`) is at most `cutoff`, under a uniform prior. */
  | { readonly kind: "tail"; readonly events: string; readonly rate: ShareText; readonly cutoff: ShareText }
  /** The user's own table: most participants with an event, by the number of participants. */
  | {
      readonly kind: "table";
      readonly events: string;
      readonly rows: readonly { readonly n: number; readonly most: number }[];
    };

/** How the dose is chosen after a randomized part. Nothing has a default. */
export interface ChoiceRule {
  readonly trial: string;
  readonly part: string;
  /** The arms that may be chosen, the lowest dose first. */
  readonly candidates: readonly string[];
  /** The arm that they are compared with, never chosen; or `none`. */
  readonly comparator: string;
  /** What a responder is, in words, with its day. */
  readonly endpoint: string;
  /** Who is counted: all randomized, a missing outcome being no response; or those with an outcome. */
  readonly counted: "all-randomized" | "completers";
  readonly gate: ToxicityGate;
  /** Least share of responders that can be chosen, or `none`. */
  readonly leastShare: ShareText;
  /** Least difference of shares to the comparator, or `none`. */
  readonly marginOverComparator: ShareText;
  /** Who of equally good arms is chosen; `drawn`: by a draw that people make, `none`: nobody. */
  readonly tie: "lowest" | "highest" | "drawn" | "none";
}

const text = z.string("must be text").check(
  z.maxLength(300),
  z.refine((line) => line.trim() !== "" && line === line.trim(), "must say something, without spaces at its ends"),
);
const whole = z.int("must be a whole number").check(z.minimum(0), z.maximum(100_000));
const share = z.string('must be a share as text, such as "0.25", or none');

/** The shape of the rule; arms and shares are checked when it is read. */
export const choiceRuleSchema: z.ZodMiniType<ChoiceRule> = z.strictObject({
  trial: text,
  part: text,
  candidates: z.array(text).check(z.minLength(1, "needs at least one arm"), z.maxLength(10)),
  comparator: text,
  endpoint: text,
  counted: z.enum(["all-randomized", "completers"]),
  gate: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({ kind: z.literal("at-most"), events: text, most: whole }),
    z.strictObject({ kind: z.literal("tail"), events: text, rate: share, cutoff: share }),
    z.strictObject({
      kind: z.literal("table"),
      events: text,
      rows: z.array(z.strictObject({ n: whole.check(z.minimum(1)), most: whole })).check(z.minLength(1)),
    }),
  ]),
  leastShare: share,
  marginOverComparator: share,
  tie: z.enum(["lowest", "highest", "drawn", "none"]),
});

/**
 * Reads the rule by which a dose is chosen, strictly.
 *
 * @throws AllocellError `escalation.choice_invalid`, `escalation.share_invalid`
 */
export function parseChoiceRule(input: unknown): ChoiceRule {
  const rule = parseWith(choiceRuleSchema, input, "escalation.choice_invalid", "The rule of the choice");
  throwIfAny(choiceIssues(rule));
  return rule;
}

function choiceIssues({
  candidates,
  comparator,
  gate,
  leastShare,
  marginOverComparator,
}: ChoiceRule): readonly Issue[] {
  const issues: Issue[] = [];
  const push = (path: string, message: string, received?: string): void => {
    issues.push({
      ...{ code: "escalation.choice_invalid", path, message },
      ...(received === undefined ? {} : { received: describeReceived(received) }),
    });
  };
  candidates.forEach((arm, i) => {
    if (candidates.indexOf(arm) !== i) push(`candidates.${i}`, `Arm "${arm}" stands twice.`);
    if (arm === comparator) push(`candidates.${i}`, "The comparator is never chosen, so it is no candidate.", arm);
  });
  if (comparator === "none" && marginOverComparator !== "none") {
    push("marginOverComparator", "A margin needs a comparator.");
  }
  const checkShare = (value: string, path: string): void => {
    try {
      const read = readShare(value, path);
      if (path === "gate.cutoff" && (compare(read, ZERO) <= 0 || compare(read, ONE) >= 0)) {
        push(path, "The cutoff is above 0 and below 1.", value);
      }
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      for (const issue of error.issues) issues.push(issue);
    }
  };
  if (gate.kind === "tail") {
    checkShare(gate.rate, "gate.rate");
    checkShare(gate.cutoff, "gate.cutoff");
  }
  if (gate.kind === "table" && new Set(gate.rows.map(({ n }) => n)).size !== gate.rows.length) {
    push("gate.rows", "A number of participants stands twice.");
  }
  if (leastShare !== "none") checkShare(leastShare, "leastShare");
  if (marginOverComparator !== "none") checkShare(marginOverComparator, "marginOverComparator");
  return issues;
}

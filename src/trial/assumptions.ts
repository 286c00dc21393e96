import * as z from "zod/mini";
import {
  AllocellError,
  deepFreeze,
  describeReceived,
  type Issue,
  nearestKeys,
  parseWith,
  pathTo,
  requireFields,
  throwIfAny,
} from "../foundation/index.js";
import type { DoseText } from "../quantity/index.js";
import { expectedAnswer, readAnswer, type Answer } from "./answer.js";
import { requireArm, requirePart } from "./lookUp.js";
import { requireTrial } from "./requireTrial.js";
import type { Assumption, AssumptionUse, Trial } from "./model.js";

/** What a user states for one assumption key: the value, and why if he likes. Values are always text. */
export type AssumptionInput = string | { readonly value: string; readonly reason?: string };

/** Assumption keys of a trial with what the user states for them. */
export type AssumptionInputs = Readonly<Record<string, AssumptionInput>>;

/** A assumption with its answer, to be printed on every output that rests on it. */
export interface ClosedAssumption {
  readonly key: string;
  readonly value: string;
  readonly reason?: string;
  readonly question: string;
}

/** What is about to be done, and what the request itself already answers. */
export interface ClosingContext {
  readonly use: AssumptionUse;
  /** Only the questions that concern this arm. */
  readonly arm?: string;
  /** Only the questions that concern this part. */
  readonly part?: string;
  /** Answers that a field of the plan, or the seed, gives. */
  readonly answered?: Readonly<Partial<Record<NonNullable<Assumption["answeredBy"]>, string>>>;
}

const statedText = z.string({
  error: (issue) =>
    typeof issue.input === "number" ? 'must be text: put it in quotes, for example "1"' : "must be text",
});

/** Assumptions as a file holds them. @internal */
export const assumptionInputsSchema: z.ZodMiniType<AssumptionInputs> = z.record(
  z.string(),
  z.union([statedText, z.strictObject({ value: statedText, reason: z.exactOptional(statedText) })]),
);

/** So that every fault has the path `assumptions.<key>`. */
const wrapped = z.strictObject({ assumptions: assumptionInputsSchema });

interface Stated {
  readonly value: string;
  readonly reason?: string;
}

/** Whether the arms and parts that a question is about meet the arm and the part at hand. */
function concerns(trial: Trial, assumption: Assumption, arm: string | undefined, part: string | undefined): boolean {
  const parts = assumption.parts ?? trial.parts.map((known) => known.id);
  const arms = assumption.arms ?? trial.arms.map((known) => known.id);
  // An arm without a part is looked for in its parts, and a part without an arm is met by any of its arms.
  return trial.parts.some(
    (known) =>
      parts.includes(known.id) &&
      (part === undefined || part === known.id) &&
      known.arms.some((name) => arms.includes(name) && (arm === undefined || arm === name)),
  );
}

/**
 * The assumptions of the trial that a use waits for (all without `use`), in the order of the assumptions.
 *
 * @param use - `list` or `dose`; all where it is left out
 * @example
 * openAssumptions(trial, "list")[0].key; // "allocation.ratio"
 */
export function openAssumptions(trial: Trial, use?: AssumptionUse): readonly Assumption[] {
  requireTrial(trial);
  return trial.assumptions.filter((assumption) => use === undefined || assumption.neededFor.includes(use));
}

/** The faults that `read` throws; none where it reads. */
function issuesOf(read: () => unknown): readonly Issue[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.issues;
  }
}

/** A dose that can be read; a fault of one that cannot is told where its answer is read. */
function doseOf(text: string): DoseText | undefined {
  let answer: Answer | undefined;
  const isRead = issuesOf(() => (answer = readAnswer({ key: "", format: "dose" }, text))).length === 0;
  return isRead && answer?.format === "dose" ? answer.dose : undefined;
}

/** Whether the dose of `arm`, by the trial or by the answer at hand, does not look at the weight. */
function isFlat(trial: Trial, stated: ReadonlyMap<string, Stated>, arm: string | undefined): boolean {
  const rule = trial.arms.find((known) => known.id === arm)?.dose;
  if (rule !== undefined) return rule.kind === "flat";
  const text = arm === undefined ? undefined : stated.get(`dose.levels.${arm}`)?.value;
  return text !== undefined && doseOf(text)?.kind === "flat";
}

function missing(assumption: Assumption): Issue {
  const hint = assumption.hint === undefined ? "" : ` Hint, never used by itself: ${assumption.hint}.`;
  const source = assumption.answeredBy === undefined ? "" : ` (${assumption.answeredBy} answers it too)`;
  return {
    code: "trial.assumption_missing",
    path: pathTo("assumptions", assumption.key),
    message: `"${assumption.key}" must be stated${source}, because no source says: ${assumption.question}${hint}`,
    expected: expectedAnswer(assumption),
    received: "nothing",
    parameters: { question: assumption.question },
  };
}

function unknown(key: string, trial: Trial): Issue {
  const known = nearestKeys(
    key,
    trial.assumptions.map((assumption) => assumption.key),
  );
  const choice = known.length === 0 ? "it asks none" : `the nearest are ${known.join(", ")}`;
  return {
    code: "trial.assumption_unknown",
    path: pathTo("assumptions", key),
    message: `${trial.id} has no open question ${describeReceived(key)}: ${choice}.`,
    received: describeReceived(key),
    parameters: { trial: trial.id },
  };
}

const requireContext = (context: ClosingContext): void => {
  requireFields(context, 'what the answers are for, such as { use: "dose" }', { use: "text" });
};

/**
 * Answers the questions of a trial's assumptions that a use waits for.
 *
 * A question is asked if its `neededFor` holds the use and its arms and parts meet those at hand; the weight descriptor
 * is not asked for a flat dose. Answers to further questions of the assumptions may be given: they are checked, and left out
 * of the result, because the output at hand does not rest on them. Nothing has a default.
 *
 * @param inputs - key to value (text), or to `{ value, reason }`
 * @returns the asked questions with their answers, in the order of the assumptions, frozen
 * @throws AllocellError with one issue each: `trial.assumption_missing`, `trial.assumption_unknown`,
 *   `trial.assumption_invalid` (not readable in its format, or not text), `trial.assumption_conflict` (the plan answers
 *   the question too, and differently; or the count basis is not that of the stated dose); at once `trial.arm_unknown`
 *   or `trial.part_unknown` for the arm or part at hand
 * @example
 * closeAssumptions(trial, assumptions, { use: "dose", part: "single-dose", arm: "low" }).length; // 4
 */
export function closeAssumptions(
  trial: Trial,
  inputs: AssumptionInputs,
  context: ClosingContext,
): readonly ClosedAssumption[] {
  requireTrial(trial);
  requireContext(context);
  if (context.arm !== undefined) requireArm(trial, context.arm);
  if (context.part !== undefined) requirePart(trial, context.part);
  const { assumptions } = parseWith(wrapped, { assumptions: inputs }, "trial.assumption_invalid", "The assumptions");
  return closeReadAssumptions(trial, assumptions, context);
}

/** {@link closeAssumptions} of answers that were read with a plan, for an arm and a part that the trial has. @internal */
export function closeReadAssumptions(
  trial: Trial,
  assumptions: AssumptionInputs,
  context: ClosingContext,
): readonly ClosedAssumption[] {
  requireTrial(trial);
  requireFields({ assumptions }, "answers that were read", { assumptions: "a map" });
  requireContext(context);
  const { use, arm, part, answered } = context;
  const stated = new Map<string, Stated>(
    Object.entries(assumptions).map(([key, input]) => [key, typeof input === "string" ? { value: input } : input]),
  );
  const issues: Issue[] = [];
  for (const [key, { value }] of stated) {
    const assumption = trial.assumptions.find((asked) => asked.key === key);
    if (assumption === undefined) issues.push(unknown(key, trial));
    else for (const each of issuesOf(() => readAnswer(assumption, value))) issues.push(each);
  }
  const closed = openAssumptions(trial, use).flatMap((assumption): ClosedAssumption[] => {
    const { key, question, answeredBy, format } = assumption;
    if (!concerns(trial, assumption, arm, part)) return [];
    const answer = stated.get(key);
    const byPlan = answeredBy === undefined ? undefined : answered?.[answeredBy];
    if (answer === undefined && byPlan === undefined) {
      if (format !== "weight-descriptor" || !isFlat(trial, stated, arm)) issues.push(missing(assumption));
      return [];
    }
    if (answer !== undefined && byPlan !== undefined && answer.value !== byPlan) {
      issues.push(conflict(key, `${answeredBy ?? ""} says ${describeReceived(byPlan)}`, answer.value));
    }
    return [{ key, question, value: byPlan ?? "", ...answer }];
  });
  for (const each of basisConflicts(trial, stated)) issues.push(each);
  throwIfAny(issues);
  return deepFreeze(closed);
}

function conflict(key: string, other: string, value: string): Issue {
  return {
    code: "trial.assumption_conflict",
    path: pathTo("assumptions", key),
    message: `"${key}" is stated as ${describeReceived(value)}, but ${other}: say it once.`,
    received: describeReceived(value),
    parameters: { other },
  };
}

/** A dose text may name its unit kind; the count basis of the same arms must then be that kind. */
function basisConflicts(trial: Trial, stated: ReadonlyMap<string, Stated>): Issue[] {
  const doses = trial.assumptions.filter((assumption) => assumption.format === "dose");
  const bases = trial.assumptions.filter((assumption) => assumption.format === "count-basis");
  return bases.flatMap((basis) => {
    const value = stated.get(basis.key)?.value;
    if (value === undefined) return [];
    return doses.flatMap((dose) => {
      const text = stated.get(dose.key)?.value;
      const apart = basis.arms !== undefined && dose.arms?.some((arm) => basis.arms?.includes(arm)) === false;
      const unitKind = text === undefined || apart ? undefined : doseOf(text)?.unitKind;
      if (unitKind === undefined || unitKind === "cells" || unitKind === value) return [];
      return [conflict(basis.key, `"${dose.key}" counts ${unitKind}`, value)];
    });
  });
}

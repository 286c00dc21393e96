import { requireDynamicPlan } from "./requireList.js";
import * as z from "zod/mini";
import { deepFreeze, digestOf, throwIfAny, type Issue, requireEach, requireFields } from "../foundation/index.js";
import { assumptionInputsSchema, closeAssumptions, type AssumptionInputs } from "../trial/index.js";
import type { ClosedAssumption, Trial } from "../trial/index.js";
import { armsLeftOut, checkTrialPart } from "./checkTrialPart.js";
import { dynamicProcedureSchema, dynamicUrn, type DynamicProcedure } from "./dynamicProcedure.js";
import {
  checkNames,
  factorNameSchema,
  levelsSchema,
  listIdSchema,
  numbersSchema,
  parseWithArms,
  quoted,
  ratioShare,
  wholeNumber,
  type ArmShare,
  type Factor,
} from "./plan.js";
import { spreadsheetIssues } from "./spreadsheet.js";
import { checkNumbers, type NumberFormat } from "./numbers.js";

/** A prognostic factor of a dynamic allocation. */
export interface DynamicFactor extends Factor {
  /** Importance, a whole number; minimization: 1 if absent; Hu-Hu: required; Atkinson: has none. */
  readonly weight?: number;
}

/**
 * The plan of a dynamic allocation: there is no list beforehand, and the next participant's arm follows from this plan,
 * the seed and the recorded past. The order of arms, factors and levels counts.
 */
export interface DynamicPlan {
  readonly trial: string;
  readonly part: string;
  /** Names the streams, as a list id does. */
  readonly list: string;
  readonly arms: readonly ArmShare[];
  readonly procedure: DynamicProcedure;
  readonly factors: readonly DynamicFactor[];
  /** Most participants. */
  readonly length: number;
  readonly numbers: NumberFormat;
  readonly assumptions: AssumptionInputs;
}

const fields = {
  trial: z.string(quoted).check(z.minLength(1)),
  part: z.string(quoted).check(z.minLength(1)),
  list: listIdSchema,
  procedure: dynamicProcedureSchema,
  factors: z
    .array(
      z.strictObject({
        factor: factorNameSchema,
        levels: levelsSchema,
        weight: z.exactOptional(wholeNumber(0, 1_000_000)),
      }),
    )
    .check(z.minLength(1, "needs at least one factor"), z.maxLength(50, "has at most 50 factors")),
  length: wholeNumber(1, 10_000_000),
  numbers: numbersSchema,
  assumptions: z._default(assumptionInputsSchema, {}),
};
export const dynamicPlanFileSchema: z.ZodMiniType<
  Omit<DynamicPlan, "arms"> & { readonly arms: Readonly<Record<string, number>> }
> = z.strictObject({ ...fields, arms: z.record(z.string(), ratioShare) });
const readSchema = z.strictObject({
  ...fields,
  arms: z.array(z.strictObject({ arm: z.string(quoted), ratio: ratioShare })),
});

/**
 * Reads the plan of a dynamic allocation as a plan file holds it, arms as a map from arm to ratio.
 *
 * @returns the plan with its optional parts made explicit, a frozen copy
 * @throws AllocellError `list.plan_invalid`, one issue a fault; `list.numbers_too_short`; `procedure.*` for parameters
 *   and ratios that the procedure does not have
 */
export function parseDynamicPlan(input: unknown): DynamicPlan {
  const plan = parseWithArms<DynamicPlan>(input, readSchema, dynamicPlanFileSchema);
  throwIfAny(checkNames(plan.arms, plan.factors, "factors"));
  checkNumbers(plan.numbers, [], plan.length);
  dynamicUrn(plan);
  return plan;
}

/**
 * Checks the plan of a dynamic allocation against its trial, as {@link checkPlan} does that of a list.
 *
 * @returns the assumptions that the allocation rests on, and warnings
 * @throws AllocellError as {@link checkPlan} does
 */
export function checkDynamicPlan(
  plan: DynamicPlan,
  trial: Trial,
): { readonly assumptions: readonly ClosedAssumption[]; readonly warnings: readonly Issue[] } {
  requireDynamicPlan(plan);
  const part = checkTrialPart(plan, trial, plan.factors, "factors");
  const assumptions = closeAssumptions(trial, plan.assumptions, {
    use: "list",
    part: part.id,
    answered: {
      "plan.arms": plan.arms.map(({ ratio }) => ratio).join(":"),
      "plan.procedure": dynamicProcedureText(plan),
      "plan.strata": `factors ${plan.factors.map(({ factor, levels }) => `${factor}: ${levels.join(", ")}`).join("; ")}`,
      "plan.length": `at most ${plan.length} participants`,
      seed: "held apart from this record",
    },
  });
  const warnings = [
    ...armsLeftOut(plan, part),
    ...spreadsheetIssues({ ...plan, factorsPath: "factors" }),
    ...dynamicRatioWarning(plan),
  ];
  if (part.size !== undefined && plan.length < part.size) {
    warnings.push({
      code: "list.shorter_than_part",
      path: "length",
      message: `The allocation has ${plan.length} participants; part "${part.id}" is planned with ${part.size}.`,
      parameters: { length: plan.length, part: part.id, size: part.size },
    });
  }
  return { assumptions, warnings: deepFreeze(warnings) };
}

/** The warning that minimization keeps an unequal ratio in the long run only; the others have two arms 1:1. */
export function dynamicRatioWarning(plan: Pick<DynamicPlan, "arms" | "procedure">): readonly Issue[] {
  requireFields(plan, "a dynamic plan", { arms: "a list", procedure: "a map" });
  const { arms, procedure } = plan;
  requireEach(arms, "an arm with its ratio", { ratio: "a number" });
  const shares = arms.map(({ ratio }) => ratio);
  if (shares.every((share) => share === shares[0])) return [];
  return [
    {
      code: "procedure.ratio_not_kept",
      path: "procedure.kind",
      message:
        `"${procedure.kind}" keeps the ratio ${shares.join(":")} in the long run, but not at every row, so that a row ` +
        "tells something about its arm; a re-randomization test has to use the probabilities of each row.",
      parameters: { procedure: procedure.kind, ratio: shares.join(":") },
    },
  ];
}

function dynamicProcedureText({ procedure, factors }: DynamicPlan): string {
  const { kind, ...parameters } = procedure;
  const say = (name: string, value: unknown): string =>
    typeof value === "object" && value !== null
      ? `${name} ${Object.values(value).join(", ")}`
      : `${name} ${String(value)}`;
  const weights = factors
    .filter(({ weight }) => weight !== undefined)
    .map(({ factor, weight }) => `${factor} ${String(weight)}`);
  return [
    kind,
    ...Object.entries(parameters).map(([name, value]) => say(name, value)),
    ...(weights.length === 0 ? [] : [`weights ${weights.join(", ")}`]),
  ].join("; ");
}

/** Hash of everything in the plan. */
export function dynamicPlanHash(plan: DynamicPlan): string {
  return digestOf(plan);
}

/**
 * Hash of everything that no extension may change: trial, part, list, arms, procedure, numbers, and the factors with
 * their weights, in order. Levels at the end of a factor, the length and the assumptions may change.
 */
export function dynamicRuleHash(plan: DynamicPlan): string {
  requireDynamicPlan(plan);
  const { trial, part, list, arms, procedure, numbers, factors } = plan;
  const names = factors.map(({ factor, weight }) => ({ factor, weight }));
  return digestOf({ trial, part, list, arms, procedure, numbers, factors: names });
}

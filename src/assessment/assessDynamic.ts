import { deepFreeze, requireEach, requireFields, type Issue } from "../foundation/index.js";
import { dynamicRatioWarning, requireDynamicPlan, type DynamicPlan } from "../list/index.js";
import type { Accrual } from "./accrual.js";
import { blocksIn, completeTrial } from "./candidates.js";
import { simulateTrial, type TrialMeasures, type TrialSimulation } from "./simulateTrial.js";
import type { TrialDesign } from "./trialDesign.js";
import { FORCED_SHARE_LIMIT } from "./warnings.js";

/**
 * What {@link assessDynamic} is asked for: who comes, how it is simulated, and which designs stand beside the plan's
 * own.
 */
export interface DynamicAssessOptions {
  /** Absent: as many participants as the plan has, equal shares. */
  readonly accrual?: Accrual;
  readonly simulation: TrialSimulation;
  /** Further designs to stand beside it. */
  readonly beside?: readonly AssessedDesign["design"][];
}

/** One design of a trial with its measures. */
export interface AssessedDesign {
  readonly design: TrialDesign;
  readonly measures: TrialMeasures;
}

/** The plan of a dynamic allocation assessed, beside other designs of the same trial. */
export interface DynamicAssessment {
  readonly plan: { readonly trial: string; readonly part: string; readonly list: string };
  readonly arms: readonly string[];
  readonly ratio: readonly number[];
  /** Participants who come in each trial. */
  readonly participants: number;
  /** Whether all shares were taken as equal because none were stated. */
  readonly sharesAssumed: boolean;
  /** The plan's own, then stratified permuted blocks, complete randomization, and those that were asked for. */
  readonly designs: readonly AssessedDesign[];
  readonly warnings: readonly Issue[];
}

/**
 * Simulates a dynamic allocation, and beside it permuted blocks in every stratum (one or two ratio sets, the last
 * block cut) and complete randomization.
 *
 * @param plan - as {@link parseDynamicPlan} returns it
 * @throws AllocellError as {@link simulateTrial} does
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function assessDynamic(plan: DynamicPlan, options: DynamicAssessOptions): DynamicAssessment {
  requireDynamicPlan(plan);
  requireFields(options, "the options of an assessment: simulation", { simulation: "a map" });
  const { accrual = { participants: plan.length }, simulation, beside = [] } = options;
  requireEach(beside, "a design: kind and procedure", { kind: "text" });
  const { arms, factors, procedure } = plan;
  const own: TrialDesign = { kind: "dynamic", procedure, factors };
  const all = [own, ...usualLists(plan), ...beside];
  const designs = all.map((design, i) => {
    const onProgress: TrialSimulation["onProgress"] = ({ trials, mostTrials, standardError }) =>
      simulation.onProgress?.({ trials: i * mostTrials + trials, mostTrials: all.length * mostTrials, standardError });
    // Figures over time are those of the plan's own design.
    const gathered = i === 0 ? {} : { overTime: false };
    return {
      design,
      measures: simulateTrial({ arms, factors }, design, accrual, { ...simulation, ...gathered, onProgress }),
    };
  });
  return deepFreeze({
    plan: { trial: plan.trial, part: plan.part, list: plan.list },
    arms: arms.map(({ arm }) => arm),
    ratio: arms.map(({ ratio }) => ratio),
    participants: accrual.participants,
    sharesAssumed: accrual.shares === undefined,
    designs,
    warnings: [...dynamicRatioWarning(plan), ...deterministicWarning(designs[0]?.measures)],
  });
}

/** Permuted blocks in every stratum, and complete randomization. */
function usualLists({ arms, factors }: DynamicPlan): readonly TrialDesign[] {
  const ratio = arms.map((share) => share.ratio);
  return [
    blocksIn(
      ratio,
      factors.map(({ factor }) => factor),
    ),
    completeTrial(ratio),
  ];
}

/** The warning of a share of deterministic allocations above 25 %. */
export function deterministicWarning(measures: TrialMeasures | undefined): readonly Issue[] {
  const share = measures?.deterministic.value ?? 0;
  if (share <= FORCED_SHARE_LIMIT) return [];
  return [
    {
      code: "assessment.forced_share_high",
      path: "procedure",
      message:
        "Many allocations are deterministic for somebody who knows the design, all earlier allocations and the levels.",
      expected: "at most 25 %: a probability below 1 for the preferred arm",
      received: `${(100 * share).toFixed(1)} %`,
    },
  ];
}

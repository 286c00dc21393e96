import { fail } from "../../foundation/index.js";
import {
  algorithmOf,
  DYNAMIC_ALGORITHMS,
  type DynamicPlan,
  type Factor,
  type Generation,
  type HashedFile,
  type Plan,
} from "../../list/index.js";
import { requireArm, requirePart, type Arm, type MaskedRole, type Part, type Trial } from "../../trial/index.js";

/** What a list's unblinded manifest tells of how it was made; an `UnblindedManifest` has it all. */
export interface ManifestFacts {
  readonly status: "LIVE" | "TEST";
  readonly algorithm: string;
  readonly allocell?: string;
  readonly planHash: string;
  readonly trialHash?: string;
  readonly seedMark: string;
  readonly rows: number;
  readonly files: readonly HashedFile[];
  readonly generation?: Generation;
}

/** What the documents are made of. */
export interface ListDescription {
  /** Of a list, or of a dynamic allocation, which has no list. */
  readonly plan: Plan | DynamicPlan;
  /** With the decisions recorded that open the plan's arms. */
  readonly trial: Trial;
  /** Absent while there is no list: its places stay empty. */
  readonly manifest?: ManifestFacts;
}

/** The part that the plan is for. @throws AllocellError `report.trial_differs`, `trial.part_unknown` */
export function partOf({ plan, trial }: ListDescription): Part {
  if (plan.trial !== trial.id) {
    fail("report.trial_differs", "trial", `The plan is for trial ${plan.trial}, but it was given ${trial.id}.`, {
      expected: plan.trial,
      received: trial.id,
    });
  }
  return requirePart(trial, plan.part);
}

/** The record of each arm of the plan, in its order. @throws AllocellError `trial.arm_unknown` */
export function armsOf({ plan, trial }: ListDescription): readonly (Arm & { readonly ratio: number })[] {
  return plan.arms.map(({ arm, ratio }) => ({ ...requireArm(trial, arm), ratio }));
}

export const ratioText = ({ plan }: ListDescription): string => plan.arms.map(({ ratio }) => ratio).join(":");
export const algorithmText = ({ plan, manifest }: ListDescription): string =>
  isDynamic(plan) ? DYNAMIC_ALGORITHMS[plan.procedure.kind] : (manifest?.algorithm ?? algorithmOf(plan));

/** A dynamic allocation has factors, a list strata. */
export const isDynamic = (plan: Plan | DynamicPlan): plan is DynamicPlan => "factors" in plan;
export const factorsOf = (plan: Plan | DynamicPlan): readonly Factor[] =>
  isDynamic(plan) ? plan.factors : plan.strata;

/** Procedures by their names in the literature, without any parameter. */
const NAMES: Readonly<Record<(Plan | DynamicPlan)["procedure"]["kind"], string>> = {
  complete: "simple (unrestricted) randomization",
  "random-allocation-rule": "the random allocation rule (fixed totals)",
  "permuted-block": "permuted blocks",
  "ordered-blocks": "permuted blocks",
  "truncated-binomial": "the truncated binomial design",
  maximal: "the maximal procedure",
  "big-stick": "the big stick design",
  efron: "Efron's biased coin",
  chen: "Chen's biased coin design with imbalance tolerance",
  ehrenfest: "the Ehrenfest urn design",
  "adjustable-biased-coin": "the adjustable biased coin design",
  "generalized-biased-coin": "the generalized biased coin design",
  wei: "Wei's urn design",
  "bayesian-biased-coin": "the Bayesian biased coin design",
  hadamard: "Hadamard randomization",
  "block-urn": "the block urn design",
  "mass-weighted-urn": "the mass weighted urn design",
  "drop-the-loser": "the drop-the-loser rule",
  "doubly-adaptive": "the doubly adaptive biased coin design",
  "maximum-entropy": "maximum entropy constrained balance randomization",
  "minimum-quadratic-distance": "minimum quadratic distance constrained balance randomization",
  "brick-tunnel": "brick tunnel randomization",
  minimization: "minimization with a random element",
  "hu-hu": "covariate-adaptive randomization by Hu and Hu",
  atkinson: "the D-optimal biased coin of Atkinson",
};
export const procedureName = ({ plan }: ListDescription): string => NAMES[plan.procedure.kind];

const ROLES: Readonly<Record<MaskedRole, string>> = {
  participant: "participants",
  "care-provider": "care providers",
  investigator: "investigators",
  "outcomes-assessor": "outcome assessors",
};

/** Who is masked in the part: names where a source gives them, else the level; empty where nobody is. */
export function maskedText({ masking }: Part): string {
  if (masking.level === "none") return "";
  if (masking.who !== undefined) return masking.who.map((role) => ROLES[role]).join(", ");
  return `masking is "${masking.level}" (the roles are not stated)`;
}

/** A parameter of a procedure in words: a list, or the parts of a law. */
export function parameterText(value: unknown): string {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.entries(value)
      .map(([name, own]) => (name === "kind" ? String(own) : `${name} ${String(own)}`))
      .join(", ");
  }
  return [value].flat().join(", ");
}

/** Stratification factors with their levels; empty where there is none. */
export function strataText({ plan }: ListDescription): string {
  return factorsOf(plan)
    .map(({ factor, levels }) => `${factor} (${levels.join(", ")})`)
    .join("; ");
}

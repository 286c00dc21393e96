import type { AuditReport } from "../../audit/index.js";
import { fail } from "../../foundation/index.js";
import {
  algorithmOf,
  DYNAMIC_ALGORITHMS,
  type Adoption,
  type DynamicPlan,
  type Factor,
  type Generation,
  type HashedFile,
  type Plan,
} from "../../list/index.js";
import { armOrPart } from "../texts/assumptionTexts.js";
import { describeWords } from "../texts/describeTexts.js";
import type { Language } from "../texts/language.js";
import { PROCEDURE_NAMES } from "../texts/procedureTexts.js";
import { requireArm, requirePart, type Arm, type Part, type Trial } from "../../trial/index.js";

/** What a list's unblinded manifest tells of how it was made; an `UnblindedManifest` has it all. */
export interface ManifestFacts {
  readonly status: "LIVE" | "TEST";
  readonly algorithm: string;
  readonly allocell?: string;
  readonly planHash: string;
  readonly trialHash?: string;
  /** Absent of a list that another system made. */
  readonly seedMark?: string;
  /** Where such a list comes from. */
  readonly adopted?: Pick<Adoption, "system" | "source">;
  /** Rows of the list. */
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
  /** Files of kit lists beside the list, for the blinding record. */
  readonly kits?: readonly HashedFile[];
  /** What the leak audit of the list's files came to, for the blinding record. */
  readonly audit?: Pick<AuditReport, "verdict" | "counts">;
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

export const procedureName = ({ plan }: ListDescription, language: Language = "en"): string =>
  PROCEDURE_NAMES[plan.procedure.kind][language];

/** Who is masked in the part: names where a source gives them, else the level; empty where nobody is. */
export function maskedText({ masking }: Part, language: Language = "en"): string {
  if (masking.level === "none") return "";
  const say = describeWords(language);
  if (masking.who === undefined) return say("masked.level", { level: say(`level.${masking.level}`) });
  return masking.who.map((role) => say(`masked.${role}`)).join(language === "en" ? ", " : "、");
}

/** A part as a document calls it: in Chinese by the name that is known for its id, else by its title. */
export function partName({ id, title }: Part, language: Language): string {
  const known = armOrPart(language, id) ?? id;
  return known === id ? title : known;
}

/** An arm as a protocol calls it: by its title, in Chinese by the name that is known for its id. */
export function armName({ id, label }: Arm, language: Language): string {
  const known = armOrPart(language, id) ?? id;
  return known === id ? label : known;
}

/** Stratification factors with their levels; empty where there is none. */
export function strataText({ plan }: ListDescription): string {
  return factorsOf(plan)
    .map(({ factor, levels }) => `${factor} (${levels.join(", ")})`)
    .join("; ");
}

/** The part in a table of a document, with its id. */
export function partText(part: Part, language: Language): string {
  const { id, title } = part;
  const known = armOrPart(language, id);
  return known === id ? describeWords(language)("value.study", { id, title }) : (known ?? id);
}

import { deepFreeze, requireFields } from "../../foundation/index.js";
import {
  closeAssumptions,
  readAnswer,
  requireOpenArm,
  type AssumptionInputs,
  type ClosedAssumption,
  type Contradiction,
  type Trial,
} from "../../trial/index.js";
import { resolvePart } from "../order.js";
import { isPlacebo, resolveDose } from "../resolve.js";
import { decidedDose } from "../decidedDose.js";
import type { TrialDose, WeightDescriptor } from "./model.js";

/** The arm of a trial and the answers to its open questions, from which an order takes its dose. */
export interface TrialDoseInput {
  /** With the decisions recorded that opened its later arms. */
  readonly trial: Trial;
  readonly arm: string;
  /** Needed where the arm stands in several parts. */
  readonly part?: string;
  /** Every line that the assumptions ask for a dose and for a preparation. */
  readonly assumptions: AssumptionInputs;
}

/**
 * The dose of one arm, with its assumptions closed for doses and preparations.
 *
 * @returns frozen; hand it to {@link prepare} as `dose.trial`
 * @throws AllocellError `trial.arm_unknown`, `trial.arm_closed`, `trial.assumption_missing`, `dose.part_needed` and the
 *   other codes of {@link prescribe} that concern the rule
 */
export function resolveTrialDose(input: TrialDoseInput): TrialDose {
  requireFields(input, "whose dose is wanted: trial, arm and assumptions", { trial: "a map", arm: "text" });
  const { trial, arm: name, part: stated, assumptions } = input;
  const arm = requireOpenArm(trial, name);
  const part = resolvePart(trial, arm, stated);
  const asked = { arm: arm.id, part };
  const ofDose = closeAssumptions(trial, assumptions, { use: "dose", ...asked });
  const ofPreparation = closeAssumptions(trial, assumptions, { use: "preparation", ...asked });
  const resolved = resolveDose(trial, arm, ofDose, { anyDescriptor: true });
  const decision = decidedDose(trial, arm);
  const keys = new Set(ofDose.map((line) => line.key));
  return deepFreeze({
    trial: trial.id,
    part,
    arm: arm.id,
    armNames: trial.arms.flatMap(({ id, label }) => [id, label]),
    rule: resolved.rule,
    unitKind: resolved.unitKind,
    isPlacebo: isPlacebo(resolved.rule),
    ...(decision === undefined ? {} : { decision }),
    administrations: resolved.administrations.count,
    ...(resolved.descriptor === undefined ? {} : { descriptor: resolved.descriptor as WeightDescriptor }),
    ...(resolved.cap === undefined ? {} : { cap: resolved.cap }),
    assumptions: [...ofDose, ...ofPreparation.filter((line) => !keys.has(line.key))],
    answers: answersFor(trial, [...ofDose, ...ofPreparation]),
    sources: { rule: resolved.sources.rule, weight: resolved.sources.weight, cap: resolved.sources.cap },
    criteria: trial.eligibility.numeric,
    ...(trial.dates === undefined ? {} : { dates: trial.dates }),
    contradictions: trial.contradictions.filter((each) => bearsOnDose(each, arm.id)).map(({ id }) => id),
  });
}

// An answer to the question that a contradiction raises is asked for before a dose; it settles the contradiction.
const bearsOnDose = ({ bearsOn, arms, askedAs, settled }: Contradiction, arm: string): boolean =>
  bearsOn.includes("dose") && arms?.includes(arm) !== false && askedAs === undefined && settled === undefined;

/** Text for people is kept and printed: nothing reads it. */
function answersFor(trial: Trial, lines: readonly ClosedAssumption[]): TrialDose["answers"] {
  return Object.fromEntries(
    trial.assumptions.flatMap((question) => {
      const line = lines.find(({ key }) => key === question.key);
      return line === undefined || question.format === "text" ? [] : [[question.key, readAnswer(question, line.value)]];
    }),
  );
}

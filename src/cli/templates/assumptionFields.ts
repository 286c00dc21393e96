import { expectedAnswer, type Assumption, type AssumptionUse, type Trial } from "../../trial/index.js";
import { TO_STATE } from "../dataFile.js";
import type { TemplateField } from "./template.js";

const SOURCE = "the protocol, or the sponsor's written answer; say under `reason` where it stands";

/** Everything that can wait for an answer. */
export const USES: readonly AssumptionUse[] = [
  "list",
  "dose",
  "preparation",
  "schedule",
  "escalation",
  "blinding",
  "record",
];

/** Questions of a trial, each with its answer to be stated. */
export function assumptionFields(questions: readonly Assumption[]): readonly TemplateField[] {
  return questions.map((question, i) => ({
    path: ["assumptions", question.key],
    value: { value: TO_STATE, reason: TO_STATE },
    comment: questionText(question),
    ...(i === 0 ? { head: `What the trial's sources leave open. Source: ${SOURCE}.` } : {}),
  }));
}

/** A question, what an answer looks like, and what a reader of the record might infer. */
export function questionText(question: Assumption): string {
  const { question: asked, arms, hint } = question;
  return [
    asked,
    ...(arms === undefined ? [] : [`for ${arms.join(", ")}`]),
    expectedAnswer(question),
    ...(hint === undefined ? [] : [`hint, never used by itself: ${hint}`]),
  ].join("; ");
}

/** The questions of a part that are answered in an assumptions file, and by no field of the plan. */
export const questionsOf = (trial: Trial, uses: readonly AssumptionUse[], part?: string): readonly Assumption[] =>
  trial.assumptions.filter(
    ({ answeredBy, neededFor, parts }) =>
      answeredBy === undefined &&
      neededFor.some((use) => uses.includes(use)) &&
      (part === undefined || parts?.includes(part) !== false),
  );

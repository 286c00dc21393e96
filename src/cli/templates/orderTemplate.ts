import type { Trial } from "../../trial/index.js";
import { ORDER_SECTIONS } from "../fields/orderFields.js";
import { assumptionFields, questionsOf } from "./assumptionFields.js";
import { formFields } from "./formFields.js";
import { TO_STATE } from "../dataFile.js";
import type { TemplateField } from "./template.js";

const SOURCES: Readonly<Record<string, string>> = {
  identity: "the allocation log or the sponsor's system for subject and kit; the protocol's schedule for the days",
  weight: "the print-out of the scale; the protocol for the rule",
  dose: "the trial, by its record and the answers above",
  levels: "the protocol",
  product: "the investigator's brochure, or the label",
  lots: "certificate of analysis and label of each lot; the stock list",
  draw: "the pharmacy manual, and the syringe itself",
  infusion: "protocol and pharmacy manual",
  "other-arms": "the pharmacy manual",
  clock: "the laboratory's plan of the day; the pharmacy manual for the flush",
  day: "the participant's other medicines of that day",
  document: "the pharmacy manual; the receipts of the goods",
  check: "the person who fills in this file",
};

const ALWAYS = [
  ...["identification.subject", "identification.kit", "identification.visit", "identification.administration"],
  "preparedOn",
  ...["product.name", "product.source", "product.mayMixLots"],
  ...["lots.*.lot", "lots.*.expiresOn", "lots.*.isReleased", "lots.*.containers"],
  ...["draw.graduationMl", "draw.overfillPercent", "clock.thawedAt", "clock.startAt", "clock.lineFlushMinutes"],
];
const OF_WEIGHT = ["weight.weightKg", "weight.weighedOn", "weight.weighedBy", "weight.descriptor"];
/** Needed where the trial does not ask the question whose answer gives them. */
const UNLESS_ASKED: readonly (readonly [field: string, question: string])[] = [
  ["lots.*.content", "product.vialContent"],
  ["lots.*.counted", "product.vialContent"],
  ["lots.*.fillMl", "product.vialContent"],
  ["lots.*.extractableMl", "product.extractableVolume"],
  ["lots.*.recovery", "product.recovery"],
  ["infusion.finalVolumeMl", "infusion.finalVolume"],
  ["infusion.rateMlPerMin", "infusion.rate"],
  ["clock.stabilityMinutes", "product.stability"],
];

/** An order file for one administration of a trial. */
export function orderTemplate(trial: Trial): readonly TemplateField[] {
  const arms = trial.arms.map(({ id }) => id).join(" | ");
  const parts = trial.parts.map(({ id }) => id);
  const questions = questionsOf(trial, ["dose", "preparation"]);
  const isBySurface = trial.arms.some(({ dose }) => ruleOf(dose) === "per-m2");
  const isByWeight = isBySurface || trial.arms.some(({ dose }) => ruleOf(dose) === "per-kg");
  const asked = new Set(questions.map(({ key }) => key));
  const tested = ["lots.*.testedViability.fraction", "lots.*.testedViability.method"];
  const needed = [
    ...ALWAYS,
    ...(isByWeight ? OF_WEIGHT : []),
    ...(isBySurface ? ["participant.heightCm"] : []),
    ...(asked.has("product.minViability") ? tested : []),
    ...UNLESS_ASKED.flatMap(([field, question]) => (asked.has(question) ? [] : [field])),
  ].map((path): [string, string] => [`order.${path}`, TO_STATE]);
  return [
    { path: ["trial"], value: trial.id, comment: trial.title },
    ...(parts.length < 2
      ? []
      : [{ path: ["part"], value: TO_STATE, comment: `Part of the trial; ${parts.join(" | ")}` }]),
    { path: ["arm"], value: TO_STATE, comment: `Arm of the participant, of the list or the code break; ${arms}` },
    ...assumptionFields(questions),
    ...formFields(ORDER_SECTIONS, {
      stated: {
        ...Object.fromEntries(needed),
        // The papers of the bag have both; a trial that asks for the route has it in its answers.
        ...(asked.has("route") ? {} : { "document.route": TO_STATE }),
        "document.storage": TO_STATE,
        "order.dose.from": "trial",
        "check.by": TO_STATE,
        "check.enteredFrom": TO_STATE,
      },
      sources: SOURCES,
      // The trial says what the dose is; another source of the dose is another file.
      without: ({ when }) => when?.path === "order.dose.from",
    }),
  ];
}

/** By what the dose is computed; where no source says, it may be by weight. */
const ruleOf = (dose: Trial["arms"][number]["dose"]): string =>
  dose === undefined ? "per-kg" : dose.kind === "deferred" ? dose.tentative.kind : dose.kind;

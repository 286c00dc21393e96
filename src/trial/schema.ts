import * as z from "zod";
import { armIdField, countField, decimalField, idField, partialDateField, textField } from "./fieldSchema.js";
import { armSchema, maskingSchema, partSchema } from "./armSchema.js";
import { documentTextsSchema } from "./documentTexts.js";
import type {
  Assumption,
  Contradiction,
  Eligibility,
  Intervention,
  NumericCriterion,
  Outcome,
  Source,
  Trial,
  TrialDates,
} from "./model.js";

export const sourceSchema: z.ZodType<Source> = z.strictObject({
  id: idField,
  kind: z.enum(["registry", "publication", "protocol", "inference"]),
  citation: textField,
});

export const interventionSchema: z.ZodType<Intervention> = z.strictObject({
  id: idField,
  name: textField,
  type: z.enum(["biological", "drug", "device", "genetic", "procedure", "combination", "other"]).exactOptional(),
  description: textField.exactOptional(),
});

export const numericCriterionSchema: z.ZodType<NumericCriterion> = z.strictObject({
  id: idField,
  measure: z.enum(["age", "weight", "bmi"]),
  unit: z.enum(["years", "kg", "kg/m2"]),
  minimum: decimalField.exactOptional(),
  maximum: decimalField.exactOptional(),
  minimumExcluded: z.literal(true).exactOptional(),
  maximumExcluded: z.literal(true).exactOptional(),
  note: textField.exactOptional(),
});

export const eligibilitySchema: z.ZodType<Eligibility> = z.strictObject({
  sex: z.enum(["all", "female", "male"]),
  healthyVolunteers: z.boolean().exactOptional(),
  numeric: z.array(numericCriterionSchema),
  inclusion: z.array(textField),
  exclusion: z.array(textField),
});

export const outcomeSchema: z.ZodType<Outcome> = z.strictObject({
  kind: z.enum(["primary", "secondary", "other"]),
  measure: textField,
  timeFrame: textField.exactOptional(),
});

export const assumptionSchema: z.ZodType<Assumption> = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9-]*)*$/, 'must be words joined by dots, such as "allocation.ratio"'),
  question: textField,
  neededFor: z
    .array(z.enum(["list", "dose", "preparation", "schedule", "escalation", "blinding", "record"]))
    .min(1, "must name at least one use"),
  arms: z.array(armIdField).min(1, "must name an arm, or be left out for the whole trial").exactOptional(),
  parts: z.array(idField).min(1, "must name a part, or be left out for the whole trial").exactOptional(),
  format: z.enum([
    "text",
    "dose",
    "administrations",
    "count-basis",
    "weight-descriptor",
    "cap",
    "fraction",
    "volume",
    "duration",
    "rate-or-duration",
    "concentration",
    "content-in-volume",
  ]),
  byLot: z.literal(true).exactOptional(),
  answeredBy: z.enum(["plan.arms", "plan.procedure", "plan.strata", "plan.length", "seed"]).exactOptional(),
  hint: textField.exactOptional(),
});

export const contradictionSchema: z.ZodType<Contradiction> = z.strictObject({
  id: idField,
  bearsOn: z
    .array(z.enum(["dose", "list", "schedule", "masking", "eligibility", "record"]))
    .min(1, "must say what the contradiction bears on"),
  arms: z.array(idField).min(1, "must name an arm").exactOptional(),
  askedAs: textField.exactOptional(),
  settled: textField.exactOptional(),
  statement: textField,
  sources: z.array(idField).min(1, "must name a source"),
});

const datesSchema: z.ZodType<TrialDates> = z.strictObject({
  start: partialDateField.exactOptional(),
  primaryCompletion: partialDateField.exactOptional(),
  completion: partialDateField.exactOptional(),
  updated: partialDateField.exactOptional(),
});

/**
 * The shape of a {@link Trial}: strict (no unknown field), ids portable, amounts text and made plain.
 *
 * It does not look across fields; `defineTrial` does both.
 *
 * @internal
 */
export const trialSchema: z.ZodType<Trial> = z.strictObject({
  id: idField,
  title: textField,
  identifiers: z.array(z.strictObject({ type: textField, value: textField })),
  sponsor: z.strictObject({
    name: textField,
    class: z.enum(["industry", "other", "government", "individual"]).exactOptional(),
  }),
  studyType: z.literal("interventional").exactOptional(),
  locations: z.array(textField).exactOptional(),
  locationCount: countField.exactOptional(),
  phases: z.array(z.enum(["early-phase-1", "phase-1", "phase-2", "phase-3", "phase-4"])).exactOptional(),
  purpose: textField.exactOptional(),
  status: z
    .enum([
      "not-yet-recruiting",
      "recruiting",
      "enrolling-by-invitation",
      "active-not-recruiting",
      "suspended",
      "terminated",
      "completed",
      "withdrawn",
    ])
    .exactOptional(),
  dates: datesSchema.exactOptional(),
  enrolment: z.strictObject({ count: countField, approximate: z.literal(true).exactOptional() }),
  allocation: z.enum(["randomized", "non-randomized", "not-applicable"]),
  model: z.enum(["single-group", "parallel", "crossover", "factorial", "sequential"]),
  masking: maskingSchema,
  conditions: z.array(textField).min(1, "must name a condition"),
  route: textField.exactOptional(),
  interventions: z.array(interventionSchema),
  arms: z.array(armSchema).min(1, "must hold at least one arm"),
  parts: z.array(partSchema).min(1, "must hold at least one part"),
  eligibility: eligibilitySchema,
  outcomes: z.array(outcomeSchema),
  documents: documentTextsSchema.exactOptional(),
  assumptions: z.array(assumptionSchema),
  contradictions: z.array(contradictionSchema),
  sources: z.array(sourceSchema).min(1, "must hold at least one source"),
  provenance: z.record(z.string(), idField),
});

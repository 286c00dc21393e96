import * as z from "zod/mini";
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

export const sourceSchema: z.ZodMiniType<Source> = z.strictObject({
  id: idField,
  kind: z.enum(["registry", "publication", "protocol", "inference"]),
  citation: textField,
});

export const interventionSchema: z.ZodMiniType<Intervention> = z.strictObject({
  id: idField,
  name: textField,
  type: z.exactOptional(z.enum(["biological", "drug", "device", "genetic", "procedure", "combination", "other"])),
  description: z.exactOptional(textField),
});

export const numericCriterionSchema: z.ZodMiniType<NumericCriterion> = z.strictObject({
  id: idField,
  measure: z.enum(["age", "weight", "bmi"]),
  unit: z.enum(["years", "kg", "kg/m2"]),
  minimum: z.exactOptional(decimalField),
  maximum: z.exactOptional(decimalField),
  minimumExcluded: z.exactOptional(z.literal(true)),
  maximumExcluded: z.exactOptional(z.literal(true)),
  note: z.exactOptional(textField),
});

export const eligibilitySchema: z.ZodMiniType<Eligibility> = z.strictObject({
  sex: z.enum(["all", "female", "male"]),
  healthyVolunteers: z.exactOptional(z.boolean()),
  numeric: z.array(numericCriterionSchema),
  inclusion: z.array(textField),
  exclusion: z.array(textField),
});

export const outcomeSchema: z.ZodMiniType<Outcome> = z.strictObject({
  kind: z.enum(["primary", "secondary", "other"]),
  measure: textField,
  timeFrame: z.exactOptional(textField),
});

export const assumptionSchema: z.ZodMiniType<Assumption> = z.strictObject({
  key: z
    .string()
    .check(
      z.regex(
        /^[a-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9-]*)*$/,
        'must be words joined by dots, such as "allocation.ratio"',
      ),
    ),
  question: textField,
  neededFor: z
    .array(z.enum(["list", "dose", "preparation", "schedule", "escalation", "blinding", "record"]))
    .check(z.minLength(1, "must name at least one use")),
  arms: z.exactOptional(
    z.array(armIdField).check(z.minLength(1, "must name an arm, or be left out for the whole trial")),
  ),
  parts: z.exactOptional(
    z.array(idField).check(z.minLength(1, "must name a part, or be left out for the whole trial")),
  ),
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
  byLot: z.exactOptional(z.literal(true)),
  answeredBy: z.exactOptional(z.enum(["plan.arms", "plan.procedure", "plan.strata", "plan.length", "seed"])),
  hint: z.exactOptional(textField),
});

export const contradictionSchema: z.ZodMiniType<Contradiction> = z.strictObject({
  id: idField,
  bearsOn: z
    .array(z.enum(["dose", "list", "schedule", "masking", "eligibility", "record"]))
    .check(z.minLength(1, "must say what the contradiction bears on")),
  arms: z.exactOptional(z.array(idField).check(z.minLength(1, "must name an arm"))),
  askedAs: z.exactOptional(textField),
  settled: z.exactOptional(textField),
  statement: textField,
  sources: z.array(idField).check(z.minLength(1, "must name a source")),
});

const datesSchema: z.ZodMiniType<TrialDates> = z.strictObject({
  start: z.exactOptional(partialDateField),
  primaryCompletion: z.exactOptional(partialDateField),
  completion: z.exactOptional(partialDateField),
  updated: z.exactOptional(partialDateField),
});

/**
 * The shape of a {@link Trial}: strict (no unknown field), ids portable, amounts text and made plain.
 *
 * It does not look across fields; `defineTrial` does both.
 *
 * @internal
 */
export const trialSchema: z.ZodMiniType<Trial> = z.strictObject({
  id: idField,
  title: textField,
  identifiers: z.array(z.strictObject({ type: textField, value: textField })),
  sponsor: z.strictObject({
    name: textField,
    class: z.exactOptional(z.enum(["industry", "other", "government", "individual"])),
  }),
  studyType: z.exactOptional(z.literal("interventional")),
  locations: z.exactOptional(z.array(textField)),
  locationCount: z.exactOptional(countField),
  phases: z.exactOptional(z.array(z.enum(["early-phase-1", "phase-1", "phase-2", "phase-3", "phase-4"]))),
  purpose: z.exactOptional(textField),
  status: z.exactOptional(
    z.enum([
      "not-yet-recruiting",
      "recruiting",
      "enrolling-by-invitation",
      "active-not-recruiting",
      "suspended",
      "terminated",
      "completed",
      "withdrawn",
    ]),
  ),
  dates: z.exactOptional(datesSchema),
  enrolment: z.strictObject({ count: countField, approximate: z.exactOptional(z.literal(true)) }),
  allocation: z.enum(["randomized", "non-randomized", "not-applicable"]),
  model: z.enum(["single-group", "parallel", "crossover", "factorial", "sequential"]),
  masking: maskingSchema,
  conditions: z.array(textField).check(z.minLength(1, "must name a condition")),
  route: z.exactOptional(textField),
  interventions: z.array(interventionSchema),
  arms: z.array(armSchema).check(z.minLength(1, "must hold at least one arm")),
  parts: z.array(partSchema).check(z.minLength(1, "must hold at least one part")),
  eligibility: eligibilitySchema,
  outcomes: z.array(outcomeSchema),
  documents: z.exactOptional(documentTextsSchema),
  assumptions: z.array(assumptionSchema),
  contradictions: z.array(contradictionSchema),
  sources: z.array(sourceSchema).check(z.minLength(1, "must hold at least one source")),
  provenance: z.record(z.string(), idField),
});

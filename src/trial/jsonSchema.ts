import * as z from "zod/mini";
import {
  administrationsSchema,
  armSchema,
  decisionSchema,
  doseRuleSchema,
  maskingSchema,
  partSchema,
} from "./armSchema.js";
import {
  assumptionSchema,
  contradictionSchema,
  eligibilitySchema,
  interventionSchema,
  numericCriterionSchema,
  outcomeSchema,
  sourceSchema,
  trialSchema,
} from "./schema.js";

/**
 * The JSON Schema (2020-12) of what `defineTrial` reads, for editors and other languages.
 *
 * It holds the shape only: whether a day exists, how an amount is written and everything across fields is checked by
 * `defineTrial` alone.
 */
export function trialJsonSchema(): object {
  // A registry of our own: the global one of zod is shared with every other user of it in the same program.
  const registry = z.registry<{ id?: string; title?: string; description?: string }>();
  registry.add(trialSchema, { title: "Trial", description: "A trial as its sources describe it" });
  const named = {
    Source: [sourceSchema, "A document, or our inference, that statements rest on"],
    Intervention: [interventionSchema, "What an arm receives"],
    Administrations: [administrationsSchema, "How often, whole days apart; intervalDays where count is above 1"],
    DoseRule: [doseRuleSchema, 'Amounts are text and positive, such as "1E6"'],
    DecisionRecord: [decisionSchema, "What opened an arm whose dose had been deferred"],
    Arm: [armSchema, "Dose and administrations are absent where no source states them"],
    Masking: [maskingSchema, "Who is given only where a source names the roles"],
    Part: [partSchema, "A stage of the trial with its own allocation"],
    NumericCriterion: [numericCriterionSchema, "Both ends are included unless said otherwise; limits are text"],
    Eligibility: [eligibilitySchema, "Limits that a program compares, and criteria that a person reads"],
    Outcome: [outcomeSchema, "What is measured, and when"],
    Assumption: [assumptionSchema, "A question that the trial needs answered and its sources leave open"],
    Contradiction: [contradictionSchema, "Statements that cannot both hold, or one that does not add up"],
  } as const;
  for (const [id, [schema, description]] of Object.entries(named)) registry.add(schema, { id, description });
  return z.toJSONSchema(trialSchema, { io: "input", metadata: registry });
}

import * as z from "zod";
import { armIdField, countField, dateField, decimalField, idField, textField, unitKindField } from "./fieldSchema.js";
import type { Administrations, Arm, DecisionRecord, DoseRule, Masking, Part } from "./model.js";

export const administrationsSchema: z.ZodType<Administrations> = z.strictObject({
  count: countField,
  intervalDays: countField.exactOptional(),
});

const perKgDose = z.strictObject({ kind: z.literal("per-kg"), amount: decimalField, unitKind: unitKindField });
const flatDose = z.strictObject({ kind: z.literal("flat"), amount: decimalField, unitKind: unitKindField });
const surfaceDose = z.strictObject({
  kind: z.literal("per-m2"),
  amount: decimalField,
  unitKind: unitKindField,
  surface: z.strictObject({ formula: z.enum(["mosteller", "du-bois", "haycock"]), roundedToM2: decimalField }),
});
const activeDose = z.discriminatedUnion("kind", [perKgDose, surfaceDose, flatDose], {
  error: 'must be "per-kg", "per-m2" or "flat"',
});

export const doseRuleSchema: z.ZodType<DoseRule> = z.discriminatedUnion(
  "kind",
  [
    perKgDose,
    surfaceDose,
    flatDose,
    z.strictObject({ kind: z.literal("equal-amount-placebo"), composition: textField.exactOptional() }),
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({
      kind: z.literal("deferred"),
      tentative: activeDose,
      tentativeAdministrations: administrationsSchema.exactOptional(),
      awaiting: textField,
    }),
  ],
  { error: 'must be "per-kg", "per-m2", "flat", "equal-amount-placebo", "none" or "deferred"' },
);

export const decisionSchema: z.ZodType<DecisionRecord> = z.strictObject({
  arm: armIdField,
  dataCut: dateField,
  decidedBy: textField,
  decidedOn: dateField,
  dose: activeDose,
  administrations: administrationsSchema,
  reason: textField.exactOptional(),
  report: z
    .string("must be text")
    .regex(/^[0-9a-f]{64}$/, "must be 64 hex digits")
    .exactOptional(),
});

export const armSchema: z.ZodType<Arm> = z.strictObject({
  id: armIdField,
  label: textField,
  type: z
    .enum(["experimental", "active-comparator", "placebo-comparator", "sham-comparator", "no-intervention", "other"])
    .exactOptional(),
  interventions: z.array(idField),
  dose: doseRuleSchema.exactOptional(),
  administrations: administrationsSchema.exactOptional(),
  decision: decisionSchema.exactOptional(),
  note: textField.exactOptional(),
});

export const maskingSchema: z.ZodType<Masking> = z.strictObject({
  level: z.enum(["none", "single", "double", "triple", "quadruple"]),
  who: z.array(z.enum(["participant", "care-provider", "investigator", "outcomes-assessor"])).exactOptional(),
  note: textField.exactOptional(),
});

export const partSchema: z.ZodType<Part> = z.strictObject({
  id: idField,
  title: textField,
  kind: z.enum(["randomized", "open-escalation"]),
  waitsFor: idField.exactOptional(),
  arms: z.array(armIdField).min(1, "must name at least one arm"),
  size: countField.exactOptional(),
  masking: maskingSchema,
  note: textField.exactOptional(),
});

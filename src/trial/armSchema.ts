import * as z from "zod/mini";
import { armIdField, countField, dateField, decimalField, idField, textField, unitKindField } from "./fieldSchema.js";
import type { Administrations, Arm, DecisionRecord, DoseRule, Masking, Part } from "./model.js";

export const administrationsSchema: z.ZodMiniType<Administrations> = z.strictObject({
  count: countField,
  intervalDays: z.exactOptional(countField),
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

export const doseRuleSchema: z.ZodMiniType<DoseRule> = z.discriminatedUnion(
  "kind",
  [
    perKgDose,
    surfaceDose,
    flatDose,
    z.strictObject({ kind: z.literal("equal-amount-placebo"), composition: z.exactOptional(textField) }),
    z.strictObject({ kind: z.literal("none") }),
    z.strictObject({
      kind: z.literal("deferred"),
      tentative: activeDose,
      tentativeAdministrations: z.exactOptional(administrationsSchema),
      awaiting: textField,
    }),
  ],
  { error: 'must be "per-kg", "per-m2", "flat", "equal-amount-placebo", "none" or "deferred"' },
);

export const decisionSchema: z.ZodMiniType<DecisionRecord> = z.strictObject({
  arm: armIdField,
  dataCut: dateField,
  decidedBy: textField,
  decidedOn: dateField,
  dose: activeDose,
  administrations: administrationsSchema,
  reason: z.exactOptional(textField),
  report: z.exactOptional(z.string("must be text").check(z.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits"))),
});

export const armSchema: z.ZodMiniType<Arm> = z.strictObject({
  id: armIdField,
  label: textField,
  type: z.exactOptional(
    z.enum(["experimental", "active-comparator", "placebo-comparator", "sham-comparator", "no-intervention", "other"]),
  ),
  interventions: z.array(idField),
  dose: z.exactOptional(doseRuleSchema),
  administrations: z.exactOptional(administrationsSchema),
  decision: z.exactOptional(decisionSchema),
  note: z.exactOptional(textField),
});

export const maskingLevelSchema: z.ZodMiniType<Masking["level"]> = z.enum([
  "none",
  "single",
  "double",
  "triple",
  "quadruple",
]);

export const maskingSchema: z.ZodMiniType<Masking> = z.strictObject({
  level: maskingLevelSchema,
  who: z.exactOptional(z.array(z.enum(["participant", "care-provider", "investigator", "outcomes-assessor"]))),
  note: z.exactOptional(textField),
});

export const partSchema: z.ZodMiniType<Part> = z.strictObject({
  id: idField,
  title: textField,
  kind: z.enum(["randomized", "open-escalation"]),
  waitsFor: z.exactOptional(idField),
  arms: z.array(armIdField).check(z.minLength(1, "must name at least one arm")),
  size: z.exactOptional(countField),
  masking: maskingSchema,
  note: z.exactOptional(textField),
});

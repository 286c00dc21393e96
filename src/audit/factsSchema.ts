import * as z from "zod";
import { parseWith } from "../foundation/index.js";
import { assumptionInputsSchema } from "../trial/index.js";
import type { AuditFacts } from "./subject.js";

const amount = z
  .string({ error: "must be text; in YAML put it in quotes" })
  .regex(/^\d+(?:\.\d+)?$/, "must be a decimal number above or equal to 0");
const whole = z.int({ error: "must be a whole number" }).min(0, "must be at least 0");
const probability = z.number().gt(0, "must be above 0").lt(1, "must be below 1");

const factsSchema: z.ZodType<AuditFacts> = z.strictObject({
  assumptions: assumptionInputsSchema.exactOptional(),
  preparations: z
    .array(
      z.strictObject({
        arm: z.string(),
        weightKg: amount,
        totalVolumeMl: amount.exactOptional(),
        containers: whole.exactOptional(),
        rateMlPerMin: amount.exactOptional(),
        minutes: amount.exactOptional(),
        administrationDays: z.array(z.int().min(1)).exactOptional(),
      }),
    )
    .exactOptional(),
  blindedDoseRecords: z.array(z.record(z.string(), z.unknown())).exactOptional(),
  kits: z.array(z.strictObject({ code: z.string().min(1), arm: z.string().min(1) })).exactOptional(),
  sentinels: z
    .array(
      z.strictObject({
        stratum: z.record(z.string(), z.string()).exactOptional(),
        counts: z.record(z.string(), whole),
      }),
    )
    .exactOptional(),
  log: z.string().exactOptional(),
  now: z.iso.datetime({ offset: true, error: "must be an instant such as 2026-03-01T09:30:00Z" }).exactOptional(),
  weightStepKg: amount.exactOptional(),
  allowedFields: z.array(z.string()).exactOptional(),
  thresholds: z
    .strictObject({
      forcedShare: z.number().min(0).max(1).exactOptional(),
      openBlocksShare: z.number().gt(0).exactOptional(),
      agreement: probability.exactOptional(),
      kitAssociation: probability.exactOptional(),
      sharedBits: z.number().gt(0).exactOptional(),
    })
    .exactOptional(),
});

/**
 * Reads what else an audit knows: doses, preparations, kits, sentinels, thresholds.
 *
 * @throws AllocellError `blinding.audit_facts_invalid`, one issue a fault
 */
export function parseAuditFacts(input: unknown): AuditFacts {
  return parseWith(factsSchema, input, "blinding.audit_facts_invalid", "The facts for the audit");
}

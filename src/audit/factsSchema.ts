import * as z from "zod/mini";
import { instantSchema, parseWith } from "../foundation/index.js";
import { assumptionInputsSchema } from "../trial/index.js";
import type { AuditFacts } from "./subject.js";

const amount = z
  .string({ error: "must be text; in YAML put it in quotes" })
  .check(z.regex(/^\d+(?:\.\d+)?$/, "must be a decimal number above or equal to 0"));
const whole = z.int({ error: "must be a whole number" }).check(z.minimum(0, "must be at least 0"));
const probability = z.number().check(z.gt(0, "must be above 0"), z.lt(1, "must be below 1"));

const factsSchema: z.ZodMiniType<AuditFacts> = z.strictObject({
  assumptions: z.exactOptional(assumptionInputsSchema),
  preparations: z.exactOptional(
    z.array(
      z.strictObject({
        arm: z.string(),
        weightKg: amount,
        totalVolumeMl: z.exactOptional(amount),
        containers: z.exactOptional(whole),
        rateMlPerMin: z.exactOptional(amount),
        minutes: z.exactOptional(amount),
        administrationDays: z.exactOptional(z.array(z.int().check(z.minimum(1)))),
      }),
    ),
  ),
  blindedDoseRecords: z.exactOptional(z.array(z.record(z.string(), z.unknown()))),
  kits: z.exactOptional(
    z.array(z.strictObject({ code: z.string().check(z.minLength(1)), arm: z.string().check(z.minLength(1)) })),
  ),
  sentinels: z.exactOptional(
    z.array(
      z.strictObject({
        stratum: z.exactOptional(z.record(z.string(), z.string())),
        counts: z.record(z.string(), whole),
      }),
    ),
  ),
  log: z.exactOptional(z.string()),
  now: z.exactOptional(instantSchema("must be an instant such as 2026-03-01T09:30:00Z")),
  weightStepKg: z.exactOptional(amount),
  allowedFields: z.exactOptional(z.array(z.string())),
  thresholds: z.exactOptional(
    z.strictObject({
      forcedShare: z.exactOptional(z.number().check(z.minimum(0), z.maximum(1))),
      openBlocksShare: z.exactOptional(z.number().check(z.gt(0))),
      agreement: z.exactOptional(probability),
      kitAssociation: z.exactOptional(probability),
      sharedBits: z.exactOptional(z.number().check(z.gt(0))),
    }),
  ),
});

/**
 * Reads what else an audit knows: doses, preparations, kits, sentinels, thresholds.
 *
 * @throws AllocellError `blinding.audit_facts_invalid`, one issue a fault
 */
export function parseAuditFacts(input: unknown): AuditFacts {
  return parseWith(factsSchema, input, "blinding.audit_facts_invalid", "The facts for the audit");
}

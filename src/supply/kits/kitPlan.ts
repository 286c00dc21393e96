import * as z from "zod/mini";
import { parseWith, throwIfAny, type Issue } from "../../foundation/index.js";
import { listIdSchema } from "../../list/index.js";

/** Kits of one arm in a batch. */
export interface KitCount {
  readonly arm: string;
  /** Kits, at least 1. */
  readonly count: number;
}

/** What a kit list rests on, but the seed. */
export interface KitPlan {
  readonly trial: string;
  /** Id of the kit list; no other list of the study has it, because streams are named by it. */
  readonly list: string;
  /** Two characters before every code, one pair for each kit list of the study; they say nothing of an arm. */
  readonly prefix: string;
  /** Batches in the order in which they are made. More kits are a batch more at the end. */
  readonly batches: readonly (readonly KitCount[])[];
}

/** Kits of a list: the codes are then less than 0.2 % of those that there are. */
const MOST_KITS = 100_000;

const countSchema = z.strictObject({
  arm: z.string().check(z.minLength(1)),
  count: z.int({ error: "must be a whole number" }).check(z.minimum(1, "must be at least 1"), z.maximum(MOST_KITS)),
});
export const kitPlanSchema: z.ZodMiniType<KitPlan> = z.strictObject({
  trial: z.string().check(z.minLength(1)),
  list: listIdSchema,
  prefix: z
    .string()
    .check(
      z.regex(/^[CDFHJKMNPRVWXY][CDFHJKMNPRTVWXY]$/, "must be two of C D F H J K M N P R T V W X Y, the first not T"),
    ),
  batches: z.array(z.array(countSchema).check(z.minLength(1, "needs an arm"))).check(z.minLength(1, "needs a batch")),
});

/**
 * Reads the plan of a kit list.
 *
 * @returns a frozen copy
 * @throws AllocellError `blinding.kit_plan_invalid`, one issue a fault
 */
export function parseKitPlan(input: unknown): KitPlan {
  const plan = parseWith(kitPlanSchema, input, "blinding.kit_plan_invalid", "The kit plan");
  const issues: Issue[] = [];
  let total = 0;
  plan.batches.forEach((batch, b) => {
    batch.forEach(({ arm, count }, k) => {
      total += count;
      if (batch.findIndex((other) => other.arm === arm) === k) return;
      const message = `The kit plan: arm "${arm}" stands twice in batch ${b + 1}.`;
      issues.push({
        code: "blinding.kit_plan_invalid",
        path: `batches.${b}.${k}.arm`,
        message,
        parameters: { arm, block: b + 1 },
      });
    });
  });
  if (total > MOST_KITS) {
    const message = `The kit plan: ${total} kits; a list has at most ${MOST_KITS}. Make a second list with its own prefix.`;
    issues.push({
      code: "blinding.kit_plan_invalid",
      path: "batches",
      message,
      parameters: { total, most: MOST_KITS },
    });
  }
  throwIfAny(issues);
  return plan;
}

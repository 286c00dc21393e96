import * as z from "zod/mini";
import { planFileSchema } from "./plan.js";

/**
 * The JSON Schema (2020-12) of a plan file, for editors and other languages.
 *
 * It holds the shape only: whether blocks hold the ratio, whether a level stands twice and whatever needs the trial is
 * checked by `parsePlan` and `checkPlan` alone.
 */
export function planJsonSchema(): object {
  const { properties, ...schema } = z.toJSONSchema(planFileSchema, { io: "input" });
  return {
    title: "Plan",
    description: "Everything that a randomization list rests on, but the seed",
    ...schema,
    properties: {
      ...properties,
      decisions: {
        description: "What opened arms whose dose had been deferred, as in a trial; the command line alone reads it",
        type: "array",
        items: { type: "object" },
      },
    },
  };
}

import * as z from "zod/mini";
import { parseWith } from "../../foundation/index.js";
import type { ResupplyRequest } from "./resupply.js";
import type { SupplyRequest } from "./siteSupply.js";

const share = z.int({ error: "must be a whole number" }).check(z.minimum(1), z.maximum(1000));
const count = z.int({ error: "must be a whole number" }).check(z.minimum(0), z.maximum(1_000_000));

const schema = z.strictObject({
  arms: z.array(z.string().check(z.minLength(1))).check(z.minLength(2)),
  allocation: z.strictObject({
    kind: z.enum(["permuted-block", "complete"]),
    ratio: z.array(share),
    sizes: z.exactOptional(z.array(share)),
    weights: z.exactOptional(z.array(share)),
  }),
  participants: z.union([z.strictObject({ count }), z.strictObject({ poissonMean: z.number().check(z.positive()) })]),
  kitsPerParticipant: share,
  stockOutProbability: z.string({ error: 'must be text, such as "0.05" or "1/20"' }),
  resupply: z.exactOptional(z.strictObject({ every: count, lead: count, participants: count })),
});

/** A file about the kits of one site: the first supply, and where it is stated how more are sent. */
export interface SupplyFile extends SupplyRequest {
  readonly resupply?: Pick<ResupplyRequest, "every" | "lead" | "participants">;
}

/**
 * Reads what {@link siteSupply} and {@link resupplyPlan} take, as a file holds it.
 *
 * @throws AllocellError `blinding.supply_invalid`, one issue a fault
 */
export function parseSupplyFile(input: unknown): SupplyFile {
  return parseWith(schema, input, "blinding.supply_invalid", "The supply");
}

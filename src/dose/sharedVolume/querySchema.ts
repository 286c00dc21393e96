import * as z from "zod/mini";
import { fail, parseWith } from "../../foundation/index.js";
import { compare, decimalsAsText, readFraction } from "../../quantity/index.js";
import { count, kilograms, positive, text, unitKind } from "../preparation/fieldReaders.js";
import type { SharedVolumeQuery } from "./model.js";

const querySchema: z.ZodMiniType<SharedVolumeQuery> = z.strictObject({
  arms: z
    .array(
      z.strictObject({
        arm: text,
        dose: z.union([
          z.strictObject({ kind: z.enum(["per-kg", "flat"]), amount: count, unitKind }),
          z.strictObject({ kind: z.literal("placebo") }),
        ]),
        cap: z.exactOptional(count),
      }),
    )
    .check(z.minLength(1)),
  weightKg: z.strictObject({ minimum: kilograms, maximum: kilograms }),
  concentrationPerMl: count,
  graduationsMl: z.array(positive).check(z.minLength(1)),
  maximumRoundingErrorPercent: positive,
  minimumDrawMl: z.exactOptional(positive),
  availableMl: z.exactOptional(positive),
  minimumFinalMl: z.exactOptional(positive),
  maximumFinalMl: positive,
  finalPerMl: z.exactOptional(z.strictObject({ minimum: z.exactOptional(count), maximum: z.exactOptional(count) })),
});

/** @throws AllocellError `dose.shared_volume_invalid` */
export function parseSharedVolumeQuery(input: unknown): SharedVolumeQuery {
  const code = "dose.shared_volume_invalid";
  const query = parseWith(querySchema, decimalsAsText(input), code, "The query for a shared volume");
  const { minimum, maximum } = query.weightKg;
  if (compare(readFraction(minimum), readFraction(maximum)) > 0)
    fail(code, "weightKg", "The least weight is above the greatest.");
  const { minimumFinalMl, maximumFinalMl } = query;
  if (minimumFinalMl !== undefined && compare(readFraction(minimumFinalMl), readFraction(maximumFinalMl)) > 0)
    fail(code, "minimumFinalMl", "The least final volume is above the greatest.");
  const { minimum: lo, maximum: hi } = query.finalPerMl ?? {};
  if (lo !== undefined && hi !== undefined && compare(readFraction(lo), readFraction(hi)) > 0)
    fail(code, "finalPerMl", "The least final concentration is above the greatest.");
  if (query.arms.every(({ dose }) => dose.kind === "placebo"))
    fail(code, "arms", "No arm holds cells: any volume does.");
  const kinds = new Set(query.arms.flatMap(({ dose }) => (dose.kind === "placebo" ? [] : [dose.unitKind])));
  if (kinds.size > 1) fail(code, "arms", "The arms count different things: one concentration cannot serve them.");
  return query;
}

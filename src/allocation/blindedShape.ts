import * as z from "zod/mini";
import { deepFreeze, fail, parseWith } from "../foundation/index.js";
import type { BoundList } from "../list/index.js";
import { recordedNumbersSchema, stratumCode, type NumberFormat } from "../list/index.js";

const binding = z.string().check(z.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits"));
const manifestSchema = z.looseObject({
  format: z.literal("allocell-blinded-manifest-1", { error: "is not the blinded manifest of a list" }),
  status: z.enum(["LIVE", "TEST"]),
  trial: z.string(),
  part: z.string(),
  list: z.string(),
  numbers: recordedNumbersSchema,
  binding,
  extends: z.exactOptional(binding),
  factors: z.array(z.strictObject({ factor: z.string(), levels: z.array(z.string()) })),
  strata: z.array(
    z.strictObject({ stratum: z.array(z.tuple([z.string(), z.string()])), rows: z.int().check(z.minimum(1)) }),
  ),
});

/**
 * The blinded list that a blinded manifest describes: all that a log needs to know of it.
 *
 * @throws AllocellError `list.manifest_invalid`
 */
export function blindedListOf(manifest: unknown): BoundList {
  const read = parseWith(manifestSchema, manifest, "list.manifest_invalid", "The manifest");
  const { status, trial, part, list, factors, binding, extends: before } = read;
  const numbers: NumberFormat = read.numbers;
  const strata = read.strata.map(({ stratum, rows }, i) => {
    const places = factors.map(({ factor, levels }, k) =>
      stratum[k]?.[0] === factor ? levels.indexOf(stratum[k][1]) + 1 : 0,
    );
    if (stratum.length !== factors.length || places.includes(0)) {
      fail("list.manifest_invalid", `strata.${i}`, "The manifest: this stratum is not made of its factors' levels.");
    }
    return { levels: stratum, code: stratumCode(numbers, places), rows };
  });
  const bound = { binding, ...(before === undefined ? {} : { extends: before }) };
  return deepFreeze({ status, trial, part, list, numbers: { ...numbers }, strata, ...bound });
}

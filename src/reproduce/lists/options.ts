import * as z from "zod/mini";
import { parseWith } from "../../foundation/index.js";
import type { RSampleKind } from "../../random/index.js";

/** Where the stream starts: `set.seed(seed)` and the kind of `sample()`. */
export interface MadeWithStart {
  /** The argument of `set.seed()`, an integer in [-2147483647, 2147483647]. */
  readonly seed: number;
  /**
   * `RNGkind()[3]`: `Rejection` for lists made with R 3.6.0 and later, `Rounding` for earlier ones. It has no default,
   * because R's own default depends on the version.
   */
  readonly sampleKind: RSampleKind;
}

/** Versions of blockrand that draw differently: up to 1.3 (April 2020), and from 1.4 on. */
export type BlockrandVersion = "1.3" | "1.5";

/** The arguments of one call of `blockrand()`; an absent one has the default of blockrand 1.5. */
export interface BlockrandCall {
  /** `n`: least number of rows, an integer in [1, 1000000]; the last block is kept whole. */
  readonly n: number;
  /** `num.levels`: number of treatments A, B, ...; default 2. Beside `levels` it must be their number. */
  readonly numLevels?: number | undefined;
  /** `levels`: at least two labels; a repeated label makes an unequal ratio. Whole numbers are labels too. */
  readonly levels?: readonly (string | number)[] | undefined;
  /** `id.prefix`: text before zero-padded numbers, or the first number itself; default: numbers from 1. */
  readonly idPrefix?: string | number | undefined;
  /** `stratum`: text of a column of its own. */
  readonly stratum?: string | undefined;
  /** `block.sizes`: in rows per label, each an integer >= 1; default 1, 2, 3, 4. A repeated size is likelier. */
  readonly blockSizes?: readonly number[] | undefined;
  /** `block.prefix`: text before zero-padded numbers, or a number added to 1, 2, ...; default: numbers from 1. */
  readonly blockPrefix?: string | number | undefined;
  /** `uneq.beg`: an uneven block before the first; default false. */
  readonly uneqBeg?: boolean | undefined;
  /** `uneq.mid`: an uneven block once more than n/2 rows are made; default false. */
  readonly uneqMid?: boolean | undefined;
  /** `uneq.min`: least difference between the commonest and the rarest label of an uneven block; default 0. */
  readonly uneqMin?: number | undefined;
  /** `uneq.maxit`: largest number of tries for that; default 10. */
  readonly uneqMaxit?: number | undefined;
}

/** One call of `blockrand()`, or several on one stream whose lists are joined by `rbind()` in this order. */
export type BlockrandOptions = MadeWithStart & {
  /** `1.3` for versions 1.0 to 1.3, `1.5` for later ones; absent: 1.5 when a list is made, both when one is verified. */
  readonly version?: BlockrandVersion | undefined;
} & (BlockrandCall | { readonly calls: readonly BlockrandCall[] });

/** The arguments of one call of `randolist()`; an absent one has the default of randotools 0.2.4. */
export interface RandolistOptions extends MadeWithStart {
  /** `n`: least number of rows *in each stratum*, an integer in [2, 1000000]; the last block is kept whole. */
  readonly n: number;
  /** `arms`: at least two labels, default A and B; a repeated label makes an unequal ratio. */
  readonly arms?: readonly string[] | undefined;
  /** `strata`: factor names with their levels, in order; all text, or all whole numbers, within a factor. */
  readonly strata?: Readonly<Record<string, readonly (string | number)[]>> | undefined;
  /** `blocksizes`: in rows per arm label, each an integer >= 1; default 1, 2, 3. */
  readonly blocksizes?: readonly number[] | undefined;
  /** `pascal`: only true; version 0.2.4 takes false and ignores it. */
  readonly pascal?: true | undefined;
}

const whole = (least: number, most: number): z.ZodMiniNumber =>
  z.number().check(z.int(), z.minimum(least), z.maximum(most));
const text = z.string().check(z.minLength(1), z.maxLength(200));
const label = z.union([text, whole(-99999, 99999)]);
const start = {
  seed: whole(-2147483647, 2147483647),
  sampleKind: z.enum(["Rejection", "Rounding"]),
};

const call = {
  n: whole(1, 1e6),
  numLevels: z.optional(whole(2, 26)),
  levels: z.optional(z.array(label).check(z.minLength(2), z.maxLength(1000))),
  idPrefix: z.optional(z.union([z.string().check(z.maxLength(200)), whole(-1e9, 1e9)])),
  stratum: z.optional(text),
  blockSizes: z.optional(z.array(whole(1, 1000)).check(z.minLength(1), z.maxLength(1000))),
  blockPrefix: z.optional(z.union([z.string().check(z.maxLength(200)), whole(-1e9, 1e9)])),
  uneqBeg: z.optional(z.boolean()),
  uneqMid: z.optional(z.boolean()),
  uneqMin: z.optional(whole(0, 1e6)),
  uneqMaxit: z.optional(whole(1, 1e6)),
};

const version = z.optional(
  z.enum(["1.3", "1.5"], { error: 'must be "1.3" (for 1.0 to 1.3) or "1.5" (for 1.4 and later)' }),
);
const blockrandOptions: z.ZodMiniType<BlockrandOptions> = z.strictObject({ ...start, version, ...call });
const blockrandCalls: z.ZodMiniType<BlockrandOptions> = z.strictObject({
  ...start,
  version,
  calls: z.array(z.strictObject(call)).check(z.minLength(1), z.maxLength(10000)),
});

const oneKind = z.union([
  z.array(text).check(z.minLength(1), z.maxLength(1000)),
  z.array(whole(-99999, 99999)).check(z.minLength(1), z.maxLength(1000)),
]);

const randolistOptions: z.ZodMiniType<RandolistOptions> = z.strictObject({
  ...start,
  n: whole(2, 1e6),
  arms: z.optional(z.array(text).check(z.minLength(2), z.maxLength(1000))),
  strata: z.optional(z.record(z.string(), oneKind)),
  // More sizes have no practical use, and R's binomial coefficients are no longer whole numbers there.
  blocksizes: z.optional(z.array(whole(1, 1000)).check(z.minLength(1), z.maxLength(50))),
  pascal: z.optional(z.literal(true, "randotools 0.2.4 ignores pascal = FALSE: leave it out or say true")),
});

/**
 * Reads the arguments of one call of blockrand, or of several under `calls`, from untrusted input.
 *
 * @throws AllocellError `madeWith.options_invalid` with one issue a fault
 */
export function parseBlockrandOptions(input: unknown): BlockrandOptions {
  const many = typeof input === "object" && input !== null && "calls" in input;
  return many
    ? parseWith(blockrandCalls, input, "madeWith.options_invalid", "options of blockrand")
    : parseWith(blockrandOptions, input, "madeWith.options_invalid", "options of blockrand");
}

/**
 * Reads the arguments of a call of randolist from untrusted input.
 *
 * @throws AllocellError `madeWith.options_invalid` with one issue a fault
 */
export function parseRandolistOptions(input: unknown): RandolistOptions {
  return parseWith(randolistOptions, input, "madeWith.options_invalid", "options of randolist");
}

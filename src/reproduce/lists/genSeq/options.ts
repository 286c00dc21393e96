import * as z from "zod/mini";
import { parseWith } from "../../../foundation/index.js";
import type { MadeWithStart } from "../options.js";

/** Names of two arms; default A and B. */
interface TwoArms {
  /** `groups`: two different names, default A and B. */
  readonly groups?: readonly string[] | undefined;
}

/** Arms of the procedures that take any number of them. */
interface AnyArms {
  /** `K`: number of arms, an integer in [2, 26]; default 2. */
  readonly K?: number | undefined;
  /** `ratio`: one whole number an arm, each >= 1; default 1 each. */
  readonly ratio?: readonly number[] | undefined;
  /** `groups`: one name an arm, all different; default A, B, ... */
  readonly groups?: readonly string[] | undefined;
}

interface Length {
  /** `N`: number of participants, an integer in [2, 100000]. */
  readonly N: number;
}

interface RandomBlocks {
  /** `rb`: the possible lengths of a block, in participants; RTBD may leave it out, and has N then. */
  readonly rb: readonly number[];
  /** `filledBlock`: whether the last block ends with participant N; default false (it is cut). */
  readonly filledBlock?: boolean | undefined;
}

/** The parameters of a procedure under the names that randomizeR has for them; `procedure` is that of `crPar()` etc. */
export type RandomizeRProcedure =
  | ({ readonly procedure: "CR" | "RAR" } & Length & AnyArms)
  | ({ readonly procedure: "PBR"; readonly bc: readonly number[] } & AnyArms)
  | ({ readonly procedure: "RPBR" } & Length & RandomBlocks & AnyArms)
  | ({ readonly procedure: "TBD"; readonly bc: readonly number[] } & TwoArms)
  | ({ readonly procedure: "RTBD" } & Length &
      Omit<RandomBlocks, "rb"> &
      TwoArms & {
        readonly rb?: readonly number[] | undefined;
      })
  | ({ readonly procedure: "EBC"; readonly p: number } & Length & TwoArms)
  | ({ readonly procedure: "BSD"; readonly mti: number } & Length & TwoArms)
  | ({ readonly procedure: "CHEN"; readonly mti?: number | undefined; readonly p?: number | undefined } & Length &
      TwoArms)
  | ({ readonly procedure: "MP"; readonly mti: number; readonly ratio?: readonly number[] | undefined } & Length &
      TwoArms)
  | ({ readonly procedure: "UD"; readonly ini: number; readonly add: number } & Length & TwoArms)
  | ({ readonly procedure: "GBCD"; readonly rho: number } & Length & TwoArms)
  | ({ readonly procedure: "ABCD" | "BBCD"; readonly a: number } & Length & TwoArms)
  | ({ readonly procedure: "HADA" } & Length & TwoArms);

/** One call of `genSeq()` of randomizeR: its procedure with its parameters, and where the stream starts. */
export type RandomizeROptions = MadeWithStart &
  RandomizeRProcedure & {
    /** `r`: number of sequences, an integer >= 1; default 1. N x r is at most 1,000,000. */
    readonly r?: number | undefined;
    /**
     * Whether `seed` was given to `set.seed()` and `genSeq()` was called without one: it then draws its own seed first.
     * Default false: `seed` is the argument `seed` of `genSeq()`.
     */
    readonly seedDrawn?: boolean | undefined;
  };

const whole = (least: number, most: number): z.ZodMiniNumber =>
  z.number().check(z.int(), z.minimum(least), z.maximum(most));
const MOST = 100_000;
const start = {
  seed: whole(-2147483647, 2147483647),
  sampleKind: z.enum(["Rejection", "Rounding"]),
  seedDrawn: z.optional(z.boolean()),
  r: z.optional(whole(1, MOST)),
};
const groups = z.optional(
  z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.minLength(2), z.maxLength(26)),
);
const ratio = z.optional(z.array(whole(1, 1000)).check(z.minLength(2), z.maxLength(26)));
const length = { N: whole(2, MOST) };
const two = { ...start, groups };
const any = { ...start, groups, ratio, K: z.optional(whole(2, 26)) };
const lengths = z.array(whole(2, MOST)).check(z.minLength(1), z.maxLength(MOST));
const random = { ...length, rb: lengths, filledBlock: z.optional(z.boolean()) };
const coin = z.number().check(z.minimum(0.5), z.maximum(1));
const positive = z.number().check(z.gt(0), z.maximum(1000));

const schema: z.ZodMiniType<RandomizeROptions> = z.discriminatedUnion(
  "procedure",
  [
    z.strictObject({ procedure: z.literal(["CR", "RAR"]), ...any, ...length }),
    z.strictObject({ procedure: z.literal("PBR"), ...any, bc: lengths }),
    z.strictObject({ procedure: z.literal("RPBR"), ...any, ...random }),
    z.strictObject({ procedure: z.literal("TBD"), ...two, bc: lengths }),
    z.strictObject({ procedure: z.literal("RTBD"), ...two, ...random, rb: z.optional(lengths) }),
    z.strictObject({ procedure: z.literal("EBC"), ...two, ...length, p: coin }),
    z.strictObject({ procedure: z.literal("BSD"), ...two, ...length, mti: whole(1, MOST) }),
    z.strictObject({
      procedure: z.literal("CHEN"),
      ...two,
      ...length,
      mti: z.optional(whole(1, MOST)),
      p: z.optional(coin),
    }),
    // The table of the maximal procedure has N times the larger arm's cells.
    z.strictObject({ procedure: z.literal("MP"), ...two, N: whole(2, 2000), mti: whole(1, MOST), ratio }),
    z.strictObject({ procedure: z.literal("UD"), ...two, ...length, ini: whole(0, MOST), add: whole(1, MOST) }),
    z.strictObject({
      procedure: z.literal("GBCD"),
      ...two,
      ...length,
      rho: z.number().check(z.minimum(0), z.maximum(1000)),
    }),
    z.strictObject({
      procedure: z.literal("ABCD"),
      ...two,
      ...length,
      a: z.number().check(z.minimum(0), z.maximum(1000)),
    }),
    z.strictObject({ procedure: z.literal("BBCD"), ...two, ...length, a: positive }),
    z.strictObject({ procedure: z.literal("HADA"), ...two, ...length }),
  ],
  {
    error:
      "must be one of CR, RAR, PBR, RPBR, TBD, RTBD, EBC, BSD, CHEN, MP, UD, GBCD, ABCD, BBCD, HADA (crPar() is CR, and so on)",
  },
);

/**
 * Reads the arguments of one call of genSeq from untrusted input.
 *
 * @throws AllocellError `madeWith.options_invalid` with one issue a fault
 */
export function parseRandomizeROptions(input: unknown): RandomizeROptions {
  return parseWith(schema, input, "madeWith.options_invalid", "options of randomizeR");
}

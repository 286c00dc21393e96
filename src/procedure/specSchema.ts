import * as z from "zod";
import { nearName } from "../foundation/index.js";
import { ALGORITHMS, type ProcedureSpec } from "./spec.js";

const wholeNumber = z.number({ error: "must be a whole number" });
const fraction = z.union([z.string(), z.int()], {
  error: 'must be a whole number or an exact fraction as text, such as "2/3" or "0.75"',
});
const merged = { mergedArms: z.literal(true, { error: "must be true, or left out" }).exactOptional() };
const cutOrWhole = z.enum(["whole", "cut"], { error: 'must be "whole" or "cut"' }).exactOptional();

// The return type is left to inference: nothing of it is exported.
const simple = <K extends string, P extends z.core.$ZodLooseShape>(kind: K, parameters: P) =>
  z.strictObject({ kind: z.literal(kind), ...merged, ...parameters });

/** What a procedure's `kind` must be, with the name that was probably meant. */
function unknownKind(input: unknown): string {
  const known = Object.keys(ALGORITHMS);
  const kind = typeof input === "object" && input !== null && "kind" in input ? input.kind : undefined;
  const near = typeof kind === "string" ? nearName(kind, known) : undefined;
  return (
    `must name a known procedure${near === undefined ? "" : ` (did you mean "${near}"?)`}: ${known.join(", ")}; ` +
    "minimization, hu-hu and atkinson have no list, their allocation is dynamic"
  );
}

/** Strict schema of a plan's `procedure`. Ranges are the procedures' own business. @internal */
export const procedureSchema: z.ZodType<ProcedureSpec> = z.discriminatedUnion(
  "kind",
  [
    simple("complete", {}),
    simple("random-allocation-rule", { totals: z.array(wholeNumber).exactOptional() }),
    simple("permuted-block", {
      sizes: z.array(wholeNumber).min(1, "needs at least one block size"),
      weights: z
        .union([z.array(wholeNumber), z.literal("pascal")], { error: 'must be a list of whole numbers, or "pascal"' })
        .exactOptional(),
      lastBlock: z.enum(["whole", "cut", "fill"], { error: 'must be "whole", "cut" or "fill"' }).exactOptional(),
    }),
    simple("ordered-blocks", {
      sizes: z.array(wholeNumber).min(1, "needs at least one block size"),
      lastBlock: cutOrWhole,
    }),
    simple("truncated-binomial", { size: wholeNumber.exactOptional(), lastBlock: cutOrWhole }),
    simple("hadamard", { lastBlock: cutOrWhole }),
    simple("maximal", { tolerance: wholeNumber }),
    simple("big-stick", { tolerance: wholeNumber }),
    simple("efron", { probability: fraction }),
    simple("chen", { probability: fraction, tolerance: wholeNumber }),
    simple("ehrenfest", { tolerance: wholeNumber }),
    simple("adjustable-biased-coin", { steepness: fraction }),
    simple("generalized-biased-coin", { exponent: fraction }),
    simple("wei", { initial: wholeNumber, added: wholeNumber }),
    simple("bayesian-biased-coin", { gamma: fraction }),
    simple("block-urn", { lambda: wholeNumber }),
    simple("mass-weighted-urn", { alpha: fraction }),
    simple("drop-the-loser", { immigration: wholeNumber }),
    simple("doubly-adaptive", { gamma: fraction }),
    simple("maximum-entropy", { eta: fraction }),
    simple("minimum-quadratic-distance", { eta: fraction }),
    simple("brick-tunnel", {}),
  ],
  { error: ({ input }) => unknownKind(input) },
);

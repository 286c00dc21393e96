import type { ParameterInput } from "./parameter.js";

/**
 * What happens at the end of a list whose length the blocks do not meet by themselves:
 *
 * - `whole`: the last block is kept whole, so the list may be a little longer
 * - `cut`: the list stops at its length, inside the last block, and its balance there is left to chance
 * - `fill`: the sizes are drawn given that they add up to the length exactly
 *
 * Absent: whole blocks, and the length must be one that they can meet.
 */
export type LastBlockPolicy = "whole" | "cut" | "fill";

/** Permuted blocks; absent weights: all sizes equally likely; `pascal`: binomial weights C(sizes - 1, i). */
export interface PermutedBlockSpec {
  readonly kind: "permuted-block";
  readonly sizes: readonly number[];
  readonly weights?: readonly number[] | "pascal";
  readonly lastBlock?: LastBlockPolicy;
}

/** Permuted blocks whose sizes are stated in their order; after the last one the first follows again. */
export interface OrderedBlocksSpec {
  readonly kind: "ordered-blocks";
  readonly sizes: readonly number[];
  readonly lastBlock?: "whole" | "cut";
}

/** Random allocation rule; absent totals: the rows of the stratum, shared in the ratio. */
export interface RandomAllocationRuleSpec {
  readonly kind: "random-allocation-rule";
  /** Participants by arm, in the plan's order of arms; they add up to the rows of the stratum. */
  readonly totals?: readonly number[];
}

/** Truncated binomial (multinomial) design, over the whole list or, with `size`, in blocks. */
export interface TruncatedBinomialSpec {
  readonly kind: "truncated-binomial";
  readonly size?: number;
  readonly lastBlock?: "whole" | "cut";
}

export interface HadamardSpec {
  readonly kind: "hadamard";
  readonly lastBlock?: "whole" | "cut";
}

/** Procedures whose parameters are one or two numbers; see the function of the same name. */
export type SimpleSpec =
  | { readonly kind: "complete" }
  | { readonly kind: "maximal"; readonly tolerance: number }
  | { readonly kind: "big-stick"; readonly tolerance: number }
  | { readonly kind: "efron"; readonly probability: ParameterInput }
  | { readonly kind: "chen"; readonly probability: ParameterInput; readonly tolerance: number }
  | { readonly kind: "ehrenfest"; readonly tolerance: number }
  | { readonly kind: "adjustable-biased-coin"; readonly steepness: ParameterInput }
  | { readonly kind: "generalized-biased-coin"; readonly exponent: ParameterInput }
  | { readonly kind: "wei"; readonly initial: number; readonly added: number }
  | { readonly kind: "bayesian-biased-coin"; readonly gamma: ParameterInput }
  | { readonly kind: "block-urn"; readonly lambda: number }
  | { readonly kind: "mass-weighted-urn"; readonly alpha: ParameterInput }
  | { readonly kind: "drop-the-loser"; readonly immigration: number }
  | { readonly kind: "doubly-adaptive"; readonly gamma: ParameterInput }
  | { readonly kind: "maximum-entropy"; readonly eta: ParameterInput }
  | { readonly kind: "minimum-quadratic-distance"; readonly eta: ParameterInput }
  | { readonly kind: "brick-tunnel" };

/**
 * A randomization procedure with its parameters, as a plan states it.
 *
 * `mergedArms: true` runs the procedure for as many equal arms as the ratio has shares and merges them into the arms of
 * the plan, which keeps an unequal ratio at every row.
 */
export type ProcedureSpec = (
  PermutedBlockSpec | OrderedBlocksSpec | RandomAllocationRuleSpec | TruncatedBinomialSpec | HadamardSpec | SimpleSpec
) & {
  readonly mergedArms?: true;
};

/** The kind of a procedure as a plan names it, such as `permuted-block`. */
export type ProcedureKind = ProcedureSpec["kind"];

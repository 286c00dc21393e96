import type { ProcedureKind } from "../../procedure/index.js";
import {
  HADAMARD,
  MAXIMAL,
  ORDERED_BLOCKS,
  PERMUTED_BLOCK,
  RANDOM_ALLOCATION_RULE,
  TRUNCATED_BINOMIAL,
} from "./pythonBlocks.js";
import {
  BIASED_COIN,
  BIG_STICK,
  BLOCK_URN,
  BRICK_TUNNEL,
  COMPLETE,
  DROP_THE_LOSER,
  EHRENFEST,
  MASS_WEIGHTED_URN,
  WEI,
} from "./pythonCoins.js";
import {
  ADJUSTABLE_BIASED_COIN,
  BAYESIAN_BIASED_COIN,
  CONSTRAINED_BALANCE,
  DOUBLY_ADAPTIVE,
  GENERALIZED_BIASED_COIN,
  MAXIMUM_ENTROPY,
  MINIMUM_QUADRATIC_DISTANCE,
  POWER_BALLS,
  WHOLE_BALLS,
} from "./pythonPowers.js";

/** The Python class `Procedure` of every kind, after the functions that it needs. */
export const PYTHON_PROCEDURE: Readonly<Record<ProcedureKind, readonly string[]>> = {
  complete: [COMPLETE],
  "random-allocation-rule": [RANDOM_ALLOCATION_RULE],
  "permuted-block": [PERMUTED_BLOCK],
  "ordered-blocks": [ORDERED_BLOCKS],
  "truncated-binomial": [TRUNCATED_BINOMIAL],
  maximal: [MAXIMAL],
  "big-stick": [BIG_STICK],
  efron: [BIASED_COIN],
  chen: [BIASED_COIN],
  ehrenfest: [EHRENFEST],
  "adjustable-biased-coin": [WHOLE_BALLS, POWER_BALLS, ADJUSTABLE_BIASED_COIN],
  "generalized-biased-coin": [WHOLE_BALLS, POWER_BALLS, GENERALIZED_BIASED_COIN],
  wei: [WEI],
  "bayesian-biased-coin": [WHOLE_BALLS, POWER_BALLS, BAYESIAN_BIASED_COIN],
  hadamard: [HADAMARD],
  "block-urn": [BLOCK_URN],
  "mass-weighted-urn": [MASS_WEIGHTED_URN],
  "drop-the-loser": [DROP_THE_LOSER],
  "doubly-adaptive": [WHOLE_BALLS, POWER_BALLS, DOUBLY_ADAPTIVE],
  "maximum-entropy": [WHOLE_BALLS, CONSTRAINED_BALANCE, MAXIMUM_ENTROPY],
  "minimum-quadratic-distance": [WHOLE_BALLS, CONSTRAINED_BALANCE, MINIMUM_QUADRATIC_DISTANCE],
  "brick-tunnel": [BRICK_TUNNEL],
};

import { adjustableBiasedCoinDefinition } from "./adjustableBiasedCoin.js";
import { bayesianBiasedCoinDefinition } from "./bayesianBiasedCoin.js";
import { bigStickDefinition } from "./bigStick.js";
import { blockUrnDefinition } from "./blockUrn.js";
import { brickTunnelDefinition } from "./brickTunnel.js";
import { chenDefinition } from "./chen.js";
import { completeDefinition } from "./complete.js";
import { doublyAdaptiveDefinition } from "./doublyAdaptive.js";
import { dropTheLoserDefinition } from "./dropTheLoser.js";
import { efronDefinition } from "./efron.js";
import { ehrenfestDefinition } from "./ehrenfest.js";
import { generalizedBiasedCoinDefinition } from "./generalizedBiasedCoin.js";
import { hadamardDefinition } from "./hadamard.js";
import { massWeightedUrnDefinition } from "./massWeightedUrn.js";
import { maximalDefinition } from "./maximal.js";
import { maximumEntropyDefinition } from "./maximumEntropy.js";
import { minimumQuadraticDistanceDefinition } from "./minimumQuadraticDistance.js";
import { orderedBlocksDefinition } from "./orderedBlocks.js";
import { permutedBlockDefinition } from "./permutedBlock.js";
import { randomAllocationRuleDefinition } from "./randomAllocationRule.js";
import { truncatedBinomialDefinition } from "./truncatedBinomial.js";
import { weiDefinition } from "./wei.js";
import type { Definition } from "./definition.js";
import type { ProcedureKind, ProcedureSpec } from "./spec.js";

/** Every list procedure by its kind: the one table of them. A new procedure is its file and a line here. */
const DEFINITIONS: { readonly [Kind in ProcedureKind]: Definition<Kind> } = {
  complete: completeDefinition,
  "random-allocation-rule": randomAllocationRuleDefinition,
  "permuted-block": permutedBlockDefinition,
  "ordered-blocks": orderedBlocksDefinition,
  "truncated-binomial": truncatedBinomialDefinition,
  maximal: maximalDefinition,
  "big-stick": bigStickDefinition,
  efron: efronDefinition,
  chen: chenDefinition,
  ehrenfest: ehrenfestDefinition,
  "adjustable-biased-coin": adjustableBiasedCoinDefinition,
  "generalized-biased-coin": generalizedBiasedCoinDefinition,
  wei: weiDefinition,
  "bayesian-biased-coin": bayesianBiasedCoinDefinition,
  hadamard: hadamardDefinition,
  "block-urn": blockUrnDefinition,
  "mass-weighted-urn": massWeightedUrnDefinition,
  "drop-the-loser": dropTheLoserDefinition,
  "doubly-adaptive": doublyAdaptiveDefinition,
  "maximum-entropy": maximumEntropyDefinition,
  "minimum-quadratic-distance": minimumQuadraticDistanceDefinition,
  "brick-tunnel": brickTunnelDefinition,
};

/** Frozen names of what is drawn and how: what an id produced once, it produces for ever. */
export const ALGORITHMS: Readonly<Record<ProcedureKind, string>> = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.fromEntries(
    /* @__PURE__ */ Object.entries(DEFINITIONS).map(([kind, { algorithm }]) => [kind, algorithm]),
  ) as Record<ProcedureKind, string>,
);

/** What is known of the kind of a procedure. */
export function definitionOf({ kind }: Pick<ProcedureSpec, "kind">): Definition<ProcedureKind> {
  // The entry is that of the procedure's own kind, which the compiler cannot see through the union.
  return DEFINITIONS[kind] as unknown as Definition<ProcedureKind>;
}

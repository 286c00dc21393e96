// Written by `ALLOCELL_UPDATE=1 npx vitest run tests/architecture` from the files of the procedures. Their order here
// is kept, and may be changed by hand; a new one is put last.
import { adjustableBiasedCoinDefinition, type AdjustableBiasedCoinSpec } from "./adjustableBiasedCoin.js";
import { bayesianBiasedCoinDefinition, type BayesianBiasedCoinSpec } from "./bayesianBiasedCoin.js";
import { bigStickDefinition, type BigStickSpec } from "./bigStick.js";
import { blockUrnDefinition, type BlockUrnSpec } from "./blockUrn.js";
import { brickTunnelDefinition, type BrickTunnelSpec } from "./brickTunnel.js";
import { chenDefinition, type ChenSpec } from "./chen.js";
import { completeDefinition, type CompleteSpec } from "./complete.js";
import { doublyAdaptiveDefinition, type DoublyAdaptiveSpec } from "./doublyAdaptive.js";
import { dropTheLoserDefinition, type DropTheLoserSpec } from "./dropTheLoser.js";
import { efronDefinition, type EfronSpec } from "./efron.js";
import { ehrenfestDefinition, type EhrenfestSpec } from "./ehrenfest.js";
import { generalizedBiasedCoinDefinition, type GeneralizedBiasedCoinSpec } from "./generalizedBiasedCoin.js";
import { hadamardDefinition, type HadamardSpec } from "./hadamard.js";
import { massWeightedUrnDefinition, type MassWeightedUrnSpec } from "./massWeightedUrn.js";
import { maximalDefinition, type MaximalSpec } from "./maximal.js";
import { maximumEntropyDefinition, type MaximumEntropySpec } from "./maximumEntropy.js";
import { minimumQuadraticDistanceDefinition, type MinimumQuadraticDistanceSpec } from "./minimumQuadraticDistance.js";
import { orderedBlocksDefinition, type OrderedBlocksSpec } from "./orderedBlocks.js";
import { permutedBlockDefinition, type PermutedBlockSpec } from "./permutedBlock.js";
import { randomAllocationRuleDefinition, type RandomAllocationRuleSpec } from "./randomAllocationRule.js";
import { truncatedBinomialDefinition, type TruncatedBinomialSpec } from "./truncatedBinomial.js";
import { weiDefinition, type WeiSpec } from "./wei.js";

import type { Definition } from "./definition.js";

/** What a plan states of a procedure, by its kind. */
export interface SpecByKind {
  readonly complete: CompleteSpec;
  readonly "random-allocation-rule": RandomAllocationRuleSpec;
  readonly "permuted-block": PermutedBlockSpec;
  readonly "ordered-blocks": OrderedBlocksSpec;
  readonly "truncated-binomial": TruncatedBinomialSpec;
  readonly maximal: MaximalSpec;
  readonly "big-stick": BigStickSpec;
  readonly efron: EfronSpec;
  readonly chen: ChenSpec;
  readonly ehrenfest: EhrenfestSpec;
  readonly "adjustable-biased-coin": AdjustableBiasedCoinSpec;
  readonly "generalized-biased-coin": GeneralizedBiasedCoinSpec;
  readonly wei: WeiSpec;
  readonly "bayesian-biased-coin": BayesianBiasedCoinSpec;
  readonly hadamard: HadamardSpec;
  readonly "block-urn": BlockUrnSpec;
  readonly "mass-weighted-urn": MassWeightedUrnSpec;
  readonly "drop-the-loser": DropTheLoserSpec;
  readonly "doubly-adaptive": DoublyAdaptiveSpec;
  readonly "maximum-entropy": MaximumEntropySpec;
  readonly "minimum-quadratic-distance": MinimumQuadraticDistanceSpec;
  readonly "brick-tunnel": BrickTunnelSpec;
}

/** Every list procedure by its kind. */
export const DEFINITIONS: { readonly [Kind in keyof SpecByKind]: Definition<SpecByKind[Kind]> } = {
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

// Written by `ALLOCELL_UPDATE=1 npx vitest run tests/architecture` from the files of the procedures. Their order here
// is kept, and may be changed by hand; a new one is put last.
import { adjustableBiasedCoinOffer } from "./adjustableBiasedCoin.js";
import { bayesianBiasedCoinOffer } from "./bayesianBiasedCoin.js";
import { bigStickOffer } from "./bigStick.js";
import { blockUrnOffer } from "./blockUrn.js";
import { brickTunnelOffer } from "./brickTunnel.js";
import { chenOffer } from "./chen.js";
import { completeOffer } from "./complete.js";
import { doublyAdaptiveOffer } from "./doublyAdaptive.js";
import { dropTheLoserOffer } from "./dropTheLoser.js";
import { efronOffer } from "./efron.js";
import { ehrenfestOffer } from "./ehrenfest.js";
import { generalizedBiasedCoinOffer } from "./generalizedBiasedCoin.js";
import { hadamardOffer } from "./hadamard.js";
import { massWeightedUrnOffer } from "./massWeightedUrn.js";
import { maximalOffer } from "./maximal.js";
import { maximumEntropyOffer } from "./maximumEntropy.js";
import { minimumQuadraticDistanceOffer } from "./minimumQuadraticDistance.js";
import { orderedBlocksOffer } from "./orderedBlocks.js";
import { permutedBlockOffer } from "./permutedBlock.js";
import { randomAllocationRuleOffer } from "./randomAllocationRule.js";
import { truncatedBinomialOffer } from "./truncatedBinomial.js";
import { weiOffer } from "./wei.js";
import type { Offer } from "./offer.js";
import type { SpecByKind } from "./table.js";

/**
 * How every list procedure is offered, in the order in which designs are looked at: those that remember more than a small
 * imbalance are last.
 *
 * @internal
 */
export const OFFERS: { readonly [Kind in keyof SpecByKind]: Offer<SpecByKind[Kind]> } = {
  complete: completeOffer,
  "random-allocation-rule": randomAllocationRuleOffer,
  "permuted-block": permutedBlockOffer,
  "ordered-blocks": orderedBlocksOffer,
  "big-stick": bigStickOffer,
  efron: efronOffer,
  chen: chenOffer,
  maximal: maximalOffer,
  ehrenfest: ehrenfestOffer,
  "block-urn": blockUrnOffer,
  "mass-weighted-urn": massWeightedUrnOffer,
  "brick-tunnel": brickTunnelOffer,
  "adjustable-biased-coin": adjustableBiasedCoinOffer,
  "generalized-biased-coin": generalizedBiasedCoinOffer,
  wei: weiOffer,
  "bayesian-biased-coin": bayesianBiasedCoinOffer,
  "truncated-binomial": truncatedBinomialOffer,
  hadamard: hadamardOffer,
  "drop-the-loser": dropTheLoserOffer,
  "doubly-adaptive": doublyAdaptiveOffer,
  "maximum-entropy": maximumEntropyOffer,
  "minimum-quadratic-distance": minimumQuadraticDistanceOffer,
};

// Written by `ALLOCELL_UPDATE=1 npx vitest run tests/architecture` from the files of the procedures. Their order here
// is kept, and may be changed by hand; a new one is put last.
export { adjustableBiasedCoin, type AdjustableBiasedCoinOptions } from "./adjustableBiasedCoin.js";
export { bayesianBiasedCoin, type BayesianBiasedCoinOptions } from "./bayesianBiasedCoin.js";
export { bigStick, type BigStickOptions } from "./bigStick.js";
export { blockUrn, type BlockUrnOptions } from "./blockUrn.js";
export { brickTunnel, type BrickTunnelOptions } from "./brickTunnel.js";
export { chen, type ChenOptions } from "./chen.js";
export { complete, type CompleteOptions } from "./complete.js";
export { doublyAdaptive, type DoublyAdaptiveOptions } from "./doublyAdaptive.js";
export { dropTheLoser, type DropTheLoserOptions } from "./dropTheLoser.js";
export { efron, type EfronOptions } from "./efron.js";
export { ehrenfest, type EhrenfestOptions } from "./ehrenfest.js";
export { generalizedBiasedCoin, type GeneralizedBiasedCoinOptions } from "./generalizedBiasedCoin.js";
export { hadamard, type HadamardOptions } from "./hadamard.js";
export { massWeightedUrn, type MassWeightedUrnOptions } from "./massWeightedUrn.js";
export { maximal, type MaximalOptions } from "./maximal.js";
export { maximumEntropy, type MaximumEntropyOptions } from "./maximumEntropy.js";
export { minimumQuadraticDistance, type MinimumQuadraticDistanceOptions } from "./minimumQuadraticDistance.js";
export { orderedBlocks, type OrderedBlocksOptions } from "./orderedBlocks.js";
export { permutedBlock, type PermutedBlockOptions } from "./permutedBlock.js";
export { randomAllocationRule, type RandomAllocationRuleOptions } from "./randomAllocationRule.js";
export { truncatedBinomial, type TruncatedBinomialOptions } from "./truncatedBinomial.js";
export { wei, type WeiOptions } from "./wei.js";

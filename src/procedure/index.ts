export { drawBall } from "./draw.js";
export {
  LONGEST_FILL,
  permutedBlock,
  reducedRatio,
  type PermutedBlockOptions,
  type PermutedBlockState,
} from "./permutedBlock.js";
export { generateSequence, type Sequence, type SequenceSources } from "./generateSequence.js";
export { requireUrn, type Balls, type Urn } from "./urn.js";
export { ALGORITHMS } from "./definitions.js";
export { PROCEDURE_KINDS } from "./kinds.js";
export type { LastBlockPolicy, PermutedBlockSpec, ProcedureKind, ProcedureSpec } from "./spec.js";
/** @internal Other rooms make their schemas of it. */
export { procedureSchema } from "./specSchema.js";
/** @internal Other rooms make their schemas of it. */
export { anExactFraction, aWholeNumber } from "./parameterSchema.js";
export {
  blockOrder,
  blockSizes,
  isBlockInRatio,
  isDrawnForLength,
  keepsRatio,
  largestBlock,
  parameterNames,
  ratioWarning,
  readyProcedure,
  requireSpec,
  type ReadyProcedure,
} from "./readyProcedure.js";
export { adjustableBiasedCoin, type AdjustableBiasedCoinOptions } from "./adjustableBiasedCoin.js";
export { atkinson, type AtkinsonOptions } from "./atkinson.js";
export { bayesianBiasedCoin, type BayesianBiasedCoinOptions } from "./bayesianBiasedCoin.js";
export { bigStick, type BigStickOptions } from "./bigStick.js";
export { blockUrn, type BlockUrnOptions } from "./blockUrn.js";
export { brickTunnel, type BrickTunnelOptions } from "./brickTunnel.js";
export { chen, type ChenOptions } from "./chen.js";
export { complete, type CompleteOptions } from "./complete.js";
export type { CovariateFactor, CovariateUrn, Profile } from "./covariates.js";
export { doublyAdaptive, type DoublyAdaptiveOptions } from "./doublyAdaptive.js";
export { dropTheLoser, type DropTheLoserOptions } from "./dropTheLoser.js";
export { efron, type EfronOptions } from "./efron.js";
export { ehrenfest, type EhrenfestOptions } from "./ehrenfest.js";
export { enumerateSequences, MOST_SEQUENCES, type PossibleSequence } from "./enumerateSequences.js";
export { generalizedBiasedCoin, type GeneralizedBiasedCoinOptions } from "./generalizedBiasedCoin.js";
export { hadamard, type HadamardOptions } from "./hadamard.js";
export { huHu, type HuHuFactor, type HuHuOptions } from "./huHu.js";
export { massWeightedUrn, type MassWeightedUrnOptions } from "./massWeightedUrn.js";
export { LONGEST_MAXIMAL, maximal, type MaximalOptions } from "./maximal.js";
export { maximumEntropy, type MaximumEntropyOptions } from "./maximumEntropy.js";
export { mergedArms, type MergedArmsOptions, type MergedArmsState } from "./mergedArms.js";
export {
  minimization,
  type MinimizationFactor,
  type MinimizationOptions,
  type MinimizationScores,
  type MinimizationState,
  type MinimizationUrn,
} from "./minimization.js";
export type { MinimizationLaw } from "./minimizationLaw.js";
export type { ImbalanceMeasure } from "./minimizationScore.js";
export { minimumQuadraticDistance, type MinimumQuadraticDistanceOptions } from "./minimumQuadraticDistance.js";
export { randomAllocationRule, type RandomAllocationRuleOptions } from "./randomAllocationRule.js";
export { orderedBlocks, type OrderedBlocksOptions, type OrderedBlocksState } from "./orderedBlocks.js";
export { parseParameter, type ParameterInput } from "./parameter.js";
export { ratioPreservation, type RatioPreservation } from "./ratioPreservation.js";
export { replay, type RecordedStep } from "./replay.js";
export { DOUBLES, ExactWalk, Walk, type Masses, type Numbers } from "./walk.js";
export { UrnStates } from "./urnStates.js";
export { sequenceProbability, sequenceProbabilityBounds } from "./sequenceProbability.js";
/** @internal Other rooms look at these designs. */
export { cutBlocks, usualDesigns } from "./usualDesigns.js";
export { truncatedBinomial, type TruncatedBinomialOptions } from "./truncatedBinomial.js";
export { wei, type WeiOptions } from "./wei.js";

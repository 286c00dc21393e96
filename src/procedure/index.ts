export { drawBall } from "./draw.js";
/** @internal Other rooms look at this design. */
export { cutBlocks } from "./permutedBlock.js";
export { LONGEST_FILL, reducedRatio, type PermutedBlockState, type PermutedBlockSpec } from "./permutedBlock.js";
export { generateSequence, type Sequence, type SequenceSources } from "./generateSequence.js";
export { requireUrn, type Balls, type Urn } from "./urn.js";
export { ALGORITHMS } from "./definitions.js";
export { PROCEDURE_KINDS } from "./kinds.js";
export type { LastBlockPolicy } from "./lastBlock.js";
export type { ProcedureKind, ProcedureSpec } from "./spec.js";
export type { SpecByKind } from "./table.js";
export * from "./functions.js";
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
export { atkinson, type AtkinsonOptions } from "./atkinson.js";
export type { CovariateFactor, CovariateUrn, Profile } from "./covariates.js";
export { enumerateSequences, MOST_SEQUENCES, type PossibleSequence } from "./enumerateSequences.js";
export { huHu, type HuHuFactor, type HuHuOptions } from "./huHu.js";
export { LONGEST_MAXIMAL } from "./maximal.js";
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
export type { OrderedBlocksState } from "./orderedBlocks.js";
export { parseParameter, type ParameterInput } from "./parameter.js";
export { ratioPreservation, type RatioPreservation } from "./ratioPreservation.js";
export { replay, type RecordedStep } from "./replay.js";
export { DOUBLES, ExactWalk, Walk, type Masses, type Numbers } from "./walk.js";
export { UrnStates } from "./urnStates.js";
export { sequenceProbability, sequenceProbabilityBounds } from "./sequenceProbability.js";
/** @internal Other rooms look at these designs. */
export { usualDesigns } from "./usualDesigns.js";
/** @internal Other rooms offer the procedures to people. */
export { OFFERS } from "./offers.js";
export type { DesignFamily, DesignNames, Offer, ParameterTexts } from "./offer.js";

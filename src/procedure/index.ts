export { drawBall } from "./draw.js";
export {
  LONGEST_FILL,
  permutedBlock,
  reducedRatio,
  type PermutedBlockOptions,
  type PermutedBlockState,
} from "./permutedBlock.js";
export { generateSequence, type Sequence, type SequenceSources } from "./generateSequence.js";
export type { Balls, Urn } from "./urn.js";
export {
  ALGORITHMS,
  procedureSchema,
  readyProcedure,
  type LastBlockPolicy,
  type PermutedBlockSpec,
  type ProcedureSpec,
  type ReadyProcedure,
} from "./spec.js";

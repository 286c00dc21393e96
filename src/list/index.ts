export { allocateNext, type DynamicAllocation, type PastAssignment } from "./allocateNext.js";
export { blindedRows, type BlindedList, type BlindedRow } from "./blindedList.js";
export {
  checkDynamicPlan,
  dynamicPlanHash,
  parseDynamicPlan,
  type DynamicFactor,
  type DynamicPlan,
} from "./dynamicPlan.js";
export { DYNAMIC_ALGORITHMS, type DynamicProcedure } from "./dynamicProcedure.js";
export { checkPlan, generateList, type ListRequest } from "./generateList.js";
export { toBlindedCsv, toBlindedJson, toMasterCsv, toMasterJson, type FileText } from "./listFile.js";
export {
  blindedAssumptionKeys,
  blindedManifest,
  parseUnblindedManifest,
  planHash,
  unblindedManifest,
  type BlindedManifest,
  type Generation,
  type HashedFile,
  type PlanFile,
  type ReadManifest,
  type UnblindedManifest,
} from "./manifest.js";
export { MasterList, type MasterRow, type StratumBalance } from "./masterList.js";
export {
  parsePlan,
  type ArmShare,
  type Factor,
  type NumberFormat,
  type Plan,
  type PlanInput,
  type StreamKind,
} from "./plan.js";
export { planJsonSchema } from "./planJsonSchema.js";
export { algorithmOf } from "./streams.js";
export { strataOf, stratumText, type Stratum } from "./strata.js";
export { compareListFile, type DifferenceKind, type ListDifference } from "./compareListFile.js";
export { deriveAgain } from "./deriveAgain.js";
export { checkRecordedAssumptions } from "./recordedFacts.js";
export * from "./conduct/index.js";

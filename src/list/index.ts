export { adoptedAgain, adoptedFromTable, adoptList, keyOfAdopted, type AdoptRequest } from "./adoptList.js";
export type { AdoptedField, AdoptedRow, ColumnTitles } from "./adoptedRow.js";
export { requireMadeFromSeed, type Adoption } from "./adoption.js";
export { allocateFrom, allocateNext, stateAfter, type DynamicAllocation, type PastAssignment } from "./allocateNext.js";
export { bindingOf, boundList, listBinding, requireBoundList, type BindingParts, type BoundList } from "./binding.js";
export { checkExtension, extendList, extensionObstacle } from "./checkExtension.js";
export { blindedListOfPlan, blindedRowCount, blindedRows, type BlindedList, type BlindedRow } from "./blindedList.js";
export {
  checkDynamicPlan,
  dynamicPlanHash,
  dynamicRatioWarning,
  dynamicRuleHash,
  parseDynamicPlan,
  type DynamicFactor,
  type DynamicPlan,
} from "./dynamicPlan.js";
export { DYNAMIC_ALGORITHMS, dynamicUrn, type DynamicProcedure } from "./dynamicProcedure.js";
/** @internal Other rooms make their schemas of it. */
export { dynamicProcedureSchema } from "./dynamicProcedure.js";
export { companionOfFileName } from "./fileNames.js";
/** @internal Other rooms name, write and look for the files of a list by it. */
export {
  isListFile,
  LIST_FILES,
  listFileNames,
  listOfFileName,
  rowFiles,
  type ListFileKey,
  type ListFileNames,
} from "./folderFiles.js";
export { checkPlan, generateList, markOf, type ListRequest } from "./generateList.js";
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
export { unblindedArmsOf } from "./unblindedArms.js";
export { MasterList, type MasterRow, type StratumBalance } from "./masterList.js";
export {
  isGivenNumber,
  parsePlan,
  trialInPlan,
  type ArmShare,
  type Factor,
  type Plan,
  type PlanInput,
  type StreamKind,
} from "./plan.js";
export { checkDigit, randomizationNumber, stratumCode, type NumberFormat } from "./numbers.js";
export type { OwnEntry } from "./ownEntries.js";
export { spreadsheetIssues } from "./spreadsheet.js";
export { planJsonSchema } from "./planJsonSchema.js";
export { algorithmOf } from "./streams.js";
export { strataByProcedure, strataOf, stratumText, type StrataOfProcedure, type Stratum } from "./strata.js";
export { compareListFile, type DifferenceKind, type ListDifference } from "./compareListFile.js";
export {
  requireBlindedList,
  requireDynamicPlan,
  requireListPlan,
  requireMasterList,
  requirePlan,
  requireSeed,
} from "./requireList.js";
export { deriveAgain } from "./deriveAgain.js";
export { checkRecordedAssumptions } from "./recordedFacts.js";
export { marked, type Blinded, type CommitteeOnly, type Unblinded, type ViewRole } from "./worlds.js";
/** @internal Other rooms make their schemas of it. */
export { listIdSchema, recordedNumbersSchema } from "./plan.js";

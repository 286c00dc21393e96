/**
 * The names that a program starts with: a dose, a list, its log. Everything else has an entry of its own, named after
 * its room: `allocell/procedure`, `allocell/custody`, `allocell/supply` and so on.
 */
export { AllocellError, keysOfPath, type ErrorCode, type Issue } from "./foundation/index.js";
export { parseDoseText, parseWeightKg, type Count, type DoseText } from "./quantity/index.js";
export type { IsoDate } from "./calendar/index.js";
export { parseLiveSeed, Seed } from "./random/index.js";
export {
  closeAssumptions,
  defineTrial,
  isOpen,
  openAssumptions,
  recordDecision,
  requireArm,
  type Arm,
  type Assumption,
  type AssumptionInputs,
  type ClosedAssumption,
  type DecisionRecord,
  type Part,
  type Trial,
} from "./trial/index.js";
export { sle, t1d, t2d, trialById, TRIALS, uc } from "./trials/index.js";
export type { ProcedureKind, ProcedureSpec } from "./procedure/index.js";
export {
  parsePreparationOrder,
  prepare,
  prescribe,
  toPrescriptionText,
  type Order,
  type Preparation,
  type PreparationInput,
  type PreparationOrder,
  type Prescription,
  type Step,
} from "./dose/index.js";
export {
  blindedManifest,
  checkPlan,
  compareListFile,
  generateList,
  type MasterList,
  parsePlan,
  toBlindedCsv,
  toBlindedJson,
  toMasterCsv,
  toMasterJson,
  unblindedManifest,
  type BlindedList,
  type BlindedManifest,
  type BlindedRow,
  type ListDifference,
  type ListRequest,
  type MasterRow,
  type Plan,
  type PlanInput,
  type Stratum,
  type UnblindedManifest,
} from "./list/index.js";
export {
  assignNext,
  openListLog,
  readLog,
  toLogLine,
  type ConductEvent,
  type ConductState,
  type NextPosition,
  type ReadLog,
} from "./allocation/index.js";
export { unblind, type CodeBreak, type CodeBreakRequest } from "./blinding/index.js";
export { auditList, auditPlan, type AuditReport, type Finding } from "./audit/index.js";
export { VERSION } from "./version.js";

export { advance, applyEvent } from "./applyEvent.js";
export { blindedConduct, type BlindedConduct, type BlindedParticipant } from "./blindedConduct.js";
export { blindedListOf } from "./blindedShape.js";
export { checkEvent } from "./checkEvent.js";
export {
  assignNext,
  chainEvent,
  extendListLog,
  forceNext,
  nextPosition,
  openListLog,
  replaceNext,
  skipNext,
  type NextPosition,
} from "./commands.js";
export {
  answerOf,
  EMPTY_CONDUCT,
  findParticipant,
  participantOf,
  participantsOf,
  spelledAsIn,
  standingAssignment,
  type CapState,
  type ConductState,
  type DispensedRecord,
  type ParticipantRecord,
} from "./conductState.js";
export {
  allocateInLog,
  dynamicAllocator,
  dynamicPast,
  extendDynamicLog,
  openDynamicLog,
  replaceInLog,
  verifyDynamic,
  type DynamicAllocator,
  type DynamicDifference,
  type DynamicLog,
  type DynamicPast,
} from "./dynamicLog.js";
export {
  eventHash,
  needsSalt,
  NO_EVENT,
  type Assigned as AssignedBody,
  type ParticipantCap,
  type CapSet as CapSetBody,
  type ConductBody,
  type ConductEvent,
  type Dispensed as DispensedBody,
  type EventHead,
  type GateOpened as GateOpenedBody,
  type OpenedPart as OpenedPartBody,
  type ExtendedDynamic as ExtendedDynamicBody,
  type ExtendedList as ExtendedListBody,
  type Forced as ForcedBody,
  type OpenedDynamic as OpenedDynamicBody,
  type OpenedList as OpenedListBody,
  type Remark as RemarkBody,
  type Replaced as ReplacedBody,
  type Skipped as SkippedBody,
  type StratumLevels,
  type StratumShape,
  type WrongStratum as WrongStratumBody,
  type WrongTreatment as WrongTreatmentBody,
} from "./event.js";
export { lastTimeIssues, timeIssues } from "./eventTimes.js";
export {
  checkHead,
  endIssues,
  lacksLineEnd,
  readLog,
  readOn,
  toLogLine,
  type LogEnd,
  type ReadLog,
} from "./readLog.js";
export { readConductSnapshot, toConductSnapshot, type ConductSnapshot, type PastOfPlan } from "./conductSnapshot.js";
export { openPartLog, requireOpenPart } from "./openPart.js";

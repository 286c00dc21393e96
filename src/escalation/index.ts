export type {
  Action as EscalationAction,
  BoinSpec,
  ConductRules,
  Counts as LevelCounts,
  DoseLevel,
  EdgeRules,
  Elimination,
  Equivalence,
  EscalationDesign,
  I3Plus3Spec,
  MTpi2Spec,
  OwnCell,
  OwnTableSpec,
  Reason as EscalationReason,
  RuleKind as EscalationRuleKind,
  RuleSpec as EscalationRuleSpec,
  ShareText,
  TargetRules,
  ThreePlusThreeSpec,
} from "./model.js";
export { checkEscalationDesign, parseEscalationDesign } from "./checkDesign.js";
export { ownTableWarnings } from "./checkOwnTable.js";
export { decisionTable, type DecisionRow, type DecisionTable } from "./decisionTable.js";
export { parseHistory, type CohortSeen } from "./history.js";
export { isotonicEstimates, type LevelEstimate } from "./isotonic.js";
export { nextStep, type LevelSeen, type NextStep, type PossibleStep } from "./nextStep.js";
export { readShare } from "./share.js";
export {
  characteristics,
  characteristicsGrid,
  type Characteristics,
  type CharacteristicsOptions,
} from "./characteristics.js";
export { enumerateDesign } from "./enumerate.js";
export type { Measure as EscalationMeasure } from "./measure.js";
export {
  completePathways,
  transitionPathways,
  type Branch,
  type CohortNode,
  type Pathway,
  type PathwayOptions,
  type PathwayTree,
} from "./pathways.js";
export { REASONS as ESCALATION_REASONS } from "./reasons.js";
export { RULES as ESCALATION_RULES, type RuleEntry } from "./rules/rules.js";
export { simulateCharacteristics } from "./simulateDesign.js";
export type { Ending, OutcomeWalk } from "./walk.js";
export { parseChoiceRule, type ChoiceRule, type ToxicityGate } from "./choice/choiceRule.js";
export { chooseArm, type ArmResult, type ArmVerdict, type ChoiceProposal } from "./choice/chooseArm.js";
export { choiceCharacteristics, type ArmTruth, type ChoiceCharacteristics } from "./choice/choiceCharacteristics.js";
export { earliestDosing, partIssues } from "./conduct/checkPart.js";
export { earliestCalendar, nextDosing, windowEnd, type EarliestCalendar } from "./conduct/conductRules.js";
export {
  type CohortDecided,
  type CohortOpened,
  type ConductedDesign,
  type DltAssessed,
  type LateDlt,
  type Override as CohortOverride,
  type PartBody,
  type PartClosed,
  type ParticipantEntered,
  type RuleProposal,
} from "./conduct/partEvent.js";
export {
  advancePart,
  emptyPart,
  nextCohortOf,
  proposalAt,
  type OpenPartState,
  type PartParticipant,
} from "./conduct/partState.js";
export {
  partStatus,
  type ActReason,
  type NextAct,
  type PartDecision,
  type PartOverride,
  type PartStatus,
} from "./conduct/partStatus.js";
/** @internal Other rooms make their schemas of it. */
export { escalationDesignSchema } from "./schema.js";

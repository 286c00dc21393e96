export type {
  Action as EscalationAction,
  BoinSpec,
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
export { isotonicEstimates, nearestLevel, type LevelEstimate } from "./isotonic.js";
export { nextStep, type LevelSeen, type NextStep, type PossibleStep } from "./nextStep.js";
export { tailAbove } from "./posterior.js";
export { readShare } from "./share.js";

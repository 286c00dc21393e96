export { compile, MOST_STATES, type Chain, type CompileOptions } from "./chain.js";
export { exactMeasures, type ExactOptions } from "./exactMeasures.js";
export { exactFractions, MOST_FRACTION_ROWS, withFractions, type Fractions } from "./fractions.js";
export { simulate, type SimulationOptions } from "./simulate.js";
export { SUMMED, type SummedMeasure } from "./batchMeans.js";
export { Xoshiro128 } from "./xoshiro.js";
export * from "./model.js";
export { assess, type AssessOptions } from "./assess.js";
export { compareDesigns, markUndominated, type ComparedDesign, type DesignSetting } from "./compareDesigns.js";
export { suggest } from "./suggest.js";
export {
  CRITERIA_WEIGHTS,
  type Criteria,
  type ListSuggestion,
  type Suggestion,
  type SuggestionFacts,
  type SuggestionReason,
  type SuggestProgress,
  type SuggestRequest,
  type TrialSuggestion,
} from "./suggestion.js";
export { guesserOf, type Guesser } from "./guesser.js";
export { FORCED_SHARE_LIMIT } from "./warnings.js";
export { sequenceRejection, testMeasure, type TestOptions } from "./testMeasures.js";
export { drawnMeasures, nextAllocation, type DrawnMeasures, type ListDesign, type Standing } from "./drawn.js";
export { predictability, type Predictability } from "./predictability.js";
export { siteGuess } from "./siteGuess.js";
export { fillMeasures, type FilledStratum } from "./fill.js";
export { bandsOf, deviationOf, meanOf } from "./distribution.js";
export { centreOf, type Accrual, type CentreAccrual } from "./accrual.js";
export type { TrialDesign, TrialFrame } from "./trialDesign.js";
export type { TrialOverTime } from "./trialOverTime.js";
export {
  simulateTrial,
  type ResponseOptions,
  type TrialImbalance,
  type TrialMeasures,
  type TrialSimulation,
} from "./simulateTrial.js";
export {
  assessDynamic,
  type AssessedDesign,
  type DynamicAssessment,
  type DynamicAssessOptions,
} from "./assessDynamic.js";

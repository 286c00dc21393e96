export type * from "./model.js";
export { documentTextsOf } from "./documentTexts.js";
export { defineTrial } from "./defineTrial.js";
export { GENERIC_PART, isGenericTrial, type GenericTrial } from "./genericTrial.js";
/** @internal Other rooms make their schemas of it. */
export { trialSchema } from "./schema.js";
/** @internal Other rooms make their schemas of it. */
export { genericTrialSchema } from "./genericTrial.js";
/** @internal A plan that states its trial is read by it. */
export { readGenericTrial } from "./genericTrial.js";
/** @internal Other rooms make their schemas of it. */
export { assumptionInputsSchema } from "./assumptions.js";
export { trialJsonSchema } from "./jsonSchema.js";
export { fieldPathsOf, sourceOf } from "./provenance.js";
export {
  closeAssumptions,
  openAssumptions,
  type AssumptionInput,
  type AssumptionInputs,
  type ClosedAssumption,
  type ClosingContext,
} from "./assumptions.js";
/** @internal Closes the answers of a plan that was read. */
export { closeReadAssumptions } from "./assumptions.js";
export { expectedAnswer, readAnswer, type Answer } from "./answer.js";
export { isOpen, recordDecision, requireOpenArm } from "./decision.js";
export { requireArm, requirePart } from "./lookUp.js";
export { requireTrial } from "./requireTrial.js";
export { parseAdministrations, toAdministrationsText } from "./administrationsText.js";
export { isPartialDate } from "./partialDate.js";
export {
  checkEligibility,
  type CriterionResult,
  type EligibilityCheck,
  type ParticipantFacts,
  type SexCriterion,
} from "./eligibility.js";

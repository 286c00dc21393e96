export type { FormulaWords } from "./formula/step.js";
export { stepInWords } from "./formula/stepInWords.js";
export type { Step, StepInput } from "./formula/model.js";
export type { FormulaId } from "./formula/formulas.js";
export type { PrescriptionFormulaId } from "./formula/prescriptionFormulas.js";
export type { RoundingPart, RoundingTexts } from "./formula/rounding.js";
export type { StepSource, SourcePart, SourceTexts, SourceWord } from "./formula/sources.js";
export { prescribe, prescriber } from "./prescribe.js";
export type { DecidedDose } from "./decidedDose.js";
export { toPrescriptionText } from "./prescriptionText.js";
export type {
  ArmOrder,
  Cap,
  DosingWeight,
  Order,
  ParticipantOrder,
  PrescribedAdministration,
  PrescribedRule,
  Prescription,
  ShownCount,
  ShownRate,
  UnstatedPlacebo,
} from "./model.js";
export { latestStart } from "./preparation/stability.js";
export { prepare, prepareRead, prepareWithoutSteps } from "./preparation/prepare.js";
export { parsePreparationOrder } from "./preparation/orderSchema.js";
export { preparationOrderJsonSchema } from "./preparation/orderJsonSchema.js";
export { resolveTrialDose, type TrialDoseInput } from "./preparation/trialDose.js";
export { requireReady, requireSubjectAndKit } from "./preparation/warnings.js";
export { computeBandVolume, type BandVolume } from "./preparation/weightBandVolume.js";
export type {
  Amount,
  Bound,
  Bounds,
  ClockOrder,
  ComponentInput,
  ComponentOrder,
  DayTotalsOrder,
  DoseLimits,
  DoseOrder,
  DrawOrder,
  GoverningRule,
  Identification,
  ClockInput,
  LotInput,
  LotOrder,
  Override,
  Participant,
  PreparationInput,
  PreparationOrder,
  PerM2Dose,
  PreparedRule,
  ProductDoseOrder,
  ProductOrder,
  ProtocolDoseOrder,
  TogetherOrder,
  ReweighRule,
  TrialDose,
  TrialDoseOrder,
  WeightBand,
  WeightDescriptor,
  WeightOrder,
  WholeContainers,
} from "./preparation/model.js";
export type { InfusionPlan } from "./preparation/infusion.js";
export type { InfusionOrder } from "./preparation/infusionOrder.js";
export type {
  ContainerDraw,
  ContainerUse,
  DayTotals,
  Delivered,
  Preparation,
  PreparationWarning,
  RuleComparison,
  StabilityPlan,
  Target,
  UsedSurface,
  UsedWeight,
} from "./preparation/result.js";
export { agesOfOrder } from "./plausibility/order.js";
export { PLAUSIBLE, type PlausibleRow } from "./plausibility/sources.js";
export { recordAdministration } from "./administration/recordAdministration.js";
export { cumulativeExposure } from "./administration/cumulativeExposure.js";
export {
  planRepeatAdministrations,
  type RepeatAdministration,
  type RepeatPlan,
} from "./administration/repeatAdministrations.js";
export type {
  AdministeredDose,
  AdministrationRecord,
  CumulativeExposure,
  DeviationClass,
} from "./administration/model.js";
export { productById, PRODUCTS } from "./products/productById.js";
export { computeProductVolume } from "./products/productVolume.js";
export type { VolumeRule } from "./products/volumeRule.js";
export { productQuestions } from "./products/questions.js";
export { productSources, type ProductSource } from "./products/sources.js";
export { regimenDose, type RegimenDose } from "./products/regimenDose.js";
export type {
  Cited,
  Indication,
  LabelQuantity,
  LabelValue,
  Product,
  ProductFact,
  ProductTopic,
  LabelDose,
  Regimen,
} from "./products/model.js";
export { compareChecks, requireChecksAgree } from "./secondCheck/compareChecks.js";
export type { CheckComparison, CheckDifference, CheckFault, PreparationCheck } from "./secondCheck/model.js";
export { findWeightBorders } from "./borders/findWeightBorders.js";
export { BORDER_KINDS, type BorderKind, type BorderPart, type BorderRow, type WeightBorders } from "./borders/model.js";
export { findSharedVolume } from "./sharedVolume/findSharedVolume.js";
export type {
  ObstacleKind,
  SharedArm,
  SharedArmRange,
  SharedConcentration,
  SharedVolume,
  SharedVolumeObstacle,
  SharedVolumeOption,
  SharedVolumeQuery,
} from "./sharedVolume/model.js";

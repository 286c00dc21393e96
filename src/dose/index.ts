export { prescribe } from "./prescribe.js";
export { toPrescriptionText } from "./prescriptionText.js";
export type {
  Cap,
  DosingWeight,
  Order,
  PrescribedAdministration,
  PrescribedRule,
  Prescription,
  ShownCount,
  ShownRate,
  Step,
  StepInput,
  UnstatedPlacebo,
} from "./model.js";

export { prescribe } from "./prescribe.js";
export { toPrescriptionText } from "./prescriptionText.js";
export type {
  Cap,
  DosingWeight,
  Order,
  PrescribedAdministration,
  Prescription,
  ShownCount,
  Step,
  StepInput,
} from "./model.js";

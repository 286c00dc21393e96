export type { BoundNumbers, IssuedNumbers, IssuedRow, Levels } from "./views/issued.js";
export { maskingOf, type PartMasking, type UnblindedRole } from "./views/masking.js";
export { unblindedStatisticianView, type StatisticianView } from "./views/statisticianView.js";
export { pharmacyView, type PharmacyArm, type PharmacyView } from "./views/pharmacyView.js";
export { siteView, type SiteView } from "./views/siteView.js";
export { assessorView, participantView, type MaskedPersonView } from "./views/participantView.js";
export { unblindedIssuedView, type IssuedTreatment, type IssuedView } from "./views/issuedView.js";
export { checkCommitteeLetters, dmcView, unblindedLetters, type CommitteeView } from "./views/committeeView.js";
export { sponsorView } from "./views/sponsorView.js";
export { viewFor, type ListView, type ViewRequest } from "./views/viewFor.js";
export { toBlindedViewJson, toCommitteeViewJson, toUnblindedViewJson, viewFileName } from "./views/viewFile.js";
export {
  codeBreakBody,
  codeBreakOf,
  unblind,
  type BoundRows,
  type CodeBreak,
  type CodeBreakReason,
  type CodeBreakRequest,
  type TreatmentRow,
  type TreatmentSource,
} from "./codeBreak/codeBreak.js";

export type { Blinded, CommitteeOnly, Unblinded, ViewRole } from "./views/worlds.js";
export type { IssuedNumbers, IssuedRow, Levels } from "./views/issued.js";
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
export { checkKitCode, KIT_ALPHABET, kitCheckCharacter } from "./kits/kitCode.js";
export { parseKitPlan, type KitCount, type KitPlan } from "./kits/kitPlan.js";
export { KitList, type BlindedKitList, type Kit, type UnblindedKits } from "./kits/kitList.js";
export { generateKits, KIT_ALGORITHM } from "./kits/generateKits.js";
export { checkKitLists } from "./kits/checkKitLists.js";
export { assignKit, type DispensedKit, type KitRequest } from "./kits/assignKit.js";
export { kitFileName, toBlindedKitCsv, toUnblindedKitCsv } from "./kits/kitFile.js";
export type { SiteAllocation } from "./supply/demand.js";
export { stockOutProbability, type ExpectedParticipants, type StockOut } from "./supply/stockOut.js";
export { siteSupply, type SiteSupply, type SupplyRequest } from "./supply/siteSupply.js";
export { resupplyPlan, shipmentsDue, type ResupplyPlan, type ResupplyRequest } from "./supply/resupply.js";
export * from "./custody/index.js";
export { auditList, auditPlan, type AuditListOptions, type AuditReport } from "./audit/audit.js";
export { parseAuditFacts } from "./audit/factsSchema.js";
export { AUDIT_RULES, type Finding, type Verdict } from "./audit/finding.js";
export {
  DEFAULT_THRESHOLDS,
  type AuditedFile,
  type AuditedKit,
  type AuditFacts,
  type AuditThresholds,
  type PreparationSummary,
  type Sentinel,
} from "./audit/subject.js";
export { hiddenPredictability, predictability, type Predictability } from "./audit/predictability.js";
export { armDaysOf, daysOfPrescription, type ArmDays } from "./audit/armDays.js";
export {
  blindSafeCalendar,
  type ArmAdministrations,
  type ArmCalendar,
  type BlindSafeAdministration,
  type BlindSafeCalendar,
} from "./audit/blindSafeCalendar.js";

export { auditList, auditPlan, type AuditListOptions } from "./audit.js";
export { auditDynamic, type AuditDynamicOptions } from "./auditDynamic.js";
export type { AuditReport } from "./reportOf.js";
export { parseAuditFacts } from "./factsSchema.js";
export type { AuditTextKey } from "./auditTexts.js";
export {
  AUDIT_RULES,
  writtenFinding,
  type Finding,
  type SaidFinding,
  type Verdict,
  type WrittenFinding,
} from "./finding.js";
export {
  text as auditText,
  writeAuditText,
  type AuditLanguage,
  type AuditListing,
  type AuditText,
  type AuditValue,
} from "./saidText.js";
export {
  DEFAULT_THRESHOLDS,
  type AuditedFile,
  type AuditedKit,
  type AuditFacts,
  type AuditThresholds,
  type PreparationSummary,
  type Sentinel,
} from "./subject.js";
export { armDaysOf, daysOfPrescription, type ArmDays } from "./armDays.js";
export {
  blindSafeCalendar,
  type ArmAdministrations,
  type ArmCalendar,
  type BlindSafeAdministration,
  type BlindSafeCalendar,
} from "./blindSafeCalendar.js";

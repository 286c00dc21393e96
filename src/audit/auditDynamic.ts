import { AllocellError, requireFields } from "../foundation/index.js";
import { checkDynamicPlan, requireDynamicPlan, type DynamicPlan } from "../list/index.js";
import type { Seed } from "../random/index.js";
import { requireTrial, type Trial } from "../trial/index.js";
import { parseAuditFacts } from "./factsSchema.js";
import { logOf } from "./logOf.js";
import { reportOf, type AuditReport } from "./reportOf.js";
import { findingsOfDynamic } from "./rules.js";
import type { AuditFacts } from "./subject.js";

/** What {@link auditDynamic} may read beside the plan: the seed, and facts that no file of the allocation states. */
export interface AuditDynamicOptions {
  /** With the log: makes every allocation again. */
  readonly seed?: Seed;
  readonly facts?: AuditFacts;
}

/**
 * Audits a dynamic allocation: its plan, and its log if the facts hold one. All rules are told; those about lists,
 * their blocks and files are not applicable, and rules 9, 10 and 13 are decided by making allocations and by simulation.
 *
 * @param trial - with the decisions recorded that open the plan's arms
 * @throws AllocellError as {@link checkDynamicPlan} does; `conduct.plan_differs`, `conduct.rule_changed`,
 *   `conduct.seed_differs` for the log of another plan or seed
 */
export function auditDynamic(plan: DynamicPlan, trial: Trial, options: AuditDynamicOptions = {}): AuditReport {
  requireDynamicPlan(plan);
  requireTrial(trial);
  requireFields(options, "the options of an audit", {});
  const { seed, facts = {} } = options;
  const read = parseAuditFacts(facts);
  checkDynamicPlan(plan, trial);
  const log = logOf(read);
  const opening = log === undefined || AllocellError.is(log) ? undefined : log.state.opening;
  const status = opening?.status ?? seed?.kind ?? "TEST";
  const findings = findingsOfDynamic({
    plan,
    trial,
    facts: read,
    from: log === undefined ? "dry-run" : "files",
    ...(seed === undefined ? {} : { seed }),
    ...(log === undefined ? {} : { log }),
  });
  return reportOf({ plan, status, from: log === undefined ? "plan" : "files" }, findings);
}

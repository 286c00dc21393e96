import { deepFreeze } from "../foundation/index.js";
import type { Finding, Verdict } from "./finding.js";

/** What an audit found. UNBLINDED: its evidence names arms, block sizes and shares. */
export interface AuditReport {
  readonly format: "allocell-audit-1";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  readonly status: "LIVE" | "TEST";
  /** `dry-run`: the plan was audited on a TEST list drawn for the purpose; `plan`: a dynamic allocation, of which nothing was drawn. */
  readonly from: "dry-run" | "plan" | "files";
  /** The gravest verdict: `fail`, else `warn`, else `needs-person`, else `pass`. */
  readonly verdict: Verdict;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** At least one finding a rule, by number; none is skipped. */
  readonly findings: readonly Finding[];
}

/** What was audited. */
export interface Audited {
  readonly plan: { readonly trial: string; readonly part: string; readonly list: string };
  readonly status: "LIVE" | "TEST";
  readonly from: AuditReport["from"];
}

/** The report of an audit from what its rules found, by number. */
export function reportOf(subject: Audited, findings: readonly Finding[]): AuditReport {
  const counts: Record<Verdict, number> = { pass: 0, warn: 0, fail: 0, "not-applicable": 0, "needs-person": 0 };
  for (const { verdict } of findings) counts[verdict] += 1;
  const order: readonly Verdict[] = ["fail", "warn", "needs-person", "pass"];
  const { plan, status, from } = subject;
  return deepFreeze({
    format: "allocell-audit-1",
    trial: plan.trial,
    part: plan.part,
    list: plan.list,
    status,
    from,
    verdict: order.find((verdict) => counts[verdict] > 0) ?? "not-applicable",
    counts,
    findings,
  });
}

import { predictability } from "../assessment/index.js";
import { strataOf } from "../list/index.js";
import { readyProcedure } from "../procedure/index.js";
import { finding, share, type Finding } from "./finding.js";
import { declaredSizes } from "./rulesStructure.js";
import type { AuditSubject } from "./subject.js";

/** Rows over which the shares are taken, from the first. */
const MOST_ROWS = 500;

/** Rule 13: forced and best-guess share, the choice of sizes, and how many blocks stay open. */
export function rulePredictability(subject: AuditSubject): readonly Finding[] {
  const { plan, part, thresholds } = subject;
  const ratio = plan.arms.map((arm) => arm.ratio);
  const strata = strataOf(plan);
  const length = strata.reduce((most, stratum) => Math.max(most, stratum.length), 0);
  const { urn } = readyProcedure(plan.procedure, ratio, length);
  const sizes = declaredSizes(subject);
  const rows = Math.min(length, MOST_ROWS);
  const seen = predictability(urn, { ratio, rows, knowledge: "seen" });
  const findings: Finding[] = [];
  if (seen === undefined) {
    findings.push(
      finding(
        13,
        "needs-person",
        `The shares of "${plan.procedure.kind}" are not enumerated: assess it by simulation.`,
      ),
    );
  } else {
    const { forced, bestGuess } = seen;
    const hidden =
      sizes === undefined || sizes.length < 2
        ? undefined
        : predictability(urn, { ratio, rows, knowledge: "set-known" });
    const known = sizes === undefined ? "past allocations known" : "past allocations and block sizes known";
    const beside =
      hidden === undefined
        ? ""
        : `; while the sizes stay hidden ${share(hidden.forced)} and ${share(hidden.bestGuess)}`;
    const text = `Forced (certain) share ${share(forced)}, best-guess share ${share(bestGuess)} over the first ${rows} rows, ${known}${beside}.`;
    const isHigh = forced > thresholds.forcedShare;
    findings.push(
      finding(13, isHigh ? "warn" : "pass", `${text} Limit of the forced share ${thresholds.forcedShare}.`),
    );
  }
  if (sizes === undefined) return findings;
  const smallest = Math.min(...sizes);
  const largest = Math.max(...sizes);
  const divisor = ratio.reduce((a, b) => (b === 0 ? a : gcd(a, b)));
  const set = ratio.reduce((sum, w) => sum + w, 0) / divisor;
  if (sizes.length === 1)
    findings.push(
      finding(13, "warn", `All blocks have one size, ${smallest}: whoever learns it knows every block's end.`),
    );
  if (smallest === set)
    findings.push(
      finding(13, "warn", `The smallest block, ${smallest}, is one ratio set: its last allocation is always certain.`),
    );
  const participants = part?.size ?? strata.reduce((sum, { length }) => sum + length, 0);
  const open = strata.length * largest;
  const text = `${strata.length} strata × largest block ${largest} = ${open}, for ${participants} participants (limit ${thresholds.openBlocksShare} of them).`;
  if (open > thresholds.openBlocksShare * participants) {
    findings.push(finding(13, "warn", `${text} So many open blocks leave the balance to chance.`));
  }
  const warnings = findings.filter(({ verdict }) => verdict !== "pass");
  // With a warning beside it, the passing line stays: it holds the shares.
  return warnings.length > 0 ? findings : findings.map((each) => ({ ...each, evidence: `${each.evidence} ${text}` }));
}

function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

import { predictability } from "../assessment/index.js";
import { strataByProcedure, stratumText, type StrataOfProcedure } from "../list/index.js";
import { readyProcedure } from "../procedure/index.js";
import { finding, share, type Finding } from "./finding.js";
import { declaredSizes } from "./rulesStructure.js";
import type { AuditSubject } from "./subject.js";

/** Rows over which the shares are taken, from the first. */
const MOST_ROWS = 500;

/** Rule 13: forced and best-guess share, the choice of sizes, and how many blocks stay open. */
export function rulePredictability(subject: AuditSubject): readonly Finding[] {
  const { plan, part, thresholds } = subject;
  const groups = strataByProcedure(plan);
  const findings = groups.flatMap((group) => sharesAndSizes(subject, group, groups.length > 1));
  const sizes = groups.map(({ procedure }) => declaredSizes(procedure));
  if (sizes.some((own) => own === undefined)) return findings;
  const participants =
    part?.size ?? groups.flatMap(({ strata }) => strata).reduce((sum, { length }) => sum + length, 0);
  const largest = sizes.map((own) => Math.max(...(own ?? [])));
  const open = groups.reduce((sum, { strata }, i) => sum + strata.length * (largest[i] ?? 0), 0);
  const each = groups.map(({ strata }, i) => `${strata.length} strata × largest block ${largest[i] ?? 0}`).join(" + ");
  const text = `${each} = ${open}, for ${participants} participants (limit ${thresholds.openBlocksShare} of them).`;
  if (open > thresholds.openBlocksShare * participants) {
    findings.push(finding(13, "warn", `${text} So many open blocks leave the balance to chance.`));
  }
  const warnings = findings.filter(({ verdict }) => verdict !== "pass");
  // With a warning beside it, the passing line stays: it holds the shares.
  return warnings.length > 0 ? findings : findings.map((one) => ({ ...one, evidence: `${one.evidence} ${text}` }));
}

/** What is told of strata with one procedure, and of their names where other strata have another. */
function sharesAndSizes(
  { plan, thresholds }: AuditSubject,
  { procedure, strata }: StrataOfProcedure,
  isNamed: boolean,
): Finding[] {
  const ratio = plan.arms.map((arm) => arm.ratio);
  const length = strata.reduce((most, stratum) => Math.max(most, stratum.length), 0);
  const { urn } = readyProcedure(procedure, ratio, length);
  const sizes = declaredSizes(procedure);
  const rows = Math.min(length, MOST_ROWS);
  const seen = predictability(urn, { ratio, rows, knowledge: "seen" });
  const where = isNamed ? strata.map(({ levels }) => stratumText(levels)).join("; ") : undefined;
  const say = (verdict: Finding["verdict"], text: string): Finding =>
    where === undefined ? finding(13, verdict, text) : finding(13, verdict, text, where);
  const findings: Finding[] = [];
  if (seen === undefined) {
    findings.push(
      say("needs-person", `The shares of "${procedure.kind}" are not enumerated: assess it by simulation.`),
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
    findings.push(say(isHigh ? "warn" : "pass", `${text} Limit of the forced share ${thresholds.forcedShare}.`));
  }
  if (sizes === undefined) return findings;
  const smallest = Math.min(...sizes);
  const divisor = ratio.reduce((a, b) => (b === 0 ? a : gcd(a, b)));
  const set = ratio.reduce((sum, w) => sum + w, 0) / divisor;
  if (sizes.length === 1)
    findings.push(say("warn", `All blocks have one size, ${smallest}: whoever learns it knows every block's end.`));
  if (smallest === set)
    findings.push(
      say("warn", `The smallest block, ${smallest}, is one ratio set: its last allocation is always certain.`),
    );
  return findings;
}

function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

import { gcd } from "../foundation/index.js";
import { predictability } from "../assessment/index.js";
import { strataByProcedure, stratumText, type StrataOfProcedure } from "../list/index.js";
import { readyProcedure } from "../procedure/index.js";
import { finding, share, withMore, type Finding } from "./finding.js";
import { declaredSizes } from "./rulesStructure.js";
import type { Rules } from "./rule.js";
import { predictable } from "./rulesDynamic.js";
import { listing, text, type AuditText } from "./saidText.js";
import type { AuditSubject } from "./subject.js";

/** Rows over which the shares are taken, from the first. */
const MOST_ROWS = 500;

/** Rule 13: forced and best-guess share, the choice of sizes, and how many blocks stay open. */
function rulePredictability(subject: AuditSubject): readonly Finding[] {
  const { plan, part, thresholds } = subject;
  const groups = strataByProcedure(plan);
  const findings = groups.flatMap((group) => sharesAndSizes(subject, group, groups.length > 1));
  const sizes = groups.map(({ procedure }) => declaredSizes(procedure));
  if (sizes.some((own) => own === undefined)) return findings;
  const participants =
    part?.size ?? groups.flatMap(({ strata }) => strata).reduce((sum, { length }) => sum + length, 0);
  const largest = sizes.map((own) => Math.max(...(own ?? [])));
  const open = groups.reduce((sum, { strata }, i) => sum + strata.length * (largest[i] ?? 0), 0);
  const each = groups.map(({ strata }, i) => text("open.each", { strata: strata.length, size: largest[i] ?? 0 }));
  const limit = thresholds.openBlocksShare;
  const blocks = text("open.blocks", { each: listing(each, " + "), open, participants, limit });
  if (open > thresholds.openBlocksShare * participants) {
    findings.push(finding(13, "warn", [blocks, text("open.tooMany")]));
  }
  const warnings = findings.filter(({ verdict }) => verdict !== "pass");
  // With a warning beside it, the passing line stays: it holds the shares.
  return warnings.length > 0 ? findings : findings.map((one) => withMore(one, blocks));
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
  const say = (verdict: Finding["verdict"], ...said: readonly AuditText[]): Finding =>
    finding(13, verdict, said, where);
  const findings: Finding[] = [];
  if (seen === undefined) {
    findings.push(say("needs-person", text("shares.unknown", { kind: procedure.kind })));
  } else {
    const { forced, bestGuess } = seen;
    const hidden =
      sizes === undefined || sizes.length < 2
        ? undefined
        : predictability(urn, { ratio, rows, knowledge: "set-known" });
    const known = text(sizes === undefined ? "known.past" : "known.sizes");
    const values = { forced: share(forced), guess: share(bestGuess), rows, known };
    const shares =
      hidden === undefined
        ? text("shares.seen", values)
        : text("shares.hidden", {
            ...values,
            hiddenForced: share(hidden.forced),
            hiddenGuess: share(hidden.bestGuess),
          });
    const isHigh = forced > thresholds.forcedShare;
    findings.push(say(isHigh ? "warn" : "pass", shares, text("shares.limit", { limit: thresholds.forcedShare })));
  }
  if (sizes === undefined) return findings;
  const smallest = Math.min(...sizes);
  const divisor = ratio.reduce((a, b) => (b === 0 ? a : gcd(a, b)));
  const set = ratio.reduce((sum, w) => sum + w, 0) / divisor;
  if (sizes.length === 1) findings.push(say("warn", text("sizes.one", { size: smallest })));
  if (smallest === set) findings.push(say("warn", text("sizes.smallest", { size: smallest })));
  return findings;
}

export const RULE_OF_PREDICTABILITY: Rules<13> = {
  /**
   * exact forced share and best-guess share; one block size only; smallest block one ratio set; strata × largest
   * block
   *
   * - by: program
   * - threshold: `forcedShare` 0.25, `openBlocksShare` 0.5 of the participants: warn
   * - to do: larger blocks, several sizes, fewer strata
   */
  13: { ofList: rulePredictability, ofDynamic: predictable },
};

import { readyProcedure } from "../procedure/index.js";
import { strataOf, stratumText, type MasterRow } from "../list/index.js";
import { agreementDistribution } from "./agreement.js";
import { chance, finding, type Finding } from "./finding.js";
import { byStratum } from "./rulesStructure.js";
import type { Rules } from "./rule.js";
import { text, type AuditText } from "./saidText.js";
import type { AuditSubject } from "./subject.js";

/** Rows of a stratum that are compared: enough to decide, and few enough to enumerate. */
const MOST_ROWS = 120;

/** Rule 8: the marks of a list, and its distance from the list of the other kind. */
function ruleTestAgainstLive(subject: AuditSubject): readonly Finding[] {
  const marks = markFindings(subject);
  const { other, rows, status } = subject;
  const limits = isGiven(subject) ? [text("marks.given", { status })] : [];
  if (other === undefined) {
    if (marks.some(({ verdict }) => verdict === "fail")) return marks;
    const said = text(status === "TEST" ? "marks.test" : "marks.live");
    return [finding(8, subject.from === "dry-run" ? "not-applicable" : "needs-person", [said, ...limits])];
  }
  if (rows === undefined) return [...marks, finding(8, "needs-person", text("lists.noRows"))];
  const findings = [...marks];
  if (other.status === status) {
    findings.push(finding(8, "fail", text("lists.sameStatus", { status })));
  }
  const own = new Set(rows.map(({ number }) => number.toLowerCase()));
  const shared = other.rows.filter(({ number }) => own.has(number.toLowerCase()));
  if (shared.length > 0) {
    findings.push(
      finding(8, "fail", text("lists.sharedNumbers", { count: shared.length, number: shared[0]?.number ?? "" })),
    );
  }
  if (subject.seedMark !== undefined && subject.seedMark === other.seedMark) {
    findings.push(finding(8, "fail", text("lists.sameSeed")));
  }
  const agreement = agreementOf(subject, rows, other.rows);
  return [...findings, ...agreementFindings(subject, agreement, findings.length === 0, limits)];
}

/** What the agreement says; that it is no more than by chance is said only if nothing else was found. */
function agreementFindings(
  { thresholds }: AuditSubject,
  agreement: Agreement | undefined,
  isAlone: boolean,
  limits: readonly AuditText[],
): readonly Finding[] {
  if (agreement === undefined) return [finding(8, "needs-person", text("agreement.unknown"))];
  const { agreements, compared, p, least } = agreement;
  const limit = chance(thresholds.agreement);
  const found = text("agreement.found", { agreements, compared, p: chance(p), limit });
  if (p <= thresholds.agreement) return [finding(8, "fail", text("agreement.noChance", { agreement: found }))];
  if (!isAlone) return [];
  const isBlunt = least > thresholds.agreement;
  const note = isBlunt ? [text("agreement.blunt", { least: chance(least) })] : [];
  const said = [text("agreement.chance", { agreement: found }), ...note, ...limits];
  return [finding(8, isBlunt && agreements === compared ? "warn" : "pass", said)];
}

/** Whether the numbers are another system's: their form is not ours, and T at the beginning means nothing there. */
const isGiven = ({ plan }: AuditSubject): boolean => plan.numbers.given !== undefined;

function markFindings(subject: AuditSubject): readonly Finding[] {
  const { files, rows, status } = subject;
  const wrongFile = files.find(({ name }) => /(?:^|[^A-Za-z])TEST(?:[^A-Za-z]|$)/.test(name) !== (status === "TEST"));
  const ownRows = isGiven(subject) ? undefined : rows;
  const wrongRow = ownRows?.find(({ number }) => number.startsWith("T") !== (status === "TEST"));
  return [
    ...(wrongFile === undefined ? [] : [finding(8, "fail", text("marks.file", { status }), wrongFile.name)]),
    ...(wrongRow === undefined ? [] : [finding(8, "fail", text("marks.number", { number: wrongRow.number, status }))]),
  ];
}

interface Agreement {
  readonly agreements: number;
  readonly compared: number;
  /** P(at least so many agreements) of a fresh list beside the other one. */
  readonly p: number;
  /** The same for full agreement: what the lists could show at best. */
  readonly least: number;
}

/**
 * How surprising the agreement of two lists is, if this one were drawn anew from its procedure: P(that many positions or
 * more agree), over all lists that the procedure can make, strata convolved.
 */
function agreementOf(
  subject: AuditSubject,
  rows: readonly MasterRow[],
  others: readonly MasterRow[],
): Agreement | undefined {
  const { plan } = subject;
  const ratio = plan.arms.map((arm) => arm.ratio);
  const designs = new Map(strataOf(plan).map((stratum) => [stratumText(stratum.levels), stratum]));
  const theirs = byStratum(others);
  let distribution: Float64Array = Float64Array.of(1);
  let agreements = 0;
  let compared = 0;
  for (const [name, own] of byStratum(rows)) {
    const beside = theirs.get(name)?.slice(0, Math.min(own.length, MOST_ROWS)) ?? [];
    if (beside.length === 0) continue;
    const fixed = beside.map(({ arm }) => plan.arms.findIndex((each) => each.arm === arm));
    agreements += beside.filter(({ arm }, i) => own[i]?.arm === arm).length;
    compared += beside.length;
    const { length, procedure } = designs.get(name) ?? plan;
    const next = agreementDistribution(readyProcedure(procedure, ratio, length).urn, fixed);
    if (next === undefined || distribution.length * next.length > 4_000_000) return undefined;
    distribution = convolve(distribution, next);
  }
  if (compared === 0) return undefined;
  const tail = (from: number): number => distribution.slice(from).reduce((sum, p) => sum + p, 0);
  return { agreements, compared, p: Math.min(1, tail(agreements)), least: tail(compared) };
}

function convolve(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length + b.length - 1);
  a.forEach((p, i) => {
    if (p > 0) b.forEach((q, j) => (sum[i + j] = (sum[i + j] as number) + p * q));
  });
  return sum;
}

export const RULE_OF_TEST_AND_LIVE: Rules<8> = {
  /**
   * marks of TEST (in a vendor's own numbers: no marks, and said so); no shared number; seed marks differ; the
   * agreement by position against all lists that the procedure can make
   *
   * - by: program (other)
   * - threshold: `agreement` 0.0001
   * - to do: a new list id with a new seed
   */
  8: { ofList: ruleTestAgainstLive, ofDynamic: "dynamic.noOther" },
};

import { blindedRows, stratumText, strataOf, type MasterRow, type Plan } from "../list/index.js";
import { blockSizes, isBlockInRatio, type ProcedureSpec } from "../procedure/index.js";
import { deepFreeze } from "../foundation/index.js";
import { atMost, finding, type Finding } from "./finding.js";
import type { Rules } from "./rule.js";
import { dynamicNumbers } from "./rulesDynamic.js";
import { listing, text, type AuditText } from "./saidText.js";
import type { AuditSubject } from "./subject.js";

/** The rows of each stratum, in the order of the file. */
export function byStratum(rows: readonly MasterRow[]): ReadonlyMap<string, readonly MasterRow[]> {
  const strata = new Map<string, MasterRow[]>();
  for (const row of rows) {
    const name = stratumText(row.stratum);
    const known = strata.get(name);
    if (known === undefined) strata.set(name, [row]);
    else known.push(row);
  }
  return strata;
}

/** A stratum as it is named in a finding; a list without strata has one, of all participants. */
export const stratumPath = (name: string): string | AuditText =>
  name === stratumText([]) ? text("stratum.all") : name;

/** The sizes that a plan declares; undefined for procedures without blocks. */
export function declaredSizes(procedure: ProcedureSpec): readonly number[] | undefined {
  const sizes = blockSizes(procedure);
  return sizes.length === 0 ? undefined : sizes;
}

/** The procedure of each stratum, by its text. */
export const proceduresByStratum = (plan: Plan): ReadonlyMap<string, ProcedureSpec> =>
  new Map(strataOf(plan).map(({ levels, procedure }) => [stratumText(levels), procedure]));

/** Whether the list was adopted from a table that did not say what its blocks are. */
const hasNoBlocks = ({ adopted, rows = [] }: AuditSubject): boolean =>
  adopted !== undefined && rows.every(({ block, blockSize }) => block === 0 && blockSize === 0);

/** Rule 5: each block against the ratio and the declared sizes. */
function ruleBlocks(subject: AuditSubject): readonly Finding[] {
  const { plan, rows } = subject;
  if (declaredSizes(plan.procedure) === undefined)
    return [finding(5, "not-applicable", text("blocks.none", { kind: plan.procedure.kind }))];
  if (rows === undefined) return [finding(5, "needs-person", text("noRows"))];
  if (hasNoBlocks(subject)) return [finding(5, "not-applicable", text("blocks.notStated"))];
  const findings: Finding[] = [];
  let blocks = 0;
  const ofStratum = proceduresByStratum(plan);
  for (const [name, all] of byStratum(rows)) {
    const procedure = ofStratum.get(name) ?? plan.procedure;
    const own = blocksOf(all);
    blocks += own.length;
    own.forEach((block, i) => {
      const fault = blockFault(subject, procedure, block, i === own.length - 1);
      if (fault !== undefined) findings.push(finding(5, ...fault, stratumPath(name)));
    });
  }
  if (findings.length > 0) return atMost(findings);
  return [finding(5, "pass", text("blocks.whole", { blocks, ratio: ratioText(subject) }))];
}

/** The rows of each block: those in a row with its number. */
function blocksOf(rows: readonly MasterRow[]): readonly (readonly MasterRow[])[] {
  const blocks: MasterRow[][] = [];
  for (const row of rows) {
    const last = blocks.at(-1);
    if (last?.[0]?.block === row.block) last.push(row);
    else blocks.push([row]);
  }
  return blocks;
}

function blockFault(
  subject: AuditSubject,
  procedure: ProcedureSpec,
  rows: readonly MasterRow[],
  isLast: boolean,
): readonly ["warn" | "fail", AuditText] | undefined {
  const { arms, procedure: declared } = subject.plan;
  const { block, blockSize } = rows[0] as MasterRow;
  const total = arms.reduce((sum, { ratio }) => sum + ratio, 0);
  const counts = arms.map(({ arm }) => rows.filter((row) => row.arm === arm).length);
  const byArm = arms.map(({ arm }, k) => text("count.arm", { arm, count: counts[k] ?? 0 }));
  const where = text("block.where", { block, counts: listing(byArm) });
  const isDeclared = declaredSizes(procedure)?.includes(blockSize) === true;
  if (!isDeclared || rows.some((row) => row.blockSize !== blockSize)) {
    return ["fail", text("block.undeclared", { where, size: blockSize })];
  }
  if (rows.length !== blockSize) {
    const isCut = isLast && mayBeCut(procedure) && rows.length < blockSize;
    const values = { where, rows: rows.length, size: blockSize };
    return isCut ? ["warn", text("block.cut", values)] : ["fail", text("block.short", values)];
  }
  if (isBlockInRatio(declared) && arms.some(({ ratio }, k) => (counts[k] ?? 0) * total !== ratio * blockSize)) {
    return ["fail", text("block.ratio", { where, ratio: ratioText(subject) })];
  }
  const isInOrder = rows.every((row, i) => row.position === i + 1);
  return isInOrder ? undefined : ["fail", text("block.positions", { where })];
}

const ratioText = ({ plan }: AuditSubject): string => plan.arms.map(({ ratio }) => ratio).join(":");

/** Rule 6: rows and balance of each stratum. */
function ruleBalance(subject: AuditSubject): readonly Finding[] {
  const { plan, rows } = subject;
  if (rows === undefined) return [finding(6, "needs-person", text("noRows"))];
  const strata = byStratum(rows);
  const findings: Finding[] = [];
  let worst = 0;
  let worstEnd = 0;
  for (const stratum of strataOf(plan)) {
    const own = strata.get(stratumText(stratum.levels)) ?? [];
    const steps = imbalances(subject, own);
    const most = Math.max(0, ...steps);
    const end = steps[steps.length - 1] ?? 0;
    for (const each of balanceFindings(subject, stratum, own, { most, end })) findings.push(each);
    worst = Math.max(worst, most);
    worstEnd = Math.max(worstEnd, end);
  }
  if (findings.length > 0) return atMost(findings);
  const values = { strata: strata.size, rows: rows.length, worst: round(worst), end: round(worstEnd) };
  return [finding(6, "pass", text("balance.good", values))];
}

function balanceFindings(
  subject: AuditSubject,
  { levels, length, procedure }: ReturnType<typeof strataOf>[number],
  rows: readonly MasterRow[],
  { most, end }: { readonly most: number; readonly end: number },
): readonly Finding[] {
  const { arms, procedure: declared } = subject.plan;
  const path = stratumPath(stratumText(levels));
  const findings: Finding[] = [];
  if (rows.length < length)
    findings.push(finding(6, "fail", text("balance.short", { rows: rows.length, length }), path));
  const sizes = declaredSizes(procedure);
  const limit = sizes === undefined ? Infinity : Math.max(...sizes) / 2;
  // The difference of two equal arms is twice an arm's distance from its share.
  const isEqualPair = arms.length === 2 && arms[0]?.ratio === arms[1]?.ratio;
  if (isEqualPair && 2 * most > limit) {
    findings.push(finding(6, "fail", text("balance.apart", { most: 2 * most, limit }), path));
  }
  const isCut = hasNoBlocks(subject) ? mayBeCut(procedure) : rows.length > 0 && lastBlockIsOpen(rows);
  if (sizes !== undefined && end > 1e-9 && isBlockInRatio(declared)) {
    findings.push(finding(6, isCut ? "warn" : "fail", text("balance.end", { end: round(end) }), path));
  }
  return findings;
}

const mayBeCut = (procedure: ProcedureSpec): boolean => "lastBlock" in procedure && procedure.lastBlock === "cut";

const round = (value: number): string => String(Number(value.toFixed(2)));

function lastBlockIsOpen(rows: readonly MasterRow[]): boolean {
  const last = rows[rows.length - 1] as MasterRow;
  return last.position !== last.blockSize;
}

/** After each row: the largest distance of an arm's count from its share of the rows. */
function imbalances({ plan }: AuditSubject, rows: readonly MasterRow[]): readonly number[] {
  const total = plan.arms.reduce((sum, { ratio }) => sum + ratio, 0);
  const counts = plan.arms.map(() => 0);
  return rows.map(({ arm }, i) => {
    const k = plan.arms.findIndex((each) => each.arm === arm);
    if (k >= 0) counts[k] = (counts[k] as number) + 1;
    return Math.max(...plan.arms.map(({ ratio }, j) => Math.abs((counts[j] as number) - ((i + 1) * ratio) / total)));
  });
}

const PORTABLE = /^[A-Za-z][A-Za-z0-9]{0,14}$/;
const LIKE_NUMBER_OR_DATE =
  /^(?:\d+e\d+|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\d+|\d+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))$/i;

/** Whether a code has the portable form that no spreadsheet, EDC or IRT changes. */
export const isPortable = (code: string): boolean => PORTABLE.test(code) && !LIKE_NUMBER_OR_DATE.test(code);

/** Rule 7: uniqueness, form, and that a number is made of its place in the list and nothing else. */
function ruleNumbers(subject: AuditSubject): readonly Finding[] {
  const { plan, rows, status } = subject;
  if (rows === undefined) return [finding(7, "needs-person", text("noRows"))];
  const findings: Finding[] = [];
  const seen = new Map<string, MasterRow>();
  const byPlace = numbersByPlace(subject, rows);
  // The numbers of an adopted list are as they are: nobody can change them any more.
  const { given } = plan.numbers;
  for (const row of rows) {
    const folded = row.number.toLowerCase();
    const { number } = row;
    const where = text("place.row", { stratum: stratumPath(stratumText(row.stratum)), row: row.sequence });
    if (seen.has(folded)) findings.push(finding(7, "fail", text("number.twice", { number }), where));
    seen.set(folded, row);
    if (!isPortable(row.number)) {
      findings.push(finding(7, given === undefined ? "fail" : "warn", text("number.unportable", { number }), where));
    }
    const expected = byPlace.get(`${stratumText(row.stratum)}#${row.sequence}`);
    if (expected !== undefined && expected !== row.number) {
      findings.push(finding(7, "fail", text("number.foreign", { number, expected }), where));
    }
  }
  if (findings.length > 0) return atMost(findings);
  const said =
    given === undefined
      ? text("numbers.good", { rows: rows.length, prefix: plan.numbers.prefix, status })
      : text("numbers.adopted", { rows: rows.length, status });
  return [finding(7, "pass", said)];
}

/** The number of every place by the plan's format. */
function numbersByPlace({ plan, status }: AuditSubject, rows: readonly MasterRow[]): ReadonlyMap<string, string> {
  const own = byStratum(rows);
  const strata = strataOf(plan).map((stratum) => ({
    levels: stratum.levels,
    code: stratum.code,
    // More rows than numbers that were given are a fault of rule 6.
    rows: Math.min(
      own.get(stratumText(stratum.levels))?.length ?? 0,
      plan.numbers.given?.[stratum.code]?.length ?? Infinity,
    ),
  }));
  const { trial, part, list, numbers } = plan;
  const blinded = deepFreeze({ status, trial, part, list, numbers: { ...numbers }, strata });
  return new Map([...blindedRows(blinded)].map((row) => [`${stratumText(row.stratum)}#${row.sequence}`, row.number]));
}

export const RULES_OF_STRUCTURE: Rules<5 | 6 | 7> = {
  /**
   * every block: size declared, whole, in the ratio, positions from 1
   *
   * - by: program
   * - threshold: fail; warn for a last block that the plan allows to be cut
   * - to do: derive the list again; `lastBlock: whole`
   */
  5: { ofList: ruleBlocks, ofDynamic: "dynamic.noBlocks" },
  /**
   * rows of each stratum; imbalance at its end; two equal arms never further apart than half the largest block
   *
   * - by: program
   * - threshold: as stated
   * - to do: derive the list again
   */
  6: { ofList: ruleBalance, ofDynamic: "dynamic.noStrata" },
  /**
   * numbers: unique in any case, letters and digits, at most 15, no date or number, each the one of its place
   *
   * - by: program
   * - threshold: one number
   * - to do: derive the list again
   */
  7: { ofList: ruleNumbers, ofDynamic: dynamicNumbers },
};

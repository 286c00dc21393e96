import { foldId } from "../foundation/index.js";
import { associationP } from "./association.js";
import { csvCells, fieldsOf, isCsv, letters } from "./fields.js";
import { atMost, chance, finding, type Finding } from "./finding.js";
import { isPortable } from "./rulesStructure.js";
import type { Rules } from "./rule.js";
import { text, type AuditText } from "./saidText.js";
import { isMasked, type AuditedKit, type AuditSubject } from "./subject.js";

/** Characters that people take for one another. */
const AMBIGUOUS = /[01OIL]/i;

/** Rule 14: the codes by themselves, and what their order or their beginnings tell of the arm. */
function ruleKitCodes(subject: AuditSubject): readonly Finding[] {
  const { kits } = subject;
  if (kits === undefined) {
    return [
      isMasked(subject)
        ? finding(14, "needs-person", text("kits.notGiven"))
        : finding(14, "not-applicable", text("kits.notNeeded")),
    ];
  }
  const findings = [...codeFindings(kits), ...associationFindings(subject, kits)];
  if (findings.some(({ verdict }) => verdict === "fail"))
    return atMost(findings.filter(({ verdict }) => verdict === "fail"));
  return findings;
}

function codeFindings(kits: readonly AuditedKit[]): readonly Finding[] {
  const fault = (said: AuditText): Finding => finding(14, "fail", said);
  const codes = kits.map(({ code }) => code);
  const known = new Map(codes.map((code) => [foldId(code), code]));
  const findings: Finding[] = [];
  if (known.size !== codes.length) findings.push(fault(text("codes.twice", { count: codes.length - known.size })));
  for (const code of codes) {
    if (!isPortable(code)) findings.push(fault(text("codes.unportable", { code })));
    const unclear = AMBIGUOUS.exec(code)?.[0];
    if (unclear !== undefined) findings.push(fault(text("codes.unclear", { code, sign: unclear })));
    const turned = Array.from(foldId(code)).reverse().join("");
    const other = turned === foldId(code) ? undefined : known.get(turned);
    if (other !== undefined) findings.push(fault(text("codes.backwards", { code, other })));
  }
  const near = nearPair(codes);
  if (near !== undefined) findings.push(fault(text("codes.near", { code: near[0], other: near[1] })));
  return findings;
}

/** Two codes at distance 1: one character replaced, or two neighbours swapped. */
function nearPair(codes: readonly string[]): readonly [string, string] | undefined {
  const masked = new Map<string, string>();
  const all = new Set(codes);
  for (const code of codes) {
    for (let i = 0; i < code.length; i += 1) {
      const pattern = `${code.slice(0, i)}*${code.slice(i + 1)}`;
      const other = masked.get(pattern);
      if (other !== undefined && other !== code) return [other, code];
      masked.set(pattern, code);
      const swapped = `${code.slice(0, i)}${code.charAt(i + 1)}${code.charAt(i)}${code.slice(i + 2)}`;
      if (i + 1 < code.length && swapped !== code && all.has(swapped)) return [code, swapped];
    }
  }
  return undefined;
}

function associationFindings({ thresholds }: AuditSubject, kits: readonly AuditedKit[]): readonly Finding[] {
  const arms = kits.map(({ arm }) => arm);
  const sorted = [...kits].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const length = kits.reduce((least, { code }) => Math.min(least, code.length), Infinity);
  // Groups of about five neighbours; in order, a kit list sorted by arm gives each group one arm.
  const groups = sorted.map((_, i) => String(Math.floor(i / 5)));
  const armCount = new Set(arms).size;
  const parities = sorted.map((_, i) => String(i % armCount));
  const ordered = sorted.map(({ arm }) => arm);
  const tests: { what: AuditText; p: number }[] = [
    { what: text("kits.order"), p: associationP(groups, ordered) },
    { what: text("kits.turn"), p: associationP(parities, ordered) },
    {
      what: text("kits.file"),
      p: associationP(
        kits.map((_, i) => String(Math.floor(i / 5))),
        arms,
      ),
    },
    ...[1, 2]
      .filter((n) => n < length)
      .map((n) => ({
        what: text(n === 1 ? "kits.first" : "kits.firstTwo"),
        p: associationP(
          kits.map(({ code }) => code.slice(0, n)),
          arms,
        ),
      })),
    {
      what: text("kits.last"),
      p: associationP(
        kits.map(({ code }) => code.slice(-1)),
        arms,
      ),
    },
  ];
  const limit = thresholds.kitAssociation / tests.length;
  const telling = tests.filter(({ p }) => p <= limit);
  if (telling.length > 0) {
    return telling.map(({ what, p }) =>
      finding(14, "fail", text("kits.telling", { kits: kits.length, what, p: chance(p), limit: chance(limit) })),
    );
  }
  const gaps = gapFinding(sorted.map(({ code }) => code));
  if (gaps !== undefined) return [gaps];
  const least = Math.min(...tests.map(({ p }) => p));
  return [
    finding(
      14,
      "pass",
      text("kits.good", { kits: kits.length, tests: tests.length, p: chance(least), limit: chance(limit) }),
    ),
  ];
}

/** Codes that end in consecutive numbers have no gaps: the next code can be foretold, and a missing one is seen. */
function gapFinding(sorted: readonly string[]): Finding | undefined {
  const numbers = sorted.map((code) => Number(/(\d{1,9})$/.exec(code)?.[1] ?? "NaN"));
  const isRun = numbers.length > 2 && numbers.every((n, i) => i === 0 || n - (numbers[i - 1] as number) === 1);
  return isRun ? finding(14, "warn", text("kits.run")) : undefined;
}

/** Rule 15: no file holds both kit codes and what links them to participants or arms, unless it is unblinded. */
function ruleSeparateLists(subject: AuditSubject): readonly Finding[] {
  const { kits } = subject;
  const holding = subject.files.filter((file) => {
    const names = (fieldsOf(file) ?? []).map(letters);
    return ["kit", "kitcode", "kitnumber"].some((field) => names.includes(field)) || /\bkits?\b/i.test(file.name);
  });
  if (kits === undefined && holding.length === 0) {
    return [finding(15, isMasked(subject) ? "needs-person" : "not-applicable", text("kits.noList"))];
  }
  const numbers = new Set(subject.rows?.map(({ number }) => number));
  const mixed = holding.filter((file) => {
    const cells = isCsv(file) ? csvCells(file.text).flat() : file.text.split(/[^A-Za-z0-9]+/);
    return cells.some((cell) => numbers.has(cell));
  });
  if (mixed.length > 0) {
    return mixed.map(({ name }) => finding(15, "fail", text("kits.mixed"), name));
  }
  const same = kits?.filter(({ code }) => numbers.has(code)) ?? [];
  if (same.length > 0)
    return [finding(15, "fail", text("kits.same", { count: same.length, code: same[0]?.code ?? "" }))];
  return [finding(15, "pass", text("kits.apart", { kits: kits?.length ?? 0 }))];
}

export const RULES_OF_KITS: Rules<14 | 15> = {
  /**
   * kit codes: unique, portable, clear characters, no reversed twins, no code one character or one swap from
   * another, gaps; order, first and last characters against the arm
   *
   * - by: program (kits)
   * - threshold: `kitAssociation` 0.005, divided by the number of tests (permutations from a fixed stream)
   * - to do: scrambled kit list with random gaps
   */
  14: { ofList: ruleKitCodes, ofDynamic: "notLookedAt" },
  /**
   * no file holds kit codes and randomization numbers; no code is a number
   *
   * - by: program (kits)
   * - threshold: one occurrence
   * - to do: two files, two holders
   */
  15: { ofList: ruleSeparateLists, ofDynamic: "notLookedAt" },
};

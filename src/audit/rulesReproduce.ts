import { AllocellError, sha256Hex } from "../foundation/index.js";
import { toNumber } from "../quantity/index.js";
import {
  deriveAgain,
  extensionObstacle,
  isListFile,
  planHash,
  stratumText,
  strataOf,
  toMasterCsv,
  type MasterList,
  type MasterRow,
  type Plan,
} from "../list/index.js";
import { readyProcedure, sequenceProbability, type ProcedureSpec } from "../procedure/index.js";
import { arc4Stream, encodeStreamName, parseLiveSeed } from "../random/index.js";
import { atMost, finding, type Finding } from "./finding.js";
import { byStratum, proceduresByStratum, stratumPath } from "./rulesStructure.js";
import type { Rules } from "./rule.js";
import { dynamicSeed, extended, replayed } from "./rulesDynamic.js";
import { faultText, listing, text, type AuditText } from "./saidText.js";
import type { AuditSubject } from "./subject.js";

/** First words of two fixed keys; computed in Node and in Python by independent programs. */
const KNOWN_WORDS: readonly (readonly [key: string, words: readonly number[]])[] = [
  ["00".repeat(32), [3351604952, 3234633741, 730021270, 1704374920]],
  [
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    [4222026982, 1789321845, 2536445195, 2966345409],
  ],
];

/** Rule 9: the stream's known answers here, and the list derived again. */
function ruleSameBytes({ seed, derived, adopted, files, from }: AuditSubject): readonly Finding[] {
  const wrong = KNOWN_WORDS.filter(([key, words]) => {
    const stream = arc4Stream(key);
    return words.some((word) => stream.nextWord() !== word);
  });
  if (wrong.length > 0) return [finding(9, "fail", text("stream.wrong"))];
  if (adopted !== undefined) return [finding(9, "not-applicable", text("again.adopted"))];
  const elsewhere = finding(9, "needs-person", text("stream.elsewhere"));
  if (seed === undefined || derived === undefined) return [finding(9, "needs-person", text("noSeed"))];
  const expected = [...toMasterCsv(derived)].join("");
  const master = files.find(({ name }) => isListFile(name, "masterCsv"));
  if (from === "files" && master !== undefined && master.text !== expected) {
    return [finding(9, "fail", text("again.differs"), master.name)];
  }
  const hash = sha256Hex(expected).slice(0, 16);
  return [finding(9, "pass", text("again.same", { rows: derived.unblindedRowCount, hash })), elsewhere];
}

/** Derives the list of a changed plan with the same seed, or says why it cannot be. */
function deriveChanged({ seed, seedMark, derived }: AuditSubject, plan: Plan): MasterList | AuditText {
  if (seed === undefined || derived === undefined || seedMark === undefined) return text("noSeed");
  const { status, algorithm } = derived.unblindedRecord();
  try {
    return deriveAgain({ status, algorithm, plan, planHash: planHash(plan), seedMark }, seed);
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return faultText(error);
  }
}

/** Rule 10: the list is derived from a longer plan and from one with a further level, and its rows are looked for. */
export function rulePrefixStability(subject: AuditSubject): readonly Finding[] {
  const { plan, derived, adopted } = subject;
  if (adopted !== undefined) return [finding(10, "not-applicable", text("change.adopted"))];
  if (derived === undefined) return [finding(10, "needs-person", text("noSeed"))];
  const before = [...derived.unblindedRows()];
  const isFixed = extensionObstacle(plan) !== undefined;
  const longer = {
    ...plan,
    length: 2 * plan.length,
    lengths: plan.lengths.map((own) => ({ ...own, length: 2 * own.length })),
  };
  const said: AuditText[] = [];
  const changes: readonly (readonly [what: AuditText, plan: Plan | undefined, isPlanned: boolean])[] = [
    [text("change.length", { length: longer.length }), longer, isFixed],
    [text("change.level"), withFurtherLevel(plan), plan.stream === "r-mersenne-twister"],
  ];
  for (const [what, changed, isPlanned] of changes) {
    if (changed === undefined) continue;
    const again = deriveChanged(subject, changed);
    if ("key" in again) return [finding(10, "needs-person", text("change.not", { what, why: again }))];
    const after = new Map([...again.unblindedRows()].map((row) => [placeOf(row), row]));
    const moved = before.find((row) => JSON.stringify(after.get(placeOf(row))) !== JSON.stringify(row));
    if (moved !== undefined) {
      const stratum = stratumPath(stratumText(moved.stratum));
      const moves = text("change.moves", { what, place: text("place.of", { row: moved.sequence, stratum }) });
      const advice = isPlanned ? [text("change.planned")] : [];
      return [finding(10, isPlanned ? "warn" : "fail", [moves, ...advice])];
    }
    said.push(what);
  }
  const changesSaid = listing(said, " and with ");
  return [finding(10, "pass", text("change.stays", { changes: changesSaid, rows: before.length }))];
}

const placeOf = ({ stratum, sequence }: MasterRow): string => `${sequence} of ${stratumText(stratum)}`;

/** The plan with one more level of its first factor, if it has any. */
function withFurtherLevel(plan: Plan): Plan | undefined {
  const [first, ...factors] = plan.strata;
  if (first === undefined) return undefined;
  return { ...plan, strata: [{ ...first, levels: [...first.levels, freeLevel(first.levels)] }, ...factors] };
}

function freeLevel(levels: readonly string[]): string {
  let number = levels.length + 1;
  while (levels.includes(`audit ${number}`)) number += 1;
  return `audit ${number}`;
}

/** Rule 11: every pair of strata, over the length of the shorter one; and the names of their streams. */
function ruleStrataDiffer(subject: AuditSubject): readonly Finding[] {
  const { plan, rows, thresholds } = subject;
  if (rows === undefined) return [finding(11, "needs-person", text("strata.noRows"))];
  const strata = [...byStratum(rows)].map(([name, own]) => ({
    name,
    arms: own.map(({ arm }) => plan.arms.findIndex((each) => each.arm === arm)),
  }));
  if (strata.length < 2) return [finding(11, "not-applicable", text("strata.one"))];
  const names = strataOf(plan).map(({ levels }) =>
    encodeStreamName({ algorithm: "a", list: plan.list, purpose: "allocation", stratum: levels }).join(","),
  );
  const findings: Finding[] = [];
  if (new Set(names).size !== names.length) findings.push(finding(11, "fail", text("strata.oneName")));
  // Sorted as texts, a sequence that begins another one stands before it, with nothing that differs between them.
  const sorted = strata
    .map(({ name, arms }) => ({ name, arms, letters: arms.map((arm) => String.fromCharCode(arm + 65)).join("") }))
    .sort((a, b) => (a.letters < b.letters ? -1 : a.letters > b.letters ? 1 : 0));
  const pairs = (strata.length * (strata.length - 1)) / 2;
  const ofStratum = proceduresByStratum(plan);
  sorted.forEach(({ name, arms, letters }, i) => {
    const next = sorted[i + 1];
    if (!next?.letters.startsWith(letters)) return;
    const bits = bitsOf(subject, ofStratum.get(name) ?? plan.procedure, arms);
    const where = text("place.and", { one: name, other: next.name });
    const agree = text("strata.agree", { rows: arms.length, bits: bits.toFixed(0) });
    if (bits >= thresholds.sharedBits) findings.push(finding(11, "fail", text("strata.noChance", { agree }), where));
    else if (pairs * 2 ** -bits < 0.01)
      findings.push(finding(11, "warn", text("strata.rare", { agree, pairs }), where));
  });
  if (findings.length > 0) return atMost(findings);
  return [finding(11, "pass", text("strata.differ", { pairs }))];
}

function bitsOf({ plan }: AuditSubject, procedure: ProcedureSpec, arms: readonly number[]): number {
  const ratio = plan.arms.map(({ ratio: part }) => part);
  try {
    const { urn } = readyProcedure(procedure, ratio, arms.length);
    // 200 rows carry far more bits than are asked for, and exact fractions of thousands take long.
    return -Math.log2(toNumber(sequenceProbability(urn, arms.slice(0, 200))));
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return arms.length;
  }
}

/** Rule 12: what a program can see of a seed: its kind, and whether it lies in a file or in the plan. */
function ruleSeed(subject: AuditSubject): readonly Finding[] {
  const { plan, files, seed, status, from, adopted } = subject;
  const secret = seed?.kind === "LIVE" ? seed.revealText().slice(0, 64) : undefined;
  const texts = [
    ...files.map((file) => ({ place: file.name, content: file.text })),
    { place: text("place.plan"), content: JSON.stringify(plan) },
  ];
  const findings = texts.flatMap(({ place, content }) => {
    const folded = content.toLowerCase();
    const isGiven = secret === undefined ? false : folded.includes(secret);
    const isShown = isGiven || seedsIn(folded);
    return isShown ? [finding(12, "fail", text("seed.shown"), place)] : [];
  });
  if (findings.length > 0) return findings;
  const looked = text("seed.looked", { files: files.length });
  if (adopted !== undefined) return [finding(12, "not-applicable", [looked, text("seed.adopted")])];
  if (seed !== undefined && from === "files" && seed.kind !== status) {
    return [finding(12, "fail", text("seed.kind", { status, kind: seed.kind }))];
  }
  if (status === "TEST") {
    return [finding(12, "pass", [looked, text("seed.test")])];
  }
  return [finding(12, "needs-person", [looked, text("seed.live")])];
}

/** Whether a text holds something in the form of a live seed whose check digits fit. */
function seedsIn(content: string): boolean {
  return [...content.matchAll(/(?<![0-9a-f])[0-9a-f]{64}-[0-9a-f]{8}(?![0-9a-f])/g)].some(([form]) => {
    try {
      parseLiveSeed(form);
      return true;
    } catch {
      return false;
    }
  });
}

export const RULES_OF_REPRODUCTION: Rules<9 | 10 | 11 | 12> = {
  /**
   * known words of the stream; plan and seed give the master list again. Another machine: a second person
   *
   * - by: program, person
   * - threshold: any byte
   * - to do: `allocell verify`; `allocell script` elsewhere
   */
  9: { ofList: ruleSameBytes, ofDynamic: replayed },
  /**
   * the list derived with twice the length and with one more level keeps its rows
   *
   * - by: program (seed)
   * - threshold: fail; warn where the procedure is made for its length
   * - to do: a longer list of such a procedure is a new list
   */
  10: { ofList: rulePrefixStability, ofDynamic: extended },
  /**
   * no two strata have one sequence; all stream names differ
   *
   * - by: program
   * - threshold: `sharedBits` 64: fail; fewer bits: warn unless chance explains it (1 in 100)
   * - to do: derive the list again
   */
  11: { ofList: ruleStrataDiffer, ofDynamic: "dynamic.ownStreams" },
  /**
   * no file and no plan holds a live seed; its kind is that of the list. Where it came from and who holds it: a
   * person
   *
   * - by: program, person
   * - threshold: one occurrence
   * - to do: a new seed: a seed that was seen is worthless
   */
  12: { ofList: ruleSeed, ofDynamic: dynamicSeed },
};

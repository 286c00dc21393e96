import { AllocellError, sha256Hex } from "../foundation/index.js";
import { toNumber } from "../quantity/index.js";
import {
  deriveAgain,
  extensionObstacle,
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
import { byStratum, proceduresByStratum } from "./rulesStructure.js";
import type { AuditSubject } from "./subject.js";

const NO_SEED = "Without the seed nothing can be derived again: audit again where the seed is kept.";

/** First words of two fixed keys; computed in Node and in Python by independent programs. */
const KNOWN_WORDS: readonly (readonly [key: string, words: readonly number[]])[] = [
  ["00".repeat(32), [3351604952, 3234633741, 730021270, 1704374920]],
  [
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    [4222026982, 1789321845, 2536445195, 2966345409],
  ],
];

/** Rule 9: the stream's known answers here, and the list derived again. */
export function ruleSameBytes({ seed, derived, adopted, files, from }: AuditSubject): readonly Finding[] {
  const wrong = KNOWN_WORDS.filter(([key, words]) => {
    const stream = arc4Stream(key);
    return words.some((word) => stream.nextWord() !== word);
  });
  if (wrong.length > 0) return [finding(9, "fail", "The stream does not give its known answers on this machine.")];
  if (adopted !== undefined) {
    const text =
      "The list was adopted: nothing makes its rows again. `allocell verify FOLDER --source FILE` compares them with the table that they were taken from.";
    return [finding(9, "not-applicable", text)];
  }
  const elsewhere = finding(
    9,
    "needs-person",
    "That another machine gives the same bytes is shown by a second person: run the program of `allocell script` there, in Python or R.",
  );
  if (seed === undefined || derived === undefined) return [finding(9, "needs-person", NO_SEED)];
  const expected = [...toMasterCsv(derived)].join("");
  const master = files.find(({ name }) => name.endsWith(".UNBLINDED.master.csv"));
  if (from === "files" && master !== undefined && master.text !== expected) {
    return [
      finding(9, "fail", "Plan and seed give another master list than this file: run `allocell verify`.", master.name),
    ];
  }
  const hash = sha256Hex(expected).slice(0, 16);
  return [
    finding(
      9,
      "pass",
      `The stream gives its 8 known words, and plan and seed give the same ${derived.unblindedRowCount} rows (SHA-256 ${hash}...).`,
    ),
    elsewhere,
  ];
}

/** Derives the list of a changed plan with the same seed, or says why it cannot be. */
function deriveChanged({ seed, seedMark, derived }: AuditSubject, plan: Plan): MasterList | string {
  if (seed === undefined || derived === undefined || seedMark === undefined) return NO_SEED;
  const { status, algorithm } = derived.unblindedRecord();
  try {
    return deriveAgain({ status, algorithm, plan, planHash: planHash(plan), seedMark }, seed);
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.message;
  }
}

/** Rule 10: the list is derived from a longer plan and from one with a further level, and its rows are looked for. */
export function rulePrefixStability(subject: AuditSubject): readonly Finding[] {
  const { plan, derived, adopted } = subject;
  if (adopted !== undefined) {
    return [finding(10, "not-applicable", "The list was adopted: it can never be made longer.")];
  }
  if (derived === undefined) return [finding(10, "needs-person", NO_SEED)];
  const before = [...derived.unblindedRows()];
  const isFixed = extensionObstacle(plan) !== undefined;
  const [first, ...factors] = plan.strata;
  const longer = {
    ...plan,
    length: 2 * plan.length,
    lengths: plan.lengths.map((own) => ({ ...own, length: 2 * own.length })),
  };
  const wider =
    first === undefined
      ? undefined
      : { ...plan, strata: [{ ...first, levels: [...first.levels, freeLevel(first.levels)] }, ...factors] };
  const said: string[] = [];
  const changes: readonly (readonly [what: string, plan: Plan | undefined, isPlanned: boolean])[] = [
    [`twice the length (${longer.length})`, longer, isFixed],
    ["one more level of the first factor", wider, plan.stream === "r-mersenne-twister"],
  ];
  for (const [what, changed, isPlanned] of changes) {
    if (changed === undefined) continue;
    const again = deriveChanged(subject, changed);
    if (typeof again === "string")
      return [finding(10, "needs-person", `The list with ${what} could not be derived: ${again}`)];
    const after = new Map([...again.unblindedRows()].map((row) => [placeOf(row), row]));
    const moved = before.find((row) => JSON.stringify(after.get(placeOf(row))) !== JSON.stringify(row));
    if (moved !== undefined) {
      const text = `With ${what} the row ${placeOf(moved)} changes.`;
      const advice = " This procedure is made for its length: a longer list is a new list with a new id.";
      return [finding(10, isPlanned ? "warn" : "fail", text + (isPlanned ? advice : ""))];
    }
    said.push(what);
  }
  return [finding(10, "pass", `With ${said.join(" and with ")} all ${before.length} rows stay as they are.`)];
}

const placeOf = ({ stratum, sequence }: MasterRow): string => `${sequence} of ${stratumText(stratum)}`;

function freeLevel(levels: readonly string[]): string {
  let number = levels.length + 1;
  while (levels.includes(`audit ${number}`)) number += 1;
  return `audit ${number}`;
}

/** Rule 11: every pair of strata, over the length of the shorter one; and the names of their streams. */
export function ruleStrataDiffer(subject: AuditSubject): readonly Finding[] {
  const { plan, rows, thresholds } = subject;
  if (rows === undefined)
    return [finding(11, "needs-person", "No master list was given: audit a folder that holds it.")];
  const strata = [...byStratum(rows)].map(([name, own]) => ({
    name,
    arms: own.map(({ arm }) => plan.arms.findIndex((each) => each.arm === arm)),
  }));
  if (strata.length < 2) return [finding(11, "not-applicable", "The list has one stratum.")];
  const names = strataOf(plan).map(({ levels }) =>
    encodeStreamName({ algorithm: "a", list: plan.list, purpose: "allocation", stratum: levels }).join(","),
  );
  const findings: Finding[] = [];
  if (new Set(names).size !== names.length) findings.push(finding(11, "fail", "Two strata have streams of one name."));
  // Sorted as texts, a sequence that begins another one stands before it, with nothing that differs between them.
  const sorted = strata
    .map(({ name, arms }) => ({ name, arms, text: arms.map((arm) => String.fromCharCode(arm + 65)).join("") }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const pairs = (strata.length * (strata.length - 1)) / 2;
  const ofStratum = proceduresByStratum(plan);
  sorted.forEach(({ name, arms, text }, i) => {
    const next = sorted[i + 1];
    if (!next?.text.startsWith(text)) return;
    const bits = bitsOf(subject, ofStratum.get(name) ?? plan.procedure, arms);
    const where = `${name} and ${next.name}`;
    const said = `The strata agree in all of ${arms.length} rows, which carry ${bits.toFixed(0)} bits`;
    if (bits >= thresholds.sharedBits) findings.push(finding(11, "fail", `${said}: this is no chance.`, where));
    else if (pairs * 2 ** -bits < 0.01)
      findings.push(finding(11, "warn", `${said}; among ${pairs} pairs that is rare.`, where));
  });
  if (findings.length > 0) return atMost(findings);
  return [
    finding(
      11,
      "pass",
      `${pairs} pairs of strata: no two share a sequence beyond what chance does to short ones; all stream names differ.`,
    ),
  ];
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
export function ruleSeed(subject: AuditSubject): readonly Finding[] {
  const { plan, files, seed, status, from, adopted } = subject;
  const secret = seed?.kind === "LIVE" ? seed.revealText().slice(0, 64) : undefined;
  const texts = [...files, { name: "the plan", text: JSON.stringify(plan) }];
  const findings = texts.flatMap(({ name, text }) => {
    const folded = text.toLowerCase();
    const isGiven = secret === undefined ? false : folded.includes(secret);
    const isShown = isGiven || seedsIn(folded);
    return isShown ? [finding(12, "fail", "A live seed stands in this text; it is a secret no more.", name)] : [];
  });
  if (findings.length > 0) return findings;
  const looked = `${files.length} files and the plan hold no seed.`;
  if (adopted !== undefined) {
    return [finding(12, "not-applicable", `${looked} The list was adopted: how it was drawn is its maker's to show.`)];
  }
  if (seed !== undefined && from === "files" && seed.kind !== status) {
    return [finding(12, "fail", `A ${status} list has a ${seed.kind} seed.`)];
  }
  if (status === "TEST") {
    return [
      finding(12, "pass", `${looked} The list is TEST: its seed need not be secret, and it is never for participants.`),
    ];
  }
  return [
    finding(
      12,
      "needs-person",
      `${looked} See in the record that the seed came from \`allocell seed\`, who holds it and where, and that it is kept apart from blinded people.`,
    ),
  ];
}

/** Whether a text holds something in the form of a live seed whose check digits fit. */
function seedsIn(text: string): boolean {
  return [...text.matchAll(/(?<![0-9a-f])[0-9a-f]{64}-[0-9a-f]{8}(?![0-9a-f])/g)].some(([form]) => {
    try {
      parseLiveSeed(form);
      return true;
    } catch {
      return false;
    }
  });
}

import {
  drawnMeasures,
  nextAllocation,
  type DrawnMeasures,
  type ListDesign,
  type Standing,
} from "../../assessment/index.js";
import { participantsOf, type ConductState, type ParticipantRecord } from "../../allocation/index.js";
import { fail } from "../../foundation/index.js";
import { randomizationNumber, strataOf, stratumText, type ReadManifest, type Stratum } from "../../list/index.js";
import { readListRows } from "../exportInput.js";
import { jsonText, type Io } from "../io.js";
import { readLogFile } from "../logFile.js";
import { proveList } from "../provenList.js";
import { counted, textTable, wrapText } from "../textTable.js";
import type { AssessCommandOptions } from "../assessInput.js";

/** What is asked about the next allocation of a stratum: what somebody can infer who has seen all code breaks. */
interface NextInStratum {
  readonly number: string;
  readonly codeBreaks: number;
  /** By arm. */
  readonly probability: Readonly<Record<string, number>>;
}

/** One stratum of a list that was drawn; with a log, its rows as far as they are used up. UNBLINDED. */
interface DrawnStratum {
  readonly stratum: string;
  /** Absent where no row is used up yet. */
  readonly measures?: DrawnMeasures;
  /** With a log; absent where the list of the stratum is exhausted. */
  readonly next?: NextInStratum;
}

/** The options of `assess` that say something of a list that was drawn. */
const OF_A_LIST: readonly string[] = ["list", "log", "json"];

/** `allocell assess --list FOLDER [--log LOG]`: how balanced and how predictable the list is that was drawn. UNBLINDED. */
export async function assessDrawnList(
  io: Io,
  folder: string,
  plans: readonly string[],
  options: AssessCommandOptions,
): Promise<number> {
  requireListOptions(plans, options);
  const state = options.log === undefined ? undefined : readLogFile(io, options.log).state;
  if (state !== undefined) proveList(io, folder, state);
  const { manifest, list } = await readListRows(io, folder);
  const armsOf = new Map<string, number[]>();
  const indexOf = new Map(manifest.plan.arms.map(({ arm }, index) => [arm, index]));
  for (const { stratum, arm } of list.rows()) {
    const key = stratumText(stratum);
    const arms = armsOf.get(key) ?? [];
    arms.push(indexOf.get(arm) ?? -1);
    armsOf.set(key, arms);
  }
  const strata = strataOf(manifest.plan).map((stratum) =>
    assessStratum(manifest, stratum, armsOf.get(stratumText(stratum.levels)) ?? [], state),
  );
  const answer = { list: manifest.plan.list, status: manifest.status, strata };
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "assess", world: "unblinded", ...answer })
      : drawnText(answer.list, answer.status, strata, state !== undefined),
  );
  return 0;
}

function requireListOptions(plans: readonly string[], options: AssessCommandOptions): void {
  const other = Object.keys(options).find((name) => !OF_A_LIST.includes(name));
  if (plans.length === 0 && other === undefined) return;
  fail("cli.option_surplus", "--list", "A list that was drawn is assessed by itself.", {
    expected: "allocell assess --list FOLDER, with --log LOG for what has happened so far; a plan without --list",
    received: plans[0] ?? `the option ${other}`,
  });
}

function assessStratum(
  { plan, status }: ReadManifest,
  { levels, length, code, procedure }: Stratum,
  arms: readonly number[],
  state: ConductState | undefined,
): DrawnStratum {
  const design: ListDesign = { procedure, ratio: plan.arms.map(({ ratio }) => ratio), length };
  const stratum = stratumText(levels);
  if (state === undefined) return { stratum, measures: drawnMeasures(design, arms) };
  const inStratum = participantsOf(state).filter(
    (one) => one.sequence !== undefined && levels.every(([factor, level]) => one.stratum[factor] === level),
  );
  const used = arms.slice(0, Math.max(0, ...inStratum.map(({ sequence = 0 }) => sequence)));
  return {
    stratum,
    ...(used.length === 0 ? {} : { measures: drawnMeasures(design, used) }),
    ...(used.length >= length
      ? {}
      : {
          next: nextIn(
            design,
            plan.arms.map(({ arm }) => arm),
            used,
            inStratum,
            (sequence) => randomizationNumber(plan.numbers, status, code, sequence),
          ),
        }),
  };
}

function nextIn(
  design: ListDesign,
  names: readonly string[],
  used: readonly number[],
  participants: readonly ParticipantRecord[],
  numberAt: (sequence: number) => string,
): NextInStratum {
  const broken = new Set(participants.filter(({ codeBroken }) => codeBroken).map(({ sequence }) => sequence));
  const shares = nextAllocation(
    design,
    used.map((arm, row) => (broken.has(row + 1) ? arm : undefined)),
  );
  return {
    number: numberAt(used.length + 1),
    codeBreaks: broken.size,
    probability: Object.fromEntries(names.map((name, arm) => [name, shares[arm] ?? 0])),
  };
}

const MEASURES: readonly (readonly [title: string, of: (measures: DrawnMeasures) => Standing])[] = [
  ["Imbalance after the last row", ({ finalImbalance }) => finalImbalance],
  ["Largest imbalance", ({ maximalImbalance }) => maximalImbalance],
  ["Deterministic allocations", ({ deterministic }) => deterministic],
  ["Correct guesses, convergence strategy", ({ correctGuesses }) => correctGuesses.convergence],
  ["Correct guesses, divergence strategy", ({ correctGuesses }) => correctGuesses.divergence],
  ["Correct guesses, greatest probability", ({ correctGuesses }) => correctGuesses.maximumProbability],
];

function drawnText(list: string, status: string, strata: readonly DrawnStratum[], hasLog: boolean): string {
  const blocks = strata.map(({ stratum, measures, next }) =>
    [
      measures === undefined ? `${stratum}: no allocation yet\n` : measuresText(stratum, measures),
      next === undefined ? "" : nextText(next),
    ].join(""),
  );
  const what = hasLog ? "the part of the list that is used up" : "the list that was drawn";
  return [
    `${list} (${status}): ${what} (UNBLINDED)\n`,
    ...blocks,
    ...wrapText(
      "Beside each number stands which share of all lists of this design, as long as this one, has less, and which has as much; exact. A list is never drawn again because of its numbers.",
      "",
    ).map((line) => `${line}\n`),
  ].join("\n");
}

function measuresText(stratum: string, measures: DrawnMeasures): string {
  const { rows, imbalance, undefinedMeasures } = measures;
  const table = MEASURES.map(([title, of]) => {
    const { value, below, equal } = of(measures);
    return [title, rounded(value), percent(below), percent(equal)];
  });
  const path = `imbalance after each row: ${imbalance.map(rounded).join(" ")}`;
  return [
    `${stratum}: ${counted(rows, "row")}\n`,
    textTable(["Measure", "This list", "Less", "As much"], table),
    ...[path, ...undefinedMeasures.map(({ measure, reason }) => `${measure}: ${reason}`)].flatMap((text) =>
      wrapText(text, "  ", 100).map((line) => `${line}\n`),
    ),
  ].join("");
}

function nextText({ number, codeBreaks, probability }: NextInStratum): string {
  const arms = Object.entries(probability).map(([arm, share]) => `${arm} ${percent(share)}`);
  const seen = codeBreaks === 0 ? "no code break" : counted(codeBreaks, "code break");
  return `  Next is ${number}. Who knows the design and ${seen} can infer: ${arms.join(", ")}.\n`;
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
const percent = (share: number | undefined): string => (share === undefined ? "?" : `${(100 * share).toFixed(1)} %`);

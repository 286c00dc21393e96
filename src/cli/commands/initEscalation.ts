import { resolve } from "node:path";
import type { EscalationRuleKind } from "../../escalation/index.js";
import { fail } from "../../foundation/index.js";
import { ESCALATION_RULES } from "../../escalation/index.js";
import { exists, failAt, writeOneFile } from "../../store/disk/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { wholeNumber } from "../numberOption.js";
import { readTrial } from "../trialInput.js";

export interface InitEscalationOptions extends CommonOptions {
  readonly trial?: string;
  readonly rule: EscalationRuleKind;
  readonly levels: string;
  readonly out: string;
}

/** `allocell init escalation`: an annotated rule file; what the protocol must say is marked, and nothing is filled in. */
export async function initEscalation(io: Io, options: InitEscalationOptions): Promise<number> {
  const path = resolve(io.cwd, options.out);
  if (exists(path, options.out)) {
    const message = "This file exists already; nothing was written.";
    failAt({ code: "cli.output_exists", path: "--out", file: options.out, message, expected: "another name" });
  }
  const levels = wholeNumber("--levels", options.levels);
  if (levels < 1 || levels > 20) {
    fail("cli.option_invalid", "--levels", "A design has 1 to 20 dose levels.", { expected: "1 to 20" });
  }
  const head = options.trial === undefined ? [] : await trialLines(io, options.trial);
  writeOneFile({ path, shown: options.out, mode: 0o644, content: ruleFile(options.rule, levels, head) });
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "init escalation", file: options.out })
      : `${options.out}\n  Fill in every value that says TO-STATE from the protocol, then: allocell escalation table ${options.out}\n`,
  );
  return 0;
}

async function trialLines(io: Io, word: string): Promise<readonly string[]> {
  const trial = await readTrial(io, word);
  const part = trial.parts.find(({ kind }) => kind === "open-escalation");
  const questions = trial.assumptions.filter(({ neededFor }) => neededFor.includes("escalation"));
  return [
    `# ${trial.id}: ${trial.title}`,
    ...(part?.size === undefined ? [] : [`# Part "${part.id}" has ${part.size} places.`]),
    ...questions.map(
      ({ key, question, hint }) => `# Left open: ${key}: ${question}${hint === undefined ? "" : ` (${hint})`}`,
    ),
    `trial: ${trial.id}`,
    ...(part === undefined ? [] : [`part: ${part.id}`]),
  ];
}

function ruleFile(kind: EscalationRuleKind, levels: number, head: readonly string[]): string {
  const { title, source } = ESCALATION_RULES[kind];
  return [
    "# Rule of an open, escalating part. Nothing has a default: replace each TO-STATE by what the protocol says.",
    ...head,
    '# Dose levels from the lowest up, such as { label: low, dose: "1E6 viable cells/kg" }; without doses only planning is possible.',
    "levels:",
    ...Array.from({ length: levels }, (_, i) => `  - { label: "${i + 1}" }`),
    "startLevel: TO-STATE # number of the level of the first cohort, 1 = lowest",
    "rule:",
    `  kind: ${kind} # ${title}${source === undefined ? "" : `; ${source}`}`,
    ...(kind === "3+3" ? THREE_PLUS_THREE : [...EDGES, ...(kind === "own-table" ? OWN_TABLE : TARGET), ...OWN[kind]]),
    ...CONDUCT,
    "",
  ].join("\n");
}

/** Not needed for planning: it stands there as a comment, and a file that is filled in so far can be used. */
const CONDUCT = [
  "# For the log of the part (`allocell log open LOG --rule FILE`): take the # away, and state a dose for each level.",
  "# conduct:",
  "#   window: { throughStudyDay: TO-STATE, dosingIsDay: TO-STATE } # DLTs count through this study day; dosing is Day 1 or Day 0",
  "#   gapsDays: [TO-STATE] # complete days between dosings in a cohort: after the sentinel, after the second ...; the last repeats",
  "#   reviewDays: TO-STATE # days from the first day on which a cohort can be decided to the first dosing of the next",
  "#   lateDlt: TO-STATE # flag or count: whether a DLT after the window changes the counts",
  "#   mostReplacements: TO-STATE # most participants of a cohort who may be replaced",
];

const STOP_COHORT =
  "  stopCohortWhenDecided: TO-STATE # true: the rest of a cohort is not treated where every outcome leads to the same step down or stop";

const THREE_PLUS_THREE = [
  "  variant: TO-STATE # escalate-only (Storer) or de-escalate (Korn)",
  "  needSixAtMtd: TO-STATE # true: a level is recommended only with six participants; false: also with three",
  "  maxTotal: TO-STATE # most participants of the part, or none; when they are used up the rule ends undecided",
  STOP_COHORT,
];

const EDGES = [
  "  cohorts: [TO-STATE] # participants of the first, second ... cohort; the last number repeats",
  "  maxTotal: TO-STATE # most participants of the part",
  "  lastCohort: TO-STATE # cut or not-opened, where fewer places are left than a cohort has",
  "  atLowest: TO-STATE # stay or stop, where the rule says de-escalate at level 1",
  "  atHighest: TO-STATE # stay or stop, where the rule says escalate and no open level is above",
  "  reescalation: TO-STATE # allowed or never, to a level that was left downward; an eliminated one is never entered again",
  "  minToEscalate: TO-STATE # least evaluable participants at a level before the next may open; 0 for none",
  "  maxAtLevel: TO-STATE # most participants at a level, or none",
  "  earlyStop: TO-STATE # none, or { atLevel: 9, when: reached } (at once) or { atLevel: 9, when: stay } (if it would be treated again)",
  STOP_COHORT,
];

const TARGET = [
  '  target: TO-STATE # wanted probability of a DLT, in quotes, such as "0.25"',
  '  elimination: { cutoff: TO-STATE, minimum: TO-STATE } # such as { cutoff: "0.95", minimum: 3 }',
  '  extraSafe: TO-STATE # none, or { offset: "0.05" }: stop earlier at level 1',
  "  selection: { kind: isotonic, mustNotExceed: TO-STATE } # none or de-escalation-boundary",
];

const OWN_TABLE = [
  "  cells: # for every n and dlt that can be reached: escalate, stay, de-escalate, eliminate or stop",
  "    - { n: TO-STATE, dlt: TO-STATE, decision: TO-STATE }",
  '  selection: { kind: TO-STATE } # below-stop; or { kind: isotonic, target: "0.25", mustNotExceed: none }',
];

const EQUIVALENCE =
  '  equivalence: { below: TO-STATE, above: TO-STATE } # half-widths around the target, such as "0.05"';

const OWN: Readonly<Record<EscalationRuleKind, readonly string[]>> = {
  "3+3": [],
  "own-table": [],
  boin: [
    "  tooLow: TO-STATE # highest rate that is too low, such as 0.6 of the target, in quotes",
    "  tooHigh: TO-STATE # lowest rate that is too high, such as 1.4 of the target, in quotes",
  ],
  "i3+3": [EQUIVALENCE],
  "mtpi-2": [EQUIVALENCE, "  shortIntervals: TO-STATE # kept (divided by their own length) or dropped"],
};

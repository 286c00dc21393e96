import { ESCALATION_RULES, type EscalationRuleKind } from "../../escalation/index.js";
import type { Trial } from "../../trial/index.js";
import type { Language } from "../texts/language.js";
import { ruleTitle, RULE_TEMPLATE_TEXTS, type RuleTemplateKey } from "../texts/ruleTemplateTexts.js";

/** A line of the file as it is, or one with a comment: the text of that key, with values in its places. */
type Line =
  string | readonly [yaml: string, comment: RuleTemplateKey, values?: Readonly<Record<string, string | number>>];

/** What an annotated rule file is written for. */
export interface RuleTemplateOptions {
  readonly kind: EscalationRuleKind;
  /** Number of dose levels. */
  readonly levels: number;
  /** The file then names it, its escalating part, and what it leaves open. */
  readonly trial?: Trial;
  /** Of the comments; names of fields and their values are the same in all. */
  readonly language: Language;
}

/**
 * An annotated rule file of an escalating part: what the protocol must say is marked, and nothing is filled in.
 *
 * @returns `text`, in YAML, and `next`, what to do with it
 */
export function toRuleTemplate({ kind, levels, trial, language }: RuleTemplateOptions): {
  readonly text: string;
  readonly next: string;
} {
  const { source } = ESCALATION_RULES[kind];
  const lines: readonly Line[] = [
    ["", "head"],
    ...(trial === undefined ? [] : trialLines(trial)),
    ["", "levels"],
    "levels:",
    ...Array.from({ length: levels }, (_, i) => `  - { label: "${i + 1}" }`),
    ["startLevel: TO-STATE ", "startLevel"],
    "rule:",
    `  kind: ${kind} # ${ruleTitle(language, kind)}${source === undefined ? "" : `; ${source}`}`,
    ...OWN[kind],
    ...CONDUCT,
    "",
  ];
  return {
    text: lines.map((line) => lineText(language, line)).join("\n"),
    next: RULE_TEMPLATE_TEXTS.next[language],
  };
}

function lineText(language: Language, line: Line): string {
  if (typeof line === "string") return line;
  const [yaml, comment, values = {}] = line;
  return `${yaml}# ${filledIn(RULE_TEMPLATE_TEXTS[comment][language], values)}`;
}

/** Puts values into their places; braces around anything else are those of the file. */
const filledIn = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

function trialLines({ id, title, parts, assumptions }: Trial): readonly Line[] {
  const part = parts.find(({ kind }) => kind === "open-escalation");
  const questions = assumptions.filter(({ neededFor }) => neededFor.includes("escalation"));
  return [
    `# ${id}: ${title}`,
    ...(part?.size === undefined ? [] : [["", "places", { part: part.id, places: part.size }] as const]),
    ...questions.map(({ key, question, hint }): Line => {
      const asked = `${key}: ${question}${hint === undefined ? "" : ` (${hint})`}`;
      return ["", "leftOpen", { question: asked }];
    }),
    `trial: ${id}`,
    ...(part === undefined ? [] : [`part: ${part.id}`]),
  ];
}

/** Not needed for planning: it stands there as a comment, and a file that is filled in so far can be used. */
const CONDUCT: readonly Line[] = [
  ["", "conduct"],
  "# conduct:",
  ["#   window: { throughStudyDay: TO-STATE, dosingIsDay: TO-STATE } ", "window"],
  ["#   gapsDays: [TO-STATE] ", "gapsDays"],
  ["#   reviewDays: TO-STATE ", "reviewDays"],
  ["#   lateDlt: TO-STATE ", "lateDlt"],
  ["#   mostReplacements: TO-STATE ", "mostReplacements"],
];

const STOP_COHORT: Line = ["  stopCohortWhenDecided: TO-STATE ", "stopCohortWhenDecided"];

const EDGES: readonly Line[] = [
  ["  cohorts: [TO-STATE] ", "cohorts"],
  ["  maxTotal: TO-STATE ", "maxTotal"],
  ["  lastCohort: TO-STATE ", "lastCohort"],
  ["  atLowest: TO-STATE ", "atLowest"],
  ["  atHighest: TO-STATE ", "atHighest"],
  ["  reescalation: TO-STATE ", "reescalation"],
  ["  minToEscalate: TO-STATE ", "minToEscalate"],
  ["  maxAtLevel: TO-STATE ", "maxAtLevel"],
  ["  earlyStop: TO-STATE ", "earlyStop"],
  STOP_COHORT,
];

const TARGET: readonly Line[] = [
  ...EDGES,
  ["  target: TO-STATE ", "target"],
  ["  elimination: { cutoff: TO-STATE, minimum: TO-STATE } ", "elimination"],
  ["  extraSafe: TO-STATE ", "extraSafe"],
  ["  selection: { kind: isotonic, mustNotExceed: TO-STATE } ", "selection"],
];

const EQUIVALENCE: Line = ["  equivalence: { below: TO-STATE, above: TO-STATE } ", "equivalence"];

const OWN: Readonly<Record<EscalationRuleKind, readonly Line[]>> = {
  "3+3": [
    ["  variant: TO-STATE ", "variant"],
    ["  needSixAtMtd: TO-STATE ", "needSixAtMtd"],
    ["  maxTotal: TO-STATE ", "maxTotalOrNone"],
    STOP_COHORT,
  ],
  "own-table": [
    ...EDGES,
    ["  cells: ", "cells"],
    "    - { n: TO-STATE, dlt: TO-STATE, decision: TO-STATE }",
    ["  selection: { kind: TO-STATE } ", "ownSelection"],
  ],
  boin: [...TARGET, ["  tooLow: TO-STATE ", "tooLow"], ["  tooHigh: TO-STATE ", "tooHigh"]],
  "i3+3": [...TARGET, EQUIVALENCE],
  "mtpi-2": [...TARGET, EQUIVALENCE, ["  shortIntervals: TO-STATE ", "shortIntervals"]],
};

import { assessDynamic } from "../../assessment/index.js";
import {
  checkDynamicPlan,
  checkPlan,
  dynamicPlanHash,
  dynamicRuleHash,
  strataOf,
  type DynamicPlan,
  type Plan,
} from "../../list/index.js";
import type { ClosedAssumption, Trial } from "../../trial/index.js";
import { dynamicTables } from "../assessment/trialTables.js";
import { assumptionName } from "../texts/assumptionTexts.js";
import { describeWords, PLAN_ANSWERS_ZH, PLAN_QUESTIONS_ZH } from "../texts/describeTexts.js";
import type { Language } from "../texts/language.js";
import { isDynamic, partOf, type ListDescription } from "./description.js";
import { provenanceRows, signatures, whatAndValue } from "./formTables.js";
import { document, plainValues, table, tableBlocks, BLANK } from "./markdown.js";
import { predictabilityText } from "./predictabilityText.js";
import { designRows, levelsText, procedureRows, type Row } from "./specificationRows.js";

/**
 * The confidential specification of a list, in Markdown: everything by which it can be made again, but the seed.
 * UNBLINDED: it holds the block sizes.
 *
 * @throws AllocellError `report.trial_differs`, `trial.part_unknown`, `trial.arm_unknown`, `trial.assumption_*`;
 *   `report.language_unknown`
 */
export function toListSpecification(description: ListDescription, language: Language = "en"): string {
  const { plan, trial } = description;
  const say = describeWords(language);
  const own = isDynamic(plan) ? ofDynamic(description, plan, language) : ofList(description, plan, language);
  const { assumptions } = isDynamic(plan) ? checkDynamicPlan(plan, trial) : checkPlan(plan, trial);
  return document([
    `# ${say("specification.title", plainValues({ list: plan.list }))}`,
    say("specification.notFor"),
    ...own,
    `## ${say("specification.rules")}`,
    table([say("head.rule"), say("head.text")], ruleRows(description, language)),
    `## ${say("specification.assumptions")}`,
    assumptionTable(assumptions, trial, language),
    `## ${say("specification.signatures")}`,
    signatures(
      (["specified", "checked", "approved"] as const).map((role) => say(`sign.${role}`)),
      language,
    ),
  ]);
}

function ofList(description: ListDescription, plan: Plan, language: Language): readonly string[] {
  const { manifest } = description;
  const say = describeWords(language);
  return [
    table(whatAndValue(language), [
      ...designRows(description, language),
      ...procedureRows(description, plan, language),
      [say("field.version"), manifest?.allocell ?? ""],
      [say("field.planHash"), manifest?.planHash ?? ""],
      ...provenanceRows(description, language),
      [say("field.supersedes"), ""],
    ]),
    `## ${say("specification.rows")}`,
    table(
      [say("head.stratum"), say("head.rows")],
      strataOf(plan).map(({ levels, length }) => [levelsText(levels, language), String(length)]),
    ),
    `## ${say("specification.predictability")}`,
    predictabilityText(plan, language),
  ];
}

/** Simulated trials of the operating characteristics in a specification. */
const TRIALS = 500;

/** The same for a dynamic allocation: what each allocation follows from, and how the design behaves. */
function ofDynamic(description: ListDescription, plan: DynamicPlan, language: Language): readonly string[] {
  const { size } = partOf(description);
  const say = describeWords(language);
  const assessment = assessDynamic(plan, {
    simulation: { seed: "allocell describe", trials: TRIALS, responses: {} },
    ...(size === undefined ? {} : { accrual: { participants: Math.min(size, plan.length) } }),
  });
  return [
    table(whatAndValue(language), [
      ...designRows(description, language),
      ...procedureRows(description, plan, language),
      [say("field.planHash"), dynamicPlanHash(plan)],
      [say("field.ruleHash"), dynamicRuleHash(plan)],
      [say("field.seed"), ""],
      [say("field.supersedes"), ""],
    ]),
    `## ${say("specification.characteristics")}`,
    ...dynamicTables(assessment, language).flatMap(tableBlocks),
  ];
}

/** How the allocation is used, kept and opened: what is known, and places for what no program knows. */
function ruleRows(description: ListDescription, language: Language): readonly Row[] {
  const say = describeWords(language);
  const blank = BLANK;
  const isAdopted = description.manifest?.adopted !== undefined;
  const isMasked = partOf(description).masking.level !== "none";
  const ifMasked = (key: "rule.sealedText" | "rule.breakText"): string =>
    isMasked ? say(key, { blank }) : say("rule.open");
  return [
    [say("rule.use"), say(isDynamic(description.plan) ? "rule.useDynamic" : "rule.useList")],
    [say("rule.program"), say(isAdopted ? "rule.programAdopted" : "rule.programText")],
    [say("rule.seed"), say(isAdopted ? "rule.seedAdopted" : "rule.seedText", { blank })],
    [say("rule.kits"), ""],
    [say("rule.sealed"), ifMasked("rule.sealedText")],
    [say("rule.break"), ifMasked("rule.breakText")],
    [say("rule.access"), ""],
  ];
}

function assumptionTable(closed: readonly ClosedAssumption[], trial: Trial, language: Language): string {
  const say = describeWords(language);
  if (closed.length === 0) return say("assumptions.none");
  return table(
    (["key", "question", "answer", "reason"] as const).map((name) => say(`head.${name}`)),
    closed.map((one) => [
      one.key,
      questionOf(one, language),
      answerOf(one, trial, language),
      one.reason ?? say("assumptions.noReason"),
    ]),
  );
}

/** The question; in Chinese by the name that is known for its key. */
function questionOf({ key, question }: ClosedAssumption, language: Language): string {
  if (language === "en") return question;
  const known = PLAN_QUESTIONS_ZH[key] ?? assumptionName(language, key);
  return known === key ? question : known;
}

/** The answer; what the plan itself answers is in the Chinese document already. */
function answerOf({ key, value }: ClosedAssumption, trial: Trial, language: Language): string {
  if (language === "en") return value;
  const answeredBy = trial.assumptions.find((line) => line.key === key)?.answeredBy ?? "";
  return PLAN_ANSWERS_ZH[answeredBy] ?? value;
}

import { assessDynamic, predictability, type Predictability } from "../../assessment/index.js";
import {
  checkDynamicPlan,
  checkPlan,
  dynamicPlanHash,
  dynamicRuleHash,
  strataByProcedure,
  strataOf,
  stratumText,
  type DynamicPlan,
  type Plan,
  type StrataOfProcedure,
} from "../../list/index.js";
import { readyProcedure, type ProcedureSpec } from "../../procedure/index.js";
import type { ClosedAssumption } from "../../trial/index.js";
import { dynamicTables } from "../assessment/trialTables.js";
import {
  algorithmText,
  armsOf,
  isDynamic,
  parameterText,
  partOf,
  procedureName,
  ratioText,
  type ListDescription,
} from "./description.js";
import { BLANK, document, table, tableBlocks } from "./markdown.js";

/**
 * The confidential specification of a list, in Markdown: everything by which it can be made again, but the seed.
 * UNBLINDED: it holds the block sizes.
 *
 * @throws AllocellError `report.trial_differs`, `trial.part_unknown`, `trial.arm_unknown`, `trial.assumption_*`
 */
export function toListSpecification(description: ListDescription): string {
  const { plan, trial, manifest } = description;
  if (isDynamic(plan)) return dynamicSpecification(description, plan);
  const part = partOf(description);
  const arms = armsOf(description);
  const strata = strataOf(plan);
  const status = manifest === undefined ? "no list is drawn yet" : manifest.status;
  return document([
    `# Randomization specification (UNBLINDED, CONFIDENTIAL): ${plan.list}`,
    "Not for those who enrol participants, assign interventions, treat or assess.",
    table(
      ["what", "value"],
      [
        ["Study", `${trial.id}: ${trial.title}`],
        ["Part", `${part.id}: ${part.title}`],
        ["List", `${plan.list} (${status})`],
        ["Arms in order, with ratio", arms.map(({ id, label, ratio }) => `${id} (${label}) ${ratio}`).join("; ")],
        ["Ratio", ratioText(description)],
        ["Procedure", `${procedureName(description)} (${plan.procedure.kind})`],
        ...parameterRows(plan.procedure),
        ...(plan.procedures ?? []).flatMap(({ stratum, procedure }) =>
          parameterRows(procedure).map(([name = "", value = ""]) => [
            `${name}, ${stratumText(Object.entries(stratum))}`,
            value,
          ]),
        ),
        ["Strata", strata.length === 1 && plan.strata.length === 0 ? "none" : `${strata.length}`],
        ...plan.strata.map(({ factor, levels }, i) => [
          `Factor ${i + 1}, levels in order`,
          `${factor}: ${levels.join(", ")}`,
        ]),
        ["Randomization numbers", `${numbersText(plan.numbers, "two digits a factor, ")}; T before TEST numbers`],
        ["Stream", plan.stream ?? "arc4"],
        ["Algorithm", algorithmText(description)],
        ["allocell version", manifest?.allocell ?? ""],
        ["SHA-256 of the plan", manifest?.planHash ?? ""],
        ["Seed: kept where, by whom", ""],
        ["Seed mark", manifest?.seedMark ?? ""],
        ["Supersedes", ""],
      ],
    ),
    "## Rows asked for",
    table(
      ["stratum", "rows"],
      strata.map(({ levels, length }) => [stratumText(levels), String(length)]),
    ),
    "## Predictability",
    predictabilityText(plan),
    "## Assumptions",
    assumptionTable(checkPlan(plan, trial).assumptions),
    "## Signatures",
    SIGNATURES,
  ]);
}

/** How the numbers look, `strata` telling what the digits of a stratum are. */
function numbersText({ prefix, digits, levelDigits, mask, shuffle }: Plan["numbers"], strata: string): string {
  return [
    `prefix ${prefix}, ${levelDigits === 1 ? "one digit a factor, " : strata}${digits} digits`,
    ...(mask === undefined ? [] : [`form ${mask}, check digit by ISO 7064 MOD 11,10`]),
    ...(shuffle === undefined ? [] : [`places in the order of the text ${shuffle}`]),
  ].join("; ");
}

/** The parameters of a procedure, and what holds where it states nothing. */
function parameterRows(procedure: ProcedureSpec): readonly (readonly string[])[] {
  const { kind, ...parameters } = procedure;
  const blocks = "lastBlock" in procedure || "sizes" in procedure;
  return [
    ...Object.entries(parameters).map(([name, value]) => [PARAMETERS[name] ?? name, [value].flat().join(", ")]),
    ...(kind === "ordered-blocks" ? [["Order of blocks", "as stated; after the last size the first follows"]] : []),
    ...(kind === "permuted-block" && !("weights" in parameters)
      ? [["Selection weights", "all sizes equally likely"]]
      : []),
    ...(blocks && !("lastBlock" in parameters) ? [["Last block", "whole"]] : []),
  ];
}

const SIGNATURES = table(
  ["role", "name", "date", "signature"],
  ["Specified by", "Checked by", "Approved by"].map((role) => [role, "", "", ""]),
);

/** Simulated trials of the operating characteristics in a specification. */
const TRIALS = 500;

/** The same for a dynamic allocation: what each allocation follows from, and how the design behaves. */
function dynamicSpecification(description: ListDescription, plan: DynamicPlan): string {
  const part = partOf(description);
  const { trial } = description;
  const { kind, ...parameters } = plan.procedure;
  const assessment = assessDynamic(plan, {
    simulation: { seed: "allocell describe", trials: TRIALS, responses: {} },
    ...(part.size === undefined ? {} : { accrual: { participants: Math.min(part.size, plan.length) } }),
  });
  const arms = armsOf(description).map(({ id, label, ratio }) => `${id} (${label}) ${ratio}`);
  return document([
    `# Randomization specification (UNBLINDED, CONFIDENTIAL): ${plan.list}`,
    "Not for those who enrol participants, assign interventions, treat or assess.",
    table(
      ["what", "value"],
      [
        ["Study", `${trial.id}: ${trial.title}`],
        ["Part", `${part.id}: ${part.title}`],
        ["Dynamic allocation", `${plan.list}, at most ${plan.length} participants`],
        ["Arms in order, with ratio", arms.join("; ")],
        ["Procedure", `${procedureName(description)} (${kind})`],
        ...Object.entries(parameters).map(([name, value]) => [PARAMETERS[name] ?? name, parameterText(value)]),
        ...plan.factors.map(({ factor, levels, weight }, i) => [
          `Factor ${i + 1}, levels in order`,
          `${factor}: ${levels.join(", ")}${weight === undefined ? "" : `; weight ${weight}`}`,
        ]),
        ["Randomization numbers", `${numbersText(plan.numbers, "")}; T before TEST numbers`],
        ["Algorithm", algorithmText(description)],
        ["SHA-256 of the plan", dynamicPlanHash(plan)],
        ["SHA-256 of what no extension may change", dynamicRuleHash(plan)],
        ["Seed: kept where, by whom", ""],
        ["Supersedes", ""],
      ],
    ),
    "## Operating characteristics",
    ...dynamicTables(assessment).flatMap(tableBlocks),
    "## Assumptions",
    assumptionTable(checkDynamicPlan(plan, trial).assumptions),
    "## Signatures",
    SIGNATURES,
  ]);
}

const PARAMETERS: Readonly<Record<string, string>> = {
  measure: "Measure of imbalance",
  law: "From scores to probabilities",
  probability: "Probability of the preferred arm",
  overallWeight: "Weight of the overall imbalance",
  stratumWeight: "Weight of the stratum",
  sizes: "Block sizes",
  size: "Block size",
  weights: "Selection weights",
  lastBlock: "Last block",
  totals: "Totals by arm",
};

/** Rows over which the shares are taken, from the first. */
const MOST_ROWS = 500;

function predictabilityText(plan: Plan): string {
  const groups = strataByProcedure(plan);
  return groups
    .map((group) => {
      const where = groups.length === 1 ? "" : `${group.strata.map(({ levels }) => stratumText(levels)).join("; ")}: `;
      return `${where}${predictabilityOf(plan, group)}`;
    })
    .join("\n\n");
}

function predictabilityOf(plan: Plan, { procedure, strata }: StrataOfProcedure): string {
  const ratio = plan.arms.map((arm) => arm.ratio);
  const length = strata.reduce((most, stratum) => Math.max(most, stratum.length), 0);
  const { urn } = readyProcedure(procedure, ratio, length);
  const rows = Math.min(length, MOST_ROWS);
  const seen = predictability(urn, { ratio, rows, knowledge: "seen" });
  if (seen === undefined) return `Not computed for this procedure: ${BLANK}`;
  const known = predictability(urn, { ratio, rows, knowledge: "set-known" });
  const line = (who: string, { forced, bestGuess }: Predictability): readonly string[] => [
    who,
    forced.toFixed(3),
    bestGuess.toFixed(3),
  ];
  return [
    `Mean over the first ${rows} rows of a stratum, exact:`,
    "",
    table(
      ["who guesses", "deterministic allocations", "correct guesses"],
      [
        line("knows past allocations, the design and the size of each block", seen),
        ...(known === undefined ? [] : [line("knows past allocations and the design only", known)]),
      ],
    ),
  ].join("\n");
}

function assumptionTable(closed: readonly ClosedAssumption[]): string {
  if (closed.length === 0) return "None: the trial's sources leave nothing open for the list.";
  return table(
    ["key", "question", "answer", "reason"],
    closed.map(({ key, question, value, reason }) => [key, question, value, reason ?? "not stated"]),
  );
}

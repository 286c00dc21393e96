import type {
  AssessedDesign,
  DynamicAssessment,
  Estimate,
  TrialDesign,
  TrialMeasures,
} from "../../assessment/index.js";
import type { DynamicProcedure } from "../../list/index.js";
import type { ReportTable } from "./assessmentTables.js";
import { designNames } from "./designName.js";
import { estimateText, percentText } from "./numbers.js";

/** How a whole trial is randomized, in the words of the literature with all parameters. UNBLINDED: it holds block sizes. */
export function trialDesignName(design: TrialDesign): string {
  if (design.kind === "dynamic") {
    const weights = design.factors.map(({ factor, weight }) =>
      weight === undefined || weight === 1 ? factor : `${factor} (weight ${weight})`,
    );
    return `${dynamicName(design.procedure)} over ${weights.join(", ")}`;
  }
  const { name } = designNames(design.procedure);
  return design.strata.length === 0 ? name : `${name}, in strata by ${design.strata.join(", ")}`;
}

/** A dynamic procedure with its parameters. */
export function dynamicName(procedure: DynamicProcedure): string {
  switch (procedure.kind) {
    case "minimization": {
      const { law, measure } = procedure;
      const parameter =
        law.kind === "fixed"
          ? `p = ${law.probability}`
          : law.kind === "rank"
            ? `q = ${law.q}, by rank`
            : `t = ${law.t}, proportional`;
      return `minimization (${measure === "sd" ? "standard deviation" : measure}, ${parameter})`;
    }
    case "hu-hu":
      return `Hu and Hu's design (p = ${procedure.probability}, weights ${procedure.overallWeight} overall, ${procedure.stratumWeight} stratum)`;
    case "atkinson":
      return "Atkinson's D-optimal biased coin";
  }
}

type Row = readonly [name: string, value: (measures: TrialMeasures) => Estimate | undefined, isShare?: true];

/** Operating characteristics of a whole trial, one column a design. */
export function trialTable({ plan, designs, participants, sharesAssumed, ratio }: DynamicAssessment): ReportTable {
  const factors = designs[0]?.measures.byFactor.map(({ factor }) => factor) ?? [];
  const rows: readonly Row[] = [
    ["Participants randomized", ({ randomized }) => randomized],
    ["Imbalance at the end, all", ({ overall }) => overall.final],
    ["Largest imbalance at any time, all", ({ overall }) => overall.largest],
    ["Standard deviation, first arm", ({ overall }) => overall.deviation],
    ["Loss (participants), all", ({ overall }) => overall.loss],
    ...factors.flatMap((factor, i): readonly Row[] => [
      [`Imbalance at the end by ${factor}, mean of the levels`, ({ byFactor }) => byFactor[i]?.mean],
      [`Imbalance at the end by ${factor}, worst level`, ({ byFactor }) => byFactor[i]?.largest],
    ]),
    ["Imbalance at the end by stratum, mean", ({ strata }) => strata.final],
    ["Loss (participants), strata added up", ({ strata }) => strata.loss],
    ["Correct guesses: everything is known", ({ correctGuesses }) => correctGuesses.everything, true],
    ["Correct guesses: own centre is known", ({ correctGuesses }) => correctGuesses.ownCentre, true],
    ["Correct guesses: nothing is known", ({ correctGuesses }) => correctGuesses.nothing, true],
    ["Deterministic allocations", ({ deterministic }) => deterministic, true],
    ["P(rejection), F test of the arms, unadjusted", ({ rejection }) => rejection?.unadjusted, true],
    ["P(rejection), F test, adjusted for all factors", ({ rejection }) => rejection?.adjusted, true],
  ];
  const cell = ({ measures }: AssessedDesign, [, value, isShare]: Row): string => {
    const estimate = value(measures);
    if (estimate === undefined) return "not applicable";
    return isShare === true ? percentText(estimate) : estimateText(estimate, 2);
  };
  const trials = designs[0]?.measures.trials ?? 0;
  return {
    title: `Operating characteristics of the whole trial: ${plan.list}, ${participants} participants at ${ratio.join(":")}`,
    columns: ["Measure", ...designs.map((_, i) => columnName(i))],
    rows: [
      ...rows
        .filter(([, value]) => designs.some(({ measures }) => value(measures) !== undefined))
        .map((row) => [row[0], ...designs.map((design) => cell(design, row))]),
      ["Method", ...designs.map(({ measures }) => `${measures.trials} simulated trials`)],
    ],
    note:
      `${designs.map(({ design }, i) => `${columnName(i)}: ${trialDesignName(design)}`).join(". ")}. ` +
      `All numbers are means over ${trials} simulated trials, SE their standard error; ` +
      `levels come ${sharesAssumed ? "with equal shares, which is ASSUMED," : "with the stated shares"} and independently of each other. ` +
      "Imbalance is the absolute difference of the two groups (two arms at 1:1), otherwise the largest difference between " +
      "the size of a group and its share. Loss: by so many participants the trial is as if it were smaller. " +
      "Own centre: convergence strategy, and the best guess where each centre has its own lists. Without an effect P(rejection) is the type I error.",
  };
}

/** The imbalance at the end in each level of each factor. */
export function marginTable({ plan, designs }: DynamicAssessment): ReportTable {
  const [first] = designs;
  return {
    title: `Imbalance at the end by level: ${plan.list}`,
    columns: ["Level", ...designs.map((_, i) => columnName(i))],
    rows: (first?.measures.byFactor ?? []).flatMap(({ factor, byLevel }, i) =>
      byLevel.map(({ level }, j) => [
        `${factor} ${level}`,
        ...designs.map(({ measures }) => estimateText(measures.byFactor[i]?.byLevel[j]?.final as Estimate, 2)),
      ]),
    ),
  };
}

const columnName = (i: number): string => (i === 0 ? "Plan" : `Design ${i + 1}`);

/** Every table of the assessment of a dynamic allocation. */
export function dynamicTables(assessment: DynamicAssessment): readonly ReportTable[] {
  return [trialTable(assessment), marginTable(assessment)];
}

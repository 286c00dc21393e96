import type {
  AssessedDesign,
  DynamicAssessment,
  Estimate,
  TrialDesign,
  TrialMeasures,
} from "../../assessment/index.js";
import type { DynamicProcedure } from "../../list/index.js";
import type { Language } from "../texts/language.js";
import { trialTableWords } from "../texts/trialTableTexts.js";
import type { ReportTable } from "./assessmentTables.js";
import { signsIn } from "../texts/signs.js";
import { designName } from "./designName.js";
import { estimateText, percentText } from "./numbers.js";

/**
 * How a whole trial is randomized, in the words of the literature with all parameters. UNBLINDED: it holds block sizes.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function trialDesignName(design: TrialDesign, language: Language = "en"): string {
  const say = trialTableWords(language);
  const comma = language === "en" ? ", " : "、";
  if (design.kind === "dynamic") {
    const factors = design.factors.map(({ factor, weight }) =>
      weight === undefined || weight === 1 ? factor : say("name.weight", { factor, weight: String(weight) }),
    );
    return say("name.dynamic", { name: dynamicName(design.procedure, language), factors: factors.join(comma) });
  }
  const name = designName(design.procedure, language);
  // Complete randomization is the same in any number of lists.
  if (design.strata.length === 0) return design.procedure.kind === "complete" ? name : say("name.oneList", { name });
  return say("name.strata", { name, factors: design.strata.join(comma) });
}

/**
 * A dynamic procedure with its parameters.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function dynamicName(procedure: DynamicProcedure, language: Language = "en"): string {
  const say = trialTableWords(language);
  switch (procedure.kind) {
    case "minimization": {
      const { law, measure } = procedure;
      const value = String(law.kind === "fixed" ? law.probability : law.kind === "rank" ? law.q : law.t);
      return say("name.minimization", {
        measure: say(`name.${measure}`),
        law: say(`name.${law.kind}`, { value }),
      });
    }
    case "hu-hu":
      return say("name.huHu", {
        p: String(procedure.probability),
        overall: String(procedure.overallWeight),
        stratum: String(procedure.stratumWeight),
      });
    case "atkinson":
      return say("name.atkinson");
  }
}

type Row = readonly [name: string, value: (measures: TrialMeasures) => Estimate | undefined, isShare?: true];

/** Operating characteristics of a whole trial, one column a design. */
export function trialTable(assessment: DynamicAssessment, language: Language = "en"): ReportTable {
  const { plan, designs, participants, ratio } = assessment;
  const say = trialTableWords(language);
  const cell = ({ measures }: AssessedDesign, [, value, isShare]: Row): string => {
    const estimate = value(measures);
    if (estimate === undefined) return say("notApplicable");
    const text = isShare === true ? percentText(estimate) : estimateText(estimate, 2);
    return signsIn(language, text);
  };
  return {
    title: say("title", { list: plan.list, participants: String(participants), ratio: ratio.join(":") }),
    columns: [say("measure"), ...designs.map((_, i) => columnName(i, language))],
    rows: [
      ...rowsOf(assessment, language)
        .filter(([, value]) => designs.some(({ measures }) => value(measures) !== undefined))
        .map((row) => [row[0], ...designs.map((design) => cell(design, row))]),
      [say("method"), ...designs.map(({ measures }) => say("simulated", { trials: String(measures.trials) }))],
    ],
    note: noteOf(assessment, language),
  };
}

function rowsOf({ designs }: DynamicAssessment, language: Language): readonly Row[] {
  const say = trialTableWords(language);
  const factors = designs[0]?.measures.byFactor.map(({ factor }) => factor) ?? [];
  return [
    [say("randomized"), ({ randomized }) => randomized],
    [say("final"), ({ overall }) => overall.final],
    [say("largest"), ({ overall }) => overall.largest],
    [say("deviation"), ({ overall }) => overall.deviation],
    [say("loss"), ({ overall }) => overall.loss],
    ...factors.flatMap((factor, i): readonly Row[] => [
      [say("factorMean", { factor }), ({ byFactor }) => byFactor[i]?.mean],
      [say("factorWorst", { factor }), ({ byFactor }) => byFactor[i]?.largest],
    ]),
    [say("stratumMean"), ({ strata }) => strata.final],
    [say("stratumLoss"), ({ strata }) => strata.loss],
    [say("everything"), ({ correctGuesses }) => correctGuesses.everything, true],
    [say("ownCentre"), ({ correctGuesses }) => correctGuesses.ownCentre, true],
    [say("nothing"), ({ correctGuesses }) => correctGuesses.nothing, true],
    [say("deterministic"), ({ deterministic }) => deterministic, true],
    [say("unadjusted"), ({ rejection }) => rejection?.unadjusted, true],
    [say("adjusted"), ({ rejection }) => rejection?.adjusted, true],
  ];
}

function noteOf({ designs, sharesAssumed }: DynamicAssessment, language: Language): string {
  const say = trialTableWords(language);
  const named = designs.map(({ design }, i) =>
    say("column", { column: columnName(i, language), name: trialDesignName(design, language) }),
  );
  return say("note", {
    designs: named.join(language === "en" ? ". " : "。"),
    trials: String(designs[0]?.measures.trials ?? 0),
    shares: say(sharesAssumed ? "assumed" : "stated"),
  });
}

/** The imbalance at the end in each level of each factor. */
export function marginTable({ plan, designs }: DynamicAssessment, language: Language = "en"): ReportTable {
  const [first] = designs;
  const say = trialTableWords(language);
  return {
    title: say("byLevel", { list: plan.list }),
    columns: [say("level"), ...designs.map((_, i) => columnName(i, language))],
    rows: (first?.measures.byFactor ?? []).flatMap(({ factor, byLevel }, i) =>
      byLevel.map(({ level }, j) => [
        `${factor} ${level}`,
        ...designs.map(({ measures }) => estimateText(measures.byFactor[i]?.byLevel[j]?.final as Estimate, 2)),
      ]),
    ),
  };
}

const columnName = (i: number, language: Language): string => {
  const say = trialTableWords(language);
  return i === 0 ? say("plan") : say("design", { number: String(i + 1) });
};

/**
 * Every table of the assessment of a dynamic allocation.
 *
 * @throws AllocellError `report.language_unknown`
 */
export const dynamicTables = (assessment: DynamicAssessment, language: Language = "en"): readonly ReportTable[] => [
  trialTable(assessment, language),
  marginTable(assessment, language),
];

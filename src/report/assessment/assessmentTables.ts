import type {
  Assessment,
  BiasModel,
  Distribution,
  Estimate,
  Measures,
  UndefinedMeasure,
} from "../../assessment/index.js";
import { stratumText } from "../../list/index.js";
import type { ProcedureSpec } from "../../procedure/index.js";
import {
  assessmentWords,
  UNDEFINED_ZH,
  type AssessmentTextKey,
  type SayOfAssessment,
} from "../texts/assessmentTexts.js";
import type { Language } from "../texts/language.js";
import { signsIn } from "../texts/signs.js";
import { designName, designNames } from "./designName.js";
import { methodText } from "./methodText.js";
import { estimateText, number, percentText, probability } from "./numbers.js";

/** A table of texts under its title, for a terminal, a page or a document. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What has to be known to read it. */
  readonly note?: string;
}

/** What tells the procedure of a stratum of its own from the others, after a comma; nothing where all have one. */
const ownDesign = (procedure: ProcedureSpec | undefined, say: SayOfAssessment): string =>
  procedure === undefined ? "" : say("own", { design: designNames(procedure).label });

/** What a row of the table says of the measures of a list. */
type CellOf = (measures: Measures, assessment: Assessment) => string;

/**
 * Operating characteristics of one or several plans beside each other: one column for each length of list.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function measureTable(assessments: readonly Assessment[], language: Language = "en"): ReportTable {
  const say = assessmentWords(language);
  const columns = assessments.flatMap((assessment) =>
    assessment.lists.map(({ length, measures, procedure }) => {
      const { list } = assessment.plan;
      const own = ownDesign(procedure, say);
      const title = assessment.lists.length === 1 ? list : say("column", { list, rows: String(length), own });
      return { title, assessment, measures };
    }),
  );
  return {
    title: say("title"),
    columns: [say("measure"), ...columns.map(({ title }) => title)],
    rows: measureRows(language).map(([name, value]) => [
      say(name),
      ...columns.map(({ measures, assessment }) => value(measures, assessment)),
    ]),
    note: scaleNote(
      columns.map(({ measures }) => measures),
      say,
    ),
  };
}

function measureRows(language: Language): readonly (readonly [AssessmentTextKey, CellOf])[] {
  const say = assessmentWords(language);
  const share = (estimate: Estimate | undefined): string =>
    estimate === undefined ? say("none") : signsIn(language, percentText(estimate));
  const size = (estimate: Estimate | undefined): string =>
    estimate === undefined ? say("none") : estimateText(estimate, 3);
  return [
    ["design", (_, { procedure }) => designName(procedure, language)],
    [
      "ratio",
      ({ ratio }, { arms }) =>
        say("ratioOf", { ratio: ratio.join(":"), arms: arms.join(language === "en" ? ", " : "、") }),
    ],
    [
      "rowsAndLists",
      ({ rows }, { lists }) =>
        say("pair", {
          first: String(rows),
          second: String(lists.find(({ length }) => length === rows)?.strata.length ?? 1),
        }),
    ],
    ["convergence", ({ correctGuesses }) => share(correctGuesses.convergence)],
    ["divergence", ({ correctGuesses }) => share(correctGuesses.divergence)],
    ["best", ({ correctGuesses }) => share(correctGuesses.maximumProbability)],
    ["deterministic", ({ forcedShare }) => share(forcedShare)],
    ["entropy", ({ entropy }) => size(entropy)],
    ["forcing", ({ forcingIndex }) => size(forcingIndex)],
    ["balanced", ({ balancedShare }) => share(balancedShare)],
    ["final", ({ finalAbsolute }) => size(finalAbsolute)],
    ["maximal", ({ maximal }) => size(maximal)],
    [
      "maximalQuantile",
      ({ maximalDistribution, method }) =>
        maximalDistribution === undefined || method === "simulated"
          ? say("none")
          : number(quantile(maximalDistribution, 0.95), 2),
    ],
    ["withinOne", (measures) => share(withinOne(measures))],
    ["loss", ({ loss }) => size(loss)],
    [
      "deviation",
      ({ largestRatioDeviation }) =>
        largestRatioDeviation === undefined ? say("none") : number(largestRatioDeviation.value, 3),
    ],
    ["states", (measures) => say("pair", { first: String(measures.states), second: methodText(measures, language) })],
  ];
}

function scaleNote(all: readonly Measures[], say: SayOfAssessment): string {
  const isEvery = (scale: Measures["scale"]): boolean => all.every((own) => own.scale === scale);
  const [difference, deviation] = [say("difference"), say("share")];
  const imbalance = isEvery("difference")
    ? difference
    : isEvery("deviation")
      ? deviation
      : say("eitherScale", { difference, deviation });
  return say("scaleNote", { imbalance, known: say(`known.${all[0]?.knowledge ?? "set-known"}`) });
}

/** P(every group ends at most one participant from its share): 6 and 4 in place of 5 and 5 are within one. */
export function withinOne({ finalDistribution, scale, trials }: Measures): Estimate {
  const most = scale === "difference" ? 2 : 1;
  const total = finalDistribution.values.reduce(
    (sum, own, i) => (Math.abs(own) <= most + 1e-9 ? sum + (finalDistribution.probabilities[i] ?? 0) : sum),
    0,
  );
  return shareOfLists(total, trials);
}

/** A probability with its standard error: simulated lists are independent, so their number in it is binomial. */
function shareOfLists(probabilities: number, trials: number): Estimate {
  const value = Math.min(1, probabilities);
  return { value, standardError: trials === 0 ? 0 : Math.sqrt((value * (1 - value)) / trials) };
}

/** The least value that is not exceeded with this probability. */
export function quantile({ values, probabilities }: Distribution, share: number): number {
  let sum = 0;
  for (const [i, value] of values.entries()) {
    sum += probabilities[i] ?? 0;
    if (sum >= share - 1e-12) return value;
  }
  return values[values.length - 1] ?? NaN;
}

/** Sizes of the groups at the end of each list. */
export function groupTable({ arms, lists, plan }: Assessment, language: Language = "en"): ReportTable {
  const say = assessmentWords(language);
  const columns = ["rows", "arm", "mean", "standardDeviation", "low", "high", "asPlanned", "method"] as const;
  return {
    title: say("groupTitle", { list: plan.list }),
    columns: columns.map((column) => say(column)),
    rows: lists.flatMap(({ length, measures }) =>
      measures.byArm.map(({ mean, standardDeviation, distribution }, k) => {
        const { trials } = measures;
        const exact = (text: string): string => (trials === 0 ? text : say("none"));
        const total = measures.ratio.reduce((sum, weight) => sum + weight, 0);
        const planned = (length * (measures.ratio[k] ?? 0)) / total;
        const hit = distribution.values.reduce(
          (sum, value, i) => (Math.abs(value - planned) < 1 - 1e-9 ? sum + (distribution.probabilities[i] ?? 0) : sum),
          0,
        );
        return [
          String(length),
          arms[k] ?? "",
          estimateText({ value: mean, standardError: trials === 0 ? 0 : standardDeviation / Math.sqrt(trials) }, 2),
          exact(number(standardDeviation, 2)),
          exact(number(quantile(distribution, 0.05), 0)),
          exact(number(quantile(distribution, 0.95), 0)),
          trials === 0 ? probability(Math.min(1, hit)) : signsIn(language, percentText(shareOfLists(hit, trials))),
          methodText(measures, language),
        ];
      }),
    ),
    note: say("groupNote"),
  };
}

/** That who comes was simulated, and how exact that is. */
function simulatedText({ simulated }: Assessment["fill"], say: SayOfAssessment): string {
  if (simulated === undefined) return "";
  const { trials, standardErrors } = simulated;
  return say("simulatedComing", {
    trials: String(trials),
    probability: number(standardErrors.probability, 4),
    participants: number(standardErrors.participants, 2),
    kits: number(standardErrors.kits, 2),
  });
}

/** How the lists of the strata are used up. */
export function fillTable({ fill, plan }: Assessment, language: Language = "en"): ReportTable {
  const say = assessmentWords(language);
  const { participants, sharesAssumed, byStratum, anyRunOutProbability, runOutLimit, kits } = fill;
  const columns = ["stratum", "shareColumn", "rows", "expected", "band", "runsOut"] as const;
  return {
    title: say("fillTitle", { list: plan.list }),
    columns: [...columns.map((column) => say(column)), say("sufficient", { limit: String(runOutLimit) })],
    rows: byStratum.map((own) => [
      own.stratum === stratumText([]) ? say("everybody") : own.stratum,
      number(own.share, 3),
      String(own.length),
      number(own.expectedParticipants, 1),
      say("bandOf", { from: String(own.participantBands[0]), to: String(own.participantBands[4]) }),
      probability(own.runOutProbability),
      String(own.sufficientLength),
    ]),
    note: say("fillNote", {
      participants: String(participants),
      shares: say(sharesAssumed ? "assumed" : "stated"),
      any: probability(anyRunOutProbability),
      packed: String(kits.packed),
      left: number(kits.expectedOverage, 1),
      simulated: simulatedText(fill, say),
    }),
  };
}

/** Imbalance of participants pooled over strata. */
export function pooledTable({ pooled, arms, plan }: Assessment, language: Language = "en"): ReportTable {
  const say = assessmentWords(language);
  const columns = ["participantsOf", "arm", "absolute", "standardDeviation", "method"] as const;
  return {
    title: say("pooledTitle", { list: plan.list }),
    columns: columns.map((column) => say(column)),
    rows: pooled.flatMap(({ of, byArm, simulated }) =>
      byArm.map(({ expectedAbsolute, standardDeviation, standardErrors: errors }, k) => [
        of === "overall" ? say("overall") : of,
        arms[k] ?? "",
        estimateText({ value: expectedAbsolute, standardError: errors?.expectedAbsolute ?? 0 }, 3),
        estimateText({ value: standardDeviation, standardError: errors?.standardDeviation ?? 0 }, 3),
        simulated === undefined ? say("exact") : say("simulatedTrials", { trials: String(simulated.trials) }),
      ]),
    ),
  };
}

/** Rejection probabilities of the t test under bias. */
export function testTable({ tests, plan }: Assessment, language: Language = "en"): ReportTable {
  const say = assessmentWords(language);
  const trendText = (trend: NonNullable<BiasModel["trend"]>): string =>
    say(`trend.${trend.kind}`, {
      theta: String(trend.theta),
      ...(trend.kind === "step" ? { after: String(trend.after) } : {}),
    });
  return {
    title: say("testTitle", { list: plan.list }),
    columns: (["selection", "trend", "effect", "level", "rejection"] as const).map((column) => say(column)),
    rows: tests.map(({ model: { selection, trend, effect, alpha }, rejection, method }) => {
      const estimate = estimateText(rejection, 4);
      return [
        selection === undefined
          ? say("noBias")
          : say("eta", {
              eta: String(selection.eta),
              strategy: say(`strategy.${selection.strategy ?? "convergence"}`),
            }),
        trend === undefined ? say("noBias") : trendText(trend),
        String(effect ?? 0),
        String(alpha ?? 0.05),
        method === "simulated" ? say("simulatedTest", { estimate }) : estimate,
      ];
    }),
    note: say("testNote"),
  };
}

/**
 * Every table of a report that has something to say, in order.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function assessmentTables(
  assessments: readonly Assessment[],
  language: Language = "en",
): readonly ReportTable[] {
  return [
    measureTable(assessments, language),
    ...assessments.flatMap((assessment) => [
      groupTable(assessment, language),
      ...(assessment.fill.byStratum.length > 1 || assessment.fill.participants !== assessment.totalRows
        ? [fillTable(assessment, language)]
        : []),
      ...(assessment.pooled.length > 0 ? [pooledTable(assessment, language)] : []),
      ...(assessment.tests.length > 0 ? [testTable(assessment, language)] : []),
    ]),
  ];
}

/** What the measures are called that may be left out. */
const UNDEFINED_NAMES: Readonly<Record<string, AssessmentTextKey>> = {
  maximumProbability: "best",
  forcedShare: "deterministic",
  entropy: "entropy",
  forcingIndex: "forcing",
  maximal: "maximal",
  largestRatioDeviation: "deviation",
};

/** A measure that is left out, and why: in English as the assessment says it. */
function inWords({ measure, reason }: UndefinedMeasure, language: Language, isHidden = false): UndefinedMeasure {
  if (language === "en") return { measure, reason };
  const say = assessmentWords(language);
  const [, of] = /^pooled(?: (.+))?$/u.exec(measure) ?? [];
  const isPooled = measure.startsWith("pooled");
  const key = UNDEFINED_NAMES[measure];
  const why = isPooled ? "pooled" : Object.hasOwn(UNDEFINED_ZH, measure) ? measure : isHidden ? "hidden" : "guesses";
  const pooled = say("pooledTitle", { list: of === undefined || of === "overall" ? say("overall") : of });
  return { measure: isPooled ? pooled : key === undefined ? measure : say(key), reason: UNDEFINED_ZH[why] ?? reason };
}

/**
 * What is not computed, and why.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function undefinedLines(assessment: Assessment, language: Language = "en"): readonly string[] {
  const say = assessmentWords(language);
  const { lists, undefinedMeasures } = assessment;
  const own = undefinedMeasures.map((one) => say("undefined", { ...inWords(one, language) }));
  const ofLists = lists.flatMap(({ length, measures }) =>
    measures.undefinedMeasures.map((one) => {
      const words = inWords(one, language, measures.knowledge === "hidden");
      return say(lists.length > 1 ? "undefinedOf" : "undefined", { ...words, rows: String(length) });
    }),
  );
  return [...own, ...ofLists];
}

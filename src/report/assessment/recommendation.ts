import type { Measures, Suggestion } from "../../assessment/index.js";
import type { ReportTable } from "./assessmentTables.js";
import { methodText, NONE, withinOne } from "./assessmentTables.js";
import { designNames } from "./designName.js";
import { estimateText, number, percent, percentText } from "./numbers.js";
import { PROCEDURE_NAMES } from "../texts/procedureTexts.js";

/** Designs by their rank, with what the rank rests on. */
export function suggestionTable(suggestions: readonly Suggestion[]): ReportTable {
  const rows = suggestions[0]?.measures.rows ?? 0;
  return {
    title: `Designs by rank, for a list of ${rows} rows`,
    columns: [
      "Rank",
      "Design",
      "Within limits",
      "Deterministic",
      "Predictability",
      "Largest imbalance",
      "Pooled deviation",
      "Distance",
      "Groups within one at the end",
      "Warnings",
      "Method",
    ],
    rows: suggestions.map((own) => [
      String(own.rank),
      suggestionName(own),
      own.isWithinLimits ? "yes" : "no",
      ...numbersOf(own),
    ]),
    note:
      "Predictability: correct guesses of the best guesser beyond the ratio, as a share of what is possible. " +
      "Largest imbalance: expected, at any row of a list, in participants. Pooled deviation: standard deviation of a group's " +
      "size around its share at the end of the trial. Distance: of the weighted criteria from the ideal; the rank goes by it. " +
      "SE: standard error of a simulated number.",
  };
}

/** All names of a design that is one law. */
export const suggestionName = ({ procedure, alsoKnownAs }: Pick<Suggestion, "procedure" | "alsoKnownAs">): string =>
  [procedure, ...alsoKnownAs].map((own) => designNames(own).name).join(" = ");

function numbersOf(own: Suggestion): readonly string[] {
  const { measures, predictability, imbalance, warnings, pooledDeviation, score } = own;
  return [
    ...[
      measures.forcedShare === undefined ? NONE : percentText(measures.forcedShare),
      estimateText({ value: predictability, standardError: predictabilityError(measures) }, 3),
      estimateText({ value: imbalance, standardError: (measures.maximal ?? measures.finalAbsolute).standardError }, 2),
      number(pooledDeviation, 2),
      number(score, 3),
      percentText(withinOne(measures)),
      String(warnings.length),
      methodText(measures),
    ],
  ];
}

/** Predictability is a linear function of the correct guesses, from the largest share of the ratio to 1. */
function predictabilityError({ correctGuesses, ratio }: Measures): number {
  const { maximumProbability, convergence } = correctGuesses;
  const sum = ratio.reduce((total, weight) => total + weight, 0);
  return (maximumProbability ?? convergence).standardError / (1 - Math.max(...ratio) / sum);
}

/** A design that is put forward, and why. */
export interface Recommendation {
  readonly design: Suggestion;
  readonly headline: string;
  readonly reasons: readonly string[];
  /** To be quoted in the protocol: the same for every parameter of the procedure, so that it helps nobody to guess. */
  readonly forProtocol: string;
  /** To be quoted in the confidential specification: with the parameters and what they are worth. */
  readonly forSpecification: string;
}

export interface RecommendationOptions {
  /** The design that is planned now, if it is among the suggestions. */
  readonly against?: Suggestion;
  /** Whether every list must end with each group within one participant of its share. */
  readonly fixedSizes?: boolean;
  /** Designs that cannot be used, for example because they do not fit the list's length, are passed over. */
  readonly fits?: (procedure: Suggestion["procedure"]) => boolean;
}

/** Whether the groups end within one of their share, whatever is drawn. */
const isFixed = ({ measures }: Suggestion): boolean => withinOne(measures).value > 1 - 1e-9;

/**
 * The first design in rank that is within the limits and does what is asked, its reasons, and what sets it apart from
 * the planned one; undefined if there is none.
 */
export function recommendation(
  suggestions: readonly Suggestion[],
  { against, fixedSizes = false, fits = () => true }: RecommendationOptions = {},
): Recommendation | undefined {
  const wanted = suggestions.filter((own) => own.isWithinLimits && (!fixedSizes || isFixed(own)));
  const design = wanted.find((own) => fits(own.procedure));
  if (design === undefined) return undefined;
  const name = suggestionName(design);
  const isSame = against?.rank === design.rank;
  const passedOver = wanted.slice(0, wanted.indexOf(design)).map((own) => designNames(own.procedure).name);
  const share = percentText(withinOne(design.measures));
  return {
    design,
    headline: isSame ? `Keep ${name}.` : `Recommended: ${name}.`,
    reasons: [
      ...design.reasons,
      isFixed(design)
        ? `All groups end within one participant of their share, whatever is drawn${fixedSizes ? "; it is the first in rank of which that is true and which fits" : ""}.`
        : `With probability ${share} all groups end within one participant of their share; this design does not fix their sizes.`,
      ...(passedOver.length === 0 ? [] : [`Passed over, because it does not fit the list: ${passedOver.join(", ")}.`]),
      ...(against === undefined || isSame ? [] : [comparison(design, against)]),
    ],
    forProtocol: protocolSentence(design),
    forSpecification: specificationSentence(design, suggestions.length),
  };
}

function protocolSentence({ procedure, measures: { ratio } }: Suggestion): string {
  return (
    `Participants are allocated ${ratio.join(":")} by ${PROCEDURE_NAMES[procedure.kind].en}, ` +
    "a procedure that was chosen before the first allocation by comparing the balance and the predictability of several " +
    "procedures; its parameters are in a confidential specification that nobody who enrols participants can see."
  );
}

function specificationSentence(design: Suggestion, compared: number): string {
  const { measures, predictability, imbalance, pooledDeviation, rank } = design;
  const { rows, ratio, forcedShare } = measures;
  return (
    `The procedure is ${designNames(design.procedure).name}, ratio ${ratio.join(":")}: in a list of ${rows} rows ` +
    (forcedShare === undefined
      ? ""
      : `${percentText(forcedShare)} of the allocations are certain for somebody who knows all earlier ones, `) +
    `the best guesser has ${percent(predictability)} of what can be guessed beyond the ratio, the largest imbalance is ` +
    `${number(imbalance, 2)} participants on average, and at the end of the trial the size of a group differs from its ` +
    `share by ${number(pooledDeviation, 2)} participants (standard deviation); it has rank ${rank} of the ${compared} ` +
    `procedures compared (${measures.method === "exact" ? "exact" : "simulated"}).`
  );
}

function comparison(design: Suggestion, against: Suggestion): string {
  const forced = (own: Suggestion): string => percent(own.measures.forcedShare?.value ?? 0);
  return (
    `The planned design, ${designNames(against.procedure).name}, has rank ${against.rank}: ` +
    `${forced(against)} forced rows against ${forced(design)}, ` +
    `predictability ${number(against.predictability, 3)} against ${number(design.predictability, 3)}, ` +
    `largest imbalance ${number(against.imbalance, 2)} against ${number(design.imbalance, 2)}` +
    (against.isWithinLimits ? "" : "; it is not within the limits") +
    (against.warnings.length === 0
      ? "."
      : `; its warnings: ${against.warnings.map(({ message }) => message).join(" ")}`)
  );
}

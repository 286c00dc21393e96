import type { Measures, Suggestion } from "../../assessment/index.js";
import type { Language } from "../texts/language.js";
import { PROCEDURE_NAMES } from "../texts/procedureTexts.js";
import { signsIn } from "../texts/signs.js";
import { suggestionWords } from "../texts/suggestionTexts.js";
import type { ReportTable } from "./assessmentTables.js";
import { methodText, noneText, withinOne } from "./assessmentTables.js";
import { designName } from "./designName.js";
import { estimateText, number, percent, percentText } from "./numbers.js";

const COLUMNS = [
  "rank",
  "design",
  "within",
  "deterministic",
  "predictability",
  "largest",
  "pooled",
  "distance",
  "groups",
  "warnings",
  "method",
] as const;

/**
 * Designs by their rank, with what the rank rests on.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function suggestionTable(suggestions: readonly Suggestion[], language: Language = "en"): ReportTable {
  const say = suggestionWords(language);
  return {
    title: say("title", { rows: String(suggestions[0]?.measures.rows ?? 0) }),
    columns: COLUMNS.map((column) => say(column)),
    rows: suggestions.map((own) => [
      String(own.rank),
      suggestionName(own, language),
      say(own.isWithinLimits ? "yes" : "no"),
      ...numbersOf(own, language),
    ]),
    note: say("note"),
  };
}

/**
 * All names of a design that is one law.
 *
 * @throws AllocellError `report.language_unknown`
 */
export const suggestionName = (
  { procedure, alsoKnownAs }: Pick<Suggestion, "procedure" | "alsoKnownAs">,
  language: Language = "en",
): string => [procedure, ...alsoKnownAs].map((own) => designName(own, language)).join(" = ");

function numbersOf(own: Suggestion, language: Language): readonly string[] {
  const { measures, predictability, imbalance, warnings, pooledDeviation, score } = own;
  const none = noneText(language);
  return [
    measures.forcedShare === undefined ? none : signsIn(language, percentText(measures.forcedShare)),
    estimateText({ value: predictability, standardError: predictabilityError(measures) }, 3),
    estimateText({ value: imbalance, standardError: (measures.maximal ?? measures.finalAbsolute).standardError }, 2),
    number(pooledDeviation, 2),
    number(score, 3),
    signsIn(language, percentText(withinOne(measures))),
    String(warnings.length),
    methodText(measures, language),
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

/** What is said of a suggestion in another language than English. */
export interface SaidSuggestion {
  readonly reasons: (suggestion: Suggestion) => readonly string[];
  readonly warnings: (suggestion: Suggestion) => readonly string[];
}

/** What {@link recommendation} takes into account beside the rank of the designs. */
export interface RecommendationOptions {
  /** The design that is planned now, if it is among the suggestions. */
  readonly against?: Suggestion;
  /** Whether every list must end with each group within one participant of its share. */
  readonly fixedSizes?: boolean;
  /** Designs that cannot be used, for example because they do not fit the list's length, are passed over. */
  readonly fits?: (procedure: Suggestion["procedure"]) => boolean;
  /** Language of the texts; absent: English. */
  readonly language?: Language;
  /** The reasons of a design, and its warnings, in that language; absent: those of the suggestion, which are English. */
  readonly said?: SaidSuggestion;
}

/** Whether the groups end within one of their share, whatever is drawn. */
const isFixed = ({ measures }: Suggestion): boolean => withinOne(measures).value > 1 - 1e-9;

/** What the core says of a suggestion, in English. */
const ENGLISH: SaidSuggestion = {
  reasons: ({ reasons }) => reasons,
  warnings: ({ warnings }) => warnings.map(({ message }) => message),
};

/**
 * The first design in rank that is within the limits and does what is asked, its reasons, and what sets it apart from
 * the planned one; undefined if there is none.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function recommendation(
  suggestions: readonly Suggestion[],
  { against, fixedSizes = false, fits = () => true, language = "en", said = ENGLISH }: RecommendationOptions = {},
): Recommendation | undefined {
  const say = suggestionWords(language);
  const wanted = suggestions.filter((own) => own.isWithinLimits && (!fixedSizes || isFixed(own)));
  const design = wanted.find((own) => fits(own.procedure));
  if (design === undefined) return undefined;
  const name = suggestionName(design, language);
  const isSame = against?.rank === design.rank;
  const passedOver = wanted.slice(0, wanted.indexOf(design)).map((own) => designName(own.procedure, language));
  const share = signsIn(language, percentText(withinOne(design.measures)));
  return {
    design,
    headline: say(isSame ? "keep" : "recommended", { name }),
    reasons: [
      ...said.reasons(design),
      isFixed(design) ? say("fixed", { asked: fixedSizes ? say("asked") : "" }) : say("notFixed", { share }),
      ...(passedOver.length === 0
        ? []
        : [say("passedOver", { names: passedOver.join(language === "en" ? ", " : "、") })]),
      ...(against === undefined || isSame ? [] : [comparison(design, against, language, said)]),
    ],
    forProtocol: say("protocol", {
      ratio: design.measures.ratio.join(":"),
      procedure: PROCEDURE_NAMES[design.procedure.kind][language],
    }),
    forSpecification: specificationSentence(design, suggestions.length, language),
  };
}

function specificationSentence(design: Suggestion, compared: number, language: Language): string {
  const say = suggestionWords(language);
  const { measures, predictability, imbalance, pooledDeviation, rank } = design;
  const { rows, ratio, forcedShare, method } = measures;
  return say("specification", {
    name: designName(design.procedure, language),
    ratio: ratio.join(":"),
    rows: String(rows),
    certain: forcedShare === undefined ? "" : say("certain", { share: signsIn(language, percentText(forcedShare)) }),
    predictability: signsIn(language, percent(predictability)),
    imbalance: number(imbalance, 2),
    pooled: number(pooledDeviation, 2),
    rank: String(rank),
    compared: String(compared),
    method: say(method === "exact" ? "exact" : "simulated"),
  });
}

function comparison(design: Suggestion, against: Suggestion, language: Language, said: SaidSuggestion): string {
  const say = suggestionWords(language);
  const forced = (own: Suggestion): string => signsIn(language, percent(own.measures.forcedShare?.value ?? 0));
  const messages = said.warnings(against);
  return say("comparison", {
    name: designName(against.procedure, language),
    rank: String(against.rank),
    forcedThere: forced(against),
    forced: forced(design),
    predictabilityThere: number(against.predictability, 3),
    predictability: number(design.predictability, 3),
    imbalanceThere: number(against.imbalance, 2),
    imbalance: number(design.imbalance, 2),
    limits: against.isWithinLimits ? "" : say("outside"),
    warned:
      messages.length === 0 ? say("end") : say("warned", { messages: messages.join(language === "en" ? " " : "") }),
  });
}

import type { Suggestion, TrialDesign } from "../../assessment/index.js";
import type { Language } from "../texts/language.js";
import { PROCEDURE_NAMES } from "../texts/procedureTexts.js";
import { signsIn } from "../texts/signs.js";
import { suggestionWords } from "../texts/suggestionTexts.js";
import type { ReportTable } from "./assessmentTables.js";
import { withinOne } from "./assessmentTables.js";
import { methodText, noneText } from "./methodText.js";
import { designName } from "./designName.js";
import { estimateText, number, percent, percentText } from "./numbers.js";
import { suggestionReasons, type SaidIssue } from "./suggestionReasons.js";
import { trialDesignName } from "./trialTables.js";

const COLUMNS = [
  "rank",
  "design",
  "within",
  "deterministic",
  "predictability",
  "largest",
  "pooled",
  "margins",
  "distance",
  "loss",
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
  const hasMargins = suggestions.some(({ marginDeviation }) => marginDeviation !== undefined);
  return {
    title: say("title", { rows: String(suggestions.find((own) => own.of === "list")?.measures.rows ?? 0) }),
    columns: COLUMNS.filter((column) => column !== "margins" || hasMargins).map((column) => say(column)),
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
export function suggestionName(own: Suggestion, language: Language = "en"): string {
  if (own.of === "trial") return trialDesignName(withNames(own.trialDesign, language), language);
  return [own.procedure, ...own.alsoKnownAs].map((one) => designName(one, language)).join(" = ");
}

const NUMBERED = /^factor \d+$/;

/** A design whose factors are named in the language: the core has no names of its own for them but numbers. */
export function withNames(design: TrialDesign, language: Language): TrialDesign {
  const say = suggestionWords(language);
  const nameOf = (factor: string): string =>
    factor === "site" || factor === "stratum"
      ? say(`factor.${factor}`)
      : NUMBERED.test(factor)
        ? say("factor.other", { number: factor.replace("factor ", "") })
        : factor;
  if (design.kind === "list") return { ...design, strata: design.strata.map(nameOf) };
  return { ...design, factors: design.factors.map((own) => ({ ...own, factor: nameOf(own.factor) })) };
}

function numbersOf(own: Suggestion, language: Language): readonly string[] {
  const {
    deterministic,
    predictability,
    imbalance,
    warnings,
    pooledDeviation,
    marginDeviation,
    score,
    loss,
    standardErrors,
  } = own;
  const none = noneText(language);
  const shown = (value: number, standardError: number, digits: number): string =>
    estimateText({ value, standardError }, digits);
  return [
    deterministic === undefined ? none : signsIn(language, percentText(deterministic)),
    shown(predictability, standardErrors.predictability, 3),
    shown(imbalance, standardErrors.imbalance, 2),
    shown(pooledDeviation, standardErrors.pooledDeviation, 2),
    ...(marginDeviation === undefined ? [] : [shown(marginDeviation, standardErrors.marginDeviation, 2)]),
    shown(score, standardErrors.score, 3),
    `${estimateText(loss.overall, 2)} / ${estimateText(loss.strata, 1)}`,
    own.of === "trial" ? none : signsIn(language, percentText(withinOne(own.measures))),
    String(warnings.length),
    methodOf(own, language),
  ];
}

function methodOf(own: Suggestion, language: Language): string {
  if (own.of === "list") return methodText(own.measures, language);
  return suggestionWords(language)("trials", { trials: String(own.trial.trials) });
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
  /** How a warning is said in that language; absent: its message, which is English. */
  readonly issueText?: SaidIssue;
}

/** Whether the groups are within one of their share at the last row of a list, whatever is drawn. */
const isFixed = (own: Suggestion): boolean => own.of === "list" && withinOne(own.measures).value > 1 - 1e-9;

/**
 * The first design in rank that is within the limits and does what is asked, its reasons, and what sets it apart from
 * the planned one; undefined if there is none.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function recommendation(
  suggestions: readonly Suggestion[],
  { against, fixedSizes = false, fits = () => true, language = "en", issueText }: RecommendationOptions = {},
): Recommendation | undefined {
  const say = suggestionWords(language);
  const wanted = suggestions.filter((own) => own.isWithinLimits && (!fixedSizes || isFixed(own)));
  const design = wanted.find((own) => fits(own.procedure));
  if (design === undefined) return undefined;
  const name = suggestionName(design, language);
  const isSame = against?.rank === design.rank;
  const namesOf = (designs: readonly Suggestion[]): string =>
    designs.map((own) => firstName(own, language)).join(language === "en" ? "; " : "；");
  const passedOver = wanted.slice(0, wanted.indexOf(design));
  const tied = wanted.filter((own) => fits(own.procedure) && isTied(design, own));
  return {
    design,
    headline: say(isSame ? "keep" : "recommended", { name }),
    reasons: [
      ...suggestionReasons(design, language, issueText),
      groupsText(design, fixedSizes, language),
      ...(passedOver.length === 0 ? [] : [say("passedOver", { names: namesOf(passedOver) })]),
      ...(tied.length === 0 ? [] : [say("tied", { names: namesOf(tied) })]),
      ...(against === undefined || isSame ? [] : [comparison(design, against, language, issueText)]),
    ],
    forProtocol: say("protocol", {
      ratio: ratioOf(design).join(":"),
      procedure: PROCEDURE_NAMES[design.procedure.kind][language],
    }),
    forSpecification: specificationSentence(design, suggestions.length, language),
  };
}

/** Whether another design is lower in rank by less than twice the standard error of the difference. */
function isTied(design: Suggestion, other: Suggestion): boolean {
  const error = Math.hypot(design.standardErrors.score, other.standardErrors.score);
  return other.rank > design.rank && other.score - design.score < 2 * error;
}

const ratioOf = (own: Suggestion): readonly number[] => (own.of === "list" ? own.measures.ratio : own.ratio);

/** A design by the first of its names. */
const firstName = (own: Suggestion, language: Language): string =>
  own.of === "list" ? designName(own.procedure, language) : suggestionName(own, language);

/** Whether the groups end as planned. */
function groupsText(design: Suggestion, fixedSizes: boolean, language: Language): string {
  const say = suggestionWords(language);
  if (design.of === "trial") return say("trialGroups");
  const rows = String(design.measures.rows);
  if (isFixed(design)) return say("fixed", { rows, asked: fixedSizes ? say("asked") : "" });
  return say("notFixed", { rows, share: signsIn(language, percentText(withinOne(design.measures))) });
}

function specificationSentence(design: Suggestion, compared: number, language: Language): string {
  const say = suggestionWords(language);
  const { deterministic, predictability, byGuesser, imbalance, pooledDeviation, rank, method } = design;
  return say(design.of === "list" ? "specification" : "trialSpecification", {
    name: firstName(design, language),
    ratio: ratioOf(design).join(":"),
    rows: design.of === "list" ? String(design.measures.rows) : "",
    certain:
      deterministic === undefined ? "" : say("certain", { share: signsIn(language, percentText(deterministic)) }),
    predictability: signsIn(language, percent(predictability)),
    ownCentre: signsIn(language, percent(byGuesser["own-centre"].value)),
    imbalance: number(imbalance, 2),
    pooled: number(pooledDeviation, 2),
    rank: String(rank),
    compared: String(compared),
    method: say(method),
  });
}

function comparison(design: Suggestion, against: Suggestion, language: Language, issueText?: SaidIssue): string {
  const say = suggestionWords(language);
  const forced = (own: Suggestion): string => signsIn(language, percent(own.deterministic?.value ?? 0));
  const messages = against.warnings.map((issue) => issueText?.(issue) ?? issue.message);
  return say("comparison", {
    name: firstName(against, language),
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

import {
  AllocellError,
  deepFreeze,
  describeReceived,
  fail,
  requireEach,
  requireFields,
  type Issue,
  type PlainCode,
  type ReasonOf,
} from "../foundation/index.js";
import { dynamicRatioWarning, type DynamicProcedure, type Factor } from "../list/index.js";
import { reducedRatio, type ProcedureSpec } from "../procedure/index.js";
import type { Accrual } from "./accrual.js";
import { deterministicWarning } from "./assessDynamic.js";
import { completeTrial, dynamicOver, isDynamic, trialCandidates, usualDesigns } from "./candidates.js";
import { assessDesign, type ComparedDesign, type DesignSetting } from "./compareDesigns.js";
import { byGuesser, GUESSERS, type Guesser } from "./guesser.js";
import { numbersByList, together, type NumbersByList } from "./listsTogether.js";
import type { Estimate, Measures } from "./model.js";
import type { SimulationOptions } from "./simulate.js";
import { simulateTrial, type TrialMeasures } from "./simulateTrial.js";
import type { TrialDesign, TrialFrame } from "./trialDesign.js";
import { FORCED_SHARE_LIMIT } from "./warnings.js";

/** The trial for which {@link suggest} ranks designs, the limits that a design must keep, and what counts how much. */
export interface SuggestRequest {
  /** Participants of the trial, a whole number from 2 to 10,000; rows of a list times arms at most {@link MOST_CELLS}. */
  readonly n: number;
  /** At most {@link MOST_ARMS} arms. */
  readonly ratio: readonly number[];
  /** Strata besides sites; absent: 1, or the combinations of `factors`. */
  readonly strata?: number;
  /** Levels of each factor besides the centre, for example [2, 3]; in place of `strata`. */
  readonly factors?: readonly number[];
  /** Sites, if randomization is stratified by them; absent: 1. */
  readonly sites?: number;
  /** What a design must keep; a limit that is absent is none, but for `forcedShare`. */
  readonly limits?: {
    /** Largest share of rows that are certain, in [0, 1]; absent: {@link FORCED_SHARE_LIMIT}. */
    readonly forcedShare?: number;
    /**
     * Largest imbalance of a list that may be expected (E of the largest at any row): abs(N_A - N_B) for two arms at
     * 1:1, else max_k abs(N_k - n w_k / W); above 0.
     */
    readonly imbalance?: number;
    /** Largest {@link SuggestionFacts.pooledDeviation}, above 0. */
    readonly pooled?: number;
    /** Largest predictability for the `guesser`, in [0, 1]; a guesser who knows nothing has 0. */
    readonly predictability?: number;
  };
  /**
   * Expected shares of the lists (strata x sites), above 0, site by site, within a site the last factor fastest; absent:
   * equal. They are divided by their sum. Where a trial is simulated, the levels come independently with their margins.
   */
  readonly shares?: readonly number[];
  /** What somebody who wants to guess gets to know of earlier allocations, as masking leaves it; absent: `everything`. */
  readonly guesser?: Guesser;
  /** Weights of the criteria, at least 0, not all 0; absent: {@link CRITERIA_WEIGHTS} of the guesser. */
  readonly weights?: Partial<Criteria>;
  /** Names the stream of what is simulated; absent: a fixed text. */
  readonly seed?: string;
  /** Designs to look at besides the usual ones: of a list in every stratum, or dynamic over all factors. */
  readonly candidates?: readonly (ProcedureSpec | DynamicProcedure)[];
}

/** What designs are ranked by, each from 0, the ideal, on; 1 is as bad as complete randomization, or as certainty. */
export interface Criteria {
  /** {@link ComparedDesign.predictability}; for a guesser who knows his own centre, his. */
  readonly predictability: number;
  /** Share of allocations that are deterministic. */
  readonly deterministic: number;
  /** Expected largest imbalance of a list or stratum, over that of complete randomization. */
  readonly imbalance: number;
  /** {@link SuggestionFacts.pooledDeviation}, over that of complete randomization. */
  readonly pooled: number;
  /** {@link SuggestionFacts.marginDeviation}, over that of complete randomization; absent without factors. */
  readonly margins?: number;
}

/**
 * The weights of the criteria where none are stated, by the guesser. A convention: balance counts once in each list,
 * once in the trial, and once in the levels of the factors where there are any; prediction twice where somebody can know
 * all earlier allocations, half of it where only those of his own centre, and not at all where none.
 */
export const CRITERIA_WEIGHTS: Readonly<Record<Guesser, Required<Criteria>>> = Object.freeze({
  everything: { predictability: 2, deterministic: 1, imbalance: 1, pooled: 1, margins: 1 },
  "own-centre": { predictability: 1, deterministic: 0.5, imbalance: 1, pooled: 1, margins: 1 },
  nothing: { predictability: 0, deterministic: 0, imbalance: 1, pooled: 1, margins: 1 },
});

/** Why a design has its rank, as data: a code with its numbers, which a report says in its language. */
export type SuggestionReason =
  | { readonly code: "deterministic"; readonly share?: Estimate; readonly limit: number }
  | {
      readonly code: "imbalance";
      /** Rows of a list; absent where the strata of a whole trial were simulated. */
      readonly rows?: number;
      readonly largest: Estimate;
      readonly limit?: number;
      readonly complete: Estimate;
    }
  | {
      readonly code: "pooled";
      readonly deviation: Estimate;
      readonly limit?: number;
      /** Lists, or strata of a whole trial. */
      readonly lists: number;
      readonly complete: number;
    }
  | { readonly code: "margins"; readonly deviation: Estimate; readonly complete: number }
  | { readonly code: "loss"; readonly overall: Estimate; readonly strata: Estimate }
  | {
      readonly code: "predictability";
      /** Of somebody who knows everything. */
      readonly best: Estimate;
      readonly guesser: Guesser;
      /** Of that guesser; the limit is his. */
      readonly share: Estimate;
      readonly limit?: number;
    }
  | { readonly code: "score"; readonly score: Estimate; readonly criteria: Criteria; readonly weights: Criteria }
  | { readonly code: "warning"; readonly issue: Issue };

/** What is known of every suggested design. */
export interface SuggestionFacts {
  /** From 1. */
  readonly rank: number;
  /** Whether all limits are kept. */
  readonly isWithinLimits: boolean;
  readonly method: Measures["method"];
  readonly warnings: readonly Issue[];
  /** Procedures that are the same law for this list, so that every measure is equal. */
  readonly alsoKnownAs: readonly ProcedureSpec[];
  /** {@link ComparedDesign.predictability}, of a guesser who knows everything. */
  readonly predictability: number;
  /** The same for each guesser. */
  readonly byGuesser: Readonly<Record<Guesser, Estimate>>;
  /** Share of allocations that are deterministic; absent where it is not computed. */
  readonly deterministic?: Estimate;
  /** E of the largest imbalance at any row of a list; of a whole trial that was simulated, of the mean over its strata. */
  readonly imbalance: number;
  /**
   * Standard deviation of a group's size around its share at the end of the trial, over all lists together: the root of
   * the mean over the arms of E (N_k - n w_k / W)^2, n exactly as given, participants multinomial over the lists.
   */
  readonly pooledDeviation: number;
  /** The same within the levels of the factors, the centre among them: the root of the mean over factors and levels. */
  readonly marginDeviation?: number;
  /**
   * Efficiency lost, in participants: E sum_k (N_k - n rho_k)^2 / (n rho_k) of the trial, and of all strata added up.
   * Absent for lists of three and more arms at an unequal ratio.
   */
  readonly loss?: { readonly overall: Estimate; readonly strata: Estimate };
  /** Standard errors; 0 where exact. That of `score` is at most so large. */
  readonly standardErrors: Readonly<
    Record<"predictability" | "imbalance" | "pooledDeviation" | "marginDeviation" | "score", number>
  >;
  readonly criteria: Criteria;
  /** Distance of the criteria from the ideal: root of the weighted mean of their squares; the lower the better. */
  readonly score: number;
  readonly reasons: readonly SuggestionReason[];
}

/** A list in every stratum, assessed exactly, or by simulation of the list. */
export interface ListSuggestion extends SuggestionFacts {
  readonly of: "list";
  readonly procedure: ProcedureSpec;
  readonly measures: Measures;
}

/** A dynamic design, or lists in fewer strata: the whole trial is simulated. */
export interface TrialSuggestion extends SuggestionFacts {
  readonly of: "trial";
  readonly procedure: ProcedureSpec | DynamicProcedure;
  readonly trialDesign: TrialDesign;
  readonly trial: TrialMeasures;
  readonly ratio: readonly number[];
}

/** One design with its rank and the reasons for it. */
export type Suggestion = ListSuggestion | TrialSuggestion;

/**
 * What bounds the time of a search, to about a minute in all: arms, rows of a list times arms, states of an exact
 * design, and rows that are simulated for one that has more states, or for a whole trial.
 */
const MOST_ARMS = 12;
const MOST_CELLS = 3000;
const MOST_STATES = 10_000;
const SIMULATED_ROWS = 100_000;

/** Merged arms of a design that the caller states. */
const MOST_MERGED_STATED = 40;

/**
 * Ranks designs for a trial: those within the limits first, then by the distance of their {@link Criteria} from the
 * ideal. Warnings stand beside the rank and do not change it. Designs that are one law appear once.
 *
 * A list has n / (strata x sites) rows, rounded up to whole sets of the ratio; n itself is never changed. Each design is
 * exact, or, where that takes more than 10,000 states, simulated (its measures say so). With several strata or sites
 * minimization, the design of Hu and Hu, and blocks in fewer strata are candidates, too: whole trials are simulated, and
 * their imbalance stands over that of complete randomization simulated alike.
 *
 * @throws AllocellError `assessment.rows_invalid` (n = 0, or rows of a list times arms above 3,000),
 *   `assessment.too_many_arms` (above 12), `assessment.option_invalid`, `procedure.ratio_invalid`
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function suggest(request: SuggestRequest): readonly Suggestion[] {
  const search = readRequest(request);
  const free = measure({ kind: "complete" }, search);
  const { deviation: freePooled, margins: freeMargins = 0 } = together(free.measures, search.numbers, levelsOf(search));
  const frees = { freePooled, freeMargins };
  const designs = oneLawOnce(measureDesigns(search, free));
  const lists = designs.map((design) => judgedList(design, free, frees, search));
  const scored = [...lists, ...measureTrials(search, frees)];
  scored.sort((a, b) => Number(b.isWithinLimits) - Number(a.isWithinLimits) || a.score - b.score);
  return deepFreeze(scored.map((own, i) => ({ rank: i + 1, ...own })));
}

const levelsOf = ({ frame }: Search): readonly number[] => frame.factors.map(({ levels }) => levels.length);

type Unranked<T> = Omit<T, "rank">;
type Measured = Omit<ComparedDesign, "isUndominated">;
type Named = Measured & Pick<SuggestionFacts, "alsoKnownAs">;

/** Designs whose guesses and imbalance agree at every row are one: the first stays, with the others' names. */
function oneLawOnce(designs: readonly Measured[]): readonly Named[] {
  const known = new Map<string, Named>();
  for (const design of designs) {
    const { method, byRow } = design.measures;
    const numbers = [byRow.convergence, byRow.maximumProbability ?? [], byRow.squaredImbalance, byRow.balanced];
    const key =
      method === "exact"
        ? numbers.map((own) => own.map((x) => x.toFixed(10)).join()).join(";")
        : `simulated ${known.size}`;
    const first = known.get(key);
    known.set(
      key,
      first === undefined
        ? { ...design, alsoKnownAs: [] }
        : { ...first, alsoKnownAs: [...first.alsoKnownAs, design.procedure] },
    );
  }
  return [...known.values()];
}

/** A request that was read: designs of one list of `rows` rows, exact or simulated, and of the whole trial. */
interface Search {
  readonly setting: DesignSetting;
  readonly simulation: SimulationOptions;
  readonly stated: readonly ProcedureSpec[];
  readonly statedTrials: readonly TrialDesign[];
  readonly limits: Required<NonNullable<SuggestRequest["limits"]>>;
  readonly guesser: Guesser;
  readonly weights: Criteria;
  readonly numbers: NumbersByList;
  readonly frame: TrialFrame;
  readonly accrual: Accrual;
  readonly trialSimulation: { readonly seed: string; readonly trials: number };
}

function readRequest(request: SuggestRequest): Search {
  requireFields(request, "what a suggestion is for: n and ratio", {});
  const { n, sites = 1, candidates = [], guesser = "everything", seed = "allocell suggest" } = request;
  requireEach(candidates, "a procedure as a plan states it", { kind: "text" });
  const ratio = reducedRatio(request.ratio);
  if (ratio.length > MOST_ARMS) {
    fail("assessment.too_many_arms", "ratio", "Many designs are compared for few arms.", {
      expected: `at most ${MOST_ARMS} arms; assess one design by itself`,
      received: `${ratio.length} arms`,
    });
  }
  whole(n, "n", 2, 10_000, "rows_invalid");
  const strata = strataOf(request);
  whole(sites, "sites", 1, 10_000, "option_invalid");
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const stated = candidates.filter((own): own is ProcedureSpec => !isDynamic(own));
  if (ratioSum > MOST_MERGED_STATED && stated.some(({ mergedArms }) => mergedArms === true)) {
    invalid("candidates", `no merged arms where the ratio adds up to more than ${MOST_MERGED_STATED}`, ratioSum);
  }
  const lists = strata * sites;
  const rows = Math.ceil(n / lists / ratioSum) * ratioSum;
  if (rows * ratio.length > MOST_CELLS) tooManyRows(rows, ratio.length, n, lists);
  const trialsOf = (length: number, least: number, most: number): number =>
    Math.min(most, Math.max(least, Math.floor(SIMULATED_ROWS / length)));
  const factors = factorsOf(request, strata);
  const dynamic = candidates.filter(isDynamic);
  if (dynamic.length > 0 && factors.length === 0) {
    fail("assessment.option_invalid", "candidates", "A dynamic procedure looks at factors, and there is none.", {
      expected: "sites, strata or factors of at least two levels",
      received: String(dynamic[0]?.kind),
    });
  }
  return {
    setting: { ratio, rows, strata: lists, participants: n, mostStates: MOST_STATES },
    simulation: { seed, trials: trialsOf(rows, 200, 500) },
    stated,
    statedTrials: dynamic.map((procedure) => dynamicOver(procedure, factors)),
    limits: limitsOf(request),
    guesser,
    weights: weightsOf(request, factors.length > 0),
    numbers: numbersByList(n, lists, request.shares),
    frame: { arms: ratio.map((own, k) => ({ arm: String(k + 1), ratio: own })), factors },
    accrual: { participants: n, ...(request.shares === undefined ? {} : { shares: margins(factors, request.shares) }) },
    trialSimulation: { seed: `${seed}, trials`, trials: trialsOf(n, 200, 1000) },
  };
}

/** Combinations of the factors besides the centre. */
function strataOf({ strata, factors }: SuggestRequest): number {
  if (factors === undefined) {
    whole(strata ?? 1, "strata", 1, 10_000, "option_invalid");
    return strata ?? 1;
  }
  if (strata !== undefined) invalid("factors", "strata or the levels of each factor, not both", strata);
  for (const levels of factors) whole(levels, "factors", 2, 1000, "option_invalid");
  const product = factors.reduce((all, levels) => all * levels, 1);
  whole(product, "factors", 1, 10_000, "option_invalid");
  return product;
}

const CENTRE = "site";

/** The centre first, then the other factors; what has one level is none. */
function factorsOf({ sites = 1, factors }: SuggestRequest, strata: number): readonly Factor[] {
  const levels = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => String(i + 1));
  const others =
    factors === undefined
      ? strata > 1
        ? [{ factor: "stratum", levels: levels(strata) }]
        : []
      : factors.map((count, i) => ({ factor: `factor ${i + 1}`, levels: levels(count) }));
  return [...(sites > 1 ? [{ factor: CENTRE, levels: levels(sites) }] : []), ...others];
}

/** Shares of each factor's levels from those of their combinations, the last factor fastest. */
function margins(factors: readonly Factor[], shares: readonly number[]): Readonly<Record<string, readonly number[]>> {
  let stride = shares.length;
  return Object.fromEntries(
    factors.map(({ factor, levels }) => {
      stride /= levels.length;
      const sums = levels.map(() => 0);
      shares.forEach((share, i) => {
        const level = Math.floor(i / stride) % levels.length;
        sums[level] = (sums[level] as number) + share;
      });
      return [factor, sums];
    }),
  );
}

function limitsOf({ limits = {} }: SuggestRequest): Search["limits"] {
  const { forcedShare = FORCED_SHARE_LIMIT, imbalance = Infinity, pooled = Infinity, predictability = 1 } = limits;
  for (const [name, share] of Object.entries({ forcedShare, predictability })) {
    if (!(share >= 0 && share <= 1)) invalid(`limits.${name}`, "from 0 to 1", share);
  }
  for (const [name, most] of Object.entries({ imbalance, pooled })) {
    if (!(most > 0)) invalid(`limits.${name}`, "above 0", most);
  }
  return { forcedShare, imbalance, pooled, predictability };
}

function weightsOf({ guesser = "everything", weights = {} }: SuggestRequest, hasFactors: boolean): Criteria {
  if (!GUESSERS.includes(guesser)) {
    fail("assessment.option_invalid", "guesser", "This knowledge of a guesser is not known.", {
      expected: GUESSERS.join(", "),
      received: describeReceived(guesser),
    });
  }
  const usual = CRITERIA_WEIGHTS[guesser];
  for (const [name, weight] of Object.entries(weights)) {
    if (!Object.hasOwn(usual, name)) {
      fail("assessment.option_invalid", "weights", `There is no criterion "${name}".`, {
        expected: Object.keys(usual).join(", "),
        received: name,
      });
    }
    if (!(weight >= 0 && weight < Infinity)) invalid("weights", "finite numbers from 0 on", weight);
  }
  const { margins, ...others } = { ...usual, ...weights };
  const own: Criteria = hasFactors ? { ...others, margins } : others;
  if (Object.values(own).every((weight) => weight === 0)) invalid("weights", "at least one weight above 0", 0);
  return own;
}

/** Exactly, or by simulation where that takes too many states. */
function measure(procedure: ProcedureSpec, { setting, simulation }: Search): Measured {
  try {
    return assessDesign(procedure, setting);
  } catch (error) {
    if (!AllocellError.is(error) || error.code !== "assessment.too_many_states") throw error;
    return assessDesign(procedure, { ...setting, simulation });
  }
}

function measureDesigns(search: Search, free: Measured): readonly Measured[] {
  const { setting, stated } = search;
  return [...usualDesigns(setting.ratio, setting.rows), ...stated].flatMap((procedure) => {
    try {
      return [procedure.kind === "complete" ? free : measure(procedure, search)];
    } catch (error) {
      // A usual design that does not fit is left out; a stated one is not left out without a word.
      if (stated.includes(procedure) || !AllocellError.is(error)) throw error;
      return [];
    }
  });
}

const exact = (value: number): Estimate => ({ value, standardError: 0 });

/** What a rank follows from, of a list or of a whole trial. */
interface Facts extends Pick<SuggestionFacts, "byGuesser" | "deterministic" | "loss" | "warnings"> {
  readonly rows?: number;
  readonly largest: Estimate;
  /** The same of complete randomization. */
  readonly freeLargest: Estimate;
  readonly pooled: Estimate;
  readonly freePooled: number;
  readonly margins?: Estimate;
  readonly freeMargins: number;
}

type Free = Pick<Facts, "freePooled" | "freeMargins">;

function judgedList(design: Named, free: Measured, frees: Free, search: Search): Unranked<ListSuggestion> {
  const { measures, procedure, alsoKnownAs, warnings } = design;
  const { correctGuesses, forcedShare, rows, method, finalSquared, maximal, finalAbsolute } = measures;
  const best = correctGuesses.maximumProbability ?? correctGuesses.convergence;
  const known = { value: design.predictability, standardError: best.standardError * beyondRatio(measures.ratio) };
  const { deviation, margins, loss } = together(measures, search.numbers, levelsOf(search));
  // The squares of a simulated list have about the relative error of the last row's, and a root has half of it.
  const relative = finalSquared.value > 0 ? finalSquared.standardError / finalSquared.value : 0;
  const about = (value: number, share: number): Estimate => ({ value, standardError: value * relative * share });
  const freeMeasures = free.measures;
  return {
    of: "list",
    procedure,
    measures,
    alsoKnownAs,
    method,
    ...judged(
      {
        // Lists are those of one centre, or there is one centre only.
        byGuesser: byGuesser((guesser) => (guesser === "nothing" ? exact(0) : known)),
        ...(forcedShare === undefined ? {} : { deterministic: forcedShare }),
        ...(loss === undefined ? {} : { loss: { overall: about(loss.overall, 1), strata: about(loss.strata, 1) } }),
        warnings,
        rows,
        largest: maximal ?? finalAbsolute,
        freeLargest: freeMeasures.maximal ?? freeMeasures.finalAbsolute,
        pooled: about(deviation, 0.5),
        ...(margins === undefined ? {} : { margins: about(margins, 0.5) }),
        ...frees,
      },
      search,
    ),
  };
}

/** By what a proportion of correct guesses is multiplied to be one of what the ratio leaves open. */
function beyondRatio(ratio: readonly number[]): number {
  return 1 / (1 - Math.max(...ratio) / ratio.reduce((sum, w) => sum + w, 0));
}

/** Every design of a whole trial, simulated beside complete randomization. */
function measureTrials(search: Search, frees: Free): readonly Unranked<TrialSuggestion>[] {
  const { frame, accrual, trialSimulation, setting, statedTrials } = search;
  const centre = frame.factors.find(({ factor }) => factor === CENTRE)?.factor;
  const designs = [...trialCandidates(setting.ratio, frame.factors, centre), ...statedTrials];
  if (designs.length === 0) return [];
  const simulated = (design: TrialDesign): TrialMeasures => simulateTrial(frame, design, accrual, trialSimulation);
  const freeLargest = simulated(completeTrial(setting.ratio)).strata.largest;
  return designs.map((design) => judgedTrial(design, simulated(design), { freeLargest, ...frees }, search));
}

function judgedTrial(
  design: TrialDesign,
  trial: TrialMeasures,
  free: Free & Pick<Facts, "freeLargest">,
  search: Search,
): Unranked<TrialSuggestion> {
  const { overall, strata, correctGuesses, deterministic } = trial;
  const { ratio } = search.setting;
  const factor = beyondRatio(ratio);
  const share = Math.max(...ratio) / ratio.reduce((sum, w) => sum + w, 0);
  const beyond = ({ value, standardError }: Estimate): Estimate => ({
    value: Math.max(0, (value - share) * factor),
    standardError: standardError * factor,
  });
  const ofGuesser = {
    everything: beyond(correctGuesses.everything),
    "own-centre": beyond(correctGuesses.ownCentre ?? correctGuesses.everything),
    nothing: exact(0),
  };
  return {
    of: "trial",
    procedure: design.procedure,
    trialDesign: design,
    trial,
    ratio,
    alsoKnownAs: [],
    method: "simulated",
    ...judged(
      {
        byGuesser: byGuesser((guesser) => ofGuesser[guesser]),
        deterministic,
        loss: { overall: overall.loss, strata: strata.loss },
        warnings: [...trialWarnings(design, search.frame), ...deterministicWarning(trial)],
        largest: strata.largest,
        pooled: overall.spread,
        margins: rootMeanSquare(trial.byFactor.map(({ spread }) => spread)),
        ...free,
      },
      search,
    ),
  };
}

/** Over the factors; its error is at most that of all of them together. */
function rootMeanSquare(all: readonly Estimate[]): Estimate {
  const value = Math.sqrt(all.reduce((sum, own) => sum + own.value ** 2, 0) / all.length);
  const error = all.reduce((sum, own) => sum + own.value * own.standardError, 0) / all.length;
  return { value, standardError: value === 0 ? 0 : error / value };
}

/** What is warned of in a dynamic design besides its deterministic allocations. */
function trialWarnings(design: TrialDesign, { arms }: TrialFrame): readonly Issue[] {
  return design.kind === "list" ? [] : dynamicRatioWarning({ arms, procedure: design.procedure });
}

/** The criteria, the distance and the reasons. */
function judged(facts: Facts, search: Search): Omit<SuggestionFacts, "rank" | "method" | "alsoKnownAs"> {
  const { limits, weights, guesser } = search;
  const {
    byGuesser: guesses,
    deterministic,
    largest,
    freeLargest,
    pooled,
    freePooled,
    warnings,
    loss,
    margins,
  } = facts;
  const counted = guesses[guesser === "own-centre" ? guesser : "everything"];
  const over = (own: Estimate, most: number): Estimate => ({
    value: most > 0 ? own.value / most : 0,
    standardError: most > 0 ? own.standardError / most : 0,
  });
  const measured: MeasuredCriteria = {
    predictability: counted,
    deterministic: deterministic ?? exact(0),
    imbalance: over(largest, freeLargest.value),
    pooled: over(pooled, freePooled),
    ...(margins === undefined ? {} : { margins: over(margins, facts.freeMargins) }),
  };
  const score = distance(measured, weights);
  const criteria: Criteria = {
    predictability: measured.predictability.value,
    deterministic: measured.deterministic.value,
    imbalance: measured.imbalance.value,
    pooled: measured.pooled.value,
    ...(measured.margins === undefined ? {} : { margins: measured.margins.value }),
  };
  const within = (value: number, limit: number): boolean => value <= limit + 1e-12;
  return {
    isWithinLimits:
      within(criteria.deterministic, limits.forcedShare) &&
      within(largest.value, limits.imbalance) &&
      within(pooled.value, limits.pooled) &&
      within(guesses[guesser].value, limits.predictability),
    warnings,
    predictability: guesses.everything.value,
    byGuesser: guesses,
    ...(deterministic === undefined ? {} : { deterministic }),
    imbalance: largest.value,
    pooledDeviation: pooled.value,
    ...(margins === undefined ? {} : { marginDeviation: margins.value }),
    ...(loss === undefined ? {} : { loss }),
    standardErrors: {
      predictability: guesses.everything.standardError,
      imbalance: largest.standardError,
      pooledDeviation: pooled.standardError,
      marginDeviation: margins?.standardError ?? 0,
      score: score.standardError,
    },
    criteria,
    score: score.value,
    reasons: reasonsOf(facts, { score, criteria, search }),
  };
}

type MeasuredCriteria = { readonly [Name in keyof Criteria]: Estimate };

interface Judged {
  readonly score: Estimate;
  readonly criteria: Criteria;
  readonly search: Search;
}

function reasonsOf(facts: Facts, { score, criteria, search }: Judged): readonly SuggestionReason[] {
  const { limits, weights, guesser, numbers } = search;
  const { byGuesser: guesses, deterministic, rows, largest, freeLargest, pooled, freePooled, warnings, loss } = facts;
  const limit = (most: number, none: number): { readonly limit?: number } => (most === none ? {} : { limit: most });
  return [
    {
      code: "deterministic",
      ...(deterministic === undefined ? {} : { share: deterministic }),
      limit: limits.forcedShare,
    },
    {
      code: "imbalance",
      ...(rows === undefined ? {} : { rows }),
      largest,
      ...limit(limits.imbalance, Infinity),
      complete: freeLargest,
    },
    {
      code: "pooled",
      deviation: pooled,
      ...limit(limits.pooled, Infinity),
      lists: numbers.length,
      complete: freePooled,
    },
    ...(facts.margins === undefined
      ? []
      : [{ code: "margins", deviation: facts.margins, complete: facts.freeMargins } as const]),
    ...(loss === undefined ? [] : [{ code: "loss", ...loss } as const]),
    {
      code: "predictability",
      best: guesses.everything,
      guesser,
      share: guesses[guesser],
      ...limit(limits.predictability, 1),
    },
    { code: "score", score, criteria, weights },
    ...warnings.map((issue) => ({ code: "warning", issue }) as const),
  ];
}

/** The root of the weighted mean of squares; its error is at most that of all criteria together. */
function distance(criteria: MeasuredCriteria, weights: Criteria): Estimate {
  let [sum, total, error] = [0, 0, 0];
  for (const name of Object.keys(weights) as (keyof Criteria)[]) {
    const { value, standardError } = criteria[name] ?? exact(0);
    const weight = weights[name] ?? 0;
    sum += weight * value ** 2;
    error += weight * value * standardError;
    total += weight;
  }
  const value = Math.sqrt(sum / total);
  return { value, standardError: value === 0 ? 0 : error / total / value };
}

function whole(
  value: number,
  path: string,
  least: number,
  most: number,
  reason: ReasonOf<"assessment", PlainCode>,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  fail(`assessment.${reason}`, path, `"${path}" is out of range.`, {
    expected: `a whole number from ${least} to ${most}`,
    received: String(value),
  });
}

function tooManyRows(rows: number, arms: number, n: number, lists: number): never {
  return fail("assessment.rows_invalid", "n", `A list of ${rows} rows is too long for a comparison of many designs.`, {
    expected: `at most ${Math.floor(MOST_CELLS / arms)} rows a list with ${arms} arms: state strata and sites, or assess one design by itself`,
    received: `${n} participants in ${lists} ${lists === 1 ? "list" : "lists"}`,
    parameters: { rows },
  });
}

function invalid(path: string, expected: string, value: number): never {
  return fail("assessment.option_invalid", path, `"${path}" is out of range.`, { expected, received: String(value) });
}

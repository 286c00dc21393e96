import {
  AllocellError,
  deepFreeze,
  describeReceived,
  fail,
  requireEach,
  requireFields,
  type PlainCode,
  type ReasonOf,
} from "../foundation/index.js";
import { reducedRatio, type ProcedureSpec } from "../procedure/index.js";
import { assessDesign, type ComparedDesign, type DesignSetting } from "./compareDesigns.js";
import { binomial, normalisedShares } from "./fill.js";
import type { SimulationOptions } from "./simulate.js";
import { FORCED_SHARE_LIMIT } from "./warnings.js";

/** The trial for which {@link suggest} ranks designs, the limits that a design must keep, and what counts how much. */
export interface SuggestRequest {
  /** Participants of the trial, a whole number from 2 to 10,000; rows of a list times arms at most {@link MOST_CELLS}. */
  readonly n: number;
  /** At most {@link MOST_ARMS} arms. */
  readonly ratio: readonly number[];
  /** Strata besides sites; absent: 1. */
  readonly strata?: number;
  /** Sites, if randomization is stratified by them; absent: 1. */
  readonly sites?: number;
  readonly limits?: {
    /** Largest share of rows that are certain, in [0, 1]; absent: {@link FORCED_SHARE_LIMIT}. */
    readonly forcedShare?: number;
    /**
     * Largest imbalance of a list that may be expected (E of the largest at any row): abs(N_A - N_B) for two arms at
     * 1:1, else max_k abs(N_k - n w_k / W); above 0. Absent: no limit.
     */
    readonly imbalance?: number;
  };
  /** Expected shares of the lists (strata x sites), above 0; absent: equal. They are divided by their sum. */
  readonly shares?: readonly number[];
  /** What somebody who wants to guess gets to know of earlier allocations, as masking leaves it; absent: `everything`. */
  readonly guesser?: Guesser;
  /** Weights of the criteria, at least 0, not all 0; absent: {@link CRITERIA_WEIGHTS} of the guesser. */
  readonly weights?: Partial<Criteria>;
  /** Names the stream for designs of more than {@link MOST_STATES} states, which are simulated; absent: a fixed text. */
  readonly seed?: string;
  /** Designs to look at besides the usual ones. */
  readonly candidates?: readonly ProcedureSpec[];
}

/** Who guesses: he knows all earlier allocations, those of his own centre, or (where everybody is masked) none. */
export type Guesser = "everything" | "own-centre" | "nothing";

/** What designs are ranked by, each from 0, the ideal, on; 1 is as bad as complete randomization, or as certainty. */
export interface Criteria {
  /** {@link ComparedDesign.predictability}. */
  readonly predictability: number;
  /** Share of allocations that are deterministic. */
  readonly deterministic: number;
  /** Expected largest imbalance of a list, over that of complete randomization. */
  readonly imbalance: number;
  /** {@link Suggestion.pooledDeviation}, over that of complete randomization. */
  readonly pooled: number;
}

/**
 * The weights of the criteria where none are stated, by the guesser. A convention: balance counts twice (each list, the
 * trial), and so does prediction where somebody can know all earlier allocations; half of it where only those of his
 * own centre, and not at all where none.
 */
export const CRITERIA_WEIGHTS: Readonly<Record<Guesser, Criteria>> = Object.freeze({
  everything: { predictability: 2, deterministic: 1, imbalance: 1, pooled: 1 },
  "own-centre": { predictability: 1, deterministic: 0.5, imbalance: 1, pooled: 1 },
  nothing: { predictability: 0, deterministic: 0, imbalance: 1, pooled: 1 },
});

/** One design with its rank and the reasons for it. */
export interface Suggestion extends Omit<ComparedDesign, "isUndominated"> {
  /** From 1. */
  readonly rank: number;
  /** Whether all limits are kept. */
  readonly isWithinLimits: boolean;
  /** Procedures that are the same law for this list, so that every measure is equal. */
  readonly alsoKnownAs: readonly ProcedureSpec[];
  /**
   * Standard deviation of a group's size around its share at the end of the trial, over all lists together: the root of
   * the mean over the arms of E (N_k - n w_k / W)^2, n exactly as given, participants multinomial over the lists.
   */
  readonly pooledDeviation: number;
  readonly criteria: Criteria;
  /** Distance of the criteria from the ideal: root of the weighted mean of their squares; the lower the better. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/**
 * What bounds the time of a search, to about a minute in all: arms, rows of a list times arms, states of an exact
 * design, and rows that are simulated for one that has more states.
 */
const MOST_ARMS = 12;
const MOST_CELLS = 3000;
const MOST_STATES = 10_000;
const SIMULATED_ROWS = 100_000;

/** Merged arms of a usual design, and of one that the caller states: their states grow as a power of them. */
const MOST_MERGED = 6;
const MOST_MERGED_STATED = 40;
const BRICK_TUNNEL: ProcedureSpec = { kind: "brick-tunnel" };

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/**
 * Ranks designs for a trial: those within the limits first, then by the distance of their {@link Criteria} from the
 * ideal. Warnings stand beside the rank and do not change it. Designs that are one law appear once.
 *
 * A list has n / (strata x sites) rows, rounded up to whole sets of the ratio; n itself is never changed. Each design is
 * exact, or, where that takes more than 10,000 states, simulated (its measures say so).
 *
 * @throws AllocellError `assessment.rows_invalid` (n = 0, or rows of a list times arms above 3,000),
 *   `assessment.too_many_arms` (above 12), `assessment.option_invalid`, `procedure.ratio_invalid`
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function suggest(request: SuggestRequest): readonly Suggestion[] {
  const search = readRequest(request);
  const free = measure({ kind: "complete" }, search);
  const designs = oneLawOnce(measureDesigns(search, free));
  const scored = designs.map((design) => judged(design, free, search));
  scored.sort((a, b) => Number(b.isWithinLimits) - Number(a.isWithinLimits) || a.score - b.score);
  return deepFreeze(scored.map((own, i) => ({ rank: i + 1, ...own })));
}

type Measured = Omit<ComparedDesign, "isUndominated">;
type Named = Measured & Pick<Suggestion, "alsoKnownAs">;

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

/** A request that was read: designs of one list of `rows` rows, exact or simulated. */
interface Search {
  readonly setting: DesignSetting;
  readonly simulation: SimulationOptions;
  readonly stated: readonly ProcedureSpec[];
  readonly forcedLimit: number;
  readonly imbalanceLimit: number;
  readonly weights: Criteria;
  /** By list: P(r participants come to it). */
  readonly numbers: readonly (readonly number[])[];
}

function readRequest(request: SuggestRequest): Search {
  requireFields(request, "what a suggestion is for: n and ratio", {});
  const { n, strata = 1, sites = 1, limits = {}, candidates: stated = [] } = request;
  requireEach(stated, "a procedure as a plan states it", { kind: "text" });
  const ratio = reducedRatio(request.ratio);
  if (ratio.length > MOST_ARMS) {
    fail("assessment.too_many_arms", "ratio", "Many designs are compared for few arms.", {
      expected: `at most ${MOST_ARMS} arms; assess one design by itself`,
      received: `${ratio.length} arms`,
    });
  }
  whole(n, "n", 2, 10_000, "rows_invalid");
  whole(strata, "strata", 1, 10_000, "option_invalid");
  whole(sites, "sites", 1, 10_000, "option_invalid");
  const forcedLimit = limits.forcedShare ?? FORCED_SHARE_LIMIT;
  if (!(forcedLimit >= 0 && forcedLimit <= 1)) invalid("limits.forcedShare", "from 0 to 1", forcedLimit);
  const imbalanceLimit = limits.imbalance ?? Infinity;
  if (!(imbalanceLimit > 0)) invalid("limits.imbalance", "above 0", imbalanceLimit);

  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  if (ratioSum > MOST_MERGED_STATED && stated.some(({ mergedArms }) => mergedArms === true)) {
    invalid("candidates", `no merged arms where the ratio adds up to more than ${MOST_MERGED_STATED}`, ratioSum);
  }
  const lists = strata * sites;
  const rows = Math.ceil(n / lists / ratioSum) * ratioSum;
  if (rows * ratio.length > MOST_CELLS) tooManyRows(rows, ratio.length, n, lists);
  const trials = Math.min(500, Math.max(200, Math.floor(SIMULATED_ROWS / rows)));
  return {
    setting: { ratio, rows, strata: lists, participants: n, mostStates: MOST_STATES },
    simulation: { seed: request.seed ?? "allocell suggest", trials },
    stated,
    forcedLimit,
    imbalanceLimit,
    weights: weightsOf(request),
    numbers: numbersByList(n, lists, request.shares),
  };
}

function weightsOf({ guesser = "everything", weights = {} }: SuggestRequest): Criteria {
  if (!Object.hasOwn(CRITERIA_WEIGHTS, guesser)) {
    fail("assessment.option_invalid", "guesser", "This knowledge of a guesser is not known.", {
      expected: Object.keys(CRITERIA_WEIGHTS).join(", "),
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
  const own = { ...usual, ...weights };
  if (Object.values(own).every((weight) => weight === 0)) invalid("weights", "at least one weight above 0", 0);
  return own;
}

/** Participants come independently, each to a list with its share; lists of one share are one entry after the other. */
function numbersByList(n: number, lists: number, shares?: readonly number[]): Search["numbers"] {
  const normal = normalisedShares({ participants: n, ...(shares === undefined ? {} : { shares }) }, lists);
  const known = new Map<number, readonly number[]>();
  return normal.map((share) => {
    const numbers = known.get(share) ?? binomial(n, share);
    known.set(share, numbers);
    return numbers;
  });
}

/** See {@link Suggestion.pooledDeviation}: the lists are independent given their numbers, and have mean deviation 0. */
function pooledDeviation({ measures: { byRow, rows, ratio, scale } }: Measured, numbers: Search["numbers"]): number {
  // A list that is used up is followed by another one.
  const last = byRow.squaredImbalance[rows - 1] as number;
  const squareAfter = (r: number): number => {
    const rest = r % rows;
    return Math.floor(r / rows) * last + (rest === 0 ? 0 : (byRow.squaredImbalance[rest - 1] as number));
  };
  const known = new Map<readonly number[], number>();
  let sum = 0;
  for (const own of numbers) {
    const square = known.get(own) ?? own.reduce((total, p, r) => total + p * squareAfter(r), 0);
    known.set(own, square);
    sum += square;
  }
  // D is twice the deviation of a group.
  return Math.sqrt(sum / (scale === "difference" ? 4 : ratio.length));
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

/** A design with its score, and the reasons in words. */
function judged(design: Named, free: Measured, search: Search): Omit<Suggestion, "rank"> {
  const { setting, forcedLimit, imbalanceLimit, weights, numbers } = search;
  const forced = design.measures.forcedShare?.value ?? 0;
  const [pooled, freePooled] = [pooledDeviation(design, numbers), pooledDeviation(free, numbers)];
  const criteria: Criteria = {
    predictability: design.predictability,
    deterministic: forced,
    imbalance: free.imbalance > 0 ? design.imbalance / free.imbalance : 0,
    pooled: freePooled > 0 ? pooled / freePooled : 0,
  };
  const score = distance(criteria, weights);
  const isWithinLimits = forced <= forcedLimit + 1e-12 && design.imbalance <= imbalanceLimit + 1e-12;
  const reasons = [
    `${percent(forced)} of the allocations are deterministic (limit ${percent(forcedLimit)}).`,
    `The largest imbalance of a list of ${setting.rows} rows is ${design.imbalance.toFixed(2)} on average` +
      `${Number.isFinite(imbalanceLimit) ? ` (limit ${imbalanceLimit})` : ""}; ` +
      `complete randomization has ${free.imbalance.toFixed(2)}.`,
    `At the end of the trial the size of a group has a standard deviation of ${pooled.toFixed(2)} around its share, ` +
      `over ${numbers.length} ${numbers.length === 1 ? "list" : "lists"}; complete randomization has ${freePooled.toFixed(2)}.`,
    `The best guesser gets ${percent(design.predictability)} of what guessing by the ratio leaves open.`,
    `Distance from the ideal ${score.toFixed(3)}: ${Object.entries(criteria)
      .map(([name, value]) => `${name} ${(value as number).toFixed(3)} (weight ${weights[name as keyof Criteria]})`)
      .join(", ")}.`,
    ...design.warnings.map(({ message }) => `Warning: ${message}`),
  ];
  return { ...design, isWithinLimits, pooledDeviation: pooled, criteria, score, reasons };
}

/** The root of the weighted mean of squares. */
function distance(criteria: Criteria, weights: Criteria): number {
  let [sum, total] = [0, 0];
  for (const name of Object.keys(weights) as (keyof Criteria)[]) {
    sum += weights[name] * criteria[name] ** 2;
    total += weights[name];
  }
  return Math.sqrt(sum / total);
}

/** The designs that are looked at for any trial. */
function usualDesigns(ratio: readonly number[], rows: number): readonly ProcedureSpec[] {
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const isEqual = ratioSum === ratio.length;
  const block = (sizes: readonly number[]): ProcedureSpec => ({ kind: "permuted-block", sizes, lastBlock: "cut" });
  const designs: ProcedureSpec[] = [{ kind: "complete" }, { kind: "random-allocation-rule" }];
  for (const sets of [[1], [2], [3], [4], [1, 2], [2, 3], [2, 3, 4]]) {
    const sizes = sets.map((m) => m * ratioSum);
    if (Math.max(...sizes) <= rows) designs.push(block(sizes));
  }
  if (ratio.length === 2 && isEqual) {
    for (const tolerance of [2, 3, 4]) designs.push({ kind: "big-stick", tolerance });
    designs.push({ kind: "efron", probability: "2/3" });
    designs.push({ kind: "chen", probability: "2/3", tolerance: 3 });
    designs.push({ kind: "maximal", tolerance: 3 });
    designs.push({ kind: "maximal", tolerance: 4 });
  }
  // The states of more merged arms are too many to be followed.
  if (!isEqual && ratioSum > MOST_MERGED) return [...designs, ...(ratio.length === 2 ? [BRICK_TUNNEL] : [])];
  for (const lambda of [2, 3]) {
    designs.push({ kind: "block-urn", lambda, ...(isEqual ? {} : { mergedArms: true as const }) });
  }
  if (isEqual) designs.push({ kind: "mass-weighted-urn", alpha: 4 });
  if (ratio.length === 2 && !isEqual) designs.push(BRICK_TUNNEL);
  return designs;
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

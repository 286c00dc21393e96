import {
  describeReceived,
  fail,
  requireEach,
  requireFields,
  type PlainCode,
  type ReasonOf,
} from "../foundation/index.js";
import type { Factor } from "../list/index.js";
import { reducedRatio, type ProcedureSpec } from "../procedure/index.js";
import type { Accrual } from "./accrual.js";
import { dynamicOver, isDynamic } from "./candidates.js";
import type { DesignSetting } from "./compareDesigns.js";
import { GUESSERS, type Guesser } from "./guesser.js";
import { numbersByList, type NumbersByList } from "./listsTogether.js";
import type { SimulationOptions } from "./simulate.js";
import { CRITERIA_WEIGHTS, type Criteria, type SuggestRequest } from "./suggestion.js";
import type { TrialDesign, TrialFrame } from "./trialDesign.js";
import { FORCED_SHARE_LIMIT } from "./warnings.js";

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

/** A request that was read: designs of one list of `rows` rows, exact or simulated, and of the whole trial. */
export interface Search {
  readonly setting: DesignSetting;
  readonly simulation: SimulationOptions;
  readonly stated: readonly ProcedureSpec[];
  readonly statedTrials: readonly TrialDesign[];
  readonly limits: Required<NonNullable<SuggestRequest["limits"]>>;
  readonly guesser: Guesser;
  readonly weights: Criteria;
  readonly numbers: NumbersByList;
  readonly frame: TrialFrame;
  readonly factorWeights?: readonly number[];
  readonly accrual: Accrual;
  readonly trialSimulation: { readonly seed: string; readonly trials: number };
}

/** @throws AllocellError as {@link suggest} does */
export function readRequest(request: SuggestRequest): Search {
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
  // One list has its n participants to the row; of several nobody knows which row is the last that is used.
  const rows = lists === 1 ? n : Math.ceil(n / lists / ratioSum) * ratioSum;
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
  const comes = { ...request.accrual, participants: n };
  const ofShares = request.shares === undefined ? {} : { shares: request.shares };
  return {
    setting: { ratio, rows, strata: lists, participants: n, mostStates: MOST_STATES },
    simulation: { seed, trials: trialsOf(rows, 200, 500) },
    stated,
    statedTrials: dynamic.map((procedure) => dynamicOver(procedure, factors, request.factorWeights)),
    ...factorWeightsOf(request, factors.length),
    limits: limitsOf(request),
    guesser,
    weights: weightsOf(request, factors.length > 0),
    numbers: numbersByList({ sites, lists, ...ofShares, accrual: comes, stream: `${seed}, accrual` }),
    frame: { arms: ratio.map((own, k) => ({ arm: String(k + 1), ratio: own })), factors },
    accrual: { ...comes, ...(request.shares === undefined ? {} : { shares: margins(factors, request.shares) }) },
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
  requireEach(
    factors.filter((own) => typeof own !== "number"),
    "a factor",
    { factor: "text", levels: "a list" },
  );
  const counts = factors.map((own) => (typeof own === "number" ? own : own.levels.length));
  for (const levels of counts) whole(levels, "factors", 2, 1000, "option_invalid");
  const product = counts.reduce((all, levels) => all * levels, 1);
  whole(product, "factors", 1, 10_000, "option_invalid");
  return product;
}

function factorWeightsOf({ factorWeights }: SuggestRequest, factors: number): Pick<Search, "factorWeights"> {
  if (factorWeights === undefined) return {};
  if (factorWeights.length !== factors) {
    invalid("factorWeights", `one weight a factor, the centre first: ${factors}`, factorWeights.length);
  }
  for (const weight of factorWeights) whole(weight, "factorWeights", 0, 1_000_000, "option_invalid");
  return { factorWeights };
}

/** The factor that centres are. */
export const CENTRE = "site";

/** The centre first, then the other factors; what has one level is none. */
function factorsOf({ sites = 1, factors }: SuggestRequest, strata: number): readonly Factor[] {
  const levels = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => String(i + 1));
  const others =
    factors === undefined
      ? strata > 1
        ? [{ factor: "stratum", levels: levels(strata) }]
        : []
      : factors.map((own, i) => (typeof own === "number" ? { factor: `factor ${i + 1}`, levels: levels(own) } : own));
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
  const { forcedShare = FORCED_SHARE_LIMIT, predictability = 1 } = limits;
  const { imbalance = Infinity, final = Infinity, pooled = Infinity } = limits;
  for (const [name, share] of Object.entries({ forcedShare, predictability })) {
    if (!(share >= 0 && share <= 1)) invalid(`limits.${name}`, "from 0 to 1", share);
  }
  for (const [name, most] of Object.entries({ imbalance, final, pooled })) {
    if (!(most > 0)) invalid(`limits.${name}`, "above 0", most);
  }
  return { forcedShare, imbalance, final, pooled, predictability };
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

import type { Estimate } from "./model.js";
import type { Search } from "./suggestRequest.js";
import type { Criteria, SuggestionFacts, SuggestionReason } from "./suggestion.js";

/** A number without an error. */
export const exact = (value: number): Estimate => ({ value, standardError: 0 });

/** What a rank follows from, of a list or of a whole trial. */
export interface Facts extends Pick<SuggestionFacts, "byGuesser" | "deterministic" | "loss" | "warnings"> {
  readonly rows?: number;
  readonly largest: Estimate;
  /** The same of complete randomization. */
  readonly freeLargest: Estimate;
  /** Imbalance at the end of a list or stratum. */
  readonly final: Estimate;
  readonly pooled: Estimate;
  readonly freePooled: number;
  readonly margins?: Estimate;
  readonly freeMargins: number;
}

/** What complete randomization has, of the whole trial. */
export type Free = Pick<Facts, "freePooled" | "freeMargins">;

const over = (own: Estimate, most: number): Estimate => ({
  value: most > 0 ? own.value / most : 0,
  standardError: most > 0 ? own.standardError / most : 0,
});

/** The criteria, the distance and the reasons. */
export function judged(facts: Facts, search: Search): Omit<SuggestionFacts, "rank" | "method" | "alsoKnownAs"> {
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
      within(facts.final.value, limits.final) &&
      within(pooled.value, limits.pooled) &&
      within(guesses[guesser].value, limits.predictability),
    warnings,
    predictability: guesses.everything.value,
    byGuesser: guesses,
    ...(deterministic === undefined ? {} : { deterministic }),
    imbalance: largest.value,
    finalImbalance: facts.final.value,
    pooledDeviation: pooled.value,
    ...(margins === undefined ? {} : { marginDeviation: margins.value }),
    loss,
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
    ...(limits.final === Infinity ? [] : [{ code: "final", final: facts.final, limit: limits.final } as const]),
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
    { code: "loss", ...loss },
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

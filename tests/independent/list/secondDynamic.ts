/*
 * Dynamic allocation of docs/procedures-adaptive.md, programmed a second time from that page alone: the balls as
 * functions of the participants so far. Nothing of allocell is imported here.
 */
import { scaledBalls } from "./secondAdaptive.js";
import {
  countsOf,
  dividedBy,
  fraction,
  inProportion,
  least,
  lowestTerms,
  minus,
  plus,
  times,
  total,
  wholeRoot,
  type Fraction,
} from "./wholeNumbers.js";

/** A participant so far: the arm, and the level in every factor. */
export interface Past {
  readonly arm: number;
  readonly profile: readonly number[];
}

export type SecondDynamic = (past: readonly Past[], profile: readonly number[]) => bigint[];

export interface Factor {
  readonly levels: number;
  readonly weight: number;
}

export type Law =
  | { readonly kind: "fixed"; readonly probability: Fraction; readonly ties: "lot" | "share" }
  | { readonly kind: "rank"; readonly q: Fraction }
  | { readonly kind: "proportional"; readonly t: Fraction };

export interface Minimization {
  readonly ratio: readonly number[];
  readonly factors: readonly Factor[];
  readonly measure: "range" | "variance" | "sd";
  readonly law: Law;
}

const NONE = fraction(0n);
const ONE = fraction(1n);

export function minimization({ ratio, factors, measure, law }: Minimization): SecondDynamic {
  const weights = lowestTerms(ratio.map(BigInt));
  return (past, profile) => {
    const chances = chancesByLaw(weights, law);
    if (measure !== "sd") return inProportion(chances(scoresOf(weights, factors, measure, past, profile)));
    if (law.kind !== "proportional") {
      // Sums of roots that agree to 600 binary places are taken as equal.
      const scores = rootScores(weights, factors, past, profile, 640n).map((score) =>
        fraction((score + (1n << 39n)) >> 40n),
      );
      return inProportion(chances(scores));
    }
    const scores = rootScores(weights, factors, past, profile, 64n);
    if (scores.every((score) => score === 0n)) return scores.map(() => 1n);
    return scaledBalls(scores.map((score) => law.t.under * total(scores) - law.t.over * score));
  };
}

/** For every arm and factor: participants of the level by arm, over the arm's share, were the participant put there. */
function sharesIfPut(
  weights: readonly bigint[],
  factor: number,
  put: number,
  past: readonly Past[],
  profile: readonly number[],
): Fraction[] {
  const alike = past.filter((each) => each.profile[factor] === profile[factor]).map(({ arm }) => arm);
  return countsOf([...alike, put], weights.length).map((count, arm) => fraction(count, weights[arm]));
}

function scoresOf(
  weights: readonly bigint[],
  factors: readonly Factor[],
  measure: "range" | "variance",
  past: readonly Past[],
  profile: readonly number[],
): Fraction[] {
  return weights.map((_, put) =>
    factors
      .map(({ weight }, factor) => {
        const shares = sharesIfPut(weights, factor, put, past, profile);
        const imbalance = measure === "range" ? rangeOf(shares) : varianceOf(shares);
        return times(fraction(BigInt(weight)), imbalance);
      })
      .reduce(plus, NONE),
  );
}

function rangeOf(values: readonly Fraction[]): Fraction {
  const ordered = [...values].sort((a, b) => Number(minus(a, b).over));
  return minus(ordered.at(-1)!, ordered[0]!);
}

/** With the divisor k - 1. */
function varianceOf(values: readonly Fraction[]): Fraction {
  const count = BigInt(values.length);
  const mean = times(values.reduce(plus, NONE), fraction(1n, count));
  const squares = values.map((value) => minus(value, mean)).map((away) => times(away, away));
  return times(squares.reduce(plus, NONE), fraction(1n, count - 1n));
}

/** Sums over the factors of floor(2^places x weight x root(k (k - 1) L^2 variance)). */
function rootScores(
  weights: readonly bigint[],
  factors: readonly Factor[],
  past: readonly Past[],
  profile: readonly number[],
  places: bigint,
): bigint[] {
  const arms = BigInt(weights.length);
  const common = weights.reduce((multiple, weight) => {
    let next = multiple;
    while (next % weight !== 0n) next += multiple;
    return next;
  }, 1n);
  return weights.map((_, put) =>
    total(
      factors.map(({ weight }, factor) => {
        const variance = varianceOf(sharesIfPut(weights, factor, put, past, profile));
        const whole = times(variance, fraction(arms * (arms - 1n) * common ** 2n));
        return wholeRoot(((1n << (2n * places)) * BigInt(weight) ** 2n * whole.over) / whole.under);
      }),
    ),
  );
}

function chancesByLaw(weights: readonly bigint[], law: Law): (scores: readonly Fraction[]) => Fraction[] {
  const arms = weights.length;
  const equals = (a: Fraction, b: Fraction): boolean => minus(a, b).over === 0n;
  const below = (a: Fraction, b: Fraction): boolean => minus(a, b).over < 0n;
  switch (law.kind) {
    case "fixed":
      return (scores) => {
        const tied = scores.map((score) => scores.every((other) => !below(other, score)));
        const sharing = tied.filter(Boolean).length;
        if (sharing === arms) return weights.map((weight) => fraction(weight, total(weights)));
        const rest = minus(ONE, law.probability);
        if (law.ties === "share") {
          return tied.map((isTied) =>
            isTied
              ? times(law.probability, fraction(1n, BigInt(sharing)))
              : times(rest, fraction(1n, BigInt(arms - sharing))),
          );
        }
        const spread = total(weights) - least(weights);
        const tiedWeight = total(weights.filter((_, arm) => tied[arm]));
        return weights.map((weight, arm) =>
          weights
            .map((preferredWeight, preferred) => {
              if (!tied[preferred]) return NONE;
              const chance =
                preferred === arm
                  ? minus(ONE, times(rest, fraction(total(weights) - weight, spread)))
                  : times(rest, fraction(weight, spread));
              return times(chance, fraction(preferredWeight, tiedWeight));
            })
            .reduce(plus, NONE),
        );
      };
    case "rank":
      return (scores) =>
        scores.map((score) => {
          // Rank 1 is the least score. The mean rank of tied arms, twice.
          const lower = scores.filter((other) => below(other, score)).length;
          const same = scores.filter((other) => equals(other, score)).length;
          const rank = fraction(BigInt(2 * lower + same + 1), 2n);
          const k = BigInt(arms);
          const slope = minus(times(fraction(k), law.q), ONE);
          return minus(law.q, times(times(slope, rank), fraction(2n, k * (k + 1n))));
        });
    case "proportional":
      return (scores) => {
        const sum = scores.reduce(plus, NONE);
        if (sum.over === 0n) return scores.map(() => fraction(1n, BigInt(arms)));
        return scores.map((score) =>
          dividedBy(minus(ONE, times(law.t, dividedBy(score, sum))), minus(fraction(BigInt(arms)), law.t)),
        );
      };
  }
}

export interface HuHu {
  readonly factors: readonly Factor[];
  readonly overallWeight: number;
  readonly stratumWeight: number;
  readonly probability: Fraction;
}

export function huHu({ factors, overallWeight, stratumWeight, probability }: HuHu): SecondDynamic {
  return (past, profile) => {
    const lead = (among: (each: Past) => boolean): number =>
      past.filter(among).reduce((sum, { arm }) => sum + (arm === 0 ? 1 : -1), 0);
    const pull =
      overallWeight * lead(() => true) +
      factors.reduce((sum, { weight }, factor) => {
        return sum + weight * lead((each) => each.profile[factor] === profile[factor]);
      }, 0) +
      stratumWeight * lead((each) => each.profile.join() === profile.join());
    const [likely, other] = [probability.over, probability.under - probability.over];
    if (pull === 0) return [1n, 1n];
    return pull > 0 ? [other, likely] : [likely, other];
  };
}

export function atkinson(factors: readonly { readonly levels: number }[]): SecondDynamic {
  const design = (profile: readonly number[]): Fraction[] => [
    ONE,
    ...factors.flatMap(({ levels }, factor) =>
      Array.from({ length: levels - 1 }, (_, level) => (profile[factor] === level + 1 ? ONE : NONE)),
    ),
  ];
  return (past, profile) => {
    const rows = past.map((each) => ({ x: design(each.profile), b: fraction(each.arm === 0 ? 1n : -1n) }));
    const a = dot(design(profile), leastSquares(rows, design(profile).length));
    return lowestTerms([(a.under - a.over) ** 2n, (a.under + a.over) ** 2n]);
  };
}

function dot(a: readonly Fraction[], b: readonly Fraction[]): Fraction {
  return a.map((each, place) => times(each, b[place]!)).reduce(plus, NONE);
}

/** By orthogonal columns (Gram-Schmidt), a column that adds nothing being left out. */
function leastSquares(
  rows: readonly { readonly x: readonly Fraction[]; readonly b: Fraction }[],
  columns: number,
): Fraction[] {
  // Each kept column as values over the rows, and as a combination of the original columns.
  const kept: { readonly values: Fraction[]; readonly made: Fraction[] }[] = [];
  const response = rows.map(({ b }) => b);
  let beta = Array<Fraction>(columns).fill(NONE);
  for (let column = 0; column < columns; column += 1) {
    let values = rows.map(({ x }) => x[column]!);
    let made = Array.from({ length: columns }, (_, each) => (each === column ? ONE : NONE));
    for (const basis of kept) {
      const share = dividedBy(dot(values, basis.values), dot(basis.values, basis.values));
      values = values.map((value, row) => minus(value, times(share, basis.values[row]!)));
      made = made.map((value, each) => minus(value, times(share, basis.made[each]!)));
    }
    if (values.every(({ over }) => over === 0n)) continue;
    kept.push({ values, made });
    const share = dividedBy(dot(response, values), dot(values, values));
    beta = beta.map((value, each) => plus(value, times(share, made[each]!)));
  }
  return beta;
}

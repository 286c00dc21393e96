/*
 * The balls of docs/procedures-adaptive.md that need no covariates, programmed a second time from that page alone, as
 * functions of the arms so far. Nothing of allocell is imported here.
 */
import type { SecondUrn } from "./secondUrns.js";
import {
  countsOf,
  greatest,
  lastThat,
  least,
  lowestTerms,
  product,
  total,
  type Fraction,
  type Weights,
} from "./wholeNumbers.js";

const PLACES = 1n << 64n;
const MOST_BALLS = 1n << 31n;

/** (u/v)^(s/t) to 64 binary places. */
export function power(u: bigint, v: bigint, { over: s, under: t }: Fraction): bigint {
  if (u === 0n) return 0n;
  const right = PLACES ** t * u ** s;
  const left = v ** s;
  const found = lastThat(0n, PLACES + 1n, (f) => f ** t * left <= right);
  return found === 0n ? 1n : found;
}

export function scaledBalls(weights: Weights): bigint[] {
  const lowest = lowestTerms(weights);
  const sum = total(lowest);
  if (sum <= MOST_BALLS) return lowest;
  return lowestTerms(
    lowest.map((weight) => {
      const balls = (MOST_BALLS * weight) / sum;
      return balls === 0n && weight > 0n ? 1n : balls;
    }),
  );
}

/** "Balls m_k base_k^e". */
function poweredBalls(factors: Weights, bases: Weights, exponent: Fraction): bigint[] {
  if (exponent.under === 1n) {
    return lowestTerms(factors.map((factor, arm) => factor * bases[arm]! ** exponent.over));
  }
  const largest = greatest(bases);
  return scaledBalls(factors.map((factor, arm) => factor * power(bases[arm]!, largest, exponent)));
}

export function adjustableBiasedCoin(steepness: Fraction): SecondUrn {
  return (history) => {
    const [a, b] = countsOf(history, 2) as [bigint, bigint];
    const lead = a > b ? a - b : b - a;
    if (lead <= 1n) return [1n, 1n];
    return poweredBalls([1n, 1n], a > b ? [1n, lead] : [lead, 1n], steepness);
  };
}

export function generalizedBiasedCoin(exponent: Fraction): SecondUrn {
  return (history) => {
    const [a, b] = countsOf(history, 2) as [bigint, bigint];
    return a === b ? [1n, 1n] : poweredBalls([1n, 1n], [b, a], exponent);
  };
}

export function bayesianBiasedCoin(gamma: Fraction): SecondUrn {
  return (history) => {
    const n = BigInt(history.length);
    const [a, b] = countsOf(history, 2) as [bigint, bigint];
    if (a === b) return [1n, 1n];
    return poweredBalls([1n, 1n], [(n * a + b) * b, (n * b + a) * a], { over: gamma.under, under: gamma.over });
  };
}

export function doublyAdaptive(ratio: readonly number[], gamma: Fraction): SecondUrn {
  const weights = lowestTerms(ratio.map(BigInt));
  return (history) => {
    const counts = countsOf(history, weights.length);
    if (counts.includes(0n)) return weights;
    const bases = weights.map((weight, arm) => weight * product(counts.filter((_, other) => other !== arm)));
    return poweredBalls(weights, bases, gamma);
  };
}

/** d_k: how much farther from the ratio arm k would leave the trial than the best arm, in whole numbers. */
function distances(weights: Weights, history: readonly number[]): bigint[] {
  const counts = countsOf(history, weights.length);
  const next = BigInt(history.length + 1);
  const farthest = weights.map((_, arm) =>
    greatest(
      weights.map((weight, each) => {
        const away = total(weights) * (counts[each]! + (each === arm ? 1n : 0n)) - weight * next;
        return away < 0n ? -away : away;
      }),
    ),
  );
  return farthest.map((distance) => distance - least(farthest));
}

export function maximumEntropy(ratio: readonly number[], eta: Fraction): SecondUrn {
  const weights = lowestTerms(ratio.map(BigInt));
  const sum = total(weights);
  const { over: a, under: b } = eta;
  return (history) => {
    const apart = lowestTerms(distances(weights, history));
    const kinds = new Set(apart).size;
    if (kinds === 1 || a === 0n) return weights;
    if (a === b || kinds === 2) {
      const near = total(weights.filter((_, arm) => apart[arm] === 0n));
      return lowestTerms(
        weights.map((weight, arm) =>
          apart[arm] === 0n ? weight * (b * sum - (b - a) * (sum - near)) : weight * (b - a) * near,
        ),
      );
    }
    const mean = total(weights.map((weight, arm) => weight * apart[arm]!));
    const most = greatest(apart);
    const term = (m: bigint, arm: number): bigint => m ** apart[arm]! * 2n ** (64n * (most - apart[arm]!));
    const slopes = weights.map((weight, arm) => weight * (apart[arm]! * b * sum - (b - a) * mean));
    const m = lastThat(0n, PLACES, (x) => total(slopes.map((slope, arm) => slope * term(x, arm))) <= 0n);
    return scaledBalls(weights.map((weight, arm) => weight * term(m, arm)));
  };
}

export function minimumQuadraticDistance(ratio: readonly number[], eta: Fraction): SecondUrn {
  const weights = lowestTerms(ratio.map(BigInt));
  const sum = total(weights);
  const { over: a, under: b } = eta;
  const arms = weights.map((_, arm) => arm);
  return (history) => {
    const apart = distances(weights, history);
    if (a === 0n || new Set(apart).size === 1) return weights;
    if (a === b) {
      const near = arms.filter((arm) => apart[arm] === 0n);
      const rest = sum - total(near.map((arm) => weights[arm]!));
      return lowestTerms(arms.map((arm) => (apart[arm] === 0n ? BigInt(near.length) * weights[arm]! + rest : 0n)));
    }
    for (let mask = 1; mask < 2 ** arms.length; mask += 1) {
      const inside = arms.filter((arm) => (mask >> arm) % 2 === 1);
      const size = BigInt(inside.length);
      const rest = sum - total(inside.map((arm) => weights[arm]!));
      const room = weights.map((weight) => size * weight + rest);
      const first = total(inside.map((arm) => apart[arm]!));
      const spread = size * total(inside.map((arm) => apart[arm]! ** 2n)) - first ** 2n;
      const pull =
        size * (b - a) * total(arms.map((arm) => weights[arm]! * apart[arm]!)) -
        b * total(inside.map((arm) => apart[arm]! * room[arm]!));
      const balls = arms.map((arm) => b * spread * room[arm]! + pull * (size * apart[arm]! - first));
      const right =
        spread > 0n &&
        pull <= 0n &&
        arms.every((arm) => (inside.includes(arm) ? balls[arm]! >= 0n : balls[arm]! <= 0n));
      if (right) return lowestTerms(arms.map((arm) => (inside.includes(arm) ? balls[arm]! : 0n)));
    }
    throw new Error("the page promises one answer");
  };
}

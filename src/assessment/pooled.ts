import { deepFreeze } from "../foundation/index.js";
import { deviationOf, meanOf, Tally } from "./distribution.js";
import { binomial, poissonTo } from "./fill.js";
import type { PooledImbalance } from "./model.js";

/** A list that participants come to. */
export interface PooledList {
  readonly share: number;
  /** [row][arm]: probabilities of W N_k - n w_k after the row, from row 0 to the list's length. */
  readonly deviations: readonly (readonly ReadonlyMap<number, number>[])[];
}

/** Multiplications beyond which pooled imbalances are not computed. */
const MOST_WORK = 400_000_000;

/**
 * Imbalance of the participants of several lists together, after `participants` have come to all lists of the trial.
 *
 * For each list the weights of (participants r, deviation d) are Poisson(r) P(deviation after r rows = d); they are
 * convolved over the lists, those outside the pool have d = 0, and the sum of r is fixed. Who comes after a list has
 * run out is not allocated.
 *
 * @param outside - share of participants who belong to lists outside the pool
 * @returns undefined if it is too much work
 */
export function pooledImbalance(
  of: string,
  lists: readonly PooledList[],
  outside: number,
  participants: number,
  ratio: readonly number[],
): PooledImbalance | undefined {
  const budget = { left: MOST_WORK };
  return pooledFrom(
    of,
    ratio,
    (arm) => convolve(lists, arm, outside, participants, budget),
    (arm) => isLikeFirst(lists, arm, ratio),
  );
}

/**
 * The same where every participant is drawn by the ratio, whatever stratum he belongs to, and no list runs out:
 * N_k - n w_k / W of binomial numbers, of `participants` of whom each belongs to the pool with the chance `inside`.
 */
export function pooledComplete(
  of: string,
  inside: number,
  participants: number,
  ratio: readonly number[],
): PooledImbalance | undefined {
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const numbers = binomial(participants, inside);
  return pooledFrom(
    of,
    ratio,
    (arm) => {
      const share = ratio[arm] as number;
      const sums = new Map<number, number>();
      numbers.forEach((weight, n) => {
        if (weight < 1e-18) return;
        binomial(n, share / ratioSum).forEach((p, count) => {
          const deviation = ratioSum * count - n * share;
          sums.set(deviation, (sums.get(deviation) ?? 0) + weight * p);
        });
      });
      return sums;
    },
    (arm) => ratio[arm] === ratio[0],
  );
}

/** The measures of a pooled imbalance from the weights of W N_k - n w_k of each arm. */
function pooledFrom(
  of: string,
  ratio: readonly number[],
  sumsOf: (arm: number) => ReadonlyMap<number, number> | undefined,
  isLike: (arm: number) => boolean,
): PooledImbalance | undefined {
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const isDifference = ratio.length === 2 && ratioSum === 2;
  // Two arms mirror each other, so one says it all.
  const arms = ratio.length === 2 ? [0] : ratio.map((_, k) => k);
  const byArm: PooledImbalance["byArm"][number][] = [];
  let difference: PooledImbalance["difference"];
  for (const arm of arms) {
    const [first] = byArm;
    if (first !== undefined && isLike(arm)) {
      byArm.push(first);
      continue;
    }
    const sums = sumsOf(arm);
    if (sums === undefined) return undefined;
    const total = [...sums.values()].reduce((a, b) => a + b, 0);
    const tally = new Tally();
    for (const [deviation, weight] of sums) tally.add(deviation, weight / total);
    const distribution = tally.toDistribution(ratioSum);
    byArm.push({
      standardDeviation: deviationOf(distribution),
      expectedAbsolute: meanOf(distribution, Math.abs),
      distribution,
    });
    if (isDifference) difference = tally.toDistribution();
  }
  const [first] = byArm;
  if (ratio.length === 2 && first !== undefined) {
    const { values, probabilities } = first.distribution;
    const mirrored = {
      values: values.map((v) => (v === 0 ? 0 : -v)).reverse(),
      probabilities: [...probabilities].reverse(),
    };
    byArm.push({ ...first, distribution: mirrored });
  }
  return deepFreeze({ of, byArm, ...(difference === undefined ? {} : { difference }) });
}

/** Whether an arm has the first arm's distribution in every list, as exchangeable arms have. */
function isLikeFirst(lists: readonly PooledList[], arm: number, ratio: readonly number[]): boolean {
  if (ratio[arm] !== ratio[0]) return false;
  return lists.every(({ deviations }) =>
    deviations.every(([first, ...others]) => {
      const own = others[arm - 1];
      return [...(first ?? [])].every(([value, p]) => Math.abs((own?.get(value) ?? 0) - p) < 1e-13);
    }),
  );
}

/** Weights by deviation: entry i is that of `low` + i. */
interface Weights {
  readonly low: number;
  readonly high: number;
  /** [participants so far][deviation - low]. */
  readonly byNumber: readonly Float64Array[];
}

/** Weights of the summed deviation when the participants add up. */
function convolve(
  lists: readonly PooledList[],
  arm: number,
  outside: number,
  participants: number,
  budget: { left: number },
): ReadonlyMap<number, number> | undefined {
  let sums: Weights = {
    low: 0,
    high: 0,
    byNumber: poissonTo(participants * outside, participants).map((weight) => Float64Array.of(weight)),
  };
  for (const { share, deviations } of lists) {
    const next = joined(
      sums,
      deviations.map((byArm) => [...(byArm[arm] ?? [])]),
      poissonTo(participants * share, participants),
      budget,
    );
    if (next === undefined) return undefined;
    sums = trimmed(next);
  }
  return new Map(
    [...(sums.byNumber[participants] as Float64Array)].map((weight, i) => [sums.low + i, weight] as const),
  );
}

/**
 * Weights of the sums after one more list.
 *
 * @param own - by participants of the list (the last entry: for all larger numbers): its deviations and their probabilities
 * @param numbers - the weight of each number of participants of the list
 */
function joined(
  sums: Weights,
  own: readonly (readonly (readonly [deviation: number, p: number])[])[],
  numbers: readonly number[],
  budget: { left: number },
): Weights | undefined {
  const values = own.flatMap((entries) => entries.map(([deviation]) => deviation));
  const low = sums.low + Math.min(...values);
  const high = sums.high + Math.max(...values);
  const next = sums.byNumber.map(() => new Float64Array(high - low + 1));
  for (const [r, weight] of numbers.entries()) {
    if (weight < 1e-18) continue;
    for (const [deviation, p] of own[Math.min(r, own.length - 1)] ?? []) {
      if (p * weight < 1e-24) continue;
      const shift = sums.low + deviation - low;
      budget.left -= (next.length - r - 1) * (sums.high - sums.low + 1);
      if (budget.left < 0) return undefined;
      for (let n = 0; n + r < next.length; n += 1) {
        addShifted(sums.byNumber[n] as Float64Array, next[n + r] as Float64Array, shift, p * weight);
      }
    }
  }
  return { low, high, byNumber: next };
}

/** Without the deviations at both ends that have no weight to speak of, whatever the number of participants. */
function trimmed({ low, high, byNumber }: Weights): Weights {
  const isNegligible = (place: number): boolean => byNumber.every((own) => (own[place] as number) < 1e-22);
  let [from, to] = [0, high - low];
  while (from < to && isNegligible(from)) from += 1;
  while (to > from && isNegligible(to)) to -= 1;
  return { low: low + from, high: low + to, byNumber: byNumber.map((own) => own.subarray(from, to + 1)) };
}

function addShifted(from: Float64Array, into: Float64Array, shift: number, factor: number): void {
  for (let i = 0; i < from.length; i += 1) {
    into[i + shift] = (into[i + shift] as number) + (from[i] as number) * factor;
  }
}

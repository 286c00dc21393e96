import { deepFreeze } from "../foundation/index.js";
import { deviationOf, meanOf, Tally } from "./distribution.js";
import { poissonTo } from "./fill.js";
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
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const isDifference = ratio.length === 2 && ratioSum === 2;
  const budget = { left: MOST_WORK };
  // Two arms mirror each other, so one says it all.
  const arms = ratio.length === 2 ? [0] : ratio.map((_, k) => k);
  const byArm: PooledImbalance["byArm"][number][] = [];
  let difference: PooledImbalance["difference"];
  for (const arm of arms) {
    const [first] = byArm;
    if (first !== undefined && isLikeFirst(lists, arm, ratio)) {
      byArm.push(first);
      continue;
    }
    const sums = convolve(lists, arm, outside, participants, budget);
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

/** Weights of the summed deviation when the participants add up. */
function convolve(
  lists: readonly PooledList[],
  arm: number,
  outside: number,
  participants: number,
  budget: { left: number },
): ReadonlyMap<number, number> | undefined {
  // [participants so far]: weights by deviation.
  let sums = poissonTo(participants * outside, participants).map((weight) =>
    weight < 1e-20 ? new Map<number, number>() : new Map([[0, weight]]),
  );
  for (const { share, deviations } of lists) {
    const numbers = poissonTo(participants * share, participants);
    const last = deviations.length - 1;
    const next = sums.map(() => new Map<number, number>());
    for (let r = 0; r <= participants; r += 1) {
      const weight = numbers[r] as number;
      if (weight < 1e-18) continue;
      const own = deviations[Math.min(r, last)]?.[arm] ?? new Map<number, number>();
      for (let n = 0; n + r <= participants; n += 1) {
        const from = sums[n] as ReadonlyMap<number, number>;
        if (from.size === 0) continue;
        const into = next[n + r] as Map<number, number>;
        budget.left -= 20 * from.size * own.size;
        for (const [a, p] of from) {
          for (const [b, q] of own) {
            const mass = p * q * weight;
            if (mass > 1e-24) into.set(a + b, (into.get(a + b) ?? 0) + mass);
          }
        }
      }
      if (budget.left < 0) return undefined;
    }
    sums = next;
  }
  return sums[participants];
}

import { absolute, compare, fraction, minus, over, plus, times, toNumber, type Fraction } from "../quantity/index.js";
import type { Counts } from "./model.js";

/** The estimate of one level, a fraction that is not cancelled. */
export interface LevelEstimate {
  readonly level: number;
  readonly estimate: Fraction;
}

interface Exact {
  readonly mean: Fraction;
  readonly weight: Fraction;
}

/** Levels `from` to `to` with one estimate. Of one level it is (dlt + 0.05) / (n + 0.1). */
interface Pool {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly dlt: number;
  /** The double nearest to the estimate, or next to it. */
  readonly value: number;
  /** Set where levels were pooled. */
  readonly pooled?: Exact;
}

/** Doubles that differ by more than this are in the order of their fractions; others are compared as fractions. */
const CLEAR = 1e-9;

/** Weighted by the inverse of the variance of Beta(dlt + 0.05, n - dlt + 0.05). */
function exactOf({ n, dlt, pooled }: Pool): Exact {
  if (pooled !== undefined) return pooled;
  const [a, b, sum] = [BigInt(20 * dlt + 1), BigInt(20 * (n - dlt) + 1), BigInt(20 * n + 2)];
  return { mean: fraction(a, sum), weight: fraction(sum * sum * (sum + 20n), a * b * 20n) };
}

function isAbove(one: Pool, other: Pool): boolean {
  const difference = one.value - other.value;
  return Math.abs(difference) > CLEAR ? difference > 0 : compare(exactOf(one).mean, exactOf(other).mean) > 0;
}

function joined(one: Pool, other: Pool): Pool {
  const [first, second] = [exactOf(one), exactOf(other)];
  const weight = plus(first.weight, second.weight);
  const mean = over(plus(times(first.mean, first.weight), times(second.mean, second.weight)), weight);
  return { from: one.from, to: other.to, n: 0, dlt: 0, value: toNumber(mean), pooled: { mean, weight } };
}

/** Treated levels up to `last`, with adjacent violators of a non-decreasing order pooled. */
function poolsOf({ n, dlt }: Counts, last: number): readonly Pool[] {
  const pools: Pool[] = [];
  for (let level = 1; level <= last; level += 1) {
    const [treated, toxic] = [n[level - 1] ?? 0, dlt[level - 1] ?? 0];
    if (treated === 0) continue;
    let pool: Pool = {
      ...{ from: level, to: level, n: treated, dlt: toxic, value: (20 * toxic + 1) / (20 * treated + 2) },
    };
    for (let below = pools.at(-1); below !== undefined && isAbove(below, pool); below = pools.at(-1)) {
      pool = joined(below, pool);
      pools.pop();
    }
    pools.push(pool);
  }
  return pools;
}

/**
 * Rates of DLTs at the treated levels, made non-decreasing by pooling adjacent violators, in exact fractions.
 *
 * @param last - the highest level that is looked at
 * @see source: `select.mtd` of the R package BOIN 2.7.2: pseudo-counts 0.05 and 0.1, weights the inverse variances
 */
export function isotonicEstimates(counts: Counts, last: number): readonly LevelEstimate[] {
  return poolsOf(counts, last).flatMap((pool) => {
    const { mean: estimate } = exactOf(pool);
    return counts.n.flatMap((n, j) =>
      n > 0 && j + 1 >= pool.from && j + 1 <= pool.to ? [{ level: j + 1, estimate }] : [],
    );
  });
}

/**
 * The level whose isotonic estimate is nearest to the target; null if there is none. Of equal estimates below the target
 * the highest level is taken, at it or above it the lowest; of one below and one above the target the one below. This is
 * what the package's `1e-10 * index` comes to.
 *
 * @param last - the highest level that may be recommended
 * @param limit - no estimate above it is recommended
 */
export function isotonicLevel(counts: Counts, last: number, target: Fraction, limit?: Fraction): number | null {
  const wanted = toNumber(target);
  let best: Pool | undefined;
  for (const pool of poolsOf(counts, last)) {
    if (limit !== undefined && compare(exactOf(pool).mean, limit) > 0) break;
    if (best === undefined || isNearer(pool, best, target, wanted)) best = pool;
  }
  if (best === undefined) return null;
  return isBelow(best, target, wanted) ? best.to : best.from;
}

function isBelow(pool: Pool, target: Fraction, wanted: number): boolean {
  const difference = pool.value - wanted;
  return Math.abs(difference) > CLEAR ? difference < 0 : compare(exactOf(pool).mean, target) < 0;
}

function isNearer(one: Pool, other: Pool, target: Fraction, wanted: number): boolean {
  const difference = Math.abs(one.value - wanted) - Math.abs(other.value - wanted);
  if (Math.abs(difference) > CLEAR) return difference < 0;
  const distance = (pool: Pool): Fraction => absolute(minus(exactOf(pool).mean, target));
  const order = compare(distance(one), distance(other));
  // Pools of equal estimates that were not joined: below the target the higher one.
  return order < 0 || (order === 0 && isBelow(one, target, wanted));
}

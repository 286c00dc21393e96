import { requireFields } from "../foundation/index.js";
import { absolute, compare, fraction, minus, over, plus, times, ZERO, type Fraction } from "../quantity/index.js";
import type { Counts } from "./model.js";

/** The estimate of one level, a fraction that is not cancelled. */
export interface LevelEstimate {
  /** Level, from 1. */
  readonly level: number;
  readonly estimate: Fraction;
}

/** Treated levels from `from` to `to` with one estimate. Of one level it is (dlt + 0.05) / (n + 0.1). */
interface Pool {
  readonly from: number;
  readonly to: number;
  /** Estimate and weight in doubles, right to about 14 digits. */
  readonly value: number;
  readonly weight: number;
}

/** Doubles that differ by more than this are in the order of their fractions; others are compared as fractions. */
const CLEAR = 1e-9;

/** The weight is the inverse of the variance of Beta(dlt + 0.05, n - dlt + 0.05); here all is times 20. */
function poolOf(level: number, n: number, dlt: number): Pool {
  const [a, b, sum] = [20 * dlt + 1, 20 * (n - dlt) + 1, 20 * n + 2];
  return { from: level, to: level, value: a / sum, weight: (sum * sum * (sum + 20)) / (a * b * 20) };
}

function joined(one: Pool, other: Pool): Pool {
  const weight = one.weight + other.weight;
  const value = (one.value * one.weight + other.value * other.weight) / weight;
  return { from: one.from, to: other.to, value, weight };
}

/** The estimate of a pool as a fraction: the weighted mean of its levels. */
function exactOf({ n, dlt }: Counts, { from, to }: Pool): Fraction {
  let weights = ZERO;
  let sum = ZERO;
  for (let j = from - 1; j < to; j += 1) {
    const [treated, toxic] = [n[j] ?? 0, dlt[j] ?? 0];
    if (treated === 0) continue;
    const [a, b, all] = [BigInt(20 * toxic + 1), BigInt(20 * (treated - toxic) + 1), BigInt(20 * treated + 2)];
    const weight = fraction(all * all * (all + 20n), a * b * 20n);
    weights = plus(weights, weight);
    sum = plus(sum, times(fraction(a, all), weight));
  }
  return over(sum, weights);
}

/** Whether two pools are single levels with equal estimates, such as those of 3 of 6 and 6 of 12: small whole numbers. */
function isSame({ n, dlt }: Counts, one: Pool, other: Pool): boolean {
  const [i, j] = [one.from - 1, other.from - 1];
  if (one.from !== one.to || other.from !== other.to) return false;
  const [a, b] = [20 * (dlt[i] ?? 0) + 1, 20 * (dlt[j] ?? 0) + 1];
  return a * (20 * (n[j] ?? 0) + 2) === b * (20 * (n[i] ?? 0) + 2);
}

function isAbove(counts: Counts, one: Pool, other: Pool): boolean {
  const difference = one.value - other.value;
  if (Math.abs(difference) > CLEAR) return difference > 0;
  return !isSame(counts, one, other) && compare(exactOf(counts, one), exactOf(counts, other)) > 0;
}

/** Treated levels up to `last`, with adjacent violators of a non-decreasing order pooled. */
function poolsOf(counts: Counts, last: number): readonly Pool[] {
  const pools: Pool[] = [];
  for (let level = 1; level <= last; level += 1) {
    const treated = counts.n[level - 1] ?? 0;
    if (treated === 0) continue;
    let pool = poolOf(level, treated, counts.dlt[level - 1] ?? 0);
    for (let below = pools.at(-1); below !== undefined && isAbove(counts, below, pool); below = pools.at(-1)) {
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
 * @throws AllocellError `input.invalid`
 * @see source: `select.mtd` of the R package BOIN 2.7.2: pseudo-counts 0.05 and 0.1, weights the inverse variances
 */
export function isotonicEstimates(counts: Counts, last: number): readonly LevelEstimate[] {
  requireFields(counts, "the counts by level", { n: "a list", dlt: "a list" });
  requireFields({ last }, "the highest level that is looked at", { last: "a number" });
  return poolsOf(counts, last).flatMap((pool) => {
    const estimate = exactOf(counts, pool);
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
  const wanted = Number(target.numerator) / Number(target.denominator);
  let best: Pool | undefined;
  for (const pool of poolsOf(counts, last)) {
    if (limit !== undefined && compare(exactOf(counts, pool), limit) > 0) break;
    if (best === undefined || isNearer(counts, pool, best, target, wanted)) best = pool;
  }
  if (best === undefined) return null;
  return isBelow(counts, best, target, wanted) ? best.to : best.from;
}

function isBelow(counts: Counts, pool: Pool, target: Fraction, wanted: number): boolean {
  const difference = pool.value - wanted;
  return Math.abs(difference) > CLEAR ? difference < 0 : compare(exactOf(counts, pool), target) < 0;
}

const distance = (one: Fraction, other: Fraction): Fraction => absolute(minus(one, other));

function isNearer(counts: Counts, one: Pool, other: Pool, target: Fraction, wanted: number): boolean {
  const difference = Math.abs(one.value - wanted) - Math.abs(other.value - wanted);
  if (Math.abs(difference) > CLEAR) return difference < 0;
  const order = isSame(counts, one, other)
    ? 0
    : compare(distance(exactOf(counts, one), target), distance(exactOf(counts, other), target));
  // Pools of equal estimates that were not joined: below the target the higher one.
  return order < 0 || (order === 0 && isBelow(counts, one, target, wanted));
}

import { absolute, compare, fraction, lowest, minus, over, plus, times, type Fraction } from "../quantity/index.js";
import type { Counts } from "./model.js";

/** The estimate of one level. */
export interface LevelEstimate {
  readonly level: number;
  readonly estimate: Fraction;
}

interface Pool {
  readonly levels: readonly number[];
  readonly mean: Fraction;
  readonly weight: Fraction;
}

/** (dlt + 0.05) / (n + 0.1), weighted by the inverse of the variance of Beta(dlt + 0.05, n - dlt + 0.05). */
function poolOf(level: number, n: number, dlt: number): Pool {
  const [a, b, sum] = [BigInt(20 * dlt + 1), BigInt(20 * (n - dlt) + 1), BigInt(20 * n + 2)];
  return { levels: [level], mean: fraction(a, sum), weight: fraction(sum * sum * (sum + 20n), a * b * 20n) };
}

function joined(one: Pool, other: Pool): Pool {
  const weight = plus(one.weight, other.weight);
  const mean = over(plus(times(one.mean, one.weight), times(other.mean, other.weight)), weight);
  return { levels: [...one.levels, ...other.levels], mean: lowest(mean), weight: lowest(weight) };
}

/**
 * Rates of DLTs at the treated levels, made non-decreasing by pooling adjacent violators, in exact fractions.
 *
 * @param last - the highest level that is looked at
 * @see source: `select.mtd` of the R package BOIN 2.7.2: pseudo-counts 0.05 and 0.1, weights the inverse variances
 */
export function isotonicEstimates({ n, dlt }: Counts, last: number): readonly LevelEstimate[] {
  const pools: Pool[] = [];
  for (let level = 1; level <= last; level += 1) {
    const treated = n[level - 1] ?? 0;
    if (treated === 0) continue;
    let pool = poolOf(level, treated, dlt[level - 1] ?? 0);
    for (let below = pools.at(-1); below !== undefined && compare(below.mean, pool.mean) > 0; below = pools.at(-1)) {
      pool = joined(below, pool);
      pools.pop();
    }
    pools.push(pool);
  }
  return pools.flatMap(({ levels, mean }) => levels.map((level) => ({ level, estimate: lowest(mean) })));
}

/**
 * The level whose estimate is nearest to the target; null if there is none. Of equal estimates below the target the
 * highest level is taken, at it or above it the lowest; of one below and one above the target the one below. This is what
 * the package's `1e-10 * index` comes to.
 *
 * @param limit - no estimate above it is recommended
 */
export function nearestLevel(estimates: readonly LevelEstimate[], target: Fraction, limit?: Fraction): number | null {
  let best: { readonly level: number; readonly distance: Fraction } | undefined;
  for (const { level, estimate } of estimates) {
    if (limit !== undefined && compare(estimate, limit) > 0) continue;
    const distance = absolute(minus(estimate, target));
    const order = best === undefined ? -1 : compare(distance, best.distance);
    if (order < 0 || (order === 0 && compare(estimate, target) < 0)) best = { level, distance };
  }
  return best?.level ?? null;
}

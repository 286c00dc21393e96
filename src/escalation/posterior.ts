import type { Fraction } from "../quantity/index.js";

/**
 * Probabilities of a binomial with the same trials, as numerators over one denominator: `masses[k]` / `denominator` is
 * P(k events of `trials`).
 */
export interface Binomial {
  readonly masses: readonly bigint[];
  readonly denominator: bigint;
}

/** Exact binomial probabilities for a rational rate. */
export function binomial(trials: number, { numerator, denominator }: Fraction): Binomial {
  const rest = denominator - numerator;
  const masses: bigint[] = [];
  let choose = 1n;
  for (let k = 0; k <= trials; k += 1) {
    masses.push(choose * numerator ** BigInt(k) * rest ** BigInt(trials - k));
    choose = (choose * BigInt(trials - k)) / BigInt(k + 1);
  }
  return { masses, denominator: denominator ** BigInt(trials) };
}

/**
 * P(rate > target) after `dlt` of `n` under a uniform prior, exactly: P(Bin(n + 1, target) <= dlt).
 *
 * @see source: the identity of the beta and the binomial tail, for Beta(dlt + 1, n - dlt + 1)
 */
export function tailAbove(target: Fraction, n: number, dlt: number): Fraction {
  const { masses, denominator } = binomial(n + 1, target);
  let sum = 0n;
  for (let k = 0; k <= dlt; k += 1) sum += masses[k] ?? 0n;
  return { numerator: sum, denominator };
}

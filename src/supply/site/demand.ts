import { fail, gcd, requireFields } from "../../foundation/index.js";
import { fraction, lowest, ONE, plus, times, ZERO, type Fraction } from "../../quantity/index.js";

/** How the participants of one site come to their arms. */
export interface SiteAllocation {
  /**
   * `permuted-block`: the site is a stratum of its own, or the only site. `complete`: every participant independently by
   * the ratio; for sites that share a list it is an approximation.
   */
  readonly kind: "permuted-block" | "complete";
  /** Integer shares of the arms, in the order of the arms. */
  readonly ratio: readonly number[];
  /** Block sizes, multiples of the reduced ratio's sum; for permuted blocks only. */
  readonly sizes?: readonly number[];
  /** Integer weights of the sizes; absent: all equally likely. */
  readonly weights?: readonly number[];
}

/** Exact laws of the numbers of participants by arm. */
export interface Demand {
  readonly shares: readonly number[];
  /** The probability that none of `n` participants finds the kits of their arm used up; `stock` in participants by arm. */
  readonly fits: (n: number, stock: readonly number[]) => Fraction;
}

/** @throws AllocellError `blinding.supply_invalid` */
export function demandOf(allocation: SiteAllocation): Demand {
  requireFields(allocation, "an allocation: kind and ratio", { kind: "text", ratio: "a list" });
  const { kind, ratio, sizes, weights } = allocation;
  if (sizes !== undefined) requireFields(allocation, "an allocation", { sizes: "a list" });
  if (weights !== undefined) requireFields(allocation, "an allocation", { weights: "a list" });
  const fault = (path: string, expected: string): never =>
    fail("blinding.supply_invalid", path, `The supply: "${path}" cannot be used.`, { expected });
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= 1000;
  if (ratio.length < 2 || ratio.length > 12 || !ratio.every(isCount))
    fault("ratio", "2 to 12 whole shares from 1 to 1000");
  const common = ratio.reduce(gcd);
  const shares = Object.freeze(ratio.map((share) => share / common));
  const sum = shares.reduce((a, b) => a + b, 0);
  if (kind === "complete") {
    if (sizes !== undefined || weights !== undefined) fault("sizes", "none for complete randomization");
    return {
      shares,
      fits: (n, stock) => lowest(fraction(sequencesThatFit(n, stock, shares), BigInt(sum) ** BigInt(n))),
    };
  }
  if (sizes === undefined || sizes.length === 0 || !sizes.every((size) => isCount(size) && size % sum === 0)) {
    return fault("sizes", `multiples of ${sum}, the sum of the reduced ratio`);
  }
  const chances = weights ?? sizes.map(() => 1);
  if (chances.length !== sizes.length || !chances.every(isCount))
    fault("weights", "one whole weight from 1 for each size");
  return { shares, fits: blockLaw(shares, sizes, chances) };
}

/**
 * Sequences of n participants in which no arm has more than its stock, each weighted by the product of its shares: arm
 * by arm, ways(m) = sum over j <= stock of C(m, j) share^j ways'(m - j).
 */
function sequencesThatFit(n: number, stock: readonly number[], shares: readonly number[]): bigint {
  let ways: bigint[] = Array.from({ length: n + 1 }, (_, m) => (m === 0 ? 1n : 0n));
  shares.forEach((share, k) => {
    const before = ways;
    const most = stock[k] ?? 0;
    ways = before.map((_, m) => {
      let sum = 0n;
      let term = 1n; // C(m, j) share^j
      for (let j = 0; j <= Math.min(m, most); j += 1) {
        sum += term * (before[m - j] ?? 0n);
        term = (term * BigInt(m - j) * BigInt(share)) / BigInt(j + 1);
      }
      return sum;
    });
  });
  return ways[n] ?? 0n;
}

/**
 * Permuted blocks: after a block end at m every arm has exactly its share of m; the block that is open after n
 * participants began at some m <= n, and n - m of its balls are drawn.
 */
function blockLaw(shares: readonly number[], sizes: readonly number[], weights: readonly number[]): Demand["fits"] {
  const sum = shares.reduce((a, b) => a + b, 0);
  const all = weights.reduce((a, b) => a + b, 0);
  const ends: Fraction[] = [ONE]; // the probability of a block end after m participants
  const endAt = (m: number): Fraction => {
    for (let i = ends.length; i <= m; i += 1) {
      ends.push(
        sizes.reduce((total, size, s) => {
          const before = ends[i - size];
          return before === undefined ? total : lowest(plus(total, times(before, fraction(weights[s] ?? 0, all))));
        }, ZERO),
      );
    }
    return ends[m] ?? ZERO;
  };
  return (n, stock) => {
    let fits = ZERO;
    for (let m = 0; m <= n; m += sum) {
      const left = shares.map((share, k) => (stock[k] ?? 0) - (m / sum) * share);
      if (left.some((kits) => kits < 0)) break;
      const end = endAt(m);
      if (end.numerator === 0n) continue;
      if (m === n) fits = lowest(plus(fits, end));
      sizes.forEach((size, s) => {
        if (m === n || size <= n - m) return;
        const drawn = fraction(drawsThatFit(n - m, size / sum, shares, left), choose(size, n - m));
        fits = lowest(plus(fits, times(times(end, fraction(weights[s] ?? 0, all)), drawn)));
      });
    }
    return fits;
  };
}

/** Ways to draw r balls of a block with `times` x share balls for each arm, none more often than `left`. */
function drawsThatFit(r: number, times: number, shares: readonly number[], left: readonly number[]): bigint {
  let ways: bigint[] = Array.from({ length: r + 1 }, (_, m) => (m === 0 ? 1n : 0n));
  shares.forEach((share, k) => {
    const before = ways;
    ways = before.map((_, m) => {
      let sum = 0n;
      for (let j = 0; j <= Math.min(m, left[k] ?? 0, times * share); j += 1) {
        sum += choose(times * share, j) * (before[m - j] ?? 0n);
      }
      return sum;
    });
  });
  return ways[r] ?? 0n;
}

function choose(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 0; i < k; i += 1) result = (result * BigInt(n - i)) / BigInt(i + 1);
  return result;
}

import type { Fraction } from "../quantity/index.js";
import { exactBalls } from "./exactBalls.js";
import type { Balls } from "./urn.js";

/** Binary places of an irrational weight. */
export const WEIGHT_BITS = 64n;

/**
 * Units that irrational probabilities are counted in: 2^31. Up to 2^31 arms the sum of the balls stays below 2^32, so
 * that every draw takes one word in every language, exactly.
 */
export const BALL_UNITS: bigint = 1n << 31n;

/**
 * floor(value^(1/degree)), exactly: Newton's iteration in integers, from above.
 *
 * The root of the leading half of the digits comes first, so that the iteration starts close by.
 *
 * @param value - a bigint >= 0
 * @param degree - a whole number >= 1
 */
export function floorRoot(value: bigint, degree: number): bigint {
  if (value < 2n || degree === 1) return value;
  const d = BigInt(degree);
  const rootBits = Math.floor((value.toString(16).length * 4 - 1) / degree) + 1; // the root is below 2^rootBits
  const half = BigInt(rootBits >> 1);
  let root = rootBits < 8 ? 1n << BigInt(rootBits) : (floorRoot(value >> (half * d), degree) + 1n) << half;
  for (;;) {
    const next = ((d - 1n) * root + value / root ** (d - 1n)) / d;
    if (next >= root) return root;
    root = next;
  }
}

/**
 * floor(2^64 (numerator / denominator)^exponent), exactly, but at least 1 where the true value is above 0.
 *
 * @param numerator - in [0, denominator], both ends included; 0^0 is 1
 * @param exponent - a fraction >= 0
 */
export function fixedPower(numerator: bigint, denominator: bigint, exponent: Fraction): bigint {
  if (exponent.numerator === 0n) return 1n << WEIGHT_BITS;
  if (numerator === 0n) return 0n;
  const degree = exponent.denominator;
  // The floor of the quotient does not change the floor of its root.
  const radicand = ((numerator ** exponent.numerator) << (WEIGHT_BITS * degree)) / denominator ** exponent.numerator;
  const root = floorRoot(radicand, Number(degree));
  return root > 0n ? root : 1n;
}

/** Exact balls in lowest terms: the weights divided by their greatest common divisor. */
export function lowestBalls(weights: readonly bigint[]): readonly Balls[] {
  return exactBalls(inLowestTerms(weights));
}

/**
 * Balls for weights that are too fine to be drawn from exactly.
 *
 * In lowest terms first; weights that then add up to at most 2^31 are the balls. Otherwise arm k has
 * floor(2^31 weight_k / sum) balls, at least 1 where its weight is above 0, again in lowest terms. Every probability is
 * then off by less than arms x 2^-31; with two arms by at most 1 / (2^31 - 1) = 4.7e-10.
 */
export function scaledBalls(weights: readonly bigint[]): readonly Balls[] {
  const exact = inLowestTerms(weights);
  const total = exact.reduce((sum, weight) => sum + weight, 0n);
  if (total <= BALL_UNITS) return exactBalls(exact);
  return lowestBalls(
    exact.map((weight) => {
      const balls = (BALL_UNITS * weight) / total;
      return balls === 0n && weight > 0n ? 1n : balls;
    }),
  );
}

/**
 * Balls proportional to multiplier_k base_k^exponent.
 *
 * A whole exponent: exactly, in lowest terms. Any other: {@link scaledBalls} of
 * multiplier_k x {@link fixedPower}(base_k, largest base, exponent).
 *
 * @param bases - bigints >= 0, at least one above 0
 * @param multipliers - whole numbers >= 1, one a base; absent: all 1
 */
export function powerBalls(
  bases: readonly bigint[],
  exponent: Fraction,
  multipliers: readonly number[] = [],
): readonly Balls[] {
  const times = (k: number, power: bigint): bigint => BigInt(multipliers[k] ?? 1) * power;
  if (exponent.denominator === 1n) return lowestBalls(bases.map((base, k) => times(k, base ** exponent.numerator)));
  const largest = bases.reduce((most, base) => (base > most ? base : most), 0n);
  return scaledBalls(bases.map((base, k) => times(k, fixedPower(base, largest, exponent))));
}

function inLowestTerms(weights: readonly bigint[]): readonly bigint[] {
  const common = weights.reduce(greatestCommonDivisor, 0n);
  return common > 1n ? weights.map((weight) => weight / common) : weights;
}

/** Greatest common divisor of two bigints >= 0; gcd(0, b) = b. */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/* What the second programs need of whole numbers and fractions. Nothing of allocell is imported here. */

export type Weights = readonly bigint[];

/** A fraction with a denominator above 0, in lowest terms. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

export function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b);
}

export function total(values: Weights): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}

export function product(values: Weights): bigint {
  return values.reduce((sum, value) => sum * value, 1n);
}

export function greatest(values: Weights): bigint {
  return values.reduce((found, value) => (value > found ? value : found));
}

export function least(values: Weights): bigint {
  return values.reduce((found, value) => (value < found ? value : found));
}

export function lowestTerms(weights: Weights): bigint[] {
  const divisor = weights.reduce(gcd, 0n);
  return weights.map((weight) => weight / (divisor === 0n ? 1n : divisor));
}

export function fraction(over: bigint, under = 1n): Fraction {
  const divisor = gcd(over, under) * (under < 0n ? -1n : 1n);
  return { over: over / divisor, under: under / divisor };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.under + b.over * a.under, a.under * b.under);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, { over: -b.over, under: b.under });
}

export function times(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.over, a.under * b.under);
}

export function dividedBy(a: Fraction, b: Fraction): Fraction {
  return fraction(a.over * b.under, a.under * b.over);
}

/** Whole weights in the proportions of fractions, in lowest terms. */
export function inProportion(parts: readonly Fraction[]): bigint[] {
  const common = product(parts.map(({ under }) => under));
  return lowestTerms(parts.map(({ over, under }) => over * (common / under)));
}

/** The largest whole x from `low` on with holds(x), where holds is true up to some number and false after it. */
export function lastThat(low: bigint, tooHigh: bigint, holds: (x: bigint) => boolean): bigint {
  let yes = low;
  let no = tooHigh;
  while (no - yes > 1n) {
    const middle = (yes + no) / 2n;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

export function wholeRoot(square: bigint): bigint {
  return lastThat(0n, 1n << BigInt(Math.ceil(square.toString(16).length * 2) + 2), (x) => x * x <= square);
}

/** How often each arm stands in a history. */
export function countsOf(history: readonly number[], arms: number): bigint[] {
  return Array.from({ length: arms }, (_, arm) => BigInt(history.filter((each) => each === arm).length));
}

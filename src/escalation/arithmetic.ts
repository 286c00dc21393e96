import { exactMeasure, type Measure } from "./measure.js";
import type { Rates } from "./truth.js";
import type { Ending } from "./walk.js";

/** What is done with probabilities of endings, in doubles or in whole numbers over one denominator. */
export interface Arithmetic<T> {
  readonly zero: T;
  readonly plus: (a: T, b: T) => T;
  /** A probability so many times. */
  readonly times: (mass: T, count: number) => T;
  readonly isZero: (mass: T) => boolean;
  /** The probability of an ending with so many treated. */
  readonly massOf: (ending: Ending, treated: number) => T;
  readonly toMeasure: (sum: T) => Measure;
}

/** powers[k] is base ^ k, up to `most`. */
function powersOf<T>(base: T, one: T, most: number, times: (a: T, b: T) => T): readonly T[] {
  const powers = [one];
  for (let k = 1; k <= most; k += 1) powers.push(times(powers[k - 1] ?? one, base));
  return powers;
}

/** Doubles: each sum of some ten thousand probabilities is right to about 14 digits. */
export function doubles({ numerators, denominator }: Rates, most: number): Arithmetic<number> {
  const times = (a: number, b: number): number => a * b;
  const rates = numerators.map((numerator) => Number(numerator) / Number(denominator));
  const toxic = rates.map((rate) => powersOf(rate, 1, most, times));
  const rests = numerators.map((numerator) => Number(denominator - numerator) / Number(denominator));
  const safe = rests.map((rate) => powersOf(rate, 1, most, times));
  return {
    zero: 0,
    plus: (a, b) => a + b,
    times,
    isZero: (mass) => mass === 0,
    massOf({ n, dlt, weight }) {
      let mass = weight;
      for (let j = 0; j < n.length; j += 1) {
        const [count, events] = [n[j] ?? 0, dlt[j] ?? 0];
        if (count > 0) mass *= (toxic[j]?.[events] ?? 0) * (safe[j]?.[count - events] ?? 0);
      }
      return mass;
    },
    toMeasure: (value) => ({ value, standardError: 0 }),
  };
}

/** Whole numbers over denominator ^ most: nothing is rounded. */
export function fractionsOf({ numerators, denominator }: Rates, most: number): Arithmetic<bigint> {
  const times = (a: bigint, b: bigint): bigint => a * b;
  const scale = powersOf(denominator, 1n, most, times);
  const toxic = numerators.map((numerator) => powersOf(numerator, 1n, most, times));
  const safe = numerators.map((numerator) => powersOf(denominator - numerator, 1n, most, times));
  return {
    zero: 0n,
    plus: (a, b) => a + b,
    times: (mass, count) => mass * BigInt(count),
    isZero: (mass) => mass === 0n,
    massOf({ n, dlt, weight }, treated) {
      let mass = BigInt(weight) * (scale[most - treated] ?? 0n);
      for (let j = 0; j < n.length; j += 1) {
        const [count, events] = [n[j] ?? 0, dlt[j] ?? 0];
        if (count > 0) mass *= (toxic[j]?.[events] ?? 0n) * (safe[j]?.[count - events] ?? 0n);
      }
      return mass;
    },
    toMeasure: (numerator) => exactMeasure({ numerator, denominator: scale[most] ?? 1n }),
  };
}

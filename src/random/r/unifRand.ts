import { requireSource, type WordSource } from "../source.js";
import { fail } from "../../foundation/index.js";

/** More numbers fill the memory. */
const MOST_NUMBERS = 10_000_000;

/** 2^-32: a word becomes a number in [0, 1). */
const PER_WORD = 2.3283064365386963e-10;

/** What R gives in place of 0: half of 1/(2^32 - 1). */
const NOT_ZERO = 0.5 * 2.328306437080797e-10;

/**
 * R's `unif_rand()`: u = word x 2^-32, and 1.1641532185403984e-10 in place of 0.
 *
 * @returns a number in (0, 1), both ends excluded; at most 1 - 2^-32
 */
export function unifRand(source: WordSource): number {
  requireSource(source);
  const word = source.nextWord();
  return word === 0 ? NOT_ZERO : word * PER_WORD;
}

/**
 * R's `runif(count, min, max)`: min + (max - min) u for each number; nothing is drawn where min = max.
 *
 * @param count - how many, an integer >= 0
 * @param min - lower end, finite, R's default 0
 * @param max - upper end, finite, >= min, R's default 1
 * @throws AllocellError `random.r_range_invalid`
 */
export function runif(source: WordSource, count: number, min = 0, max = 1): readonly number[] {
  requireSource(source);
  if (
    !Number.isSafeInteger(count) ||
    count < 0 ||
    count > MOST_NUMBERS ||
    !Number.isFinite(min) ||
    !Number.isFinite(max) ||
    min > max
  ) {
    return fail(
      "random.r_range_invalid",
      "",
      "runif needs a whole number of draws and finite ends, min not above max.",
      {
        expected: `count from 0 to ${MOST_NUMBERS}, min <= max`,
        received: `count ${String(count)}, min ${String(min)}, max ${String(max)}`,
      },
    );
  }
  const values: number[] = [];
  for (let i = 0; i < count; i += 1) values.push(min === max ? min : min + (max - min) * unifRand(source));
  return Object.freeze(values);
}

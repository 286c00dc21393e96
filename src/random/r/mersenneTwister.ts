import { fail } from "../../foundation/index.js";
import type { WordSource } from "../source.js";
import type { RSampleKind } from "./rIndex.js";

const LENGTH = 624;
const SHIFT = 397;
const UPPER_BIT = 0x80000000;
const LOWER_BITS = 0x7fffffff;

/**
 * The stream that R starts with `set.seed(seed)`: the Mersenne Twister MT19937 with R's own way to its first state.
 *
 * x is the seed as an unsigned 32-bit integer (two's complement if negative). x -> 69069 x + 1 mod 2^32 is applied
 * 50 times and then 625 times more; the first of the 625 values is thrown away, the others are the 624 state words, and
 * the position is at the end, so that the first draw mixes the state.
 *
 * It is a {@link WordSource}, so `below` and every procedure can draw from it; but a list of R is reproduced only by
 * R's own way from words to indexes (`rIndex`, `sampleIndexes`).
 *
 * @example
 * unifRand(new RMersenneTwister(42)); // 0.9148060434963554, as runif(1) after set.seed(42)
 * @see M. Matsumoto & T. Nishimura 1998, ACM Trans Model Comput Simul 8:3, doi 10.1145/272991.272995 (MT19937)
 */
export class RMersenneTwister implements WordSource {
  readonly #state: Uint32Array = new Uint32Array(LENGTH);
  #position: number = LENGTH;

  /**
   * @param seed - an integer in [-2147483647, 2147483647], both included (-2147483648 is R's missing value)
   * @throws AllocellError `random.r_seed_invalid` if it is not
   */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || Math.abs(seed) > 2147483647) {
      fail(
        "random.r_seed_invalid",
        "seed",
        "A seed for R's set.seed() is a whole number from -2147483647 to 2147483647.",
        {
          expected: "an integer in [-2147483647, 2147483647]",
          // The value itself is not told: a seed is a secret as long as its list is.
          received: typeof seed === "number" ? "another number" : typeof seed,
        },
      );
    }
    let x = seed >>> 0;
    for (let i = 0; i < 51; i += 1) x = (Math.imul(69069, x) + 1) >>> 0;
    for (let i = 0; i < LENGTH; i += 1) {
      x = (Math.imul(69069, x) + 1) >>> 0;
      this.#state[i] = x;
    }
  }

  /** The next tempered word, an integer in [0, 2^32). */
  nextWord(): number {
    if (this.#position >= LENGTH) this.#mix();
    let y = this.#state[this.#position] ?? 0;
    this.#position += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /**
   * R's `.Random.seed` at this point: 626 integers, namely the code of the generators, the position (624: mix before
   * the next word) and the 624 state words as signed 32-bit integers.
   *
   * @param kind - the kind of `sample()`, which R keeps in the first integer: 10403 for Rejection, 403 for Rounding
   */
  randomSeed(kind: RSampleKind): readonly number[] {
    const signed = Array.from(this.#state, (word) => word | 0);
    return Object.freeze([kind === "Rejection" ? 10403 : 403, this.#position, ...signed]);
  }

  #mix(): void {
    const state = this.#state;
    for (let i = 0; i < LENGTH; i += 1) {
      const next = state[(i + 1) % LENGTH] ?? 0;
      const y = ((state[i] ?? 0) & UPPER_BIT) | (next & LOWER_BITS);
      const far = state[(i + SHIFT) % LENGTH] ?? 0;
      state[i] = far ^ (y >>> 1) ^ ((y & 1) === 0 ? 0 : 0x9908b0df);
    }
    this.#position = 0;
  }
}

/**
 * A list's stream by choice `r-mersenne-twister`: the words of {@link RMersenneTwister}, for `below` and `drawBall`.
 *
 * The draws made from it are ours, exact and unbiased by rejection on whole words; only the words are R's. A seed here
 * has at most 32 bits: enough to repeat a published list, too few to keep an unpublished one secret.
 *
 * @throws AllocellError `random.r_seed_invalid`, see {@link RMersenneTwister}
 */
export function rWordSource(seed: number): WordSource {
  return new RMersenneTwister(seed);
}

import { requireSource, type WordSource } from "./source.js";
import { fail } from "../foundation/index.js";

const WORD = 4294967296; // 2^32

/**
 * An unbiased integer in [0, n): 0 included, n excluded, every value exactly equally likely if the words are uniform.
 *
 * Up to 2^32 one word x a try: accept x < 2^32 - (2^32 mod n), return x mod n. The range of accepted words is a whole
 * multiple of n, so no value has a word more than another; less than half of all words are ever refused. Above 2^32
 * the same rule over k words joined big-endian, k the least number with 2^(32k) >= n.
 *
 * @param n - number of values, an integer >= 1; a bigint gives a bigint back
 * @throws AllocellError `random.bound_invalid` if n is no such integer (a number must be at most 2^53 - 1)
 */
export function below<N extends number | bigint>(source: WordSource, n: N): N extends bigint ? bigint : number;
export function below(source: WordSource, n: number | bigint): number | bigint {
  requireSource(source);
  if (typeof n === "bigint" && n >= 1n) return belowBig(source, n);
  if (typeof n === "number" && Number.isSafeInteger(n) && n >= 1) {
    return n <= WORD ? belowWord(source, n) : Number(belowBig(source, BigInt(n)));
  }
  return fail("random.bound_invalid", "n", "A bounded draw needs a whole number of values, at least 1.", {
    expected: "an integer >= 1, a number only up to 2^53 - 1",
    received: String(n),
  });
}

function belowWord(source: WordSource, n: number): number {
  const limit = WORD - (WORD % n);
  for (;;) {
    const x = source.nextWord();
    if (x < limit) return x % n;
  }
}

function belowBig(source: WordSource, n: bigint): bigint {
  let words = 1;
  let range = 1n << 32n;
  while (range < n) {
    words += 1;
    range <<= 32n;
  }
  const limit = range - (range % n);
  for (;;) {
    let x = 0n;
    for (let i = 0; i < words; i += 1) x = (x << 32n) | BigInt(source.nextWord());
    if (x < limit) return x % n;
  }
}

import { requireSource, type WordSource } from "../source.js";
import { describeReceived, fail } from "../../foundation/index.js";
import { unifRand } from "./unifRand.js";

/**
 * How R's `sample()` makes an index (`RNGkind()[3]`): `Rejection` since R 3.6.0, `Rounding` before and in today's R
 * after `RNGkind(sample.kind = "Rounding")`.
 */
export type RSampleKind = "Rejection" | "Rounding";

/** @throws AllocellError `random.r_kind_unknown` */
export function requireSampleKind(kind: RSampleKind): void {
  const known: readonly unknown[] = ["Rejection", "Rounding"];
  if (known.includes(kind)) return;
  fail("random.r_kind_unknown", "kind", "R has two ways to make an index, and this is neither.", {
    expected: known.join(" or "),
    received: describeReceived(kind),
  });
}

const LARGEST = 2 ** 47;
const LARGEST_INT = 2147483647;
const ROUNDING_STEPS = 33554432; // 2^25

/**
 * The index in [0, n) that R's `sample()` draws: 0 included, n excluded.
 *
 * *Rejection*, unbiased: bits = ceil(log2 n); 16 bits are taken from each u, floor(65536 u), the earlier ones on top,
 * from floor(bits / 16) + 1 numbers u; the low `bits` of them are the index, and all is repeated while it is >= n.
 * So n = 1 costs one u, and n = 65536 two.
 *
 * *Rounding*, slightly biased: floor(n u), one u; above 2^31 - 1, floor(n (floor(2^25 u1) + u2) / 2^25), two.
 *
 * @param n - number of values, an integer in [1, 2^47], both included
 * @throws AllocellError `random.r_bound_invalid`
 * @see https://bugs.r-project.org/show_bug.cgi?id=17494 and R News 3.6.0 (why Rejection came)
 */
export function rIndex(source: WordSource, n: number, kind: RSampleKind): number {
  requireSampleKind(kind);
  requireSource(source);
  if (!Number.isInteger(n) || n < 1 || n > LARGEST) {
    return fail(
      "random.r_bound_invalid",
      "n",
      "An index needs a whole number of values, at least 1 and at most 2^47.",
      {
        expected: "an integer in [1, 140737488355328]",
        received: String(n),
      },
    );
  }
  if (kind === "Rounding") {
    if (n <= LARGEST_INT) return Math.floor(n * unifRand(source));
    const coarse = Math.floor(ROUNDING_STEPS * unifRand(source));
    return Math.floor((n * (coarse + unifRand(source))) / ROUNDING_STEPS);
  }
  // Below 2^48 the logarithm rounds to an integer only where it is one; clz32 spares it for the usual n.
  const bits = n <= 4294967296 ? 32 - Math.clz32(n - 1) : Math.ceil(Math.log2(n));
  const range = 2 ** bits;
  for (;;) {
    let value = 0; // stays below 2^48: at most three times 16 bits
    for (let taken = 0; taken <= bits; taken += 16) value = 65536 * value + Math.floor(65536 * unifRand(source));
    value %= range; // not `&`, which would see 32 bits only
    if (value < n) return value;
  }
}

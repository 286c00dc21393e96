import { requireSource, type WordSource } from "../source.js";
import { fail, requireFields } from "../../foundation/index.js";
import { rIndex, requireSampleKind, type RSampleKind } from "./rIndex.js";
import { drawWithoutReplacement, drawWithReplacement } from "./weightedSample.js";

/** What R's `sample.int(n, size, replace, prob)` is asked for. */
export interface RSampleRequest {
  /** Number of things, an integer in [1, 2^47]. */
  readonly n: number;
  /** How many are drawn, an integer >= 0; absent: n, as in R. Without replacement at most n. */
  readonly size?: number | undefined;
  /** Whether a thing can be drawn again; absent: no, as in R. */
  readonly replace?: boolean | undefined;
  /** One weight a thing, finite and >= 0, not all 0; they need not sum to 1. Absent: all the same. */
  readonly prob?: readonly number[] | undefined;
  readonly kind: RSampleKind;
}

/** Above this R no longer keeps a pool of what is left, if at most half is drawn. */
const HASHED_ABOVE = 1e7;

/** A pool takes four bytes a thing; R would need the same and more. */
const LARGEST_POOL = 1e8;

/**
 * What R's `sample()` draws, as indexes in [0, n): R's own values are these plus 1, or the things at these places.
 *
 * - *without replacement*: from a pool of all, j = rIndex(size of the pool), take pool[j], put the last one in its
 *   place, and so on;
 * - above n = 10,000,000 and up to size n/2: rIndex(n) each time, again where the value was taken before;
 * - *with replacement*: rIndex(n) each time;
 * - *with weights*: divided by their sum, sorted downwards by R's heap sort, one u a draw, whatever the kind; with
 *   replacement and more than 200 things with n p > 0.1, the alias method, where the kind matters.
 *
 * `sample(x)` of a single number x in R means the things 1 ... x; here n always is the number of things.
 *
 * @returns frozen list of `size` indexes, 0-based
 * @throws AllocellError `random.r_sample_invalid`, `random.r_weights_invalid`, `random.r_bound_invalid`
 * @example
 * sampleIndexes(new RMersenneTwister(42), { n: 4, kind: "Rejection" }); // [0, 3, 2, 1], as sample(4): 1 4 3 2
 * @see R documentation of `sample` and `RNGkind`, R 4.2.2; vectors: tests/golden/r-sample.json
 */
export function sampleIndexes(source: WordSource, request: RSampleRequest): readonly number[] {
  requireSource(source);
  requireFields(request, "what is asked of sample(): n, kind and more", {});
  requireSampleKind(request.kind);
  if (request.prob !== undefined) requireFields(request, "what is asked of sample()", { prob: "a list" });
  const { n, replace = false, prob, kind } = request;
  const size = request.size ?? n;
  if (!Number.isSafeInteger(n) || n < 1) {
    return refuse("n", "The number of things is a whole number, at least 1.", "an integer >= 1", n);
  }
  if (!Number.isSafeInteger(size) || size < 0 || size > LARGEST_POOL || (!replace && size > n)) {
    const expected = replace ? "an integer >= 0" : `an integer in [0, ${n}]`;
    return refuse(
      "size",
      `The number of draws is a whole number up to ${LARGEST_POOL}; without replacement at most n.`,
      expected,
      size,
    );
  }
  if (prob !== undefined) {
    const share = shares(n, prob, replace ? 1 : size);
    return Object.freeze(
      replace ? drawWithReplacement(source, share, size, kind) : drawWithoutReplacement(source, share, size),
    );
  }
  if (replace || size < 2) return Object.freeze(Array.from({ length: size }, () => rIndex(source, n, kind)));
  if (n > HASHED_ABOVE && size <= n / 2) return Object.freeze(drawDistinct(source, n, size, kind));
  if (n > LARGEST_POOL) return refuse("n", "A pool of more than 100,000,000 things is not kept.", "n <= 100000000", n);
  return Object.freeze(drawFromPool(source, n, size, kind));
}

function drawFromPool(source: WordSource, n: number, size: number, kind: RSampleKind): number[] {
  const pool = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) pool[i] = i;
  const drawn: number[] = [];
  for (let left = n; left > n - size; left -= 1) {
    const j = rIndex(source, left, kind);
    drawn.push(pool[j] ?? 0);
    pool[j] = pool[left - 1] ?? 0;
  }
  return drawn;
}

function drawDistinct(source: WordSource, n: number, size: number, kind: RSampleKind): number[] {
  const drawn = new Set<number>();
  while (drawn.size < size) drawn.add(rIndex(source, n, kind));
  return [...drawn];
}

/** Weights divided by their sum; at least `needed` of them must be positive. */
function shares(n: number, prob: readonly number[], needed: number): Float64Array {
  let sum = 0;
  let positive = 0;
  for (const weight of prob) {
    if (!Number.isFinite(weight) || weight < 0) {
      return fail("random.r_weights_invalid", "prob", "A weight is a finite number, at least 0.", {
        expected: ">= 0",
        received: String(weight),
      });
    }
    if (weight > 0) positive += 1;
    sum += weight;
  }
  if (prob.length !== n || positive < Math.max(needed, 1) || !Number.isFinite(sum)) {
    return fail("random.r_weights_invalid", "prob", "There is one weight a thing, and enough of them are above 0.", {
      expected: `${n} weights, at least ${Math.max(needed, 1)} of them above 0, with a finite sum`,
      received: `${prob.length} weights, ${positive} above 0`,
    });
  }
  return Float64Array.from(prob, (weight) => weight / sum);
}

function refuse(path: string, message: string, expected: string, received: unknown): never {
  return fail("random.r_sample_invalid", path, message, { expected, received: String(received) });
}

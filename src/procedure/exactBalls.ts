import type { Balls } from "./urn.js";

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** Exact counts as plain numbers if even their sum is at most 2^53 - 1, else as bigints; nothing is ever rounded. */
export function exactBalls(counts: readonly bigint[]): readonly Balls[] {
  const total = counts.reduce((sum, count) => sum + count, 0n);
  return Object.freeze(total <= LARGEST ? counts.map(Number) : [...counts]);
}

import { addOne } from "./wei.js";

/**
 * By how much each arm, if assigned next, leaves the allocation further from its ratio than the best arm would.
 *
 * With B_k = max_i abs((N_i + [i = k]) / (n + 1) - w_i / W) this is (n + 1) W (B_k - min B): whole numbers in [0, W].
 * They are the same for N and N + w, so that {@link nextExcess} may take complete ratio sets out of N.
 */
export function excessDistances(ratio: readonly number[], counts: readonly number[]): readonly number[] {
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const next = counts.reduce((sum, count) => sum + count, 1);
  const distances = ratio.map((_, arm) => {
    let largest = 0;
    ratio.forEach((w, i) => {
      const count = (counts[i] as number) + (i === arm ? 1 : 0);
      largest = Math.max(largest, Math.abs(ratioSum * count - w * next));
    });
    return largest;
  });
  const least = Math.min(...distances);
  return distances.map((distance) => distance - least);
}

/** The counts with one more for the drawn arm, less the ratio set that this may complete. */
export function nextExcess(ratio: readonly number[], counts: readonly number[], arm: number): readonly number[] {
  const next = addOne(counts, arm);
  const isSetComplete = ratio.every((w, k) => (next[k] as number) >= w);
  return isSetComplete ? Object.freeze(ratio.map((w, k) => (next[k] as number) - w)) : next;
}

import type { Distribution } from "./model.js";

/**
 * Distribution of max_n |S_n| for a walk of `rows` fair steps of +-1, by the reflection principle:
 * P(max < a) = sum over whole j of P((4j - 1) a < S < (4j + 1) a) - P((4j + 1) a < S < (4j + 3) a), S the end.
 *
 * @see Feller 1968, An Introduction to Probability Theory and Its Applications I, chapter III
 */
export function maximumOfSymmetricWalk(rows: number): Distribution {
  // P(S = rows - 2k) = C(rows, k) / 2^rows, from the middle outwards and divided by the sum, so that nothing overflows.
  const middle = Math.floor(rows / 2);
  const binomial = new Float64Array(rows + 1);
  binomial[middle] = 1;
  for (let k = middle; k < rows; k += 1) binomial[k + 1] = ((binomial[k] as number) * (rows - k)) / (k + 1);
  for (let k = middle; k > 0; k -= 1) binomial[k - 1] = ((binomial[k] as number) * k) / (rows - k + 1);
  const total = binomial.reduce((sum, p) => sum + p, 0);
  // Sums from the left: below[i] = P(number of successes < i).
  const below = new Float64Array(rows + 2);
  for (let k = 0; k <= rows; k += 1) below[k + 1] = (below[k] as number) + (binomial[k] as number) / total;
  /** P(low < S < high). */
  const between = (low: number, high: number): number => {
    const first = Math.max(0, Math.floor((low + rows) / 2) + 1);
    const end = Math.min(rows + 1, Math.ceil((high + rows) / 2));
    return end > first ? (below[end] as number) - (below[first] as number) : 0;
  };
  const values: number[] = [];
  const probabilities: number[] = [];
  let before = 0;
  for (let a = 2; a <= rows + 1 && before < 1; a += 1) {
    let within = 0;
    const most = Math.ceil((rows / a + 3) / 4);
    for (let j = -most; j <= most; j += 1) {
      within += between((4 * j - 1) * a, (4 * j + 1) * a) - between((4 * j + 1) * a, (4 * j + 3) * a);
    }
    const share = Math.min(1, within) - before;
    if (share > 1e-17) {
      values.push(a - 1);
      probabilities.push(share);
      before += share;
    }
    if (1 - before < 1e-16) break;
  }
  return { values, probabilities };
}

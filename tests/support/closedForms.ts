/**
 * Probabilities of sequences written straight from the definitions: counts N, rows done n, ratio w, nothing of the urns.
 * A fraction is a pair of bigints, not in lowest terms.
 */
export type Pair = readonly [numerator: bigint, denominator: bigint];

/** Weights of the arms for the next participant, from the counts so far; all non-negative numbers, one above 0. */
export type Rule = (counts: readonly number[], n: number) => readonly number[];

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** Product of the rule's probabilities along the sequence. */
export function productOf(rule: Rule, arms: readonly number[], numberOfArms: number): Pair {
  const counts = Array.from({ length: numberOfArms }, () => 0);
  let [top, bottom] = [1n, 1n];
  arms.forEach((arm, n) => {
    if (top === 0n) return; // impossible already: the rule has nothing to say about what follows
    const weights = rule(counts, n);
    top *= BigInt(weights[arm]!);
    bottom *= BigInt(sum(weights));
    counts[arm] = counts[arm]! + 1;
  });
  return [top, bottom];
}

export function multinomial(totals: readonly number[]): bigint {
  const factorial = (n: number): bigint => (n <= 1 ? 1n : BigInt(n) * factorial(n - 1));
  return factorial(sum(totals)) / totals.map(factorial).reduce((a, b) => a * b, 1n);
}

export function countsOf(arms: readonly number[], numberOfArms: number): readonly number[] {
  return Array.from({ length: numberOfArms }, (_, k) => arms.filter((arm) => arm === k).length);
}

/** Largest abs(N_A - N_B) over the prefixes. */
export function largestImbalance(arms: readonly number[]): number {
  let [difference, largest] = [0, 0];
  for (const arm of arms) {
    difference += arm === 0 ? 1 : -1;
    largest = Math.max(largest, Math.abs(difference));
  }
  return largest;
}

/** All k^n sequences. */
export function allSequences(numberOfArms: number, rows: number): readonly (readonly number[])[] {
  if (rows === 0) return [[]];
  return allSequences(numberOfArms, rows - 1).flatMap((head) =>
    Array.from({ length: numberOfArms }, (_, arm) => [...head, arm]),
  );
}

export const rules = {
  complete:
    (w: readonly number[]): Rule =>
    () =>
      w,
  efron:
    (a: number, c: number): Rule =>
    ([A = 0, B = 0]) =>
      A === B ? [1, 1] : A < B ? [a, c - a] : [c - a, a],
  chen:
    (a: number, c: number, b: number): Rule =>
    ([A = 0, B = 0]) => {
      if (Math.abs(A - B) === b) return A < B ? [1, 0] : [0, 1];
      return A === B ? [1, 1] : A < B ? [a, c - a] : [c - a, a];
    },
  ehrenfest:
    (b: number): Rule =>
    ([A = 0, B = 0]) => [b - (A - B), b + (A - B)],
  wei:
    (a: number, b: number): Rule =>
    (counts, n) =>
      a === 0 && n === 0 ? counts.map(() => 1) : counts.map((count) => a + b * (n - count)),
  blockUrn:
    (w: readonly number[], lambda: number): Rule =>
    (counts) => {
      const complete = Math.min(...counts.map((count, k) => Math.floor(count / w[k]!)));
      return counts.map((count, k) => w[k]! * (lambda + complete) - count);
    },
  /** alpha = p/q */
  massWeightedUrn:
    (w: readonly number[], p: number, q: number): Rule =>
    (counts, n) =>
      counts.map((count, k) => Math.max((p + q * n) * w[k]! - q * sum(w) * count, 0)),
  /** whole list with totals, or blocks of that many */
  truncatedBinomial:
    (w: readonly number[], full: readonly number[]): Rule =>
    (counts, n) => {
      const blocks = Math.floor(n / sum(full));
      return w.map((weight, k) => (counts[k]! - blocks * full[k]! < full[k]! ? weight : 0));
    },
  brickTunnel:
    (wA: number, wB: number): Rule =>
    ([A = 0], n) => {
      const W = wA + wB;
      const r = (n * wA) % W;
      const f = Math.floor((n * wA) / W);
      if (r + wA < W) return A === f ? [wA, W - r - wA] : [0, 1];
      return A === f ? [1, 0] : [r + wA - W, W - wA];
    },
};

import type { WordSource } from "../source.js";
import { heapSortDescending } from "./heapSort.js";
import { rIndex, type RSampleKind } from "./rIndex.js";
import { unifRand } from "./unifRand.js";

interface Ranked {
  readonly probability: Float64Array;
  readonly label: Int32Array;
}

function ranked(probability: Float64Array): Ranked {
  const sorted = Float64Array.from(probability);
  const label = Int32Array.from(probability, (_, index) => index);
  heapSortDescending(sorted, label);
  return { probability: sorted, label };
}

/**
 * Draws with replacement by R's ordinary method: categories from the most to the least probable, one u a draw, and the
 * first category whose cumulated probability is >= u, else the last.
 *
 * @param probability - sums to 1
 */
function drawByCumulating(source: WordSource, probability: Float64Array, size: number): number[] {
  const { probability: cumulated, label } = ranked(probability);
  for (let i = 1; i < cumulated.length; i += 1) cumulated[i] = (cumulated[i] ?? 0) + (cumulated[i - 1] ?? 0);
  const drawn: number[] = [];
  for (let i = 0; i < size; i += 1) {
    const u = unifRand(source);
    let at = 0;
    while (at < label.length - 1 && u > (cumulated[at] ?? 0)) at += 1;
    drawn.push(label[at] ?? 0);
  }
  return drawn;
}

/**
 * Draws with replacement by R's method for more than 200 likely categories: the alias method with the tables in the
 * order that R fills them.
 *
 * Every category i has a column of height 1: q_i of it is its own, the rest belongs to its alias. Columns with
 * n p_i < 1 are listed in ascending order from the left, the others from the right; each listed column in turn takes
 * its missing part from the right-hand one that is current, which is passed over once it has less than 1 itself. A draw
 * names a column and a height: own below the limit, else the alias. *Rounding*: one u, column and fraction of n u.
 * *Rejection*: column = rIndex(n), height = another u.
 *
 * @param probability - sums to 1
 * @see A. J. Walker 1977, ACM Trans Math Softw 3:253, doi 10.1145/355744.355749
 */
function drawByAlias(source: WordSource, probability: Float64Array, size: number, kind: RSampleKind): number[] {
  const n = probability.length;
  const { own, alias } = aliasTable(probability);
  const limit = kind === "Rounding" ? own.map((part, column) => part + column) : own;
  const drawn: number[] = [];
  for (let i = 0; i < size; i += 1) {
    // With Rounding R compares n u with column + part, which rounds differently from their difference.
    const scaled = kind === "Rounding" ? unifRand(source) * n : rIndex(source, n, kind);
    const column = Math.floor(scaled);
    const height = kind === "Rounding" ? scaled : unifRand(source);
    drawn.push(height < (limit[column] ?? 0) ? column : (alias[column] ?? 0));
  }
  return drawn;
}

interface AliasTable {
  /** By column: how much of it is its own, of 1. */
  readonly own: Float64Array;
  /** By column: the category that the rest belongs to. */
  readonly alias: Int32Array;
}

function aliasTable(probability: Float64Array): AliasTable {
  const n = probability.length;
  const own = probability.map((p) => p * n);
  const alias = new Int32Array(n);
  const order = new Int32Array(n);
  let small = 0;
  let large = n;
  for (let i = 0; i < n; i += 1) {
    if ((own[i] ?? 0) < 1) order[small++] = i;
    else order[--large] = i;
  }
  if (small > 0 && large < n) {
    for (let k = 0; k < n - 1; k += 1) {
      const taker = order[k] ?? 0;
      const giver = order[large] ?? 0;
      alias[taker] = giver;
      own[giver] = (own[giver] ?? 0) + ((own[taker] ?? 0) - 1);
      if ((own[giver] ?? 0) < 1) large += 1;
      if (large >= n) break;
    }
  }
  return { own, alias };
}

/** Draws with replacement, by the one of R's two methods that it takes for these weights. */
export function drawWithReplacement(
  source: WordSource,
  probability: Float64Array,
  size: number,
  kind: RSampleKind,
): number[] {
  const likely = probability.filter((p) => probability.length * p > 0.1).length;
  return likely > 200 ? drawByAlias(source, probability, size, kind) : drawByCumulating(source, probability, size);
}

/**
 * Draws without replacement: categories from the most to the least probable, r = (probability left) x u, the first one
 * with r <= the running sum, else the last; it is taken out and its probability subtracted from what is left.
 *
 * @param probability - sums to 1
 * @param size - at most the number of categories
 */
export function drawWithoutReplacement(source: WordSource, probability: Float64Array, size: number): number[] {
  const { probability: left, label } = ranked(probability);
  const drawn: number[] = [];
  let total = 1;
  for (let last = label.length - 1; drawn.length < size; last -= 1) {
    const r = total * unifRand(source);
    let at = 0;
    let sum = 0;
    for (; at < last; at += 1) {
      sum += left[at] ?? 0;
      if (r <= sum) break;
    }
    drawn.push(label[at] ?? 0);
    total -= left[at] ?? 0;
    left.copyWithin(at, at + 1, last + 1);
    label.copyWithin(at, at + 1, last + 1);
  }
  return drawn;
}

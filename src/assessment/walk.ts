import type { Chain } from "./chain.js";
import type { Words } from "./xoshiro.js";

/**
 * Thresholds by edge for drawing by one signed word: edge e is taken if the word is below its threshold and not below
 * the ones before; the last edge of a node takes the rest. A probability is thereby off by less than 2^-31.
 */
export class Thresholds {
  values: Int32Array = new Int32Array(0);
  readonly #chain: Chain;

  constructor(chain: Chain) {
    this.#chain = chain;
  }

  /** Expands a node and sets the thresholds of its edges. */
  open(node: number): void {
    const chain = this.#chain;
    chain.expand(node);
    if (this.values.length < chain.target.length) {
      const longer = new Int32Array(chain.target.length);
      longer.set(this.values);
      this.values = longer;
    }
    let sum = 0;
    for (let edge = chain.edgeFrom[node] as number; edge < (chain.edgeTo[node] as number); edge += 1) {
      sum += chain.probability[edge] as number;
      this.values[edge] = Math.min(2147483647, Math.round(sum * 4294967296) - 2147483648);
    }
  }
}

/** Draws the edge that leaves an opened node; a node with one edge takes no word. */
export function drawEdge(chain: Chain, thresholds: Thresholds, node: number, words: Words): number {
  let edge = chain.edgeFrom[node] as number;
  const last = (chain.edgeTo[node] as number) - 1;
  if (edge >= last) return edge;
  const word = words.next();
  while (edge < last && word >= (thresholds.values[edge] as number)) edge += 1;
  return edge;
}

/** Counts of a simulated batch. */
export interface VisitCounts {
  /** By node and row: how many lists were there before the row; column `rows`: at the end. */
  visits: Uint32Array;
  /** By node: rows that began there, in this batch. */
  batch: Uint32Array;
  /** By level: lists whose largest imbalance it was. */
  largest: Uint32Array;
}

/** Most numbers of {@link VisitCounts.visits}: 32 MB. */
export const MOST_VISITS = 8_000_000;

/** Sums over the lists of one batch, of what is known only when a list has ended. */
export interface ListSums {
  absolute: number;
  squared: number;
  loss: number;
  maximal: number;
  balancedEnds: number;
}

/**
 * Walks `lists` lists and counts where they went: the innermost loop of simulation, a few nanoseconds a row.
 *
 * Everything that depends on the node alone (guesses, forced rows, entropy) is worked out from the counts afterwards.
 *
 * @returns false if the counts would not fit, which leaves them unusable
 */
export function walkLists(
  chain: Chain,
  thresholds: Thresholds,
  words: Words,
  lists: number,
  counts: VisitCounts,
  atEnd: (node: number, largest: number) => void,
): boolean {
  const { rows } = chain;
  const columns = rows + 1;
  const { buffer } = words;
  let { visits, batch } = counts;
  let { edgeFrom, edgeTo, level, target } = chain;
  let limits = thresholds.values;
  let { at } = words;
  for (let list = 0; list < lists; list += 1) {
    let node = 0;
    let largest = 0;
    for (let row = 0; row < rows; row += 1) {
      let edge = edgeFrom[node] as number;
      if (edge < 0) {
        thresholds.open(node);
        ({ edgeFrom, edgeTo, level, target } = chain);
        limits = thresholds.values;
        const needed = chain.size * columns;
        if (needed > MOST_VISITS) return false;
        if (needed > visits.length) counts.visits = visits = longer(visits, Math.min(MOST_VISITS, 2 * needed));
        if (chain.size > batch.length) counts.batch = batch = longer(batch, 2 * chain.size);
        edge = edgeFrom[node] as number;
        if (edge === edgeTo[node]) chain.requireEdges(node, row);
      }
      const cell = node * columns + row;
      visits[cell] = (visits[cell] as number) + 1;
      batch[node] = (batch[node] as number) + 1;
      const last = (edgeTo[node] as number) - 1;
      if (edge < last) {
        if (at === 4096) {
          words.refill();
          at = 0;
        }
        const word = buffer[at] as number;
        at += 1;
        while (edge < last && word >= (limits[edge] as number)) edge += 1;
      }
      node = target[edge] as number;
      const own = level[node] as number;
      if (own > largest) largest = own;
    }
    const end = node * columns + rows;
    visits[end] = (visits[end] as number) + 1;
    if (largest >= counts.largest.length) counts.largest = longer(counts.largest, 2 * largest + 1);
    counts.largest[largest] = (counts.largest[largest] as number) + 1;
    atEnd(node, largest);
  }
  words.at = at;
  return true;
}

function longer(column: Uint32Array, length: number): Uint32Array {
  const copy = new Uint32Array(Math.max(length, column.length));
  copy.set(column);
  return copy;
}

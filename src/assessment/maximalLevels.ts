import { NEGLIGIBLE } from "./carryRows.js";
import type { Chain } from "./chain.js";
import type { Distribution } from "./model.js";
import { maximumOfSymmetricWalk } from "./symmetricWalk.js";

/** Multiplications beyond which the distribution of the largest imbalance is left to simulation: a few seconds. */
const MOST_WORK = 3e9;
/** Numbers held at once: two layers of nodes x levels. */
const MOST_CELLS = 4_000_000;

/**
 * The distribution of the largest imbalance over the rows, in the whole numbers of `chain.level`.
 *
 * The walk of `carryRows`, compiled for vectors: each node carries the probability of being there with each largest level
 * so far. Only levels between the lowest and highest with more than a negligible probability are kept.
 *
 * @param chain - with all nodes that matter expanded already, by the measures
 * @returns undefined if it would be too much work
 */
export function maximalLevels(chain: Chain): Distribution | undefined {
  const { rows } = chain;
  if (isSymmetricWalk(chain)) return maximumOfSymmetricWalk(rows);
  const walk = new LevelWalk(chain, levelsThatOccur(chain));
  for (let row = 0; row < rows; row += 1) {
    if (!walk.step()) return undefined;
    const { work } = walk;
    if (work > MOST_WORK || (row === 199 && (work / 200) * rows > 4 * MOST_WORK)) return undefined;
  }
  return walk.distribution();
}

/** In ascending order; only those that occur, so that a large ratio sum leaves no gaps. */
function levelsThatOccur(chain: Chain): readonly number[] {
  const levels = new Set<number>();
  for (let node = 0; node < chain.size; node += 1) levels.add(chain.level[node] as number);
  return [...levels].sort((a, b) => a - b);
}

/** A row of the walk: by slot a node, and in `mass` its probability with each largest level, from `low` to `high`. */
class Layer {
  nodes: number[] = [];
  mass: Float64Array<ArrayBuffer>;
  low: Int32Array<ArrayBuffer> = new Int32Array(64);
  high: Int32Array<ArrayBuffer> = new Int32Array(64);

  constructor(width: number) {
    this.mass = new Float64Array(64 * width);
  }

  grow(): void {
    this.mass = longer(this.mass, Float64Array);
    this.low = longer(this.low, Int32Array);
    this.high = longer(this.high, Int32Array);
  }
}

class LevelWalk {
  /** Multiplications done. */
  work = 0;
  readonly #chain: Chain;
  readonly #levels: readonly number[];
  readonly #width: number;
  /** By level: its place in `#levels`. */
  readonly #indexOf: Int32Array;
  /** By node: its slot in the next layer, or -1. */
  readonly #slotOf: Int32Array;
  #now: Layer;
  #next: Layer;

  constructor(chain: Chain, levels: readonly number[]) {
    this.#chain = chain;
    this.#levels = levels;
    this.#width = levels.length;
    this.#indexOf = new Int32Array((levels[levels.length - 1] as number) + 1);
    levels.forEach((level, i) => {
      this.#indexOf[level] = i;
    });
    this.#slotOf = new Int32Array(chain.size).fill(-1);
    this.#now = new Layer(this.#width);
    this.#next = new Layer(this.#width);
    this.#now.nodes.push(0);
    this.#now.mass[this.#indexOf[0] as number] = 1;
  }

  /** Goes one row further. @returns false if the numbers would not fit */
  step(): boolean {
    const { nodes } = this.#now;
    this.#next.nodes = [];
    for (let slot = 0; slot < nodes.length; slot += 1) if (!this.#leave(slot)) return false;
    for (const node of this.#next.nodes) this.#slotOf[node] = -1;
    [this.#now, this.#next] = [this.#next, this.#now];
    return true;
  }

  /** Carries what is at a node over its edges, and clears it. */
  #leave(slot: number): boolean {
    const { edgeFrom, edgeTo } = this.#chain;
    const { low, high, nodes } = this.#now;
    const node = nodes[slot] as number;
    const base = slot * this.#width;
    let from = low[slot] as number;
    let to = high[slot] as number;
    while (from <= to && (this.#now.mass[base + from] as number) < NEGLIGIBLE) from += 1;
    while (to >= from && (this.#now.mass[base + to] as number) < NEGLIGIBLE) to -= 1;
    const first = edgeFrom[node] as number;
    if (from <= to && first >= 0) {
      const end = edgeTo[node] as number;
      this.work += (to - from + 1) * (end - first);
      for (let edge = first; edge < end; edge += 1) if (!this.#cross(edge, base, from, to)) return false;
    }
    this.#now.mass.fill(0, base + (this.#now.low[slot] as number), base + (this.#now.high[slot] as number) + 1);
    return true;
  }

  #cross(edge: number, base: number, from: number, to: number): boolean {
    const { target, probability, level } = this.#chain;
    const node = target[edge] as number;
    const into = this.#slot(node);
    if (into < 0) return false;
    const p = probability[edge] as number;
    const own = this.#indexOf[level[node] as number] as number;
    const { mass } = this.#now;
    const next = this.#next.mass;
    const goal = into * this.#width;
    // What was below the target's own level is lifted to it.
    let lifted = 0;
    const split = Math.min(to + 1, own);
    for (let i = from; i < split; i += 1) lifted += mass[base + i] as number;
    if (from < own) next[goal + own] = (next[goal + own] as number) + p * lifted;
    const rest = Math.max(from, own);
    for (let i = rest; i <= to; i += 1) next[goal + i] = (next[goal + i] as number) + p * (mass[base + i] as number);
    const { low, high } = this.#next;
    low[into] = Math.min(low[into] as number, rest);
    high[into] = Math.max(high[into] as number, Math.max(to, own));
    return true;
  }

  /** The node's slot in the next layer; -1 if there is no room for one. */
  #slot(node: number): number {
    const known = this.#slotOf[node] as number;
    if (known >= 0) return known;
    const next = this.#next;
    const slot = next.nodes.push(node) - 1;
    if ((slot + 1) * this.#width > next.mass.length) {
      if (2 * next.mass.length > MOST_CELLS) return -1;
      next.grow();
      this.#now.grow();
    }
    this.#slotOf[node] = slot;
    next.low[slot] = this.#width;
    next.high[slot] = -1;
    return slot;
  }

  /** Of the largest level, over all nodes of the last row. */
  distribution(): Distribution {
    const { nodes, mass, low, high } = this.#now;
    const sums = new Float64Array(this.#width);
    for (let slot = 0; slot < nodes.length; slot += 1) {
      for (let i = low[slot] as number; i <= (high[slot] as number); i += 1) {
        sums[i] = (sums[i] as number) + (mass[slot * this.#width + i] as number);
      }
    }
    const seen = this.#levels.filter((_, i) => (sums[i] as number) > 0);
    return { values: seen, probabilities: [...sums].filter((sum) => sum > 0) };
  }
}

/** Whether every row was a fair coin, so that the reflection principle says it all. */
function isSymmetricWalk(chain: Chain): boolean {
  if (chain.scale !== "difference") return false;
  for (let node = 0; node < chain.size; node += 1) {
    if ((chain.edgeFrom[node] as number) >= 0 && chain.armProbability[2 * node] !== 0.5) return false;
  }
  return true;
}

type Column = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

function longer<T extends Column>(column: T, make: new (length: number) => T): T {
  const copy = new make(2 * column.length);
  copy.set(column);
  return copy;
}

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
 * The walk of `carryRows`, compiled for vectors: each node carries the probability of being there with each largest level so far. Only levels between the
 * lowest and highest with more than a negligible probability are kept.
 *
 * @param chain - with all nodes that matter expanded already, by the measures
 * @returns undefined if it would be too much work
 */
export function maximalLevels(chain: Chain): Distribution | undefined {
  const { rows } = chain;
  if (isSymmetricWalk(chain)) return maximumOfSymmetricWalk(rows);
  let highest = 0;
  for (let node = 0; node < chain.size; node += 1) highest = Math.max(highest, chain.level[node] as number);
  // Levels that occur, so that a large ratio sum leaves no gaps.
  const indexOf = new Int32Array(highest + 1).fill(-1);
  for (let node = 0; node < chain.size; node += 1) indexOf[chain.level[node] as number] = 0;
  const levels: number[] = [];
  for (let level = 0; level <= highest; level += 1) {
    if (indexOf[level] === 0) indexOf[level] = levels.push(level) - 1;
  }
  const width = levels.length;
  const slotOf = new Int32Array(chain.size).fill(-1);

  let active: number[] = [];
  let mass = new Float64Array(64 * width);
  let next = new Float64Array(64 * width);
  let low = new Int32Array(64);
  let high = new Int32Array(64);
  let nextLow = new Int32Array(64);
  let nextHigh = new Int32Array(64);
  active.push(0);
  mass[indexOf[0] as number] = 1;
  let work = 0;
  for (let row = 0; row < rows; row += 1) {
    const reached: number[] = [];
    for (let slot = 0; slot < active.length; slot += 1) {
      const node = active[slot] as number;
      const base = slot * width;
      let from = low[slot] as number;
      let to = high[slot] as number;
      while (from <= to && (mass[base + from] as number) < NEGLIGIBLE) from += 1;
      while (to >= from && (mass[base + to] as number) < NEGLIGIBLE) to -= 1;
      const first = chain.edgeFrom[node] as number;
      if (from <= to && first >= 0) {
        const end = chain.edgeTo[node] as number;
        work += (to - from + 1) * (end - first);
        for (let edge = first; edge < end; edge += 1) {
          const target = chain.target[edge] as number;
          const p = chain.probability[edge] as number;
          const own = indexOf[chain.level[target] as number] as number;
          let into = slotOf[target] as number;
          if (into < 0) {
            into = reached.push(target) - 1;
            slotOf[target] = into;
            if ((into + 1) * width > next.length) {
              if (2 * next.length > MOST_CELLS) return undefined;
              next = longer(next, 2 * next.length);
              mass = longer(mass, 2 * mass.length);
              low = longerWhole(low);
              high = longerWhole(high);
              nextLow = longerWhole(nextLow);
              nextHigh = longerWhole(nextHigh);
            }
            nextLow[into] = width;
            nextHigh[into] = -1;
          }
          const goal = into * width;
          // What was below the target's own level is lifted to it.
          let lifted = 0;
          const split = Math.min(to + 1, own);
          for (let i = from; i < split; i += 1) lifted += mass[base + i] as number;
          if (from < own) next[goal + own] = (next[goal + own] as number) + p * lifted;
          const rest = Math.max(from, own);
          for (let i = rest; i <= to; i += 1)
            next[goal + i] = (next[goal + i] as number) + p * (mass[base + i] as number);
          nextLow[into] = Math.min(nextLow[into] as number, Math.max(from, own));
          nextHigh[into] = Math.max(nextHigh[into] as number, Math.max(to, own));
        }
      }
      mass.fill(0, base + (low[slot] as number), base + (high[slot] as number) + 1);
    }
    if (work > MOST_WORK || (row === 199 && (work / 200) * rows > 4 * MOST_WORK)) return undefined;
    for (const node of reached) slotOf[node] = -1;
    [mass, next] = [next, mass];
    [low, nextLow] = [nextLow, low];
    [high, nextHigh] = [nextHigh, high];
    active = reached;
  }
  const sums = new Float64Array(width);
  for (let slot = 0; slot < active.length; slot += 1) {
    for (let i = low[slot] as number; i <= (high[slot] as number); i += 1) {
      sums[i] = (sums[i] as number) + (mass[slot * width + i] as number);
    }
  }
  const seen = levels.filter((_, i) => (sums[i] as number) > 0);
  return { values: seen, probabilities: seen.map((level) => sums[indexOf[level] as number] as number) };
}

/** Whether every row was a fair coin, so that the reflection principle says it all. */
function isSymmetricWalk(chain: Chain): boolean {
  if (chain.scale !== "difference") return false;
  for (let node = 0; node < chain.size; node += 1) {
    if ((chain.edgeFrom[node] as number) >= 0 && chain.armProbability[2 * node] !== 0.5) return false;
  }
  return true;
}

function longer(column: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(length);
  copy.set(column);
  return copy;
}

function longerWhole(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * column.length);
  copy.set(column);
  return copy;
}

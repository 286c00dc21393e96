import { carryRows, NEGLIGIBLE } from "./carryRows.js";
import type { Chain } from "./chain.js";
import type { Distribution } from "./model.js";
import { maximumOfSymmetricWalk } from "./symmetricWalk.js";

/** Multiplications beyond which the distribution of the largest imbalance is left to simulation: a few seconds. */
const MOST_WORK = 1e9;

/** By largest level so far: `values[i]` is the probability of level number `from + i`. */
interface ByLevel {
  readonly from: number;
  readonly values: Float64Array;
}

/**
 * The distribution of the largest imbalance over the rows, in the whole numbers of `chain.level`.
 *
 * Each node carries the probability of being there with each largest level so far.
 *
 * @param chain - with all nodes that matter expanded already, by the measures
 * @returns undefined if it would be too much work
 */
export function maximalLevels(chain: Chain): Distribution | undefined {
  if (isSymmetricWalk(chain)) return maximumOfSymmetricWalk(chain.rows);
  const { levels, indexOf } = levelsOf(chain);
  let work = 0;
  const carried = {
    start: { from: indexOf[0] as number, values: Float64Array.of(1) },
    along: (mass: ByLevel, edge: number): ByLevel | undefined => {
      work += mass.values.length;
      const level = indexOf[chain.level[chain.target[edge] as number] as number];
      return level === undefined ? undefined : lifted(mass, level, chain.probability[edge] as number);
    },
    add: sumOf,
  };
  const sums = new Float64Array(levels.length);
  const isDone = carryRows(chain, carried, (row, { masses }) => {
    if (row === chain.rows) {
      for (const { from, values } of masses) {
        values.forEach((p, i) => (sums[from + i] = (sums[from + i] as number) + p));
      }
    }
    return work <= MOST_WORK && !(row === 200 && (work / 200) * chain.rows > 4 * MOST_WORK);
  });
  if (!isDone) return undefined;
  const seen = levels.filter((_, i) => (sums[i] as number) > 0);
  return { values: seen, probabilities: seen.map((level) => sums[indexOf[level] as number] as number) };
}

/** The levels that occur in rising order, so that a large ratio sum leaves no gaps, and the number of each. */
function levelsOf(chain: Chain): { readonly levels: readonly number[]; readonly indexOf: Int32Array } {
  const levels = [...new Set(chain.level.subarray(0, chain.size))].sort((a, b) => a - b);
  const indexOf = new Int32Array((levels[levels.length - 1] ?? 0) + 1);
  levels.forEach((level, i) => (indexOf[level] = i));
  return { levels, indexOf };
}

/** What is moved to a node of a level: what was below it is lifted to it, and what does not matter is dropped. */
function lifted({ from, values }: ByLevel, level: number, share: number): ByLevel | undefined {
  let first = 0;
  let end = values.length;
  while (first < end && (values[first] as number) < NEGLIGIBLE) first += 1;
  while (end > first && (values[end - 1] as number) < NEGLIGIBLE) end -= 1;
  if (first === end) return undefined;
  const lowest = Math.max(from + first, level);
  const moved = new Float64Array(Math.max(1, from + end - lowest));
  for (let i = first; i < end; i += 1) {
    const at = Math.max(0, from + i - lowest);
    moved[at] = (moved[at] as number) + share * (values[i] as number);
  }
  return { from: lowest, values: moved };
}

function sumOf(a: ByLevel, b: ByLevel): ByLevel {
  const from = Math.min(a.from, b.from);
  const end = Math.max(a.from + a.values.length, b.from + b.values.length);
  const isRoomy = from === a.from && end === a.from + a.values.length;
  const values = isRoomy ? a.values : new Float64Array(end - from);
  if (!isRoomy) values.set(a.values, a.from - from);
  const offset = b.from - from;
  for (let i = 0; i < b.values.length; i += 1)
    values[offset + i] = (values[offset + i] as number) + (b.values[i] as number);
  return isRoomy ? a : { from, values };
}

/** Whether every row was a fair coin, so that the reflection principle says it all. */
function isSymmetricWalk(chain: Chain): boolean {
  if (chain.scale !== "difference") return false;
  for (let node = 0; node < chain.size; node += 1) {
    if ((chain.edgeFrom[node] as number) >= 0 && chain.armProbability[2 * node] !== 0.5) return false;
  }
  return true;
}

import type { Masses, Walk } from "../procedure/index.js";

/**
 * What a guesser knows who sees all allocations but not all that is drawn: a class of histories, with the probability
 * of the class shared out over the urn's states that are possible after them.
 */
export interface Belief<N> {
  /** What is in all states together. */
  readonly total: N;
  /** By arm: P(these histories, and this arm next); undefined where the arm cannot be next. */
  readonly byArm: readonly (N | undefined)[];
}

/** How classes of histories are told apart after a row. */
export interface Merging<N> {
  /** Entries (classes x states) of all rows together, beyond which the walk gives up. */
  readonly mostEntries: number;
  /** The classes of equal keys are added up; equal sets of possible states are a part of every key. */
  keyOf(masses: Masses<N>): string;
  /** Called when a row has so many classes; returns whether keys got coarser, so that it is worth merging again. */
  isCoarser(classes: number): boolean;
}

/**
 * Walks what a guesser knows from row to row.
 *
 * Transitions are linear in the masses, so that classes may be added up: what depends on the possible states alone (a
 * deterministic allocation) stays exact, and a best guess does wherever the same arm is best for all that is merged.
 *
 * @param seesBlocks - whether the size of a block is seen when it begins
 * @returns the largest number of classes of a row; undefined if there are too many
 */
export function walkBeliefs<N>(
  walk: Walk<N>,
  rows: number,
  seesBlocks: boolean,
  merging: Merging<N>,
  visit: (row: number, belief: Belief<N>) => void,
): number | undefined {
  let classes: readonly Masses<N>[] = [walk.start()];
  let [most, entries] = [1, 0];
  for (let row = 0; row < rows; row += 1) {
    const after = new Map<string, Masses<N>>();
    for (const known of seesBlocks ? classes.flatMap((masses) => bySeenBlock(walk, masses)) : classes) {
      const { byArm } = walk.assign(known);
      const total = walk.sum(known);
      if (total !== undefined) visit(row, { total, byArm: byArm.map((own) => walk.sum(own)) });
      for (const own of byArm.filter(({ size }) => size > 0)) {
        entries += own.size;
        put(walk, after, merging, own);
      }
    }
    if (entries > merging.mostEntries) return undefined;
    classes = merged(walk, [...after.values()], merging);
    most = Math.max(most, classes.length);
  }
  return most;
}

function put<N>(walk: Walk<N>, into: Map<string, Masses<N>>, merging: Merging<N>, masses: Masses<N>): void {
  const key = merging.keyOf(masses);
  const known = into.get(key);
  into.set(key, known === undefined ? masses : walk.merge([known, masses]));
}

/** Merges again, by ever coarser keys, while there are too many. */
function merged<N>(walk: Walk<N>, classes: readonly Masses<N>[], merging: Merging<N>): readonly Masses<N>[] {
  if (!merging.isCoarser(classes.length)) return classes;
  const into = new Map<string, Masses<N>>();
  for (const masses of classes) put(walk, into, merging, masses);
  return merged(walk, [...into.values()], merging);
}

/** The masses after the hidden draws, apart by the size of the block that begins, which is seen. */
export function bySeenBlock<N>(walk: Walk<N>, masses: Masses<N>): readonly Masses<N>[] {
  const bySize = new Map<number, Map<number, N>>();
  for (const [state, mass] of walk.settle(masses)) {
    const { blockAt } = walk.states.describe(state);
    const own = bySize.get(blockAt) ?? new Map<number, N>();
    bySize.set(blockAt, own.set(state, mass));
  }
  return [...bySize.values()];
}

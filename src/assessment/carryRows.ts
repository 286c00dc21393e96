import type { Chain } from "./chain.js";

/** What is carried along the nodes of a chain: masses that are moved along edges and added up where they meet. */
export interface Carried<M> {
  /** What is there before the first row. */
  readonly start: M;
  /** Whether there is too little at a node to be carried on; absent: never. */
  isNegligible?(mass: M): boolean;
  /** What arrives over an edge that leaves `node` before row `row` (from 0). */
  along(mass: M, edge: number, node: number, row: number): M;
  /** Both together; may change and return the first. */
  add(a: M, b: M): M;
}

/** The nodes that are possible at a row, each once, with what is there. */
export interface Layer<M> {
  readonly nodes: readonly number[];
  readonly masses: readonly M[];
}

/**
 * Carries masses from row to row: the one loop over rows that all exact measures share.
 *
 * @param visit - called for row 0 (before any) to `chain.rows`; false stops there. Nodes of a layer are expanded when
 *   it is called, but for the last one
 * @returns false if it was stopped
 * @throws AllocellError `assessment.too_many_states`, `assessment.rows_beyond_end`
 */
export function carryRows<M>(
  chain: Chain,
  carried: Carried<M>,
  visit: (row: number, layer: Layer<M>) => boolean | undefined,
): boolean {
  let layer: Layer<M> = { nodes: [0], masses: [carried.start] };
  let slotOf = new Int32Array(64).fill(-1);
  for (let row = 0; row <= chain.rows; row += 1) {
    chain.onRow?.(row, chain.rows);
    if (row < chain.rows) {
      for (const node of layer.nodes) {
        chain.expand(node);
        chain.requireEdges(node, row);
      }
    }
    if (visit(row, layer) === false) return false;
    if (row === chain.rows) break;
    if (slotOf.length < chain.size) slotOf = new Int32Array(2 * chain.size).fill(-1);
    layer = carryOn(chain, carried, layer, row, slotOf);
    for (const node of layer.nodes) slotOf[node] = -1;
  }
  return true;
}

/** The layer after `row`. Of each of its nodes `slotOf` has the place, and of all others -1. */
function carryOn<M>(chain: Chain, carried: Carried<M>, layer: Layer<M>, row: number, slotOf: Int32Array): Layer<M> {
  const nodes: number[] = [];
  const masses: M[] = [];
  for (let i = 0; i < layer.nodes.length; i += 1) {
    const node = layer.nodes[i] as number;
    const mass = layer.masses[i] as M;
    if (carried.isNegligible?.(mass) === true) continue;
    const end = chain.edgeTo[node] as number;
    for (let edge = chain.edgeFrom[node] as number; edge < end; edge += 1) {
      const moved = carried.along(mass, edge, node, row);
      const target = chain.target[edge] as number;
      const slot = slotOf[target] as number;
      if (slot >= 0) masses[slot] = carried.add(masses[slot] as M, moved);
      else {
        slotOf[target] = nodes.length;
        nodes.push(target);
        masses.push(moved);
      }
    }
  }
  return { nodes, masses };
}

/** Masses below this are dropped: over any list that can be held they add up to less than 1e-15. */
export const NEGLIGIBLE = 1e-22;

/** Probabilities as doubles. */
export function doublesOf(chain: Chain): Carried<number> {
  return {
    start: 1,
    isNegligible: (mass) => mass < NEGLIGIBLE,
    along: (mass, edge) => mass * (chain.probability[edge] as number),
    add: (a, b) => a + b,
  };
}

/** The mean of a column of the chain over a layer, weighted with what is there; of a column by arm, that of one arm. */
export function weighted(layer: Layer<number>, column: Float64Array | Uint8Array, arms = 1, arm = 0): number {
  const { nodes, masses } = layer;
  let sum = 0;
  for (let i = 0; i < nodes.length; i += 1) {
    sum += (masses[i] as number) * (column[(nodes[i] as number) * arms + arm] as number);
  }
  return sum;
}

/** [row][arm]: probabilities of W N_k - n w_k after the row, from row 0. */
export function deviationsByRow(chain: Chain): readonly (readonly ReadonlyMap<number, number>[])[] {
  const byRow: Map<number, number>[][] = [];
  carryRows(chain, doublesOf(chain), (_, { nodes, masses }) => {
    const own = chain.ratio.map(() => new Map<number, number>());
    nodes.forEach((node, i) => {
      own.forEach((sums, k) => {
        const deviation = chain.deviations[node * chain.arms + k] as number;
        sums.set(deviation, (sums.get(deviation) ?? 0) + (masses[i] as number));
      });
    });
    byRow.push(own);
    return undefined;
  });
  return byRow;
}

import type { Chain } from "./chain.js";

/**
 * Carries the probabilities of the nodes from row to row in doubles.
 *
 * @param act - called for row 0 (before any) to `rows`, with the nodes that are possible and their probabilities
 */
export function forwardRows(chain: Chain, act: (row: number, masses: ReadonlyMap<number, number>) => void): void {
  let masses = new Map<number, number>();
  for (const { node, branch } of chain.starts) masses.set(node, (masses.get(node) ?? 0) + branch.probability);
  act(0, masses);
  for (let row = 0; row < chain.rows; row += 1) {
    const next = new Map<number, number>();
    for (const [node, mass] of masses) {
      if (mass < 1e-22) continue;
      chain.expand(node);
      if (chain.edgeFrom[node] === chain.edgeTo[node]) chain.requireEdges(node, row);
      for (let edge = chain.edgeFrom[node] as number; edge < (chain.edgeTo[node] as number); edge += 1) {
        const target = chain.target[edge] as number;
        next.set(target, (next.get(target) ?? 0) + mass * (chain.probability[edge] as number));
      }
    }
    masses = next;
    act(row + 1, masses);
  }
}

/** [row][arm]: probabilities of W N_k - n w_k after the row, from row 0. */
export function deviationsByRow(chain: Chain): readonly (readonly ReadonlyMap<number, number>[])[] {
  const byRow: Map<number, number>[][] = [];
  forwardRows(chain, (_, masses) => {
    const own = chain.ratio.map(() => new Map<number, number>());
    for (const [node, mass] of masses) {
      own.forEach((sums, k) => {
        const deviation = chain.deviations[node * chain.arms + k] as number;
        sums.set(deviation, (sums.get(deviation) ?? 0) + mass);
      });
    }
    byRow.push(own);
  });
  return byRow;
}

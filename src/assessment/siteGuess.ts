import { fail } from "../foundation/index.js";
import type { Chain } from "./chain.js";

const MOST_PAIRS = 200_000;

/**
 * Expected share of correct convergence guesses of somebody who sees only one site's rows of a list that several sites
 * share. Each row belongs to the site with probability `siteShare`, independently; the arm with fewer participants at
 * the site is guessed, ties count half. Two arms at 1:1.
 *
 * Exact: the imbalance at the site is carried along with the node.
 *
 * @param siteShare - share of the rows, in (0, 1], upper end included
 * @throws AllocellError `assessment.option_invalid`, `assessment.measure_undefined` (not two arms at 1:1),
 *   `assessment.too_many_states`
 */
export function siteGuess(chain: Chain, siteShare: number): number {
  if (!(siteShare > 0 && siteShare <= 1)) {
    fail("assessment.option_invalid", "siteShare", "The share of a site is above 0 and at most 1.", {
      expected: "above 0, at most 1",
      received: String(siteShare),
    });
  }
  if (chain.scale !== "difference") {
    fail("assessment.measure_undefined", "siteShare", "Guesses from one site are computed for two arms at 1:1.", {
      expected: "two arms at 1:1; other designs by simulation of the trial",
    });
  }
  const SPAN = 2097152;
  let layer = new Map<number, number>();
  for (const { node, branch } of chain.starts) layer.set(node * SPAN + SPAN / 2, branch.probability);
  let correct = 0;
  for (let row = 0; row < chain.rows; row += 1) {
    const next = new Map<number, number>();
    const put = (key: number, mass: number): void => {
      next.set(key, (next.get(key) ?? 0) + mass);
    };
    for (const [key, mass] of layer) {
      if (mass < 1e-20) continue;
      const node = Math.floor(key / SPAN);
      const ahead = (key % SPAN) - SPAN / 2;
      chain.expand(node);
      if (chain.edgeFrom[node] === chain.edgeTo[node]) chain.requireEdges(node, row);
      const first = chain.armProbability[2 * node] as number;
      correct += mass * (ahead === 0 ? 0.5 : ahead < 0 ? first : 1 - first);
      for (let edge = chain.edgeFrom[node] as number; edge < (chain.edgeTo[node] as number); edge += 1) {
        const share = mass * (chain.probability[edge] as number);
        const to = (chain.target[edge] as number) * SPAN + ahead + SPAN / 2;
        put(to + (chain.edgeArm[edge] === 0 ? 1 : -1), share * siteShare);
        if (siteShare < 1) put(to, share * (1 - siteShare));
      }
    }
    if (next.size > MOST_PAIRS) {
      fail("assessment.too_many_states", "siteShare", `More than ${MOST_PAIRS} states of list and site together.`, {
        expected: `at most ${MOST_PAIRS}: fewer rows, or a simulation`,
      });
    }
    layer = next;
  }
  return correct / chain.rows;
}

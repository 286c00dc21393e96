import { fail } from "../foundation/index.js";
import { carryRows, type Carried } from "./carryRows.js";
import { requireChain, type Chain } from "./chain.js";

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
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function siteGuess(chain: Chain, siteShare: number): number {
  requireChain(chain);
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
  let correct = 0;
  carryRows(chain, aheadAtSite(chain, siteShare), (row, { nodes, masses }) => {
    if (masses.reduce((sum, { size }) => sum + size, 0) > MOST_PAIRS) {
      fail("assessment.too_many_states", "siteShare", `More than ${MOST_PAIRS} states of list and site together.`, {
        expected: `at most ${MOST_PAIRS}: fewer rows, or a simulation`,
      });
    }
    if (row === chain.rows) return undefined;
    nodes.forEach((node, i) => {
      const first = chain.armProbability[2 * node] as number;
      for (const [ahead, mass] of masses[i] ?? []) {
        correct += mass * (ahead === 0 ? 0.5 : ahead < 0 ? first : 1 - first);
      }
    });
    return undefined;
  });
  return correct / chain.rows;
}

type ByAhead = Map<number, number>;

/** Probabilities by the imbalance at the site. */
function aheadAtSite(chain: Chain, siteShare: number): Carried<ByAhead> {
  const put = (into: ByAhead, ahead: number, mass: number): void => {
    if (mass >= 1e-20) into.set(ahead, (into.get(ahead) ?? 0) + mass);
  };
  return {
    start: new Map([[0, 1]]),
    along: (byAhead, edge) => {
      const moved: ByAhead = new Map();
      const step = chain.edgeArm[edge] === 0 ? 1 : -1;
      for (const [ahead, mass] of byAhead) {
        const share = mass * (chain.probability[edge] as number);
        put(moved, ahead + step, share * siteShare);
        if (siteShare < 1) put(moved, ahead, share * (1 - siteShare));
      }
      return moved;
    },
    add: (a, b) => {
      for (const [ahead, mass] of b) put(a, ahead, mass);
      return a;
    },
  };
}

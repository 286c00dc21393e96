import { deepFreeze, fail } from "../foundation/index.js";
import type { Chain } from "./chain.js";
import { bandsOf, deviationOf, meanOf, Tally } from "./distribution.js";
import { maximalLevels } from "./maximalLevels.js";
import type { Distribution, Estimate, Measures, UndefinedMeasure } from "./model.js";

/** Masses below this are dropped: over any list that can be held they add up to less than 1e-15. */
const NEGLIGIBLE = 1e-22;

export interface ExactOptions {
  /** Whether to return the distribution of the imbalance after every row; absent: after the last only. */
  readonly distributionByRow?: boolean;
}

const exact = (value: number): Estimate => ({ value, standardError: 0 });

/**
 * Exact measures of one list in doubles: probabilities of the nodes are carried from row to row, equal nodes merged, and
 * every measure is added up at each node.
 *
 * @throws AllocellError `assessment.too_many_states`, `assessment.rows_beyond_end`, `assessment.measure_undefined`
 */
export function exactMeasures(chain: Chain, options: ExactOptions = {}): Measures {
  const { arms, rows, ratio, ratioSum, scale } = chain;
  const isDifference = scale === "difference";
  const perRow = (): number[] => new Array<number>(rows).fill(0);
  const convergence = perRow();
  const divergence = perRow();
  const best = perRow();
  const forced = perRow();
  const entropy = perRow();
  const forcing = perRow();
  const absolute = perRow();
  const squared = perRow();
  const balanced = perRow();
  const armProbability = ratio.map(perRow);
  const bands = Array.from({ length: 5 }, perRow);
  const byRow: Distribution[] = [];
  const unit = isDifference ? 1 : ratioSum;

  let mass = new Float64Array(chain.edgeFrom.length);
  let next = new Float64Array(chain.edgeFrom.length);
  let active: number[] = [];
  for (const { node, branch } of chain.starts) {
    if (mass[node] === 0) active.push(node);
    mass[node] = (mass[node] as number) + branch.probability;
  }
  // By imbalance: position 0 is the lowest value that was seen.
  let tally = new Float64Array(64);
  for (let row = 0; row < rows; row += 1) {
    const reached: number[] = [];
    for (const node of active) {
      const p = mass[node] as number;
      mass[node] = 0;
      if (p < NEGLIGIBLE) continue;
      if ((chain.edgeFrom[node] as number) < 0) {
        chain.expand(node);
        if (chain.edgeFrom.length > next.length) {
          mass = longer(mass, chain.edgeFrom.length);
          next = longer(next, chain.edgeFrom.length);
        }
      }
      const end = chain.edgeTo[node] as number;
      let edge = chain.edgeFrom[node] as number;
      if (edge === end) chain.requireEdges(node, row);
      for (; edge < end; edge += 1) {
        const to = chain.target[edge] as number;
        const known = next[to] as number;
        if (known === 0) reached.push(to);
        next[to] = known + p * (chain.probability[edge] as number);
      }
      convergence[row] = (convergence[row] as number) + p * (chain.convergence[node] as number);
      divergence[row] = (divergence[row] as number) + p * (chain.divergence[node] as number);
      best[row] = (best[row] as number) + p * (chain.best[node] as number);
      forced[row] = (forced[row] as number) + p * (chain.forced[node] as number);
      entropy[row] = (entropy[row] as number) + p * (chain.entropy[node] as number);
      forcing[row] = (forcing[row] as number) + p * (chain.forcing[node] as number);
      for (let k = 0; k < arms; k += 1) {
        const own = armProbability[k] as number[];
        own[row] = (own[row] as number) + p * (chain.armProbability[node * arms + k] as number);
      }
    }
    let largest = 0;
    for (const node of reached) largest = Math.max(largest, chain.level[node] as number);
    const origin = isDifference ? largest : 0;
    if (tally.length < 2 * largest + 2) tally = new Float64Array(4 * largest + 4);
    for (const node of reached) {
      const p = next[node] as number;
      const level = chain.level[node] as number;
      const at = isDifference ? (chain.deviations[node * 2] as number) + origin : level;
      tally[at] = (tally[at] as number) + p;
      absolute[row] = (absolute[row] as number) + (p * level) / unit;
      squared[row] = (squared[row] as number) + p * squareOf(chain, node);
      if (level === 0) balanced[row] = (balanced[row] as number) + p;
    }
    const here = takeDistribution(tally, origin, unit);
    bandsOf(here).forEach((value, i) => ((bands[i] as number[])[row] = value));
    if (options.distributionByRow === true || row === rows - 1) byRow.push(here);
    [mass, next] = [next, mass];
    active = reached;
  }

  const final = active.map((node) => ({ node, p: mass[node] as number }));
  const byArm = ratio.map((w, k) => {
    const counts = new Tally();
    for (const { node, p } of final) {
      counts.add(((chain.deviations[node * arms + k] as number) + rows * w) / ratioSum, p);
    }
    const distribution = counts.toDistribution();
    return { mean: meanOf(distribution), standardDeviation: deviationOf(distribution), distribution };
  });
  const loss = final.reduce((sum, { node, p }) => {
    let own = 0;
    for (let k = 0; k < arms; k += 1) {
      own += (chain.deviations[node * arms + k] as number) ** 2 / (ratioSum * rows * (ratio[k] as number));
    }
    return sum + p * own;
  }, 0);
  const undefinedMeasures: UndefinedMeasure[] = undefinedByKnowledge(chain);
  const maximum = maximalLevels(chain);
  if (maximum === undefined) {
    undefinedMeasures.push({
      measure: "maximal",
      reason: "its distribution over this many rows and imbalances takes too much work to be exact; simulate it",
    });
  }
  const maximalDistribution = maximum && scaled(maximum, unit);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / rows;
  const knowsDesign = chain.knowledge !== "hidden";
  const deviations = ratioDeviations(armProbability, ratio, ratioSum);
  // Arrays of numbers are frozen by themselves, because going through their entries would take longer than the rest.
  const columns = [convergence, divergence, best, forced, entropy, forcing, absolute, squared, balanced];
  for (const column of [...columns, ...armProbability, ...bands]) Object.freeze(column);
  return deepFreeze({
    rows,
    ratio,
    knowledge: chain.knowledge,
    method: "exact",
    trials: 0,
    scale,
    correctGuesses: {
      convergence: exact(mean(convergence)),
      divergence: exact(mean(divergence)),
      ...(knowsDesign ? { maximumProbability: exact(mean(best)) } : {}),
    },
    ...(knowsDesign
      ? { forcedShare: exact(mean(forced)), entropy: exact(mean(entropy)), forcingIndex: exact(mean(forcing)) }
      : {}),
    balancedShare: exact(mean(balanced)),
    loss: exact(loss),
    finalAbsolute: exact(absolute[rows - 1] as number),
    finalSquared: exact(squared[rows - 1] as number),
    ...(maximalDistribution === undefined ? {} : { maximal: exact(meanOf(maximalDistribution)), maximalDistribution }),
    finalDistribution: byRow[byRow.length - 1] as Distribution,
    byArm,
    largestRatioDeviation: deviations.largest,
    byRow: {
      convergence,
      divergence,
      ...(knowsDesign ? { maximumProbability: best, forced, entropy, forcing } : {}),
      absoluteImbalance: absolute,
      squaredImbalance: squared,
      balanced,
      armProbability,
      ratioDeviation: deviations.byRow,
      imbalanceBands: bands,
    },
    ...(options.distributionByRow === true ? { distributionByRow: byRow } : {}),
    undefinedMeasures,
    states: chain.size,
  });
}

/** D^2, or sum_k (N_k - n w_k / W)^2. */
export function squareOf(chain: Chain, node: number): number {
  const { arms, ratioSum } = chain;
  if (chain.scale === "difference") return (chain.deviations[2 * node] as number) ** 2;
  let sum = 0;
  for (let k = 0; k < arms; k += 1) sum += (chain.deviations[node * arms + k] as number) ** 2;
  return sum / ratioSum ** 2;
}

/** The measures that need the design, where the guesser does not know it. */
export function undefinedByKnowledge(chain: Chain): UndefinedMeasure[] {
  if (chain.knowledge !== "hidden") return [];
  return ["maximumProbability", "forcedShare", "entropy", "forcingIndex"].map((measure) => ({
    measure,
    reason: "it is about what a guesser knows of the design, and this one knows only the ratio",
  }));
}

/** By row, and where it is largest: max_k abs(P(arm k) - w_k / W). Rounding below 1e-12 counts as none. */
export function ratioDeviations(
  armProbability: readonly (readonly number[])[],
  ratio: readonly number[],
  ratioSum: number,
): { byRow: readonly number[]; largest: { value: number; row: number; arm: number } } {
  const rows = armProbability[0]?.length ?? 0;
  let largest = { value: 0, row: 0, arm: 0 };
  const byRow = Array.from({ length: rows }, (_, row) => {
    let most = 0;
    ratio.forEach((w, arm) => {
      const difference = Math.abs((armProbability[arm]?.[row] as number) - w / ratioSum);
      const value = difference < 1e-12 ? 0 : difference;
      if (value > most) most = value;
      if (value > largest.value + 1e-15) largest = { value, row: row + 1, arm };
    });
    return most;
  });
  return { byRow: Object.freeze(byRow), largest };
}

function takeDistribution(tally: Float64Array, origin: number, unit: number): Distribution {
  const values: number[] = [];
  const probabilities: number[] = [];
  for (let at = 0; at < tally.length; at += 1) {
    const p = tally[at] as number;
    if (p === 0) continue;
    tally[at] = 0;
    values.push((at - origin) / unit);
    probabilities.push(p);
  }
  return Object.freeze({ values: Object.freeze(values), probabilities: Object.freeze(probabilities) });
}

function scaled(distribution: Distribution, unit: number): Distribution {
  return { values: distribution.values.map((value) => value / unit), probabilities: distribution.probabilities };
}

function longer(column: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(length);
  copy.set(column);
  return copy;
}

/** @throws AllocellError `assessment.precision_invalid` unless the value is above 0 and finite */
export function requirePrecision(value: number): void {
  if (!(value > 0) || !Number.isFinite(value)) {
    fail("assessment.precision_invalid", "precision", "A requested precision is a standard error above 0.", {
      expected: "a finite number above 0",
      received: String(value),
    });
  }
}

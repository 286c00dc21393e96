import { deepFreeze, fail } from "../foundation/index.js";
import {
  addRationals,
  compareRationals,
  multiplyRationals,
  rational,
  rationalToNumber,
  rationalToText,
  subtractRationals,
  type Rational,
} from "../procedure/index.js";
import type { Chain } from "./chain.js";
import type { Estimate, Measures } from "./model.js";

/** Most rows for fractions: their lengths grow with the rows. */
export const MOST_FRACTION_ROWS = 200;

/** Measures of one list as fractions in lowest terms. */
export interface Fractions {
  readonly convergence: Rational;
  readonly divergence: Rational;
  readonly maximumProbability: Rational;
  readonly forcedShare: Rational;
  /** 4 mean abs(p - 1/2); absent unless there are two arms at 1:1, because a norm is irrational. */
  readonly forcingIndex?: Rational;
  readonly balancedShare: Rational;
  readonly loss: Rational;
  readonly finalAbsolute: Rational;
  readonly finalSquared: Rational;
  readonly maximal: Rational;
  readonly squaredByRow: readonly Rational[];
  /** [arm][row]. */
  readonly armProbability: readonly (readonly Rational[])[];
  readonly forcedByRow: readonly Rational[];
  /** By W |deviation|, in rising order: the largest imbalance at any row, in units of `unit`. */
  readonly maximalDistribution: readonly (readonly [level: number, probability: Rational])[];
  /** Sum of the probabilities of all states after the last row: 1 unless something is wrong. */
  readonly total: Rational;
}

const ZERO = rational(0);

/**
 * The measures of {@link exactMeasures} as exact fractions, by the same walk over the same states; fractions are
 * cancelled once a state, not once a path.
 *
 * @throws AllocellError `assessment.fractions_too_long` above {@link MOST_FRACTION_ROWS} rows;
 *   `procedure.hidden_draws_unbounded` for drop the loser; `assessment.rows_beyond_end`
 */
export function exactFractions(chain: Chain): Fractions {
  const { arms, rows, ratio, ratioSum, scale } = chain;
  if (rows > MOST_FRACTION_ROWS) {
    fail("assessment.fractions_too_long", "rows", "Fractions are computed for short lists only.", {
      expected: `at most ${MOST_FRACTION_ROWS} rows; doubles have no such limit`,
      received: `${rows} rows`,
    });
  }
  const unit = scale === "difference" ? 1 : ratioSum;
  const shared = new Map<number, SharedFractions>();
  const at = (node: number): SharedFractions => {
    const known = shared.get(node) ?? fractionsAt(chain, node);
    shared.set(node, known);
    return known;
  };
  const sums = { convergence: ZERO, divergence: ZERO, best: ZERO, balanced: ZERO };
  const forcedByRow: Rational[] = [];
  const squaredByRow: Rational[] = [];
  const armProbability = ratio.map((): Rational[] => []);
  // By node, then by largest level so far.
  type Layer = Map<number, Map<number, Rational>>;
  const put = (layer: Layer, node: number, level: number, probability: Rational): void => {
    const own = layer.get(node) ?? new Map<number, Rational>();
    layer.set(node, own);
    const known = own.get(level);
    own.set(level, known === undefined ? probability : addRationals(known, probability));
  };
  let layer: Layer = new Map();
  for (const { node, branch } of chain.starts) put(layer, node, 0, fractionOf(branch));
  for (let row = 0; row < rows; row += 1) {
    const next: Layer = new Map();
    let [forced, squared] = [ZERO, ZERO];
    const byArm = ratio.map(() => ZERO);
    for (const [node, byLevel] of layer) {
      const own = at(node);
      if (own.edges.length === 0) chain.requireEdges(node, row);
      const mass = sumOf(byLevel.values());
      sums.convergence = addRationals(sums.convergence, multiplyRationals(mass, own.convergence));
      sums.divergence = addRationals(sums.divergence, multiplyRationals(mass, own.divergence));
      sums.best = addRationals(sums.best, multiplyRationals(mass, own.best));
      if (own.isForced) forced = addRationals(forced, mass);
      own.byArm.forEach((p, k) => (byArm[k] = addRationals(byArm[k] ?? ZERO, multiplyRationals(mass, p))));
      for (const { to, share } of own.edges) {
        const level = chain.level[to] as number;
        for (const [largest, p] of byLevel) put(next, to, Math.max(largest, level), multiplyRationals(p, share));
      }
    }
    for (const [node, byLevel] of next) {
      const mass = sumOf(byLevel.values());
      squared = addRationals(squared, multiplyRationals(mass, squareAt(chain, node)));
      if (chain.level[node] === 0) sums.balanced = addRationals(sums.balanced, mass);
    }
    forcedByRow.push(forced);
    squaredByRow.push(squared);
    byArm.forEach((p, k) => armProbability[k]?.push(p));
    layer = next;
  }

  let [loss, absolute, maximal, total] = [ZERO, ZERO, ZERO, ZERO];
  const largest = new Map<number, Rational>();
  for (const [node, byLevel] of layer) {
    const mass = sumOf(byLevel.values());
    total = addRationals(total, mass);
    absolute = addRationals(absolute, multiplyRationals(mass, rational(chain.level[node] as number, unit)));
    let own = ZERO;
    for (let k = 0; k < arms; k += 1) {
      const deviation = BigInt(chain.deviations[node * arms + k] as number);
      own = addRationals(own, rational(deviation ** 2n, BigInt(ratioSum * rows * (ratio[k] as number))));
    }
    loss = addRationals(loss, multiplyRationals(mass, own));
    for (const [level, p] of byLevel) {
      largest.set(level, addRationals(largest.get(level) ?? ZERO, p));
      maximal = addRationals(maximal, multiplyRationals(p, rational(level, unit)));
    }
  }
  const mean = (sum: Rational): Rational => multiplyRationals(sum, rational(1, rows));
  const best = mean(sums.best);
  return deepFreeze({
    convergence: mean(sums.convergence),
    divergence: mean(sums.divergence),
    maximumProbability: best,
    forcedShare: mean(sumOf(forcedByRow)),
    ...(scale === "difference"
      ? { forcingIndex: multiplyRationals(rational(4), subtractRationals(best, rational(1, 2))) }
      : {}),
    balancedShare: mean(sums.balanced),
    loss,
    finalAbsolute: absolute,
    finalSquared: squaredByRow[rows - 1] as Rational,
    maximal,
    squaredByRow,
    armProbability,
    forcedByRow,
    maximalDistribution: [...largest].sort(([a], [b]) => a - b),
    total,
  });
}

/** Measures in doubles with their fractions beside them; each double is then the nearest to its fraction. */
export function withFractions(measures: Measures, fractions: Fractions): Measures {
  const both = (value: Rational): Estimate => ({
    value: rationalToNumber(value),
    standardError: 0,
    fraction: rationalToText(value),
  });
  const knows = measures.knowledge !== "hidden";
  return deepFreeze({
    ...measures,
    correctGuesses: {
      convergence: both(fractions.convergence),
      divergence: both(fractions.divergence),
      ...(knows ? { maximumProbability: both(fractions.maximumProbability) } : {}),
    },
    ...(knows ? { forcedShare: both(fractions.forcedShare) } : {}),
    ...(knows && fractions.forcingIndex !== undefined ? { forcingIndex: both(fractions.forcingIndex) } : {}),
    balancedShare: both(fractions.balancedShare),
    loss: both(fractions.loss),
    finalAbsolute: both(fractions.finalAbsolute),
    finalSquared: both(fractions.finalSquared),
    maximal: both(fractions.maximal),
  });
}

interface SharedFractions {
  readonly edges: readonly { readonly to: number; readonly share: Rational }[];
  readonly byArm: readonly Rational[];
  readonly convergence: Rational;
  readonly divergence: Rational;
  readonly best: Rational;
  readonly isForced: boolean;
}

function fractionsAt(chain: Chain, node: number): SharedFractions {
  chain.expand(node);
  const { arms, ratio } = chain;
  const first = chain.edgeFrom[node] as number;
  const branches = chain.exactEdges(node);
  const edges = branches.map((branch, i) => ({ to: chain.target[first + i] as number, share: fractionOf(branch) }));
  const byArm = ratio.map(() => ZERO);
  branches.forEach((branch, i) => {
    byArm[branch.arm] = addRationals(byArm[branch.arm] ?? ZERO, edges[i]?.share ?? ZERO);
  });
  // Quotients N_k / w_k less n / W.
  const ahead = ratio.map((w, k) => rational(chain.deviations[node * arms + k] as number, w));
  const guess = (sign: number): Rational => {
    const top = ahead.reduce((a, b) => (sign * compareRationals(b, a) > 0 ? b : a));
    const tied = byArm.filter((_, k) => compareRationals(ahead[k] ?? ZERO, top) === 0);
    return multiplyRationals(sumOf(tied), rational(1, tied.length));
  };
  return {
    edges,
    byArm,
    convergence: guess(-1),
    divergence: guess(1),
    best: byArm.reduce((a, b) => (compareRationals(a, b) >= 0 ? a : b)),
    isForced: byArm.some(({ numerator, denominator }) => numerator === denominator),
  };
}

function squareAt(chain: Chain, node: number): Rational {
  const { arms, ratioSum, scale } = chain;
  if (scale === "difference") return rational((chain.level[node] as number) ** 2);
  let sum = 0n;
  for (let k = 0; k < arms; k += 1) sum += BigInt(chain.deviations[node * arms + k] as number) ** 2n;
  return rational(sum, BigInt(ratioSum) ** 2n);
}

function fractionOf(branch: { readonly numerator?: bigint; readonly denominator?: bigint }): Rational {
  const { numerator, denominator } = branch;
  if (numerator === undefined || denominator === undefined) {
    return fail(
      "procedure.hidden_draws_unbounded",
      "procedure",
      "This procedure's probabilities are no finite fractions.",
      {
        expected: "doubles instead of fractions",
      },
    );
  }
  return rational(numerator, denominator);
}

function sumOf(values: Iterable<Rational>): Rational {
  let sum = ZERO;
  for (const value of values) sum = addRationals(sum, value);
  return sum;
}

import { fraction, fractionText, lowest } from "../quantity/index.js";
import { greatestCommonDivisor } from "./fixedPoint.js";
import { compareRootSums, rootSumFloor, rootSumText, type RootSum } from "./rootSum.js";
import type { Balls } from "./urn.js";

/** How the imbalance of one factor is measured over the arms: range, variance (divisor arms - 1) or its square root. */
export type ImbalanceMeasure = "range" | "variance" | "sd";

/** What the score of an arm is computed from. */
export interface ScoreSetting {
  /** The ratio in lowest terms. */
  readonly ratio: readonly number[];
  /** Importance of each factor, whole numbers >= 1. */
  readonly weights: readonly number[];
}

/** Scores of all arms, one kind of number for each measure. */
export interface ScoreRule<Score> {
  /**
   * The scores if the participant went to each arm in turn.
   *
   * @param counts - participants by level and arm: entry level x arms + arm
   * @param rows - where the counts of the participant's level begin, one entry a factor
   */
  scores(counts: readonly number[], rows: readonly number[]): readonly Score[];
  compare(a: Score, b: Score): number;
  /** The score as whole numbers that keep its proportions (a square root: 64 binary places, rounded down). */
  whole(score: Score): bigint;
  /** The score exactly, "3/4"; with square roots to 15 decimal places, rounded down. */
  text(score: Score): string;
}

/**
 * Scores by range or variance, exact in whole numbers.
 *
 * x_j = N_j / w_j is multiplied by the least common multiple L of the ratio: y_j = N_j L / w_j. The range score is
 * sum weight (max y - min y), L times the true one; the variance score sum weight (k sum y^2 - (sum y)^2),
 * k (k - 1) L^2 times the true one. Plain numbers while these stay below 2^53, else bigints.
 */
export function wholeScores(setting: ScoreSetting, measure: "range" | "variance"): ScoreRule<Balls> {
  const { ratio, weights } = setting;
  const arms = ratio.length;
  const multiple = leastCommonMultiple(ratio);
  const bigSteps = ratio.map((w) => multiple / BigInt(w));
  const steps = bigSteps.map(Number);
  const largestStep = Math.max(...steps);
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const unit = measure === "range" ? multiple : BigInt(arms * (arms - 1)) * multiple * multiple;

  /** Whether every intermediate result is below 2^53 for counts up to `largest`. */
  const isSmall = (largest: number): boolean => {
    const y = (largest + 1) * largestStep;
    return (measure === "range" ? y * weightSum : y * arms * (y * arms) * weightSum) <= Number.MAX_SAFE_INTEGER;
  };
  // Plain loops: a simulation is mostly this.
  const small = (counts: readonly number[], rows: readonly number[]): number[] => {
    const scores = new Array<number>(arms).fill(0);
    for (let factor = 0; factor < rows.length; factor += 1) {
      const weight = weights[factor] as number;
      for (let candidate = 0; candidate < arms; candidate += 1) {
        const score = smallScore(measure, counts, rows[factor] as number, steps, candidate);
        scores[candidate] = (scores[candidate] as number) + weight * score;
      }
    }
    return scores;
  };
  const big = (counts: readonly number[], rows: readonly number[]): bigint[] =>
    ratio.map((_, candidate) =>
      rows.reduce((score, row, factor) => {
        const y = levelCounts(counts, row, bigSteps, candidate);
        const least = y.reduce((a, b) => (b < a ? b : a));
        const most = y.reduce((a, b) => (b > a ? b : a));
        return score + BigInt(weights[factor] as number) * (measure === "range" ? most - least : spread(y));
      }, 0n),
    );

  return {
    scores: (counts, rows) => {
      let largest = 0;
      for (const row of rows) {
        for (let arm = 0; arm < arms; arm += 1) largest = Math.max(largest, counts[row + arm] as number);
      }
      return isSmall(largest) ? small(counts, rows) : big(counts, rows);
    },
    compare: (a, b) => (a < b ? -1 : a > b ? 1 : 0),
    whole: BigInt,
    text: (score) => fractionText(lowest(fraction(score, unit))),
  };
}

/** The score of one level in plain numbers, as if the participant were given the arm `candidate`. */
function smallScore(
  measure: "range" | "variance",
  counts: readonly number[],
  row: number,
  steps: readonly number[],
  candidate: number,
): number {
  let sum = 0;
  let squares = 0;
  let least = Infinity;
  let most = 0;
  for (let arm = 0; arm < steps.length; arm += 1) {
    const y = ((counts[row + arm] as number) + (arm === candidate ? 1 : 0)) * (steps[arm] as number);
    sum += y;
    squares += y * y;
    if (y < least) least = y;
    if (y > most) most = y;
  }
  return measure === "range" ? most - least : steps.length * squares - sum * sum;
}

/** Scores by standard deviation: sums of square roots, compared exactly. */
export function rootScores(setting: ScoreSetting): ScoreRule<RootSum> {
  const { ratio, weights } = setting;
  const arms = BigInt(ratio.length);
  const multiple = leastCommonMultiple(ratio);
  const steps = ratio.map((w) => multiple / BigInt(w));
  const unit = arms * (arms - 1n) * multiple * multiple; // the true score is the sum over sqrt(unit)
  return {
    scores: (counts, rows) =>
      ratio.map((_, candidate) =>
        rows.map((row, factor) => ({
          factor: BigInt(weights[factor] as number),
          radicand: spread(levelCounts(counts, row, steps, candidate)),
        })),
      ),
    compare: compareRootSums,
    whole: (score) => rootSumFloor(score, 64n),
    text: (score) =>
      rootSumText(
        score.map(({ factor, radicand }) => ({ factor, radicand: radicand * unit })),
        unit,
      ),
  };
}

function levelCounts(
  counts: readonly number[],
  row: number,
  steps: readonly bigint[],
  candidate: number,
): readonly bigint[] {
  return steps.map((step, arm) => BigInt((counts[row + arm] as number) + (arm === candidate ? 1 : 0)) * step);
}

/** k sum y^2 - (sum y)^2, which is k (k - 1) times the variance. */
function spread(y: readonly bigint[]): bigint {
  const sum = y.reduce((a, b) => a + b, 0n);
  return BigInt(y.length) * y.reduce((a, b) => a + b * b, 0n) - sum * sum;
}

function leastCommonMultiple(ratio: readonly number[]): bigint {
  return ratio.map(BigInt).reduce((multiple, w) => (multiple / greatestCommonDivisor(multiple, w)) * w, 1n);
}

import { deepFreeze, fail, requireFields } from "../foundation/index.js";
import { carryRows, doublesOf } from "./carryRows.js";
import { requireChain, type Chain } from "./chain.js";
import { meanOf, summaryOf } from "./distribution.js";
import { ExactSums } from "./exactSums.js";
import { DESIGN_MEASURES, guessRows, TOO_MANY_BELIEFS, type GuessRows } from "./guessRows.js";
import { maximalLevels } from "./maximalLevels.js";
import type { Distribution, Estimate, Measures, UndefinedMeasure } from "./model.js";

/** What {@link exactMeasures} gives beyond the measures of a list. */
export interface ExactOptions {
  /** Whether to return the distribution of the imbalance after every row; absent: after the last only. */
  readonly distributionByRow?: boolean;
}

const exact = (value: number): Estimate => ({ value, standardError: 0 });

/**
 * Exact measures of one list in doubles: probabilities of the nodes are carried from row to row, equal nodes merged, and
 * every measure is added up at each node; what a guesser knows who does not see all that is drawn is walked apart.
 *
 * @throws AllocellError `assessment.too_many_states`, `assessment.rows_beyond_end`, `assessment.measure_undefined`
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function exactMeasures(chain: Chain, options: ExactOptions = {}): Measures {
  requireChain(chain);
  requireFields(options, "the options of exact measures", {});
  const { rows, ratio, ratioSum, scale } = chain;
  const sums = new ExactSums(chain, options.distributionByRow === true);
  carryRows(chain, doublesOf(chain), (row, layer) => {
    if (row < rows) sums.before(row, layer);
    if (row > 0) sums.after(row - 1, layer);
    if (row === rows) sums.end(layer);
    return undefined;
  });
  const { convergence, divergence, absolute, squared, loss, balanced, armProbability, bands, byRow } = sums;
  const { guesses, undefinedGuesses } = exactGuesses(chain, sums);
  const { maximal, undefinedMaximal } = exactMaximal(chain);
  const deviations = ratioDeviations(armProbability, ratio, ratioSum);
  // Arrays of numbers are frozen by themselves, because going through their entries would take longer than the rest.
  const columns = [convergence, divergence, absolute, squared, loss, balanced, ...Object.values(guesses ?? {})];
  for (const column of [...columns, ...armProbability, ...bands]) Object.freeze(column);
  return deepFreeze({
    rows,
    ratio,
    knowledge: chain.knowledge,
    method: "exact",
    trials: 0,
    scale,
    correctGuesses: {
      convergence: exact(meanOfRows(convergence)),
      divergence: exact(meanOfRows(divergence)),
      ...(guesses === undefined ? {} : { maximumProbability: exact(meanOfRows(guesses.maximumProbability)) }),
    },
    ...(guesses === undefined ? {} : meansOfGuesses(guesses)),
    balancedShare: exact(meanOfRows(balanced)),
    loss: exact(loss[rows - 1] as number),
    finalAbsolute: exact(absolute[rows - 1] as number),
    finalSquared: exact(squared[rows - 1] as number),
    ...maximal,
    finalDistribution: byRow[byRow.length - 1] as Distribution,
    byArm: sums.byArm.map((counts) => summaryOf(counts.toDistribution())),
    largestRatioDeviation: deviations.largest,
    byRow: {
      convergence,
      divergence,
      ...(guesses ?? {}),
      absoluteImbalance: absolute,
      squaredImbalance: squared,
      loss,
      balanced,
      armProbability,
      ratioDeviation: deviations.byRow,
      imbalanceBands: bands,
    },
    ...(options.distributionByRow === true ? { distributionByRow: byRow } : {}),
    undefinedMeasures: [...undefinedByKnowledge(chain), ...undefinedGuesses, ...undefinedMaximal],
    states: chain.size,
  });
}

/** What a guesser has who knows the design, unless he knows too much to be followed exactly. */
function exactGuesses(
  chain: Chain,
  sums: ExactSums,
): { readonly guesses: GuessRows | undefined; readonly undefinedGuesses: readonly UndefinedMeasure[] } {
  if (chain.knowledge === "hidden") return { guesses: undefined, undefinedGuesses: [] };
  const guesses = chain.isHidden ? guessRows(chain) : sums.guesses;
  const undefinedGuesses =
    guesses === undefined ? DESIGN_MEASURES.map((measure) => ({ measure, reason: TOO_MANY_BELIEFS })) : [];
  return { guesses, undefinedGuesses };
}

function meansOfGuesses(guesses: GuessRows): Pick<Measures, "forcedShare" | "entropy" | "forcingIndex"> {
  return {
    forcedShare: exact(meanOfRows(guesses.forced)),
    entropy: exact(meanOfRows(guesses.entropy)),
    forcingIndex: exact(meanOfRows(guesses.forcing)),
  };
}

function exactMaximal(chain: Chain): {
  readonly maximal: Pick<Measures, "maximal" | "maximalDistribution">;
  readonly undefinedMaximal: readonly UndefinedMeasure[];
} {
  const maximum = maximalLevels(chain);
  if (maximum === undefined) {
    const reason = "its distribution over this many rows and imbalances takes too much work to be exact; simulate it";
    return { maximal: {}, undefinedMaximal: [{ measure: "maximal", reason }] };
  }
  const maximalDistribution = scaled(maximum, chain.scale === "difference" ? 1 : chain.ratioSum);
  return { maximal: { maximal: exact(meanOf(maximalDistribution)), maximalDistribution }, undefinedMaximal: [] };
}

const meanOfRows = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The measures that need the design, where the guesser does not know it. */
export function undefinedByKnowledge(chain: Chain): UndefinedMeasure[] {
  if (chain.knowledge !== "hidden") return [];
  return DESIGN_MEASURES.map((measure) => ({
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

function scaled(distribution: Distribution, unit: number): Distribution {
  return { values: distribution.values.map((value) => value / unit), probabilities: distribution.probabilities };
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

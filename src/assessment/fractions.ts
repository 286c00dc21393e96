import { deepFreeze, fail, requireFields } from "../foundation/index.js";
import { fraction, fractionText, lowest, minus, times, toNumber, type Fraction } from "../quantity/index.js";
import { carryRows } from "./carryRows.js";
import { requireChain, type Chain } from "./chain.js";
import { byLevelOf, ExactEdges, FractionSums, sumOf } from "./fractionSums.js";
import { exactGuessRows } from "./guessRows.js";
import type { Estimate, Measures } from "./model.js";

/** Most rows for fractions: their lengths grow with the rows. */
export const MOST_FRACTION_ROWS = 200;

/** Measures of one list as fractions in lowest terms. */
export interface Fractions {
  readonly convergence: Fraction;
  readonly divergence: Fraction;
  /** Absent where the guesser does not know the design, or can know too much, as are the other measures of guessing. */
  readonly maximumProbability?: Fraction;
  readonly forcedShare?: Fraction;
  /** 4 mean abs(p - 1/2); absent also unless there are two arms at 1:1, because a norm is irrational. */
  readonly forcingIndex?: Fraction;
  readonly balancedShare: Fraction;
  readonly loss: Fraction;
  readonly finalAbsolute: Fraction;
  readonly finalSquared: Fraction;
  readonly maximal: Fraction;
  readonly squaredByRow: readonly Fraction[];
  /** [arm][row]. */
  readonly armProbability: readonly (readonly Fraction[])[];
  readonly forcedByRow?: readonly Fraction[];
  /** By W |deviation|, in rising order: the largest imbalance at any row, in units of `unit`. */
  readonly maximalDistribution: readonly (readonly [level: number, probability: Fraction])[];
  /** Sum of the probabilities of all states after the last row: 1 unless something is wrong. */
  readonly total: Fraction;
}

/**
 * The measures of {@link exactMeasures} as exact fractions, by the same walk over the same states; fractions are
 * cancelled once a state, not once a path.
 *
 * @throws AllocellError `assessment.fractions_too_long` above {@link MOST_FRACTION_ROWS} rows;
 *   `procedure.hidden_draws_unbounded` for drop the loser; `assessment.rows_beyond_end`
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function exactFractions(chain: Chain): Fractions {
  requireChain(chain);
  const { rows, scale, ratioSum } = chain;
  if (rows > MOST_FRACTION_ROWS) {
    fail("assessment.fractions_too_long", "rows", "Fractions are computed for short lists only.", {
      expected: `at most ${MOST_FRACTION_ROWS} rows; doubles have no such limit`,
      received: `${rows} rows`,
    });
  }
  const unit = scale === "difference" ? 1 : ratioSum;
  const edges = new ExactEdges(chain);
  const sums = new FractionSums(chain, edges);
  carryRows(chain, byLevelOf(chain, edges), (row, { nodes, masses }) => {
    const layer = nodes.map((node, i) => ({ node, byLevel: masses[i] ?? new Map<number, Fraction>() }));
    if (row < rows) sums.before(layer);
    if (row > 0) sums.after(layer);
    if (row === rows) sums.end(layer, unit);
    return undefined;
  });
  const mean = (sum: Fraction): Fraction => lowest(times(sum, fraction(1, rows)));
  const guesses = chain.knowledge === "hidden" ? undefined : exactGuessRows(chain);
  const best = guesses && mean(sumOf(guesses.best));
  return deepFreeze({
    convergence: mean(sums.convergence),
    divergence: mean(sums.divergence),
    ...(guesses === undefined || best === undefined
      ? {}
      : { maximumProbability: best, forcedShare: mean(sumOf(guesses.forced)), forcedByRow: guesses.forced }),
    ...(best !== undefined && scale === "difference"
      ? { forcingIndex: lowest(times(fraction(4), minus(best, fraction(1, 2)))) }
      : {}),
    balancedShare: mean(sums.balanced),
    loss: sums.loss,
    finalAbsolute: sums.absolute,
    finalSquared: sums.squaredByRow[rows - 1] as Fraction,
    maximal: sums.maximal,
    squaredByRow: sums.squaredByRow,
    armProbability: sums.armProbability,
    maximalDistribution: [...sums.largest].sort(([a], [b]) => a - b),
    total: sums.total,
  });
}

/**
 * Measures in doubles with their fractions beside them; each double is then the nearest to its fraction.
 *
 * @throws AllocellError `quantity.not_fraction`
 */
export function withFractions(measures: Measures, fractions: Fractions): Measures {
  requireFields(measures, "measures of a list", { knowledge: "text", correctGuesses: "a map" });
  requireFields(fractions, "fractions of a list", { convergence: "a map" });
  const both = (value: Fraction): Estimate => ({
    value: toNumber(value),
    standardError: 0,
    fraction: fractionText(value),
  });
  const { maximumProbability, forcedShare, forcingIndex } = fractions;
  return deepFreeze({
    ...measures,
    correctGuesses: {
      convergence: both(fractions.convergence),
      divergence: both(fractions.divergence),
      ...(maximumProbability === undefined
        ? measures.correctGuesses.maximumProbability && {
            maximumProbability: measures.correctGuesses.maximumProbability,
          }
        : { maximumProbability: both(maximumProbability) }),
    },
    ...(forcedShare === undefined ? {} : { forcedShare: both(forcedShare) }),
    ...(forcingIndex === undefined ? {} : { forcingIndex: both(forcingIndex) }),
    balancedShare: both(fractions.balancedShare),
    loss: both(fractions.loss),
    finalAbsolute: both(fractions.finalAbsolute),
    finalSquared: both(fractions.finalSquared),
    maximal: both(fractions.maximal),
  });
}

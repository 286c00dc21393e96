import { refuseUnknownOptions, requireTwoEqualArms } from "./checkOptions.js";
import {
  checkArm,
  checkProfile,
  covariateUrn,
  levelOffsets,
  type CovariateFactor,
  type CovariateUrn,
  type Profile,
} from "./covariates.js";
import { lowestBalls } from "./fixedPoint.js";
import type { Balls } from "./urn.js";

/** Arms and parameters of {@link atkinson}. */
export interface AtkinsonOptions {
  /** Two arms at 1:1. */
  readonly ratio: readonly number[];
  readonly factors: readonly CovariateFactor[];
}

/**
 * Biased coin by D-optimality (Atkinson): the arm that tells most about the treatment effect, adjusted for covariates,
 * is more likely.
 *
 * A design row x is 1, then for each factor an indicator of every level but the first. With F the rows so far and
 * b = +1 for A, -1 for B, a = x' beta, beta solving F'F beta = F'b, and P(A) = (1 - a)^2 / ((1 - a)^2 + (1 + a)^2).
 * Columns that depend on earlier ones have beta 0 (as in R's `lm`): a level nobody had yet counts as the first one.
 * Solved in whole numbers, a = u/v exactly, so that the balls are (v - u)^2 and (v + u)^2 in lowest terms. The first
 * participant has a fair coin. The ratio is kept at every row, because the arms can be exchanged.
 *
 * The state is F'F (lower triangle by rows), then F'b.
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms at 1:1 only), `procedure.ratio_invalid`,
 *   `procedure.factors_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`; `balls` and `after`
 *   throw `procedure.covariate_missing`, `procedure.covariate_level_unknown`, `procedure.covariate_unknown`
 * @see Atkinson 1982, Biometrika 69:61
 */
export function atkinson(options: AtkinsonOptions): CovariateUrn {
  refuseUnknownOptions(options, ["ratio", "factors"]);
  requireTwoEqualArms(options.ratio, "D-optimal biased coin design");
  options.factors.forEach((factor) => {
    refuseUnknownOptions(factor, ["levels"]);
  });
  const offsets = levelOffsets(options.factors);
  const columns = 1 + (offsets.at(-1) as number) - options.factors.length;
  const triangle = (columns * (columns + 1)) / 2;

  /** Indexes of the columns that are 1 in this participant's design row, ascending. */
  const onesOf = (profile: Profile): readonly number[] => {
    checkProfile(profile, offsets);
    // Column of level l >= 1 of factor i: 1 + (levels before) - (factors before) + l - 1
    return [0, ...profile.flatMap((level, i) => (level === 0 ? [] : [(offsets[i] as number) - i + level]))];
  };

  return covariateUrn({
    arms: 2,
    start: Object.freeze(Array.from({ length: triangle + columns }, () => 0)),
    balls: (state, profile) => {
      const { numerator, denominator } = predictedArm(state, columns, onesOf(profile));
      return balance(numerator, denominator);
    },
    add: (state, arm, profile) => {
      checkArm(arm, 2);
      const add = (place: number, by: number): void => {
        state[place] = (state[place] as number) + by;
      };
      const ones = onesOf(profile);
      for (const row of ones) {
        for (const column of ones) if (column <= row) add((row * (row + 1)) / 2 + column, 1);
        add(triangle + row, arm === 0 ? 1 : -1);
      }
    },
  });
}

function balance(u: bigint, v: bigint): readonly Balls[] {
  return lowestBalls([(v - u) ** 2n, (v + u) ** 2n]);
}

/**
 * x' beta as a fraction, by fraction-free Gauss-Jordan elimination in column order.
 *
 * F'F is positive semidefinite: where a pivot is 0 its whole remaining row is 0 and its column depends on earlier ones.
 */
function predictedArm(
  state: readonly number[],
  columns: number,
  ones: readonly number[],
): { readonly numerator: bigint; readonly denominator: bigint } {
  const triangle = (columns * (columns + 1)) / 2;
  const entry = (i: number, j: number): number =>
    state[(Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j)] ?? 0;
  const rows = Array.from({ length: columns }, (_, i) =>
    Array.from({ length: columns + 1 }, (_, j) => BigInt(j < columns ? entry(i, j) : (state[triangle + i] ?? 0))),
  );
  const at = (i: number, j: number): bigint => rows[i]?.[j] ?? 0n;
  let previous = 1n;
  const solved: number[] = [];
  for (let pivot = 0; pivot < columns; pivot += 1) {
    const divisor = at(pivot, pivot);
    if (divisor === 0n) continue;
    for (let i = 0; i < columns; i += 1) {
      if (i === pivot) continue;
      const factor = at(i, pivot);
      rows[i] = (rows[i] ?? []).map((value, j) => (divisor * value - factor * at(pivot, j)) / previous);
    }
    previous = divisor;
    solved.push(pivot);
  }
  // Every solved row now reads previous x beta_i = last entry.
  const numerator = solved.reduce((sum, i) => (ones.includes(i) ? sum + at(i, columns) : sum), 0n);
  return { numerator, denominator: previous };
}

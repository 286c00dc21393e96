import { fail } from "../foundation/index.js";
import { refuseUnknownOptions, wholeNumber } from "./checkOptions.js";
import {
  checkArm,
  checkProfile,
  covariateUrn,
  levelOffsets,
  type CovariateFactor,
  type CovariateUrn,
  type Profile,
} from "./covariates.js";
import { lawBalls, leastScoreMask, type LawBalls, type MinimizationLaw } from "./minimizationLaw.js";
import { rootScores, wholeScores, type ImbalanceMeasure, type ScoreRule } from "./minimizationScore.js";
import { reducedRatio } from "./permutedBlock.js";

export interface MinimizationFactor extends CovariateFactor {
  /** Importance, a whole number from 1 to 10^6; absent: 1. */
  readonly weight?: number;
}

/** Arms and parameters of {@link minimization}. */
export interface MinimizationOptions {
  /** Integer allocation ratio of 2 to 30 arms, each from 1 to 1000. */
  readonly ratio: readonly number[];
  readonly factors: readonly MinimizationFactor[];
  readonly measure: ImbalanceMeasure;
  readonly law: MinimizationLaw;
}

/**
 * Participants by level and arm: entry (offset of the factor + level) x arms + arm, factors in declared order. A
 * participant counts once in every factor.
 */
export type MinimizationState = readonly number[];

/** Why the next allocation has the probabilities that it has. */
export interface MinimizationScores {
  /** By arm: the score if the participant went there, "3/4"; for "sd" a decimal with 15 places. */
  readonly scores: readonly string[];
  /** Indexes of the arms with the least score. */
  readonly preferred: readonly number[];
}

export interface MinimizationUrn extends CovariateUrn {
  /** The scores of a participant, for people to check. */
  explain(state: MinimizationState, profile: Profile): MinimizationScores;
}

/**
 * Minimization by Pocock and Simon: the arm that would leave the least imbalance over the participant's own factor
 * levels is preferred.
 *
 * For each arm the participant is added to it; in each factor x_j = (participants of this level in arm j) / w_j, G is
 * the range, the variance (divisor arms - 1) or its square root of x over the arms, and the score is sum weight x G.
 * Scores are compared exactly, never in floating point; a law turns them into probabilities, which are integer balls.
 * At equal ratio the ratio is kept at every row, because the arms can be exchanged. At unequal ratio the fixed law is
 * Han's: it keeps the ratio where arm k is preferred with probability w_k / W, so in the long run, but not row by row
 * (2:1, one level, p 0.8: the first participant gets the larger arm with 0.9, the second with 0.27).
 *
 * @throws AllocellError `procedure.ratio_invalid`, `procedure.arms_unsupported` (more than 30),
 *   `procedure.factors_invalid`, `procedure.measure_unknown`, `procedure.parameter_out_of_range`,
 *   `procedure.option_unknown` and those of {@link lawBalls}; `balls` and `after` throw
 *   `procedure.covariate_missing`, `procedure.covariate_level_unknown`, `procedure.covariate_unknown`,
 *   `procedure.arm_unknown`
 * @example
 * const urn = minimization({
 *   ratio: [1, 1],
 *   factors: [{ levels: 2 }],
 *   measure: "range",
 *   law: { kind: "fixed", probability: "0.8" },
 * });
 * urn.balls(urn.after(urn.start, 0, [1]), [1]); // [1, 4]
 * @see Pocock & Simon 1975, Biometrics 31:103; Taves 1974, Clin Pharmacol Ther 15:443; Han, Enas & McEntegart 2009,
 *   Stat Med 28:3329
 */
export function minimization(options: MinimizationOptions): MinimizationUrn {
  refuseUnknownOptions(options, ["ratio", "factors", "measure", "law"]);
  const ratio = reducedRatio(options.ratio);
  if (ratio.length > 30) {
    fail("procedure.arms_unsupported", "ratio", "Minimization works for at most 30 arms.", {
      expected: "2 to 30 arms",
      received: `${ratio.length} arms`,
    });
  }
  const offsets = levelOffsets(options.factors);
  options.factors.forEach((factor) => {
    refuseUnknownOptions(factor, ["levels", "weight"]);
  });
  const weights = options.factors.map((factor, i) => wholeNumber(factor.weight ?? 1, `factors.${i}.weight`, 1, 1e6));
  const law = lawBalls(options.law, ratio);
  switch (options.measure) {
    case "range":
    case "variance":
      return minimizationUrn(ratio.length, offsets, wholeScores({ ratio, weights }, options.measure), law);
    case "sd":
      return minimizationUrn(ratio.length, offsets, rootScores({ ratio, weights }), law);
    default:
      return fail("procedure.measure_unknown", "measure", "There is no such measure of imbalance.", {
        expected: "range, variance or sd",
      });
  }
}

function minimizationUrn<Score>(
  arms: number,
  offsets: readonly number[],
  rule: ScoreRule<Score>,
  law: LawBalls,
): MinimizationUrn {
  const rowsOf = (profile: Profile): readonly number[] => {
    checkProfile(profile, offsets);
    return profile.map((level, i) => ((offsets[i] as number) + level) * arms);
  };
  const urn = covariateUrn({
    arms,
    start: Object.freeze(Array.from({ length: arms * (offsets.at(-1) as number) }, () => 0)),
    balls: (counts, profile) => law(rule.scores(counts, rowsOf(profile)), rule),
    add: (counts, arm, profile) => {
      checkArm(arm, arms);
      for (const row of rowsOf(profile)) counts[row + arm] = (counts[row + arm] as number) + 1;
    },
  });
  return {
    ...urn,
    explain: (counts, profile) => {
      const scores = rule.scores(counts, rowsOf(profile));
      const mask = leastScoreMask(scores, rule);
      const preferred = scores.flatMap((_, arm) => (((mask >> arm) & 1) === 1 ? [arm] : []));
      return Object.freeze({
        scores: Object.freeze(scores.map((score) => rule.text(score))),
        preferred: Object.freeze(preferred),
      });
    },
  };
}

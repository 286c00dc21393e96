import { fail } from "../foundation/index.js";
import { refuseUnknownOptions, requireTwoEqualArms, wholeNumber } from "./checkOptions.js";
import {
  checkArm,
  checkProfile,
  covariateUrn,
  levelOffsets,
  type CovariateFactor,
  type CovariateUrn,
  type Profile,
} from "./covariates.js";
import { biasedCoinBalls } from "./efron.js";
import type { ParameterInput } from "./parameter.js";

export interface HuHuFactor extends CovariateFactor {
  /** Weight w_i of the imbalance within the participant's level, a whole number from 0 to 10^6. */
  readonly weight: number;
}

/** Arms and parameters of {@link huHu}. */
export interface HuHuOptions {
  /** Two arms at 1:1. */
  readonly ratio: readonly number[];
  readonly factors: readonly HuHuFactor[];
  /** Weight w_o of the overall imbalance, a whole number from 0 to 10^6. */
  readonly overallWeight: number;
  /** Weight w_s of the imbalance within the stratum (all factors together), a whole number from 0 to 10^6. */
  readonly stratumWeight: number;
  /** Probability p of the arm that reduces the imbalance, in [1/2, 1], both ends included. */
  readonly probability: ParameterInput;
}

/** Most strata, the product of all levels, if the stratum has a weight. */
const MOST_STRATA = 100_000;

/**
 * Covariate-adaptive randomization by Hu and Hu: overall, marginal and stratum imbalances together decide the coin.
 *
 * With every D = N_A - N_B, g = w_o D + sum_i w_i D(level of factor i) + w_s D(stratum); A has probability 1 - p, 1/2 or
 * p for g > 0, g = 0 or g < 0. Only w_s: Efron's coin in every stratum; only w_i: minimization by variance. The ratio
 * is kept at every row, because the arms can be exchanged.
 *
 * The state lists the differences: overall, then every level of every factor, then, if w_s > 0, every stratum (first
 * factor fastest).
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms at 1:1 only), `procedure.ratio_invalid`,
 *   `procedure.factors_invalid`, `procedure.weights_invalid` (all 0), `procedure.strata_too_many` (above 100000),
 *   `procedure.rational_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`; `balls` and `after`
 *   throw `procedure.covariate_missing`, `procedure.covariate_level_unknown`, `procedure.covariate_unknown`
 * @see Hu & Hu 2012, Ann Stat 40:1794
 */
export function huHu(options: HuHuOptions): CovariateUrn {
  refuseUnknownOptions(options, ["ratio", "factors", "overallWeight", "stratumWeight", "probability"]);
  requireTwoEqualArms(options.ratio, "covariate-adaptive design of Hu and Hu");
  const { factors } = options;
  const offsets = levelOffsets(factors);
  const weights = factors.map((factor, i) => {
    refuseUnknownOptions(factor, ["levels", "weight"]);
    return wholeNumber(factor.weight, `factors.${i}.weight`, 0, 1e6);
  });
  const overallWeight = wholeNumber(options.overallWeight, "overallWeight", 0, 1e6);
  const stratumWeight = wholeNumber(options.stratumWeight, "stratumWeight", 0, 1e6);
  if (overallWeight + stratumWeight + weights.reduce((sum, weight) => sum + weight, 0) === 0) {
    fail("procedure.weights_invalid", "overallWeight", "At least one weight must be above 0.");
  }
  const strata = factors.reduce((product, { levels }) => product * levels, 1);
  if (stratumWeight > 0 && strata > MOST_STRATA) {
    fail("procedure.strata_too_many", "factors", `A stratum weight works for up to ${MOST_STRATA} strata.`, {
      expected: `at most ${MOST_STRATA} combinations of levels, or a stratum weight of 0`,
      received: `${strata} combinations`,
    });
  }
  const coin = biasedCoinBalls(options.probability);
  const levelsEnd = 1 + (offsets.at(-1) as number);

  /** Where the state holds the differences that this participant counts in: overall, levels, stratum. */
  const placesOf = (profile: Profile): number[] => {
    checkProfile(profile, offsets);
    const places = [0, ...profile.map((level, i) => 1 + (offsets[i] as number) + level)];
    if (stratumWeight > 0) {
      const stratum = profile.reduceRight((index, level, i) => index * (factors[i] as HuHuFactor).levels + level, 0);
      places.push(levelsEnd + stratum);
    }
    return places;
  };
  const placeWeights = [overallWeight, ...weights, stratumWeight];

  return covariateUrn({
    arms: 2,
    start: Object.freeze(Array.from({ length: levelsEnd + (stratumWeight > 0 ? strata : 0) }, () => 0)),
    balls: (differences, profile) =>
      coin(
        placesOf(profile).reduce(
          (sum, place, i) => sum + (placeWeights[i] as number) * (differences[place] as number),
          0,
        ),
      ),
    add: (differences, arm, profile) => {
      checkArm(arm, 2);
      for (const place of placesOf(profile)) differences[place] = (differences[place] as number) + (arm === 0 ? 1 : -1);
    },
  });
}

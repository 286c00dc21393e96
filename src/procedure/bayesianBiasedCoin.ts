import { fraction, lowest } from "../quantity/index.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { GAMMA } from "./parameterTexts.js";
import { boundedParameter, type ParameterInput } from "./parameter.js";
import { refuseUnknownOptions, requireTwoEqualArms } from "./checkOptions.js";
import { powerBalls } from "./fixedPoint.js";
import { anExactFraction } from "./parameterSchema.js";
import type { Urn } from "./urn.js";
import { addOne } from "./wei.js";

/** Arms and parameters of {@link bayesianBiasedCoin}. */
export interface BayesianBiasedCoinOptions {
  /** Two arms at 1:1. */
  readonly ratio: readonly number[];
  /** Gamma, a fraction in [1/100, 1000], both ends included: the smaller, the stronger the pull to balance. */
  readonly gamma: ParameterInput;
}

/**
 * The Bayesian biased coin BBCD(gamma): the first participant by a fair coin, the second gets the other arm, then
 * f_A : f_B with f_A = (1 + N_B / (n N_A))^(1/gamma) and f_B with the arms exchanged.
 *
 * Multiplied out, f_A : f_B = [(n N_A + N_B) N_B]^(1/gamma) : [(n N_B + N_A) N_A]^(1/gamma), which also gives the second
 * participant the other arm. A whole 1/gamma gives these integers as balls in lowest terms; any other gives them as
 * {@link powerBalls} defines. The ratio is kept at every row. The state is the participants by arm.
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms at 1:1 only), `procedure.ratio_invalid`,
 *   `procedure.rational_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * bayesianBiasedCoin({ ratio: [1, 1], gamma: "1/2" }).balls([2, 1], undefined); // [49, 100]
 * @see Ball, Smith & Verdinelli 1993, J Stat Plan Inference 34:403
 */
export function bayesianBiasedCoin(options: BayesianBiasedCoinOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "gamma"]);
  requireTwoEqualArms(options.ratio, "Bayesian biased coin design");
  const gamma = boundedParameter(options.gamma, "gamma", fraction(1, 100), fraction(1000));
  const exponent = lowest(fraction(gamma.denominator, gamma.numerator));
  return {
    arms: 2,
    start: Object.freeze([0, 0]),
    balls: (counts) => {
      const [a, b] = counts.map(BigInt) as [bigint, bigint];
      if (a === b) return [1, 1];
      const n = a + b;
      return powerBalls([(n * a + b) * b, (n * b + a) * a], exponent);
    },
    after: addOne,
  };
}

/** {@link bayesianBiasedCoin} as a plan states it. */
export interface BayesianBiasedCoinSpec {
  readonly kind: "bayesian-biased-coin";
  readonly gamma: ParameterInput;
}

export const bayesianBiasedCoinDefinition: Definition<BayesianBiasedCoinSpec> = {
  algorithm: "allocell-bbc-1",
  parameters: () => ({ gamma: anExactFraction() }),
  urn: (spec, ratio) => bayesianBiasedCoin({ ratio, gamma: spec.gamma }),
  keepsUnequalRatio: false,
};

export const bayesianBiasedCoinOffer: Offer<BayesianBiasedCoinSpec> = {
  name: { en: "the Bayesian biased coin design", zh: "贝叶斯偏币法" },
  design: (spec) => ({
    name: `Bayesian biased coin, gamma ${spec.gamma}`,
    label: `BBC ${spec.gamma}`,
    family: "biased coin",
  }),
  parameters: { gamma: GAMMA },
  usual: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "bayesian-biased-coin", gamma: "0.1" }] : []),
    isFree: true,
  },
};

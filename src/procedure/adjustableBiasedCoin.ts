import { fraction, ZERO } from "../quantity/index.js";
import { nextDifference } from "./bigStick.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { STEEPNESS } from "./parameterTexts.js";
import { boundedParameter, type ParameterInput } from "./parameter.js";
import { refuseUnknownOptions, requireTwoEqualArms } from "./checkOptions.js";
import { powerBalls } from "./fixedPoint.js";
import { anExactFraction } from "./parameterSchema.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link adjustableBiasedCoin}. */
export interface AdjustableBiasedCoinOptions {
  /** Two arms at 1:1. */
  readonly ratio: readonly number[];
  /** Steepness a, a fraction in [0, 100], both ends included; 0 is complete randomization. */
  readonly steepness: ParameterInput;
}

/**
 * The adjustable biased coin ABCD(a): the larger the imbalance, the stronger the pull to the smaller arm.
 *
 * With D = N_A - N_B: fair while abs(D) <= 1, else weight 1 for the larger and abs(D)^a for the smaller arm. A whole a
 * gives these integers as balls; any other a gives them as {@link powerBalls} defines. The ratio is kept at every row.
 * The state is D.
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms at 1:1 only), `procedure.ratio_invalid`,
 *   `procedure.rational_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * adjustableBiasedCoin({ ratio: [1, 1], steepness: 2 }).balls(-3, undefined); // [9, 1]
 * @see Baldi Antognini & Giovagnoli 2004, J R Stat Soc C 53:651
 */
export function adjustableBiasedCoin(options: AdjustableBiasedCoinOptions): Urn<number> {
  refuseUnknownOptions(options, ["ratio", "steepness"]);
  requireTwoEqualArms(options.ratio, "adjustable biased coin design");
  const exponent = boundedParameter(options.steepness, "steepness", ZERO, fraction(100));
  return {
    arms: 2,
    start: 0,
    balls: (difference) => {
      if (difference >= -1 && difference <= 1) return [1, 1];
      const imbalance = BigInt(Math.abs(difference));
      return powerBalls(difference < 0 ? [imbalance, 1n] : [1n, imbalance], exponent);
    },
    after: nextDifference,
  };
}

/** {@link adjustableBiasedCoin} as a plan states it. */
export interface AdjustableBiasedCoinSpec {
  readonly kind: "adjustable-biased-coin";
  readonly steepness: ParameterInput;
}

export const adjustableBiasedCoinDefinition: Definition<AdjustableBiasedCoinSpec> = {
  algorithm: "allocell-abc-1",
  parameters: () => ({ steepness: anExactFraction() }),
  urn: (spec, ratio) => adjustableBiasedCoin({ ratio, steepness: spec.steepness }),
  keepsUnequalRatio: false,
};

export const adjustableBiasedCoinOffer: Offer<AdjustableBiasedCoinSpec> = {
  name: { en: "the adjustable biased coin design", zh: "可调偏币法" },
  design: (spec) => ({
    name: `adjustable biased coin, steepness ${spec.steepness}`,
    label: `ABC ${spec.steepness}`,
    family: "biased coin",
  }),
  parameters: { steepness: STEEPNESS },
  usual: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "adjustable-biased-coin", steepness: 2 }] : []),
    isFree: true,
  },
};

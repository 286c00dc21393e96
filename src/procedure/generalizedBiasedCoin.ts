import { fraction, ZERO } from "../quantity/index.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { EXPONENT } from "./parameterTexts.js";
import { boundedParameter, type ParameterInput } from "./parameter.js";
import { refuseUnknownOptions, requireTwoEqualArms } from "./checkOptions.js";
import { powerBalls } from "./fixedPoint.js";
import { anExactFraction } from "./parameterSchema.js";
import type { Urn } from "./urn.js";
import { addOne } from "./wei.js";

/** Arms and parameters of {@link generalizedBiasedCoin}. */
export interface GeneralizedBiasedCoinOptions {
  /** Two arms at 1:1. */
  readonly ratio: readonly number[];
  /** Exponent r, a fraction in [0, 100], both ends included; 0 is complete randomization, 1 Wei's UD(0, 1). */
  readonly exponent: ParameterInput;
}

/**
 * Smith's generalized biased coin GBC(r): weights N_B^r for A and N_A^r for B; the first participant by a fair coin.
 *
 * With r > 0 the second participant gets the other arm with certainty. A whole r gives these integers as balls in lowest
 * terms; any other r gives them as {@link powerBalls} defines. The ratio is kept at every row. The state is the
 * participants by arm.
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms at 1:1 only), `procedure.ratio_invalid`,
 *   `procedure.rational_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * generalizedBiasedCoin({ ratio: [1, 1], exponent: 2 }).balls([1, 3], undefined); // [9, 1]
 * @see Smith 1984, J R Stat Soc B 46:519
 */
export function generalizedBiasedCoin(options: GeneralizedBiasedCoinOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "exponent"]);
  requireTwoEqualArms(options.ratio, "generalized biased coin design");
  const exponent = boundedParameter(options.exponent, "exponent", ZERO, fraction(100));
  return {
    arms: 2,
    start: Object.freeze([0, 0]),
    balls: ([a = 0, b = 0]) => (a === b ? [1, 1] : powerBalls([BigInt(b), BigInt(a)], exponent)),
    after: addOne,
  };
}

/** {@link generalizedBiasedCoin} as a plan states it. */
export interface GeneralizedBiasedCoinSpec {
  readonly kind: "generalized-biased-coin";
  readonly exponent: ParameterInput;
}

export const generalizedBiasedCoinDefinition: Definition<GeneralizedBiasedCoinSpec> = {
  algorithm: "allocell-gbc-1",
  parameters: () => ({ exponent: anExactFraction() }),
  urn: (spec, ratio) => generalizedBiasedCoin({ ratio, exponent: spec.exponent }),
  keepsUnequalRatio: false,
};

export const generalizedBiasedCoinOffer: Offer<GeneralizedBiasedCoinSpec> = {
  name: { en: "the generalized biased coin design", zh: "广义偏币法" },
  design: (spec) => ({
    name: `generalized biased coin, exponent ${spec.exponent}`,
    label: `GBC ${spec.exponent}`,
    family: "biased coin",
  }),
  parameters: { exponent: EXPONENT },
  usual: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "generalized-biased-coin", exponent: 2 }] : []),
    isFree: true,
  },
};

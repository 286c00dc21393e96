import { nextDifference } from "./bigStick.js";
import { refuseUnknownOptions, requireTwoEqualArms, wholeNumber } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { PROBABILITY, TOLERANCE } from "./parameterTexts.js";
import { biasedCoinBalls } from "./efron.js";
import type { ParameterInput } from "./parameter.js";
import { anExactFraction, aWholeNumber } from "./parameterSchema.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link chen}. */
export interface ChenOptions {
  /** Two arms at 1:1. */
  readonly ratio: readonly number[];
  /** Probability q of the smaller arm below the tolerance, in [1/2, 1], both ends included. */
  readonly probability: ParameterInput;
  /** Largest imbalance abs(N_A - N_B) that is ever allowed, participants, a whole number from 1 to 10^6. */
  readonly tolerance: number;
}

/**
 * Chen's biased coin with imbalance tolerance: Efron's coin below the tolerance, the smaller arm at it.
 *
 * The ratio is kept at every row. The state is D = N_A - N_B, in [-tolerance, tolerance]. q = 1/2 is the big stick.
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms at 1:1 only), `procedure.ratio_invalid`,
 *   `procedure.rational_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @see Chen 1999, Stoch Models 15:953
 */
export function chen(options: ChenOptions): Urn<number> {
  refuseUnknownOptions(options, ["ratio", "probability", "tolerance"]);
  requireTwoEqualArms(options.ratio, "biased coin design with imbalance tolerance");
  const coin = biasedCoinBalls(options.probability);
  const tolerance = wholeNumber(options.tolerance, "tolerance", 1, 1e6);
  return {
    arms: 2,
    start: 0,
    balls: (difference) => (difference >= tolerance ? [0, 1] : difference <= -tolerance ? [1, 0] : coin(difference)),
    after: nextDifference,
  };
}

/** {@link chen} as a plan states it. */
export interface ChenSpec {
  readonly kind: "chen";
  readonly probability: ParameterInput;
  readonly tolerance: number;
}

export const chenDefinition: Definition<ChenSpec> = {
  algorithm: "allocell-chen-1",
  parameters: () => ({ probability: anExactFraction(), tolerance: aWholeNumber() }),
  urn: (spec, ratio) => chen({ ratio, probability: spec.probability, tolerance: spec.tolerance }),
  keepsUnequalRatio: false,
};

export const chenOffer: Offer<ChenSpec> = {
  name: { en: "Chen's biased coin design with imbalance tolerance", zh: "陈氏限定不均衡偏币法" },
  design: (spec) => ({
    name: `Chen's biased coin design, p = ${spec.probability}, tolerance ${spec.tolerance}`,
    label: `Chen ${spec.probability}, ${spec.tolerance}`,
    family: "tolerance",
  }),
  parameters: { probability: PROBABILITY, tolerance: TOLERANCE },
  usual: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "chen", probability: "2/3", tolerance: 3 }] : []),
  },
};

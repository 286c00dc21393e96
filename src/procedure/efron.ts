import { fail } from "../foundation/index.js";
import { compare, fraction, ONE } from "../quantity/index.js";
import { nextDifference } from "./bigStick.js";
import { refuseUnknownOptions, requireTwoEqualArms } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { PROBABILITY } from "./parameterTexts.js";
import { exactBalls } from "./exactBalls.js";
import { parseParameter, type ParameterInput } from "./parameter.js";
import { anExactFraction } from "./parameterSchema.js";
import type { Balls, Urn } from "./urn.js";

/** Arms and parameters of {@link efron}. */
export interface EfronOptions {
  /** Two arms at 1:1. */
  readonly ratio: readonly number[];
  /** Probability q of the smaller arm, in [1/2, 1], both ends included: "2/3", "0.75" or 1. */
  readonly probability: ParameterInput;
}

/**
 * Efron's biased coin: a fair coin at balance, else the smaller arm with probability q = a/c.
 *
 * Balls: 1 and 1 at balance; else a for the smaller arm and c - a for the larger, a/c in lowest terms. The ratio is
 * kept at every row. The state is D = N_A - N_B. q = 1/2 is complete randomization, q = 1 is blocks of two.
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms at 1:1 only), `procedure.ratio_invalid`,
 *   `procedure.rational_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * efron({ ratio: [1, 1], probability: "2/3" }).balls(1, undefined); // [1, 2]
 * @see Efron 1971, Biometrika 58:403
 */
export function efron(options: EfronOptions): Urn<number> {
  refuseUnknownOptions(options, ["ratio", "probability"]);
  requireTwoEqualArms(options.ratio, "biased coin design");
  const balls = biasedCoinBalls(options.probability);
  return { arms: 2, start: 0, balls: (difference) => balls(difference), after: nextDifference };
}

/** The balls of the biased coin as a function of N_A - N_B. */
export function biasedCoinBalls(probability: ParameterInput): (difference: number) => readonly Balls[] {
  const q = parseParameter(probability, "probability");
  if (compare(q, fraction(1, 2)) < 0 || compare(q, ONE) > 0) {
    fail("procedure.parameter_out_of_range", "probability", "The smaller arm's probability is from 1/2 to 1.", {
      expected: "a fraction from 1/2 to 1, both included",
      received: String(probability),
    });
  }
  const smaller = q.numerator;
  const larger = q.denominator - q.numerator;
  const balanced = exactBalls([1n, 1n]);
  const firstIsSmaller = exactBalls([smaller, larger]);
  const secondIsSmaller = exactBalls([larger, smaller]);
  return (difference) => (difference === 0 ? balanced : difference < 0 ? firstIsSmaller : secondIsSmaller);
}

/** {@link efron} as a plan states it. */
export interface EfronSpec {
  readonly kind: "efron";
  readonly probability: ParameterInput;
}

export const efronDefinition: Definition<EfronSpec> = {
  algorithm: "allocell-ebc-1",
  parameters: () => ({ probability: anExactFraction() }),
  urn: (spec, ratio) => efron({ ratio, probability: spec.probability }),
  keepsUnequalRatio: false,
};

export const efronOffer: Offer<EfronSpec> = {
  name: { en: "Efron's biased coin", zh: "埃弗龙偏币法" },
  design: (spec) => ({
    name: `Efron's biased coin, p = ${spec.probability}`,
    label: `EBC ${spec.probability}`,
    family: "biased coin",
  }),
  parameters: { probability: PROBABILITY },
  usual: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "efron", probability: "2/3" }] : []),
    pictured: ({ isTwoEqual }) =>
      isTwoEqual ? ["0.6", "2/3", "0.8"].map((probability) => ({ kind: "efron", probability })) : [],
  },
};

import { fraction, ZERO } from "../quantity/index.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { GAMMA } from "./parameterTexts.js";
import { boundedParameter, type ParameterInput } from "./parameter.js";
import { refuseUnknownOptions } from "./checkOptions.js";
import { powerBalls } from "./fixedPoint.js";
import { anExactFraction } from "./parameterSchema.js";
import { reducedRatio } from "./permutedBlock.js";
import type { Urn } from "./urn.js";
import { addOne } from "./wei.js";

/** Arms and parameters of {@link doublyAdaptive}. */
export interface DoublyAdaptiveOptions {
  /** Integer allocation ratio, one entry an arm, each from 1 to 1000. */
  readonly ratio: readonly number[];
  /** Gamma, a fraction in [0, 100], both ends included; 0 is complete randomization. */
  readonly gamma: ParameterInput;
}

/**
 * The doubly adaptive biased coin DBCD(gamma) with a fixed target: w_k balls until every arm has a participant, then
 * weights rho_k (rho_k n / N_k)^gamma, that is w_k (w_k / N_k)^gamma.
 *
 * As integers the powers are those of w_k prod_{j not k} N_j. A whole gamma gives exact balls in lowest terms; any other
 * gives them as {@link powerBalls} defines, with multipliers w_k. At equal ratio the ratio is kept at every row; at
 * unequal ratio it is not (2:1, gamma 5: off by at most 0.141 in the first 12 rows). The state is the participants by arm.
 *
 * @throws AllocellError `procedure.ratio_invalid`, `procedure.rational_invalid`, `procedure.parameter_out_of_range`,
 *   `procedure.option_unknown`
 * @example
 * doublyAdaptive({ ratio: [2, 1], gamma: 1 }).balls([1, 1], undefined); // [4, 1]
 * @see Hu & Zhang 2004, Ann Stat 32:268
 */
export function doublyAdaptive(options: DoublyAdaptiveOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "gamma"]);
  const ratio = reducedRatio(options.ratio);
  const gamma = boundedParameter(options.gamma, "gamma", ZERO, fraction(100));
  return {
    arms: ratio.length,
    start: Object.freeze(ratio.map(() => 0)),
    balls: (counts) => {
      if (counts.includes(0)) return ratio;
      const product = counts.reduce((all, count) => all * BigInt(count), 1n);
      const bases = ratio.map((w, arm) => BigInt(w) * (product / BigInt(counts[arm] as number)));
      return powerBalls(bases, gamma, ratio);
    },
    after: addOne,
  };
}

/** {@link doublyAdaptive} as a plan states it. */
export interface DoublyAdaptiveSpec {
  readonly kind: "doubly-adaptive";
  readonly gamma: ParameterInput;
}

export const doublyAdaptiveDefinition: Definition<DoublyAdaptiveSpec> = {
  algorithm: "allocell-dbc-1",
  parameters: () => ({ gamma: anExactFraction() }),
  urn: (spec, ratio) => doublyAdaptive({ ratio, gamma: spec.gamma }),
  keepsUnequalRatio: false,
};

export const doublyAdaptiveOffer: Offer<DoublyAdaptiveSpec> = {
  name: { en: "the doubly adaptive biased coin design", zh: "双重适应性偏币法" },
  design: (spec) => ({
    name: `doubly adaptive biased coin, gamma ${spec.gamma}`,
    label: `DBC ${spec.gamma}`,
    family: "biased coin",
  }),
  parameters: { gamma: GAMMA },
  usual: {
    sought: () => [{ kind: "doubly-adaptive", gamma: 2 }],
    isFree: true,
  },
};

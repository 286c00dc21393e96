import { fail } from "../foundation/index.js";
import { refuseUnknownOptions } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { ALPHA } from "./parameterTexts.js";
import { exactBalls } from "./exactBalls.js";
import { anExactFraction } from "./parameterSchema.js";
import { reducedRatio } from "./permutedBlock.js";
import { parseParameter, type ParameterInput } from "./parameter.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link massWeightedUrn}. */
export interface MassWeightedUrnOptions {
  /** Integer allocation ratio, one entry an arm, each from 1 to 1000. */
  readonly ratio: readonly number[];
  /** Initial mass alpha, in participants, above 0 and at most 10^6: 4, "4" or "5/2". */
  readonly alpha: ParameterInput;
}

/**
 * Mass-weighted urn design: max((alpha + n) w_k - W N_k, 0) balls for arm k, W the sum of the ratio.
 *
 * With alpha = p/q all counts are multiplied by q. At equal ratio the ratio is kept at every row; at unequal ratio only
 * nearly (2:1, alpha 4: off by at most 0.0014 in the first 12 rows). The state is n w_k - W N_k by arm, which stays
 * bounded.
 *
 * @throws AllocellError `procedure.ratio_invalid`, `procedure.rational_invalid`, `procedure.parameter_out_of_range`,
 *   `procedure.option_unknown`
 * @example
 * massWeightedUrn({ ratio: [2, 1], alpha: 4 }).balls([-1, 1], undefined); // [7, 5]
 * @see Zhao 2015, Contemp Clin Trials 43:209
 */
export function massWeightedUrn(options: MassWeightedUrnOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "alpha"]);
  const ratio = reducedRatio(options.ratio);
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const { numerator, denominator } = parseParameter(options.alpha, "alpha");
  if (numerator === 0n || numerator > 1_000_000n * denominator) {
    fail("procedure.parameter_out_of_range", "alpha", "The initial mass is above 0 and at most 1000000.", {
      expected: "above 0, at most 1000000",
      received: String(options.alpha),
    });
  }
  return {
    arms: ratio.length,
    isByArm: true,
    start: Object.freeze(ratio.map(() => 0)),
    balls: (lag) =>
      exactBalls(
        ratio.map((w, arm) => {
          const mass = numerator * BigInt(w) + denominator * BigInt(lag[arm] as number);
          return mass > 0n ? mass : 0n;
        }),
      ),
    after: (lag, arm) => Object.freeze(ratio.map((w, k) => (lag[k] as number) + w - (k === arm ? ratioSum : 0))),
  };
}

/** {@link massWeightedUrn} as a plan states it. */
export interface MassWeightedUrnSpec {
  readonly kind: "mass-weighted-urn";
  readonly alpha: ParameterInput;
}

export const massWeightedUrnDefinition: Definition<MassWeightedUrnSpec> = {
  algorithm: "allocell-mwu-1",
  parameters: () => ({ alpha: anExactFraction() }),
  urn: (spec, ratio) => massWeightedUrn({ ratio, alpha: spec.alpha }),
  keepsUnequalRatio: false,
};

export const massWeightedUrnOffer: Offer<MassWeightedUrnSpec> = {
  name: { en: "the mass weighted urn design", zh: "质量加权瓮设计" },
  design: (spec) => ({
    name: `mass weighted urn, alpha ${spec.alpha}`,
    label: `MWU ${spec.alpha}`,
    family: "urn",
  }),
  parameters: { alpha: ALPHA },
  usual: {
    sought: ({ isEqual }) => (isEqual ? [{ kind: "mass-weighted-urn", alpha: 4 }] : []),
    pictured: ({ isEqual }) => (isEqual ? [2, 4, 8].map((alpha) => ({ kind: "mass-weighted-urn", alpha })) : []),
  },
};

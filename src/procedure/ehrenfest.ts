import { nextDifference } from "./bigStick.js";
import { refuseUnknownOptions, requireTwoEqualArms, wholeNumber } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { TOLERANCE } from "./parameterTexts.js";
import { aWholeNumber } from "./parameterSchema.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link ehrenfest}. */
export interface EhrenfestOptions {
  /** Two arms at 1:1. */
  readonly ratio: readonly number[];
  /** Largest imbalance b, participants, a whole number from 1 to 10^6; the urn has 2b balls. */
  readonly tolerance: number;
}

/**
 * Ehrenfest urn design: b - D balls for the first arm, b + D for the second, D = N_A - N_B.
 *
 * A drawn ball goes back as one of the other arm. The ratio is kept at every row. The state is D, in [-b, b].
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms at 1:1 only), `procedure.ratio_invalid`,
 *   `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * ehrenfest({ ratio: [1, 1], tolerance: 4 }).balls(1, undefined); // [3, 5]
 * @see Chen 2000, Adv Appl Prob 32:738
 */
export function ehrenfest(options: EhrenfestOptions): Urn<number> {
  refuseUnknownOptions(options, ["ratio", "tolerance"]);
  requireTwoEqualArms(options.ratio, "Ehrenfest urn design");
  const tolerance = wholeNumber(options.tolerance, "tolerance", 1, 1e6);
  return {
    arms: 2,
    start: 0,
    balls: (difference) => [tolerance - difference, tolerance + difference],
    after: nextDifference,
  };
}

/** {@link ehrenfest} as a plan states it. */
export interface EhrenfestSpec {
  readonly kind: "ehrenfest";
  readonly tolerance: number;
}

export const ehrenfestDefinition: Definition<EhrenfestSpec> = {
  algorithm: "allocell-eud-1",
  parameters: () => ({ tolerance: aWholeNumber() }),
  urn: (spec, ratio) => ehrenfest({ ratio, tolerance: spec.tolerance }),
  keepsUnequalRatio: false,
};

export const ehrenfestOffer: Offer<EhrenfestSpec> = {
  name: { en: "the Ehrenfest urn design", zh: "埃伦费斯特瓮设计" },
  design: (spec) => ({
    name: `Ehrenfest urn design, tolerance ${spec.tolerance}`,
    label: `EUD ${spec.tolerance}`,
    family: "tolerance",
  }),
  parameters: { tolerance: TOLERANCE },
  usual: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "ehrenfest", tolerance: 3 }] : []),
    pictured: () => [],
  },
};

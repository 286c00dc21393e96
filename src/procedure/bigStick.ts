import { refuseUnknownOptions, requireTwoEqualArms, wholeNumber } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { TOLERANCE } from "./parameterTexts.js";
import { aWholeNumber } from "./parameterSchema.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link bigStick}. */
export interface BigStickOptions {
  /** Two arms at 1:1. */
  readonly ratio: readonly number[];
  /** Largest imbalance abs(N_A - N_B) that is ever allowed, participants, a whole number from 1 to 10^6. */
  readonly tolerance: number;
}

const FREE: readonly number[] = /* @__PURE__ */ Object.freeze([1, 1]);
const ONLY_FIRST: readonly number[] = /* @__PURE__ */ Object.freeze([1, 0]);
const ONLY_SECOND: readonly number[] = /* @__PURE__ */ Object.freeze([0, 1]);

/**
 * Big stick design: a fair coin, except that at imbalance `tolerance` the next participant goes to the smaller arm.
 *
 * P(sequence) = 2^-(rows that were not forced). The ratio is kept at every row. The state is D = N_A - N_B, in
 * [-tolerance, tolerance], both ends included.
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms at 1:1 only), `procedure.ratio_invalid`,
 *   `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @see Soares & Wu 1983, Commun Stat Theory Methods 12:2017
 */
export function bigStick(options: BigStickOptions): Urn<number> {
  refuseUnknownOptions(options, ["ratio", "tolerance"]);
  requireTwoEqualArms(options.ratio, "big stick design");
  const tolerance = wholeNumber(options.tolerance, "tolerance", 1, 1e6);
  return {
    arms: 2,
    start: 0,
    balls: (difference) => (difference >= tolerance ? ONLY_SECOND : difference <= -tolerance ? ONLY_FIRST : FREE),
    after: nextDifference,
  };
}

/** N_A - N_B after one more participant. */
export function nextDifference(difference: number, arm: number): number {
  return arm === 0 ? difference + 1 : difference - 1;
}

/** {@link bigStick} as a plan states it. */
export interface BigStickSpec {
  readonly kind: "big-stick";
  readonly tolerance: number;
}

export const bigStickDefinition: Definition<BigStickSpec> = {
  algorithm: "allocell-bs-1",
  parameters: () => ({ tolerance: aWholeNumber() }),
  urn: (spec, ratio) => bigStick({ ratio, tolerance: spec.tolerance }),
  keepsUnequalRatio: false,
};

export const bigStickOffer: Offer<BigStickSpec> = {
  name: { en: "the big stick design", zh: "大棒设计" },
  design: (spec) => ({
    name: `big stick design, tolerance ${spec.tolerance}`,
    label: `BSD ${spec.tolerance}`,
    family: "tolerance",
  }),
  parameters: { tolerance: TOLERANCE },
  usual: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [2, 3, 4].map((tolerance) => ({ kind: "big-stick", tolerance })) : []),
  },
};

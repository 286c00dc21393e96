import { refuseUnknownOptions, wholeNumber } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { LAMBDA } from "./parameterTexts.js";
import { aWholeNumber } from "./parameterSchema.js";
import { reducedRatio } from "./permutedBlock.js";
import type { Urn } from "./urn.js";
import { addOne } from "./wei.js";

/** Arms and parameters of {@link blockUrn}. */
export interface BlockUrnOptions {
  /** Integer allocation ratio, one entry an arm, each from 1 to 1000. */
  readonly ratio: readonly number[];
  /** Ratio sets lambda in the urn at the start, a whole number from 1 to 10^6. */
  readonly lambda: number;
}

/**
 * Block urn design: w_k (lambda + c) - N_k balls for arm k, c = complete ratio sets = min floor(N_k / w_k).
 *
 * Like a permuted block of lambda sets, but a set of balls goes back as soon as it is complete, so that the next
 * assignment is certain less often. lambda = 1 is the permuted block of one set. At equal ratio the ratio is kept at
 * every row; at unequal ratio it is not (2:1, lambda 2: off by at most 0.027 in the first 12 rows). The state is N - c w
 * by arm, each in [0, lambda w_k]: always finite.
 *
 * @throws AllocellError `procedure.ratio_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * blockUrn({ ratio: [1, 1], lambda: 3 }).balls([1, 0], undefined); // [2, 3]
 * @see Zhao & Weng 2011, Contemp Clin Trials 32:953
 */
export function blockUrn(options: BlockUrnOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "lambda"]);
  const ratio = reducedRatio(options.ratio);
  const lambda = wholeNumber(options.lambda, "lambda", 1, 1e6);
  return {
    arms: ratio.length,
    isByArm: true,
    start: Object.freeze(ratio.map(() => 0)),
    balls: (excess) => ratio.map((w, arm) => w * lambda - (excess[arm] as number)),
    after: (excess, arm) => {
      const next = addOne(excess, arm);
      const isSetComplete = ratio.every((w, k) => (next[k] as number) >= w);
      return isSetComplete ? Object.freeze(ratio.map((w, k) => (next[k] as number) - w)) : next;
    },
  };
}

/** {@link blockUrn} as a plan states it. */
export interface BlockUrnSpec {
  readonly kind: "block-urn";
  readonly lambda: number;
}

export const blockUrnDefinition: Definition<BlockUrnSpec> = {
  algorithm: "allocell-bu-1",
  parameters: () => ({ lambda: aWholeNumber() }),
  urn: (spec, ratio) => blockUrn({ ratio, lambda: spec.lambda }),
  keepsUnequalRatio: false,
};

export const blockUrnOffer: Offer<BlockUrnSpec> = {
  name: { en: "the block urn design", zh: "区组瓮设计" },
  design: (spec) => ({
    name: `block urn design, lambda ${spec.lambda}`,
    label: `BUD ${spec.lambda}`,
    family: "urn",
  }),
  parameters: { lambda: LAMBDA },
  usual: {
    sought: ({ canMerge, merged }) =>
      canMerge ? [2, 3].map((lambda) => ({ kind: "block-urn", lambda, ...merged })) : [],
    pictured: ({ merged }) => [2, 3, 4].map((lambda) => ({ kind: "block-urn", lambda, ...merged })),
  },
};

import { refuseUnknownOptions, requireTwoEqualArms } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { LAST_BLOCK } from "./parameterTexts.js";
import { checkCovered } from "./lastBlock.js";
import { wholeOrCut } from "./parameterSchema.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link hadamard}. */
export interface HadamardOptions {
  /** Two arms at 1:1. */
  readonly ratio: readonly number[];
}

const SIZE = 12;
const ROWS = 11;

/** The numbers below 11 that are no squares modulo 11. */
const NON_SQUARES: readonly number[] = [2, 6, 7, 8, 10];

/** [row][position]: whether the row has +1 there. Paley's construction; the first column is +1 throughout. */
const HAS_PLUS: readonly (readonly boolean[])[] = /* @__PURE__ */ Array.from({ length: ROWS }, (_, row) =>
  Array.from({ length: SIZE }, (_, at) => at === 0 || NON_SQUARES.includes((row + at - 1) % ROWS)),
);

const HIDDEN: readonly number[] = /* @__PURE__ */ Object.freeze([0, 0, ...Array.from({ length: 2 * ROWS }, () => 1)]);

/**
 * Hadamard randomization in blocks of 12: each block is one of 22 equally likely rows.
 *
 * They are the 11 rows of the normalised Hadamard matrix of order 12 without its constant row, each as it is and
 * mirrored. Each has six participants an arm, and over the 22 every two positions of a block get the same arm in 10.
 * The row is a hidden ball; once it is drawn the block is determined: P(block) = 1/22. The ratio is kept at every row
 * of the list. The state is 0 between blocks, else 1 + 12 x row + position, rows 0-10 as they are, 11-21 mirrored.
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms at 1:1 only), `procedure.ratio_invalid`,
 *   `procedure.option_unknown`
 * @see Bailey & Nelson 2003, Biom J 45:554
 */
export function hadamard(options: HadamardOptions): Urn<number> {
  refuseUnknownOptions(options, ["ratio"]);
  requireTwoEqualArms(options.ratio, "Hadamard randomization");
  return {
    arms: 2,
    start: 0,
    balls: (state) => {
      if (state === 0) return HIDDEN;
      const row = Math.floor((state - 1) / SIZE);
      const isPlus = HAS_PLUS[row % ROWS]?.[(state - 1) % SIZE] === true;
      return isPlus === row < ROWS ? [0, 1] : [1, 0];
    },
    after: (state, ball) => {
      if (state === 0) return 1 + SIZE * (ball - 2);
      return state % SIZE === 0 ? 0 : state + 1;
    },
    blockAt: (state) => (state % SIZE === 1 ? SIZE : 0),
  };
}

/** Rows of the matrix that are one block. */
const BLOCK = 12;

/** {@link hadamard} as a plan states it. */
export interface HadamardSpec {
  readonly kind: "hadamard";
  readonly lastBlock?: "whole" | "cut";
}

export const hadamardDefinition: Definition<HadamardSpec> = {
  algorithm: "allocell-hada-1",
  parameters: () => ({ lastBlock: wholeOrCut() }),
  urn: ({ lastBlock }, ratio, rows) => {
    if (lastBlock === undefined) checkCovered([BLOCK], rows);
    return hadamard({ ratio });
  },
  keepsUnequalRatio: false,
  blockSizes: () => [BLOCK],
  // The rows of a Hadamard matrix are in ratio over its whole, not by arm in each of them.
  isBlockInRatio: false,
};

export const hadamardOffer: Offer<HadamardSpec> = {
  name: { en: "Hadamard randomization", zh: "阿达马随机化" },
  design: () => ({ name: "Hadamard randomization", label: "HADA", family: "blocks" }),
  parameters: { lastBlock: LAST_BLOCK },
  usual: {
    sought: ({ isTwoEqual, rows }) => (isTwoEqual && rows >= 12 ? [{ kind: "hadamard", lastBlock: "cut" }] : []),
    isFree: true,
  },
};

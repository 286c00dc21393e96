import * as z from "zod/mini";
import { describeReceived, fail } from "../foundation/index.js";
import { refuseUnknownOptions } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { LAST_BLOCK, SIZE } from "./parameterTexts.js";
import { checkCovered } from "./lastBlock.js";
import { aWholeNumber, wholeOrCut } from "./parameterSchema.js";
import { reducedRatio } from "./permutedBlock.js";
import { checkTotals, takeOne, totalsOf } from "./randomAllocationRule.js";
import type { Urn } from "./urn.js";

/** Either `totals` (one list that ends when all arms are full) or `size` (blocks of that many rows, without end). */
export type TruncatedBinomialOptions =
  | {
      /** Integer allocation ratio, one entry an arm, each from 1 to 1000. */
      readonly ratio: readonly number[];
      /** Planned participants by arm, each from 1 to 10^9. */
      readonly totals: readonly number[];
    }
  | {
      readonly ratio: readonly number[];
      /** Rows of a block: a whole multiple of the reduced ratio's sum, at most 10^6. */
      readonly size: number;
    };

/**
 * Truncated binomial (above two arms: truncated multinomial) design: w_k balls for every arm that is not yet full.
 *
 * At 1:1 a fair coin until one arm has all its participants, then the other arm: P(sequence) = 2^-t, t = allocations
 * until the first arm is full. With `size` the same inside each block. At equal ratio the ratio is kept at every row;
 * at unequal ratio it is not (2:1 in blocks of 6: off by 0.128 at the sixth row). The state is what is left by arm.
 *
 * @throws AllocellError `procedure.option_conflict` unless exactly one of `totals` and `size` is given;
 *   `procedure.totals_invalid`, `procedure.block_size_invalid`, `procedure.ratio_invalid`,
 *   `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @see Blackwell & Hodges 1957, Ann Math Stat 28:449
 */
export function truncatedBinomial(options: TruncatedBinomialOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "totals", "size"]);
  const given = options as { readonly totals?: readonly number[]; readonly size?: number };
  const ratio = reducedRatio(options.ratio);
  if ((given.totals === undefined) === (given.size === undefined)) {
    fail("procedure.option_conflict", "totals", "Give either the totals of the whole list or the size of its blocks.", {
      expected: '"totals" or "size", not both',
    });
  }
  const full = given.totals === undefined ? blockTotals(ratio, given.size as number) : checkTotals(given.totals);
  if (full.length !== ratio.length) {
    fail("procedure.totals_invalid", "totals", "Totals and ratio speak of different numbers of arms.", {
      expected: `${ratio.length} totals`,
      received: `${full.length} totals`,
    });
  }
  const size = given.size;
  const urn: Urn<readonly number[]> = {
    arms: ratio.length,
    start: full,
    balls: (left) => ratio.map((w, arm) => ((left[arm] as number) > 0 ? w : 0)),
    after: (left, arm) => {
      const next = takeOne(left, arm);
      return size !== undefined && next.every((count) => count === 0) ? full : next;
    },
  };
  if (size === undefined) return urn;
  return { ...urn, blockAt: (left) => (left.every((count, arm) => count === full[arm]) ? size : 0) };
}

/** m w_k: the block's rows by arm, in integers throughout (a ratio made into shares first would lose rows). */
function blockTotals(ratio: readonly number[], size: number): readonly number[] {
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  if (!Number.isInteger(size) || size < ratioSum || size % ratioSum !== 0 || size > 1_000_000) {
    return fail(
      "procedure.block_size_invalid",
      "size",
      "A block of this size cannot hold the ratio in whole numbers.",
      {
        expected: `a whole multiple of ${ratioSum}, the sum of the ratio, at most 1000000`,
        received: describeReceived(size),
      },
    );
  }
  return Object.freeze(ratio.map((w) => w * (size / ratioSum)));
}

/** Truncated binomial (multinomial) design, over the whole list or, with `size`, in blocks. */
export interface TruncatedBinomialSpec {
  readonly kind: "truncated-binomial";
  readonly size?: number;
  readonly lastBlock?: "whole" | "cut";
}

export const truncatedBinomialDefinition: Definition<TruncatedBinomialSpec> = {
  algorithm: "allocell-tb-1",
  parameters: () => ({ size: z.exactOptional(aWholeNumber()), lastBlock: wholeOrCut() }),
  urn: ({ size, lastBlock }, ratio, rows) => {
    if (size !== undefined) {
      if (lastBlock === undefined) checkCovered([size], rows);
      return truncatedBinomial({ ratio, size });
    }
    if (lastBlock !== undefined) {
      const why = '"lastBlock" cannot be given here: a whole list without blocks has no last block.';
      fail("procedure.option_conflict", "lastBlock", why);
    }
    return truncatedBinomial({ ratio, totals: totalsOf(ratio, rows) });
  },
  keepsUnequalRatio: false,
  blockSizes: ({ size }) => (size === undefined ? [] : [size]),
  isDrawnForLength: ({ size }) => size === undefined,
};

export const truncatedBinomialOffer: Offer<TruncatedBinomialSpec> = {
  name: { en: "the truncated binomial design", zh: "截断二项设计" },
  design: (spec) =>
    spec.size === undefined
      ? { name: "truncated binomial design", label: "TB", family: "no restriction" }
      : { name: `truncated binomial design in blocks of ${spec.size}`, label: `TB ${spec.size}`, family: "blocks" },
  parameters: { size: SIZE, lastBlock: LAST_BLOCK },
  usual: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "truncated-binomial" }] : []),
    isFree: true,
  },
};

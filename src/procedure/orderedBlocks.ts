import { fail, requireFields } from "../foundation/index.js";
import { refuseUnknownOptions } from "./checkOptions.js";
import { LAST_BLOCK_NAMES } from "./lastBlock.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { LAST_BLOCK, SIZES } from "./parameterTexts.js";
import { blockSizeList, wholeOrCut } from "./parameterSchema.js";
import { checkSizes, reducedRatio } from "./permutedBlock.js";
import { takeOne } from "./randomAllocationRule.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link orderedBlocks}. */
export interface OrderedBlocksOptions {
  /** Integer allocation ratio, one entry an arm, each from 1 to 1000. */
  readonly ratio: readonly number[];
  /**
   * Sizes in the order of the blocks, at most 1,000 of them, each a whole multiple of the reduced ratio's sum up to 10^6;
   * a size may stand several times. After the last one the first follows again.
   */
  readonly sizes: readonly number[];
}

/** The open block: its place in the stated sizes, from 0, and what is left of it by arm. */
export interface OrderedBlocksState {
  readonly place: number;
  readonly left: readonly number[];
}

/**
 * Permuted blocks whose sizes are stated in their order and not drawn: a block of m ratio sets starts with m w_k balls
 * for arm k, and a drawn ball is not put back. There is no hidden ball, so every row is one draw.
 *
 * P(sequence) is the product of 1 / multinomial over the blocks. At every row P(arm k) = w_k / W before anything is
 * known. Whoever knows the sizes knows the end of every block.
 *
 * @throws AllocellError `procedure.block_size_invalid`, `procedure.ratio_invalid`, `procedure.option_unknown`
 * @example
 * orderedBlocks({ ratio: [1, 1], sizes: [4, 2] }).balls({ place: 1, left: [1, 1] }, undefined); // [1, 1]
 * @see Zelen 1974, J Chronic Dis 27:365
 */
export function orderedBlocks(options: OrderedBlocksOptions): Urn<OrderedBlocksState> {
  refuseUnknownOptions(options, ["ratio", "sizes"]);
  requireFields(options, "the options of blocks in a stated order", { sizes: "a list" });
  const ratio = reducedRatio(options.ratio);
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const sizes = [...options.sizes];
  checkSizes(sizes, ratioSum, "repeated");
  if (sizes.length > MOST_SIZES) {
    fail("procedure.block_size_invalid", "sizes", `The order of blocks names ${sizes.length} sizes.`, {
      expected: `at most ${MOST_SIZES} sizes; after the last one the first follows again`,
      received: String(sizes.length),
    });
  }
  const full = sizes.map((size) => Object.freeze(ratio.map((w) => (w * size) / ratioSum)));
  const open = (place: number): OrderedBlocksState => ({ place, left: full[place] as readonly number[] });
  return {
    arms: ratio.length,
    start: open(0),
    balls: ({ left }) => left,
    after: ({ place, left }, arm) => {
      const rest = takeOne(left, arm);
      return rest.every((count) => count === 0) ? open((place + 1) % sizes.length) : { place, left: rest };
    },
    blockAt: ({ place, left }) => (left.every((count, k) => count === full[place]?.[k]) ? (sizes[place] as number) : 0),
  };
}

const MOST_SIZES = 1_000;

/**
 * Whether blocks in a stated order end with the last row.
 *
 * @throws AllocellError `procedure.length_not_covered`, naming the nearest lengths at which a block ends
 */
export function checkOrderedCovered(sizes: readonly number[], rows: number): void {
  const cycle = sizes.reduce((sum, size) => sum + size, 0);
  const before = rows - (rows % cycle);
  let ends = before;
  let below = 0;
  for (const size of sizes) {
    if (ends >= rows) break;
    below = ends;
    ends += size;
  }
  if (ends === rows) return;
  fail("procedure.length_not_covered", "lastBlock", `No block of the order ${sizes.join(", ")} ends at row ${rows}.`, {
    expected: `a length at which a block ends (nearest: ${[below, ends].filter((n) => n > 0).join(" or ")}), or a stated lastBlock: whole or cut`,
    received: `${rows} rows and no lastBlock`,
    parameters: { sizes: sizes.join(", ") },
  });
}

/** Permuted blocks whose sizes are stated in their order; after the last one the first follows again. */
export interface OrderedBlocksSpec {
  readonly kind: "ordered-blocks";
  readonly sizes: readonly number[];
  readonly lastBlock?: "whole" | "cut";
}

export const orderedBlocksDefinition: Definition<OrderedBlocksSpec> = {
  algorithm: "allocell-ob-1",
  parameters: () => ({ sizes: blockSizeList(), lastBlock: wholeOrCut() }),
  urn: ({ sizes, lastBlock }, ratio, rows) => {
    const urn = orderedBlocks({ ratio, sizes });
    if (lastBlock === undefined) checkOrderedCovered(sizes, rows);
    return urn;
  },
  keepsUnequalRatio: true,
  blockSizes: ({ sizes }) => sizes,
  sizesAre: "in order",
};

export const orderedBlocksOffer: Offer<OrderedBlocksSpec> = {
  name: { en: "permuted blocks", zh: "区组随机化（置换区组）" },
  design: ({ sizes, lastBlock = "whole" }) => ({
    name: `permuted blocks in the order ${sizes.join(", ")}${LAST_BLOCK_NAMES[lastBlock]}`,
    label: `OB ${sizes.join(", ")}`,
    family: "blocks",
  }),
  parameters: { sizes: SIZES, lastBlock: LAST_BLOCK },
  usual: { sought: () => [] },
};

import * as z from "zod/mini";
import { describeReceived, fail, gcd, requireFields } from "../foundation/index.js";
import type { Definition } from "./definition.js";
import type { Frame, Offer } from "./offer.js";
import { LAST_BLOCK, SIZES, WEIGHTS } from "./parameterTexts.js";
import { checkCovered, LAST_BLOCK_NAMES, type LastBlockPolicy } from "./lastBlock.js";
import { blockSizeList, wholeNumbers } from "./parameterSchema.js";
import type { Balls, Urn } from "./urn.js";

/** Arms and parameters of {@link permutedBlock}. */
export interface PermutedBlockOptions {
  /** Integer allocation ratio, one entry an arm, each >= 1. */
  readonly ratio: readonly number[];
  /** Block sizes, each a whole multiple of the ratio's sum (after dividing by the common divisor), none twice. */
  readonly sizes: readonly number[];
  /** How many balls each size has when the next block's size is drawn, integers >= 1; absent: one each. */
  readonly weights?: readonly number[];
  /**
   * Rows that whole blocks must add up to exactly. Absent: sizes are drawn independently, without end. Present: every
   * sequence of sizes that adds up is as likely as the product of its sizes' weights says, so that without weights all
   * sequences are equally likely. Doubling all weights is then a change: it favours sequences of more blocks.
   */
  readonly fill?: number;
}

/** `size` rows of the open block (0: between blocks), `rest` of them left, by arm `left`; `toFill` rows after this block. */
export interface PermutedBlockState {
  readonly size: number;
  readonly rest: number;
  readonly left: readonly number[];
  readonly toFill: number;
}

/** Longest list that can be filled exactly: the counts of compositions grow by about half a bit a row. */
export const LONGEST_FILL = 20_000;

/**
 * Permuted blocks: in each block of m ratio sets every arm k has m w_k balls, and a drawn ball is not put back.
 *
 * With several sizes the next block's size is a hidden ball, one for each size in declared order, and after the last
 * row of a block the size of the next one is drawn. With one size there is no hidden ball.
 *
 * @throws AllocellError `procedure.block_size_invalid` (no multiple of the ratio sum, or twice),
 *   `procedure.weights_invalid`, `procedure.fill_impossible` (no sizes add up; names the nearest lengths that work),
 *   `procedure.fill_too_long`; `procedure.ratio_invalid`
 * @see Zelen 1974, J Chronic Dis 27:365; Matts & Lachin 1988, Control Clin Trials 9:327
 */
export function permutedBlock(options: PermutedBlockOptions): Urn<PermutedBlockState> {
  requireFields(options, "the options of permuted blocks", { sizes: "a list" });
  if (options.weights !== undefined) requireFields(options, "the options of permuted blocks", { weights: "a list" });
  const ratio = reducedRatio(options.ratio);
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const { fill } = options;
  const sizes = [...options.sizes];
  checkSizes(sizes, ratioSum);
  const weights = checkWeights(options.weights, sizes);
  const ways = fill === undefined ? undefined : countFillings(sizes, weights, fill);

  const noArm: readonly number[] = Object.freeze(ratio.map(() => 0));
  const fullBlocks = sizes.map((size) => ratio.map((w) => (w * size) / ratioSum));
  const between = (toFill: number): PermutedBlockState =>
    sizes.length === 1 && (ways === undefined || toFill > 0)
      ? open(0, toFill)
      : { size: 0, rest: 0, left: noArm, toFill };
  const open = (choice: number, toFill: number): PermutedBlockState => {
    const size = sizes[choice] as number;
    // A list of its own for every block; not frozen, because frozen lists are read several times slower.
    const left = [...(fullBlocks[choice] as readonly number[])];
    return { size, rest: size, left, toFill: ways === undefined ? 0 : toFill - size };
  };
  const sizeBalls = (toFill: number): readonly Balls[] =>
    ways === undefined
      ? weights
      : sizes.map((size, i) => (toFill >= size ? BigInt(weights[i] as number) * (ways[toFill - size] as bigint) : 0n));

  return {
    arms: ratio.length,
    start: between(fill ?? 0),
    // With one size only the end of a filled list is between blocks, and there no ball is left.
    balls: (state) =>
      state.size > 0 ? state.left : sizes.length === 1 ? noArm : [...noArm, ...sizeBalls(state.toFill)],
    after: ({ size, rest, left, toFill }, ball) => {
      if (size === 0) return open(ball - ratio.length, toFill);
      if (rest === 1) return between(toFill);
      const fewer = [...left];
      fewer[ball] = (fewer[ball] as number) - 1;
      return { size, rest: rest - 1, left: fewer, toFill };
    },
    blockAt: ({ size, rest }) => (rest === size ? size : 0),
  };
}

/**
 * The ratio divided by its greatest common divisor.
 *
 * @throws AllocellError `procedure.ratio_invalid` unless there are two or more entries, integers from 1 to 1000
 */
export function reducedRatio(ratio: readonly number[]): readonly number[] {
  const given: unknown = ratio;
  if (!Array.isArray(given)) {
    return fail("procedure.ratio_invalid", "ratio", "An allocation ratio is a list, one entry an arm.", {
      expected: "a list such as [2, 1]",
      received: describeReceived(given),
    });
  }
  const wrong = ratio.findIndex((w) => !Number.isInteger(w) || w < 1 || w > 1000);
  if (ratio.length < 2 || wrong >= 0) {
    return fail("procedure.ratio_invalid", wrong < 0 ? "ratio" : `ratio.${wrong}`, "An allocation ratio is invalid.", {
      expected: "two or more whole numbers from 1 to 1000",
      received: wrong < 0 ? `${ratio.length} entries` : String(ratio[wrong]),
    });
  }
  const common = ratio.reduce(gcd);
  return Object.freeze(ratio.map((w) => w / common));
}

/**
 * Holds block sizes to the ratio; a size stands several times only where their order is stated.
 *
 * @throws AllocellError `procedure.block_size_invalid`
 */
export function checkSizes(sizes: readonly number[], ratioSum: number, repeats: "once" | "repeated" = "once"): void {
  if (sizes.length === 0) fail("procedure.block_size_invalid", "sizes", "At least one block size is needed.");
  sizes.forEach((size, i) => {
    if (!Number.isInteger(size) || size < ratioSum || size % ratioSum !== 0 || size > 1_000_000) {
      fail("procedure.block_size_invalid", `sizes.${i}`, `Block size ${size} cannot hold the ratio in whole numbers.`, {
        expected: `a whole multiple of ${ratioSum}, the sum of the ratio, up to 1000000`,
        received: String(size),
      });
    }
    if (repeats === "once" && sizes.indexOf(size) !== i) {
      fail("procedure.block_size_invalid", `sizes.${i}`, `Block size ${size} is named twice; use weights instead.`, {
        parameters: { size },
      });
    }
  });
}

function checkWeights(weights: readonly number[] | undefined, sizes: readonly number[]): readonly number[] {
  if (weights === undefined) return sizes.map(() => 1);
  const wrong = weights.findIndex((w) => !Number.isInteger(w) || w < 1 || w > 1_000_000);
  if (weights.length !== sizes.length || wrong >= 0) {
    return fail(
      "procedure.weights_invalid",
      wrong < 0 ? "weights" : `weights.${wrong}`,
      "Block-size weights are wrong.",
      {
        expected: `${sizes.length} whole numbers from 1 to 1000000, one a block size`,
        received: wrong < 0 ? `${weights.length} weights` : String(weights[wrong]),
      },
    );
  }
  return [...weights];
}

/** ways[r]: weighted number of sequences of sizes that add up to r: ways[0] = 1, ways[r] = sum of weight ways[r - size]. */
function countFillings(sizes: readonly number[], weights: readonly number[], fill: number): readonly bigint[] {
  if (!Number.isInteger(fill) || fill < 1 || fill > LONGEST_FILL) {
    return fail("procedure.fill_too_long", "fill", `Exact filling works for 1 to ${LONGEST_FILL} rows.`, {
      expected: `a whole number from 1 to ${LONGEST_FILL}; "whole" and "cut" have no such limit`,
      received: String(fill),
    });
  }
  const ways = [1n];
  // Far enough to name the next length that works: a multiple of the smallest size lies within it.
  const horizon = fill + Math.min(...sizes);
  for (let r = 1; r <= horizon; r += 1) {
    let sum = 0n;
    sizes.forEach((size, i) => {
      if (size <= r) sum += BigInt(weights[i] as number) * (ways[r - size] as bigint);
    });
    ways.push(sum);
  }
  if (ways[fill] === 0n) {
    let down = fill;
    let up = fill;
    while (down > 0 && ways[down] === 0n) down -= 1;
    while (up < horizon && ways[up] === 0n) up += 1;
    const nearest = [down, up].filter((n) => n > 0 && ways[n] !== 0n);
    return fail("procedure.fill_impossible", "fill", `No blocks of ${sizes.join(", ")} add up to ${fill} rows.`, {
      expected: `a length that blocks can fill; the nearest: ${nearest.join(" or ")}`,
      received: String(fill),
      parameters: { sizes: sizes.join(", ") },
    });
  }
  return ways;
}

/** Permuted blocks; absent weights: all sizes equally likely; `pascal`: binomial weights C(sizes - 1, i). */
export interface PermutedBlockSpec {
  readonly kind: "permuted-block";
  readonly sizes: readonly number[];
  readonly weights?: readonly number[] | "pascal";
  readonly lastBlock?: LastBlockPolicy;
}

export const permutedBlockDefinition: Definition<PermutedBlockSpec> = {
  algorithm: "allocell-pb-1",
  parameters: () => ({
    sizes: blockSizeList(),
    weights: z.exactOptional(
      z.union([wholeNumbers(), z.literal("pascal")], { error: 'must be a list of whole numbers, or "pascal"' }),
    ),
    lastBlock: z.exactOptional(z.enum(["whole", "cut", "fill"], { error: 'must be "whole", "cut" or "fill"' })),
  }),
  urn: ({ sizes, weights, lastBlock }, ratio, rows) => {
    const balls = weights === "pascal" ? pascalRow(sizes.length) : weights;
    const options = { ratio, sizes, ...(balls === undefined ? {} : { weights: balls }) };
    const urn = permutedBlock(lastBlock === "fill" ? { ...options, fill: rows } : options);
    if (lastBlock === undefined) checkCovered(sizes, rows);
    return urn;
  },
  keepsUnequalRatio: true,
  blockSizes: ({ sizes }) => sizes,
  sizesAre: "drawn",
  isDrawnForLength: ({ lastBlock }) => lastBlock === "fill",
};

/** C(n - 1, 0), C(n - 1, 1), ..., C(n - 1, n - 1). */
function pascalRow(n: number): readonly number[] {
  let row = [1];
  for (let i = 1; i < n; i += 1) row = [1, ...row.slice(1).map((value, j) => value + (row[j] as number)), 1];
  return row;
}

/** Permuted blocks whose last one is cut at the end of the list. */
export const cutBlocks = (sizes: readonly number[]): PermutedBlockSpec => ({
  kind: "permuted-block",
  sizes,
  lastBlock: "cut",
});

/** Blocks of so many sets of the ratio, those that fit the list. */
const blocksOf = (sets: readonly (readonly number[])[], { rows, ratioSum }: Frame): readonly PermutedBlockSpec[] =>
  sets
    .map((own) => own.map((m) => m * ratioSum))
    .filter((sizes) => Math.max(...sizes) <= rows)
    .map(cutBlocks);

const listed = (values: readonly number[]): string =>
  values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} and ${String(values[values.length - 1])}`;

export const permutedBlockOffer: Offer<PermutedBlockSpec> = {
  name: { en: "permuted blocks", zh: "区组随机化（置换区组）" },
  design: (spec) => {
    const { sizes, weights, lastBlock = "whole" } = spec;
    const chances =
      weights === undefined ? "" : weights === "pascal" ? " (binomial weights)" : ` (weights ${weights.join(":")})`;
    return {
      name: `permuted blocks of ${listed(sizes)}${chances}${LAST_BLOCK_NAMES[lastBlock]}`,
      label: `PB ${sizes.join(", ")}`,
      family: "blocks",
    };
  },
  parameters: { sizes: SIZES, weights: WEIGHTS, lastBlock: LAST_BLOCK },
  usual: {
    sought: (frame) => blocksOf([[1], [2], [3], [4], [1, 2], [2, 3], [2, 3, 4]], frame),
    pictured: (frame) => blocksOf([[1], [2], [3], [1, 2], [2, 3]], frame),
  },
};

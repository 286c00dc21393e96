/*
 * Permuted blocks: docs/algorithm.md, section 5. Works block by block (choose a size, deal the block), where the page
 * tells of an urn; the draws and their order are the same. Nothing of allocell is imported here.
 */
import type { DrawBelow } from "./secondStream.js";

export interface BlockPlan {
  readonly sizes: readonly number[];
  readonly weights?: readonly number[] | undefined;
  readonly lastBlock?: "whole" | "cut" | "fill" | undefined;
}

export interface DealtRow {
  readonly block: number;
  readonly blockSize: number;
  readonly position: number;
  readonly arm: string;
}

export interface BlockDraws {
  readonly allocation: DrawBelow;
  readonly sizes: DrawBelow;
}

/** The rows of one stratum, at least `length` of them unless the last block is cut. */
export function dealStratum(
  arms: Readonly<Record<string, number>>,
  plan: BlockPlan,
  length: number,
  draws: BlockDraws,
): DealtRow[] {
  const rows: DealtRow[] = [];
  const nextSize = sizeChooser(plan, length, draws.sizes);
  for (let block = 1; rows.length < length; block += 1) {
    const blockSize = nextSize(length - rows.length);
    const wanted = plan.lastBlock === "cut" ? Math.min(blockSize, length - rows.length) : blockSize;
    const dealt = dealBlock(arms, blockSize, wanted, draws.allocation);
    dealt.forEach((arm, place) => rows.push({ block, blockSize, position: place + 1, arm }));
  }
  return rows;
}

/** The first `wanted` participants of a block, each by one bounded draw. */
function dealBlock(
  arms: Readonly<Record<string, number>>,
  blockSize: number,
  wanted: number,
  draw: DrawBelow,
): string[] {
  const ratio = Object.values(arms);
  // No divisor is needed: the shares of a block are the same for 4:2 as for 2:1.
  const sum = ratio.reduce((total, part) => total + part, 0);
  const bag = Object.entries(arms).flatMap(([arm, part]) => Array<string>((blockSize * part) / sum).fill(arm));
  // The bag stays sorted by arm, so the ball at place x is the one in whose run x lies.
  return Array.from({ length: wanted }, () => bag.splice(Number(draw(BigInt(bag.length))), 1)[0]!);
}

/** How the size of the next block is found when so many rows are left. */
function sizeChooser(plan: BlockPlan, length: number, draw: DrawBelow): (left: number) => number {
  const { sizes } = plan;
  if (sizes.length === 1) return () => sizes[0]!;
  const weightOf = (index: number): bigint => BigInt(plan.weights?.[index] ?? 1);
  if (plan.lastBlock !== "fill")
    return () =>
      sizes[
        chosen(
          sizes.map((_, index) => weightOf(index)),
          draw,
        )
      ]!;

  // ways[r]: the weighted number of compositions of r rows into blocks.
  const ways: bigint[] = [1n];
  const share = (left: number, index: number): bigint => weightOf(index) * (ways[left - sizes[index]!] ?? 0n);
  for (let left = 1; left <= length; left += 1) {
    ways.push(sizes.reduce((total, _, index) => total + share(left, index), 0n));
  }
  return (left) =>
    sizes[
      chosen(
        sizes.map((_, index) => share(left, index)),
        draw,
      )
    ]!;
}

/** The index in whose run of balls a draw falls. */
function chosen(balls: readonly bigint[], draw: DrawBelow): number {
  let rest = draw(balls.reduce((total, count) => total + count, 0n));
  return balls.findIndex((count) => {
    rest -= count;
    return rest < 0n;
  });
}

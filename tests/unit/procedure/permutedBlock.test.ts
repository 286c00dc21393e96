import { describe, expect, it } from "vitest";
import {
  generateSequence,
  LONGEST_FILL,
  permutedBlock,
  reducedRatio,
  type PermutedBlockOptions,
} from "../../../src/procedure/index.js";
import { arc4Stream, deriveStreamKey, type StreamPurpose, type WordSource } from "../../../src/random/index.js";
import golden from "../../golden/default-stream.json" with { type: "json" };
import { issueOf } from "../../support/issueOf.js";
import { knownSeed } from "../../support/knownSeed.js";

const known = golden.blocks;

function blocksOf(
  options: PermutedBlockOptions,
  stratum: readonly (readonly [string, string])[],
  rows: number,
  names: string,
): string {
  const stream = (purpose: StreamPurpose): WordSource =>
    arc4Stream(deriveStreamKey(knownSeed, { algorithm: "example-1", list: "DEMO-B", purpose, stratum }));
  const { arms, blockStarts, blockSizes } = generateSequence(
    permutedBlock(options),
    { rows, wholeLastBlock: true },
    { allocation: stream("allocation"), blockSizes: stream("block-sizes") },
  );
  const letters = [...arms].map((arm) => names.charAt(arm)).join("");
  return blockStarts.map((start, i) => letters.slice(start, start + blockSizes[i]!)).join(" ");
}

describe("the known lists come out", { tags: ["LIST-001"] }, () => {
  const four = { ratio: [1, 1, 1, 1], sizes: [4, 8] };
  it("of two sites with four arms, and of two arms 2:1", () => {
    expect(blocksOf(four, [["site", "01"]], 20, "PABC")).toBe(known["site 01, P A B C 1:1:1:1, sizes 4 8, 20 rows"]);
    expect(blocksOf(four, [["site", "02"]], 20, "PABC")).toBe(known["site 02, P A B C 1:1:1:1, sizes 4 8, 20 rows"]);
    expect(blocksOf({ ratio: [2, 1], sizes: [3, 6] }, [], 12, "TP")).toBe(
      known["unstratified, T P 2:1, sizes 3 6, 12 rows"],
    );
  });

  it("by hand: 619293308 mod 4, 3323724228 mod 3, 3954506988 mod 2, then what is left", () => {
    const [a, b, c] = golden.allocationWords as [number, number, number];
    expect([a % 4, b % 3, c % 2]).toEqual([0, 0, 0]);
    expect(known["site 01, P A B C 1:1:1:1, sizes 4 8, 20 rows"].slice(0, 4)).toBe("PABC");
  });

  it("with the ratio in other words", () => {
    expect(blocksOf({ ratio: [4, 2], sizes: [3, 6] }, [], 12, "TP")).toBe(
      known["unstratified, T P 2:1, sizes 3 6, 12 rows"],
    );
  });
});

describe("permutedBlock", { tags: ["LIST-002"] }, () => {
  it("begins each block with the ratio in whole numbers and takes out what was drawn", () => {
    const urn = permutedBlock({ ratio: [3, 3, 3, 1], sizes: [10] });
    expect(urn.arms).toBe(4);
    expect(urn.balls(urn.start, undefined)).toEqual([3, 3, 3, 1]);
    expect(urn.blockAt?.(urn.start)).toBe(10);
    const after = urn.after(urn.start, 3, undefined);
    expect(urn.balls(after, undefined)).toEqual([3, 3, 3, 0]);
    expect(urn.blockAt?.(after)).toBe(0);
  });

  it("draws the size as a hidden ball only where there are several", () => {
    const urn = permutedBlock({ ratio: [1, 1], sizes: [2, 4], weights: [1, 3] });
    expect(urn.balls(urn.start, undefined)).toEqual([0, 0, 1, 3]);
    expect(urn.balls(urn.after(urn.start, 3, undefined), undefined)).toEqual([2, 2]);
  });

  it("has integer balls whatever the ratio (3:8 in 55 loses no row)", () => {
    const urn = permutedBlock({ ratio: [3, 8], sizes: [55] });
    expect(urn.balls(urn.start, undefined)).toEqual([15, 40]);
    const many = permutedBlock({ ratio: Array.from({ length: 49 }, () => 1), sizes: [49] });
    expect(many.balls(many.start, undefined)).toEqual(Array.from({ length: 49 }, () => 1));
  });

  it("does not look at the caller's arrays again, nor change them", () => {
    const options = { ratio: [1, 1], sizes: [2, 4], weights: [1, 3] };
    const urn = permutedBlock(options);
    expect(options).toEqual({ ratio: [1, 1], sizes: [2, 4], weights: [1, 3] });
    options.sizes[0] = 100;
    options.weights[0] = 7;
    options.ratio[0] = 9;
    expect(urn.balls(urn.start, undefined)).toEqual([0, 0, 1, 3]);
    expect(urn.balls(urn.after(urn.start, 2, undefined), undefined)).toEqual([1, 1]);
  });

  it("makes a new state for every ball and changes none that it made", () => {
    const urn = permutedBlock({ ratio: [1, 1], sizes: [2, 4] });
    const open = urn.after(urn.start, 3, undefined);
    const before = structuredClone([urn.start, open]);
    expect(urn.after(open, 0, undefined).left).toEqual([1, 2]);
    expect(urn.after(open, 1, undefined).left).toEqual([2, 1]);
    expect([urn.start, open]).toEqual(before);
    // Every block has a list of its own, so that whoever spoils one spoils no other.
    (open.left as number[])[0] = 99;
    expect(urn.after(urn.start, 3, undefined).left).toEqual([2, 2]);
  });

  it("comes to its end where a filled list is full", () => {
    for (const sizes of [[2], [2, 4]]) {
      const sources = { allocation: { nextWord: () => 0 }, blockSizes: { nextWord: () => 0 } };
      const urn = permutedBlock({ ratio: [1, 1], sizes, fill: 8 });
      expect(generateSequence(urn, { rows: 8 }, sources).arms).toHaveLength(8);
      const issue = issueOf(() => generateSequence(urn, { rows: 9 }, sources));
      expect(issue).toMatchObject({ code: "procedure.urn_empty", path: "rows", received: "9" });
      expect(issue.expected).toBe("at most 8 rows");
    }
  });
});

describe("what permutedBlock refuses", { tags: ["LIST-002"] }, () => {
  const faults: readonly [string, PermutedBlockOptions, string, string][] = [
    ["one arm", { ratio: [1], sizes: [1] }, "procedure.ratio_invalid", "ratio"],
    ["no arm", { ratio: [], sizes: [1] }, "procedure.ratio_invalid", "ratio"],
    ["a share of 0", { ratio: [1, 0], sizes: [2] }, "procedure.ratio_invalid", "ratio.1"],
    ["half a share", { ratio: [1, 1, 0.5], sizes: [5] }, "procedure.ratio_invalid", "ratio.2"],
    ["a share above 1000", { ratio: [1001, 1], sizes: [1002] }, "procedure.ratio_invalid", "ratio.0"],
    ["no size", { ratio: [1, 1], sizes: [] }, "procedure.block_size_invalid", "sizes"],
    ["an odd size at 1:1", { ratio: [1, 1], sizes: [2, 3] }, "procedure.block_size_invalid", "sizes.1"],
    ["size 4 at 2:1", { ratio: [2, 1], sizes: [4] }, "procedure.block_size_invalid", "sizes.0"],
    ["size 0", { ratio: [1, 1], sizes: [0] }, "procedure.block_size_invalid", "sizes.0"],
    ["a negative size", { ratio: [1, 1], sizes: [-2] }, "procedure.block_size_invalid", "sizes.0"],
    ["NaN", { ratio: [1, 1], sizes: [NaN] }, "procedure.block_size_invalid", "sizes.0"],
    ["a size with a fraction", { ratio: [1, 1], sizes: [2.5] }, "procedure.block_size_invalid", "sizes.0"],
    ["a size above a million", { ratio: [1, 1], sizes: [1_000_002] }, "procedure.block_size_invalid", "sizes.0"],
    ["a size twice", { ratio: [1, 1], sizes: [2, 4, 2] }, "procedure.block_size_invalid", "sizes.2"],
    ["too few weights", { ratio: [1, 1], sizes: [2, 4], weights: [1] }, "procedure.weights_invalid", "weights"],
    ["a weight of 0", { ratio: [1, 1], sizes: [2, 4], weights: [1, 0] }, "procedure.weights_invalid", "weights.1"],
    ["half a weight", { ratio: [1, 1], sizes: [2, 4], weights: [0.5, 1] }, "procedure.weights_invalid", "weights.0"],
    ["fill 0", { ratio: [1, 1], sizes: [2], fill: 0 }, "procedure.fill_too_long", "fill"],
    ["fill 7.5", { ratio: [1, 1], sizes: [2], fill: 7.5 }, "procedure.fill_too_long", "fill"],
    ["a fill too long", { ratio: [1, 1], sizes: [2], fill: LONGEST_FILL + 2 }, "procedure.fill_too_long", "fill"],
    ["a fill that no blocks make", { ratio: [1, 1], sizes: [4, 6], fill: 11 }, "procedure.fill_impossible", "fill"],
  ];
  it.each(faults)("%s", (_, options, code, path) => {
    expect(issueOf(() => permutedBlock(options))).toMatchObject({ code, path });
  });

  it.each([
    [[4, 6], 2, "the nearest: 4"],
    [[4, 6], 11, "the nearest: 10 or 12"],
    [[20], 58, "the nearest: 40 or 60"],
    [[6, 10], 14, "the nearest: 12 or 16"],
  ])("and names what works: %o in %i rows, %s", (sizes, fill, nearest) => {
    expect(issueOf(() => permutedBlock({ ratio: [1, 1], sizes, fill })).expected).toContain(nearest);
  });

  it("says so at once, also where the largest block and the weights are huge", () => {
    const started = performance.now();
    permutedBlock({ ratio: [1, 1], sizes: [2, 1_000_000], weights: [1_000_000, 1], fill: 100 });
    expect(issueOf(() => permutedBlock({ ratio: [1, 1], sizes: [1_000_000], fill: 100 })).expected).toContain(
      "1000000",
    );
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("reducedRatio", () => {
  it.each([
    [
      [2, 4],
      [1, 2],
    ],
    [
      [3, 3, 3, 1],
      [3, 3, 3, 1],
    ],
    [
      [1000, 1000],
      [1, 1],
    ],
    [
      [6, 10, 15],
      [6, 10, 15],
    ],
  ])("%o is %o", (ratio, reduced) => {
    expect(reducedRatio(ratio)).toEqual(reduced);
  });
});

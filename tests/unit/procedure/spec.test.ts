import { describe, expect, it } from "vitest";
import { AllocellError } from "../../../src/foundation/index.js";
import { ALGORITHMS, procedureSchema, readyProcedure, type PermutedBlockSpec } from "../../../src/procedure/index.js";
import { issueOf } from "../../support/issueOf.js";

const spec = (more: Partial<PermutedBlockSpec> = {}): PermutedBlockSpec => ({
  kind: "permuted-block",
  sizes: [4],
  ...more,
});

describe("algorithm ids", () => {
  it("are frozen: an id, once given, is for ever", () => {
    expect(ALGORITHMS).toMatchObject({ "permuted-block": "allocell-pb-1" });
    expect(Object.isFrozen(ALGORITHMS)).toBe(true);
  });
});

describe("readyProcedure", () => {
  it.each([
    ["whole", true],
    ["fill", false],
    ["cut", false],
  ] as const)("%s: whole last block %s", (lastBlock, wholeLastBlock) => {
    const ready = readyProcedure(spec({ lastBlock }), [1, 1], 8);
    expect(ready).toMatchObject({ wholeLastBlock });
    expect(ready.urn.arms).toBe(2);
  });

  it("has, without a policy, whole blocks and a length that they can make", () => {
    expect(readyProcedure(spec({ sizes: [4, 6] }), [1, 1], 10).wholeLastBlock).toBe(true);
    for (const [sizes, rows, nearest] of [
      [[4], 58, "nearest: 56 or 60"],
      [[4], 2, "nearest: 4"],
      [[4, 6], 2, "nearest: 4"],
      [[4, 6], 7, "nearest: 6 or 8"],
      [[6, 10], 14, "nearest: 12 or 16"],
      [[6, 10], 8, "nearest: 6 or 10"],
      [[20], 58, "nearest: 40 or 60"],
    ] as const) {
      const issue = issueOf(() => readyProcedure(spec({ sizes }), [1, 1], rows));
      expect(issue).toMatchObject({ code: "procedure.length_not_covered", path: "procedure.lastBlock" });
      expect(issue.expected).toContain(`(${nearest})`);
    }
  });

  it("covers a length exactly where a sum of sizes does (brute force as oracle)", () => {
    for (const sizes of [[2], [4, 6], [6, 10], [6, 10, 14], [10, 16], [8, 12, 20], [14, 22]]) {
      const sums = new Set([0]);
      for (let rows = 1; rows <= 300; rows += 1) {
        if (sizes.some((size) => sums.has(rows - size))) sums.add(rows);
        const act = (): unknown => readyProcedure(spec({ sizes }), [1, 1], rows);
        if (sums.has(rows)) expect(act).not.toThrow();
        else expect(act).toThrow(AllocellError);
      }
    }
  });

  it("answers soon, whatever the sizes", () => {
    const started = performance.now();
    const huge = spec({ sizes: [1_000_000, 999_998] });
    expect(issueOf(() => readyProcedure(huge, [1, 1], 5_000_001)).expected).toContain("nearest: 5000000 or 5999988");
    expect(issueOf(() => readyProcedure(huge, [1, 1], 1_500_000)).expected).toContain("nearest: 1000000 or 1999996");
    readyProcedure(spec({ sizes: [1_000_000] }), [1, 1], 50_000_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it.each([
    [spec({ sizes: [3] }), "procedure.block_size_invalid", "procedure.sizes.0"],
    [spec({ sizes: [4, 4] }), "procedure.block_size_invalid", "procedure.sizes.1"],
    [spec({ weights: [1, 2] }), "procedure.weights_invalid", "procedure.weights"],
    [spec({ weights: [0] }), "procedure.weights_invalid", "procedure.weights.0"],
    [spec({ lastBlock: "fill", sizes: [6, 10] }), "procedure.fill_impossible", "procedure.lastBlock"],
  ])("names the plan's field: %o, %s at %s", (stated, code, path) => {
    expect(issueOf(() => readyProcedure(stated, [1, 1], 8))).toMatchObject({ code, path });
  });
});

describe("procedureSchema", () => {
  it.each([
    [{ kind: "permuted-block", sizes: [4] }, true],
    [{ kind: "permuted-block", sizes: [4, 8], weights: [1, 2], lastBlock: "fill" }, true],
    [{ kind: "permuted-block", sizes: [] }, false],
    [{ kind: "permuted-block", sizes: ["4"] }, false],
    [{ kind: "permuted-block", sizes: 4 }, false],
    [{ kind: "permuted-block" }, false],
    [{ kind: "permuted-block", sizes: [4], lastBlock: "shrink" }, false],
    [{ kind: "permuted-block", sizes: [4], lastBlock: undefined }, false],
    [{ kind: "permuted-block", sizes: [4], weights: undefined }, false],
    [{ kind: "permuted-block", sizes: [4], pascal: false }, false],
    [{ kind: "permuted-blocks", sizes: [4] }, false],
    [{ sizes: [4] }, false],
  ])("%o: %s", (input, isValid) => {
    expect(procedureSchema.safeParse(input).success).toBe(isValid);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareRootSums, rootSumText, type RootSum } from "../../../src/procedure/rootSum.js";

const sum = (...terms: readonly (readonly [factor: number, radicand: number])[]): RootSum =>
  terms.map(([factor, radicand]) => ({ factor: BigInt(factor), radicand: BigInt(radicand) }));

describe("compareRootSums", () => {
  it("finds equal sums of different roots", () => {
    expect(compareRootSums(sum([1, 2], [1, 8], [1, 1]), sum([3, 2], [1, 1]))).toBe(0);
    expect(compareRootSums(sum([1, 12], [2, 50]), sum([2, 3], [10, 2]))).toBe(0);
    expect(compareRootSums(sum([5, 0]), sum())).toBe(0);
    expect(compareRootSums(sum([1, 2], [1, 3]), sum([1, 3], [1, 2]))).toBe(0);
  });

  it("tells sums apart that doubles cannot", () => {
    // Both are about 2 x 10^8 + 1; they differ by 2.5e-25: sqrt is concave.
    const n = 10 ** 16 - 2;
    expect(compareRootSums(sum([1, n], [1, n + 1]), sum([1, n - 1], [1, n + 2]))).toBe(1);
    expect(compareRootSums(sum([1, n - 1], [1, n + 2]), sum([1, n], [1, n + 1]))).toBe(-1);
    expect(Math.sqrt(n) + Math.sqrt(n + 1)).toBe(Math.sqrt(n - 1) + Math.sqrt(n + 2));
  });

  it("orders as the numbers do wherever doubles are sure", () => {
    const term = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat(10_000));
    const terms = fc.array(term, { maxLength: 5 });
    fc.assert(
      fc.property(terms, terms, (a, b) => {
        const value = (x: typeof a): number => x.reduce((total, [factor, root]) => total + factor * Math.sqrt(root), 0);
        const order = compareRootSums(sum(...a), sum(...b));
        if (Math.abs(value(a) - value(b)) > 1e-6) expect(order).toBe(Math.sign(value(a) - value(b)));
        expect(compareRootSums(sum(...b), sum(...a)) + order).toBe(0);
        expect(compareRootSums(sum(...a), sum(...[...a].reverse()))).toBe(0);
      }),
    );
  });
});

describe("rootSumText", () => {
  it("shows 15 places, rounded down", () => {
    expect(rootSumText(sum([1, 2]), 1n)).toBe("1.414213562373095");
    expect(rootSumText(sum([3, 4], [1, 0]), 4n)).toBe("1.500000000000000");
    expect(rootSumText(sum(), 1n)).toBe("0.000000000000000");
  });
});

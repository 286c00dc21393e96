import { describe, expect, it } from "vitest";
import { LONGEST_MAXIMAL, maximal } from "../../../src/procedure/maximal.js";
import { generateSequence } from "../../../src/procedure/generateSequence.js";
import { arc4Stream } from "../../../src/random/index.js";

/** T(n, D) = T(n + 1, D + 1) + T(n + 1, D - 1), T(N, 0) = 1, 0 if abs(D) > b. */
function byDifference(rows: number, tolerance: number): (n: number, D: number) => bigint {
  const known = new Map<string, bigint>();
  const ways = (n: number, D: number): bigint => {
    if (Math.abs(D) > tolerance) return 0n;
    if (n === rows) return D === 0 ? 1n : 0n;
    const key = `${n} ${D}`;
    const found = known.get(key) ?? ways(n + 1, D + 1) + ways(n + 1, D - 1);
    known.set(key, found);
    return found;
  };
  return ways;
}

describe("maximal", () => {
  it.each([
    [12, 3],
    [40, 2],
    [200, 4],
  ])("two arms 1:1, %i rows, tolerance %i: balls are T(n + 1, D +- 1) at every count", (rows, tolerance) => {
    const ways = byDifference(rows, tolerance);
    const urn = maximal({ ratio: [1, 1], rows, tolerance });
    for (let n = 0; n < rows; n += 1) {
      for (let D = -tolerance; D <= tolerance; D += 1) {
        if ((n + D) % 2 !== 0 || Math.abs(D) > n || ways(n, D) === 0n) continue;
        const balls = urn.balls([(n + D) / 2, (n - D) / 2], undefined);
        expect(balls.map(BigInt)).toEqual([ways(n + 1, D + 1), ways(n + 1, D - 1)]);
      }
    }
  });

  it("counts 54 sequences of 8 rows at tolerance 2", () => {
    const urn = maximal({ ratio: [1, 1], rows: 8, tolerance: 2 });
    expect(urn.balls(urn.start, undefined)).toEqual([27, 27]);
  });

  it("is the random allocation rule when the tolerance never binds", () => {
    const urn = maximal({ ratio: [2, 1], rows: 6, tolerance: 100 });
    expect(urn.balls(urn.start, undefined)).toEqual([10, 5]);
  });

  it("has whole counts far beyond 2^53 and draws from them at once", () => {
    const urn = maximal({ ratio: [1, 1], rows: LONGEST_MAXIMAL, tolerance: 3 });
    expect(urn.balls(urn.start, undefined)[0]).toBeTypeOf("bigint");
    const source = arc4Stream("ab".repeat(32));
    const { arms } = generateSequence(urn, { rows: LONGEST_MAXIMAL }, { allocation: source, blockSizes: source });
    let difference = 0;
    for (const arm of arms) {
      difference += arm === 0 ? 1 : -1;
      expect(Math.abs(difference)).toBeLessThanOrEqual(3);
    }
    expect(difference).toBe(0);
  });
});

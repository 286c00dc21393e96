import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { below } from "../../../src/random/below.js";
import { issueOf } from "../../support/issueOf.js";
import { ScriptedSource } from "../../support/scriptedSource.js";

const WORD = 2 ** 32;
const draw = (n: number, ...words: number[]): { value: number; used: number } => {
  const source = new ScriptedSource(words);
  return { value: below(source, n), used: source.used };
};
const drawBig = (n: bigint, ...words: number[]): { value: bigint; used: number } => {
  const source = new ScriptedSource(words);
  return { value: below(source, n), used: source.used };
};

describe("below, one word", { tags: ["RAND-002"] }, () => {
  it("takes one word also for a single value", () => {
    expect(draw(1, 0)).toEqual({ value: 0, used: 1 });
    expect(draw(1, WORD - 1)).toEqual({ value: 0, used: 1 });
  });

  it("refuses no word at a power of two", () => {
    for (const n of [2, 256, 2 ** 31, WORD]) expect(draw(n, WORD - 1)).toEqual({ value: n - 1, used: 1 });
    expect(draw(WORD, 0)).toEqual({ value: 0, used: 1 });
  });

  it("refuses exactly the words from the last whole multiple on", () => {
    // 2^32 mod 3 = 1, mod 5 = 1, mod 6 = 4, mod 7 = 4, mod 10 = 6, mod (2^32 - 1) = 1, mod (2^31 + 1) = 2^31 - 1.
    const rest: readonly [n: number, rest: number][] = [
      [3, 1],
      [5, 1],
      [6, 4],
      [7, 4],
      [10, 6],
      [WORD - 1, 1],
      [2 ** 31 + 1, 2 ** 31 - 1],
    ];
    for (const [n, over] of rest) {
      expect(draw(n, WORD - over - 1, 0)).toEqual({ value: n - 1, used: 1 });
      expect(draw(n, WORD - over, 0)).toEqual({ value: 0, used: 2 });
      expect(draw(n, WORD - 1, WORD - over, 5 % n)).toEqual({ value: 5 % n, used: 3 });
    }
  });

  it("gives numbers and bigints the same value from the same words up to 2^32", () => {
    const bound = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: WORD }));
    fc.assert(
      fc.property(bound, fc.array(fc.integer({ min: 0, max: WORD - 1 }), { minLength: 1 }), (n, words) => {
        const script = [...words, 0];
        expect(Number(drawBig(BigInt(n), ...script).value)).toBe(draw(n, ...script).value);
      }),
    );
  });

  /**
   * Exact evenness: the accepted words are [0, floor(2^32 / n) n), and x -> x mod n meets every value floor(2^32 / n)
   * times there. So it is enough that acceptance ends exactly at that multiple (above) and that the values cycle. All
   * of it is counted where it can be: over a window of words at either end of the accepted range.
   */
  it("meets every value equally often over windows at both ends of the accepted words", () => {
    for (const n of [2, 3, 5, 6, 7, 10, 60, 97]) {
      const accepted = WORD - (WORD % n);
      for (const start of [0, accepted - 5 * n]) {
        const counts = new Map<number, number>();
        for (let word = start; word < start + 5 * n; word += 1) {
          const { value, used } = draw(n, word);
          expect(used).toBe(1);
          counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        expect(counts.size).toBe(n);
        expect([...counts.values()].every((count) => count === 5)).toBe(true);
      }
    }
  });
});

describe("below, several words", { tags: ["RAND-002"] }, () => {
  it("joins words big-endian and takes the least number of them", () => {
    const n = 2n ** 32n + 1n;
    expect(drawBig(n, 0, 7)).toEqual({ value: 7n, used: 2 });
    expect(drawBig(n, 1, 0)).toEqual({ value: 2n ** 32n, used: 2 });
    expect(drawBig(2n ** 64n, WORD - 1, WORD - 1)).toEqual({ value: 2n ** 64n - 1n, used: 2 });
    expect(drawBig(2n ** 64n + 1n, 0, 0, 3)).toEqual({ value: 3n, used: 3 });
    expect(draw(2 ** 53 - 1, 0, 9)).toEqual({ value: 9, used: 2 });
  });

  it("refuses all words of a try together", () => {
    const n = 2n ** 63n + 1n; // 2^64 mod n = 2^63 - 1: accepted are the x below n
    expect(drawBig(n, 2 ** 31, 0, 0, 5)).toEqual({ value: n - 1n, used: 2 });
    expect(drawBig(n, 2 ** 31, 1, 0, 5)).toEqual({ value: 5n, used: 4 });
  });

  it("reads a two-word draw as the division of the joined number (second calculation)", () => {
    const word = fc.integer({ min: 0, max: WORD - 1 });
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 32n + 1n, max: 2n ** 64n }), word, word, (n, high, low) => {
        const x = BigInt(high) * 4294967296n + BigInt(low);
        const accepted = x < (2n ** 64n / n) * n;
        expect(drawBig(n, high, low, 0, 1)).toEqual(accepted ? { value: x % n, used: 2 } : { value: 1n, used: 4 });
      }),
    );
  });
});

describe("below, bounds that are none", { tags: ["RAND-002"] }, () => {
  it.each([0, -1, 1.5, NaN, Infinity, 2 ** 53, -0])("refuses %s and takes no word", (n) => {
    const source = new ScriptedSource([]);
    expect(issueOf(() => below(source, n))).toMatchObject({ code: "random.bound_invalid", path: "n" });
  });

  it.each([0n, -5n])("refuses the bigint %s", (n) => {
    expect(issueOf(() => below(new ScriptedSource([]), n)).code).toBe("random.bound_invalid");
  });
});

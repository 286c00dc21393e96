import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { below } from "../../../../src/random/below.js";
import { heapSortDescending } from "../../../../src/random/r/heapSort.js";
import {
  rbinom1,
  rIndex,
  RMersenneTwister,
  runif,
  rWordSource,
  sampleIndexes,
  unifRand,
} from "../../../../src/random/r/index.js";
import { ScriptedSource } from "../../../support/scriptedSource.js";

const TOP = 4294967295;
const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "nothing thrown";
};
const kinds = fc.constantFrom("Rejection", "Rounding");
const seeds = fc.integer({ min: -2147483647, max: 2147483647 });

describe("RMersenneTwister", { tags: ["RAND-003"] }, () => {
  it("counts its position as R does, and mixes again after 624 words", () => {
    const source = new RMersenneTwister(42);
    expect(source.randomSeed("Rejection").slice(0, 2)).toEqual([10403, 624]);
    for (let i = 0; i < 625; i += 1) source.nextWord();
    expect(source.randomSeed("Rounding").slice(0, 2)).toEqual([403, 1]);
    expect(source.randomSeed("Rounding")).toHaveLength(626);
  });

  it("takes R's integers and nothing else", () => {
    for (const seed of [-2147483647, 0, 2147483647]) expect(new RMersenneTwister(seed).nextWord()).toBeTypeOf("number");
    for (const seed of [-2147483648, 2147483648, 1.5, NaN, Infinity, "1" as never, undefined as never]) {
      expect(code(() => new RMersenneTwister(seed))).toBe("random.r_seed_invalid");
    }
  });

  it("never tells the seed in an error", { tags: ["SEC-004"] }, () => {
    try {
      rWordSource(9876543210);
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain("9876543210");
    }
    expect.assertions(1);
  });

  it("is a source of words for our own draws", () => {
    const source = rWordSource(42);
    const words = new RMersenneTwister(42);
    expect(Array.from({ length: 2000 }, () => below(source, 4294967296))).toEqual(
      Array.from({ length: 2000 }, () => words.nextWord()),
    );
  });
});

describe("unifRand and runif", { tags: ["RAND-003"] }, () => {
  it("excludes both ends", () => {
    expect(unifRand(new ScriptedSource([0]))).toBe(1.1641532185403984e-10);
    expect(unifRand(new ScriptedSource([1]))).toBe(2 ** -32);
    expect(unifRand(new ScriptedSource([TOP]))).toBe(1 - 2 ** -32);
  });

  it("draws nothing where both ends are one", () => {
    expect(runif(new ScriptedSource([]), 3, 2, 2)).toEqual([2, 2, 2]);
    expect(runif(new ScriptedSource([2147483648]), 1, -1, 3)).toEqual([1]);
  });

  it("refuses what is no range", () => {
    const source = new ScriptedSource([]);
    expect(code(() => runif(source, 1, 1, 0))).toBe("random.r_range_invalid");
    expect(code(() => runif(source, -1))).toBe("random.r_range_invalid");
    expect(code(() => runif(source, 1, 0, Infinity))).toBe("random.r_range_invalid");
  });
});

/** Words whose u has the given top 16 bits. */
const tops = (...values: number[]): ScriptedSource => new ScriptedSource(values.map((value) => value * 65536 + 1));

describe("rIndex", { tags: ["RAND-003"] }, () => {
  it("draws once even for a single value", () => {
    for (const kind of ["Rejection", "Rounding"] as const) {
      const source = tops(12345);
      expect(rIndex(source, 1, kind)).toBe(0);
      expect(source.used).toBe(1);
    }
  });

  it("with Rejection every index has the same number of 16-bit values", () => {
    for (const n of [2, 3, 5, 6, 7, 8, 12]) {
      const counts = Array.from({ length: n }, () => 0);
      for (let value = 0; value < 65536; value += 1) {
        const source = tops(value, 0);
        const index = rIndex(source, n, "Rejection");
        if (source.used === 1) counts[index]! += 1;
      }
      expect(new Set(counts).size).toBe(1);
    }
  });

  it("keeps the low bits, more than 32 of them too, and takes 16 bits at a time", () => {
    expect(rIndex(tops(0x0001, 0x2345), 65536, "Rejection")).toBe(0x2345);
    expect(rIndex(tops(0xffff, 0x2345), 65536, "Rejection")).toBe(0x2345);
    expect(rIndex(tops(0xffff, 0x1234, 0x5678), 2 ** 33, "Rejection")).toBe(0x1_1234_5678);
    expect(rIndex(tops(0xffff, 0xffff, 0xffff), 2 ** 47, "Rejection")).toBe(2 ** 47 - 1);
    for (const [n, used] of [
      [32768, 1],
      [32769, 2],
      [2 ** 31, 2],
      [2 ** 31 + 1, 3],
      [2 ** 47, 3],
    ] as const) {
      const source = tops(0, 0, 0);
      rIndex(source, n, "Rejection");
      expect([n, source.used]).toEqual([n, used]);
    }
  });

  it("refuses every other bound", () => {
    for (const n of [0, -1, 1.5, NaN, 2 ** 47 + 1]) {
      expect(code(() => rIndex(tops(), n, "Rejection"))).toBe("random.r_bound_invalid");
      expect(code(() => rIndex(tops(), n, "Rounding"))).toBe("random.r_bound_invalid");
    }
  });
});

describe("heapSortDescending", { tags: ["RAND-003"] }, () => {
  it("sorts downwards and keeps each label with its key", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 60 }), (values) => {
        const keys = Float64Array.from(values);
        const labels = Int32Array.from(values, (_, index) => index);
        heapSortDescending(keys, labels);
        expect([...keys]).toEqual([...values].sort((a, b) => b - a));
        expect([...labels].map((label) => values[label])).toEqual([...keys]);
        expect(new Set(labels).size).toBe(values.length);
      }),
    );
  });

  it("is not stable, which R's draws depend on", () => {
    const labels = Int32Array.from([0, 1, 2, 3, 4]);
    heapSortDescending(Float64Array.from([1, 1, 1, 1, 1]), labels);
    // sample.int(5, 5, prob = rep(1, 5)) with u just above 0 takes them in this order.
    expect([...labels]).not.toEqual([0, 1, 2, 3, 4]);
    const lowest = new ScriptedSource([0, 0, 0, 0, 0]);
    expect(sampleIndexes(lowest, { n: 5, prob: [1, 1, 1, 1, 1], kind: "Rejection" })).toEqual([...labels]);
  });
});

describe("sampleIndexes", { tags: ["RAND-003"] }, () => {
  it("is a permutation, or the beginning of it, with and without weights", () => {
    const sizes = fc.integer({ min: 1, max: 80 });
    fc.assert(
      fc.property(seeds, kinds, sizes, fc.nat(), fc.boolean(), (seed, kind, n, part, weighted) => {
        const prob = weighted ? Array.from({ length: n }, (_, i) => (i % 3) + 1) : undefined;
        const whole = sampleIndexes(new RMersenneTwister(seed), { n, kind, prob });
        expect([...whole].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        const size = part % (n + 1);
        expect(sampleIndexes(new RMersenneTwister(seed), { n, size, kind, prob })).toEqual(whole.slice(0, size));
      }),
    );
  });

  it("never draws a thing of weight 0", () => {
    fc.assert(
      fc.property(seeds, kinds, fc.boolean(), fc.constantFrom(6, 900), (seed, kind, replace, n) => {
        const prob = Array.from({ length: n }, (_, i) => i % 3);
        const drawn = sampleIndexes(new RMersenneTwister(seed), { n, size: n / 3, replace, prob, kind });
        expect(drawn.filter((index) => prob[index] === 0)).toEqual([]);
      }),
    );
  });

  it("up to 10,000,000 keeps a pool, above redraws what was taken", () => {
    // One index twice: the pool gives the last thing in its place, the other way draws a third time.
    const twice = [0, 7 * 65536 + 1, 0, 7 * 65536 + 1, 0, 9 * 65536 + 1];
    const pool = new ScriptedSource(twice);
    expect(sampleIndexes(pool, { n: 1e7, size: 2, kind: "Rejection" })).toEqual([7, 1e7 - 1]);
    expect(pool.used).toBe(4);
    const redrawn = new ScriptedSource(twice);
    expect(sampleIndexes(redrawn, { n: 1e7 + 1, size: 2, kind: "Rejection" })).toEqual([7, 9]);
    expect(redrawn.used).toBe(6);
  });

  it("draws nothing for size 0", () => {
    const source = new ScriptedSource([]);
    expect(sampleIndexes(source, { n: 5, size: 0, kind: "Rejection" })).toEqual([]);
    expect(sampleIndexes(source, { n: 5, size: 0, prob: [1, 1, 1, 1, 1], kind: "Rejection" })).toEqual([]);
  });

  it("gives frozen lists", () => {
    expect(Object.isFrozen(sampleIndexes(new RMersenneTwister(1), { n: 5, kind: "Rejection" }))).toBe(true);
  });

  it("names what is wrong", () => {
    const source = new ScriptedSource([]);
    const kind = "Rejection";
    for (const request of [
      { n: 0, kind },
      { n: 2.5, kind },
      { n: 3, size: 4, kind },
      { n: 3, size: -1, kind },
      { n: 2e8, size: 1.5e8, kind },
    ] as const) {
      expect(code(() => sampleIndexes(source, request))).toBe("random.r_sample_invalid");
    }
    for (const prob of [[1], [1, -1, 1], [1, NaN, 1], [0, 0, 0], [1, 0, 0], [1, Infinity, 1]]) {
      expect(code(() => sampleIndexes(source, { n: 3, size: 2, prob, kind }))).toBe("random.r_weights_invalid");
    }
    expect(code(() => sampleIndexes(source, { n: 2 ** 48, size: 1, kind }))).toBe("random.r_bound_invalid");
  });
});

describe("rbinom1", { tags: ["RAND-003"] }, () => {
  it("draws nothing where nothing is open", () => {
    const source = new ScriptedSource([]);
    expect([rbinom1(source, 0), rbinom1(source, 1)]).toEqual([0, 1]);
  });

  it("gives 1 for the upper part up to p = 1/2, for the lower part above", () => {
    const quarter = (k: number): ScriptedSource => new ScriptedSource([k * 1073741824]);
    expect([0, 1, 2, 3].map((k) => rbinom1(quarter(k), 0.25))).toEqual([0, 0, 0, 1]);
    expect([0, 1, 2, 3].map((k) => rbinom1(quarter(k), 0.5))).toEqual([0, 0, 1, 1]);
    expect([0, 1, 2, 3].map((k) => rbinom1(quarter(k), 0.75))).toEqual([1, 1, 1, 0]);
  });

  it("refuses what is no probability", () => {
    for (const p of [-0.1, 1.1, NaN]) {
      expect(code(() => rbinom1(new ScriptedSource([]), p))).toBe("random.r_probability_invalid");
    }
  });
});

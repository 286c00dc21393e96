import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RMersenneTwister, unifRand } from "../../../src/random/index.js";
import { coinOfPowers } from "../../../src/reproduce/lists/genSeq/coins.js";
import { randomizeR, type RandomizeROptions, verifyMadeWith } from "../../../src/reproduce/lists/index.js";

interface Case {
  readonly options: RandomizeROptions;
  readonly sequences: readonly string[];
  readonly runifAfter: string;
}

const url = new URL("../../golden/randomizeR.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(url, "utf8")) as { cases: readonly Case[] };

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "nothing thrown";
};

const arms = (options: RandomizeROptions): string =>
  randomizeR(options)
    .rows.map((row) => String(row["Treatment"]).charCodeAt(0) - 65)
    .join("");

const start = { seed: 11, sampleKind: "Rejection" } as const;

describe("lists of randomizeR", { tags: ["RAND-004"] }, () => {
  it("are those that base R draws by the same steps, for all 15 procedures under both kinds of sample()", () => {
    expect(new Set(cases.map(({ options }) => options.procedure)).size).toBe(15);
    for (const { options, sequences, runifAfter } of cases) {
      expect([options, arms(options)]).toEqual([options, sequences.join("")]);
      expect(randomizeR(options).runifAfter).toBe(Number(runifAfter));
    }
  });

  it("are verified with the other kind of sample(), with saved columns only, and not with another treatment", () => {
    const options = { ...start, procedure: "RPBR", N: 22, rb: [4, 6], groups: ["drug", "placebo"] } as const;
    const { rows, columns } = randomizeR(options);
    expect(columns).toEqual(["Allocation", "Treatment"]);
    expect(verifyMadeWith("randomizeR", { ...options, sampleKind: "Rounding" }, rows)).toMatchObject({
      identical: true,
      fits: { programVersion: "3.0.0", sampleKind: "Rejection", columnsMissing: [], rowsCut: 0 },
    });
    const only = rows.map(({ Treatment = "" }) => ({ Treatment }));
    expect(verifyMadeWith("randomizeR", options, only)).toMatchObject({ fits: { columnsMissing: ["Allocation"] } });
    const wrong = only.map((row, i) => (i === 7 ? { Treatment: "other" } : row));
    expect(verifyMadeWith("randomizeR", options, wrong)).toMatchObject({ firstDifference: { row: 8 } });
    expect(verifyMadeWith("randomizeR", options, only.slice(0, 21)).identical).toBe(false);
  });

  it("keep the law of their procedure", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 4 }), (seed, mti) => {
        const kept = { seed, sampleKind: "Rounding", N: 40, mti } as const;
        for (const procedure of ["BSD", "CHEN", "MP"] as const) {
          let ahead = 0;
          for (const arm of arms({ ...kept, procedure })) {
            ahead += arm === "1" ? 1 : -1;
            expect(Math.abs(ahead)).toBeLessThanOrEqual(mti);
          }
          if (procedure === "MP") expect(ahead).toBe(0);
        }
        const filled = arms({
          seed,
          sampleKind: "Rejection",
          procedure: "RPBR",
          N: 34,
          rb: [8, 4, 2],
          filledBlock: true,
        });
        expect(filled.replaceAll("0", "")).toHaveLength(17);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    [{ procedure: "XYZ", N: 10 }, "madeWith.options_invalid"],
    [{ procedure: "BSD", N: 10 }, "madeWith.options_invalid"],
    [{ procedure: "BSD", N: 10, mti: 2, K: 3 }, "madeWith.options_invalid"],
    [{ procedure: "EBC", N: 10, p: 0.4 }, "madeWith.options_invalid"],
    [{ procedure: "CR", N: 10, K: 3, ratio: [1, 1] }, "madeWith.options_conflict"],
    [{ procedure: "CR", N: 10, groups: ["A", "A"] }, "madeWith.options_conflict"],
    [{ procedure: "RAR", N: 10, K: 3 }, "madeWith.options_conflict"],
    [{ procedure: "PBR", bc: [4, 5] }, "madeWith.options_conflict"],
    [{ procedure: "RPBR", N: 22, rb: [4], filledBlock: true }, "madeWith.options_conflict"],
    [{ procedure: "RPBR", N: 2, rb: [4, 6], filledBlock: true }, "madeWith.options_conflict"],
    [{ procedure: "MP", N: 12, mti: 5, ratio: [2, 1] }, "madeWith.options_conflict"],
    [{ procedure: "CR", N: 100_000, r: 11 }, "madeWith.options_conflict"],
    [{ procedure: "MP", N: 2000, mti: 100 }, "madeWith.unsupported"],
    [{ procedure: "PBR", bc: [22], ratio: [15, 7] }, "madeWith.unsupported"],
  ] as const)("refuse what R refuses, ignores or rounds away: %j", (given, expected) => {
    expect(code(() => randomizeR({ ...start, ...given } as never))).toBe(expected);
  });

  it("refuse a draw that the last digit of a power would decide", () => {
    const source = { nextWord: () => 3 * 2 ** 30 }; // u = 3/4
    expect([coinOfPowers(source, 1, 3.1), coinOfPowers(source, 1, 2.9)]).toEqual([1, 0]);
    for (const [first, second] of [
      [1, 3],
      [1, 1e-16],
      [Infinity, 1],
      [Infinity, Infinity],
    ] as const) {
      expect(code(() => coinOfPowers(source, first, second))).toBe("madeWith.unsupported");
    }
    const stream = new RMersenneTwister(1);
    expect([coinOfPowers(stream, 1, 0), coinOfPowers(stream, 0, 1), coinOfPowers(stream, 1, 1e-30)]).toEqual([0, 1, 0]);
    expect(unifRand(stream)).toBe(unifRand(new RMersenneTwister(1)));
  });
});

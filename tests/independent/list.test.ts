/*
 * Double programming: the lists of the package against a second program that was written from docs/algorithm.md alone.
 */
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateList, parseLiveSeed, Seed, toBlindedCsv, toMasterCsv, unblindedManifest } from "../../src/index.js";
import { cases, traits, TRIALS, type Case } from "./list/randomCases.js";
import { secondBlindedCsv, secondList, secondMasterCsv, type SecondPlan } from "./list/secondList.js";
import {
  arc4,
  hkdfSha256,
  liveSeed,
  seedMark,
  streamKey,
  testSeed,
  wordsOf,
  writeLiveSeed,
  type Purpose,
} from "./list/secondStream.js";

function packageTexts({ plan, seed }: Case): { master: string; blinded: string } {
  const master = generateList({ plan, trial: TRIALS.get(Object.keys(plan.arms).length)!, seed: seed.theirs });
  return { master: [...toMasterCsv(master)].join(""), blinded: [...toBlindedCsv(master.blinded())].join("") };
}

function secondTexts({ plan, seed }: Case): { master: string; blinded: string } {
  const rows = secondList(plan, seed.ours);
  return { master: secondMasterCsv(plan, rows), blinded: secondBlindedCsv(plan, rows) };
}

describe("the second program itself", { tags: ["LIST-001", "LIST-009", "RAND-001"] }, () => {
  const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

  it("has the ARC4 of RFC 6229 (40-bit key, offsets 0, 240 and 256)", () => {
    const bytes = arc4(hex("01 02 03 04 05"));
    const stream = Buffer.from(Array.from({ length: 272 }, () => bytes.next().value));
    expect(stream.subarray(0, 16)).toEqual(hex("b2 39 63 05 f0 3d c0 27 cc c3 52 4a 0a 11 18 a8"));
    expect(stream.subarray(240, 256)).toEqual(hex("28 cb 11 32 c9 6c e2 86 42 1d ca ad b8 b6 9e ae"));
    expect(stream.subarray(256)).toEqual(hex("1c fc f6 2b 03 ed db 64 1d 77 df cf 7f 8d 8c 93"));
  });

  it("has the HKDF of RFC 5869 (A.3: no salt, no info)", () => {
    const key = hkdfSha256(Buffer.alloc(22, 0x0b), Buffer.alloc(0));
    expect(key.toString("hex")).toBe("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
  });
});

describe("the block by hand in docs/algorithm.md", { tags: ["LIST-001", "LIST-009", "RAND-001"] }, () => {
  const seed = testSeed("hand example TEST");
  const key = (purpose: Purpose): string => streamKey(seed, "allocell-pb-1", "DEMO-A", purpose, [["site", "01"]]);
  const firstWords = (purpose: Purpose, count: number): number[] => {
    const words = wordsOf(key(purpose));
    return Array.from({ length: count }, () => words.next().value);
  };

  it("has the stated keys and words", () => {
    expect(key("block-sizes")).toBe("6abd20175aa358775db6d3c13c39d995e26aa7e2dccfd07bb2e3410e41eee7e1");
    expect(key("allocation")).toBe("352986d25dd1a3e621a67267e090366e072b10664a1e1640ba4dc9a91c63dade");
    expect(firstWords("block-sizes", 2)).toEqual([1084669242, 1496318051]);
    expect(firstWords("allocation", 4)).toEqual([1971090615, 2161672530, 3395977164, 383415992]);
  });

  it("gives placebo, low, medium, high and then a block of 8", () => {
    const rows = secondList(
      {
        trial: "DEMO",
        part: "main",
        list: "DEMO-A",
        arms: { low: 1, medium: 1, high: 1, placebo: 1 },
        procedure: { kind: "permuted-block", sizes: [4, 8], lastBlock: "whole" },
        strata: [{ factor: "site", levels: ["01"] }],
        length: 5,
      },
      seed,
    );
    expect(rows.slice(0, 4).map(({ arm }) => arm)).toEqual(["placebo", "low", "medium", "high"]);
    expect(rows.map(({ blockSize }) => blockSize)).toEqual([4, 4, 4, 4, ...Array<number>(8).fill(8)]);
    expect(rows[4]!.number).toBe("TR010005");
  });
});

describe("a list programmed twice", { tags: ["LIST-001", "LIST-006", "LIST-009", "RAND-001"] }, () => {
  it("is the same byte for byte in both programs", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(cases, (each) => {
        for (const trait of traits(each)) seen.set(trait, (seen.get(trait) ?? 0) + 1);
        expect(packageTexts(each)).toEqual(secondTexts(each));
      }),
      { numRuns: 2_000 },
    );
    // 8 policies with one or several sizes, 4 with weights, 5 numbers of arms, 0-3 factors, LIVE and TEST, 6 options.
    expect(seen.size).toBe(29);
    expect(Math.min(...seen.values())).toBeGreaterThan(50);
  });

  it("is the same where the ways to fill a list need several words", () => {
    const plan: SecondPlan = {
      trial: "SECOND-2",
      part: "main",
      list: "FILL",
      arms: { a1: 1, a2: 1 },
      procedure: { kind: "permuted-block", sizes: [8, 2, 6, 4], weights: [1, 5, 1_000_000, 3], lastBlock: "fill" },
      strata: [],
      length: 400,
    };
    for (let count = 0; count < 20; count += 1) {
      const text = `fill ${count} TEST`;
      const each = { plan, seed: { theirs: Seed.test(text), ours: testSeed(text) } };
      expect(packageTexts(each)).toEqual(secondTexts(each));
    }
  });
});

describe("a seed programmed twice", { tags: ["LIST-001", "LIST-009", "RAND-001", "RAND-005"] }, () => {
  const bytes = createHash("sha256").update("live").digest();

  it("is written with the same check digits", () => {
    const plan: SecondPlan = {
      trial: "SECOND-2",
      part: "main",
      list: "WRITTEN",
      arms: { a1: 1, a2: 1 },
      procedure: { kind: "permuted-block", sizes: [4] },
      strata: [],
      length: 40,
    };
    const each = { plan, seed: { theirs: parseLiveSeed(writeLiveSeed(bytes)), ours: liveSeed(bytes) } };
    expect(packageTexts(each)).toEqual(secondTexts(each));
  });

  it("leaves the same mark in the unblinded manifest", () => {
    fc.assert(
      fc.property(cases, ({ plan, seed }) => {
        const trial = TRIALS.get(Object.keys(plan.arms).length)!;
        const { seedMark: mark } = unblindedManifest(generateList({ plan, trial, seed: seed.theirs }), "", []);
        expect(mark).toBe(seedMark(seed.ours, "allocell-pb-1", plan.list));
      }),
      { numRuns: 50 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { drawBall, permutedBlock, readyProcedure } from "../../src/procedure/index.js";
import { generateList, parsePlan, Seed, uc, type MasterList } from "../../src/index.js";
import { blockrand, randolist } from "../../src/reproduce/lists/index.js";
import { sampleIndexes } from "../../src/random/index.js";
import { issueOf } from "../support/issueOf.js";

/*
 * Faults that were found in other tools, each with a test that allocell does not have it. Traps 1, 3, 5, 7, 9 to 16, 18
 * and 20 of that list are tested beside the procedures that they belong to.
 */

const listOf = (change: object, seed = "traps"): MasterList =>
  generateList({
    plan: {
      trial: "NCT06853522",
      part: "main",
      list: "TRAPS",
      arms: { exosome: 1, placebo: 1 },
      procedure: { kind: "permuted-block", sizes: [4, 6], lastBlock: "fill" },
      length: 10,
      ...change,
    },
    trial: uc,
    seed: Seed.test(seed),
  });
const sizesOf = (list: MasterList): number[] =>
  [...list.unblindedRows()].filter((row) => row.position === 1).map((row) => row.blockSize);

describe("trap 2: sizes that are tried until none fits", { tags: ["LIST-005"] }, () => {
  it("10 rows of 4 and 6 never end in a dead end, and 4-6 and 6-4 have the same balls", () => {
    const urn = permutedBlock({ ratio: [1, 1], sizes: [4, 6], fill: 10 });
    expect(urn.balls(urn.start, undefined)).toEqual([0, 0, 1n, 1n]);
    const orders = new Set(Array.from({ length: 60 }, (_, i) => sizesOf(listOf({}, `seed ${i}`)).join("-")));
    expect([...orders].sort()).toEqual(["4-6", "6-4"]);
  });

  it("a length that no sizes meet is refused, with the nearest ones that they meet", () => {
    expect(issueOf(() => listOf({ length: 13 }))).toMatchObject({
      code: "procedure.fill_impossible",
      expected: expect.stringMatching(/12 or 14/) as string,
    });
  });
});

describe("trap 1: a ratio computed in fractions loses rows", { tags: ["LIST-005"] }, () => {
  it("5:6 in a block of 55 gives 25 and 30", () => {
    const urn = permutedBlock({ ratio: [5, 6], sizes: [55] });
    expect(urn.balls(urn.start, undefined)).toEqual([25, 30]);
  });
});

describe("trap 6: generating sets a seed of the caller's", { tags: ["LIST-005"] }, () => {
  it("a list draws nothing from Math.random and leaves no state behind", () => {
    const before = Math.random;
    Math.random = () => {
      throw new Error("Math.random was read");
    };
    try {
      const first = [...listOf({}).unblindedRows()].map((row) => row.arm);
      listOf({ list: "ANOTHER" });
      expect([...listOf({}).unblindedRows()].map((row) => row.arm)).toEqual(first);
    } finally {
      Math.random = before;
    }
  });
});

describe("trap 7: an option that is taken and ignored", { tags: ["LIST-005"] }, () => {
  it.each([
    { kind: "permuted-block", sizes: [4], pascal: false },
    { kind: "permuted-block", sizes: [4], tolerance: 3 },
    { kind: "complete", sizes: [4] },
    { kind: "efron", probability: "2/3", lastBlock: "cut" },
  ])("%j", (procedure) => {
    expect(issueOf(() => listOf({ procedure }))).toMatchObject({ code: "list.plan_invalid" });
  });

  it("block size 1.5", () => {
    expect(issueOf(() => listOf({ procedure: { kind: "permuted-block", sizes: [1.5] } })).code).toMatch(/block_size/);
  });

  it("a policy for the last block of a list without blocks", () => {
    const procedure = { kind: "truncated-binomial", lastBlock: "cut" } as const;
    expect(issueOf(() => readyProcedure(procedure, [1, 1], 10))).toMatchObject({
      code: "procedure.option_conflict",
      path: "procedure.lastBlock",
    });
  });

  it("the options that blockrand and randotools ignore", () => {
    const start = { seed: 1, sampleKind: "Rejection", n: 8 } as const;
    expect(issueOf(() => blockrand({ ...start, levels: ["A", "B"], numLevels: 3 })).code).toBe(
      "madeWith.options_conflict",
    );
    expect(issueOf(() => randolist({ ...start, pascal: false } as never)).code).toMatch(/^madeWith\./);
  });
});

describe("trap 8: the length is silently a minimum", { tags: ["LIST-005"] }, () => {
  it("a list that becomes longer says so, and one that was told to fill or to cut has its length", () => {
    const whole = listOf({ procedure: { kind: "permuted-block", sizes: [4], lastBlock: "whole" } });
    expect(whole.unblindedRowCount).toBe(12);
    expect(whole.unblindedRecord().warnings).toMatchObject([
      { code: "list.shorter_than_part" },
      { code: "list.longer_than_asked" },
    ]);
    expect(listOf({ procedure: { kind: "permuted-block", sizes: [4], lastBlock: "cut" } }).unblindedRowCount).toBe(10);
    expect(listOf({}).unblindedRowCount).toBe(10);
  });

  it("without a policy the length is one that whole blocks meet", () => {
    const issue = issueOf(() => listOf({ procedure: { kind: "permuted-block", sizes: [4] } }));
    expect(issue).toMatchObject({ code: "procedure.length_not_covered", path: "procedure.lastBlock" });
  });
});

describe("trap 9: a label taken for an index", { tags: ["LIST-005"] }, () => {
  it("arms named by digits' words, and one level of sample(), stay what they are", () => {
    // sample(5) in R means 1:5; here the number of things is always said.
    const one = sampleIndexes({ nextWord: () => 0 }, { n: 1, kind: "Rejection" });
    expect(one).toEqual([0]);
  });
});

describe("trap 19: cutting unbalances quietly, and re-sorting stays unseen", { tags: ["LIST-005"] }, () => {
  it("a cut block is reported with its counts", () => {
    const cut = listOf({ procedure: { kind: "permuted-block", sizes: [8], lastBlock: "cut" } });
    const warning = cut.unblindedRecord().warnings.find(({ code }) => code === "list.last_block_cut");
    const counts = cut.unblindedBalance()[0]!.counts;
    expect(warning?.message).toMatch(/cut after 2 of 8 rows \(exosome \d, placebo \d\)/);
    expect(counts["exosome"]! + counts["placebo"]!).toBe(10);
  });
});

describe("trap 20: numbers that stand for nothing", { tags: ["LIST-005"] }, () => {
  it("no allocation is ever a sentinel: a draw from an empty urn is an error", () => {
    expect(issueOf(() => drawBall([0, 0], { nextWord: () => 0 })).code).toBe("procedure.urn_empty");
    const rows = [...listOf({ procedure: { kind: "permuted-block", sizes: [8], lastBlock: "cut" } }).unblindedRows()];
    expect(rows.every(({ arm }) => arm === "exosome" || arm === "placebo")).toBe(true);
  });
});

describe("plans that a spreadsheet or YAML would bend", { tags: ["LIST-005"] }, () => {
  it("a level that YAML reads as a number is refused with what to do", () => {
    expect(issueOf(() => parsePlan({ ...planFile(), strata: [{ factor: "site", levels: [1] }] }))).toMatchObject({
      path: "strata.0.levels.0",
      message: expect.stringContaining("quotes") as string,
    });
  });
});

function planFile(): Record<string, unknown> {
  const arms = { exosome: 1, placebo: 1 };
  return { trial: "NCT06853522", part: "main", list: "X", arms, procedure: { kind: "complete" }, length: 4 };
}

import { describe, expect, it } from "vitest";
import {
  checkPlan,
  generateList,
  parsePlan,
  strataOf,
  stratumText,
  toMasterCsv,
  type MasterList,
} from "../../../src/list/index.js";
import { checkNumbers, randomizationNumber } from "../../../src/list/numbers.js";
import { Seed } from "../../../src/random/index.js";
import { sle, uc } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";
import { planOf } from "../../support/plans.js";

const ofUc = {
  trial: uc.id,
  part: "main",
  list: "UC-1",
  arms: { exosome: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4] },
  length: 40,
  assumptions: { "allocation.ratio": "1:1" },
};
const generate = (more: Record<string, unknown> = {}, trial = uc): MasterList =>
  generateList({ plan: { ...ofUc, ...more }, trial, seed: Seed.test("demo") });
const warningsOf = (list: MasterList): string[] =>
  list.unblindedRecord().warnings.map(({ code, path }) => `${code} ${path}`);

describe("generateList", () => {
  it("makes the same list from a plan as it stands in a file and from a plan that was read", () => {
    const plan = parsePlan(ofUc);
    const csv = (of: unknown): string =>
      [...toMasterCsv(generateList({ plan: of, trial: uc, seed: Seed.test("demo") }))].join("");
    expect(csv(plan)).toBe(csv(ofUc));
    expect(csv(plan).split("\r\n")).toHaveLength(42);
  });

  it("does not trust a plan that only looks read", () => {
    const forged = { ...parsePlan(ofUc), length: -1 };
    expect(issueOf(() => generateList({ plan: forged, trial: uc, seed: Seed.test("x") }))).toMatchObject({
      path: "length",
    });
    expect(issueOf(() => generateList({ plan: { arms: [] }, trial: uc, seed: Seed.test("x") })).code).toBe(
      "list.plan_invalid",
    );
  });

  it.each([[undefined], ["a text"], [{}], [null]])("makes no list from %j in place of a seed", (seed) => {
    const request = { plan: ofUc, trial: uc, seed: seed as unknown as Seed };
    expect(issueOf(() => generateList(request))).toMatchObject({ code: "random.seed_missing", path: "seed" });
  });

  it("says the status, the rows and the assumptions it rests on", () => {
    const list = generate();
    expect([list.status, list.unblindedRowCount, list.list]).toEqual(["TEST", 40, "UC-1"]);
    const { assumptions, algorithm } = list.unblindedRecord();
    expect(algorithm).toBe("allocell-pb-1");
    expect(assumptions.find(({ key }) => key === "allocation.ratio")?.value).toBe("1:1");
    expect(assumptions.find(({ key }) => key === "allocation.blockSizes")?.value).toContain("sizes 4");
    expect(Object.isFrozen(list.unblindedRecord())).toBe(true);
  });

  it.each([
    ["list.trial_differs", "trial", { trial: "NCT00000000" }],
    ["trial.part_unknown", "part", { part: "second" }],
    ["trial.arm_unknown", "arms.saline", { arms: { exosome: 1, saline: 1 } }],
    ["trial.assumption_conflict", 'assumptions."allocation.ratio"', { assumptions: { "allocation.ratio": "2:1" } }],
    ["trial.assumption_conflict", 'assumptions."allocation.ratio"', { arms: { exosome: 2, placebo: 2 } }],
    [
      "trial.assumption_unknown",
      'assumptions."allocation.rat"',
      { assumptions: { "allocation.ratio": "1:1", "allocation.rat": "x" } },
    ],
    ["procedure.length_not_covered", "procedure.lastBlock", { length: 39 }],
    ["procedure.block_size_invalid", "procedure.sizes.0", { procedure: { kind: "permuted-block", sizes: [3] } }],
    [
      "procedure.fill_impossible",
      "procedure.lastBlock",
      { length: 39, procedure: { kind: "permuted-block", sizes: [4], lastBlock: "fill" } },
    ],
    ["list.numbers_too_short", "numbers.digits", { numbers: { digits: 3 }, length: 1000 }],
    [
      "list.numbers_too_long",
      "numbers",
      {
        numbers: { prefix: "ABCD", digits: 8 },
        strata: [
          { factor: "site", levels: ["1"] },
          { factor: "sex", levels: ["f"] },
        ],
      },
    ],
  ])("throws %s at %s", (code, path, more) => {
    expect(issueOf(() => generate(more))).toMatchObject({ code, path });
  });

  it("keeps a closed arm and an arm of another part out", () => {
    const ofSle = { trial: sle.id, part: "single-dose", assumptions: {} };
    expect(issueOf(() => generate({ ...ofSle, arms: { low: 1, double: 1 } }, sle))).toMatchObject({
      code: "trial.arm_closed",
      path: "arms.double",
    });
    expect(
      issueOf(() => generate({ ...ofSle, part: "multiple-dose", arms: { low: 1, placebo: 1 } }, sle)),
    ).toMatchObject({
      code: "list.arm_not_in_part",
      path: "arms.low",
    });
  });

  it("counts the surplus of a whole last block into the digits", () => {
    const procedure = { kind: "permuted-block", sizes: [4], lastBlock: "whole" };
    expect(issueOf(() => generate({ numbers: { digits: 3 }, length: 997, procedure })).code).toBe(
      "list.numbers_too_short",
    );
    expect(generate({ numbers: { digits: 3 }, length: 996, procedure }).unblindedRowCount).toBe(996);
  });
});

describe("warnings", () => {
  it("none where there is nothing to say", () => {
    expect(warningsOf(generate())).toEqual([]);
  });

  it("a whole last block, a cut one, a short list, an arm left out", () => {
    const procedure = (lastBlock: string): object => ({ procedure: { kind: "permuted-block", sizes: [4], lastBlock } });
    const longer = generate({ length: 41, ...procedure("whole") });
    expect(longer.unblindedRowCount).toBe(44);
    expect(warningsOf(longer)).toEqual(["list.longer_than_asked length"]);
    expect(longer.unblindedRecord().warnings[0]!.message).toBe(
      "all participants: 44 rows instead of 41, because the last block is kept whole; the blinded list has the 41 rows asked for.",
    );
    const cut = generate({ length: 41, ...procedure("cut") });
    expect(warningsOf(cut)).toEqual(["list.last_block_cut procedure.lastBlock"]);
    expect(cut.unblindedRecord().warnings[0]!.message).toMatch(/cut after 1 of 4 rows \(exosome [01], placebo [01]\)/);
    expect(warningsOf(generate({ length: 40, ...procedure("cut") }))).toEqual([]);
    expect(warningsOf(generate({ length: 36 }))).toEqual(["list.shorter_than_part length"]);
    const threeOfFour = {
      trial: sle.id,
      part: "single-dose",
      arms: { low: 1, medium: 1, high: 1 },
      length: 12,
      assumptions: {},
    };
    expect(warningsOf(generate({ ...threeOfFour, procedure: { kind: "permuted-block", sizes: [6] } }, sle))).toEqual([
      "list.arm_left_out arms",
    ]);
  });

  it("come from checkPlan as data before anything is drawn", () => {
    const { warnings, assumptions } = checkPlan(parsePlan({ ...ofUc, length: 36 }), uc);
    expect(warnings.map(({ code }) => code)).toEqual(["list.shorter_than_part"]);
    expect(assumptions.map(({ key }) => key)).toContain("allocation.ratio");
  });
});

describe("strata", { tags: ["LIST-009"] }, () => {
  const plan = planOf({
    strata: [
      { factor: "site", levels: ["Nord", "Süd"] },
      { factor: "sex", levels: ["f", "m"] },
    ],
    length: 8,
    lengths: [{ stratum: { sex: "m", site: "Nord" }, length: 16 }],
  });

  it("are the product of the factors, the last varying fastest, with their own lengths", () => {
    expect(strataOf(plan).map(({ levels, length, code }) => [stratumText(levels), length, code])).toEqual([
      ["site Nord, sex f", 8, "0101"],
      ["site Nord, sex m", 16, "0102"],
      ["site Süd, sex f", 8, "0201"],
      ["site Süd, sex m", 8, "0202"],
    ]);
  });

  it("are one without factors", () => {
    expect(strataOf(planOf())).toMatchObject([{ levels: [], length: 12, code: "" }]);
    expect(stratumText([])).toBe("all participants");
  });
});

describe("randomization numbers", { tags: ["LIST-009"] }, () => {
  it("are prefix, stratum and position, with a T for TEST", () => {
    expect(randomizationNumber({ prefix: "R", digits: 4 }, "LIVE", "0102", 7)).toBe("R01020007");
    expect(randomizationNumber({ prefix: "AB", digits: 3 }, "TEST", "", 999)).toBe("TAB999");
  });

  it("have digits enough and 15 characters at most, the T included", () => {
    expect(() => {
      checkNumbers({ prefix: "R", digits: 3 }, [], 999);
    }).not.toThrow();
    expect(
      issueOf(() => {
        checkNumbers({ prefix: "R", digits: 3 }, [], 1000);
      }),
    ).toMatchObject({
      code: "list.numbers_too_short",
      expected: "at least 4 digits",
    });
    expect(() => {
      checkNumbers({ prefix: "ABCD", digits: 8 }, [9], 9);
    }).not.toThrow();
    expect(
      issueOf(() => {
        checkNumbers({ prefix: "ABCD", digits: 5 }, [9, 9, 9], 9);
      }).code,
    ).toBe("list.numbers_too_long");
  });
});

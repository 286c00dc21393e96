import { describe, expect, it } from "vitest";
import { AllocellError } from "../../../src/foundation/index.js";
import { parsePlan, planHash } from "../../../src/list/index.js";
import { issueOf } from "../../support/issueOf.js";
import { planOf } from "../../support/plans.js";

const site = { factor: "site", levels: ["01", "02"] };
const pathsOf = (act: () => unknown): string[] => {
  try {
    act();
  } catch (error) {
    if (AllocellError.is(error)) return error.issues.map(({ code, path }) => `${code} ${path}`).sort();
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("parsePlan", { tags: ["LIST-005"] }, () => {
  it("makes the optional parts explicit, keeps the order of arms, and is frozen", () => {
    const plan = planOf({ arms: { zeta: 2, alpha: 1 }, procedure: { kind: "permuted-block", sizes: [3] } });
    expect(plan.arms).toEqual([
      { arm: "zeta", ratio: 2 },
      { arm: "alpha", ratio: 1 },
    ]);
    expect(plan).toMatchObject({ strata: [], lengths: [], numbers: { prefix: "R", digits: 4 }, assumptions: {} });
    expect(Object.isFrozen(plan) && Object.isFrozen(plan.arms[0]) && Object.isFrozen(plan.numbers)).toBe(true);
  });

  it("reads a plan that was read before, and gives an equal copy", () => {
    const plan = planOf({ strata: [site] });
    expect(parsePlan(plan)).toEqual(plan);
    expect(planHash(parsePlan(structuredClone(plan)))).toBe(planHash(plan));
  });

  it("hashes the order of arms, factors and levels", () => {
    const hashes = [
      planOf({ arms: { active: 1, placebo: 1 } }),
      planOf({ arms: { placebo: 1, active: 1 } }),
      planOf({ arms: { active: 1, placebo: 2 }, procedure: { kind: "permuted-block", sizes: [3] } }),
      planOf({ strata: [site] }),
      planOf({ strata: [{ ...site, levels: ["02", "01"] }] }),
      planOf({ strata: [site, { factor: "sex", levels: ["f", "m"] }] }),
      planOf({ strata: [{ factor: "sex", levels: ["f", "m"] }, site] }),
      planOf({ length: 13, procedure: { kind: "permuted-block", sizes: [4], lastBlock: "cut" } }),
    ].map(planHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  const faults: readonly [field: string, value: unknown, path: string][] = [
    ["trial", 7, "trial"],
    ["trial", "", "trial"],
    ["part", undefined, "part"],
    ["part", "", "part"],
    ["list", "1ST", "list"],
    ["list", "a b", "list"],
    ["list", "x".repeat(41), "list"],
    ["list", 12, "list"],
    ["arms", undefined, "arms"],
    ["arms", { a: 1 }, "arms"],
    ["arms", {}, "arms"],
    ["arms", { a: 0, b: 1 }, "arms.a"],
    ["arms", { a: 1.5, b: 1 }, "arms.a"],
    ["arms", { a: "1", b: 1 }, "arms.a"],
    ["arms", { a: 1001, b: 1 }, "arms.a"],
    ["arms", [{ arm: "a", ratio: 1 }, { arm: "b" }], "arms.1.ratio"],
    [
      "arms",
      [
        { arm: "a", ratio: 1 },
        { arm: "a", ratio: 1 },
      ],
      "arms.1.arm",
    ],
    ["arms", ["a", "b"], "arms.0"],
    ["arms", JSON.parse('{"__proto__":1,"a":1,"b":1}'), "arms.__proto__"],
    ["procedure", undefined, "procedure"],
    ["procedure", { kind: "coin", sizes: [4] }, "procedure.kind"],
    ["procedure", { kind: "permuted-block", sizes: [4], size: 4 }, "procedure.size"],
    ["procedure", { kind: "permuted-block", sizes: ["4"] }, "procedure.sizes.0"],
    ["procedure", { kind: "permuted-block", sizes: [] }, "procedure.sizes"],
    ["procedure", { kind: "permuted-block", sizes: [4], lastBlock: "shrink" }, "procedure.lastBlock"],
    ["stream", "mt", "stream"],
    ["strata", {}, "strata"],
    ["strata", [{ factor: "1", levels: ["a"] }], "strata.0.factor"],
    ["strata", [{ factor: "arm", levels: ["a"] }], "strata.0.factor"],
    ["strata", [{ factor: "Arm", levels: ["a"] }], "strata.0.factor"],
    ["strata", [{ factor: "block_size", levels: ["a"] }], "strata.0.factor"],
    ["strata", [site, site], "strata.1.factor"],
    ["strata", [site, { ...site, factor: "SITE" }], "strata.1.factor"],
    ["strata", [{ factor: "site", levels: [] }], "strata.0.levels"],
    ["strata", [{ factor: "site", levels: [1] }], "strata.0.levels.0"],
    ["strata", [{ factor: "site", levels: ["01", "01"] }], "strata.0.levels.1"],
    ["strata", [{ factor: "site", levels: ["=1+1"] }], "strata.0.levels.0"],
    ["strata", [{ factor: "site", levels: ["a,b"] }], "strata.0.levels.0"],
    ["strata", [{ factor: "site", levels: ['a"b'] }], "strata.0.levels.0"],
    ["strata", [{ factor: "site", levels: ["a\nb"] }], "strata.0.levels.0"],
    ["strata", [{ factor: "site", levels: ["a "] }], "strata.0.levels.0"],
    ["strata", [{ factor: "site", levels: ["e\u0301"] }], "strata.0.levels.0"],
    ["strata", [{ factor: "site", levels: [""] }], "strata.0.levels.0"],
    ["strata", [{ factor: "site", levels: Array.from({ length: 100 }, (_, i) => `s${i}`) }], "strata.0.levels"],
    ["strata", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((i) => ({ factor: `f${i}`, levels: ["a"] })), "strata"],
    [
      "strata",
      [1, 2, 3].map((i) => ({ factor: `f${i}`, levels: Array.from({ length: 99 }, (_, j) => `l${j}`) })),
      "strata",
    ],
    ["length", 0, "length"],
    ["length", 1.5, "length"],
    ["length", "12", "length"],
    ["length", 50_000_001, "length"],
    ["lengths", [{ stratum: { site: "01" }, length: 4 }], "lengths.0.stratum"],
    ["numbers", { prefix: "T" }, "numbers.prefix"],
    ["numbers", { prefix: "TX" }, "numbers.prefix"],
    ["numbers", { prefix: "MAR" }, "numbers.prefix"],
    ["numbers", { prefix: "r" }, "numbers.prefix"],
    ["numbers", { prefix: "" }, "numbers.prefix"],
    ["numbers", { prefix: "ABCDE" }, "numbers.prefix"],
    ["numbers", { digits: 2 }, "numbers.digits"],
    ["numbers", { digits: 9 }, "numbers.digits"],
    ["numbers", { start: 1 }, "numbers.start"],
    ["assumptions", { "allocation.ratio": 1 }, 'assumptions."allocation.ratio"'],
    ["seed", "c4a1f09be7d25338016fbe4e9a7c30d8b12f65e4730acd8896f1e25b4d3c07ea-12345678", "seed"],
    ["blocks", 4, "blocks"],
  ];
  it.each(faults)("refuses %s: %o at %s", (field, value, path) => {
    const issue = issueOf(() => planOf({ [field]: value }));
    expect(issue).toMatchObject({ code: "list.plan_invalid", path });
    expect(JSON.stringify(issue)).not.toContain("c4a1f09b");
  });

  it.each([
    [[{ stratum: { site: "03" }, length: 4 }], "lengths.0.stratum"],
    [[{ stratum: {}, length: 4 }], "lengths.0.stratum"],
    [[{ stratum: { site: "01", sex: "f" }, length: 4 }], "lengths.0.stratum"],
    [
      [
        { stratum: { site: "01" }, length: 4 },
        { stratum: { site: "01" }, length: 8 },
      ],
      "lengths.1.stratum",
    ],
    [[{ stratum: { site: "01" }, length: 0 }], "lengths.0.length"],
    [[{ stratum: { site: "01" } }], "lengths.0.length"],
  ])("refuses own lengths %o at %s", (lengths, path) => {
    expect(issueOf(() => planOf({ strata: [site], lengths }))).toMatchObject({ code: "list.plan_invalid", path });
  });

  it("names every fault at once", () => {
    expect(pathsOf(() => planOf({ trial: 1, length: 0, extra: true, numbers: { digits: 1 } }))).toEqual([
      "list.plan_invalid extra",
      "list.plan_invalid length",
      "list.plan_invalid numbers.digits",
      "list.plan_invalid trial",
    ]);
  });

  it.each([null, undefined, "plan", 1, []])("refuses %o as a whole", (input) => {
    expect(issueOf(() => parsePlan(input))).toMatchObject({ code: "list.plan_invalid", path: "" });
  });
});

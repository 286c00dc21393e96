import { describe, expect, it } from "vitest";
import { assess } from "../../../src/assessment/index.js";
import { AllocellError } from "../../../src/foundation/index.js";
import { extensionObstacle, parsePlan, strataByProcedure, strataOf, type Plan } from "../../../src/list/index.js";
import { draw, planOf, rowsOf } from "../../support/plans.js";
import { faultsOf } from "../../support/issueOf.js";

const site = { factor: "site", levels: ["01", "02", "03"] };
const sex = { factor: "sex", levels: ["f", "m"] };
const blocks = (...sizes: number[]): object => ({ kind: "permuted-block", sizes, lastBlock: "whole" });
const refused = (more: Record<string, unknown>): readonly string[] =>
  faultsOf(() => planOf({ strata: [site, sex], ...more }));

describe("lengths by stratum or by site", { tags: ["LIST-005", "LIST-009"] }, () => {
  it("hold for all strata that have the named levels", () => {
    const plan = planOf({
      strata: [site, sex],
      lengths: [
        { stratum: { site: "01" }, length: 40 },
        { stratum: { sex: "m", site: "03" }, length: 8 },
      ],
    });
    expect(strataOf(plan).map(({ length }) => length)).toEqual([40, 40, 12, 12, 12, 8]);
  });

  it("are refused where two speak of one stratum, or none is named", () => {
    const length = 8;
    const at = (...strata: object[]): readonly string[] =>
      refused({ lengths: strata.map((stratum) => ({ stratum, length })) });
    expect(at({ site: "01" }, { sex: "m" })).toEqual(["list.plan_invalid lengths.1.stratum"]);
    expect(at({ sex: "m", site: "02" }, { site: "03" }, { site: "02" })).toEqual([
      "list.plan_invalid lengths.2.stratum",
    ]);
    expect(at({ site: "01" }, { site: "01" })).toEqual(["list.plan_invalid lengths.1.stratum"]);
    expect(at({ site: "01" }, { site: "02", sex: "f" }, { site: "03" })).toEqual([]);
    for (const stratum of [{}, { site: "04" }, { centre: "01" }, { site: "01", age: "old" }]) {
      expect(at(stratum)).toEqual(["list.plan_invalid lengths.0.stratum"]);
    }
  });

  it("are found at once for a thousand strata with a length each", () => {
    const levels = Array.from({ length: 99 }, (_, i) => `s${i}`);
    const more = Array.from({ length: 20 }, (_, i) => `c${i}`);
    const plan = planOf({
      strata: [
        { factor: "site", levels },
        { factor: "cohort", levels: more },
      ],
      lengths: levels.flatMap((own, i) =>
        more.map((c, j) => ({ stratum: { site: own, cohort: c }, length: i + j + 1 })),
      ),
    });
    expect(strataOf(plan)[99 * 20 - 1]?.length).toBe(98 + 19 + 1);
  });
});

describe("block rules by stratum or by site", { tags: ["LIST-001", "LIST-002", "LIST-005", "LIST-009"] }, () => {
  const own = { stratum: { site: "02" }, procedure: blocks(6, 8) };
  const plan = planOf({ strata: [site, sex], procedure: blocks(2, 4), length: 24, procedures: [own] });
  const ofSite = (list: Plan, level: string): readonly object[] =>
    rowsOf(draw(list)).filter(({ stratum }) => stratum[0]?.[1] === level);

  it("draw each stratum as a plan with its rule alone would, under the same algorithm id", () => {
    const plain = planOf({ strata: [site, sex], procedure: blocks(2, 4), length: 24 });
    const other = planOf({ strata: [site, sex], procedure: blocks(6, 8), length: 24 });
    expect(ofSite(plan, "01")).toEqual(ofSite(plain, "01"));
    expect(ofSite(plan, "03")).toEqual(ofSite(plain, "03"));
    expect(ofSite(plan, "02")).toEqual(ofSite(other, "02"));
    expect(draw(plan).unblindedRecord().algorithm).toBe("allocell-pb-1");
  });

  it("are grouped, assessed apart, and a filled one forbids an extension", () => {
    expect(strataByProcedure(plan).map(({ strata }) => strata.length)).toEqual([4, 2]);
    const { lists } = assess(plan);
    expect(lists.map(({ strata, procedure }) => [strata.length, procedure])).toEqual([
      [4, plan.procedure],
      [2, own.procedure],
    ]);
    const alone = assess(planOf({ procedure: own.procedure, length: 24 })).lists[0]?.measures;
    expect(lists[1]?.measures).toEqual(alone);
    expect(extensionObstacle(plan)).toBeUndefined();
    const filled = { stratum: { site: "01" }, procedure: { kind: "permuted-block", sizes: [4], lastBlock: "fill" } };
    expect(extensionObstacle(planOf({ strata: [site], procedures: [filled] }))).toMatch("filled");
  });

  it("are refused with another kind, other merging, nothing in them, or for one stratum twice", () => {
    const at = (procedure: object): Record<string, unknown> => ({
      procedures: [{ stratum: { site: "01" }, procedure }],
    });
    expect(refused(at({ kind: "complete" }))).toEqual(["list.plan_invalid procedures.0.procedure.kind"]);
    expect(refused(at({ ...blocks(4), mergedArms: true }))).toEqual([
      "list.plan_invalid procedures.0.procedure.mergedArms",
    ]);
    expect(refused({ procedures: [] })).toEqual(["list.plan_invalid procedures"]);
    expect(refused({ procedures: [own, own] })).toEqual(["list.plan_invalid procedures.1.stratum"]);
  });

  it("name the entry whose procedure cannot be", () => {
    const wrong = planOf({ strata: [site], procedures: [{ stratum: { site: "02" }, procedure: blocks(3) }] });
    expect(faultsOf(() => draw(wrong))).toEqual(["procedure.block_size_invalid procedures.0.procedure.sizes.0"]);
  });

  it("leave the plan's hash as it was where there are none", () => {
    expect(parsePlan(planOf())).not.toHaveProperty("procedures");
  });
});

describe("stated totals and stated orders", { tags: ["LIST-005", "LIST-007"] }, () => {
  const totals = (own: number[], length: number): Plan =>
    planOf({ arms: { a: 1, b: 1, c: 1 }, procedure: { kind: "random-allocation-rule", totals: own }, length });

  it("give exactly the totals, and refuse others", () => {
    const counts = new Map<string, number>();
    for (const { arm } of rowsOf(draw(totals([4, 3, 3], 10)))) counts.set(arm, (counts.get(arm) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ a: 4, b: 3, c: 3 });
    expect(faultsOf(() => draw(totals([4, 3, 3], 12)))).toEqual(["procedure.totals_invalid procedure.totals"]);
    expect(faultsOf(() => draw(totals([5, 5], 10)))).toEqual(["procedure.totals_invalid procedure.totals"]);
    expect(faultsOf(() => draw(totals([5, 5, 0], 10)))).toEqual([
      "procedure.parameter_out_of_range procedure.totals.2",
    ]);
  });

  it("warn where the totals have other shares than the ratio", () => {
    const codes = (plan: Plan): string[] => assess(plan).warnings.map(({ code, path }) => `${code} ${path}`);
    expect(codes(totals([4, 3, 3], 10))).toEqual(["procedure.ratio_not_kept procedure.totals"]);
    expect(codes(totals([3, 3, 3], 9))).toEqual([]);
  });

  it("take block sizes in their order, and over again", () => {
    const order = (length: number, more: object = {}): Plan =>
      planOf({ procedure: { kind: "ordered-blocks", sizes: [4, 2, 2], ...more }, length });
    expect(rowsOf(draw(order(14))).map(({ blockSize }) => blockSize)).toEqual([
      4, 4, 4, 4, 2, 2, 2, 2, 4, 4, 4, 4, 2, 2,
    ]);
    expect(rowsOf(draw(order(9, { lastBlock: "whole" })))).toHaveLength(12);
    expect(rowsOf(draw(order(9, { lastBlock: "cut" })))).toHaveLength(9);
    expect(faultsOf(() => draw(order(9)))).toEqual(["procedure.length_not_covered procedure.lastBlock"]);
    expect(faultsOf(() => draw(planOf({ procedure: { kind: "ordered-blocks", sizes: [4, 3] } })))).toEqual([
      "procedure.block_size_invalid procedure.sizes.1",
    ]);
  });

  it("name the nearest lengths at which a block ends", () => {
    for (const [length, below, above] of [
      [1, 0, 4],
      [5, 4, 6],
      [9, 8, 12],
      [13, 12, 14],
    ] as const) {
      const plan = planOf({ procedure: { kind: "ordered-blocks", sizes: [4, 2, 2] }, length });
      let expected = "";
      try {
        draw(plan);
      } catch (error) {
        expected = (error as AllocellError).issues[0].expected ?? "";
      }
      expect(expected).toContain(`nearest: ${below === 0 ? "" : `${below} or `}${above})`);
    }
  });
});

import { describe, expect, it } from "vitest";
import { recordDecision } from "../../../src/trial/index.js";
import { checkDynamicPlan, parseDynamicPlan } from "../../../src/list/index.js";
import { checkPlan, parsePlan } from "../../../src/list/index.js";
import { sle, t1d, uc } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";

const opened = recordDecision(sle, {
  arm: "double",
  dataCut: "2026-01-15",
  decidedBy: "investigators and sponsor",
  decidedOn: "2026-02-01",
  dose: { kind: "per-kg", amount: "3E6", unitKind: "cells" },
  administrations: { count: 2, intervalDays: 28 },
});
const second = {
  trial: sle.id,
  part: "multiple-dose",
  list: "SLE-MD-01",
  arms: { double: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4] },
  length: 12,
};
const ofUc = {
  ...second,
  trial: uc.id,
  part: "main",
  arms: { exosome: 1, placebo: 1 },
};

describe("the prefix of the numbers", { tags: ["LIST-005"] }, () => {
  it.each([[{}], [{ numbers: { prefix: "R" } }], [{ numbers: { digits: 5 } }]])(
    "R is that of the first randomized part: a second part with %j is refused, with what to write",
    (more) => {
      const issue = issueOf(() => checkPlan(parsePlan({ ...second, ...more }), opened));
      expect(issue).toMatchObject({
        code: "list.numbers_prefix_taken",
        path: "numbers.prefix",
        expected: "numbers: { prefix: M } in the plan, or another prefix that no other part has",
      });
      expect(issue.message).toContain('The numbers of part "single-dose" begin with R');
    },
  );

  it("of its own lets a second part pass", () => {
    expect(() => checkPlan(parsePlan({ ...second, numbers: { prefix: "M" } }), opened)).not.toThrow();
  });

  it("is free to the first randomized part, also after an open one", () => {
    expect(t1d.parts.map(({ kind }) => kind)).toEqual(["open-escalation", "randomized"]);
    const plan = { ...ofUc, trial: t1d.id, part: "randomized", arms: { experimental: 1, placebo: 1 } };
    expect(() => checkPlan(parsePlan(plan), t1d)).not.toThrow();
    expect(() => checkPlan(parsePlan(ofUc), uc)).not.toThrow();
  });

  it("is asked for by a dynamic allocation too", () => {
    const plan = {
      ...second,
      procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "4/5" } },
      factors: [{ factor: "site", levels: ["01", "02"] }],
    };
    expect(issueOf(() => checkDynamicPlan(parseDynamicPlan(plan), opened)).code).toBe("list.numbers_prefix_taken");
  });
});

describe("a factor or a level that is called like an arm", { tags: ["LIST-005"] }, () => {
  const label = uc.arms[0]!.label;
  it.each([
    ["an arm of the plan", [{ factor: "stage", levels: ["early", "exosome"] }], "strata.0.levels.1"],
    ["in another case", [{ factor: "stage", levels: ["Exosome", "early"] }], "strata.0.levels.0"],
    ["its label", [{ factor: "stage", levels: ["early", label] }], "strata.0.levels.1"],
    ["as a factor", [{ factor: "Placebo", levels: ["yes", "no"] }], "strata.0.factor"],
  ])("%s is refused", (_, strata, path) => {
    expect(issueOf(() => checkPlan(parsePlan({ ...ofUc, strata }), uc))).toMatchObject({
      code: "list.level_is_arm",
      path,
    });
  });

  it("an arm of another part is refused too", () => {
    const plan = { ...second, part: "single-dose", arms: { low: 1, high: 1 } };
    const strata = [{ factor: "earlier", levels: ["double", "none"] }];
    expect(issueOf(() => checkPlan(parsePlan({ ...plan, strata }), opened)).path).toBe("strata.0.levels.0");
  });

  it("a level that holds an arm's id among other words is another word", () => {
    const strata = [{ factor: "dose-history", levels: ["no placebo before", "lower"] }];
    expect(() => checkPlan(parsePlan({ ...ofUc, strata }), uc)).not.toThrow();
  });
});

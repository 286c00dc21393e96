import { describe, expect, it } from "vitest";
import {
  blindedAssumptionKeys,
  checkRecordedAssumptions,
  generateList,
  parsePlan,
  type Plan,
} from "../../../src/list/index.js";
import { Seed } from "../../../src/random/index.js";
import { uc } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";

const plan: Plan = parsePlan({
  trial: uc.id,
  part: "main",
  list: "UC-1",
  arms: { exosome: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4] },
  length: 40,
  assumptions: { "allocation.ratio": { value: "1:1", reason: "agreed" } },
});
const { assumptions } = generateList({ plan, trial: uc, seed: Seed.test("x") }).unblindedRecord();
const line = (key: string): (typeof assumptions)[number] => assumptions.find((one) => one.key === key)!;

describe("the assumptions in a manifest", () => {
  it("that follow from its plan are without fault", () => {
    expect(checkRecordedAssumptions(plan, assumptions, true)).toEqual([]);
  });

  it.each([
    ["a stated value", { ...line("allocation.ratio"), value: "2:1" }, "assumptions.0.value"],
    ["a stated reason", { ...line("allocation.ratio"), reason: "none" }, "assumptions.0.reason"],
    ["an answer of the plan", { ...line("allocation.blockSizes"), value: "sizes 2" }, "assumptions.0.value"],
  ])("%s that was changed is found", (_, changed, path) => {
    expect(checkRecordedAssumptions(plan, [changed], true)).toMatchObject([{ code: "list.assumption_differs", path }]);
  });

  it("may be worded otherwise by another version, where the plan answers", () => {
    expect(checkRecordedAssumptions(plan, [{ ...line("allocation.blockSizes"), value: "of four" }], false)).toEqual([]);
    expect(checkRecordedAssumptions(plan, [{ ...line("allocation.ratio"), value: "2:1" }], false)).toHaveLength(1);
  });

  it.each([
    [undefined],
    ["none"],
    [[1]],
    [[{ key: "a", value: 1, question: "?" }]],
    [[{ ...line("allocation.ratio"), arm: "x" }]],
  ])("are no lines of an assumptions file: %j", (wrong) => {
    expect(issueOf(() => checkRecordedAssumptions(plan, wrong, true)).code).toBe("list.manifest_invalid");
  });

  it("do not make the plan state a policy that it does not state", () => {
    expect(line("allocation.blockSizes").value).toBe(
      "permuted-block; sizes 4; lastBlock not stated: whole blocks cover the length",
    );
    const stated = parsePlan({ ...plan, procedure: { ...plan.procedure, lastBlock: "whole" } });
    const of = generateList({ plan: stated, trial: uc, seed: Seed.test("x") }).unblindedRecord().assumptions;
    expect(of.find(({ key }) => key === "allocation.blockSizes")?.value).toBe(
      "permuted-block; sizes 4; lastBlock whole",
    );
  });
});

describe("the assumption keys that a blinded person sees", () => {
  const keysOf = (arms: readonly string[], ...keys: string[]): readonly string[] =>
    blindedAssumptionKeys(
      { arms: arms.map((arm) => ({ arm, ratio: 1 })) },
      keys.map((key) => ({ key })),
    );

  it("are those of the allocation without an arm's id in them", () => {
    const keys = ["allocation.ratio", "allocation.ratio.active", "allocation.Active.ratio", "dose.cap"];
    expect(keysOf(["active", "placebo"], ...keys)).toEqual(["allocation.ratio"]);
  });

  it("are compared word by word", () => {
    expect(keysOf(["low-dose", "act"], "allocation.lowDose", "allocation.low-dose.ratio", "allocation.active")).toEqual(
      ["allocation.active"],
    );
  });
});

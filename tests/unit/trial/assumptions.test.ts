import { describe, expect, it } from "vitest";
import { pathTo } from "../../../src/foundation/index.js";
import { closeAssumptions, defineTrial, openAssumptions, type AssumptionInputs } from "../../../src/trial/index.js";
import { faultsOf, issuesOf } from "./issuesOf.js";
import { sample } from "./sampleTrial.js";

const trial = defineTrial(sample());
const DOSE: AssumptionInputs = {
  "dose.levels.unknown": "1E6 cells/kg",
  "dose.administrations": "1",
  "dose.countBasis": "viable-cells",
  "dose.weightDescriptor": { value: "actual", reason: "pharmacy manual" },
  "dose.cap": "none",
};

describe("openAssumptions", { tags: ["TRIAL-002"] }, () => {
  it("lists all, or those of a use", () => {
    expect(openAssumptions(trial)).toHaveLength(8);
    expect(openAssumptions(trial, "schedule").map((one) => one.key)).toEqual(["dose.administrations"]);
    expect(openAssumptions(trial, "record")).toEqual([]);
  });
});

describe("closeAssumptions", { tags: ["TRIAL-002"] }, () => {
  it("gives the answers of the use in the order of the assumptions, frozen", () => {
    const closed = closeAssumptions(trial, DOSE, { use: "dose", arm: "unknown" });

    expect(closed.map((one) => `${one.key}=${one.value}`)).toEqual([
      "dose.levels.unknown=1E6 cells/kg",
      "dose.administrations=1",
      "dose.countBasis=viable-cells",
      "dose.weightDescriptor=actual",
      "dose.cap=none",
    ]);
    expect(closed[3]).toEqual({
      key: "dose.weightDescriptor",
      value: "actual",
      reason: "pharmacy manual",
      question: "Weight?",
    });
    expect(Object.isFrozen(closed[0])).toBe(true);
  });

  it("asks only what concerns the arm, and leaves out what the output does not rest on", () => {
    expect(closeAssumptions(trial, DOSE, { use: "dose", arm: "active" }).map((one) => one.key)).toEqual([
      "dose.weightDescriptor",
    ]);
    expect(closeAssumptions(trial, { route: "intravenous" }, { use: "dose", arm: "placebo" })).toEqual([]);
  });

  it("asks only what concerns the part", () => {
    const answered = { seed: "held by the statistician" };

    expect(closeAssumptions(trial, {}, { use: "list", part: "open", answered }).map((one) => one.key)).toEqual([
      "allocation.seed",
    ]);
    expect(faultsOf(() => closeAssumptions(trial, {}, { use: "list", part: "masked", answered }))).toEqual([
      'trial.assumption_missing assumptions."allocation.ratio"',
    ]);
    // An arm alone stands for the parts it is in.
    expect(faultsOf(() => closeAssumptions(trial, {}, { use: "list", arm: "unknown" }))).toEqual([
      'trial.assumption_missing assumptions."allocation.seed"',
    ]);
  });

  it("takes an answer from the plan, and refuses a second, different one", () => {
    const inputs = { "allocation.ratio": "2:1", "allocation.seed": "A" };
    const use = "list";

    expect(closeAssumptions(trial, inputs, { use, answered: { seed: "A" } })[1]).toMatchObject({ value: "A" });
    expect(faultsOf(() => closeAssumptions(trial, inputs, { use, answered: { seed: "B" } }))).toEqual([
      'trial.assumption_conflict assumptions."allocation.seed"',
    ]);
  });

  it("reports everything that is missing, with question and hint", () => {
    const issues = issuesOf(() => closeAssumptions(trial, {}, { use: "list" }));

    expect(issues.map((issue) => issue.path)).toEqual([
      'assumptions."allocation.ratio"',
      'assumptions."allocation.seed"',
    ]);
    expect(issues[0]!.message).toMatch(/must be stated.*Ratio\?.*Hint, never used by itself: 2:1/);
    expect(issues[1]!.message).toContain("seed answers it too");
  });

  it("names the nearest keys for an unknown one", () => {
    const [issue] = issuesOf(() => closeAssumptions(trial, { ...DOSE, "dose.Cap": "none" }, { use: "dose" }));

    expect(issue).toMatchObject({ code: "trial.assumption_unknown", path: 'assumptions."dose.Cap"' });
    expect(issue!.message).toContain("the nearest are dose.cap");
  });

  it.each<[string, string]>([
    ["dose.levels.unknown", "1E6"],
    ["dose.levels.unknown", "1,5E6 cells/kg"],
    ["dose.administrations", "2"],
    ["dose.administrations", "1 every 28 days"],
    ["dose.administrations", "0"],
    ["dose.administrations", "2 every 4 weeks"],
    ["dose.countBasis", "cells"],
    ["dose.countBasis", "viable cells"],
    ["dose.weightDescriptor", "body"],
    ["dose.cap", "3E8"],
    ["dose.cap", "5E6 viable cells/kg"],
    ["dose.cap", "unlimited"],
    ["route", "  "],
  ])("refuses %s = %j", (key, value) => {
    expect(faultsOf(() => closeAssumptions(trial, { ...DOSE, [key]: value }, { use: "dose" }))).toEqual([
      `trial.assumption_invalid ${pathTo("assumptions", key)}`,
    ]);
  });

  it.each<[string, string]>([
    ["dose.levels.unknown", "60x10^6 viable cells"],
    ["dose.administrations", "2 every 28 days"],
    ["dose.administrations", "3 every 1 day"],
    ["dose.weightDescriptor", "lean"],
    ["dose.cap", "300E6 viable cells"],
  ])("reads %s = %j", (key, value) => {
    const closed = closeAssumptions(trial, { ...DOSE, [key]: value }, { use: "dose" });

    expect(closed.find((one) => one.key === key)!.value).toBe(value);
  });

  it("refuses a value that is no text", () => {
    const act = (input: unknown) => () =>
      closeAssumptions(trial, { "dose.administrations": input } as AssumptionInputs, { use: "record" });

    const fault = 'trial.assumption_invalid assumptions."dose.administrations"';
    expect(faultsOf(act(1))).toEqual([fault]);
    expect(faultsOf(act({ value: 1 }))).toEqual([fault]);
    expect(faultsOf(act({ value: "1", because: "x" }))).toEqual([`${fault}.because`]);
  });

  it("does not ask for a weight where the stated dose is flat", () => {
    const rest = Object.fromEntries(Object.entries(DOSE).filter(([key]) => key !== "dose.weightDescriptor"));
    const flat = { ...rest, "dose.levels.unknown": "60E6 viable cells" };

    expect(closeAssumptions(trial, flat, { use: "dose", arm: "unknown" }).map((one) => one.key)).not.toContain(
      "dose.weightDescriptor",
    );
    expect(faultsOf(() => closeAssumptions(trial, rest, { use: "dose", arm: "unknown" }))).toEqual([
      'trial.assumption_missing assumptions."dose.weightDescriptor"',
    ]);
  });

  it("refuses a count basis other than that of the stated dose", () => {
    const inputs = { ...DOSE, "dose.levels.unknown": "1E6 total nucleated cells/kg" };

    expect(faultsOf(() => closeAssumptions(trial, inputs, { use: "dose" }))).toEqual([
      'trial.assumption_conflict assumptions."dose.countBasis"',
    ]);
  });

  it("refuses an arm or a part that is none", () => {
    expect(faultsOf(() => closeAssumptions(trial, {}, { use: "dose", arm: "nobody" }))).toEqual([
      "trial.arm_unknown arm",
    ]);
    expect(faultsOf(() => closeAssumptions(trial, {}, { use: "dose", part: "main" }))).toEqual([
      "trial.part_unknown part",
    ]);
  });
});

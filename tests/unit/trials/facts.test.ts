import { describe, expect, it } from "vitest";
import { checkEligibility, defineTrial, openAssumptions, sourceOf, type Trial } from "../../../src/trial/index.js";
import { sle, t1d, t2d, TRIALS, trialById, uc } from "../../../src/trials/index.js";
import * as expectedOf from "./expected.js";

const CASES = Object.entries(expectedOf).map(([name, said]) => [name, trialById(said.record.id!), said] as const);

/** Fields that are compared by other tests of this file. */
const ELSEWHERE = new Set([
  "interventions",
  "arms",
  "parts",
  "eligibility",
  "outcomes",
  "assumptions",
  "contradictions",
  "sources",
  "provenance",
]);

it("every built-in trial is compared with what its sources say", { tags: ["TRIAL-001"] }, () => {
  expect(new Set(CASES.map(([, trial]) => trial))).toEqual(new Set(TRIALS));
});

describe.each(CASES)("%s", { tags: ["TRIAL-001"] }, (_, trial, expected) => {
  it("is a frozen trial that defineTrial gives back unchanged", () => {
    expect(defineTrial(trial)).toEqual(trial);
    expect(Object.isFrozen(trial)).toBe(true);
    expect(Object.isFrozen(trial.arms[0]!.interventions)).toBe(true);
    expect(Object.isFrozen(trial.assumptions[0])).toBe(true);
  });

  it("says what its sources say, and no field more", () => {
    expect(trial).toMatchObject(expected.record);
    const stated = Object.keys(trial).filter((field) => !ELSEWHERE.has(field));
    expect(stated.sort()).toEqual(
      Object.keys(expected.record)
        .filter((field) => !ELSEWHERE.has(field))
        .sort(),
    );
  });

  it.each(["inclusion", "exclusion"] as const)("lists each %s item", (list) => {
    const items = trial.eligibility[list];
    expect(items).toHaveLength(expected[list].length);
    items.forEach((item, index) => {
      expect(item).toMatch(expected[list][index]!);
    });
  });

  it("lists what does not add up", () => {
    const expectedIds = Object.keys(expected.contradictions);
    expect(trial.contradictions.map(({ id }) => id)).toEqual(expectedIds);
    for (const { id, statement } of trial.contradictions) expect(statement).toMatch(expected.contradictions[id]!.says);
  });

  it("asks for what no source says, and for nothing else", () => {
    for (const use of ["list", "dose", "preparation", "schedule", "escalation", "blinding", "record"] as const) {
      const keys = openAssumptions(trial, use).map((assumption) => assumption.key);
      expect(keys.sort(), use).toEqual([...expected.assumptions[use]!].sort());
    }
  });

  it("names the source of each statement", () => {
    for (const [path, [kind, citation]] of Object.entries(expected.sources)) {
      expect(sourceOf(trial, path), path).toMatchObject({ kind });
      expect(sourceOf(trial, path).citation, path).toMatch(citation);
    }
  });

  it("takes all list answers from the plan and the seed", () => {
    const by = Object.fromEntries(openAssumptions(trial, "list").map((one) => [one.key, one.answeredBy]));
    expect(by).toEqual({
      "allocation.ratio": "plan.arms",
      "allocation.method": "plan.procedure",
      "allocation.blockSizes": "plan.procedure",
      "allocation.truncatedBlocks": "plan.procedure",
      "allocation.strata": "plan.strata",
      "allocation.seed": "seed",
      "parts.sizes": "plan.length",
    });
  });
});

/** id, label, type, dose, administrations of each arm. */
const armsOf = (trial: Trial): unknown =>
  trial.arms.map(({ id, label, type, dose, administrations }) => [id, label, type, dose, administrations]);
const partsOf = (trial: Trial): unknown =>
  trial.parts.map(({ id, kind, arms, size, masking }) => [id, kind, arms, size, masking.level]);
const assumptionOf = (trial: Trial, key: string) => trial.assumptions.find((assumption) => assumption.key === key)!;

describe("arms and parts", { tags: ["TRIAL-001"] }, () => {
  it("SLE: three single doses per kg, a deferred double dose, a placebo without a stated amount", () => {
    const perKg = (amount: string) => ({ kind: "per-kg", amount, unitKind: "cells" });
    const exp = "experimental";

    expect(armsOf(sle)).toEqual([
      ["low", "hUC-MSCs treatment (low dose)", exp, perKg("1000000"), undefined],
      ["medium", "hUC-MSCs treatment (medium dose)", exp, perKg("3000000"), undefined],
      ["high", "hUC-MSCs treatment (high dose)", exp, perKg("5000000"), undefined],
      ["double", "hUC-MSCs treatment (Double dose)", exp, expect.objectContaining({ kind: "deferred" }), undefined],
      ["placebo", "Placebo", "placebo-comparator", undefined, undefined],
    ]);
    const double = sle.arms[3]!;
    expect(double.dose).toMatchObject({
      tentative: perKg("3000000"),
      tentativeAdministrations: { count: 2, intervalDays: 28 },
      awaiting: expect.stringMatching(/superior dose.*investigators.*sponsor.*frequency and interval/) as string,
    });
    expect(double.note).toContain("6E6 cells/kg");
    expect(partsOf(sle)).toEqual([
      ["single-dose", "randomized", ["low", "medium", "high", "placebo"], undefined, "quadruple"],
      ["multiple-dose", "randomized", ["double", "placebo"], undefined, "quadruple"],
    ]);
    expect(sle.interventions.map(({ id, type }) => [id, type])).toEqual([
      ["huc-msc-low", "drug"],
      ["huc-msc-medium", "biological"],
      ["huc-msc-high", "biological"],
      ["huc-msc-double", "biological"],
      ["placebo", "drug"],
      ["standard", undefined],
    ]);
    expect(sle.arms.every((arm) => arm.interventions.includes("standard"))).toBe(true);
    expect(assumptionOf(sle, "dose.administrations").arms).toEqual(["low", "medium", "high", "placebo"]);
    expect(assumptionOf(sle, "dose.countBasis").arms).toEqual(["low", "medium", "high", "double"]);
  });

  it("UC: a flat dose in cell-equivalents, and an equal amount of saline with albumin", () => {
    expect(armsOf(uc)).toEqual([
      [
        "exosome",
        "Exos Localized Treatment Group",
        "experimental",
        { kind: "flat", amount: "60000000", unitKind: "cell-equivalents" },
        undefined,
      ],
      [
        "placebo",
        "Placebo Localized Treatment Group",
        "placebo-comparator",
        { kind: "equal-amount-placebo", composition: "saline + 5% albumin" },
        undefined,
      ],
    ]);
    expect(partsOf(uc)).toEqual([["main", "randomized", ["exosome", "placebo"], 40, "single"]]);
    expect(uc.masking.who).toBeUndefined();
  });

  it("T1D: no dose; nine treated openly, fifteen randomized", () => {
    expect(armsOf(t1d)).toEqual([
      ["experimental", "Experimental group", "experimental", undefined, undefined],
      ["placebo", "Placebo Comparator group", "placebo-comparator", undefined, undefined],
    ]);
    expect(partsOf(t1d)).toEqual([
      ["open", "open-escalation", ["experimental"], 9, "none"],
      ["randomized", "randomized", ["experimental", "placebo"], 15, "quadruple"],
    ]);
    expect(t1d.interventions.map(({ name, type }) => [name, type])).toEqual([
      ["UCMSCs", "drug"],
      ["Placebo", "drug"],
    ]);
    expect(t1d.interventions[0]!.description).toMatch(/allogeneic/i);
    expect(t1d.parts[1]!.note).toMatch(/one year.*NCT05061030.*6 open and 60 randomized/);
    expect(t1d.parts[0]!.note).toMatch(/8 to 18.*one year/);
    expect(assumptionOf(t1d, "allocation.ratio")).toMatchObject({ parts: ["randomized"] });
    expect(assumptionOf(t1d, "allocation.ratio").hint).toMatch(/2:1.*10 and 5/);
    expect(assumptionOf(t1d, "dose.levels.experimental")).toMatchObject({ arms: ["experimental"], format: "dose" });
  });

  it("T2D: no dose in any of three arms", () => {
    expect(armsOf(t2d)).toEqual([
      ["placebo", "The placebo group", "placebo-comparator", undefined, undefined],
      ["control", "The control group", "active-comparator", undefined, undefined],
      ["experimental", "The experimental group", "experimental", undefined, undefined],
    ]);
    expect(partsOf(t2d)).toEqual([["main", "randomized", ["placebo", "control", "experimental"], 10, "triple"]]);
    expect(t2d.interventions.map(({ name, type }) => [name, type])).toEqual([
      ["albumin injection", "biological"],
      ["mesenchymal stem cells", "biological"],
      ["MSC with OCN-19", "biological"],
    ]);
    expect(assumptionOf(t2d, "dose.levels.control").hint).toMatch(/NCT04441658.*0\.75E6\/kg.*saline with albumin/);
  });
});

describe("outcomes", { tags: ["TRIAL-001"] }, () => {
  it("SLE: adverse events by Day 28, SLEDAI by week 24, and two more", () => {
    expect(sle.outcomes.map(({ kind, measure, timeFrame }) => [kind, measure, timeFrame])).toEqual([
      [
        "primary",
        expect.stringMatching(/incidence and severity of treatment-emergent/i),
        "Day 1 to Day 28 after infusion",
      ],
      ["secondary", expect.stringMatching(/SLEDAI-2000.*at least 4 points/), "by week 24"],
      ["other", "Pharmacodynamics", undefined],
      ["other", "Immunogenicity", undefined],
    ]);
  });

  it("T1D: five, without time points", () => {
    expect(t1d.outcomes.map(({ measure }) => measure)).toEqual([
      "Safety and tolerability",
      "C-peptide",
      "Metabolic control",
      "Treatment satisfaction",
      "Immunological profile",
    ]);
    expect(t1d.outcomes.every(({ timeFrame }) => timeFrame === undefined)).toBe(true);
  });
});

describe("eligibility by numbers", { tags: ["TRIAL-001"] }, () => {
  const verdict = (trial: Trial, facts: Parameters<typeof checkEligibility>[1]): string =>
    checkEligibility(trial, facts).verdict;

  it.each<[string, Trial, Parameters<typeof checkEligibility>[1], string]>([
    ["SLE at 17", sle, { ageYears: "17" }, "not-eligible"],
    ["SLE at 18", sle, { ageYears: "18" }, "eligible-by-numbers"],
    ["SLE at 65", sle, { ageYears: "65" }, "eligible-by-numbers"],
    ["SLE at 66", sle, { ageYears: "66" }, "not-eligible"],
    ["UC at 75 with 40 kg", uc, { ageYears: "75", weightKg: "40" }, "eligible-by-numbers"],
    ["UC with 39.9 kg", uc, { ageYears: "40", weightKg: "39.9" }, "not-eligible"],
    ["UC at 76", uc, { ageYears: "76", weightKg: "60" }, "not-eligible"],
    ["UC without a weight", uc, { ageYears: "40" }, "incomplete"],
    ["T1D at 8, index 14", t1d, { ageYears: "8", bmi: "14" }, "eligible-by-numbers"],
    ["T1D at 18, index 35", t1d, { ageYears: "18", bmi: "35" }, "eligible-by-numbers"],
    ["T1D at 19", t1d, { ageYears: "19", bmi: "20" }, "not-eligible"],
    ["T1D, index 13.9", t1d, { ageYears: "10", bmi: "13.9" }, "not-eligible"],
    ["T1D, index 35.1", t1d, { ageYears: "10", bmi: "35.1" }, "not-eligible"],
    // Both age ranges of the record have to hold: 30 to 70.
    ["T2D at 29", t2d, { ageYears: "29", bmi: "25" }, "not-eligible"],
    ["T2D at 30, index 20", t2d, { ageYears: "30", bmi: "20" }, "eligible-by-numbers"],
    ["T2D at 70, index 30", t2d, { ageYears: "70", bmi: "30" }, "eligible-by-numbers"],
    ["T2D at 71", t2d, { ageYears: "71", bmi: "25" }, "not-eligible"],
    ["T2D, index 30.01", t2d, { ageYears: "50", bmi: "30.01" }, "not-eligible"],
  ])("%s", (_, trial, facts, expected) => {
    expect(verdict(trial, facts)).toBe(expected);
  });

  it("sex and healthy volunteers are as the records say", () => {
    expect([sle, uc, t1d, t2d].map((trial) => trial.eligibility.sex)).toEqual(["all", "all", "all", "all"]);
    expect([sle, uc, t1d, t2d].map((trial) => trial.eligibility.healthyVolunteers)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { defineTrial } from "../../../src/trial/index.js";
import { faultsOf, issuesOf } from "./issuesOf.js";
import { sample, spoiled } from "./sampleTrial.js";

describe("defineTrial", { tags: ["TRIAL-003"] }, () => {
  it("accepts a sound trial and makes its amounts plain", () => {
    const trial = defineTrial(sample());

    expect(trial.arms[0]!.dose).toEqual({ kind: "per-kg", amount: "1000000", unitKind: "viable-cells" });
    expect(trial.arms[2]!.dose).toMatchObject({ tentative: { amount: "3000000" } });
    expect(trial.eligibility.numeric[1]!.minimum).toBe("40");
    expect(defineTrial(trial)).toEqual(trial);
  });

  it("freezes the result and leaves the input alone", () => {
    const input = sample();
    const trial = defineTrial(input);

    expect(input).toEqual(sample());
    expect(Object.isFrozen(trial)).toBe(true);
    expect(Object.isFrozen(trial.arms[0]!.dose)).toBe(true);
  });

  it.each([
    ["id", "1E6"],
    ["id", "a b"],
    ["arms.0.id", "1E6"],
    ["arms.0.id", "arm_1"],
    ["arms.0.id", "a".repeat(21)],
    ["arms.0.dose.amount", "1,5"],
    ["arms.0.dose.amount", "0"],
    ["arms.0.dose.amount", "2 x 106"],
    ["arms.0.dose.unitKind", "million cells"],
    ["arms.0.dose.kind", "per-mL"],
    ["arms.0.dose.cap", "none"],
    ["arms.0.administrations.count", 0],
    ["arms.0.administrations.count", 1.5],
    ["arms.0.interventions", "cells"],
    ["dates.updated", "2023-02-29"],
    ["dates.start", "2026-13"],
    ["dates.start", "28.06.2025"],
    ["title", " "],
    ["title", undefined],
    ["parts", []],
    ["enrolment.count", -1],
    ["colour", "green"],
    ["masking.level", "double-blind"],
    ["assumptions.0.key", "Allocation Ratio"],
    ["assumptions.0.neededFor", []],
    ["eligibility.numeric.0.minimum", "eighteen"],
  ])("refuses the shape of %s = %s", (path, value) => {
    expect(faultsOf(() => defineTrial(spoiled(path, value)))).toEqual([`trial.invalid ${path}`]);
  });

  it("says what to do about an amount that YAML has read as a number", () => {
    const input = spoiled("arms.0.dose", parse("{ kind: per-kg, amount: 1E6, unitKind: viable-cells }"));
    const [issue] = issuesOf(() => defineTrial(input));

    expect(issue).toMatchObject({ code: "trial.invalid", path: "arms.0.dose.amount", received: "number 1000000" });
    expect(issue!.message).toContain('put it in quotes, for example "1E6"');
  });

  it("reports all faults of the shape together", () => {
    const input = { ...spoiled("arms.0.id", "1E6"), title: 7, colour: "green" };

    expect([...faultsOf(() => defineTrial(input))].sort()).toEqual([
      "trial.invalid arms.0.id",
      "trial.invalid colour",
      "trial.invalid title",
    ]);
  });

  it.each([null, undefined, 7, "text", []])("refuses %s instead of a trial", (input) => {
    expect(faultsOf(() => defineTrial(input))).toEqual(["trial.invalid "]);
  });

  it.each<[string, unknown, string]>([
    ["assumptions.1.key", "allocation.ratio", "trial.id_duplicate assumptions.1.key"],
    ["eligibility.numeric.1.id", "age", "trial.id_duplicate eligibility.numeric.1.id"],
    ["parts.1.arms", ["active", "active", "later", "placebo"], "trial.id_duplicate parts.1.arms"],
    ["arms.0.interventions", ["cells", "stem"], "trial.intervention_unknown arms.0.interventions.1"],
    ["parts.0.arms", ["unknown", "nobody"], "trial.arm_unknown parts.0.arms.1"],
    ["parts.1.arms", ["active", "later"], "trial.arm_unused arms.3.id"],
    ["assumptions.0.parts", ["main"], "trial.part_unknown assumptions.0.parts.0"],
    ["assumptions.2.arms", ["nobody"], "trial.arm_unknown assumptions.2.arms.0"],
    ["contradictions.0.sources", ["web"], "trial.source_unknown contradictions.0.sources.0"],
    ["contradictions.0.arms", ["nobody"], "trial.arm_unknown contradictions.0.arms.0"],
    ["contradictions.0.askedAs", "no.key", "trial.assumption_unknown contradictions.0.askedAs"],
    ["arms.0.administrations", { count: 2 }, "trial.interval_missing arms.0.administrations.intervalDays"],
    [
      "arms.0.administrations",
      { count: 1, intervalDays: 7 },
      "trial.interval_unneeded arms.0.administrations.intervalDays",
    ],
    [
      "arms.2.dose.tentativeAdministrations",
      { count: 3 },
      "trial.interval_missing arms.2.dose.tentativeAdministrations.intervalDays",
    ],
    ["arms.2.administrations", { count: 1 }, "trial.deferred_arm_has_administrations arms.2.administrations"],
    ["masking.who", ["participant"], "trial.masking_mismatch masking.who"],
    ["masking.who", ["participant", "participant"], "trial.masking_mismatch masking.who"],
    ["parts.1.masking.who", [], "trial.masking_mismatch parts.1.masking.who"],
    ["parts.0.masking", { level: "single" }, "trial.open_part_masked parts.0.masking.level"],
    ["parts.1.size", 25, "trial.parts_exceed_enrolment parts"],
    ["eligibility.numeric.0.unit", "kg", "trial.criterion_invalid eligibility.numeric.0.unit"],
    ["eligibility.numeric.0.maximum", "9", "trial.criterion_invalid eligibility.numeric.0.minimum"],
    ["eligibility.numeric.1.maximumExcluded", true, "trial.criterion_invalid eligibility.numeric.1.maximumExcluded"],
    ["provenance", { "": "protocol", "arms.0.id": "ours" }, 'trial.path_unknown provenance."arms.0.id"'],
    ["provenance", { "": "protocol", title: "web" }, "trial.source_unknown provenance.title"],
    ["provenance", { title: "ours" }, "trial.provenance_incomplete provenance"],
  ])("holds %s = %j against the rest: %s", (path, value, fault) => {
    expect(faultsOf(() => defineTrial(spoiled(path, value)))).toEqual([fault]);
  });

  it.each([
    ["interventions.1.id", "CELLS"],
    ["arms.1.id", "Active"],
    ["sources.1.id", "protocol"],
    ["parts.1.id", "open"],
  ])("refuses %s = %s, an id that is taken, whatever its case", (path, id) => {
    // The id that was replaced is missed elsewhere, so this fault is not alone.
    expect(faultsOf(() => defineTrial(spoiled(path, id)))).toContain(`trial.id_duplicate ${path}`);
  });

  it("wants a limit in a numeric criterion", () => {
    const input = spoiled("eligibility.numeric.0", { id: "age", measure: "age", unit: "years" });

    expect(faultsOf(() => defineTrial(input))).toEqual(["trial.criterion_invalid eligibility.numeric.0"]);
  });

  it("takes four masked roles for quadruple and none for none", () => {
    const four = ["participant", "care-provider", "investigator", "outcomes-assessor"];

    expect(() => defineTrial(spoiled("masking", { level: "quadruple", who: four }))).not.toThrow();
    expect(() => defineTrial(spoiled("masking", { level: "none", who: [] }))).not.toThrow();
    expect(() => defineTrial(spoiled("masking", { level: "triple", who: four }))).toThrow(/names 3 different/);
  });

  it("reports all faults across fields together", () => {
    const input = {
      ...spoiled("parts.1.size", 25),
      provenance: { title: "web" },
      masking: { level: "single", who: [] },
    };

    expect([...faultsOf(() => defineTrial(input))].sort()).toEqual([
      "trial.masking_mismatch masking.who",
      "trial.parts_exceed_enrolment parts",
      "trial.provenance_incomplete provenance",
      "trial.source_unknown provenance.title",
    ]);
  });

  describe("with a decision", () => {
    const dose = { kind: "per-kg", amount: "2E6", unitKind: "viable-cells" };
    const decision = {
      arm: "later",
      dataCut: "2026-05-01",
      decidedBy: "Safety committee",
      decidedOn: "2026-05-01",
      dose,
      administrations: { count: 1 },
    };
    const opened = { id: "later", label: "L", interventions: ["cells"], dose, administrations: { count: 1 }, decision };
    const withArm = (arm: object): unknown => ({ ...spoiled("arms.2", arm), provenance: { "": "protocol" } });

    it("accepts an arm that follows it", () => {
      expect(() => defineTrial(withArm(opened))).not.toThrow();
    });

    it.each<[string, object, string]>([
      ["another arm", { decision: { ...decision, arm: "active" } }, "trial.decision_arm_differs arms.2.decision.arm"],
      [
        "a later data cut",
        { decision: { ...decision, dataCut: "2026-05-02" } },
        "trial.decision_before_data_cut arms.2.decision.decidedOn",
      ],
      ["another dose", { dose: { ...dose, amount: "3E6" } }, "trial.decision_not_followed arms.2.decision"],
      [
        "other administrations",
        { administrations: { count: 2, intervalDays: 9 } },
        "trial.decision_not_followed arms.2.decision",
      ],
    ])("refuses %s", (_, change, fault) => {
      expect(faultsOf(() => defineTrial(withArm({ ...opened, ...change })))).toEqual([fault]);
    });

    it("refuses one beside a dose that is still deferred", () => {
      const faults = faultsOf(() => defineTrial(spoiled("arms.2.decision", decision)));

      expect(faults).toEqual(["trial.decision_not_followed arms.2.decision"]);
    });
  });
});

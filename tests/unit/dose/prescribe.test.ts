import { describe, expect, it } from "vitest";
import { prescribe, toPrescriptionText, type Order } from "../../../src/dose/index.js";
import { pathTo } from "../../../src/foundation/index.js";
import { defineTrial, recordDecision, type Trial } from "../../../src/trial/index.js";
import { sle, t1d, t2d, uc } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";

const SLE_ASSUMPTIONS = {
  "dose.countBasis": "viable-cells",
  "dose.weightDescriptor": "actual",
  "dose.cap": "none",
  "dose.administrations": "1",
};
const ONCE = { "dose.administrations": "1" };

const DECISION = {
  arm: "double",
  dataCut: "2026-01-15",
  decidedBy: "investigators and sponsor",
  decidedOn: "2026-02-01",
  dose: { kind: "per-kg", amount: "3E6", unitKind: "cells" },
  administrations: { count: 2, intervalDays: 28 },
} as const;
const opened: Trial = recordDecision(sle, DECISION);

function order(change: Partial<Order>): Order {
  return { trial: sle, arm: "low", weightKg: "60", assumptions: SLE_ASSUMPTIONS, ...change };
}

/** A user's own trial that states everything, changed at will. */
function own(arm: object, assumptions: readonly object[] = []): Trial {
  return defineTrial({
    id: "OWN-1",
    title: "A trial that states everything",
    identifiers: [],
    sponsor: { name: "Somebody" },
    enrolment: { count: 10 },
    allocation: "randomized",
    model: "parallel",
    masking: { level: "none" },
    conditions: ["a disease"],
    interventions: [],
    arms: [{ id: "a", label: "Arm A", interventions: [], ...arm }],
    parts: [{ id: "main", title: "Main", kind: "randomized", arms: ["a"], masking: { level: "none" } }],
    eligibility: { sex: "all", numeric: [], inclusion: [], exclusion: [] },
    outcomes: [],
    assumptions,
    contradictions: [],
    sources: [{ id: "protocol", kind: "protocol", citation: "Protocol 1.0" }],
    provenance: { "": "protocol" },
  });
}
const line = (key: string, format: string): object => ({ key, question: "?", neededFor: ["dose"], format });

describe("the lupus arms at 60 kg", { tags: ["DOSE-001", "DOSE-002"] }, () => {
  it.each([
    ["low", "60000000", "60 million viable cells"],
    ["medium", "180000000", "180 million viable cells"],
    ["high", "300000000", "300 million viable cells"],
  ])("%s: %s", (arm, amount, words) => {
    const { target, administrations, cumulative, cap, warnings } = prescribe(order({ arm }));
    expect(target).toMatchObject({ amount, unitKind: "viable-cells", words });
    expect(administrations).toHaveLength(1);
    expect(cumulative.total.amount).toBe(amount);
    expect(cap).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it("double: 180 million twice, Day 1 and Day 29, 6E6 cells/kg together", () => {
    const result = prescribe(order({ trial: opened, arm: "double", firstAdministration: "2026-02-27" }));
    expect(result.administrations).toMatchObject([
      { number: 1, studyDay: 1, date: "2026-02-27", target: { amount: "180000000" } },
      { number: 2, studyDay: 29, date: "2026-03-27", target: { amount: "180000000" } },
    ]);
    expect(result.cumulative).toMatchObject({
      total: { amount: "360000000" },
      perKg: { amount: "6000000", isExact: true },
    });
    expect(result.decision?.decidedOn).toBe("2026-02-01");
    expect(result.warnings).toEqual([]);
  });

  it("warns of a first administration before the decision that opened the arm", () => {
    const codes = (firstAdministration: string): string[] =>
      prescribe(order({ trial: opened, arm: "double", firstAdministration })).warnings.map(({ code }) => code);
    expect(codes("2026-01-31")).toEqual(["dose.before_decision"]);
    expect(codes("2026-02-01")).toEqual([]);
  });

  it("warns of a decided dose that no other arm of the trial has: a power of ten may have slipped", () => {
    const slipped = recordDecision(sle, { ...DECISION, dose: { kind: "per-kg", amount: "3E7", unitKind: "cells" } });
    const { warnings } = prescribe(order({ trial: slipped, arm: "double", firstAdministration: "2026-02-27" }));
    expect(warnings).toMatchObject([
      {
        code: "dose.decided_level_unlisted",
        path: "decision.dose",
        expected: "1,000,000 cells/kg or 3,000,000 cells/kg or 5,000,000 cells/kg",
        received: "30,000,000 cells/kg",
      },
    ]);
  });

  it("keeps the double arm closed until a decision is recorded", () => {
    expect(issueOf(() => prescribe(order({ arm: "double" }))).code).toBe("trial.arm_closed");
  });

  it("does not round cells", () => {
    const { target } = prescribe(order({ weightKg: "72.4000001" }));
    expect(target.amount).toBe("72400000.1");
  });
});

describe("steps", { tags: ["DOSE-010"] }, () => {
  it("can be followed by hand", () => {
    const { steps } = prescribe(order({ weightKg: "72.4" }));
    expect(steps.map((step) => step.id)).toEqual(["weight", "target", "cumulative", "cumulative-per-kg"]);
    expect(steps[1]).toEqual({
      id: "target",
      formulaId: "target:per-kg",
      title: "Target of one administration",
      formula: "target = dose per kg d × weight w",
      worked: "1,000,000 × 72.4 = 72,400,000 viable cells",
      inputs: [
        { symbol: "d", name: "dose per kg", value: "1000000", unit: "viable cells/kg" },
        { symbol: "w", name: "dosing weight", value: "72.4", unit: "kg" },
      ],
      exact: "72400000",
      result: { value: "72400000", unit: "viable cells" },
      texts: { unit: "viable cells" },
      rounding: "none",
      source: 'ClinicalTrials.gov NCT07041801, version of 2025-06-27; assumption dose.countBasis = "viable-cells"',
      parts: {
        rounding: [{ key: "none" }],
        source: [
          { key: "registry", text: "ClinicalTrials.gov NCT07041801", version: "2025-06-27" },
          { key: "assumption", question: "dose.countBasis", answer: "viable-cells" },
        ],
      },
    });
  });
});

describe("cap", { tags: ["DOSE-005"] }, () => {
  const capped = (weightKg: string) =>
    prescribe(order({ arm: "high", weightKg, assumptions: { ...SLE_ASSUMPTIONS, "dose.cap": "300E6 cells" } }));

  it("shows both numbers and what the dose per kg becomes, and warns", () => {
    const { target, cap, warnings, steps, cumulative } = capped("72.4");
    expect(target.amount).toBe("300000000");
    expect(cap).toMatchObject({
      limit: { amount: "300000000", unitKind: "viable-cells" },
      isApplied: true,
      uncapped: { amount: "362000000" },
      resultingPerKg: { amount: "4143646.41", isExact: false, digits: "about 4,143,646.41 viable cells/kg" },
    });
    expect(warnings).toMatchObject([{ code: "dose.cap_applied", path: "cap" }]);
    expect(steps.find((step) => step.id === "capped-per-kg")?.rounding).toMatch(/half-up to 0.01/);
    expect(cumulative.total.amount).toBe("300000000");
  });

  it("does not act at the limit itself", () => {
    expect(capped("60").cap).toMatchObject({ isApplied: false, uncapped: { amount: "300000000" } });
    expect(capped("60").warnings).toEqual([]);
    expect(capped("60.0001").cap?.isApplied).toBe(true);
  });

  it("must count what the dose counts", () => {
    const assumptions = { ...SLE_ASSUMPTIONS, "dose.cap": "300E6 CD34+ cells" };
    expect(issueOf(() => prescribe(order({ assumptions }))).code).toBe("dose.cap_unit_differs");
  });
});

describe("flat dose and placebo", () => {
  it.each([undefined, "40", "60", "299.9"])("60 million cell-equivalents at %s kg", (weightKg) => {
    const weight = weightKg === undefined ? {} : { weightKg };
    const result = prescribe({ trial: uc, arm: "exosome", assumptions: ONCE, ...weight });
    expect(result.target).toMatchObject({ amount: "60000000", unitKind: "cell-equivalents" });
    expect(result.cumulative.perKg).toBeUndefined();
    expect(JSON.stringify(result)).not.toContain("/kg");
  });

  it("warns of a weight that does not meet the eligibility, and goes on", () => {
    const at = (weightKg: string) => prescribe({ trial: uc, arm: "exosome", weightKg, assumptions: ONCE }).warnings;
    expect(at("39.9")).toMatchObject([{ code: "dose.weight_outside_eligibility", path: "weightKg" }]);
    expect(at("40")).toEqual([]);
  });

  it("gives a placebo 0 of the active ingredient and no volume", () => {
    const result = prescribe({ trial: uc, arm: "placebo", assumptions: ONCE });
    expect(result.target.amount).toBe("0");
    expect(result.rule).toEqual({ kind: "equal-amount-placebo", composition: "saline + 5% albumin" });
    expect(toPrescriptionText(result)).toContain("saline +");
    expect(JSON.stringify(result)).not.toMatch(/\d mL/);
  });

  it("knows that a placebo comparator without a stated dose holds nothing active", () => {
    const result = prescribe({ trial: sle, arm: "placebo", part: "single-dose", assumptions: ONCE });
    expect(result.rule).toEqual({ kind: "placebo" });
    expect(result.target.amount).toBe("0");
    expect(issueOf(() => prescribe({ trial: sle, arm: "placebo", assumptions: ONCE })).code).toBe("dose.part_needed");
  });
});

describe("assumptions", { tags: ["DOSE-007", "TRIAL-002"] }, () => {
  it.each(Object.keys(SLE_ASSUMPTIONS))("asks for %s", (key) => {
    const assumptions = Object.fromEntries(Object.entries(SLE_ASSUMPTIONS).filter(([other]) => other !== key));
    const issue = issueOf(() => prescribe(order({ assumptions })));
    expect(issue).toMatchObject({ code: "trial.assumption_missing", path: pathTo("assumptions", key) });
  });

  it("prints all that it rests on", () => {
    const result = prescribe(
      order({ assumptions: { ...SLE_ASSUMPTIONS, "dose.cap": { value: "none", reason: "protocol 5.2" } } }),
    );
    expect(result.assumptions.map((entry) => entry.key).sort()).toEqual(Object.keys(SLE_ASSUMPTIONS).sort());
    const text = toPrescriptionText(result);
    for (const key of Object.keys(SLE_ASSUMPTIONS)) expect(text).toContain(`${key} = `);
    expect(text).toContain("(reason: protocol 5.2)");
  });

  it("reads the level and the administrations of an arm that states neither", () => {
    const result = prescribe({
      trial: t1d,
      part: "randomized",
      arm: "experimental",
      weightKg: "32.5",
      firstAdministration: "2026-02-27",
      assumptions: {
        ...SLE_ASSUMPTIONS,
        "dose.levels.experimental": "1E6 viable cells/kg",
        "dose.administrations": "2 every 28 days",
      },
    });
    expect(result.target.amount).toBe("32500000");
    expect(result.administrations[1]).toMatchObject({ studyDay: 29, date: "2026-03-27" });
    expect(result.steps.find((step) => step.id === "target")?.source).toBe(
      'assumption dose.levels.experimental = "1E6 viable cells/kg"',
    );
  });

  it("takes a flat level without a weight", () => {
    const result = prescribe({
      trial: t2d,
      arm: "control",
      assumptions: { ...SLE_ASSUMPTIONS, "dose.levels.control": "100E6 viable cells" },
    });
    expect(result.target.words).toBe("100 million viable cells");
  });

  it.each([
    [{ "dose.weightDescriptor": "ideal" }, "dose.weight_descriptor_unsupported"],
    [{ "dose.countBasis": "vector-genomes" }, "trial.assumption_invalid"],
    [{ "dose.countBasis": "living cells" }, "trial.assumption_invalid"],
    [{ "dose.cap": "300,000,000 cells" }, "trial.assumption_invalid"],
  ])("refuses %j", (change, code) => {
    expect(issueOf(() => prescribe(order({ assumptions: { ...SLE_ASSUMPTIONS, ...change } }))).code).toBe(code);
  });
});

describe("a user's own trial", () => {
  const perKg = { kind: "per-kg", amount: "2E6", unitKind: "viable-cells" };
  const once = { administrations: { count: 1 } };

  it("needs no assumption if it states everything", () => {
    const result = prescribe({ trial: own({ dose: perKg, ...once }), arm: "a", weightKg: "70", assumptions: {} });
    expect(result.target.amount).toBe("140000000");
    expect(result.assumptions).toEqual([]);
  });

  it.each([
    [{ ...once }, [], "dose.rule_missing"],
    [{ dose: { kind: "none" }, ...once }, [], "dose.nothing_to_prescribe"],
    [{ dose: perKg }, [], "dose.administrations_missing"],
    [{ dose: { ...perKg, unitKind: "cells" }, ...once }, [], "dose.count_basis_missing"],
    [{ dose: { ...perKg, unitKind: "cell-equivalents" }, ...once }, [], "trial.unit_never_per_kg"],
  ])("is refused if it does not: %j", (arm, lines, code) => {
    expect(issueOf(() => prescribe({ trial: own(arm, lines), arm: "a", weightKg: "70", assumptions: {} })).code).toBe(
      code,
    );
  });

  it("is refused if its basis is not its kind, or its assumptions ask one thing twice", () => {
    const trial = own({ dose: perKg, ...once }, [line("dose.countBasis", "count-basis")]);
    const assumptions = { "dose.countBasis": "cd34-cells" };
    expect(issueOf(() => prescribe({ trial, arm: "a", weightKg: "70", assumptions })).code).toBe(
      "dose.count_basis_conflict",
    );
    const twice = own({ dose: perKg, ...once }, [line("dose.cap", "cap"), line("dose.capLater", "cap")]);
    const caps = { "dose.cap": "none", "dose.capLater": "none" };
    expect(issueOf(() => prescribe({ trial: twice, arm: "a", weightKg: "70", assumptions: caps })).code).toBe(
      "dose.assumption_ambiguous",
    );
  });
});

describe("the order", { tags: ["DOSE-002", "DOSE-003"] }, () => {
  it.each([
    [{ weightKg: "72,4" }, "quantity.comma", "weightKg"],
    [{ weightKg: "160 lb" }, "quantity.weight_unit", "weightKg"],
    [{ weightKg: 60 }, "quantity.not_text", "weightKg"],
    [{ weightKg: "0.4" }, "quantity.weight_out_of_range", "weightKg"],
    [{ weightKg: undefined }, "dose.weight_missing", "weightKg"],
    [{ weight: "60" }, "dose.order_invalid", "weight"],
    [{ arm: "lowest" }, "trial.arm_unknown", "arm"],
    [{ part: "third" }, "trial.part_unknown", "part"],
    [{ part: "multiple-dose" }, "dose.arm_not_in_part", "part"],
    [{ weighedOn: "27.06.2025" }, "calendar.date_invalid", "weighedOn"],
    [{ weighedBy: " " }, "dose.order_invalid", "weighedBy"],
    [{ actual: ["2026-01-01"] }, "dose.dates_without_first", "firstAdministration"],
    [{ firstAdministration: "2026-02-30" }, "calendar.no_such_day", "firstAdministration"],
    [
      { firstAdministration: "2026-02-27", window: { earlyDays: 1, lateDays: 1 } },
      "calendar.anchor_missing",
      "window.anchor",
    ],
    [{ trial: undefined }, "dose.order_invalid", "trial"],
  ])("%j is refused as %s", (change, code, path) => {
    expect(issueOf(() => prescribe(order(change as never)))).toMatchObject({ code, path });
  });

  it("takes an undefined field for an absent one", () => {
    const absent = { part: undefined, window: undefined, weighedBy: undefined } as never;
    expect(prescribe({ ...order({}), ...(absent as object) }).target.amount).toBe("60000000");
  });

  it("records an administration outside its window, with a warning", () => {
    const result = prescribe(
      order({
        trial: opened,
        arm: "double",
        firstAdministration: "2026-02-27",
        window: { earlyDays: 2, lateDays: 2, anchor: "planned" },
        actual: ["2026-02-27", "2026-04-05"],
      }),
    );
    expect(result.warnings).toMatchObject([{ code: "calendar.outside_window", path: "administrations.1" }]);
  });

  it("changes nothing that it was given, and returns frozen data", () => {
    const given = order({ weighedOn: "2026-02-26", weighedBy: "A. Nurse" });
    const before = JSON.stringify(given);
    const result = prescribe(given);
    expect(JSON.stringify(given)).toBe(before);
    expect(Object.isFrozen(given)).toBe(false);
    expect(Object.isFrozen(result) && Object.isFrozen(result.steps[0]?.inputs)).toBe(true);
    expect(result.weight).toEqual({ weightKg: "60", weighedOn: "2026-02-26", weighedBy: "A. Nurse" });
  });
});

describe("toPrescriptionText", () => {
  it("fits 80 columns, shows every step, and says that it is unblinded", () => {
    const result = prescribe(
      order({
        trial: opened,
        arm: "double",
        weightKg: "123.4",
        weighedOn: "2026-02-26",
        weighedBy: "A. Nurse",
        firstAdministration: "2026-02-27",
        window: { earlyDays: 2, lateDays: 3, anchor: "actual-first" },
        assumptions: { ...SLE_ASSUMPTIONS, "dose.cap": "300 million viable cells" },
      }),
    );
    const text = toPrescriptionText(result);
    for (const row of text.split("\n")) expect(row.length, row).toBeLessThanOrEqual(80);
    for (const step of result.steps) expect(text).toContain(step.title);
    expect(text).toMatch(/^PRESCRIPTION \(unblinded/);
    expect(text).toContain("dose.cap_applied");
    expect(text).toContain("provisional");
    expect(text).not.toMatch(/10\^|E6 viable cells\/kg|[ \t]$/m);
    expect(text.endsWith("\n")).toBe(true);
  });
});

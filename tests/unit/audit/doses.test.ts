import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import {
  armDaysOf,
  auditPlan,
  blindSafeCalendar,
  daysOfPrescription,
  parseAuditFacts,
  type PreparationSummary,
} from "../../../src/audit/index.js";
import { ruleDoseBoundaries } from "../../../src/audit/rulesDoses.js";
import { dryRun } from "../../../src/audit/readSubject.js";
import { prescribe } from "../../../src/dose/index.js";
import { recordDecision } from "../../../src/trial/index.js";
import { issueOf } from "../../support/issueOf.js";
import { auditPlanOf, auditSle, example, said, sle, sleFiles, verdictOf } from "./exampleAudit.js";

const decision: unknown = parse(readFileSync("examples/sle/decision.yaml", "utf8"));
const opened = recordDecision(sle.trial, decision);
const doublePlan = {
  trial: "NCT07041801",
  part: "multiple-dose",
  list: "SLE-MD-01",
  arms: { double: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4, 6] },
  length: 12,
  numbers: { prefix: "M" },
};
const withPlacebo = (often: string): Record<string, unknown> => ({
  ...sle.assumptions,
  "dose.administrations.placebo": often,
});

describe("rule 16: the double dose beside a single placebo", { tags: ["BLIND-005"] }, () => {
  it("is a leak, named with its days and numbers", () => {
    const report = auditPlan(doublePlan, opened, { assumptions: withPlacebo("1") as never });
    expect(verdictOf(report, 16)).toBe("fail");
    const leak = said(report, 16)[0];
    expect(leak).toContain("LEAK administration days: double 2 (Days 1 and 29), placebo 1 (Day 1)");
    expect(leak).toContain("on Day 29 knows the arm");
    expect(leak).toContain("blindSafeCalendar, 2 administrations in every arm");
  });

  it("is none where the placebo is given on the same days", () => {
    const report = auditPlan(doublePlan, opened, { assumptions: withPlacebo("2 every 28 days") as never });
    expect(said(report, 16)[0]).toBe("pass: All 2 arms are administered on Days 1 and 29.");
    const later = auditPlan(doublePlan, opened, { assumptions: withPlacebo("2 every 21 days") as never });
    expect(said(later, 16)[0]).toContain("on Days 22 and 29 knows the arm");
  });

  it("asks where nobody says how often", () => {
    const report = auditPlan(doublePlan, opened, { assumptions: sle.assumptions });
    expect(said(report, 16).join()).toContain('state "dose.administrations.placebo"');
    expect(armDaysOf(sle.trial, "multiple-dose").map(({ source }) => source)).toEqual([
      "2 every 28 days (tentative; the arm is closed)",
      'not stated: state "dose.administrations.placebo"',
    ]);
  });
});

describe("rule 16: what is seen at the bedside", { tags: ["BLIND-005"] }, () => {
  const summary = (arm: string, more: Partial<PreparationSummary> = {}): PreparationSummary => ({
    arm,
    weightKg: "70",
    totalVolumeMl: "300",
    containers: 1,
    rateMlPerMin: "5",
    minutes: "60",
    administrationDays: [1],
    ...more,
  });
  const audit = (...preparations: PreparationSummary[]): string =>
    said(auditSle(sleFiles, { preparations }), 16).join("\n");

  it("passes equal arms, however a number is written", () => {
    expect(audit(summary("low"), summary("placebo", { totalVolumeMl: "300.0" }))).toContain(
      "equal in 2 arms at 1 weights",
    );
  });

  it.each([
    ["totalVolumeMl", "14", "total volume at 70 kg: low 300, placebo 14 mL"],
    ["containers", 2, "containers at 70 kg: low 1, placebo 2"],
    ["rateMlPerMin", "2.5", "rate at 70 kg: low 5, placebo 2.5 mL/min"],
    ["minutes", "20", "duration at 70 kg: low 60, placebo 20 minutes"],
    ["administrationDays", [1, 29], "administration days at 70 kg: low Day 1, placebo Days 1 and 29"],
  ])("fails arms that differ in %s", (field, value, words) => {
    expect(audit(summary("low"), summary("placebo", { [field]: value }))).toContain(`fail: LEAK ${words}`);
  });

  it("compares weight by weight, and says what is not stated for every arm", () => {
    const bare = { arm: "placebo", weightKg: "70", totalVolumeMl: "300", containers: 1 };
    expect(audit(summary("low"), bare)).toContain("needs-person: The duration is not stated for every arm");
    const heavy = [summary("low", { weightKg: "90" }), summary("placebo", { weightKg: "90", totalVolumeMl: "18" })];
    expect(audit(summary("low"), summary("placebo"), ...heavy)).toContain("total volume at 90 kg");
  });

  it("is not asked in an open part", () => {
    const trial = {
      ...sle.trial,
      parts: sle.trial.parts.map((part) => ({ ...part, masking: { level: "none" as const } })),
    };
    const report = auditPlanOf({ ...sle, trial });
    expect([16, 17, 14].map((rule) => verdictOf(report, rule))).toEqual(Array(3).fill("not-applicable"));
  });
});

describe("rule 17: blinded dose records", { tags: ["BLIND-005"] }, () => {
  const record = { subject: "P-1", visit: "V2", finalVolumeMl: "300", rateMlPerMin: "5", route: "intravenous" };
  const audit = (more: object): string =>
    said(auditSle(sleFiles, { blindedDoseRecords: [{ ...record, ...more }] }), 17)[0]!;

  it("pass with volume and schedule alone", () => {
    expect(audit({})).toMatch(/^pass/);
  });
  it.each([
    [{ cells: "1" }],
    [{ concentration: "5e6" }],
    [{ vialCount: 3 }],
    [{ lot: "L1" }],
    [{ visit: "V2 placebo" }],
    [{ visit: "dose capped" }],
    [{ expiry: "70000000 / 5000000" }],
  ])("fail with %j", (more) => {
    expect(audit(more)).toMatch(/^fail/);
  });
});

describe("rule 18: doses at their limits", { tags: ["BLIND-005"] }, () => {
  const t1d = example("t1d");
  it("pass around a cap of 60E6 cells at 1E6 per kg", () => {
    const found = ruleDoseBoundaries(dryRun(t1d.plan, t1d.trial, { assumptions: t1d.assumptions }));
    expect(found[0]).toMatchObject({ verdict: "pass" });
    expect(found[0]?.evidence).toContain("around the cap at 60 kg");
  });

  it("fail where a dose is rounded: a rule that does not give what it is compared with", () => {
    // A weight that a program with floats would round: the comparison is exact to the cell.
    const { target } = prescribe({
      trial: sle.trial,
      assumptions: sle.assumptions,
      arm: "medium",
      part: "single-dose",
      weightKg: "70.1",
    });
    expect(target.amount).toBe("210300000");
    const subject = dryRun(sle.plan, sle.trial, { assumptions: sle.assumptions });
    const rounding: typeof prescribe = (order) => {
      const exact = prescribe(order);
      const amount = `${exact.target.amount.slice(0, -6)}000000`;
      return { ...exact, target: { ...exact.target, amount } };
    };
    expect(ruleDoseBoundaries(subject)[0]).toMatchObject({ verdict: "pass" });
    expect(ruleDoseBoundaries(subject, rounding)[0]).toMatchObject({ verdict: "fail" });
    const unanswered = ruleDoseBoundaries(dryRun(sle.plan, sle.trial, { assumptions: {} }));
    expect(unanswered[0]).toMatchObject({ verdict: "needs-person" });
  });
});

describe("the blind-safe calendar", { tags: ["BLIND-005"] }, () => {
  const both = { double: { count: 2, intervalDays: 28 }, placebo: { count: 1 } };

  it("gives every arm the same days, with a dummy where an arm has none", () => {
    const calendar = blindSafeCalendar(sle.trial, "multiple-dose", both, { first: "2026-03-02" });
    expect(calendar.administrations).toEqual([
      { number: 1, studyDay: 1, date: "2026-03-02" },
      { number: 2, studyDay: 29, date: "2026-03-30" },
    ]);
    expect(calendar.unblindedArms).toEqual([
      { arm: "double", contents: ["own", "own"], dummies: 0 },
      { arm: "placebo", contents: ["own", "dummy"], dummies: 1 },
    ]);
    expect(calendar.warnings).toEqual([]);
    expect(Object.isFrozen(calendar.administrations[0])).toBe(true);
  });

  it("does not depend on which arm has which days", () => {
    const swapped = { double: both.placebo, placebo: both.double };
    const [a, b] = [both, swapped].map((arms) => blindSafeCalendar(sle.trial, "multiple-dose", arms));
    expect(a?.administrations).toEqual(b?.administrations);
  });

  it("closes the leak that the audit found", () => {
    const { administrations } = blindSafeCalendar(sle.trial, "multiple-dose", both);
    const administrationDays = administrations.map(({ studyDay }) => studyDay);
    const preparations = ["double", "placebo"].map((arm) => ({ arm, weightKg: "70", administrationDays }));
    const report = auditPlan(doublePlan, opened, {
      assumptions: withPlacebo("2 every 28 days") as never,
      preparations,
    });
    expect(said(report, 16).filter((text) => text.startsWith("fail"))).toEqual([]);
  });

  it("takes the days of prescriptions, and warns where days come close", () => {
    const prescription = prescribe({
      trial: opened,
      arm: "double",
      weightKg: "70",
      assumptions: sle.assumptions,
    });
    const days = daysOfPrescription(prescription);
    expect(days).toEqual([1, 29]);
    const calendar = blindSafeCalendar(opened, "multiple-dose", {
      double: { days },
      placebo: { count: 2, intervalDays: 21 },
    });
    expect(calendar.administrations.map(({ studyDay }) => studyDay)).toEqual([1, 22, 29]);
    expect(calendar.warnings[0]?.message).toContain("7 days apart; in no arm of its own less than 21");
  });

  it.each([
    ["blinding.calendar_arm_missing", { double: { count: 1 } }],
    ["blinding.calendar_arm_unknown", { ...both, low: { count: 1 } }],
    ["blinding.calendar_days_invalid", { ...both, placebo: { days: [29, 1] } }],
    ["blinding.calendar_days_invalid", { ...both, placebo: { days: [0] } }],
    ["blinding.calendar_days_invalid", { ...both, placebo: { count: 2 } }],
  ])("refuses with %s", (code, arms) => {
    expect(issueOf(() => blindSafeCalendar(sle.trial, "multiple-dose", arms)).code).toBe(code);
  });

  it("refuses an open part", () => {
    const t1d = example("t1d").trial;
    const open = t1d.parts.find(({ kind }) => kind === "open-escalation")!;
    expect(issueOf(() => blindSafeCalendar(t1d, open.id, { experimental: { count: 1 } })).code).toBe(
      "blinding.calendar_part_open",
    );
  });
});

describe("the facts of an audit", { tags: ["BLIND-005"] }, () => {
  it("are read strictly", () => {
    expect(parseAuditFacts({ thresholds: { forcedShare: 0.3 } })).toEqual({ thresholds: { forcedShare: 0.3 } });
    expect(issueOf(() => parseAuditFacts({ preparations: [{ arm: "low", weightKg: 70 }] }))).toMatchObject({
      code: "blinding.audit_facts_invalid",
      path: "preparations.0.weightKg",
    });
    expect(issueOf(() => parseAuditFacts({ seed: "x" })).path).toBe("seed");
  });
});

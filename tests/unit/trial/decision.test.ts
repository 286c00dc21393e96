import { describe, expect, it } from "vitest";
import { defineTrial, isOpen, recordDecision, requireOpenArm, sourceOf } from "../../../src/trial/index.js";
import { faultsOf, issuesOf } from "./issuesOf.js";
import { sample } from "./sampleTrial.js";

const trial = defineTrial(sample());
const DECISION = {
  arm: "later",
  dataCut: "2026-04-30",
  decidedBy: "Safety committee",
  decidedOn: "2026-05-04",
  dose: { kind: "per-kg", amount: "2E6", unitKind: "viable-cells" },
  administrations: { count: 2, intervalDays: 21 },
};

describe("requireOpenArm", { tags: ["DOSE-002", "DOSE-006"] }, () => {
  it("gives an open arm, also one whose dose the assumptions still asks for", () => {
    expect(requireOpenArm(trial, "active").label).toBe("Active");
    expect(isOpen(requireOpenArm(trial, "unknown"))).toBe(true);
  });

  it("says what a closed arm waits for", () => {
    const [issue] = issuesOf(() => requireOpenArm(trial, "later"));

    expect(issue).toMatchObject({ code: "trial.arm_closed", path: "arm" });
    expect(issue!.message).toContain("the safety committee");
    expect(isOpen(trial.arms[2]!)).toBe(false);
  });

  it("names the arms there are", () => {
    const [issue] = issuesOf(() => requireOpenArm(trial, "Active"));

    expect(issue).toMatchObject({
      code: "trial.arm_unknown",
      expected: "Did you mean active? One of active, unknown, later, placebo",
    });
  });
});

describe("recordDecision", { tags: ["DOSE-002", "DOSE-006"] }, () => {
  it("opens the arm by the decided dose and keeps the record", () => {
    const opened = recordDecision(trial, DECISION);
    const arm = requireOpenArm(opened, "later");

    expect(arm.dose).toEqual({ kind: "per-kg", amount: "2000000", unitKind: "viable-cells" });
    expect(arm.administrations).toEqual({ count: 2, intervalDays: 21 });
    expect(arm.decision).toMatchObject({ decidedBy: "Safety committee", dataCut: "2026-04-30" });
    expect(defineTrial(opened)).toEqual(opened);
  });

  it("makes the decision the source of what it decided, and of nothing else", () => {
    const opened = recordDecision(trial, DECISION);

    expect(sourceOf(opened, "arms.later.dose.amount")).toEqual({
      id: "decision-later",
      kind: "protocol",
      citation: "Decision of 2026-05-04 by Safety committee, on data up to 2026-04-30",
    });
    expect(sourceOf(opened, "arms.later.administrations.count").id).toBe("decision-later");
    expect(sourceOf(opened, "arms.later.label").id).toBe("protocol");
    expect(sourceOf(opened, "outcomes.0.timeFrame").id).toBe("ours");
  });

  it("leaves the given trial closed", () => {
    recordDecision(trial, DECISION);

    expect(faultsOf(() => requireOpenArm(trial, "later"))).toEqual(["trial.arm_closed arm"]);
  });

  it("finds a free name for its source", () => {
    const taken = defineTrial({
      ...sample(),
      sources: [...trial.sources, { id: "Decision-later", kind: "protocol", citation: "An older one" }],
    });

    expect(recordDecision(taken, DECISION).provenance["arms.later.dose"]).toBe("decision-later-2");
  });

  it.each<[string, object, string]>([
    ["no such arm", { arm: "nobody" }, "trial.arm_unknown arm"],
    ["an arm that is not deferred", { arm: "active" }, "trial.arm_not_deferred arm"],
    ["no data cut", { dataCut: undefined }, "trial.decision_invalid dataCut"],
    ["no name", { decidedBy: "" }, "trial.decision_invalid decidedBy"],
    ["no administrations", { administrations: undefined }, "trial.decision_invalid administrations"],
    ["another deferral", { dose: { kind: "none" } }, "trial.decision_invalid dose.kind"],
    ["a decision before its data", { decidedOn: "2026-04-29" }, "trial.decision_before_data_cut decidedOn"],
    [
      "another unit kind",
      { dose: { ...DECISION.dose, unitKind: "total-nucleated-cells" } },
      "trial.decision_unit_differs dose.unitKind",
    ],
  ])("refuses %s", (_, change, fault) => {
    // Through JSON, a field that is undefined is absent.
    const record: unknown = JSON.parse(JSON.stringify({ ...DECISION, ...change }));

    expect(faultsOf(() => recordDecision(trial, record))).toEqual([fault]);
  });

  it("cannot decide twice", () => {
    expect(faultsOf(() => recordDecision(recordDecision(trial, DECISION), DECISION))).toEqual([
      "trial.arm_not_deferred arm",
    ]);
  });
});

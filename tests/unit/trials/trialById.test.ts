import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { closeAssumptions, recordDecision, requireOpenArm } from "../../../src/trial/index.js";
import * as trials from "../../../src/trials/index.js";
import { sle, t2d, TRIALS, trialById, uc } from "../../../src/trials/index.js";
import { faultsOf, issuesOf } from "../trial/issuesOf.js";

describe("trialById", () => {
  it("finds each of the four", () => {
    const declared = readdirSync("src/trials").flatMap((file) =>
      [...readFileSync(`src/trials/${file}`, "utf8").matchAll(/^export const (\w+): Trial =/gmu)].map(
        ([, name]) => name!,
      ),
    );
    const exported = declared.map((name) => (trials as Readonly<Record<string, unknown>>)[name]);
    expect(new Set(exported)).toEqual(new Set(TRIALS));
    expect(TRIALS).toHaveLength(declared.length);
    expect(TRIALS.map((trial) => trialById(trial.id))).toEqual(TRIALS);
  });

  it("names the four for any other", () => {
    const [issue] = issuesOf(() => trialById("NCT00000000"));

    expect(issue).toMatchObject({ code: "trials.unknown", path: "id" });
    for (const trial of TRIALS) expect(issue!.message).toContain(trial.id);
  });
});

describe("the double dose of NCT07041801", { tags: ["DOSE-006"] }, () => {
  it("is closed, and opens by a decision record alone", () => {
    expect(faultsOf(() => requireOpenArm(sle, "double"))).toEqual(["trial.arm_closed arm"]);

    const opened = recordDecision(sle, {
      arm: "double",
      dataCut: "2026-09-01",
      decidedBy: "Investigators and sponsor",
      decidedOn: "2026-09-15",
      dose: { kind: "per-kg", amount: "5E6", unitKind: "cells" },
      administrations: { count: 2, intervalDays: 28 },
    });
    expect(requireOpenArm(opened, "double").dose).toEqual({ kind: "per-kg", amount: "5000000", unitKind: "cells" });
    expect(opened.provenance["arms.double.note"]).toBe("inference");
  });
});

describe("closing the assumptions of a built-in trial", { tags: ["TRIAL-002"] }, () => {
  it("UC needs how often, and nothing about weights", () => {
    const closed = closeAssumptions(uc, { "dose.administrations": "1" }, { use: "dose", arm: "exosome" });

    expect(closed.map((one) => one.key)).toEqual(["dose.administrations"]);
  });

  it("the lists of all four need nothing that plan and seed do not answer", () => {
    const answered = {
      "plan.arms": "1:1",
      "plan.procedure": "p",
      "plan.strata": "none",
      "plan.length": "n",
      seed: "s",
    };
    for (const trial of TRIALS) {
      const closed = closeAssumptions(trial, {}, { use: "list", answered });
      expect(closed[0], trial.id).toMatchObject({ key: "allocation.ratio", value: "1:1" });
    }
  });

  it("T2D tells its two active arms apart", () => {
    const inputs = {
      "dose.levels.control": "0.75E6 viable cells/kg",
      "dose.administrations": "1",
      "dose.countBasis": "viable-cells",
      "dose.weightDescriptor": "actual",
      "dose.cap": "none",
    };

    expect(closeAssumptions(t2d, inputs, { use: "dose", arm: "control" })).toHaveLength(5);
    expect(faultsOf(() => closeAssumptions(t2d, inputs, { use: "dose", arm: "experimental" }))).toEqual([
      'trial.assumption_missing assumptions."dose.levels.experimental"',
    ]);
  });
});

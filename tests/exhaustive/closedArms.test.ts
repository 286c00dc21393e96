import { describe, expect, it } from "vitest";
import { defineTrial, isOpen, recordDecision, requireOpenArm, type Arm, type Trial } from "../../src/trial/index.js";
import { t2d, TRIALS } from "../../src/trials/index.js";
import { faultsOf } from "../unit/trial/issuesOf.js";
import { sample } from "../unit/trial/sampleTrial.js";

const ALL: readonly Trial[] = [...TRIALS, defineTrial(sample())];

function decisionOn({ id, dose }: Arm): object {
  const unitKind = dose?.kind === "deferred" ? dose.tentative.unitKind : "cells";
  return {
    ...{ arm: id, dataCut: "2026-09-01", decidedBy: "Investigators and sponsor", decidedOn: "2026-09-15" },
    dose: { kind: "per-kg", amount: "5E6", unitKind },
    administrations: { count: 2, intervalDays: 28 },
  };
}

/** Whether the trial leaves the dose of this arm alone open as a question, which a decision answers too. */
const isAsked = ({ assumptions }: Trial, { id, dose }: Arm): boolean =>
  dose === undefined && assumptions.some(({ format, arms }) => format === "dose" && arms?.join() === id);

describe("an arm whose dose waits for a decision, in every trial and arm", { tags: ["DOSE-006"] }, () => {
  it("is there, in a built-in trial too", () => {
    expect(TRIALS.some(({ arms }) => arms.some((arm) => !isOpen(arm)))).toBe(true);
  });

  it.each(ALL.flatMap((trial) => trial.arms.map((arm) => [trial.id, arm.id, trial, arm] as const)))(
    "%s, %s: is dosed by a decision on itself, and by no other",
    (_, id, trial, arm) => {
      const closed = isOpen(arm) ? [] : ["trial.arm_closed arm"];
      const isRefused = (one: Trial): boolean => faultsOf(() => requireOpenArm(one, id)).join() === closed.join();
      if (closed.length > 0) expect(isRefused(trial)).toBe(true);
      else expect(requireOpenArm(trial, id)).toBe(arm);
      for (const other of trial.arms.filter((one) => one.id !== id && (!isOpen(one) || isAsked(trial, one)))) {
        const decided = recordDecision(trial, decisionOn(other));
        if (closed.length > 0) expect(isRefused(decided), other.id).toBe(true);
        else expect(requireOpenArm(decided, id), other.id).toEqual(arm);
      }
      if (isOpen(arm) && !isAsked(trial, arm)) {
        expect(faultsOf(() => recordDecision(trial, decisionOn(arm)))).toEqual(["trial.arm_not_deferred arm"]);
        return;
      }
      const opened = recordDecision(trial, decisionOn(arm));
      expect(requireOpenArm(opened, id).dose).toMatchObject({ kind: "per-kg", amount: "5000000" });
      expect(faultsOf(() => recordDecision(opened, decisionOn(arm)))).toEqual(["trial.arm_not_deferred arm"]);
    },
  );

  it("settles by its decision what the sources contradict themselves in", () => {
    const arm = t2d.arms.find(({ id }) => id === "experimental");
    const { contradictions } = recordDecision(t2d, decisionOn(arm!));
    const [before] = t2d.contradictions.filter(({ askedAs }) => askedAs === "dose.levels.experimental");
    const [after] = contradictions.filter(({ id }) => id === before?.id);
    expect(after).not.toHaveProperty("askedAs");
    expect(after?.settled).toBe("Decision of 2026-09-15 by Investigators and sponsor, on data up to 2026-09-01");
  });
});

import { describe, expect, it } from "vitest";
import { nextStep, parseHistory } from "../../../src/escalation/index.js";
import { issueOf } from "../../support/issueOf.js";
import {
  boinSpec,
  designOf,
  i3plus3Spec,
  mtpi2Spec,
  threeByThreeSpec,
  threePlusThreeSpec,
} from "../../support/escalationDesigns.js";

const korn = designOf(4, threePlusThreeSpec("de-escalate"));
const boin = designOf(3, boinSpec("1/4"));

describe("the next step", { tags: ["ESC-002"] }, () => {
  it("begins at the starting level, which may be above the lowest", () => {
    expect(nextStep(boin, "")).toMatchObject({ action: "stay", level: 1, size: 3, reason: "start" });
    expect(nextStep(designOf(3, boinSpec("1/4"), 2), "")).toMatchObject({ level: 2 });
    expect(nextStep(designOf(3, boinSpec("1/4"), 2), "2TNN")).toMatchObject({ action: "de-escalate", level: 1 });
  });

  it("completes an open cohort first, whatever was seen in it", () => {
    expect(nextStep(boin, "1N")).toMatchObject({ action: "stay", level: 1, size: 2, reason: "complete-cohort" });
    expect(nextStep(boin, "1N 1TN")).toMatchObject({ action: "stay", reason: "lowest-again", size: 3 });
    expect(nextStep(korn, "1NNT 1NN")).toMatchObject({ level: 1, size: 1, reason: "complete-cohort" });
  });

  it("takes outcomes one by one in every order, and the order inside a cohort changes nothing", () => {
    for (const letters of ["NNT", "NTN", "TNN"]) {
      for (let treated = 1; treated < 3; treated += 1) {
        expect(nextStep(korn, `1${letters.slice(0, treated)}`)).toMatchObject({ level: 1, size: 3 - treated });
      }
      expect(nextStep(korn, `1NNN 2${letters}`)).toMatchObject({ level: 2, reason: "three-more" });
    }
  });

  it("leaves out the rest of a cohort that is decided, only where the design says so, and only downward", () => {
    const stops = designOf(4, threePlusThreeSpec("de-escalate", false, { stopCohortWhenDecided: true }));
    expect(nextStep(korn, "1NNN 2TT")).toMatchObject({ action: "stay", level: 2, size: 1 });
    expect(nextStep(stops, "1NNN 2TT")).toMatchObject({ action: "de-escalate", level: 1, size: 3 });
    expect(nextStep(stops, "1NNN 2TT 1NNN").deviations).toEqual([]);
    expect(nextStep(stops, "1NNN 2TT 2N").deviations).toEqual([]);
    expect(nextStep(stops, "1NNN 2TT 2N")).toMatchObject({ action: "de-escalate", level: 1 });
    // 0 of 6 or 1 of 6: both escalate, and yet the sixth is treated.
    expect(nextStep(stops, "1TNN 1NN")).toMatchObject({ action: "stay", level: 1, size: 1 });
    expect(nextStep(stops, "1TT")).toMatchObject({ action: "stop", recommended: null });
  });

  it("says wait, and which outcomes would lead where, while a pending participant can change the decision", () => {
    const step = nextStep(korn, "1NNN 2NNP");
    expect(step).toMatchObject({ action: "wait", level: null, size: 0, reason: "pending" });
    expect(step.possible).toEqual([
      { furtherDlt: [{ level: 2, pending: 1, dlt: 0 }], action: "escalate", level: 3 },
      { furtherDlt: [{ level: 2, pending: 1, dlt: 1 }], action: "stay", level: 2 },
    ]);
    expect(step.levels[1]).toMatchObject({ evaluable: 2, dlt: 0, pending: 1 });
  });

  it("decides where every outcome of the pending leads to the same", () => {
    expect(nextStep(korn, "1NNN 2TTP")).toMatchObject({ action: "de-escalate", level: 1 });
    expect(nextStep(boin, "1NNN 2NTP")).toMatchObject({ action: "de-escalate", level: 1 });
    expect(nextStep(boin, "1NNN 2TTP").action).toBe("wait");
  });

  it("looks at pending participants of several cohorts together", () => {
    const step = nextStep(korn, "1NNN 2NTP 2NNP");
    expect(step.possible).toHaveLength(4);
    expect(step.action).toBe("wait");
    expect(issueOf(() => nextStep(boin, `1${"P".repeat(60)} 2${"P".repeat(60)} 3${"P".repeat(60)}`)).code).toBe(
      "escalation.too_many_pending",
    );
  });

  it("stays at the top and at the lowest level, or stops, as the design says", () => {
    const stop = designOf(2, boinSpec("1/4", { atHighest: "stop", atLowest: "stop" }));
    const stay = designOf(2, boinSpec("1/4"));
    expect(nextStep(stay, "1NNN 2NNN")).toMatchObject({ action: "stay", level: 2, reason: "escalate-blocked" });
    expect(nextStep(stop, "1NNN 2NNN")).toMatchObject({ action: "stop", recommended: 2 });
    expect(nextStep(stay, "1TNN")).toMatchObject({ action: "stay", level: 1, reason: "lowest-again" });
    expect(nextStep(stop, "1TNN")).toMatchObject({ action: "stop", recommended: null, reason: "no-level-below" });
  });

  it("goes up again to a level that was left, unless it was eliminated or the design forbids it", () => {
    const history = "1NNN 2TNN 1NNN";
    expect(nextStep(boin, history)).toMatchObject({ action: "escalate", level: 2 });
    const never = designOf(3, boinSpec("1/4", { reescalation: "never" }));
    expect(nextStep(never, history)).toMatchObject({ action: "stay", level: 1, reason: "escalate-blocked" });
    expect(nextStep(boin, "1NNN 2TTT 1NNN")).toMatchObject({ action: "stay", level: 1, reason: "escalate-blocked" });
    expect(nextStep(boin, "1NNN 2TTT").levels.map(({ isClosed }) => isClosed)).toEqual([false, true, true]);
  });

  it("holds minimum and maximum at a level, the total, the last cohort and the early stop", () => {
    const of = (other: object) => designOf(3, boinSpec("3/10", other));
    expect(nextStep(of({ minToEscalate: 6 }), "1NNN")).toMatchObject({ level: 1, reason: "minimum-not-reached" });
    expect(nextStep(of({ maxAtLevel: 3 }), "1TNN")).toMatchObject({ action: "stop", reason: "level-full" });
    expect(nextStep(of({ maxTotal: 6 }), "1NNN 2NNN")).toMatchObject({ action: "stop", reason: "total-reached" });
    expect(nextStep(of({ maxTotal: 5 }), "1NNN")).toMatchObject({ action: "escalate", size: 2 });
    expect(nextStep(of({ maxTotal: 5, lastCohort: "not-opened" }), "1NNN")).toMatchObject({ action: "stop" });
    const reached = of({ earlyStop: { atLevel: 3, when: "reached" } });
    const stay = of({ earlyStop: { atLevel: 3, when: "stay" } });
    expect(nextStep(reached, "1NNN")).toMatchObject({ action: "stop", reason: "early-stop", recommended: 1 });
    expect(nextStep(stay, "1NNN")).toMatchObject({ action: "escalate", level: 2 });
    expect(nextStep(stay, "1TNN")).toMatchObject({ action: "stop", reason: "early-stop" });
  });

  it("takes cohorts of different sizes, the last size repeating", () => {
    const design = designOf(3, boinSpec("3/10", { cohorts: [1, 1, 3] }));
    expect(nextStep(design, "")).toMatchObject({ size: 1 });
    expect(nextStep(design, "1N")).toMatchObject({ level: 2, size: 1 });
    expect(nextStep(design, "1N 2N")).toMatchObject({ level: 3, size: 3 });
    expect(nextStep(design, "1N 2N 3NNN")).toMatchObject({ size: 3 });
  });

  it("of 3+3 ends undecided when the part has no places left", () => {
    const nine = designOf(3, threePlusThreeSpec("de-escalate", false, { maxTotal: 9 }));
    expect(nextStep(nine, "1NNN 2NNT 2NNN")).toMatchObject({
      ...{ action: "stop", reason: "total-reached", recommended: null },
    });
    expect(nextStep(nine, "1NNN 2NNN 3NNN")).toMatchObject({ action: "stop", recommended: 3 });
  });
});

describe("a history that is not what the rule said", { tags: ["ESC-002"] }, () => {
  it.each([
    [korn, "2NNN", "escalation.other_level", 0],
    [korn, "1NNN 3NNN", "escalation.level_skipped", 1],
    [korn, "1NNT 2NNN", "escalation.other_level", 1],
    [korn, "1NN 2NNN", "escalation.cohort_incomplete", 1],
    [korn, "1NNNN", "escalation.cohort_too_large", 0],
    [korn, "1TTT 1NNN", "escalation.closed_level_treated", 1],
    [korn, "1NNN 2TTN 1NNN 1NNN", "escalation.treated_after_stop", 3],
    [boin, "1NNN 2TTT 2NNN", "escalation.closed_level_treated", 2],
    [boin, "1NNN 2TTT 3NNN", "escalation.closed_level_treated", 2],
    [boin, "1TTT 2NNN", "escalation.closed_level_treated", 1],
  ] as const)("is taken as it is, and the first cohort at fault is named: %#", (design, history, code, cohort) => {
    const [first] = nextStep(design, history).deviations;
    expect(first).toMatchObject({ code, path: `cohorts.${cohort}` });
  });

  it.each(["1NNN 2TTN 2N", "1NNN 2TTN 2NN", "1NNN 2TTN 2NNN", "1NNN 2TTN 2N 2N", "1NNN 2TTNN"])(
    "keeps a level of 3+3 closed that two DLTs had closed and that was treated again: %s",
    (history) => {
      const next = nextStep(korn, history);
      expect(next).toMatchObject({ action: "de-escalate", level: 1, size: 3 });
      expect(next.levels.map(({ isClosed }) => isClosed)).toEqual([false, true, true, true]);
      expect(nextStep(designOf(4, threePlusThreeSpec("escalate-only")), history)).toMatchObject({
        ...{ action: "stop", recommended: 1 },
      });
    },
  );

  it("completes a cohort that the rule wants whole, although what was seen of it would close the level", () => {
    for (const [design, history, size] of [
      [korn, "1NNT 1T", 2],
      [korn, "1NNN 2NNT 2T", 2],
      [designOf(3, boinSpec("1/4", { cohorts: [6] })), "1TTT", 3],
    ] as const) {
      const next = nextStep(design, history);
      const level = Number(history.split(" ").at(-1)?.[0]);
      expect(next).toMatchObject({ action: "stay", reason: "complete-cohort", level, size, deviations: [] });
      expect(next.levels[level - 1]?.isClosed).toBe(false);
      const whole = nextStep(design, `${history} ${level}${"T".repeat(size)}`);
      expect(whole.deviations).toEqual([]);
      expect(whole.levels[level - 1]?.isClosed).toBe(true);
    }
  });

  it("takes a level above as unsafe only by its DLTs: 0 of 3 stays open", () => {
    expect(nextStep(korn, "1NNN 2NNN 1NNN")).toMatchObject({ action: "escalate", level: 2 });
  });

  it("never goes back to a level that was closed", () => {
    const design = designOf(3, boinSpec("1/4"));
    expect(nextStep(design, "2TTT 1NNN").level).toBe(1);
    expect(nextStep(designOf(1, boinSpec("1/4")), "1TTT")).toMatchObject({ action: "stop", recommended: null });
  });
});

describe("a history that cannot be read", { tags: ["ESC-002"] }, () => {
  it.each([
    ["1nnn", "Column 1"],
    ["1NNN 2NXN", "Column 6"],
    ["NNN", "Column 1"],
    ["1", "Column 1"],
    ["1NNN  2", "Column 7"],
    ["0NNN", "Column 1"],
    ["1.5NNN", "Column 1"],
  ])("is refused with its column: %s", (history, where) => {
    const issue = issueOf(() => parseHistory(history, 3));
    expect(issue.code).toBe("escalation.history_invalid");
    expect(issue.message).toContain(where);
  });

  it("names an unknown level", () => {
    expect(issueOf(() => nextStep(boin, "1NNN 4NNN"))).toMatchObject({
      ...{ code: "escalation.level_unknown", expected: "a whole number from 1 to 3", received: "number 4" },
    });
    const cohort = { level: 1.5, without: 3, dlt: 0, pending: 0 };
    expect(issueOf(() => nextStep(boin, [cohort])).code).toBe("escalation.level_unknown");
  });

  it("refuses counts that are none", () => {
    for (const without of [-1, 0.5, Infinity]) {
      const issue = issueOf(() => nextStep(boin, [{ level: 1, without, dlt: 0, pending: 0 }]));
      expect(issue).toMatchObject({ code: "escalation.count_invalid", path: "cohorts.0.without" });
    }
  });
});

describe("renaming", { tags: ["ESC-002"] }, () => {
  it("of levels changes nothing, nor does a level above that was not reached", () => {
    const rules = [boinSpec("1/4"), i3plus3Spec("1/4", "1/20"), mtpi2Spec("1/4", "1/20"), threeByThreeSpec(2)];
    for (const rule of [...rules, threePlusThreeSpec("de-escalate")]) {
      const three = designOf(3, rule);
      const renamed = { ...three, levels: ["low", "middle", "high"].map((label) => ({ label })) };
      for (const history of ["", "1NNN", "1NNN 2NTN", "1TTN"]) {
        const { action, level, size, reason } = nextStep(three, history);
        const step = { action, level, size, reason };
        expect(nextStep(renamed, history)).toMatchObject(step);
        expect(nextStep(designOf(4, rule), history)).toMatchObject(step);
      }
    }
  });
});

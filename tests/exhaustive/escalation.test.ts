import { describe, expect, it } from "vitest";
import type { EscalationRuleSpec } from "../../src/escalation/index.js";
import { replay, type CohortSeen } from "../../src/escalation/history.js";
import { compileRule } from "../../src/escalation/rules/rules.js";
import { firstStep } from "../../src/escalation/firstStep.js";
import { walk } from "../../src/escalation/walk.js";
import {
  boinSpec,
  designOf,
  i3plus3Spec,
  mtpi2Spec,
  threeByThreeSpec,
  threePlusThreeSpec,
} from "../support/escalationDesigns.js";

const LEVELS = 4;
const DECISIONS = ["escalate", "stay", "de-escalate", "stop"] as const;

/** A table of one's own that goes up, down and stays. */
const upAndDown = threeByThreeSpec(2, {
  maxTotal: 12,
  atHighest: "stay",
  selection: { kind: "isotonic", target: "1/4", mustNotExceed: "none" },
  cells: [3, 6, 9, 12].flatMap((n) =>
    Array.from({ length: n + 1 }, (_, dlt) => ({
      n,
      dlt,
      decision: DECISIONS[dlt * 6 < n ? 0 : dlt * 3 <= n ? 1 : dlt * 3 <= 2 * n ? 2 : 3],
    })),
  ),
});

const RULES: readonly (readonly [string, EscalationRuleSpec])[] = [
  ["3+3, de-escalate", threePlusThreeSpec("de-escalate")],
  ["own table", upAndDown],
  ["BOIN", boinSpec("1/4")],
  ["i3+3", i3plus3Spec("1/4", "1/20", { extraSafe: { offset: "0.05" } })],
  ["mTPI-2", mtpi2Spec("3/10", "1/20")],
];

/** Other options of the rules, for histories of three cohorts. */
const VARIANTS: readonly (readonly [string, EscalationRuleSpec])[] = [
  ["3+3, escalate only", threePlusThreeSpec("escalate-only")],
  ["3+3, six at the MTD", threePlusThreeSpec("de-escalate", true, { stopCohortWhenDecided: true })],
  ["BOIN, never up again", boinSpec("3/10", { reescalation: "never", atLowest: "stop", atHighest: "stop" })],
];

/** Every history of up to so many cohorts of three, whether the rule would lead to it or not. */
function* histories(cohorts: number): Generator<readonly CohortSeen[], void, undefined> {
  yield [];
  if (cohorts === 0) return;
  for (const before of histories(cohorts - 1)) {
    if (before.length < cohorts - 1) continue;
    for (let level = 1; level <= LEVELS; level += 1) {
      for (let dlt = 0; dlt <= 3; dlt += 1) yield [...before, { level, without: 3 - dlt, dlt, pending: 0 }];
    }
  }
}

describe("every history of up to four cohorts of three at four levels", { tags: ["ESC-002"] }, () => {
  const all = [0, 1, 2, 3, 4].flatMap((cohorts) =>
    [...histories(cohorts)].filter((history) => history.length === cohorts),
  );

  it("there are 1 + 16 + 16^2 + 16^3 + 16^4", () => {
    expect(all).toHaveLength(69_905);
  });

  it.each([
    ...RULES.map(([name, spec]) => [name, spec, 4] as const),
    ...VARIANTS.map(([name, spec]) => [name, spec, 3] as const),
  ])("%s: a decision, no level skipped upward, no closed level entered again", (_, spec, most) => {
    const design = designOf(LEVELS, spec);
    const rule = compileRule(design);
    const faults: string[] = [];
    for (const history of all) {
      if (history.length > most) break;
      const { step, situation } = replay(design, rule, history);
      const { n, dlt, current } = situation;
      const closed = n.findIndex((count, i) => rule.isClosedBy(count, dlt[i]!)) + 1;
      const told = (): string => JSON.stringify([history.map((own) => [own.level, own.dlt]), step]);
      if (step.action === "stop") {
        const { recommended } = step;
        if (recommended !== null && closed > 0 && recommended >= closed) faults.push(`closed recommended ${told()}`);
        continue;
      }
      if (step.level > current + 1) faults.push(`skipped ${told()}`);
      if (step.level < 1 || step.level > LEVELS) faults.push(`no such level ${told()}`);
      if (closed > 0 && step.level >= closed) faults.push(`closed entered ${told()}`);
      if (step.level > step.highestOpen) faults.push(`above the highest open ${told()}`);
      if (step.size < 1 || step.size > 3) faults.push(`size ${told()}`);
      if (step.action === "escalate" && step.level !== current + 1) faults.push(`no escalation ${told()}`);
      if ((step.action === "de-escalate" || step.action === "eliminate") && step.level >= Math.max(current, 1)) {
        faults.push(`no de-escalation ${told()}`);
      }
    }
    expect(faults.slice(0, 5)).toEqual([]);
  });

  it.each([...RULES, ...VARIANTS])(
    "%s: no situation that the rule leads to recommends or treats a closed level",
    (_, spec) => {
      const design = designOf(LEVELS, spec);
      const rule = compileRule(design);
      const tried = walk(design, firstStep(design), (situation) => {
        const step = rule.step(situation);
        const closed = situation.n.findIndex((count, i) => rule.isClosedBy(count, situation.dlt[i]!)) + 1;
        const level = step.action === "stop" ? step.recommended : step.level;
        if (closed > 0 && level !== null) expect(level).toBeLessThan(closed);
        if (step.action !== "stop") expect(step.level === 1 || situation.n[step.level - 2]! > 0).toBe(true);
        if (step.action === "stop" && level !== null) expect(situation.n[level - 1]).toBeGreaterThan(0);
        return step;
      });
      expect(tried.endings.length).toBeGreaterThan(10);
    },
  );
});

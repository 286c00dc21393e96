import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  characteristics,
  choiceCharacteristics,
  completePathways,
  decisionTable,
  earliestCalendar,
  isotonicEstimates,
  nextDosing,
  nextStep,
  parseChoiceRule,
  readShare,
  windowEnd,
} from "../../src/escalation/index.js";
import { countParticipants } from "../../src/escalation/conduct/counting.js";
import { tailAbove } from "../../src/escalation/posterior.js";
import { startOf, walk } from "../../src/escalation/walk.js";
import { firstStep } from "../../src/escalation/firstStep.js";
import { compileRule } from "../../src/escalation/rules/rules.js";
import { fractionText, lowest, toNumber } from "../../src/quantity/index.js";
import {
  boinSpec,
  designOf,
  i3plus3Spec,
  mtpi2Spec,
  threeByThreeSpec,
  threePlusThreeSpec,
} from "../support/escalationDesigns.js";
import type { EscalationRuleSpec, ThreePlusThreeSpec } from "../../src/escalation/index.js";

/** Numbers of an independent program; the file says which, and what it was checked against. */
const { cases } = JSON.parse(readFileSync(new URL("escalation.json", import.meta.url), "utf8")) as {
  cases: readonly (Readonly<Record<string, unknown>> & { readonly kind: string; readonly id: string })[];
};

function casesOf<T>(kind: string): (T & { readonly id: string })[] {
  const found = cases.filter((own) => own.kind === kind);
  expect(found.length, kind).toBeGreaterThan(0);
  return found as unknown as (T & { readonly id: string })[];
}

const near = (value: number, text: string): void => {
  expect(Math.abs(value - Number(text))).toBeLessThanOrEqual(1e-12);
};

describe(
  "golden numbers of dose escalation",
  { tags: ["ESC-001", "ESC-002", "ESC-003", "ESC-004", "ESC-005", "ESC-007"] },
  () => {
    it("posterior tails, exactly", () => {
      for (const { id, target, n, dlt, exact, above95 } of casesOf<{
        target: string;
        n: number;
        dlt: number;
        exact: string;
        above95: boolean;
      }>("posterior-tail")) {
        const tail = tailAbove(readShare(target, "target"), n, dlt);
        expect(fractionText(lowest(tail)), id).toBe(exact);
        expect(tail.numerator * 20n > 19n * tail.denominator, id).toBe(above95);
      }
    });

    it("boundaries of BOIN to 1e-12", () => {
      for (const { target, pSaf, pTox, lambdaE, lambdaD } of casesOf<Record<string, string>>("boin-lambda")) {
        const rule = compileRule(designOf(2, boinSpec(target!, { tooLow: pSaf!, tooHigh: pTox! })));
        near(toNumber(rule.boundaries!.escalate), lambdaE!);
        near(toNumber(rule.boundaries!.deescalate), lambdaD!);
      }
    });

    it("the tables of BOIN, exactly", () => {
      for (const own of casesOf<{
        target: string;
        cutoff: string;
        n: number[];
        escalateMax: number[];
        deescalateMin: number[];
        eliminateMin: (number | null)[];
      }>("boin-table")) {
        const { rows } = decisionTable(
          designOf(2, boinSpec(own.target, { elimination: { cutoff: own.cutoff, minimum: 3 } })),
        );
        const known = rows.filter(({ n }) => own.n.includes(n));
        expect(
          known.map(({ escalateMax }) => escalateMax),
          own.id,
        ).toEqual(own.escalateMax);
        expect(
          known.map(({ deescalateMin }) => deescalateMin),
          own.id,
        ).toEqual(own.deescalateMin);
        expect(
          known.map(({ eliminateMin }) => eliminateMin),
          own.id,
        ).toEqual(own.eliminateMin);
      }
    });

    it("the tables of i3+3 and mTPI-2, exactly; dropped short intervals where they make no difference", () => {
      interface Case {
        target: string;
        epsilon1: string;
        epsilon2: string;
        n: number[];
        decisions: string[];
      }
      const lettersOf = (rule: EscalationRuleSpec, n: readonly number[]): string[] =>
        decisionTable(designOf(2, rule))
          .rows.filter((row) => n.includes(row.n))
          .map(({ letters }) => letters);
      for (const { id, target, epsilon1, n, decisions } of casesOf<Case>("i3plus3-table")) {
        expect(lettersOf(i3plus3Spec(target, epsilon1, { maxTotal: 20 }), n), id).toEqual(decisions);
      }
      for (const own of casesOf<Case & { sameWhenIncompleteKeysAreDropped: boolean }>("mtpi2-table")) {
        const { id, target, epsilon1, n, decisions } = own;
        expect(lettersOf(mtpi2Spec(target, epsilon1), n), id).toEqual(decisions);
        const dropped = lettersOf(mtpi2Spec(target, epsilon1, { shortIntervals: "dropped" }), n);
        expect(dropped.join() === decisions.join(), id).toBe(own.sameWhenIncompleteKeysAreDropped);
      }
    });

    it("isotonic estimates, exactly, and the level that is selected", () => {
      for (const { id, target, n, dlt, mtd, exact } of casesOf<{
        target: string;
        n: number[];
        dlt: number[];
        mtd: number | null;
        exact: Record<string, string>;
      }>("mtd-select")) {
        const rule = compileRule(designOf(n.length, boinSpec(target, { maxTotal: 1 })));
        const closed = n.findIndex((count, i) => rule.isClosedBy(count, dlt[i]!));
        const estimates = isotonicEstimates({ n, dlt }, closed < 0 ? n.length : closed);
        expect(Object.fromEntries(estimates.map((own) => [own.level, fractionText(lowest(own.estimate))])), id).toEqual(
          exact,
        );
        const current = Math.max(1, n.findLastIndex((count) => count > 0) + 1);
        const step = rule.step({ n, dlt, current, highestOpen: n.length });
        if (n.some((count) => count > 0)) expect(step, id).toMatchObject({ action: "stop", recommended: mtd });
      }
    });

    it("the next step of 3+3", () => {
      interface Case {
        variant: ThreePlusThreeSpec["variant"];
        needSixAtMtd: boolean;
        levels: number;
        outcomes: string;
        go: boolean;
        nextLevel: number | null;
        mtd: number | null;
      }
      for (const own of [...casesOf<Case>("3plus3-step"), ...casesOf<Case>("3plus3-step-six")]) {
        const start = Number(own.outcomes[0]);
        const design = designOf(own.levels, threePlusThreeSpec(own.variant, own.needSixAtMtd), start);
        const step = nextStep(design, own.outcomes);
        expect(step.level, own.id).toBe(own.nextLevel);
        expect(step.action === "stop", own.id).toBe(!own.go);
        if (!own.go) expect(step.recommended, own.id).toBe(own.mtd);
        expect(step.deviations, own.id).toEqual([]);
      }
    });

    it("decisions while outcomes are pending", () => {
      const rules: Record<string, EscalationRuleSpec> = {
        "3+3": threePlusThreeSpec("de-escalate"),
        "BOIN 1/4": boinSpec("1/4"),
        "i3+3 1/4": i3plus3Spec("1/4", "1/20"),
        "mTPI-2 3/10": mtpi2Spec("3/10", "1/20"),
      };
      for (const own of casesOf<{
        rule: string;
        n: number;
        dlt: number;
        pending: number;
        decisionsByFurtherDlt: string[];
      }>("pending")) {
        const rule = compileRule(designOf(3, rules[own.rule]!));
        const letters = Array.from({ length: own.pending + 1 }, (_, more) => rule.letter(own.n, own.dlt + more));
        expect(letters, own.id).toEqual(own.decisionsByFurtherDlt);
      }
    });

    it("the number of situations, transitions and pathways", () => {
      for (const own of casesOf<{
        design: string;
        variant: ThreePlusThreeSpec["variant"];
        needSixAtMtd: boolean;
        target: string;
        levels: number;
        cohortSize: number;
        maxN: number;
        states: number;
        terminalStates: number;
        transitions?: number;
        completePathways: number;
      }>("state-space")) {
        const rule =
          own.design === "3+3"
            ? threePlusThreeSpec(own.variant, own.needSixAtMtd)
            : boinSpec(own.target, { cohorts: [own.cohortSize], maxTotal: own.maxN });
        const design = designOf(own.levels, rule);
        const found = walk(design, firstStep(design), compileRule(design).step);
        expect(startOf(design).n).toHaveLength(own.levels);
        expect(
          {
            states: found.states,
            terminalStates: found.endings.length,
            completePathways: found.pathways,
            ...(own.transitions === undefined ? {} : { transitions: found.transitions }),
          },
          own.id,
        ).toEqual({
          states: own.states,
          terminalStates: own.terminalStates,
          completePathways: own.completePathways,
          ...(own.transitions === undefined ? {} : { transitions: own.transitions }),
        });
      }
    });

    it("own tables are walked", () => {
      const design = designOf(3, threeByThreeSpec(2));
      expect(walk(design, firstStep(design), compileRule(design).step).states).toBe(29);
    });
    it("operating characteristics: fractions exactly, decimals to 1e-12", () => {
      for (const own of casesOf<OcCase>("oc")) {
        const design = designOf(own.levels, ocRule(own));
        const found = characteristics(design, own.trueDlt, { moreThan: 9, fractions: true });
        const inDoubles = characteristics(design, own.trueDlt, { moreThan: 9 });
        for (const [j, { value }] of inDoubles.recommended.entries()) near(value, own.select[String(j + 1)]!);
        near(inDoubles.expectedTreated.value, own.expectedN);
        const byName = [found.none, ...found.recommended];
        Object.entries(own.select).forEach(([name, value]) => {
          const measure = byName[name === "none" ? 0 : Number(name)]!;
          near(measure.value, value);
          expect(measure.exact, `${own.id} ${name}`).toBe(own.selectExact[name]);
        });
        near(found.expectedTreated.value, own.expectedN);
        own.expectedNPerLevel.forEach((value, j) => {
          near(found.expectedTreatedByLevel[j]!.value, value);
        });
        own.expectedDltPerLevel.forEach((value, j) => {
          near(found.expectedDltByLevel[j]!.value, value);
        });
        expect(
          found.total.map(({ participants }) => String(participants)),
          own.id,
        ).toEqual(Object.keys(own.distributionN));
        for (const { participants, probability } of found.total) {
          near(probability.value, own.distributionN[String(participants)]!);
        }
        expect([found.total[0]!.participants, found.total.at(-1)!.participants], own.id).toEqual([own.minN, own.maxN]);
        near(found.moreThan!.probability.value, own.probMoreThan9);
        if (own.trueDlt.includes("1")) continue;
        expect([found.states, found.pathways], own.id).toEqual([own.states, own.completePathways]);
      }
    });

    it("complete pathways of 3+3 with their probabilities", () => {
      for (const own of casesOf<{
        variant: ThreePlusThreeSpec["variant"];
        levels: number;
        trueDlt: string[];
        pathways: { cohorts: string; mtd: number | null; probability: string }[];
      }>("3plus3-pathways")) {
        const design = designOf(own.levels, threePlusThreeSpec(own.variant));
        const found = completePathways(design, { truth: own.trueDlt }).map(({ cohorts, recommended, probability }) => ({
          cohorts: cohorts.map(({ level, dlt, size }) => `${level}:${dlt}/${size}`).join(" "),
          mtd: recommended,
          probability: probability!.value,
        }));
        expect(found.map(({ cohorts, mtd }) => ({ cohorts, mtd }))).toEqual(
          own.pathways.map(({ cohorts, mtd }) => ({ cohorts, mtd })),
        );
        own.pathways.forEach(({ probability }, i) => {
          near(found[i]!.probability, probability);
        });
      }
    });

    it("the choice of an arm after a randomized part", () => {
      for (const own of casesOf<{
        arms: { n: number; response: string; maxEvents?: number; event?: string }[];
        floorShare: string | null;
        tie: "lowest" | "highest" | "random" | "none";
        selected: Record<string, string>;
        probTieAtTheTop: string;
      }>("selection")) {
        const names = own.arms.map((_, j) => String(j + 1));
        const most = own.arms[0]!.maxEvents;
        const rule = parseChoiceRule({
          ...{ trial: "T", part: "P", candidates: names, comparator: "none", endpoint: "E", counted: "completers" },
          gate: most === undefined ? { kind: "none" } : { kind: "at-most", events: "any", most },
          ...{ leastShare: own.floorShare ?? "none", marginOverComparator: "none" },
          tie: own.tie === "random" ? "drawn" : own.tie,
        });
        const truths = own.arms.map(({ n, response, event }, j) => ({
          ...{ arm: names[j]!, n, response },
          ...(event === undefined ? {} : { event }),
        }));
        const found = choiceCharacteristics(rule, truths);
        near(found.none.value, own.selected["none"]!);
        for (const { arm, probability } of found.chosen) near(probability.value, own.selected[arm]!);
        near(found.tie.value, own.probTieAtTheTop);
      }
    });

    it("participants per arm for a right choice with probability 0.9", () => {
      const { p, n } = casesOf<{ p: string[]; n: Record<string, number[]> }>("selection-n")[0]!;
      const right = (arms: number, rate: string, size: number): number => {
        const names = Array.from({ length: arms }, (_, j) => String(j + 1));
        const rule = parseChoiceRule({
          ...{ trial: "T", part: "P", candidates: names, comparator: "none", endpoint: "E", counted: "completers" },
          ...{ gate: { kind: "none" }, leastShare: "none", marginOverComparator: "none", tie: "drawn" },
        });
        const better = (Number(rate) + 0.15).toFixed(2);
        const truths = names.map((arm, j) => ({ arm, n: size, response: j === arms - 1 ? better : rate }));
        return choiceCharacteristics(rule, truths).best.probability.value;
      };
      for (const arms of [2, 3, 4]) {
        for (const at of arms === 4 ? [0, 7] : [0, 4, 7]) {
          const size = n[String(arms)]![at]!;
          expect(right(arms, p[at]!, size)).toBeGreaterThanOrEqual(0.9);
          expect(right(arms, p[at]!, size - 1)).toBeLessThan(0.9);
        }
      }
    });

    it("dates: gaps in complete days, the end of the window, the earliest calendar", () => {
      for (const own of casesOf<{ sentinelDosed: string; completeDays: number; earliestNext: string }>(
        "sentinel-date",
      )) {
        expect(nextDosing({ gapsDays: [own.completeDays] }, own.sentinelDosed, 1), own.id).toBe(own.earliestNext);
      }
      for (const own of casesOf<{ lastDosed: string; throughStudyDay: number; dosingIsDay: 0 | 1; windowEnds: string }>(
        "window-date",
      )) {
        const { throughStudyDay, dosingIsDay } = own;
        expect(windowEnd({ window: { throughStudyDay, dosingIsDay } }, own.lastDosed), own.id).toBe(own.windowEnds);
      }
      for (const own of casesOf<{
        firstDosing: string;
        cohorts: number[];
        gapsCompleteDays: number[];
        dltThroughStudyDay: number;
        dosingIsDay: 0 | 1;
        reviewDays: number;
        dosings: string[][];
        nextPartNotBefore: string;
      }>("earliest-calendar")) {
        const window = { throughStudyDay: own.dltThroughStudyDay, dosingIsDay: own.dosingIsDay };
        const rules = { window, gapsDays: own.gapsCompleteDays, reviewDays: own.reviewDays };
        const { dosings, nextPartNotBefore } = earliestCalendar(rules, own.cohorts, own.firstDosing);
        expect(dosings, own.id).toEqual(own.dosings);
        expect(nextPartNotBefore, own.id).toBe(own.nextPartNotBefore);
      }
    });

    it("counts from participants at a data cut", () => {
      for (const own of casesOf<{
        windowLastDayOffset: number;
        dataCut: string;
        lateDlt: "flag" | "count";
        participants: { id: string; dosedOn: string; dltOn?: string; nonEvaluable?: string }[];
        result: { evaluable: number; dlt: number; pending: number; issues: [string, string][] };
      }>("counting")) {
        const people = own.participants.map(({ nonEvaluable, ...rest }) => ({
          ...rest,
          ...(nonEvaluable === undefined ? {} : { notEvaluable: nonEvaluable }),
        }));
        const { windowLastDayOffset: lastDay, dataCut, lateDlt } = own;
        const { without, dlt, pending, issues } = countParticipants(people, { lastDay, dataCut, lateDlt });
        expect({ evaluable: without + dlt, dlt, pending, issues }, own.id).toEqual(own.result);
      }
    });
  },
);

interface OcCase {
  readonly design: string;
  readonly levels: number;
  readonly trueDlt: string[];
  readonly variant: ThreePlusThreeSpec["variant"];
  readonly needSixAtMtd: boolean;
  readonly target: string;
  readonly cohortSize: number;
  readonly totalN: number;
  readonly epsilon: string;
  readonly stopAtLevelN?: number;
  readonly stopRule: "reached" | "stay";
  readonly table: Record<string, string>;
  readonly select: Record<string, string>;
  readonly selectExact: Record<string, string>;
  readonly expectedN: string;
  readonly expectedNPerLevel: string[];
  readonly expectedDltPerLevel: string[];
  readonly distributionN: Record<string, string>;
  readonly minN: number;
  readonly maxN: number;
  readonly probMoreThan9: string;
  readonly states: number;
  readonly completePathways: number;
}

function ocRule(own: OcCase): EscalationRuleSpec {
  const sizes = { cohorts: [own.cohortSize], maxTotal: own.totalN };
  switch (own.design) {
    case "3+3":
      return threePlusThreeSpec(own.variant, own.needSixAtMtd);
    case "BOIN":
      return boinSpec(own.target, {
        ...sizes,
        ...(own.stopAtLevelN === undefined ? {} : { earlyStop: { atLevel: own.stopAtLevelN, when: own.stopRule } }),
      });
    case "i3+3":
      return i3plus3Spec(own.target, own.epsilon, sizes);
    case "mTPI-2":
      return mtpi2Spec(own.target, own.epsilon, sizes);
    default:
      return threeByThreeSpec([0, 1, 2, 3].find((dlt) => own.table[`3,${dlt}`] === "stop")!);
  }
}

import { describe, expect, it } from "vitest";
import {
  chooseArm,
  choiceCharacteristics,
  parseChoiceRule,
  type ArmResult,
  type ChoiceRule,
} from "../../../src/escalation/index.js";
import { issueOf } from "../../support/issueOf.js";

const RULE = {
  trial: "NCT07041801",
  part: "single-dose",
  candidates: ["low", "medium", "high"],
  comparator: "placebo",
  endpoint: "fall of SLEDAI-2000 by 4 or more by week 24",
  counted: "all-randomized",
  gate: { kind: "at-most", events: "treatment-emergent adverse events of grade 3 or more by day 28", most: 2 },
  leastShare: "none",
  marginOverComparator: "none",
  tie: "lowest",
} as const satisfies ChoiceRule;

const results = (...rows: (readonly [arm: string, n: number, responders: number, events?: number])[]): ArmResult[] =>
  rows.map(([arm, n, responders, events]) => ({ arm, n, responders, ...(events === undefined ? {} : { events }) }));
const PLACEBO = ["placebo", 12, 2, 0] as const;

describe("the choice of the dose", { tags: ["ESC-007"] }, () => {
  it("is the largest share of responders among the arms within the limit of events", () => {
    const seen = results(["low", 12, 5, 0], ["medium", 12, 7, 1], ["high", 12, 9, 3], PLACEBO);
    const found = chooseArm(parseChoiceRule(RULE), seen);
    expect(found).toMatchObject({ proposed: "medium", best: ["medium"] });
    expect(found.arms[2]).toMatchObject({ isEligible: false, reason: "events" });
  });

  it("compares shares as fractions, and gives ties to whom the rule says", () => {
    const near = results(["low", 23, 11, 0], ["medium", 25, 12, 0], ["high", 24, 11, 0], PLACEBO);
    expect(chooseArm(parseChoiceRule(RULE), near).proposed).toBe("medium");
    const tied = results(["low", 12, 6, 0], ["medium", 10, 5, 0], ["high", 12, 5, 0], PLACEBO);
    const of = (tie: ChoiceRule["tie"]) => chooseArm(parseChoiceRule({ ...RULE, tie }), tied).proposed;
    expect([of("lowest"), of("highest"), of("drawn"), of("none")]).toEqual(["low", "medium", null, null]);
  });

  it("may be none", () => {
    const seen = results(["low", 12, 3, 0], ["medium", 12, 4, 0], ["high", 12, 9, 3], PLACEBO);
    expect(chooseArm(parseChoiceRule({ ...RULE, leastShare: "0.4" }), seen).proposed).toBeNull();
    expect(chooseArm(parseChoiceRule({ ...RULE, marginOverComparator: "0.2" }), seen).proposed).toBeNull();
  });

  it("takes the user's own table of limits, and a limit on the probability of a high rate", () => {
    const seen = results(["low", 12, 5, 1], ["medium", 11, 5, 1], ["high", 12, 4, 0], PLACEBO);
    const rows = [
      { n: 12, most: 1 },
      { n: 11, most: 0 },
    ];
    const table = parseChoiceRule({ ...RULE, gate: { kind: "table", events: "deaths", rows } });
    expect(chooseArm(table, seen).proposed).toBe("low");
    const short = parseChoiceRule({ ...RULE, gate: { kind: "table", events: "deaths", rows: [rows[0]!] } });
    expect(issueOf(() => chooseArm(short, seen)).code).toBe("escalation.gate_without_row");
    const tail = parseChoiceRule({ ...RULE, gate: { kind: "tail", events: "deaths", rate: "0.1", cutoff: "0.7" } });
    expect(chooseArm(tail, seen).proposed).toBe("medium");
  });

  it.each([
    [{ candidates: ["low", "placebo"] }, "candidates.1"],
    [{ candidates: ["low", "low"] }, "candidates.1"],
    [{ candidates: [] }, "candidates"],
    [{ comparator: "none", marginOverComparator: "0.1" }, "marginOverComparator"],
    [{ tie: undefined }, "tie"],
    [{ endpoint: "" }, "endpoint"],
    [{ leastShare: "40%" }, "leastShare"],
    [{ gate: { kind: "tail", events: "x", rate: "0.1", cutoff: "1" } }, "gate.cutoff"],
  ] as const)("refuses the rule with %j", (other, path) => {
    expect(issueOf(() => parseChoiceRule({ ...RULE, ...other })).path).toBe(path);
  });

  it.each([
    [results(["low", 12, 5, 0], ["medium", 12, 7, 1], PLACEBO), ""],
    [results(["low", 0, 0, 0], ["medium", 12, 7, 1], ["high", 12, 9, 1], PLACEBO), "0.n"],
    [results(["low", 12, 13, 0], ["medium", 12, 7, 1], ["high", 12, 9, 1], PLACEBO), "0.responders"],
    [results(["low", 12, 5], ["medium", 12, 7, 1], ["high", 12, 9, 1], PLACEBO), "0.events"],
    [results(["low", 12, 5, 0], ["medium", 12, 7, 1], ["high", 12, 9, 1], PLACEBO, ["x", 1, 0, 0]), "4.arm"],
  ])("refuses results that are not those of the rule: %#", (seen, path) => {
    expect(issueOf(() => chooseArm(parseChoiceRule(RULE), seen))).toMatchObject({
      ...{ code: "escalation.results_invalid", path },
    });
  });

  it("behaves as the sum over all results says", () => {
    const rule = parseChoiceRule({ ...RULE, candidates: ["low", "medium"], marginOverComparator: "0.2", tie: "none" });
    const truths = [
      { arm: "low", n: 4, response: "0.4", event: "0.3" },
      { arm: "medium", n: 3, response: "0.5", event: "0.2" },
      { arm: "placebo", n: 3, response: "0.2" },
    ];
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    const mass = (n: number, k: number, p: number): number => choose(n, k) * p ** k * (1 - p) ** (n - k);
    const sums: Record<string, number> = {};
    for (let a = 0; a <= 4; a += 1)
      for (let b = 0; b <= 3; b += 1)
        for (let c = 0; c <= 3; c += 1)
          for (let e = 0; e <= 4; e += 1)
            for (let f = 0; f <= 3; f += 1) {
              const p = mass(4, a, 0.4) * mass(3, b, 0.5) * mass(3, c, 0.2) * mass(4, e, 0.3) * mass(3, f, 0.2);
              const seen = results(["low", 4, a, e], ["medium", 3, b, f], ["placebo", 3, c]);
              const name = chooseArm(rule, seen).proposed ?? "none";
              sums[name] = (sums[name] ?? 0) + p;
            }
    const found = choiceCharacteristics(rule, truths);
    expect(found.none.value).toBeCloseTo(sums["none"]!, 12);
    for (const { arm, probability } of found.chosen) expect(probability.value).toBeCloseTo(sums[arm]!, 12);
    expect(found.best.arms).toEqual(["medium"]);
  });
});

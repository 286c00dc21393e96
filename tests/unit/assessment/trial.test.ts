/* Whole trials by simulation: against all trials of up to six participants, published tests, and exact sums. */
import { describe, expect, it } from "vitest";
import { LinearTest } from "../../../src/assessment/linearTest.js";
import { upperF } from "../../../src/assessment/doublyNoncentral.js";
import {
  assessDynamic,
  simulateTrial,
  type Estimate,
  type TrialDesign,
  type TrialFrame,
} from "../../../src/assessment/index.js";
import { parseDynamicPlan } from "../../../src/list/index.js";

const near = ({ value, standardError }: Estimate, truth: number, errors = 4.5): void => {
  expect(Math.abs(value - truth), `${value} for ${truth}`).toBeLessThanOrEqual(errors * standardError + 1e-12);
};
const levels = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => String(i + 1));

/** Every trial of n participants with two factors of two levels: means over levels and allocations, all by counting. */
function everyTrial(n: number, p: number): Readonly<Record<string, number>> {
  const sums = { everything: 0, ownCentre: 0, final: 0, largest: 0, site: 0, strata: 0, loss: 0 };
  type Person = readonly [site: number, sex: number, arm: number];
  const count = (past: readonly Person[], of: (person: Person) => boolean, arm: number): number =>
    past.filter((person) => of(person) && person[2] === arm).length;
  const visit = (past: readonly Person[], mass: number, largest: number): void => {
    const difference = (of: (person: Person) => boolean): number => count(past, of, 0) - count(past, of, 1);
    if (past.length === n) {
      const strata = [0, 1, 2, 3].filter((k) => past.some(([site, sex]) => 2 * site + sex === k));
      const inStratum = strata.map((k) => Math.abs(difference(([site, sex]) => 2 * site + sex === k)));
      const sizes = strata.map((k) => past.filter(([site, sex]) => 2 * site + sex === k).length);
      sums.final += mass * Math.abs(difference(() => true));
      sums.largest += mass * largest;
      sums.site += (mass * [0, 1].reduce((sum, k) => sum + Math.abs(difference(([site]) => site === k)), 0)) / 2;
      sums.strata += (mass * inStratum.reduce((sum, own) => sum + own, 0)) / strata.length;
      sums.loss += mass * inStratum.reduce((sum, own, i) => sum + own ** 2 / (sizes[i] as number), 0);
      return;
    }
    for (const site of [0, 1]) {
      for (const sex of [0, 1]) {
        const bySite = difference((person) => person[0] === site);
        const score = (step: number): number =>
          Math.abs(bySite + step) + Math.abs(difference((person) => person[1] === sex) + step);
        const first = score(1) < score(-1) ? p : score(1) > score(-1) ? 1 - p : 0.5;
        sums.everything += (mass / 4 / n) * Math.max(first, 1 - first);
        sums.ownCentre += (mass / 4 / n) * (bySite === 0 ? 0.5 : bySite < 0 ? first : 1 - first);
        for (const arm of [0, 1]) {
          const now = [...past, [site, sex, arm] as const];
          const all = Math.abs(now.filter((person) => person[2] === 0).length * 2 - now.length);
          visit(now, (mass / 4) * (arm === 0 ? first : 1 - first), Math.max(largest, all));
        }
      }
    }
  };
  visit([], 1, 0);
  return sums;
}

describe("a trial that is simulated", () => {
  it("has the values of all trials of five participants under minimization by two factors", () => {
    const frame: TrialFrame = {
      arms: [
        { arm: "a", ratio: 1 },
        { arm: "b", ratio: 1 },
      ],
      factors: [
        { factor: "site", levels: levels(2) },
        { factor: "sex", levels: levels(2) },
      ],
    };
    const design: TrialDesign = {
      kind: "dynamic",
      procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } },
      factors: [{ factor: "site" }, { factor: "sex" }],
    };
    const truth = everyTrial(5, 0.8);
    const own = simulateTrial(frame, design, { participants: 5 }, { seed: "five", trials: 40_000 });
    near(own.correctGuesses.everything, truth["everything"] as number);
    near(own.correctGuesses.ownCentre as Estimate, truth["ownCentre"] as number);
    near(own.overall.final, truth["final"] as number);
    near(own.overall.largest, truth["largest"] as number);
    near(own.byFactor[0]?.mean as Estimate, truth["site"] as number);
    near(own.strata.final, truth["strata"] as number);
    near(own.strata.loss, truth["loss"] as number);
    expect(own.correctGuesses.nothing).toEqual({ value: 0.5, standardError: 0 });
  });

  it("has the pooled deviations that a simulation of another program found for 24 strata at 2:1", () => {
    const frame: TrialFrame = {
      arms: [
        { arm: "a", ratio: 2 },
        { arm: "b", ratio: 1 },
      ],
      factors: [
        { factor: "site", levels: levels(12) },
        { factor: "sex", levels: levels(2) },
      ],
    };
    const strata = ["site", "sex"];
    const deviation = (procedure: (TrialDesign & { kind: "list" })["procedure"]): number => {
      const design: TrialDesign = { kind: "list", procedure, strata, length: 30 };
      return simulateTrial(frame, design, { participants: 240 }, { seed: "24 strata", trials: 1500 }).overall.deviation
        .value;
    };
    const found = [
      deviation({ kind: "permuted-block", sizes: [3, 6], lastBlock: "cut" }),
      deviation({ kind: "permuted-block", sizes: [3], lastBlock: "cut" }),
      deviation({ kind: "block-urn", lambda: 2, mergedArms: true }),
      deviation({ kind: "complete" }),
    ];
    [2.3, 1.94, 2.87, 7.25].forEach((told, i) => {
      expect(Math.abs((found[i] as number) / told - 1)).toBeLessThan(0.07);
    });
    // Exactly: each of 24 strata has a binomial number r, and after r rows of blocks of 3 the variance 2/9 unless 3 divides r.
    let [variance, chance] = [0, (23 / 24) ** 240];
    for (let r = 0; r <= 240; r += 1) {
      if (r % 3 !== 0) variance += 24 * chance * (2 / 9);
      chance *= (240 - r) / (r + 1) / 23;
    }
    expect(Math.abs((found[1] as number) - Math.sqrt(variance))).toBeLessThan(0.15);
  });

  it("is quick: 200 trials of 300 participants, four factors, three arms; late centres, limits and drop-outs hold", () => {
    const plan = parseDynamicPlan({
      trial: "T",
      part: "main",
      list: "D-1",
      arms: { a: 1, b: 1, c: 1 },
      procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: 1 } },
      factors: [
        { factor: "site", levels: levels(5) },
        { factor: "sex", levels: levels(2) },
      ],
      length: 100,
    });
    const { designs, warnings, sharesAssumed } = assessDynamic(plan, {
      simulation: { seed: "late", trials: 400, responses: { factorEffect: 2 } },
      accrual: { participants: 100, opensAfter: { "5": 90 }, mostPerCentre: 20, dropout: 0.1 },
    });
    expect(sharesAssumed).toBe(true);
    // Four centres of at most 20, and the fifth at most the 10 who come after the 90th.
    const [own, blocks, complete] = designs;
    expect(own?.measures.randomized.value).toBeGreaterThan(75);
    expect(own?.measures.randomized.value).toBeLessThan(90);
    expect(own?.measures.byFactor[0]?.byLevel[4]?.final.value).toBeLessThan(2);
    // Taves' minimization is nearly deterministic, and unadjusted tests under it are conservative.
    expect(warnings.map(({ code }) => code)).toEqual(["assessment.forced_share_high"]);
    expect(own?.measures.rejection?.unadjusted.value).toBeLessThan(0.02);
    near(own?.measures.rejection?.adjusted as Estimate, 0.05);
    near(complete?.measures.rejection?.unadjusted as Estimate, 0.05);
    expect(own?.measures.overall.final.value).toBeLessThan(blocks?.measures.overall.final.value ?? 0);
  });

  it("refuses who cannot come, by its field", () => {
    const frame: TrialFrame = {
      arms: [
        { arm: "a", ratio: 1 },
        { arm: "b", ratio: 1 },
      ],
      factors: [{ factor: "site", levels: levels(2) }],
    };
    const design: TrialDesign = { kind: "list", procedure: { kind: "complete" }, strata: [], length: 2 };
    const fault = (accrual: object): unknown => {
      try {
        return simulateTrial(frame, design, { participants: 10, ...accrual }, { seed: "x", trials: 200 });
      } catch (error) {
        return (error as { readonly path: string }).path;
      }
    };
    expect(fault({ participants: 0 })).toBe("enrolment.participants");
    expect(fault({ shares: { sex: [1] } })).toBe("enrolment.shares.sex");
    expect(fault({ shares: { site: [1] } })).toBe("enrolment.shares.site");
    expect(fault({ opensAfter: { "1": 3, "2": 3 } })).toBe("enrolment.opensAfter");
    expect(fault({ opensAfter: { "9": 3 } })).toBe("enrolment.opensAfter.9");
    expect(fault({ mostPerCentre: 0 })).toBe("enrolment.mostPerCentre");
    expect(fault({ dropout: 1 })).toBe("enrolment.dropout");
  });
});

describe("the F test of the arms", () => {
  it("has tabulated tail probabilities", () => {
    // Upper 5 % points of the F distribution.
    for (const [f, df1, df2] of [
      [4.9646, 1, 10],
      [4.1028, 2, 10],
      [4.3468, 3, 7],
      [3.4781, 4, 10],
      [3.2039, 5, 11],
    ] as const) {
      expect(upperF(f, df1, df2)).toBeCloseTo(0.05, 5);
    }
  });

  it("has the p values of the sleep data of Cushny and Peebles, with and without the people as a factor", () => {
    // Student 1908; R's data set `sleep`: pooled t test p = 0.07919, paired t test p = 0.002833.
    const hours = [
      [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
      [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
    ];
    const [pooled, paired] = [new LinearTest(2, []), new LinearTest(2, [10])];
    for (const test of [pooled, paired]) {
      test.begin();
      hours.forEach((own, arm) => {
        own.forEach((response, person) => {
          test.add(test === paired ? [person] : [], arm, response);
        });
      });
    }
    expect(pooled.pValue()).toBeCloseTo(0.07919, 5);
    expect(paired.pValue()).toBeCloseTo(0.002833, 6);
  });
});

describe("a trial after each participant", { tags: ["ASSESS-002"] }, () => {
  const frame: TrialFrame = {
    arms: ["A", "B"].map((arm) => ({ arm, ratio: 1 })),
    factors: [{ factor: "site", levels: levels(2) }],
  };
  const design: TrialDesign = {
    kind: "dynamic",
    procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: 1 } },
    factors: [{ factor: "site" }],
  };

  it("has what two participants under minimization by two sites have", () => {
    const simulation = { seed: "over time", trials: 20_000, overTime: true };
    const { overTime } = simulateTrial(frame, design, { participants: 2 }, simulation);
    // The second is of the same site with probability 1/2, and then has the other arm for certain.
    const expected = {
      absoluteImbalance: [1, 1 / 2],
      everything: [1 / 2, 3 / 4],
      ownCentre: [1 / 2, 3 / 4],
      deterministic: [0, 1 / 2],
    };
    for (const [name, values] of Object.entries(expected)) {
      const found = overTime![name as keyof typeof expected]!;
      values.forEach((value, i) => {
        near({ value: found[i]!, standardError: Math.sqrt(0.25 / 20_000) * 2 }, value);
      });
    }
    expect(overTime!.trials).toEqual([20_000, 20_000]);
    expect(overTime!.imbalanceBands.map((band) => band[1])).toEqual([-2, 0, 0, 0, 2]);
    expect(
      simulateTrial(frame, design, { participants: 2 }, { seed: "over time", trials: 200 }).overTime,
    ).toBeUndefined();
  });

  it("counts the trials that had so many participants where some drop out", () => {
    const simulation = { seed: "drop-outs", trials: 2000, overTime: true };
    const { overTime } = simulateTrial(frame, design, { participants: 3, dropout: 0.5 }, simulation);
    // P(at least 1, 2, 3 of 3 stay) = 7/8, 1/2, 1/8.
    [7 / 8, 1 / 2, 1 / 8].forEach((share, i) => {
      near({ value: overTime!.trials[i]! / 2000, standardError: Math.sqrt((share * (1 - share)) / 2000) }, share);
    });
  });
});

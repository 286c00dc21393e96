/*
 * Double programming: the measures of whole trials under minimization, under the design of Hu and Hu and under blocks,
 * against second programs that were written from the documents: all trials of up to ten participants, and simulated ones
 * of forty.
 */
import { describe, expect, it } from "vitest";
import {
  simulateTrial,
  type Accrual,
  type Estimate,
  type TrialDesign,
  type TrialFrame,
  type TrialMeasures,
} from "../../src/assessment/index.js";
import { everyTrial, type AllTrials } from "./trialMeasures/secondAllTrials.js";
import * as rules from "./trialMeasures/secondRules.js";
import type { Rule } from "./trialMeasures/secondRules.js";
import { criticalF } from "./trialMeasures/secondTests.js";
import { lehmer } from "./trialMeasures/secondTrials.js";
import { overTrials, trialOnce, type SecondFrame } from "./trialMeasures/secondWholeTrial.js";

const FACTORS = ["site", "sex", "age"];
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `L${i + 1}`);

const frameOf = (ratio: readonly number[], levels: readonly number[]): TrialFrame => ({
  arms: ratio.map((weight, arm) => ({ arm: `arm ${arm + 1}`, ratio: weight })),
  factors: levels.map((count, factor) => ({ factor: FACTORS[factor]!, levels: names(count) })),
});

type Procedure = (TrialDesign & { readonly kind: "dynamic" })["procedure"];
const dynamic = (procedure: Procedure, weights: readonly number[]): TrialDesign => ({
  kind: "dynamic",
  procedure,
  factors: weights.flatMap((weight, factor) => (weight === 0 ? [] : [{ factor: FACTORS[factor]!, weight }])),
});

/** The measures by the names of the second program; a root is given by its square, with the error of the square. */
function foundIn(measures: TrialMeasures): ReadonlyMap<string, Estimate> {
  const { overall, strata, byFactor, correctGuesses, deterministic, randomized, rejection } = measures;
  const squared = ({ value, standardError }: Estimate): Estimate => ({
    value: value ** 2,
    standardError: 2 * value * standardError,
  });
  const found: Record<string, Estimate | undefined> = {
    randomized,
    deterministic,
    everything: correctGuesses.everything,
    ownCentre: correctGuesses.ownCentre,
    "overall.final": overall.final,
    "overall.largest": overall.largest,
    "overall.loss": overall.loss,
    "overall.deviation²": squared(overall.deviation),
    "overall.spread²": squared(overall.spread),
    "strata.final": strata.final,
    "strata.largest": strata.largest,
    "strata.loss": strata.loss,
    unadjusted: rejection?.unadjusted,
    adjusted: rejection?.adjusted,
  };
  byFactor.forEach(({ mean, largest, spread, byLevel }, factor) => {
    found[`factor ${factor}: mean`] = mean;
    found[`factor ${factor}: largest`] = largest;
    found[`factor ${factor}: spread²`] = squared(spread);
    byLevel.forEach((level, i) => {
      found[`factor ${factor}, level ${i}: final`] = level.final;
    });
  });
  return new Map(Object.entries(found).flatMap(([name, own]) => (own === undefined ? [] : [[name, own] as const])));
}

interface SmallCase {
  readonly frame: AllTrials;
  readonly design: TrialDesign;
  readonly rule: Rule;
}

/** Two factors of two levels each, with the shares of their levels. */
const byTwoFactors = (ratio: AllTrials["ratio"], shares: AllTrials["shares"], participants: number): AllTrials => ({
  ratio,
  levels: [2, 2],
  shares,
  participants,
});

const SMALL: Readonly<Record<string, SmallCase>> = {
  "minimization by the range, p = 0.8, ten participants": {
    frame: byTwoFactors(
      [1, 1],
      [
        [0.7, 0.3],
        [0.5, 0.5],
      ],
      10,
    ),
    design: dynamic({ kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } }, [1, 1]),
    rule: rules.minimization({ ratio: [1, 1], weights: [1, 1], measure: "range", law: { kind: "fixed", p: 0.8 } }),
  },
  "Taves' minimization, the centre with weight 2, ten participants": {
    frame: byTwoFactors(
      [1, 1],
      [
        [0.5, 0.5],
        [0.6, 0.4],
      ],
      10,
    ),
    design: dynamic({ kind: "minimization", measure: "range", law: { kind: "fixed", probability: 1 } }, [2, 1]),
    rule: rules.minimization({ ratio: [1, 1], weights: [2, 1], measure: "range", law: { kind: "fixed", p: 1 } }),
  },
  "the design of Hu and Hu, ten participants": {
    frame: byTwoFactors(
      [1, 1],
      [
        [0.7, 0.3],
        [0.5, 0.5],
      ],
      10,
    ),
    design: dynamic({ kind: "hu-hu", overallWeight: 1, stratumWeight: 3, probability: "0.85" }, [1, 2]),
    rule: rules.huHu({ overall: 1, factors: [1, 2], stratum: 3, p: 0.85 }),
  },
  "minimization by the variance at 2:1, ten participants": {
    frame: byTwoFactors(
      [2, 1],
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      10,
    ),
    design: dynamic({ kind: "minimization", measure: "variance", law: { kind: "fixed", probability: "0.9" } }, [1, 1]),
    rule: rules.minimization({ ratio: [2, 1], weights: [1, 1], measure: "variance", law: { kind: "fixed", p: 0.9 } }),
  },
  "three arms by the rank of their scores, six participants": {
    frame: byTwoFactors(
      [1, 1, 1],
      [
        [0.6, 0.4],
        [0.5, 0.5],
      ],
      6,
    ),
    design: dynamic({ kind: "minimization", measure: "range", law: { kind: "rank", q: "0.5" } }, [1, 1]),
    rule: rules.minimization({ ratio: [1, 1, 1], weights: [1, 1], measure: "range", law: { kind: "rank", q: 0.5 } }),
  },
  "three arms in proportion to their scores, six participants": {
    frame: byTwoFactors(
      [1, 1, 1],
      [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      6,
    ),
    design: dynamic({ kind: "minimization", measure: "variance", law: { kind: "proportional", t: "0.75" } }, [1, 1]),
    rule: rules.minimization({
      ratio: [1, 1, 1],
      weights: [1, 1],
      measure: "variance",
      law: { kind: "proportional", t: 0.75 },
    }),
  },
};

describe("trials by two factors, by all trials", { tags: ["ASSESS-002"] }, () => {
  const TRIALS = 10_000;

  it.each(Object.entries(SMALL))("%s", (name, { frame, design, rule }) => {
    const { ratio, levels, shares, participants } = frame;
    const accrual = { participants, shares: { site: shares[0], sex: shares[1] } };
    const measures = simulateTrial(frameOf(ratio, levels), design, accrual, {
      seed: name,
      trials: TRIALS,
      overTime: true,
    });
    const { ends, overTime } = everyTrial(frame, rule, "nothing");
    const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
    // 14 means, 2 of fewer participants, and 40 by participant, at a fixed seed: 5 standard errors are exceeded by
    // chance once in 30,000.
    const holds = (found: TrialMeasures, truth: readonly (readonly [string, number])[]): void => {
      const byName = foundIn(found);
      for (const [measure, value] of truth) {
        const { value: own, standardError } = byName.get(measure)!;
        expect(Math.abs(own - value), `${measure}: ${own} for ${value}`).toBeLessThanOrEqual(5 * standardError + 1e-12);
      }
    };
    holds(measures, [
      ...ends,
      ["everything", mean(overTime.everything)],
      ["ownCentre", mean(overTime.ownCentre)],
      ["deterministic", mean(overTime.deterministic)],
    ]);
    // The largest imbalances are remembered beside the numbers, and have too many states with ten participants.
    const fewer = { ...frame, participants: 6 };
    holds(
      simulateTrial(frameOf(ratio, levels), design, { ...accrual, participants: 6 }, { seed: name, trials: TRIALS }),
      [...everyTrial(fewer, rule, "overall").ends, ...everyTrial(fewer, rule, "combinations").ends],
    );
    for (const [measure, values] of Object.entries(overTime)) {
      const own = measures.overTime![measure as keyof typeof overTime]!;
      // Values between 0 and `most` have a standard deviation of at most most/2. After i participants nobody is more
      // than i apart.
      values.forEach((value, i) => {
        const most = measure === "absoluteImbalance" ? i + 1 : 1;
        expect(Math.abs(own[i]! - value), `${measure} ${i}`).toBeLessThanOrEqual(
          ((5 * most) / 2) * (1 / TRIALS) ** 0.5,
        );
      });
    }
  });
});

interface LargeCase {
  readonly ratio: readonly number[];
  readonly levels: readonly number[];
  readonly design: TrialDesign;
  readonly rule: Rule;
  readonly accrual: Accrual;
  readonly second?: Partial<SecondFrame>;
}

const even = [1, 1];
const LARGE: Readonly<Record<string, LargeCase>> = {
  "minimization by the range, three factors": {
    ratio: even,
    levels: [4, 2, 3],
    design: dynamic({ kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } }, [1, 1, 1]),
    rule: rules.minimization({ ratio: even, weights: [1, 1, 1], measure: "range", law: { kind: "fixed", p: 0.8 } }),
    accrual: { participants: 40, shares: { site: [4, 3, 2, 1], age: [1, 2, 1] } },
    second: {
      shares: [
        [4, 3, 2, 1],
        [1, 1],
        [1, 2, 1],
      ],
    },
  },
  "Taves' minimization, strong factors": {
    ratio: even,
    levels: [3, 2],
    design: dynamic({ kind: "minimization", measure: "range", law: { kind: "fixed", probability: 1 } }, [1, 1]),
    rule: rules.minimization({ ratio: even, weights: [1, 1], measure: "range", law: { kind: "fixed", p: 1 } }),
    accrual: { participants: 40 },
    second: { factorEffect: 2 },
  },
  "minimization without the centre, three arms at 2:1:1": {
    ratio: [2, 1, 1],
    levels: [3, 2, 2],
    design: dynamic({ kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.9" } }, [0, 2, 1]),
    rule: rules.minimization({
      ratio: [2, 1, 1],
      weights: [0, 2, 1],
      measure: "range",
      law: { kind: "fixed", p: 0.9 },
    }),
    accrual: { participants: 40 },
  },
  "the design of Hu and Hu, weights 1, 1 and 3": {
    ratio: even,
    levels: [4, 2],
    design: dynamic({ kind: "hu-hu", overallWeight: 1, stratumWeight: 3, probability: "0.8" }, [1, 1]),
    rule: rules.huHu({ overall: 1, factors: [1, 1], stratum: 3, p: 0.8 }),
    accrual: { participants: 40, shares: { site: [4, 3, 2, 1] } },
    second: {
      shares: [
        [4, 3, 2, 1],
        [1, 1],
      ],
    },
  },
  "the design of Hu and Hu, unequal weights, an effect and a trend": {
    ratio: even,
    levels: [3, 3],
    design: dynamic({ kind: "hu-hu", overallWeight: 2, stratumWeight: 0, probability: "0.9" }, [1, 3]),
    rule: rules.huHu({ overall: 2, factors: [1, 3], stratum: 0, p: 0.9 }),
    accrual: { participants: 40 },
    second: { effect: 0.8, trend: 1 },
  },
  "late centres, a limit and drop-outs": {
    ratio: [1, 1, 1],
    levels: [4, 2],
    design: dynamic({ kind: "minimization", measure: "variance", law: { kind: "fixed", probability: "0.8" } }, [1, 1]),
    rule: rules.minimization({
      ratio: [1, 1, 1],
      weights: [1, 1],
      measure: "variance",
      law: { kind: "fixed", p: 0.8 },
    }),
    accrual: { participants: 48, opensAfter: { L3: 10, L4: 20 }, mostPerCentre: 20, dropout: 0.15 },
    second: { opensAfter: [0, 0, 10, 20], mostPerCentre: 20, dropout: 0.15 },
  },
  "blocks of 4 in every combination": {
    ratio: even,
    levels: [3, 2],
    design: { kind: "list", procedure: { kind: "permuted-block", sizes: [4] }, strata: ["site", "sex"], length: 40 },
    rule: rules.stratifiedBlocks(even, 4),
    accrual: { participants: 40, shares: { site: [3, 2, 1] } },
    second: {
      shares: [
        [3, 2, 1],
        [1, 1],
      ],
      bestInCentre: true,
    },
  },
  "complete randomization at 2:1": {
    ratio: [2, 1],
    levels: [3, 2],
    design: { kind: "list", procedure: { kind: "complete" }, strata: [], length: 40 },
    rule: rules.completely([2, 1]),
    accrual: { participants: 40 },
  },
};

describe("trials of forty, by simulated trials", { tags: ["ASSESS-002"] }, () => {
  const [OURS, SECOND] = [4000, 1200];
  const known = new Map<string, number>();
  const critical = (df1: number, df2: number): number => {
    const key = `${df1} ${df2}`;
    const value = known.get(key) ?? criticalF(df1, df2, 0.05);
    known.set(key, value);
    return value;
  };

  it("with critical values as in the tables of F and t", () => {
    expect(criticalF(1, 10, 0.05)).toBeCloseTo(4.9646, 4);
    expect(criticalF(2, 10, 0.05)).toBeCloseTo(4.1028, 4);
    expect(Math.sqrt(criticalF(1, 38, 0.05))).toBeCloseTo(2.0244, 4);
  });

  it.each(Object.entries(LARGE))("%s", (name, { ratio, levels, design, rule, accrual, second }) => {
    const own: SecondFrame = {
      ratio,
      levels,
      participants: accrual.participants,
      factorEffect: 0.5,
      critical,
      ...second,
    };
    const { factorEffect, effect, trend } = own;
    const measures = simulateTrial(frameOf(ratio, levels), design, accrual, {
      seed: name,
      trials: OURS,
      responses: {
        factorEffect,
        ...(effect === undefined ? {} : { effect }),
        ...(trend === undefined ? {} : { trend: { kind: "linear", theta: trend } }),
      },
    });
    const found = foundIn(measures);
    const random = lehmer(1975);
    const truth = overTrials(SECOND, () => trialOnce(own, rule, random));
    expect([...truth.keys()].filter((measure) => !found.has(measure))).toEqual([]);
    for (const [measure, [value, error]] of truth) {
      const { value: ours, standardError } = found.get(measure)!;
      // About 30 measures in each of 8 cases at fixed seeds, each the difference of two independent means: 5 standard
      // errors of the difference are exceeded by chance once in 6,000.
      expect(Math.abs(ours - value), `${measure}: ${ours} for ${value}`).toBeLessThanOrEqual(
        5 * Math.hypot(standardError, error) + 1e-12,
      );
    }
  });
});

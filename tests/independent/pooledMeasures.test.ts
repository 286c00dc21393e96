/*
 * Double programming: the imbalance of all lists of a plan together, exact or simulated, against a second program that
 * was written from the documents.
 */
import { describe, expect, it } from "vitest";
import { assess, suggest, type Enrolment, type ListSuggestion } from "../../src/assessment/index.js";
import { beginningsOfBlocks } from "./trialMeasures/secondDrawn.js";
import { come, pooledByAllWays, pooledOnce, type Group, type SecondPlan } from "./trialMeasures/secondPooled.js";
import { lehmer } from "./trialMeasures/secondTrials.js";

const TRIALS = 1500;
const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `L${i + 1}`);

const planOf = ({ ratio, sizes, length, levels }: SecondPlan): object => ({
  trial: "DEMO",
  part: "main",
  list: "POOL",
  arms: Object.fromEntries(ratio.map((weight, arm) => [`arm ${arm + 1}`, weight])),
  procedure: sizes.length === 0 ? { kind: "complete" } : { kind: "permuted-block", sizes, lastBlock: "cut" },
  strata: levels.map((count, factor) => ({ factor: factor === 0 ? "site" : "sex", levels: names(count) })),
  length,
});

interface Moments {
  readonly mean: number;
  readonly error: number;
}

function moments(values: readonly number[]): Moments {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

/** The difference of two numbers with standard errors, where one or both are simulated. */
function near(value: number, own: number, { mean, error }: Moments): void {
  expect(Math.abs(value - mean), `${value} for ${mean}`).toBeLessThanOrEqual(5 * Math.hypot(own, error) + 1e-12);
}

const equalShares = (lists: number): readonly number[] => Array<number>(lists).fill(1 / lists);
const shares24 = Array.from({ length: 24 }, (_, i) => 1 + (i % 12)).map((x) => x / 156);

const CASES: readonly (readonly [string, SecondPlan, Enrolment, boolean])[] = [
  [
    "240 in 24 strata, blocks of 3 and 6 at 2:1",
    { ratio: [2, 1], sizes: [3, 6], length: 30, levels: [12, 2] },
    { participants: 240 },
    false,
  ],
  [
    "240 in 24 strata with unequal shares, some lists too short",
    { ratio: [2, 1], sizes: [3, 6], length: 12, levels: [12, 2] },
    { participants: 240, shares: shares24 },
    false,
  ],
  [
    "complete randomization with unequal shares",
    { ratio: [2, 1], sizes: [], length: 60, levels: [12, 2] },
    { participants: 240, shares: shares24 },
    false,
  ],
  [
    "three arms in 6 strata, blocks of 6",
    { ratio: [1, 1, 1], sizes: [6], length: 24, levels: [3, 2] },
    { participants: 60, shares: [5, 1, 1, 1, 1, 3] },
    false,
  ],
  [
    "centres that open late and are limited, with drop-outs",
    { ratio: [1, 1], sizes: [2, 4], length: 16, levels: [4, 2] },
    {
      participants: 60,
      opensAfter: { L3: 20, L4: 30 },
      mostPerCentre: 20,
      dropout: 0.1,
      shares: [3, 2, 1, 1, 1, 1, 1, 1],
    },
    true,
  ],
];

describe("pooled imbalance, by simulated trials", { tags: ["ASSESS-001", "ASSESS-002"] }, () => {
  it.each(CASES)("%s", (_, plan, enrolment, isSimulated) => {
    const { levels, ratio } = plan;
    const lists = levels.reduce((a, b) => a * b, 1);
    const { pooled, undefinedMeasures, fill } = assess(planOf(plan), undefined, { enrolment });
    expect(undefinedMeasures.filter(({ measure }) => measure.startsWith("pooled"))).toEqual([]);
    expect(pooled[0]?.simulated !== undefined).toBe(isSimulated);
    const { opensAfter, shares = equalShares(lists), ...rest } = enrolment;
    const coming = { ...rest, shares, opensAfter: names(levels[0]!).map((centre) => opensAfter?.[centre] ?? 0) };
    const groups: readonly Group[] = [undefined, [0, 0], [0, levels[0]! - 1], [1, 1]];
    const texts = ["overall", "site L1", `site L${levels[0]!}`, "sex L2"];
    const random = lehmer(20_261_130);
    const trials = Array.from({ length: TRIALS }, () => pooledOnce(plan, coming, groups, random));
    texts.forEach((text, group) => {
      const { byArm } = pooled.find(({ of }) => of === text)!;
      ratio.forEach((__, arm) => {
        // At most 60 comparisons a case at a fixed seed, of a mean that is normal: 5 standard errors of the difference
        // are exceeded by chance once in 29,000. A root has the error of what is under it, over twice the root.
        const own = byArm[arm]!;
        const away = trials.map((trial) => trial[group]![arm]!);
        near(own.expectedAbsolute, own.standardErrors?.expectedAbsolute ?? 0, moments(away.map(Math.abs)));
        const squares = moments(away.map((x) => x * x));
        const root = Math.sqrt(squares.mean);
        near(own.standardDeviation, own.standardErrors?.standardDeviation ?? 0, {
          mean: root,
          error: squares.error / (2 * root),
        });
        const { values, probabilities } = own.distribution;
        const withinOne = values.reduce((sum, x, i) => sum + (Math.abs(x) <= 1 + 1e-9 ? probabilities[i]! : 0), 0);
        // Both ends of "within one", each with the largest error of one probability, would be too much; it is simulated
        // in as many trials as are stated, which is the error of a share.
        const error = Math.sqrt((withinOne * (1 - withinOne)) / (pooled[0]?.simulated?.trials ?? Infinity));
        near(withinOne, error, moments(away.map((x) => (Math.abs(x) <= 1 + 1e-9 ? 1 : 0))));
      });
    });
    // How many come to the first list and to the last, and how often it is too short.
    const counts = Array.from({ length: TRIALS }, () => come(coming, levels[0]!, random));
    for (const list of [0, lists - 1]) {
      const { expectedParticipants, runOutProbability } = fill.byStratum[list]!;
      const first = moments(counts.map((own) => own[list]!));
      near(expectedParticipants, isSimulated ? first.error : 0, first);
      const over = moments(counts.map((own) => (own[list]! > plan.length ? 1 : 0)));
      near(runOutProbability, Math.max(isSimulated ? over.error : 0, 1 / TRIALS), over);
    }
  });
});

describe("pooled imbalance, by all ways in which ten participants come", { tags: ["ASSESS-001"] }, () => {
  it.each([
    ["blocks of 4, lists of three rows", [4], 3, [5, 3, 2]],
    ["blocks of 2 and 4, lists of six rows", [2, 4], 6, [1, 1, 1]],
    ["blocks of 2, 4 and 6, lists of ten rows", [2, 4, 6], 10, [6, 1, 3]],
  ] as const)("%s", (_, sizes, length, shares) => {
    const plan = { ratio: [1, 1], sizes, length, levels: [3] };
    const { pooled } = assess(planOf(plan), undefined, { enrolment: { participants: 10, shares } });
    const sum = shares.reduce((a, b) => a + b, 0);
    const law = pooledByAllWays(
      shares.map((share) => share / sum),
      10,
      length,
      beginningsOfBlocks([1, 1], sizes),
    );
    const { values, probabilities } = pooled[0]!.difference!;
    expect([...law.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    values.forEach((value, i) => {
      expect(probabilities[i], `P(D = ${value})`).toBeCloseTo(law.get(value) ?? 0, 10);
    });
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
  });
});

describe("the pooled deviation that suggest says, with accrual shares", { tags: ["ASSESS-003"] }, () => {
  it.each([
    [[1, 1], [4], 2, 4, [5, 1, 1, 1, 1, 1, 1, 1]],
    [[2, 1], [3], 3, 2, [1, 2, 3, 4, 5, 6]],
  ] as const)("%j in blocks of %j, %i sites", (ratio, sizes, sites, strata, shares) => {
    const participants = 60;
    const found = suggest({ n: participants, ratio, sites, strata, shares }).find(
      (own): own is ListSuggestion =>
        own.of === "list" && own.procedure.kind === "permuted-block" && own.procedure.sizes.join() === sizes.join(),
    )!;
    const random = lehmer(7);
    const plan = { ratio, sizes, length: participants, levels: [sites, strata] };
    const sum = shares.reduce((a, b) => a + b, 0);
    const coming = { participants, shares: shares.map((share) => share / sum) };
    const squares = moments(
      Array.from({ length: TRIALS }, () => {
        const [overall] = pooledOnce(plan, coming, [undefined], random);
        return overall!.reduce((own, x) => own + x * x, 0) / ratio.length;
      }),
    );
    const root = Math.sqrt(squares.mean);
    near(found.pooledDeviation, 0, { mean: root, error: squares.error / (2 * root) });
  });
});

/* Who comes to the lists of a plan when centres open late, are limited, or participants drop out. */
import { describe, expect, it } from "vitest";
import { assess, type Enrolment } from "../../../src/assessment/index.js";
import { issueOf } from "../../support/issueOf.js";
import { makeDesk } from "../cli/harness.js";

const SITES = ["01", "02", "03"];
const LENGTH = 4;
const plan = {
  trial: { id: "DEMO-1", arms: ["active", "placebo"], masking: "double", participants: 9 },
  list: "DEMO-L",
  arms: { active: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4] },
  strata: [{ factor: "site", levels: SITES }],
  length: LENGTH,
};

interface Sums {
  anyRunOut: number;
  readonly runOut: number[];
  readonly expected: number[];
  used: number;
  /** E (N_A - n/2)^2 of all who are allocated. */
  square: number;
}

/** Variance of N_A after 0 to 4 rows of a block of four at 1:1. */
const VARIANCES = [0, 1 / 4, 1 / 3, 1 / 4, 0];

/** Every way of coming, with its probability: written apart from the simulation. */
function byAllWays({
  participants,
  shares = [1, 1, 1],
  opensAfter = {},
  mostPerCentre = Infinity,
  dropout = 0,
}: Enrolment): Sums {
  const sums: Sums = { anyRunOut: 0, runOut: SITES.map(() => 0), expected: SITES.map(() => 0), used: 0, square: 0 };
  const end = (counts: readonly number[], probability: number): void => {
    counts.forEach((count, i) => {
      sums.expected[i]! += probability * count;
      sums.used += probability * Math.min(count, LENGTH);
      sums.square += probability * VARIANCES[Math.min(count, LENGTH)]!;
      if (count > LENGTH) sums.runOut[i]! += probability;
    });
    if (counts.some((count) => count > LENGTH)) sums.anyRunOut += probability;
  };
  const come = (counts: readonly number[], come_: number, probability: number): void => {
    if (probability === 0) return;
    if (come_ === participants) {
      end(counts, probability);
      return;
    }
    if (dropout > 0) come(counts, come_ + 1, probability * dropout);
    const open = SITES.map((site, i) =>
      (opensAfter[site] ?? 0) <= come_ && counts[i]! < mostPerCentre ? shares[i]! : 0,
    );
    const total = open.reduce((a, b) => a + b, 0);
    const stays = probability * (1 - dropout);
    if (total === 0) {
      end(counts, stays);
      return;
    }
    open.forEach((share, i) => {
      const next = counts.map((count, k) => (k === i ? count + 1 : count));
      come(next, come_ + 1, (stays * share) / total);
    });
  };
  come([0, 0, 0], 0, 1);
  return sums;
}

const CASES: readonly (readonly [name: string, enrolment: Enrolment])[] = [
  ["a centre opens late", { participants: 9, opensAfter: { "02": 4, "03": 6 } }],
  ["centres are limited", { participants: 9, shares: [6, 2, 1], mostPerCentre: 5 }],
  ["participants drop out", { participants: 9, shares: [3, 2, 1], dropout: 0.2 }],
  ["all of it", { participants: 9, shares: [1, 2, 3], opensAfter: { "03": 3 }, mostPerCentre: 5, dropout: 0.1 }],
];

describe("who comes to lists whose centres differ", { tags: ["ASSESS-001"] }, () => {
  it.each(CASES)("agrees with all ways of coming where %s", (_, enrolment) => {
    const hand = byAllWays(enrolment);
    const { fill, pooled, undefinedMeasures } = assess(plan, undefined, { enrolment });
    const { standardErrors, trials } = fill.simulated!;
    // Five standard errors: fewer than 1 in a million by chance, and the stream is fixed.
    const near = (value: number, truth: number, error: number): void => {
      expect(Math.abs(value - truth)).toBeLessThanOrEqual(5 * error + 1e-12);
    };
    const errorOf = (p: number): number => Math.sqrt((p * (1 - p)) / trials);
    near(fill.anyRunOutProbability, hand.anyRunOut, errorOf(hand.anyRunOut));
    fill.byStratum.forEach((own, i) => {
      near(own.runOutProbability, hand.runOut[i]!, errorOf(hand.runOut[i]!));
      near(own.expectedParticipants, hand.expected[i]!, standardErrors.participants);
      near(fill.bySite[i]!.runOutProbability, hand.runOut[i]!, errorOf(hand.runOut[i]!));
    });
    near(fill.kits.expectedUsed, hand.used, standardErrors.kits);
    expect(standardErrors.probability).toBeGreaterThanOrEqual(errorOf(hand.anyRunOut));
    expect(undefinedMeasures.filter(({ measure }) => measure.startsWith("pooled"))).toEqual([]);
    const ofAll = pooled[0]!;
    expect([ofAll.of, ofAll.simulated!.trials]).toEqual(["overall", 20_000]);
    const [first, second] = ofAll.byArm;
    near(first!.standardDeviation, Math.sqrt(hand.square), first!.standardErrors!.standardDeviation);
    expect(second!.distribution.values).toEqual(first!.distribution.values.map((x) => 0 - x).reverse());
  });

  it("agrees with what is exact where nobody drops out", () => {
    const enrolment = { participants: 9, shares: [3, 2, 1] };
    const exact = assess(plan, undefined, { enrolment }).fill;
    const simulated = assess(plan, undefined, { enrolment: { ...enrolment, dropout: 0 } }).fill;
    expect(exact.simulated).toBeUndefined();
    expect(Math.abs(exact.anyRunOutProbability - simulated.anyRunOutProbability)).toBeLessThan(
      5 * simulated.simulated!.standardErrors.probability,
    );
    expect(Math.abs(exact.kits.expectedUsed - simulated.kits.expectedUsed)).toBeLessThan(
      5 * simulated.simulated!.standardErrors.kits,
    );
  });

  it.each([
    [{ opensAfter: { "09": 3 } }, "enrolment.opensAfter.09"],
    [{ opensAfter: { "01": 1, "02": 1, "03": 1 } }, "enrolment.opensAfter"],
    [{ mostPerCentre: 0 }, "enrolment.mostPerCentre"],
    [{ dropout: 1 }, "enrolment.dropout"],
  ])("refuses %j", (wrong, path) => {
    expect(issueOf(() => assess(plan, undefined, { enrolment: { participants: 9, ...wrong } }))).toMatchObject({
      code: "assessment.enrolment_invalid",
      path,
    });
  });

  it("is asked for on the command line, and told with its standard errors", async () => {
    const desk = makeDesk();
    desk.write("plan.json", JSON.stringify(plan));
    const given = ["--participants", "9", "--late", "02=4,03=6", "--most-per-centre", "6", "--dropout", "0.1"];
    const { stdout } = await desk.run("assess", "plan.json", ...given);
    expect(stdout.replaceAll(/\s+/gu, " ")).toMatch(
      /Who comes was simulated in 20000 trials; standard errors: of a probability at most 0\.0035/u,
    );
    const { code, stderr } = await desk.run("assess", "plan.json", "--dropout", "0.1");
    expect([code, stderr]).toEqual([2, expect.stringContaining("--participants N")]);
    expect((await desk.run("assess", "plan.json", ...given.slice(0, 2), "--late", "04=1")).stderr).toContain("--late");
  });
});

describe("pooled imbalance that is too much work to be exact", { tags: ["ASSESS-001"] }, () => {
  const levels = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => String(i + 1));
  const wide = {
    ...plan,
    arms: { active: 3, placebo: 1 },
    procedure: { kind: "complete" },
    strata: [{ factor: "site", levels: levels(20) }],
    length: 16,
  };

  it("is simulated with its standard errors, and agrees with the sum of its parts", () => {
    const { pooled, undefinedMeasures } = assess(wide, undefined, { enrolment: { participants: 200, dropout: 0.1 } });
    const [overall, site] = pooled;
    expect(undefinedMeasures.filter(({ measure }) => measure.startsWith("pooled"))).toEqual([]);
    expect(pooled).toHaveLength(21);
    // Every participant who is allocated adds 3/16; 180 are randomized, and hardly a list runs out at 16 of 9 expected.
    const { standardDeviation, standardErrors } = overall!.byArm[0]!;
    expect(standardErrors!.standardDeviation).toBeLessThan(0.05);
    expect(standardDeviation ** 2 / ((180 * 3) / 16)).toBeGreaterThan(0.94);
    expect(standardDeviation ** 2 / ((180 * 3) / 16)).toBeLessThan(1.06);
    expect(20 * site!.byArm[0]!.standardDeviation ** 2).toBeCloseTo(standardDeviation ** 2, -0.5);
    expect(assess(wide, undefined, { enrolment: { participants: 200, dropout: 0.1 } }).pooled).toEqual(pooled);
  });
});

/* Published numbers and formulas of named papers, each test with the paper that it holds. */
import { describe, expect, it } from "vitest";
import { assess, compile, exactMeasures, simulateTrial } from "../../src/assessment/index.js";
import * as procedures from "../../src/procedure/index.js";
import { fractionText } from "../../src/quantity/index.js";

const ratio = [1, 1];

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i += 1) value = (value * (n - k + i)) / i;
  return Math.round(value);
}

/** E G - N/2: by how many guesses the convergence strategy beats a coin (Blackwell & Hodges's measure). */
const excess = (urn: procedures.Urn<unknown>, rows: number): number =>
  rows * exactMeasures(compile(urn, { ratio, rows })).correctGuesses.convergence.value - rows / 2;

describe("Blackwell & Hodges 1957, Ann Math Stat 28:449", { tags: ["ASSESS-001"] }, () => {
  // So also in Rosenberger & Lachin, Randomization in Clinical Trials (2nd ed. 2016), chapter on selection bias.
  it.each([2, 4, 10, 20, 50])("random allocation rule and truncated binomial design, N = %i", (n) => {
    const rule = procedures.randomAllocationRule({ totals: [n / 2, n / 2] });
    expect(excess(rule, n)).toBeCloseTo(2 ** (n - 1) / binomial(n, n / 2) - 1 / 2, 10);
    const truncated = procedures.truncatedBinomial({ ratio, totals: [n / 2, n / 2] });
    expect(excess(truncated, n)).toBeCloseTo((n / 2 ** (n + 1)) * binomial(n, n / 2), 10);
  });
});

describe("Berger, Ivanova & Deloria Knoll 2003, Stat Med 22:3017", { tags: ["LIST-007"] }, () => {
  it.each([2, 4, 8, 10])("maximal procedure: every sequence within a tolerance of 2 is equally likely, N = %i", (n) => {
    // After an even number of rows D is 0, 2 or -2. With a ways to be at 0 and s at 2 or -2, the next two rows lead to
    // 2 a + s ways to 0 and as many to 2 or -2: 2, 6, 18 ... ways to 0.
    const ways = 2 * 3 ** (n / 2 - 1);
    const all = procedures.enumerateSequences(procedures.maximal({ ratio, rows: n, tolerance: 2 }), n);
    expect(all).toHaveLength(ways);
    for (const { probability } of all) expect(fractionText(probability)).toBe(`1/${ways}`);
  });
});

describe("limits of biased coins and urns", { tags: ["ASSESS-001"] }, () => {
  it("Efron 1971, Biometrika 58:403: with probability 2/3 half of the even rows are in exact balance", () => {
    const urn = procedures.efron({ ratio, probability: "2/3" });
    const { balanced } = exactMeasures(compile(urn, { ratio, rows: 400 })).byRow;
    expect(balanced[399]).toBeCloseTo(1 / 2, 9);
  });

  it.each([
    [1, 1 / 3],
    [2, 1 / 5],
    [5, 1 / 11],
  ])("Smith 1984, J R Stat Soc B 46:519: the generalized biased coin %i has E D^2/N near %f", (exponent, limit) => {
    const urn = procedures.generalizedBiasedCoin({ ratio, exponent });
    const { loss } = exactMeasures(compile(urn, { ratio, rows: 400 }));
    // E D^2/N approaches its limit like 1/N.
    expect(Math.abs(loss.value - limit)).toBeLessThan(2 / 400);
  });

  it("Wei 1978, Ann Stat 6:92: under the urn design D^2/N has the mean 1/3 in the limit", () => {
    const urn = procedures.wei({ ratio, initial: 0, added: 1 });
    expect(Math.abs(exactMeasures(compile(urn, { ratio, rows: 400 })).loss.value - 1 / 3)).toBeLessThan(2 / 400);
  });
});

describe("Hallstrom & Davis 1988, Control Clin Trials 9:375 (abstract)", { tags: ["ASSESS-001"] }, () => {
  it.each([
    [2, 8],
    [4, 8],
    [6, 4],
    [8, 3],
  ])("blocks of %i in %i strata: var D = K (B + 1)/6, and D is at most K B/2", (size, strata) => {
    const plan = {
      trial: "HD",
      part: "main",
      list: "HD-1",
      arms: { a: 1, b: 1 },
      procedure: { kind: "permuted-block", sizes: [size] },
      strata: [{ factor: "site", levels: Array.from({ length: strata }, (_, i) => String(i)) }],
      length: 360,
    };
    const { pooled } = assess(plan, undefined, { enrolment: { participants: 100 * strata } });
    const { values, probabilities } = pooled[0]!.difference!;
    // They take every place of the last block as equally likely. With 100 participants expected in a stratum that is
    // so to exp(-2 pi^2 x 87/B^2), below 10^-11; lists of 360 rows are never exhausted.
    const variance = values.reduce((sum, d, i) => sum + d * d * probabilities[i]!, 0);
    expect(variance).toBeCloseTo((strata * (size + 1)) / 6, 8);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual((strata * size) / 2);
  });
});

describe("minimization in print", { tags: ["DYN-001", "ASSESS-002"] }, () => {
  it("Scott et al. 2002 as adapted by Ivers et al. 2012, Trials 13:120, Table 3 (PMC3503622)", () => {
    // Two factors of three levels, numbers in intervention and control; the next has the first level of one and the
    // second of the other. Put into intervention the differences are 1 and 3, into control 1 and 1: 4 against 2.
    const urn = procedures.minimization({
      ratio,
      factors: [{ levels: 3 }, { levels: 3 }],
      measure: "range",
      law: { kind: "fixed", probability: 1 },
    });
    const state = [2, 2, 2, 3, 1, 1, 2, 3, 3, 1, 1, 1];
    expect(urn.explain(state, [0, 1])).toEqual({ scores: ["4", "2"], preferred: [1] });
    expect(urn.balls(state, [0, 1])).toEqual([0, 1]);
  });

  it.each([
    [1, 33],
    [2, 56],
    [3, 67],
    [4, 74],
  ])(
    "McPherson, Campbell & Elbourne 2013, Trials 14:86, Table 4: three treatments, %i variables of two categories, P = 1: %i % predictable",
    (variables, percent) => {
      const factors = Array.from({ length: variables }, (_, i) => ({ factor: `f${i}`, levels: ["1", "2"] }));
      const { deterministic } = simulateTrial(
        { arms: ["a", "b", "c"].map((arm) => ({ arm, ratio: 1 })), factors },
        {
          kind: "dynamic",
          // The arm with the least sum of the numbers in the participant's levels, which is the least variance.
          procedure: { kind: "minimization", measure: "variance", law: { kind: "fixed", probability: 1 } },
          factors: factors.map(({ factor }) => ({ factor })),
        },
        { participants: 100 },
        { seed: "McPherson", trials: 1000 },
      );
      // Theirs is simulated and printed in whole per cent: half of one, and five standard errors of ours.
      expect(Math.abs(100 * deterministic.value - percent)).toBeLessThan(0.5 + 500 * deterministic.standardError);
    },
  );
});

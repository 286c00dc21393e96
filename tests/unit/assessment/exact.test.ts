import { describe, expect, it } from "vitest";
import { compile, exactFractions, exactMeasures, simulate, Xoshiro128 } from "../../../src/assessment/index.js";
import type { Knowledge, Measures } from "../../../src/assessment/index.js";
import {
  bigStick,
  blockUrn,
  complete,
  dropTheLoser,
  efron,
  hadamard,
  permutedBlock,
  randomAllocationRule,
  type Urn,
} from "../../../src/procedure/index.js";
import { issueOf } from "../../support/issueOf.js";
import { fractionText, toNumber } from "../../../src/quantity/index.js";

const ratio = [1, 1];
const blocks = (...sizes: number[]): Urn<unknown> => permutedBlock({ ratio, sizes });
const measuresOf = (urn: Urn<unknown>, rows: number, knowledge?: Knowledge): Measures =>
  exactMeasures(compile(urn, { ratio, rows, ...(knowledge === undefined ? {} : { knowledge }) }));

describe("closed forms", { tags: ["ASSESS-001"] }, () => {
  it.each([1, 2, 3, 5])("blocks of 2m, m = %i: guesses m + 4^m / (2 C(2m, m)) - 1/2 a block, forced 1/(m+1)", (m) => {
    let choose = 1;
    for (let i = 1; i <= m; i += 1) choose = (choose * (m + i)) / i;
    const { correctGuesses, forcedShare } = measuresOf(blocks(2 * m), 6 * m);
    expect(correctGuesses.convergence.value * 2 * m).toBeCloseTo(m + 4 ** m / (2 * choose) - 0.5, 12);
    expect(forcedShare!.value).toBeCloseTo(1 / (m + 1), 12);
  });

  it.each([2, 3, 4])("big stick %i: correct guesses approach 1/2 + 1/(4b)", (tolerance) => {
    // The start in balance is forgotten geometrically, so that the mean over N rows is off by O(1/N).
    const { byRow } = measuresOf(bigStick({ ratio, tolerance }), 600);
    const last = (byRow.convergence[598]! + byRow.convergence[599]!) / 2;
    expect(last).toBeCloseTo(1 / 2 + 1 / (4 * tolerance), 10);
  });

  it("biased coin q: correct guesses approach 1/2 + (2q - 1)/(4q)", () => {
    const { byRow } = measuresOf(efron({ ratio, probability: "2/3" }), 600);
    const last = (byRow.convergence[598]! + byRow.convergence[599]!) / 2;
    expect(last).toBeCloseTo(1 / 2 + 1 / 3 / (8 / 3), 10);
  });

  it("a block of B cut after r: E D^2 = r (B - r)/(B - 1)", () => {
    for (const r of [1, 3, 4, 7]) {
      expect(measuresOf(blocks(8), 16 + r).finalSquared.value).toBeCloseTo((r * (8 - r)) / 7, 12);
    }
  });

  it("complete randomization: E D^2 = N, loss 1, every guess 1/k", () => {
    const { finalSquared, loss, correctGuesses } = measuresOf(complete({ ratio }), 50);
    expect([finalSquared.value, loss.value, correctGuesses.convergence.value]).toEqual([
      expect.closeTo(50, 10),
      expect.closeTo(1, 12),
      expect.closeTo(0.5, 12),
    ]);
  });

  it.each([1, 2, 7, 40])(
    "complete randomization, N = %i: the largest imbalance by reflection is that by states",
    (rows) => {
      const chain = compile(complete({ ratio }), { ratio, rows });
      const { maximalDistribution } = exactMeasures(chain);
      const fractions = exactFractions(chain).maximalDistribution;
      fractions.forEach(([level, p]) => {
        const at = maximalDistribution!.values.indexOf(level);
        const own = at < 0 ? 0 : maximalDistribution!.probabilities[at]!;
        expect(Math.abs(own - toNumber(p))).toBeLessThan(1e-13);
      });
    },
  );

  it("at 2:1 a guesser who goes for the arm behind its ratio is right less often than one who says A", () => {
    // Hand: blocks AAB, ABA, BAA. Row 1 all tied: mean of 2/3, 1/3 = 1/2. After A (N_A/2 = 1/2 > 0): guess B, 1/2.
    // After B: guess A, 1. After AA: B, 1; after AB or BA: N_A/2 = 1/2 < 1: A, 1. Sum 1/2 + (2/3 1/2 + 1/3) + 1 = 13/6.
    const chain = compile(permutedBlock({ ratio: [2, 1], sizes: [3] }), { ratio: [2, 1], rows: 3 });
    expect(fractionText(exactFractions(chain).convergence)).toBe("13/18");
    // The best guesser says A first: 2/3 + (2/3 1/2 + 1/3) + 1 = 7/3, a share of 7/9.
    expect(fractionText(exactFractions(chain).maximumProbability!)).toBe("7/9");
    // Balanced at rows 3 only; with raw counts this list would look unbalanced throughout.
    expect(fractionText(exactFractions(chain).finalAbsolute)).toBe("0");
  });
});

describe("what the guesser knows", { tags: ["ASSESS-001"] }, () => {
  const fractions = (knowledge: Knowledge): readonly string[] => {
    const own = exactFractions(compile(blocks(2, 4), { ratio, rows: 12, knowledge }));
    return [fractionText(own.convergence), fractionText(own.maximumProbability!), fractionText(own.forcedShare!)];
  };

  it("hiding block sizes changes no correct guess at 1:1, only certainty", () => {
    expect(fractions("set-known")).toEqual(["275/384", "275/384", "19/192"]);
    expect(fractions("seen")).toEqual(["275/384", "275/384", "287/768"]);
  });

  it("knowing the ratio only, measures of the design are undefined and say so", () => {
    const hidden = measuresOf(blocks(2, 4), 12, "hidden");
    expect(hidden.correctGuesses.convergence.value).toBeCloseTo(275 / 384, 14);
    expect([hidden.forcedShare, hidden.entropy, hidden.correctGuesses.maximumProbability]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(hidden.undefinedMeasures.map(({ measure }) => measure)).toContain("forcedShare");
  });

  it("Hadamard: 22 equally likely rows, narrowed by what was seen", () => {
    // Hand: the first arm is either, 11 rows each. Every two positions get the same arm in 10 of 22, so the second
    // is the other arm in 12 of 22. In the last position the row is known.
    const own = measuresOf(hadamard({ ratio }), 24);
    expect(own.byRow.maximumProbability!.slice(0, 2)).toEqual([expect.closeTo(0.5, 12), expect.closeTo(12 / 22, 12)]);
    expect(own.finalSquared.value).toBe(0);
    expect(own.byRow.armProbability[0]!.every((p) => Math.abs(p - 0.5) < 1e-12)).toBe(true);
    expect(own.byRow.forced![11]).toBeCloseTo(1, 12);
    // The set of rows still possible starts anew in the second block.
    expect(own.byRow.maximumProbability!.slice(12)).toEqual(
      own.byRow.maximumProbability!.slice(0, 12).map((p) => expect.closeTo(p, 12) as number),
    );
  });

  it("drop the loser: P(next) sums the hidden draws", () => {
    // Urn 1, 1 and one hidden: P(A) = 1/2 by symmetry; after A the urn is 0, 1 and one hidden. With h immigrations the
    // urn is h, 1 + h: P(A) = sum over h of [prod 1/(2 + 2i)] h/(2 + 2h).
    let expected = 0;
    let reach = 1;
    for (let h = 0; h < 30; h += 1) {
      expected += (reach * h) / (2 + 2 * h);
      reach /= 2 + 2 * h;
    }
    // Hidden draws before the first row change the urn too; row 2 is a mixture, so its mean guess is above this.
    const chain = compile(dropTheLoser({ ratio, immigration: 1 }), { ratio, rows: 30 });
    const { byRow } = exactMeasures(chain);
    expect(byRow.armProbability[0]!.every((p) => Math.abs(p - 0.5) < 1e-12)).toBe(true);
    expect(1 - byRow.convergence[1]!).toBeGreaterThan(expected);
    expect(issueOf(() => exactFractions(chain)).code).toBe("procedure.hidden_draws_unbounded");
  });
});

describe("simulation", { tags: ["ASSESS-001", "ASSESS-002"] }, () => {
  const SCALARS = [
    "forcedShare",
    "entropy",
    "forcingIndex",
    "balancedShare",
    "loss",
    "finalAbsolute",
    "finalSquared",
    "maximal",
  ] as const;

  // Each estimate is a mean of 100 batch means, nearly normal: it is off by more than 5 standard errors with probability
  // below 1e-5 (t with 99 degrees of freedom), by more than 6 with 4e-8; some 80 are compared, at one fixed seed.
  it.each<[string, Urn<unknown>, readonly number[], number, Knowledge]>([
    ["blocks 2, 4", blocks(2, 4), ratio, 30, "set-known"],
    ["blocks 2, 4 seen", blocks(2, 4), ratio, 30, "seen"],
    ["big stick", bigStick({ ratio, tolerance: 3 }), ratio, 60, "set-known"],
    ["three arms", blockUrn({ ratio: [2, 1, 1], lambda: 2 }), [2, 1, 1], 30, "set-known"],
    ["random allocation rule", randomAllocationRule({ totals: [20, 10] }), [2, 1], 30, "set-known"],
  ])("%s agrees with exact", (_, urn, w, rows, knowledge) => {
    const options = { ratio: w, rows, knowledge };
    const exact = exactMeasures(compile(urn, options));
    const simulated = simulate(urn, options, { seed: "agreement", trials: 20_000 });
    expect(simulated.trials).toBe(20_000);
    const compare = (a: { value: number; standardError: number }, b: { value: number }, what: string): void => {
      expect(Math.abs(a.value - b.value), what).toBeLessThanOrEqual(5 * a.standardError + 1e-9);
    };
    for (const name of SCALARS) compare(simulated[name]!, exact[name]!, name);
    compare(simulated.correctGuesses.convergence, exact.correctGuesses.convergence, "convergence");
    compare(simulated.correctGuesses.divergence, exact.correctGuesses.divergence, "divergence");
    compare(simulated.correctGuesses.maximumProbability!, exact.correctGuesses.maximumProbability!, "best");
    // A share of 20,000 lists has standard error at most 1/(2 sqrt(20000)) = 0.0036; five of them.
    exact.finalDistribution.values.forEach((value, i) => {
      const at = simulated.finalDistribution.values.findIndex((own) => Math.abs(own - value) < 1e-9);
      const p = at < 0 ? 0 : simulated.finalDistribution.probabilities[at]!;
      expect(Math.abs(p - exact.finalDistribution.probabilities[i]!)).toBeLessThan(0.018);
    });
    exact.byRow.balanced.forEach((p, row) => {
      expect(Math.abs(p - simulated.byRow.balanced[row]!)).toBeLessThan(0.018);
    });
  });

  it("is the same for the same seed and another for another", () => {
    const run = (seed: string): Measures => simulate(blocks(4), { ratio, rows: 20 }, { seed, trials: 500 });
    expect(run("a")).toEqual(run("a"));
    expect(run("a").correctGuesses).not.toEqual(run("b").correctGuesses);
  });

  it("stops at a requested precision and tells how far it is", () => {
    const seen: number[] = [];
    const { trials, maximal } = simulate(
      bigStick({ ratio, tolerance: 3 }),
      { ratio, rows: 40 },
      {
        seed: "p",
        trials: 100_000,
        precision: { maximal: 0.01 },
        onProgress: ({ trials: done }) => void seen.push(done),
      },
    );
    expect(maximal!.standardError).toBeLessThanOrEqual(0.01);
    expect(trials).toBeLessThan(100_000);
    expect(seen.at(-1)).toBe(trials);
    const stopped = simulate(blocks(4), { ratio, rows: 8 }, { seed: "p", onProgress: () => false });
    expect(stopped.trials).toBe(100);
  });

  it("goes on without bound where tables do not fit", () => {
    // 5 arms over 60 rows: 557,845 count vectors in one layer alone.
    const w = [1, 1, 1, 1, 1];
    const { finalSquared } = simulate(
      complete({ ratio: w }),
      { ratio: w, rows: 60, mostStates: 20_000 },
      { seed: "s", trials: 300 },
    );
    // E sum (N_k - 12)^2 = 5 x 60 x 0.2 x 0.8 = 48.
    expect(Math.abs(finalSquared.value - 48)).toBeLessThan(5 * finalSquared.standardError);
  });

  it("draws from xoshiro128**", () => {
    const words = new Int32Array(10);
    new Xoshiro128([1, 2, 3, 4]).fill(words);
    expect(Array.from(words, (word) => word >>> 0)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });
});

describe("refusals", { tags: ["ASSESS-001"] }, () => {
  const code = (act: () => unknown): string => issueOf(act).code;

  it.each<[string, () => unknown, string]>([
    ["no rows", () => compile(blocks(4), { ratio, rows: 0 }), "assessment.rows_invalid"],
    ["one arm", () => compile(blocks(4), { ratio: [1], rows: 4 }), "procedure.ratio_invalid"],
    ["a weight that is not finite", () => compile(blocks(4), { ratio: [1, NaN], rows: 4 }), "procedure.ratio_invalid"],
    ["another number of arms", () => compile(blocks(4), { ratio: [1, 1, 1], rows: 4 }), "assessment.ratio_differs"],
    [
      "more rows than there are",
      () => exactMeasures(compile(randomAllocationRule({ totals: [2, 2] }), { ratio, rows: 5 })),
      "assessment.rows_beyond_end",
    ],
    [
      "too many states",
      () => exactMeasures(compile(efron({ ratio, probability: "2/3" }), { ratio, rows: 100, mostStates: 50 })),
      "assessment.too_many_states",
    ],
    [
      "a precision of 0",
      () => simulate(blocks(4), { ratio, rows: 4 }, { seed: "x", precision: { maximal: 0 } }),
      "assessment.precision_invalid",
    ],
    ["no seed", () => simulate(blocks(4), { ratio, rows: 4 }, { seed: "" }), "assessment.seed_invalid"],
    ["no trials", () => simulate(blocks(4), { ratio, rows: 4 }, { seed: "x", trials: 0 }), "assessment.trials_invalid"],
    ["long fractions", () => exactFractions(compile(blocks(4), { ratio, rows: 400 })), "assessment.fractions_too_long"],
  ])("%s", (_, act, expected) => {
    expect(code(act)).toBe(expected);
  });

  it("name the bound and offer simulation", () => {
    const issue = issueOf(() =>
      exactMeasures(compile(efron({ ratio, probability: "2/3" }), { ratio, rows: 100, mostStates: 50 })),
    );
    expect(issue.message).toContain("50");
    expect(issue.expected).toContain("simulate");
  });
});

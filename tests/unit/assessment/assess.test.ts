import { describe, expect, it } from "vitest";
import { assess, compareDesigns, suggest, type AssessOptions } from "../../../src/assessment/index.js";
import { enumerateSequences, readyProcedure, type ProcedureSpec } from "../../../src/procedure/index.js";
import { sle, uc } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";
import { toNumber } from "../../../src/quantity/index.js";

const plan = (changes: object = {}): object => ({
  trial: "T",
  part: "main",
  list: "T-1",
  arms: { A: 1, B: 1 },
  procedure: { kind: "permuted-block", sizes: [4], lastBlock: "cut" },
  length: 8,
  ...changes,
});
const sites = {
  strata: [
    { factor: "site", levels: ["01", "02"] },
    { factor: "sex", levels: ["f", "m"] },
  ],
};

describe("assess", () => {
  it("says what the plan's lists are like", () => {
    const { lists, totalRows, arms, pooled, tests } = assess(plan());
    expect([totalRows, arms, pooled, tests]).toEqual([8, ["A", "B"], [], []]);
    expect(lists).toHaveLength(1);
    expect(lists[0]!.measures.forcedShare!.value).toBeCloseTo(1 / 3, 14);
    expect(Object.isFrozen(lists[0]!.measures.byRow.convergence)).toBe(true);
  });

  it("tells how far each of its computations over the rows has come", () => {
    const told: number[] = [];
    const onRow = (done: number, rows: number): void => {
      expect(rows).toBe(8);
      told.push(done);
    };
    // Who guesses by the design is followed over the rows once more where sizes are hidden.
    const hidden = plan({ procedure: { kind: "permuted-block", sizes: [2, 4], lastBlock: "cut" } });
    expect(assess(hidden, undefined, { onRow })).toEqual(assess(hidden));
    expect(told.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(told.length).toBeGreaterThan(9);
  });

  it("pools 240 participants in 24 strata at 2:1, exactly", () => {
    const levels = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, "0"));
    const { pooled } = assess(
      plan({
        arms: { A: 2, B: 1 },
        procedure: { kind: "permuted-block", sizes: [3, 6], lastBlock: "cut" },
        strata: [
          { factor: "site", levels },
          { factor: "sex", levels: ["f", "m"] },
        ],
        length: 30,
      }),
      undefined,
      { enrolment: { participants: 240 } },
    );
    // By simulation of another program: a standard deviation of 2.30.
    expect(pooled[0]!.byArm[0]!.standardDeviation).toBeCloseTo(2.3, 1);
    expect(pooled.map(({ of }) => of)).toEqual([
      "overall",
      ...levels.map((level) => `site ${level}`),
      "sex f",
      "sex m",
    ]);
    // Centres of one law have one result; the variances of two halves do not simply add up, as the sum of people is fixed.
    expect(pooled[1]!.byArm).toEqual(pooled[12]!.byArm);
  });

  it("gives fractions when they are asked for", () => {
    expect(assess(plan(), undefined, { fractions: true }).lists[0]!.measures.correctGuesses.convergence).toEqual({
      value: 17 / 24,
      standardError: 0,
      fraction: "17/24",
    });
  });

  it("computes strata of one length once, and takes the part's size for the participants", () => {
    const assessed = assess(
      plan({
        trial: sle.id,
        part: "single-dose",
        arms: { low: 1, placebo: 1 },
        ...sites,
        lengths: [{ stratum: { site: "01", sex: "f" }, length: 12 }],
      }),
      sle,
    );
    expect(assessed.lists.map(({ length, strata }) => [length, strata.length])).toEqual([
      [12, 1],
      [8, 3],
    ]);
    const size = sle.parts.find(({ id }) => id === "single-dose")?.size;
    expect(assessed.fill.participants).toBe(size ?? 36);
    expect(assessed.fill.sharesAssumed).toBe(true);
    expect(assessed.pooled.map(({ of }) => of)).toEqual(["overall", "site 01", "site 02", "sex f", "sex m"]);
  });

  /** All ways in which `participants` come to strata, with every sequence of every list: nothing of the package's sums. */
  function byHand(
    participants: number,
    shares: readonly number[],
    length: number,
    spec: ProcedureSpec,
  ): Record<string, number> {
    const result = { runOut: 0, runOutFirst: 0, used: 0, square: 0, usedB: 0 };
    const sequences = enumerateSequences(readyProcedure(spec, [1, 1], length).urn, length);
    // By rows used: E D, E D^2 of one list.
    const moments = Array.from({ length: length + 1 }, (_, n) => {
      let [square, inB] = [0, 0];
      for (const { arms, probability } of sequences) {
        const b = arms.slice(0, n).reduce((a, c) => a + c, 0);
        square += toNumber(probability) * (n - 2 * b) ** 2;
        inB += toNumber(probability) * b;
      }
      return { square, inB };
    });
    for (let code = 0; code < shares.length ** participants; code += 1) {
      const counts = shares.map(() => 0);
      let weight = 1;
      for (let i = 0, rest = code; i < participants; i += 1, rest = Math.floor(rest / shares.length)) {
        const stratum = rest % shares.length;
        counts[stratum]! += 1;
        weight *= shares[stratum]!;
      }
      if (counts.some((n) => n > length)) result.runOut += weight;
      if (counts[0]! > length) result.runOutFirst += weight;
      for (const n of counts) {
        const own = moments[Math.min(n, length)]!;
        result.used += weight * Math.min(n, length);
        // Lists are independent with mean 0, so squares add.
        result.square += weight * own.square;
        result.usedB += weight * own.inB;
      }
    }
    return result;
  }

  it("computes run-out, kits and pooled imbalance as all ways of coming give them", () => {
    const procedure = { kind: "permuted-block", sizes: [4], lastBlock: "cut" } as const;
    const shares = [0.5, 0.3, 0.2];
    const strata = [{ factor: "site", levels: ["01", "02", "03"] }];
    const { fill, pooled } = assess(plan({ strata, length: 3, procedure }), undefined, {
      enrolment: { participants: 7, shares: [5, 3, 2] },
    });
    const hand = byHand(7, shares, 3, procedure);
    expect(fill.anyRunOutProbability).toBeCloseTo(hand["runOut"]!, 12);
    expect(fill.byStratum[0]!.runOutProbability).toBeCloseTo(hand["runOutFirst"]!, 12);
    expect(fill.bySite[0]!.runOutProbability).toBeCloseTo(hand["runOutFirst"]!, 12);
    expect(fill.kits.packed).toBe(9);
    expect(fill.kits.expectedUsed).toBeCloseTo(hand["used"]!, 12);
    expect(fill.kits.expectedOverageByArm[1]).toBeCloseTo(4.5 - hand["usedB"]!, 12);
    const { values, probabilities } = pooled[0]!.difference!;
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(values.reduce((sum, d, i) => sum + d * d * probabilities[i]!, 0)).toBeCloseTo(hand["square"]!, 12);
    // P(Bin(7, 1/2) > 5) = 8/128 = 0.0625, P(> 6) = 1/128: the shortest list below 5 % has 6 rows.
    expect(fill.byStratum[0]!.sufficientLength).toBe(6);
  });

  it("a site's guesser who sees a whole list guesses as anybody", () => {
    const whole = assess(plan(), undefined, { siteShare: 1 });
    expect(whole.siteGuess!.convergence.value).toBeCloseTo(17 / 24, 12);
    const small = assess(plan(), undefined, { siteShare: 0.1 });
    expect(small.siteGuess!.convergence.value).toBeLessThan(0.53);
  });

  it("assesses the t test of a list", () => {
    const { tests } = assess(plan({ length: 20 }), undefined, {
      tests: [{}, { effect: 1 }, { selection: { eta: 1 } }],
    });
    expect(tests[0]!.rejection.value).toBeCloseTo(0.05, 12);
    expect(tests[1]!.rejection.value).toBeGreaterThan(0.5);
    expect(tests[2]!.rejection.value).toBeGreaterThan(0.1);
  });

  it("simulates on request", () => {
    const { lists } = assess(plan(), undefined, { simulation: { seed: "s", trials: 500 } });
    expect([lists[0]!.measures.method, lists[0]!.measures.trials]).toEqual(["simulated", 500]);
  });

  it.each<[string, () => unknown, string]>([
    ["no rows", () => assess(plan({ length: 0 })), "list.plan_invalid"],
    ["one arm", () => assess(plan({ arms: { A: 1 } })), "list.plan_invalid"],
    ["another trial", () => assess(plan(), uc), "assessment.trial_differs"],
    ["an unknown option", () => assess(plan(), undefined, { speed: 1 } as AssessOptions), "assessment.option_invalid"],
    ["unknown knowledge", () => assess(plan(), undefined, { knowledge: "all" as never }), "assessment.option_invalid"],
    [
      "no participants",
      () => assess(plan(), undefined, { enrolment: { participants: 0 } }),
      "assessment.enrolment_invalid",
    ],
    [
      "a share that is not finite",
      () => assess(plan(sites), undefined, { enrolment: { participants: 9, shares: [1, 1, 1, NaN] } }),
      "assessment.enrolment_invalid",
    ],
    [
      "too few shares",
      () => assess(plan(sites), undefined, { enrolment: { participants: 9, shares: [1] } }),
      "assessment.enrolment_invalid",
    ],
    ["a limit of 0", () => assess(plan(), undefined, { runOutLimit: 0 }), "assessment.option_invalid"],
    ["a test of many lists", () => assess(plan(sites), undefined, { tests: [{}] }), "assessment.measure_undefined"],
    [
      "a test of three arms",
      () => assess(plan({ arms: { A: 1, B: 1, C: 1 }, procedure: { kind: "complete" } }), undefined, { tests: [{}] }),
      "assessment.measure_undefined",
    ],
    [
      "a site of three arms",
      () =>
        assess(plan({ arms: { A: 1, B: 1, C: 1 }, procedure: { kind: "complete" } }), undefined, { siteShare: 0.5 }),
      "assessment.measure_undefined",
    ],
    [
      "fractions of a simulation",
      () => assess(plan(), undefined, { fractions: true, simulation: { seed: "s" } }),
      "assessment.option_conflict",
    ],
    ["too many states", () => assess(plan(), undefined, { mostStates: 3 }), "assessment.too_many_states"],
  ])("refuses %s", (_, act, code) => {
    expect(issueOf(act).code).toBe(code);
  });
});

describe("warnings", () => {
  const codes = (changes: object, options: AssessOptions = {}): readonly string[] =>
    assess(plan(changes), undefined, options).warnings.map(({ code }) => code);

  it.each<[string, object, readonly string[]]>([
    ["blocks of 4", { length: 24 }, ["assessment.forced_share_high", "assessment.one_block_size"]],
    [
      "blocks of 2 and 4",
      { length: 40, procedure: { kind: "permuted-block", sizes: [2, 4], lastBlock: "cut" } },
      ["assessment.block_of_one_ratio_set"],
    ],
    ["blocks of 4 and 6", { length: 40, procedure: { kind: "permuted-block", sizes: [4, 6], lastBlock: "cut" } }, []],
    ["big stick", { length: 24, procedure: { kind: "big-stick", tolerance: 3 } }, []],
    [
      "block urn 2:1",
      { arms: { A: 2, B: 1 }, length: 24, procedure: { kind: "block-urn", lambda: 2 } },
      ["procedure.ratio_not_kept"],
    ],
    [
      "many strata",
      { ...sites, length: 9, procedure: { kind: "permuted-block", sizes: [4, 6], lastBlock: "cut" } },
      ["assessment.strata_too_many"],
    ],
  ])("%s", (_, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });
});

describe("compareDesigns and suggest", { tags: ["ASSESS-003"] }, () => {
  it("mark what nothing else beats", () => {
    const designs: ProcedureSpec[] = [
      { kind: "permuted-block", sizes: [2], lastBlock: "cut" },
      { kind: "permuted-block", sizes: [4], lastBlock: "cut" },
      { kind: "big-stick", tolerance: 2 },
      { kind: "complete" },
    ];
    const compared = compareDesigns(designs, { ratio: [1, 1], rows: 40 });
    // Imbalance 1, 1.98, 2.00, 7.46 against predictability 0.50, 0.42, 0.24, 0: each is best somewhere.
    expect(compared.map(({ isUndominated }) => isUndominated)).toEqual([true, true, true, true]);
    const worse = compareDesigns(
      [...designs, { kind: "random-allocation-rule" }, { kind: "efron", probability: "0.9" }],
      { ratio: [1, 1], rows: 40 },
    );
    expect(worse[5]!.isUndominated).toBe(false);
    expect(compared[3]!.predictability).toBe(0);
    expect(compared[0]!.predictability).toBeCloseTo(0.5, 12);
    expect(issueOf(() => compareDesigns([], { ratio: [1, 1], rows: 8 })).code).toBe("assessment.nothing_to_compare");
  });

  it("rank designs with reasons, those within the limits first", () => {
    const ranked = suggest({ n: 24, ratio: [1, 1], limits: { forcedShare: 0.2, imbalance: 3.5 } });
    const within = ranked.map(({ isWithinLimits }) => isWithinLimits);
    expect(within.indexOf(false)).toBeGreaterThan(0);
    expect(within.slice(within.indexOf(false))).not.toContain(true);
    for (const { isWithinLimits, deterministic, imbalance, reasons } of ranked) {
      expect(isWithinLimits).toBe(deterministic!.value <= 0.2 + 1e-12 && imbalance <= 3.5);
      expect(reasons.length).toBeGreaterThanOrEqual(3);
    }
    expect(ranked.map(({ rank }) => rank)).toEqual(ranked.map((_, i) => i + 1));
  });

  it("rank by the distance from the ideal, with warnings beside it, and one law once", () => {
    const ranked = suggest({ n: 240, ratio: [2, 1], strata: 2, sites: 12 });
    const within = ranked.filter(({ isWithinLimits }) => isWithinLimits);
    const scores = within.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    // Complete randomization has no warning and the worst balance: it is last, and was the fourth of ten.
    expect(within.at(-1)!.procedure).toEqual({ kind: "complete" });
    for (const { criteria, score } of ranked) {
      const { predictability: p, deterministic: d, imbalance: i, pooled: q, margins: m = NaN } = criteria;
      expect(score).toBeCloseTo(Math.sqrt((2 * p * p + d * d + i * i + q * q + m * m) / 6), 12);
    }
    const rule = ranked.find(({ procedure }) => procedure.kind === "random-allocation-rule")!;
    expect(rule.alsoKnownAs).toEqual([{ kind: "permuted-block", sizes: [12], lastBlock: "cut" }]);
    const ofSizes = (sizes: readonly number[]): number =>
      ranked.find(({ procedure: own }) => own.kind === "permuted-block" && own.sizes.join() === sizes.join())!
        .pooledDeviation;
    // Blocks of 3: given r participants in a list the variance is 2/9, unless 3 divides r; r is Binomial(240, 1/24).
    let [variance, chance] = [0, (23 / 24) ** 240];
    for (let r = 0; r <= 240; r += 1) {
      if (r % 3 !== 0) variance += 24 * chance * (2 / 9);
      chance *= (240 - r) / (r + 1) / 23;
    }
    expect(ofSizes([3])).toBeCloseTo(Math.sqrt(variance), 9);
    // A simulation of 240 participants in 24 strata by another program: 2.30 for blocks of 3 and 6, 7.25 for complete.
    expect(Math.abs(ofSizes([3, 6]) / 2.3 - 1)).toBeLessThan(0.07);
    expect(within.at(-1)!.pooledDeviation).toBeCloseTo(Math.sqrt((240 * 2) / 9), 9);
  });

  it("weigh no prediction where nobody can know an allocation, and take weights and shares", () => {
    const request = { n: 40, ratio: [1, 1] };
    const masked = suggest({ ...request, guesser: "nothing" });
    const open = suggest(request);
    expect(masked[0]!.criteria.predictability).toBeGreaterThan(open[0]!.criteria.predictability);
    const own = suggest({ ...request, weights: { pooled: 0, imbalance: 0 } });
    expect(own[0]!.procedure.kind).toBe("complete");
    // All participants in one of two lists: the deviation of that list alone.
    const even = suggest({ ...request, sites: 2 }).find(({ procedure }) => procedure.kind === "big-stick")!;
    const uneven = suggest({ ...request, sites: 2, shares: [1e9, 1] }).find(
      ({ procedure }) => procedure.kind === "big-stick",
    )!;
    expect(uneven.pooledDeviation).toBeLessThan(even.pooledDeviation);
    expect(issueOf(() => suggest({ ...request, weights: { beauty: 1 } as never })).path).toBe("weights");
    expect(issueOf(() => suggest({ ...request, guesser: "me" as never })).path).toBe("guesser");
  });

  it("warn of blocks by their arrangements, and of open blocks in several strata only", () => {
    const codes = (ratio: readonly number[], sizes: readonly number[], strata = 1): readonly string[] => {
      const candidates: ProcedureSpec[] = [{ kind: "permuted-block", sizes, lastBlock: "cut" }];
      const same = (own: { readonly kind: string; readonly sizes?: readonly number[] }): boolean =>
        own.kind === "permuted-block" && own.sizes?.join() === sizes.join();
      const all = suggest({ n: 60, ratio, strata, candidates });
      return all
        .find(({ procedure, alsoKnownAs }) => [procedure, ...alsoKnownAs].some(same))!
        .warnings.map(({ code }) => code);
    };
    // 10!/(3! 3! 3! 1!) = 16,800 arrangements, where 6 at 1:1 have 20.
    expect(codes([3, 3, 3, 1], [10, 20])).toEqual([]);
    expect(codes([2, 1], [3, 9])).toContain("assessment.block_of_one_ratio_set");
    expect(codes([1, 1], [40, 60])).not.toContain("assessment.strata_too_many");
    expect(codes([1, 1], [10, 12], 4)).toContain("assessment.strata_too_many");
  });

  it.each<[string, () => unknown, string]>([
    ["n = 0", () => suggest({ n: 0, ratio: [1, 1] }), "assessment.rows_invalid"],
    ["one arm", () => suggest({ n: 10, ratio: [1] }), "procedure.ratio_invalid"],
    ["a weight that is not finite", () => suggest({ n: 10, ratio: [1, Infinity] }), "procedure.ratio_invalid"],
    [
      "a limit above 1",
      () => suggest({ n: 10, ratio: [1, 1], limits: { forcedShare: 2 } }),
      "assessment.option_invalid",
    ],
    [
      "an imbalance of 0",
      () => suggest({ n: 10, ratio: [1, 1], limits: { imbalance: 0 } }),
      "assessment.option_invalid",
    ],
    [
      "a candidate that does not fit",
      () => suggest({ n: 10, ratio: [2, 1], candidates: [{ kind: "big-stick", tolerance: 2 }] }),
      "procedure.ratio_unsupported",
    ],
  ])("refuse %s", (_, act, code) => {
    expect(issueOf(act).code).toBe(code);
  });
});

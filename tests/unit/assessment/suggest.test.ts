/* Suggested designs of whole trials: against simulated trials, closed forms, and what masking leaves to know. */
import { describe, expect, it } from "vitest";
import {
  guesserOf,
  simulateTrial,
  suggest,
  type Estimate,
  type Suggestion,
  type SuggestProgress,
  type TrialDesign,
} from "../../../src/assessment/index.js";
import { TRIALS } from "../../../src/trials/index.js";
import { issueOf } from "../../support/issueOf.js";

const kindsOf = (suggestions: readonly Suggestion[]): readonly string[] =>
  suggestions.map(({ procedure }) => procedure.kind);
const request = { n: 48, ratio: [1, 1], sites: 3, factors: [2] };
const ranked = suggest(request);
const near = (value: number, { value: mean, standardError }: Estimate): void => {
  // Eleven comparisons at a fixed seed: a false alarm in 10^4 seeds.
  expect(Math.abs(value - mean), `${value} for ${mean}`).toBeLessThanOrEqual(4.5 * standardError + 1e-12);
};

describe("suggest for a trial with centres and factors", { tags: ["ASSESS-003"] }, () => {
  it("has minimization, the design of Hu and Hu and blocks in fewer strata among its candidates", () => {
    const trials = ranked.filter((own) => own.of === "trial");
    const over = trials.map(({ trialDesign: design }) =>
      design.kind === "list"
        ? `blocks in ${design.strata.join("+")}`
        : `${design.procedure.kind} ${design.factors.length}`,
    );
    expect([...new Set(over)].sort()).toEqual([
      "blocks in ",
      "blocks in factor 1",
      "blocks in site",
      "hu-hu 2",
      "minimization 1",
      "minimization 2",
    ]);
    for (const { method, standardErrors, trial, loss } of trials) {
      expect([method, trial.trials]).toEqual(["simulated", 1000]);
      expect(Math.min(standardErrors.imbalance, standardErrors.pooledDeviation, standardErrors.score)).toBeGreaterThan(
        0,
      );
      expect(loss.strata.value).toBeGreaterThan(loss.overall.value);
    }
    // With p = 1 all allocations but ties are deterministic, which no usual limit allows.
    const certain = trials.find(({ procedure }) => JSON.stringify(procedure).includes('"probability":"1"'))!;
    expect([certain.isWithinLimits, certain.deterministic!.value > 0.5]).toEqual([false, true]);
    expect(certain.warnings.map(({ code }) => code)).toContain("assessment.forced_share_high");
    expect(kindsOf(suggest({ n: 48, ratio: [1, 1] }))).not.toContain("minimization");
    expect(kindsOf(suggest({ ...request, ratio: [2, 1] }))).not.toContain("hu-hu");
    expect(suggest(request)).toEqual(ranked);
  });

  it("gives lists in every stratum the numbers of their simulated trials", () => {
    const own = ranked.find(({ procedure: p }) => p.kind === "permuted-block" && p.sizes.join() === "2,4")!;
    const design: TrialDesign = {
      kind: "list",
      procedure: { kind: "permuted-block", sizes: [2, 4], lastBlock: "cut" },
      strata: ["site", "sex"],
      length: 8,
    };
    const frame = {
      arms: ["A", "B"].map((arm) => ({ arm, ratio: 1 })),
      factors: [
        { factor: "site", levels: ["1", "2", "3"] },
        { factor: "sex", levels: ["1", "2"] },
      ],
    };
    const trial = simulateTrial(frame, design, { participants: 48 }, { seed: "lists together", trials: 20_000 });
    near(own.pooledDeviation, trial.overall.deviation);
    near(own.pooledDeviation, trial.overall.spread);
    const [site, sex] = trial.byFactor.map(({ spread }) => spread);
    near(own.marginDeviation!, {
      value: Math.sqrt((site!.value ** 2 + sex!.value ** 2) / 2),
      standardError: Math.max(site!.standardError, sex!.standardError),
    });
    near(own.loss.overall.value, trial.overall.loss);
    near(own.loss.strata.value, trial.strata.loss);
    expect(trial.strata.largest.value).toBeGreaterThan(trial.strata.final.value);
  });

  it("counts who comes where centres open late and are limited, as a simulated trial does", () => {
    const accrual = { opensAfter: { "2": 12, "3": 20 }, mostPerCentre: 18, dropout: 0.1 };
    const told: SuggestProgress[] = [];
    const limited = suggest({ ...request, accrual }, (progress) => told.push(progress));
    const own = limited.find(({ procedure: p }) => p.kind === "permuted-block" && p.sizes.join() === "2,4")!;
    const frame = {
      arms: ["A", "B"].map((arm) => ({ arm, ratio: 1 })),
      factors: [
        { factor: "site", levels: ["1", "2", "3"] },
        { factor: "sex", levels: ["1", "2"] },
      ],
    };
    const procedure = { kind: "permuted-block", sizes: [2, 4], lastBlock: "cut" } as const;
    const design: TrialDesign = { kind: "list", procedure, strata: ["site", "sex"], length: 8 };
    const trial = simulateTrial(frame, design, { participants: 48, ...accrual }, { seed: "limited", trials: 20_000 });
    const both = (value: number, error: number, other: Estimate): void => {
      near(value, { value: other.value, standardError: Math.hypot(error, other.standardError) });
    };
    const errors = own.standardErrors;
    const [site, sex] = trial.byFactor.map(({ spread }) => spread);
    both(own.pooledDeviation, errors.pooledDeviation, trial.overall.spread);
    both(own.marginDeviation!, errors.marginDeviation, {
      value: Math.sqrt((site!.value ** 2 + sex!.value ** 2) / 2),
      standardError: Math.max(site!.standardError, sex!.standardError),
    });
    both(own.loss.overall.value, own.loss.overall.standardError, trial.overall.loss);
    both(own.loss.strata.value, own.loss.strata.standardError, trial.strata.loss);
    // What is plain is exact, and the same as without the field.
    expect(suggest({ ...request, accrual: {} })).toEqual(ranked);
    const [first] = told;
    expect(first).toEqual({ designs: 0, allDesigns: told.at(-1)!.allDesigns });
    expect(told.at(-1)!.designs).toBe(told.at(-1)!.allDesigns);
    const done = told.map(({ designs, trials = 0, mostTrials = 1 }) => designs + Math.min(0.999, trials / mostTrials));
    expect(done.filter((share, i) => share < (done[i - 1] ?? 0)).length).toBeLessThan(3);
  });

  it("refuses centres that there are not, and a share that drops out of 1", () => {
    const issue = (accrual: object) => issueOf(() => suggest({ ...request, accrual }));
    expect(issue({ opensAfter: { "4": 3 } })).toMatchObject({ path: "enrolment.opensAfter.4", expected: "1, 2, 3" });
    expect(issue({ dropout: 1 })).toMatchObject({ path: "enrolment.dropout" });
    expect(issueOf(() => suggest({ n: 20, ratio: [1, 1], accrual: { mostPerCentre: 5 } }))).toMatchObject({
      path: "enrolment.mostPerCentre",
    });
  });

  it("loses by imbalance what closed forms say", () => {
    const complete = (own: Partial<typeof request> & { readonly ratio: readonly number[] }): Suggestion =>
      suggest({ ...request, ...own }).find(({ procedure }) => procedure.kind === "complete")!;
    for (const ratio of [
      [1, 1],
      [2, 1],
      [1, 1, 1],
      [3, 2, 1],
    ]) {
      const { loss } = complete({ ratio });
      // E sum (N_k - n rho_k)^2/(n rho_k) = K - 1 in every list with anybody, and in the trial.
      expect(loss.overall.value).toBeCloseTo(ratio.length - 1, 9);
      expect(loss.strata.value).toBeCloseTo((ratio.length - 1) * 6 * (1 - (5 / 6) ** 48), 9);
    }
  });

  it("keeps limits on pooled imbalance, and on predictability for the guesser that masking leaves", () => {
    const limited = suggest({ ...request, limits: { forcedShare: 1, pooled: 1.5, predictability: 0.3 } });
    for (const { isWithinLimits, pooledDeviation, predictability } of limited) {
      expect(isWithinLimits).toBe(pooledDeviation <= 1.5 && predictability <= 0.3);
    }
    expect(limited.some(({ isWithinLimits }) => isWithinLimits)).toBe(true);
    const own = suggest({ ...request, guesser: "own-centre", limits: { forcedShare: 1, predictability: 0.15 } });
    for (const { isWithinLimits, byGuesser, criteria } of own) {
      expect(isWithinLimits).toBe(byGuesser["own-centre"].value <= 0.15);
      expect(criteria.predictability).toBe(byGuesser["own-centre"].value);
    }
    // Minimization by all factors tells somebody at one centre less than somebody who knows everything.
    const minimized = own.find(({ procedure }) => procedure.kind === "minimization")!;
    expect(minimized.byGuesser["own-centre"].value).toBeLessThan(minimized.byGuesser.everything.value);
    expect(
      issueOf(() => suggest({ n: 48, ratio: [1, 1], guesser: "nothing", weights: { imbalance: 0, pooled: 0 } })).path,
    ).toBe("weights");
    const masked = suggest({ ...request, guesser: "nothing", limits: { forcedShare: 1, predictability: 0 } });
    expect(masked.every(({ isWithinLimits }) => isWithinLimits)).toBe(true);
    expect(issueOf(() => suggest({ ...request, limits: { pooled: 0 } })).path).toBe("limits.pooled");
    expect(issueOf(() => suggest({ ...request, limits: { predictability: 2 } })).path).toBe("limits.predictability");
  });

  it("keeps a limit on the imbalance at the end of a list, beside the largest and the pooled one", () => {
    const limited = suggest({ ...request, limits: { forcedShare: 1, final: 1 } });
    for (const { isWithinLimits, finalImbalance, reasons } of limited) {
      expect(isWithinLimits).toBe(finalImbalance <= 1 + 1e-12);
      expect(reasons.map(({ code }) => code)).toContain("final");
    }
    expect(new Set(limited.map(({ isWithinLimits }) => isWithinLimits)).size).toBe(2);
    const lists = limited.filter((own) => own.of === "list");
    for (const { finalImbalance, measures } of lists) expect(finalImbalance).toBe(measures.finalAbsolute.value);
    const trial = limited.find((own) => own.of === "trial")!;
    expect(trial.finalImbalance).toBe(trial.trial.strata.final.value);
    expect(issueOf(() => suggest({ ...request, limits: { final: 0 } })).path).toBe("limits.final");
    expect(ranked[0]!.reasons.map(({ code }) => code)).not.toContain("final");
  });

  it("looks at minimization with other weights of the factors, the usual ones or those that are stated", () => {
    const weightsOf = (suggestions: readonly Suggestion[]): readonly string[] => [
      ...new Set(
        suggestions.flatMap((own) =>
          own.of === "trial" && own.trialDesign.kind === "dynamic" && own.procedure.kind === "minimization"
            ? [own.trialDesign.factors.map(({ factor, weight }) => `${factor} ${weight}`).join(", ")]
            : [],
        ),
      ),
    ];
    expect([...weightsOf(ranked)].sort()).toEqual(["factor 1 1", "site 1, factor 1 1", "site 1, factor 1 2"]);
    const factors = [{ factor: "severity", levels: ["moderate", "severe"] }];
    const stated = suggest({ ...request, factors, factorWeights: [1, 3] });
    expect([...weightsOf(stated)].sort()).toEqual(["severity 1", "site 1, severity 1", "site 1, severity 3"]);
    for (const weights of [[1], [1, 0.5], [1, -1]]) {
      expect(issueOf(() => suggest({ ...request, factorWeights: weights })).path).toBe("factorWeights");
    }
  });

  it("ranks a stated design once, also where it is a usual one", () => {
    const range = { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } } as const;
    const blocks = { kind: "permuted-block", sizes: [2, 4], lastBlock: "cut" } as const;
    const again = suggest({ ...request, candidates: [range, blocks] });
    expect(again).toHaveLength(ranked.length);
  });

  it("takes a dynamic procedure as a candidate, and factors in place of strata", () => {
    const atkinson = { kind: "atkinson" } as const;
    expect(kindsOf(suggest({ ...request, candidates: [atkinson] }))).toContain("atkinson");
    expect(issueOf(() => suggest({ n: 48, ratio: [1, 1], candidates: [atkinson] })).path).toBe("candidates");
    expect(issueOf(() => suggest({ ...request, strata: 2 })).path).toBe("factors");
    expect(issueOf(() => suggest({ ...request, factors: [1] })).path).toBe("factors");
    // Shares by list, the last factor fastest: the margins of the sites are 6, 2 and 4.
    const shares = [5, 1, 1, 1, 3, 1];
    const uneven = suggest({ ...request, shares }).find((one) => one.of === "trial")!;
    expect(uneven.trial.byFactor[0]!.byLevel).toHaveLength(3);
  });
});

describe("what masking leaves to know", { tags: ["ASSESS-003"] }, () => {
  it.each([
    [{ level: "none" }, "everything"],
    [{ level: "single", who: ["participant"] }, "own-centre"],
    [{ level: "double", who: ["participant", "outcomes-assessor"] }, "own-centre"],
    [{ level: "double", who: ["care-provider", "investigator"] }, "nothing"],
    [{ level: "double" }, "own-centre"],
    [{ level: "triple", who: ["participant", "care-provider", "investigator"] }, "nothing"],
    [{ level: "triple", who: ["participant", "investigator", "outcomes-assessor"] }, "own-centre"],
    [{ level: "quadruple" }, "nothing"],
  ] as const)("%j: %s", (masking, knows) => {
    expect(guesserOf(masking)).toBe(knows);
  });

  it("is read of every part of the built-in trials, and of no unknown level", () => {
    const known = TRIALS.flatMap(({ parts }) => parts.map(({ kind, masking }) => [kind, guesserOf(masking)] as const));
    expect(known.filter(([kind]) => kind === "open-escalation").every(([, knows]) => knows === "everything")).toBe(
      true,
    );
    expect(issueOf(() => guesserOf({ level: "some" } as never)).path).toBe("level");
    expect(issueOf(() => guesserOf(undefined as never)).code).toBe("input.invalid");
  });
});

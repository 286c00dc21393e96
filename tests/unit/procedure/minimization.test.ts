import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawBall } from "../../../src/procedure/draw.js";
import { minimization, type MinimizationOptions } from "../../../src/procedure/minimization.js";
import type { MinimizationLaw } from "../../../src/procedure/minimizationLaw.js";
import { ratioPreservation } from "../../../src/procedure/ratioPreservation.js";
import { replay } from "../../../src/procedure/replay.js";
import type { Balls, Urn } from "../../../src/procedure/urn.js";
import { issueOf } from "../../support/issueOf.js";
import { ScriptedSource } from "../../support/scriptedSource.js";
import { fraction, fractionText, lowest, plus, times, ZERO } from "../../../src/quantity/index.js";

interface Golden {
  readonly seed: number;
  readonly ratio: readonly number[];
  readonly weights: readonly number[];
  readonly method: "Range" | "Var";
  readonly p: number;
  readonly covariates: readonly (readonly number[])[];
  readonly assignments: readonly number[];
  readonly steps: readonly {
    readonly patient: number;
    readonly scoreExact: readonly string[];
    readonly preferred: readonly number[];
  }[];
}

const { cases } = JSON.parse(readFileSync(new URL("../../golden/minimization.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Golden[];
};

const fixed = (probability: string | number, ties?: "lot" | "share"): MinimizationLaw =>
  ties === undefined ? { kind: "fixed", probability } : { kind: "fixed", probability, ties };
const one = (ratio: readonly number[], law: MinimizationLaw, measure: "range" | "variance" | "sd" = "range") =>
  minimization({ ratio, factors: [{ levels: 1 }], measure, law });
const shares = (balls: readonly Balls[]): string[] => {
  const total = balls.reduce((sum: bigint, count) => sum + BigInt(count), 0n);
  return balls.map((count) => fractionText(lowest(fraction(count, total))));
};

describe("minimization.json", { tags: ["DYN-001"] }, () => {
  it.each(cases)("seed $seed, $method: scores as fractions and preferred arms of all 39 patients", (golden) => {
    const urn = minimization({
      ratio: golden.ratio,
      factors: golden.covariates.map((levels) => ({ levels: Math.max(...levels) + 1, weight: 1 })),
      measure: golden.method === "Range" ? "range" : "variance",
      law: fixed(String(golden.p)),
    });
    // Equal weights: whole ones here, so a weight of 1/4 there is a score four times as large.
    const [weight] = golden.weights as [number];
    const profiles = golden.assignments.map((_, i) => golden.covariates.map((levels) => levels[i]!));
    expect(golden.steps).toHaveLength(39);
    for (const { patient, scoreExact, preferred } of golden.steps) {
      const past = profiles.slice(0, patient - 1).map((profile, i) => ({ profile, arm: golden.assignments[i]! - 1 }));
      const found = urn.explain(replay(urn, past), profiles[patient - 1]!);
      const scaled = found.scores.map((score) => {
        const [top, bottom = "1"] = score.split("/") as [string, string?];
        return fractionText(lowest(times(fraction(BigInt(top), BigInt(bottom)), fraction(weight * 4, 4))));
      });
      expect([patient, scaled, found.preferred.map((arm) => arm + 1)]).toEqual([patient, scoreExact, preferred]);
    }
  });
});

describe("the worked example of the documentation", { tags: ["DYN-001"] }, () => {
  // Sex (2 levels) and age (3 levels), three arms; so far in the newcomer's levels: sex 4, 3, 3 and age 1, 2, 2.
  const urn = minimization({
    ratio: [1, 1, 1],
    factors: [{ levels: 2 }, { levels: 3 }],
    measure: "range",
    law: fixed("0.8"),
  });
  const state = [4, 3, 3, 2, 3, 3, 1, 2, 2, 3, 2, 2, 2, 2, 2];

  it("prefers the first arm: scores 2, 3, 3", () => {
    expect(urn.explain(state, [0, 0])).toEqual({ scores: ["2", "3", "3"], preferred: [0] });
    expect(urn.balls(state, [0, 0])).toEqual([8, 1, 1]);
    expect(urn.after(state, 0, [0, 0])).toEqual([5, 3, 3, 2, 3, 3, 2, 2, 2, 3, 2, 2, 2, 2, 2]);
  });

  it("draws it with 8 of 10 words", () => {
    const drawn = Array.from({ length: 10 }, (_, word) =>
      drawBall(urn.balls(state, [0, 0]), new ScriptedSource([word])),
    );
    expect(drawn).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
  });
});

describe("Han's correction", { tags: ["DYN-001"] }, () => {
  it("gives the published probabilities at 2:2:1, p = 0.8", () => {
    const urn = one([2, 2, 1], fixed("0.8"));
    expect(shares(urn.balls([0, 2, 1], [0]))).toEqual(["17/20", "1/10", "1/20"]); // the first is preferred
    expect(shares(urn.balls([2, 2, 0], [0]))).toEqual(["1/10", "1/10", "4/5"]); // the third
  });

  it("trap 11: assigns every arm its share if it is preferred with its share, at any ratio (equal splitting gave 31 % for 20 %)", () => {
    const ratios = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(ratios, fc.integer({ min: 50, max: 100 }), (ratio, percent) => {
        const urn = one(ratio, fixed(`${percent}/100`));
        const total = ratio.reduce((a, b) => a + b, 0);
        const sum = ratio.map(() => ZERO);
        ratio.forEach((w, preferred) => {
          // Everybody else far ahead, so that this arm is preferred.
          const counts = ratio.map((x, k) => (k === preferred ? 0 : 1000 * x));
          expect(urn.explain(counts, [0]).preferred).toEqual([preferred]);
          const balls = urn.balls(counts, [0]);
          const all = balls.reduce((a: bigint, b) => a + BigInt(b), 0n);
          balls.forEach((count, k) => {
            sum[k] = lowest(plus(sum[k]!, fraction(BigInt(count) * BigInt(w), all * BigInt(total))));
          });
        });
        expect(sum).toEqual(ratio.map((w) => lowest(fraction(w, total))));
      }),
      { numRuns: 50 },
    );
  });

  it("strays from an unequal ratio row by row as is documented, and not at equal ratio", () => {
    const byRow = (ratio: readonly number[]) => {
      const urn = one(ratio, fixed("0.8"));
      const plain: Urn<readonly number[]> = {
        arms: urn.arms,
        start: urn.start,
        balls: (state) => urn.balls(state, [0]),
        after: (state, arm) => urn.after(state, arm, [0]),
      };
      return ratioPreservation(plain, ratio, 12);
    };
    expect(one([2, 1], fixed("0.8")).balls([0, 0], [0])).toEqual([9, 1]);
    const { largestDeviation, row } = byRow([2, 1]);
    expect([fractionText(largestDeviation), row]).toEqual(["119/300", 2]);
    expect(byRow([1, 1, 1]).largestDeviation).toEqual(ZERO);
  });

  it("assigns the first participant by the ratio at equal ratio, where all arms are tied", () => {
    expect(one([1, 1, 1], fixed("0.8")).balls([0, 0, 0], [0])).toEqual([1, 1, 1]);
    expect(one([1, 1, 1], fixed("0.8", "share")).balls([0, 0, 0], [0])).toEqual([1, 1, 1]);
    expect(one([1, 1], fixed(1)).balls([0, 0], [0])).toEqual([1, 1]);
  });
});

describe("ties", { tags: ["DYN-001"] }, () => {
  it("by lot: the mean over the tied arms as the preferred one", () => {
    // (1/2)(0.8 + 0.1) each, the third arm 0.1
    expect(shares(one([1, 1, 1], fixed("0.8")).balls([0, 0, 1], [0]))).toEqual(["9/20", "9/20", "1/10"]);
    expect(shares(one([1, 1, 1], fixed("0.8", "share")).balls([0, 0, 1], [0]))).toEqual(["2/5", "2/5", "1/5"]);
  });

  it("never make a preferred arm less likely than another: sharing is refused where it would", () => {
    expect(shares(one([1, 1, 1], fixed("0.4")).balls([0, 0, 1], [0]))).toEqual(["7/20", "7/20", "3/10"]);
    const issue = issueOf(() => one([1, 1, 1], fixed("0.5", "share")));
    expect([issue.code, issue.expected]).toEqual([
      "procedure.parameter_out_of_range",
      "a fraction from 2/3 to 1, both included",
    ]);
  });
});

describe("the other laws of the paper", { tags: ["DYN-001"] }, () => {
  it("rank i: q - 2 (k q - 1) i / (k (k + 1)), ties on the mean of their ranks", () => {
    const urn = one([1, 1, 1], { kind: "rank", q: "0.6" });
    // q = 0.6, k = 3: 0.6 - 0.8 i / 6
    expect(shares(urn.balls([3, 1, 2], [0]))).toEqual(["1/5", "7/15", "1/3"]);
    expect(shares(urn.balls([0, 0, 1], [0]))).toEqual(["2/5", "2/5", "1/5"]);
    expect(urn.balls([1, 1, 1], [0])).toEqual([1, 1, 1]);
    expect(one([1, 1, 1], { kind: "rank", q: 1 }).balls([3, 1, 2], [0])).toEqual([0, 2, 1]);
  });

  it("proportional: (1 - t G / sum G) / (k - t)", () => {
    const urn = one([1, 1, 1], { kind: "proportional", t: "1/2" });
    // [2, 0, 1]: ranges 3, 1, 2 of 6: (1 - 1/4, 1 - 1/12, 1 - 1/6) / 2.5
    expect(shares(urn.balls([2, 0, 1], [0]))).toEqual(["3/10", "11/30", "1/3"]);
    expect(one([1, 1], { kind: "proportional", t: 1 }).balls([1, 0], [0])).toEqual([0, 1]);
    expect(urn.balls([1, 1, 1], [0])).toEqual([1, 1, 1]);
  });

  it("proportional with square roots: within the bound of the scaling", () => {
    const urn = minimization({
      ratio: [1, 1, 1],
      factors: [{ levels: 1 }, { levels: 1, weight: 3 }],
      measure: "sd",
      law: { kind: "proportional", t: "0.7" },
    });
    const state = [5, 2, 1, 0, 3, 9];
    const G = urn.explain(state, [0, 0]).scores.map(Number);
    const total = G.reduce((a, b) => a + b, 0);
    const balls = urn.balls(state, [0, 0]).map(Number);
    const all = balls.reduce((a, b) => a + b, 0);
    balls.forEach((count, k) => {
      expect(Math.abs(count / all - (1 - (0.7 * G[k]!) / total) / 2.3)).toBeLessThan(3 * 2 ** -31 + 1e-12);
    });
  });
});

describe("traps of other tools", { tags: ["DYN-001"] }, () => {
  it("trap 9: arms and levels are indexes, never labels", () => {
    const urn = one([1, 1], fixed("0.8"));
    expect(issueOf(() => urn.after(urn.start, 2, [0])).code).toBe("procedure.arm_unknown");
    expect(issueOf(() => urn.after(urn.start, "A" as never, [0])).code).toBe("procedure.arm_unknown");
    expect(issueOf(() => urn.balls(urn.start, ["female"] as never)).code).toBe("procedure.covariate_missing");
  });

  it("trap 10: ties are found exactly, whatever the ratio (doubles missed 73 of 4,000)", () => {
    // Two arms with the same ratio and the same counts are tied, whatever the third one is like.
    const counts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 9, maxLength: 9 });
    for (const measure of ["range", "variance", "sd"] as const) {
      const factors = [{ levels: 1, weight: 3 }, { levels: 1, weight: 7 }, { levels: 1 }];
      const urn = minimization({ ratio: [3, 3, 7], factors, measure, law: fixed("0.8") });
      fc.assert(
        fc.property(counts, (given) => {
          const tied = given.map((count, i) => (i % 3 === 1 ? given[i - 1]! : count));
          const { scores, preferred } = urn.explain(tied, [0, 0, 0]);
          expect(scores[0]).toBe(scores[1]);
          expect(preferred.includes(0)).toBe(preferred.includes(1));
        }),
        { numRuns: 200 },
      );
    }
  });

  it("trap 10: standard deviations are compared exactly too", () => {
    // Two arms: a standard deviation is abs(difference) / sqrt(2). 3 + 1 against 1 + 3, then 3 + 2 against 1 + 0.
    const urn = minimization({ ratio: [1, 1], factors: [{ levels: 1 }, { levels: 1 }], measure: "sd", law: fixed(1) });
    expect(urn.explain([3, 1, 0, 2], [0, 0])).toEqual({
      scores: ["2.828427124746190", "2.828427124746190"],
      preferred: [0, 1],
    });
    expect(urn.explain([3, 1, 2, 1], [0, 0]).preferred).toEqual([1]);
  });

  it("trap 12: p is the probability of a preferred arm and never below its share", () => {
    expect(issueOf(() => one([1, 1, 1], fixed("0.33"))).code).toBe("procedure.parameter_out_of_range");
    expect(issueOf(() => one([2, 2, 1], fixed("0.19"))).code).toBe("procedure.parameter_out_of_range");
    expect(issueOf(() => one([1, 1], fixed(0))).code).toBe("procedure.parameter_out_of_range");
    expect(issueOf(() => one([1, 1], fixed("1.01"))).code).toBe("procedure.parameter_out_of_range");
    expect(one([2, 2, 1], fixed("0.2")).balls([0, 9, 9], [0])).toEqual([2, 2, 1]); // the least p: by the ratio
  });

  it("trap 13: each of two tied arms is drawn, from the first and the last word", () => {
    const balls = one([1, 1], fixed("0.8")).balls([0, 0], [0]);
    expect([0, 2 ** 32 - 1].map((word) => drawBall(balls, new ScriptedSource([word])))).toEqual([0, 1]);
  });

  it("trap 14: the next allocation follows from the last state: replaying in two parts is replaying at once", () => {
    const urn = minimization({
      ratio: [2, 1],
      factors: [{ levels: 2 }, { levels: 3 }],
      measure: "variance",
      law: fixed("0.75"),
    });
    const step = fc.record({
      profile: fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 2 })),
      arm: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat(30), (steps, cut) => {
        const once = replay(urn, steps);
        expect(replay(urn, steps.slice(cut), replay(urn, steps.slice(0, cut)))).toEqual(once);
        expect(once.reduce((a, b) => a + b, 0)).toBe(2 * steps.length);
        expect(urn.start.every((count) => count === 0)).toBe(true);
      }),
    );
  });
});

describe("scores beyond 2^53", { tags: ["DYN-001"] }, () => {
  it("are exact in bigints: variances do not change when all arms grow alike", () => {
    const urn = one([1, 1, 1], fixed("0.8"), "variance");
    const small = fc.tuple(...([0, 1, 2].map(() => fc.nat(20)) as [fc.Arbitrary<number>, ...fc.Arbitrary<number>[]]));
    fc.assert(
      fc.property(small, (counts) => {
        const large = counts.map((count) => count + 10 ** 8);
        expect(urn.explain(large, [0])).toEqual(urn.explain(counts, [0]));
      }),
    );
    expect(urn.explain([0, 3, 1], [0]).scores).toEqual(["4/3", "13/3", "7/3"]);
  });

  it("find the one arm that is behind at a ratio with a large common multiple", () => {
    const urn = one([997, 991, 983], fixed("0.8"), "variance");
    const { scores, preferred } = urn.explain([997 * 50, 991 * 50 - 1, 983 * 50], [0]);
    expect([scores[1], preferred]).toEqual(["0", [1]]);
  });
});

describe("input", { tags: ["DYN-001"] }, () => {
  const good: MinimizationOptions = {
    ratio: [1, 1],
    factors: [{ levels: 2 }, { levels: 2 }],
    measure: "range",
    law: fixed("0.8"),
  };
  const urn = minimization(good);

  it.each([
    ["missing", [0], "covariate_missing", "profile.1"],
    ["undefined", [0, undefined], "covariate_missing", "profile.1"],
    ["text", [0, "1"], "covariate_missing", "profile.1"],
    ["beyond the levels", [0, 2], "covariate_level_unknown", "profile.1"],
    ["negative", [-1, 0], "covariate_level_unknown", "profile.0"],
    ["no whole number", [0.5, 0], "covariate_level_unknown", "profile.0"],
    ["NaN", [Number.NaN, 0], "covariate_level_unknown", "profile.0"],
    ["one too many", [0, 0, 0], "covariate_unknown", "profile.2"],
  ])("refuses a covariate that is %s", (_, profile, code, path) => {
    for (const act of [() => urn.balls(urn.start, profile as never), () => urn.after(urn.start, 0, profile as never)]) {
      const issue = issueOf(act);
      expect([issue.code, issue.path]).toEqual([`procedure.${code}`, path]);
    }
    expect(issueOf(() => urn.balls(urn.start, undefined as never)).code).toBe("procedure.covariate_missing");
  });

  it.each([
    ["option_unknown", { seed: 1 }],
    ["option_unknown", { factors: [{ levels: 2, name: "sex" }] }],
    ["option_unknown", { law: { kind: "fixed", probability: "0.8", q: 1 } }],
    ["ratio_invalid", { ratio: [1, 0] }],
    ["arms_unsupported", { ratio: Array(31).fill(1) }],
    ["factors_invalid", { factors: [] }],
    ["parameter_out_of_range", { factors: [{ levels: 0 }] }],
    ["parameter_out_of_range", { factors: [{ levels: 2, weight: 0.5 }] }],
    ["parameter_out_of_range", { law: { kind: "fixed", probability: "0.8", ties: "first" } }],
    ["parameter_out_of_range", { law: { kind: "rank", q: "2.5" } }],
    ["parameter_out_of_range", { law: { kind: "proportional", t: "1.1" } }],
    ["rational_invalid", { law: { kind: "fixed", probability: 0.8 } }],
    ["measure_unknown", { measure: "entropy" }],
    ["law_unknown", { law: { kind: "best" } }],
    ["ratio_unsupported", { ratio: [2, 1], law: { kind: "rank", q: "0.6" } }],
    ["ratio_unsupported", { ratio: [2, 1], law: { kind: "proportional", t: 1 } }],
    ["ratio_unsupported", { ratio: [2, 1], law: { kind: "fixed", probability: "0.8", ties: "share" } }],
  ])("refuses with %s: %j", (code, change) => {
    expect(issueOf(() => minimization({ ...good, ...change } as never)).code).toBe(`procedure.${code}`);
  });

  it("gives frozen states and leaves old ones alone", () => {
    const next = urn.after(urn.start, 1, [0, 1]);
    expect(next).toEqual([0, 1, 0, 0, 0, 0, 0, 1]);
    expect(urn.start).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(Object.isFrozen(next)).toBe(true);
  });
});

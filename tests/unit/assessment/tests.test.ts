import { describe, expect, it } from "vitest";
import { compile, sequenceRejection, testMeasure } from "../../../src/assessment/index.js";
import { DoublyNoncentralT } from "../../../src/assessment/doublyNoncentral.js";
import { complete, efron, permutedBlock } from "../../../src/procedure/index.js";
import { issueOf } from "../../support/issueOf.js";

/** P(abs(T) > t) by integrating over the denominator's noncentral chi-square: nothing of the series of the package. */
function byIntegration(df: number, critical: number, lambda1: number, lambda2: number): number {
  const upper = 60 + 4 * df;
  const steps = 4_000;
  // Substituting y = s^2 takes the singularity at 0 away.
  const h = Math.sqrt(upper) / steps;
  let sum = 0;
  for (let i = 0; i < steps; i += 1) {
    const s = (i + 0.5) * h;
    const y = s * s;
    let density = 0;
    let weight = Math.exp(-lambda2 / 2);
    for (let v = 0; v < 60; v += 1) {
      const half = df / 2 + v;
      density += weight * Math.exp((half - 1) * Math.log(y) - y / 2 - half * Math.LN2 - logGamma(half));
      weight *= lambda2 / 2 / (v + 1);
    }
    const t = critical * Math.sqrt(y / df);
    sum += density * 2 * s * h * (normalTail(t - lambda1) + normalTail(t + lambda1));
  }
  return sum;
}

/** For half-integers, by the recurrence. */
function logGamma(x: number): number {
  let log = x % 1 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let own = x % 1 === 0 ? 1 : 0.5; own < x; own += 1) log += Math.log(own);
  return log;
}

/** P(Z > x) by Simpson's rule from x to x + 12 (below 0: one minus). */
function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  const steps = 300;
  const h = 9 / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i += 1) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(-((x + i * h) ** 2) / 2);
  }
  return (sum * h) / 3 / Math.sqrt(2 * Math.PI);
}

describe("the doubly noncentral t", () => {
  it("has the critical values of the tables", () => {
    expect(new DoublyNoncentralT(2, 0.05).critical).toBeCloseTo(4.30265272974946, 11);
    expect(new DoublyNoncentralT(10, 0.05).critical).toBeCloseTo(2.228138851986275, 12);
    expect(new DoublyNoncentralT(1, 0.05).critical).toBeCloseTo(12.7062047361747, 10);
    expect(new DoublyNoncentralT(98, 0.01).critical).toBeCloseTo(2.626931, 5);
  });

  it.each([1, 2, 7, 98, 998])("is the level without any shift, df %i", (df) => {
    expect(new DoublyNoncentralT(df, 0.05).rejection(0, 0)).toBeCloseTo(0.05, 12);
  });

  // The same double sum by mpmath with 30 digits, rounded to doubles (Python): betainc(1/2 + j, df/2 + v, 0, x, regularized=True).
  it.each([
    [2, 0.5, 0.25, 0.05488350547411915],
    [7, 1.5, 0.7, 0.2280395968413339],
    [10, 3, 4, 0.6453695333762084],
  ])("agrees with 30 digits and with an integral: df %i, %f, %f", (df, lambda1, lambda2, expected) => {
    const t = new DoublyNoncentralT(df, 0.05);
    expect(t.rejection(lambda1, lambda2)).toBeCloseTo(expected, 13);
    expect(byIntegration(df, t.critical, lambda1, lambda2)).toBeCloseTo(expected, 6);
  });

  it("counts the whole series where a cut one would be wrong", () => {
    // A numerator shift of 20 with a denominator of noncentrality 300: the Poisson mean is 150, far from the first terms.
    const value = new DoublyNoncentralT(20, 0.05).rejection(20, 300);
    expect(value).toBeGreaterThan(0.9);
    expect(value).toBeLessThan(1);
  });
});

describe("sequences of four, eta 1/2, convergence", () => {
  const model = { selection: { eta: 0.5 } };
  it.each([
    ["ABAB", [0, 1, 0, 1], 0.061507856557],
    ["AABB", [0, 0, 1, 1], 0.049927880485],
    // Hand, docs/assessment.md: expectations 0, -1/2, 0, +1/2, so lambda1 = 1/2 and lambda2 = 1/4.
    ["ABBA", [0, 1, 1, 0], 0.054883505474],
  ])("%s", (_, arms, expected) => {
    expect(Math.abs(sequenceRejection(arms, model) - expected)).toBeLessThan(2e-12);
  });

  it("divergence is convergence with the other sign", () => {
    const other = { selection: { eta: 0.5, strategy: "divergence" as const } };
    expect(sequenceRejection([0, 0, 1, 0, 1], other)).toBeCloseTo(
      sequenceRejection([0, 0, 1, 0, 1], { selection: { eta: -0.5 } }),
      14,
    );
  });

  it("an empty arm never rejects", () => {
    expect(sequenceRejection([0, 0, 0, 0], { effect: 3 })).toBe(0);
  });
});

describe("designs", () => {
  const ratio = [1, 1];
  it("power of a balanced trial is that of the textbook: n = 64 an arm, effect 1/2", () => {
    const chain = compile(permutedBlock({ ratio, sizes: [4] }), { ratio, rows: 128 });
    const { rejection, method } = testMeasure(chain, { effect: 0.5 });
    // Cohen 1988, table 2.3.5: 64 an arm have power 0.80 at d = 0.50 (R: power.t.test gives 0.8014596).
    expect([method, rejection.value.toFixed(6)]).toEqual(["exact", "0.801460"]);
  });

  it("simulated sequences with exact conditional power agree with exact ones", () => {
    const chain = compile(efron({ ratio, probability: "2/3" }), { ratio, rows: 12 });
    const model = { selection: { eta: 1 }, trend: { kind: "linear" as const, theta: 1 } };
    const exact = testMeasure(chain, model);
    expect(exact.method).toBe("exact");
    const long = compile(complete({ ratio }), { ratio, rows: 60 });
    const both = { selection: { eta: 0.5 }, trend: { kind: "log" as const, theta: 1 } };
    const simulated = testMeasure(long, both, { seed: "t", trials: 400 });
    expect(simulated.method).toBe("simulated");
    expect(simulated.rejection.standardError).toBeGreaterThan(0);
    // Complete randomization is not open to selection: convergence guesses are right half the time, and the shift
    // only adds variance. The type I error stays near the level.
    expect(Math.abs(simulated.rejection.value - 0.05)).toBeLessThan(0.01);
  });

  it.each<[string, () => unknown, string]>([
    [
      "three arms",
      () => testMeasure(compile(complete({ ratio: [1, 1, 1] }), { ratio: [1, 1, 1], rows: 9 }), {}),
      "assessment.measure_undefined",
    ],
    ["two rows", () => sequenceRejection([0, 1], {}), "assessment.measure_undefined"],
    [
      "a trend of unknown kind",
      () => sequenceRejection([0, 1, 0], { trend: { kind: "wave", theta: 1 } as never }),
      "assessment.trend_unknown",
    ],
    [
      "an unknown strategy",
      () => sequenceRejection([0, 1, 0], { selection: { eta: 1, strategy: "luck" as never } }),
      "assessment.strategy_unknown",
    ],
    ["a size that is not finite", () => sequenceRejection([0, 1, 0], { effect: Infinity }), "assessment.model_invalid"],
    ["a level of 0", () => sequenceRejection([0, 1, 0], { alpha: 0 }), "assessment.model_invalid"],
    ["another arm", () => sequenceRejection([0, 1, 2], {}), "assessment.sequence_invalid"],
  ])("refuse %s", (_, act, code) => {
    expect(issueOf(act).code).toBe(code);
  });
});

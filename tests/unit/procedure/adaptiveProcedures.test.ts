import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustableBiasedCoin } from "../../../src/procedure/adjustableBiasedCoin.js";
import { bayesianBiasedCoin } from "../../../src/procedure/bayesianBiasedCoin.js";
import { doublyAdaptive } from "../../../src/procedure/doublyAdaptive.js";
import { generalizedBiasedCoin } from "../../../src/procedure/generalizedBiasedCoin.js";
import { maximumEntropy } from "../../../src/procedure/maximumEntropy.js";
import { minimumQuadraticDistance } from "../../../src/procedure/minimumQuadraticDistance.js";
import type { Balls, Urn } from "../../../src/procedure/urn.js";
import { issueOf } from "../../support/issueOf.js";

const ratio = [1, 1];

function shares(balls: readonly Balls[]): number[] {
  const total = balls.reduce((sum: number, count) => sum + Number(count), 0);
  return balls.map((count) => Number(count) / total);
}

function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}

/** Within the bound of the scaling, and some rounding of the doubles that the rule is written in here. */
function expectShares(balls: readonly Balls[], weights: readonly number[]): void {
  const expected = normalised(weights);
  shares(balls).forEach((share, k) => {
    expect(Math.abs(share - expected[k]!)).toBeLessThan(balls.length * 2 ** -31 + 1e-12);
  });
}

describe("biased coins against their formulas", () => {
  const counts = fc.integer({ min: 1, max: 200 });
  const hundredths = fc.integer({ min: 1, max: 400 });

  it("ABCD(a): abs(D)^a against 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), hundredths, (D, a) => {
        const urn = adjustableBiasedCoin({ ratio, steepness: `${a}/100` });
        expectShares(urn.balls(D, undefined), [1, D ** (a / 100)]);
        expect(urn.balls(-D, undefined)).toEqual([...urn.balls(D, undefined)].reverse());
      }),
      { numRuns: 50 },
    );
    const urn = adjustableBiasedCoin({ ratio, steepness: 2 });
    expect([-1, 0, 1].map((D) => urn.balls(D, undefined))).toEqual([ratio, ratio, ratio]);
    expect([urn.after(0, 0, undefined), urn.after(0, 1, undefined)]).toEqual([1, -1]);
  });

  it("GBC(r): N_B^r against N_A^r", () => {
    fc.assert(
      fc.property(counts, counts, hundredths, (a, b, r) => {
        const urn = generalizedBiasedCoin({ ratio, exponent: `${r}/100` });
        expectShares(urn.balls([a, b], undefined), [b ** (r / 100), a ** (r / 100)]);
      }),
      { numRuns: 50 },
    );
    expect(generalizedBiasedCoin({ ratio, exponent: "1/2" }).balls([1, 0], undefined)).toEqual([0, 1]);
    expect(generalizedBiasedCoin({ ratio, exponent: 0 }).balls([1, 0], undefined)).toEqual([1, 1]);
  });

  it("BBCD(g): (1 + N_B/(n N_A))^(1/g) against its mirror", () => {
    fc.assert(
      fc.property(counts, counts, fc.integer({ min: 10, max: 300 }), (a, b, g) => {
        const urn = bayesianBiasedCoin({ ratio, gamma: `${g}/100` });
        const f = (own: number, other: number): number => (1 + other / ((a + b) * own)) ** (100 / g);
        expectShares(urn.balls([a, b], undefined), [f(a, b), f(b, a)]);
      }),
      { numRuns: 50 },
    );
    const urn = bayesianBiasedCoin({ ratio, gamma: "0.3" });
    expect(urn.balls([0, 0], undefined)).toEqual([1, 1]);
    expect(urn.balls([1, 0], undefined)).toEqual([0, 1]);
    expect(urn.balls([0, 1], undefined)).toEqual([1, 0]);
  });

  it("DBCD(g): w_k until all arms have somebody, then rho_k (rho_k n / N_k)^g", () => {
    fc.assert(
      fc.property(fc.tuple(counts, counts, counts), hundredths, (N, g) => {
        const urn = doublyAdaptive({ ratio: [4, 2, 6], gamma: `${g}/100` });
        const w = [2, 1, 3];
        expectShares(
          urn.balls(N, undefined),
          w.map((x, k) => x * (x / N[k]!) ** (g / 100)),
        );
      }),
      { numRuns: 50 },
    );
    expect(doublyAdaptive({ ratio: [2, 1], gamma: 5 }).balls([3, 0], undefined)).toEqual([2, 1]);
    expect(doublyAdaptive({ ratio: [2, 1], gamma: "0.5" }).balls([20, 10], undefined)).toEqual([2, 1]);
    expect(doublyAdaptive({ ratio: [2, 1], gamma: 2 }).balls([1, 1], undefined)).toEqual([8, 1]);
  });
});

/** B_k, C and rho as the reference writes them, in doubles. */
function constraint(
  w: readonly number[],
  N: readonly number[],
  eta: number,
): { B: number[]; C: number; rho: number[] } {
  const rho = normalised(w);
  const n = N.reduce((a, b) => a + b, 0);
  const B = w.map((_, k) =>
    Math.max(...rho.map((share, i) => Math.abs((N[i]! + (i === k ? 1 : 0)) / (n + 1) - share))),
  );
  const mean = B.reduce((sum, b, k) => sum + b * rho[k]!, 0);
  return { B, C: eta * Math.min(...B) + (1 - eta) * mean, rho };
}

const ratios = fc.constantFrom([1, 1, 1], [2, 1], [2, 2, 1], [4, 3, 2, 1], [5, 1, 1], [7, 3, 2]);
const etas = fc.integer({ min: 1, max: 99 });
const seen = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 4, maxLength: 4 });
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe("maximum entropy and minimum quadratic distance", () => {
  it("trap 16: p meets the constraint sum p B = C, and has the exponential form (damped Newton was off by 0.038)", () => {
    fc.assert(
      fc.property(ratios, seen, etas, (w, counts, percent) => {
        const N = counts.slice(0, w.length);
        const p = shares(maximumEntropy({ ratio: w, eta: `${percent}/100` }).balls(N, undefined));
        const { B, C, rho } = constraint(w, N, percent / 100);
        expect(Math.abs(dot(p, B) - C)).toBeLessThan(1e-8);
        // log(p / rho) is a falling straight line in B
        const near = B.indexOf(Math.min(...B));
        const far = B.indexOf(Math.max(...B));
        if (B[far]! - B[near]! < 1e-9) {
          p.forEach((share, k) => {
            expect(share).toBeCloseTo(rho[k]!, 12);
          });
          return;
        }
        const mu = Math.log(p[near]! / rho[near]! / (p[far]! / rho[far]!)) / (B[far]! - B[near]!);
        expect(mu).toBeGreaterThan(0);
        p.forEach((share, k) => {
          const expected = (p[near]! * rho[k]! * Math.exp(-mu * (B[k]! - B[near]!))) / rho[near]!;
          expect(Math.abs(share - expected)).toBeLessThan(1e-6);
        });
      }),
    );
  });

  it("trap 16: MinQD is the minimiser also where an arm is clipped at 0 (a published one is off by up to 0.67)", () => {
    let clipped = 0;
    fc.assert(
      fc.property(ratios, seen, etas, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (...c) => {
        const [w, counts, percent, noise] = c;
        const N = counts.slice(0, w.length);
        const p = shares(minimumQuadraticDistance({ ratio: w, eta: `${percent}/100` }).balls(N, undefined));
        const { B, C, rho } = constraint(w, N, percent / 100);
        expect(dot(p, B)).toBeLessThan(C + 1e-12);
        if (p.includes(0)) clipped += 1;
        // A strictly convex problem: p is the minimiser exactly if no feasible direction leads downhill.
        const best = normalised(B.map((b) => (b - Math.min(...B) < 1e-12 ? 1 : 0)));
        for (let i = 0; i < 20; i += 1) {
          let q = normalised(rho.map(() => noise.next().value as number).map((x) => x + 1e-9));
          const excess = dot(q, B) - C;
          if (excess > 0) {
            const t = excess / (dot(q, B) - dot(best, B)); // mixed with the nearest arms until it is feasible
            q = q.map((x, k) => (1 - t) * x + t * best[k]!);
          }
          const slope = p.reduce((sum, x, k) => sum + (x - rho[k]!) * (q[k]! - x), 0);
          expect(slope).toBeGreaterThan(-1e-9);
        }
      }),
      { numRuns: 300 },
    );
    expect(clipped).toBeGreaterThan(5);
  });

  it.each([
    ["MaxEnt", maximumEntropy],
    ["MinQD", minimumQuadraticDistance],
  ])("%s: eta 0 is complete randomization, eta 1 takes nearest arms only, compared exactly", (_, make) => {
    const w = [2, 2, 1];
    expect(make({ ratio: w, eta: 0 }).balls([5, 0, 0], undefined)).toEqual([2, 2, 1]);
    const nearest = make({ ratio: w, eta: 1 });
    expect(nearest.balls([1, 0, 0], undefined)).toEqual([0, 1, 0]);
    expect(nearest.balls([0, 0, 0], undefined)).toEqual([1, 1, 0]);
    expect(nearest.balls([1, 1, 0], undefined)).toEqual([0, 0, 1]);
  });

  it.each([
    ["MaxEnt", maximumEntropy],
    ["MinQD", minimumQuadraticDistance],
  ])("%s: complete ratio sets change nothing and are left out of the state", (_, make) => {
    const urn = make({ ratio: [2, 2, 1], eta: "0.4" });
    expect(urn.balls([5, 4, 3], undefined)).toEqual(urn.balls([9, 8, 5], undefined));
    const done = [0, 1, 2, 0, 1].reduce<readonly number[]>((state, arm) => urn.after(state, arm, undefined), urn.start);
    expect(done).toEqual(urn.start);
  });

  it("agrees with a fraction worked by hand: 2:1, one in A, eta 1/2", () => {
    // d: A |3 x 2 - 2 x 2| = 2, B |3 x 1 - 2 x 2| = 1; C halfway between rho and B alone: p_A = 1/3
    expect(maximumEntropy({ ratio: [2, 1], eta: "1/2" }).balls([1, 0], undefined)).toEqual([1, 2]);
    expect(minimumQuadraticDistance({ ratio: [2, 1], eta: "1/2" }).balls([1, 0], undefined)).toEqual([1, 2]);
  });
});

describe("options", () => {
  const made: readonly (readonly [string, (options: object) => Urn<never>, object])[] = [
    ["ABCD", (o) => adjustableBiasedCoin(o as never) as Urn<never>, { ratio, steepness: 1 }],
    ["GBC", (o) => generalizedBiasedCoin(o as never) as Urn<never>, { ratio, exponent: 1 }],
    ["BBCD", (o) => bayesianBiasedCoin(o as never) as Urn<never>, { ratio, gamma: 1 }],
    ["DBCD", (o) => doublyAdaptive(o as never) as Urn<never>, { ratio, gamma: 1 }],
    ["MaxEnt", (o) => maximumEntropy(o as never) as Urn<never>, { ratio, eta: 1 }],
    ["MinQD", (o) => minimumQuadraticDistance(o as never) as Urn<never>, { ratio, eta: 1 }],
  ];

  it.each(made)("%s refuses what it does not have", (name, make, good) => {
    const [parameter] = Object.keys(good).filter((key) => key !== "ratio") as [string];
    const codeOf = (change: object): string => issueOf(() => make({ ...good, ...change })).code;
    expect(make(good).arms).toBe(2);
    expect(codeOf({ more: 1 })).toBe("procedure.option_unknown");
    expect(codeOf({ ratio: [1] })).toBe("procedure.ratio_invalid");
    expect(codeOf({ [parameter]: 0.5 })).toBe("procedure.rational_invalid");
    expect(codeOf({ [parameter]: -1 })).toBe("procedure.rational_invalid");
    expect(codeOf({ [parameter]: undefined })).toBe("procedure.rational_invalid");
    expect(codeOf({ [parameter]: 1001 })).toBe("procedure.parameter_out_of_range");
    expect(codeOf({ [parameter]: "0.12345" })).toBe("procedure.parameter_out_of_range");
    if (["ABCD", "GBC", "BBCD"].includes(name)) {
      expect(codeOf({ ratio: [2, 1] })).toBe("procedure.ratio_unsupported");
      expect(codeOf({ ratio: [1, 1, 1] })).toBe("procedure.ratio_unsupported");
      expect(make({ ...good, ratio: [3, 3] }).arms).toBe(2);
    }
  });

  it("names the limits of two procedures", () => {
    expect(issueOf(() => maximumEntropy({ ratio: [997, 991], eta: "1/2" })).code).toBe("procedure.ratio_unsupported");
    expect(issueOf(() => minimumQuadraticDistance({ ratio: Array(13).fill(1) as number[], eta: 1 })).code).toBe(
      "procedure.arms_unsupported",
    );
    expect(issueOf(() => bayesianBiasedCoin({ ratio, gamma: 0 })).code).toBe("procedure.parameter_out_of_range");
  });
});

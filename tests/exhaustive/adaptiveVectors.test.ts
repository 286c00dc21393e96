import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { adjustableBiasedCoin } from "../../src/procedure/adjustableBiasedCoin.js";
import { bayesianBiasedCoin } from "../../src/procedure/bayesianBiasedCoin.js";
import { doublyAdaptive } from "../../src/procedure/doublyAdaptive.js";
import { enumerateSequences } from "../../src/procedure/enumerateSequences.js";
import { generalizedBiasedCoin } from "../../src/procedure/generalizedBiasedCoin.js";
import { maximumEntropy } from "../../src/procedure/maximumEntropy.js";
import { minimumQuadraticDistance } from "../../src/procedure/minimumQuadraticDistance.js";
import { ratioPreservation } from "../../src/procedure/ratioPreservation.js";
import { sequenceProbability } from "../../src/procedure/sequenceProbability.js";
import type { Urn } from "../../src/procedure/urn.js";
import { fractions, twoArmMeasures } from "../support/twoArmMeasures.js";
import { fractionText, lowest, ONE, plus, toNumber, ZERO } from "../../src/quantity/index.js";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8"));

const ratio = [1, 1];
const MADE: Readonly<Record<string, (parameter: string) => Urn<unknown>>> = {
  ABCD: (steepness) => adjustableBiasedCoin({ ratio, steepness }),
  GBC: (exponent) => generalizedBiasedCoin({ ratio, exponent }),
  BBCD: (gamma) => bayesianBiasedCoin({ ratio, gamma }),
};

interface Enumerated {
  readonly procedure: string;
  readonly parameter: string;
  readonly N: number;
  readonly sequences: readonly string[];
  readonly probability: readonly string[];
  readonly probabilityExact: readonly string[];
}

interface Measured {
  readonly procedure: string;
  readonly parameter: string;
  readonly N: number;
  readonly meanEntropyNats: string;
  readonly exact: Readonly<Record<string, string>>;
  readonly finalImbalanceDistribution: Readonly<Record<string, string>>;
}

// The parameters of both files are whole exponents: every probability must be the same fraction.
describe("randomizer-exact.json: ABCD, GBC, BBCD", { tags: ["LIST-007"] }, () => {
  const cases = (read("randomizer-exact") as { cases: readonly Enumerated[] }).cases.filter((c) => c.procedure in MADE);

  it("has one case of each", () => {
    expect(cases.map((c) => c.procedure).sort()).toEqual(["ABCD", "BBCD", "GBC"]);
  });

  it.each(cases)("$procedure($parameter), N = $N: every sequence and no other", (golden) => {
    const urn = MADE[golden.procedure]!(golden.parameter);
    const found = new Map(
      enumerateSequences(urn, golden.N).map(({ arms, probability }) => [
        arms.map((arm) => "AB".charAt(arm)).join(""),
        probability,
      ]),
    );
    expect([...found.keys()].sort()).toEqual([...golden.sequences].sort());
    golden.sequences.forEach((sequence, i) => {
      expect(fractionText(found.get(sequence)!)).toBe(golden.probabilityExact[i]);
      expect(toNumber(found.get(sequence)!)).toBeCloseTo(Number(golden.probability[i]), 12);
    });
  });
});

describe("exact-dp.json: ABCD, GBC", { tags: ["LIST-007"] }, () => {
  const cases = (read("exact-dp") as { cases: readonly Measured[] }).cases.filter((c) => c.procedure in MADE);

  it("has two cases", () => {
    expect(cases).toHaveLength(2);
  });

  it.each(cases)("$procedure($parameter), N = $N", (golden) => {
    const measures = twoArmMeasures(MADE[golden.procedure]!(golden.parameter), golden.N, fractions);
    for (const [name, expected] of Object.entries(golden.exact)) {
      expect([name, fractionText(measures[name as "loss"])]).toEqual([name, expected]);
    }
    expect(Math.abs(measures.meanEntropyNats - Number(golden.meanEntropyNats))).toBeLessThan(1e-12);
    for (const [D, expected] of Object.entries(golden.finalImbalanceDistribution)) {
      expect(toNumber(measures.finalImbalanceDistribution.get(Number(D))!)).toBeCloseTo(Number(expected), 12);
    }
  });
});

const EVERY: readonly (readonly [string, Urn<unknown>, rows: number])[] = (
  [
    ["ABCD(0.5)", adjustableBiasedCoin({ ratio, steepness: "0.5" }), 9],
    ["ABCD(0)", adjustableBiasedCoin({ ratio, steepness: 0 }), 6],
    ["GBC(0) is CR", generalizedBiasedCoin({ ratio, exponent: 0 }), 6],
    ["GBC(1.5)", generalizedBiasedCoin({ ratio, exponent: "1.5" }), 9],
    ["BBCD(0.3)", bayesianBiasedCoin({ ratio, gamma: "0.3" }), 9],
    ["DBCD(2.5) 2:1", doublyAdaptive({ ratio: [2, 1], gamma: "2.5" }), 8],
    ["DBCD(1/3) 3:2:1", doublyAdaptive({ ratio: [3, 2, 1], gamma: "1/3" }), 6],
    ["MaxEnt(0.3) 2:2:1", maximumEntropy({ ratio: [2, 2, 1], eta: "0.3" }), 6],
    ["MaxEnt(0.9) 4:3:2:1", maximumEntropy({ ratio: [4, 3, 2, 1], eta: "0.9" }), 5],
    ["MaxEnt(1) 3:1", maximumEntropy({ ratio: [3, 1], eta: 1 }), 8],
    ["MinQD(0.7) 4:3:2:1", minimumQuadraticDistance({ ratio: [4, 3, 2, 1], eta: "0.7" }), 5],
    ["MinQD(1) 2:2:1", minimumQuadraticDistance({ ratio: [2, 2, 1], eta: 1 }), 6],
  ] as const
).map(([name, urn, rows]) => [name, urn as Urn<unknown>, rows] as const);

describe(
  "one definition for generation and probability (a published tool's GBC with r = 0 summed to 0.5)",
  { tags: ["LIST-007"] },
  () => {
    it.each(EVERY)("%s: all sequences total exactly 1", (_, urn, rows) => {
      const all = enumerateSequences(urn, rows);
      expect(all.reduce((sum, { probability }) => lowest(plus(sum, probability)), ZERO)).toEqual(ONE);
      const some = all[Math.floor(all.length / 3)]!;
      expect(sequenceProbability(urn, some.arms)).toEqual(some.probability);
    });

    it.each(EVERY)(
      "%s: the balls of short lists are numbers whose sum is below 2^32, so that a draw takes one word",
      (...c) => {
        const [, urn, rows] = c;
        for (const { arms } of enumerateSequences(urn, Math.min(rows, 5))) {
          let state = urn.start;
          for (const arm of arms) {
            const balls = urn.balls(state, undefined);
            expect(balls.every((count) => typeof count === "number" && Number.isInteger(count) && count >= 0)).toBe(
              true,
            );
            expect(balls.map(Number).reduce((a, b) => a + b)).toBeLessThan(2 ** 32);
            state = urn.after(state, arm, undefined);
          }
        }
      },
    );
  },
);

describe("ratio preservation over 12 rows", { tags: ["LIST-007"] }, () => {
  const worst = (urn: Urn<unknown>, w: readonly number[]): number =>
    toNumber(ratioPreservation(urn, w, 12).largestDeviation);

  it("holds exactly at equal ratio, by symmetry, for irrational weights too", () => {
    const kept = [
      adjustableBiasedCoin({ ratio, steepness: "0.5" }),
      generalizedBiasedCoin({ ratio, exponent: "1.5" }),
      bayesianBiasedCoin({ ratio, gamma: "0.3" }),
      doublyAdaptive({ ratio, gamma: "2.5" }),
      maximumEntropy({ ratio, eta: "0.3" }),
      minimumQuadraticDistance({ ratio, eta: "0.3" }),
    ];
    for (const urn of kept) expect(worst(urn as Urn<unknown>, ratio)).toBe(0);
    const three = [1, 1, 1];
    expect(toNumber(ratioPreservation(maximumEntropy({ ratio: three, eta: "1/2" }), three, 7).largestDeviation)).toBe(
      0,
    );
  });

  it("fails at 2:1 by as much as is documented", () => {
    const two = [2, 1];
    expect(worst(doublyAdaptive({ ratio: two, gamma: 5 }) as Urn<unknown>, two)).toBeCloseTo(0.141, 3);
    expect(worst(maximumEntropy({ ratio: two, eta: "1/2" }) as Urn<unknown>, two)).toBeCloseTo(0.25, 10);
    // With two arms both minimise the same distance under the same constraint, which leaves one p.
    expect(worst(minimumQuadraticDistance({ ratio: two, eta: "1/2" }) as Urn<unknown>, two)).toBeCloseTo(0.25, 10);
  });
});

/*
 * Double programming: the balls of dynamic allocation against a second program that was written from
 * docs/procedures-adaptive.md alone, and the figures that page gives to compare.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as allocell from "../../src/procedure/index.js";
import {
  walkOf,
  text,
  whole,
  ratios,
  equalRatios,
  fractions,
  ZERO,
  HALF,
  ONE,
  coins,
  TWO,
  type Walk,
} from "./list/compareUrns.js";
import * as adaptive from "./list/secondAdaptive.js";
import * as dynamic from "./list/secondDynamic.js";
import { fraction } from "./list/wholeNumbers.js";

interface DynamicCase {
  readonly name: string;
  readonly factors: readonly dynamic.Factor[];
  readonly arms: number;
  readonly walk: () => Walk;
  readonly ours: dynamic.SecondDynamic;
}

function dynamicCase<State>(
  name: string,
  factors: readonly dynamic.Factor[],
  arms: number,
  theirs: allocell.Urn<State, readonly number[]>,
  ours: dynamic.SecondDynamic,
): DynamicCase {
  return { name, factors, arms, walk: () => walkOf(theirs, (profile) => profile), ours };
}

/** Every arm may follow, with balls or without, because in a trial an arm may be forced or mistaken. */
function expectSameDynamic(each: DynamicCase, steps: readonly (readonly [number, readonly number[]])[]): void {
  const past: dynamic.Past[] = [];
  const theirs = each.walk();
  for (const [free, freeLevels] of steps) {
    const profile = each.factors.map(({ levels }, factor) => freeLevels[factor]! % levels);
    const balls = theirs.balls(profile);
    const wanted = each.ours(past, profile);
    expect({ name: each.name, past, profile, balls }).toEqual({ name: each.name, past, profile, balls: wanted });
    const arm = free % each.arms;
    theirs.take(arm, profile);
    past.push({ arm, profile });
  }
}

const factorLists = (most = 3): fc.Arbitrary<dynamic.Factor[]> =>
  fc.array(fc.record({ levels: whole(2, 3), weight: whole(1, 4) }), { minLength: 1, maxLength: most });

const measures = fc.constantFrom("range" as const, "variance" as const, "sd" as const);

/** All laws at equal ratio, and the fixed one with ties by lot at any. */
const minimizations: fc.Arbitrary<DynamicCase> = fc
  .record({ equal: equalRatios, any: ratios(4), kind: fc.constantFrom("fixed", "share", "rank", "proportional") })
  .chain(({ equal, any, kind }) => {
    const k = BigInt(equal.length);
    const smallest = fraction(BigInt(Math.min(...any)), BigInt(any.reduce((sum, weight) => sum + weight)));
    const laws: Readonly<Record<typeof kind, fc.Arbitrary<dynamic.Law>>> = {
      fixed: fractions(smallest, ONE).map((probability) => ({ kind: "fixed", probability, ties: "lot" })),
      share: fractions(fraction(k - 1n, k), ONE).map((probability) => ({ kind: "fixed", probability, ties: "share" })),
      rank: fractions(fraction(1n, k), fraction(2n, k - 1n)).map((q) => ({ kind: "rank", q })),
      proportional: fractions(ZERO, ONE).map((t) => ({ kind: "proportional", t })),
    };
    return fc.record({ ratio: fc.constant(kind === "fixed" ? any : equal), law: laws[kind] });
  })
  .chain(({ ratio, law }) =>
    fc
      .record({ factors: factorLists(), measure: measures })
      .map(({ factors, measure }) =>
        dynamicCase(
          `${measure}, ${ratio.join(":")}, ${JSON.stringify(factors)}, ${JSON.stringify(theirLaw(law))}`,
          factors,
          ratio.length,
          allocell.minimization({ ratio, factors, measure, law: theirLaw(law) }),
          dynamic.minimization({ ratio, factors, measure, law }),
        ),
      ),
  );

type TheirLaw = Parameters<typeof allocell.minimization>[0]["law"];

function theirLaw(law: dynamic.Law): TheirLaw {
  switch (law.kind) {
    case "fixed":
      return { kind: "fixed", probability: text(law.probability), ties: law.ties };
    case "rank":
      return { kind: "rank", q: text(law.q) };
    case "proportional":
      return { kind: "proportional", t: text(law.t) };
  }
}

const huHus: fc.Arbitrary<DynamicCase> = fc
  .record({ factors: factorLists(), overallWeight: whole(0, 4), stratumWeight: whole(0, 4), probability: coins })
  .map(({ probability, ...rest }) =>
    dynamicCase(
      `huHu ${JSON.stringify(rest)} ${text(probability)}`,
      rest.factors,
      2,
      allocell.huHu({ ratio: TWO, ...rest, probability: text(probability) }),
      dynamic.huHu({ ...rest, probability }),
    ),
  );

const atkinsons: fc.Arbitrary<DynamicCase> = factorLists().map((factors) => {
  const levels = factors.map((factor) => ({ levels: factor.levels }));
  return dynamicCase(
    `atkinson ${JSON.stringify(levels)}`,
    factors,
    2,
    allocell.atkinson({ ratio: TWO, factors: levels }),
    dynamic.atkinson(levels),
  );
});

describe("balls by covariates, programmed twice", { tags: ["DYN-001", "DYN-002"] }, () => {
  const steps = fc.array(fc.tuple(fc.nat(), fc.array(fc.nat(), { minLength: 3, maxLength: 3 })), {
    minLength: 1,
    maxLength: 14,
  });
  it.each([
    ["minimization", minimizations, 300],
    ["huHu", huHus, 100],
    ["atkinson", atkinsons, 100],
  ] as const)("%s", (_, cases, numRuns) => {
    fc.assert(fc.property(cases, steps, expectSameDynamic), { numRuns });
  });
});

describe("the figures to compare in docs/procedures-adaptive.md", { tags: ["DYN-001", "DYN-002"] }, () => {
  const past = (...counts: number[]): number[] => counts.flatMap((count, arm) => Array<number>(count).fill(arm));
  const fourArms = [4, 3, 2, 1];

  it("has the balls of the coins, of DBCD, MaxEnt and MinQD", () => {
    expect(adaptive.generalizedBiasedCoin(HALF)(past(1, 2))).toEqual([1257966796n, 889516851n]);
    expect(adaptive.doublyAdaptive([2, 1], HALF)(past(1, 1))).toEqual([1586552597n, 560931050n]);
    const entropy = adaptive.maximumEntropy(fourArms, HALF);
    expect(entropy(past(1, 0, 0, 0))).toEqual([321043087n, 1137584002n, 514401817n, 174454741n]);
    expect(entropy(past(1, 1, 0, 0))).toEqual([614041884n, 171184636n, 1148754693n, 213502433n]);
    expect(adaptive.minimumQuadraticDistance(fourArms, HALF)(past(1, 1, 0, 0))).toEqual([18n, 1n, 24n, 7n]);
  });

  it("has the minimization that is worked by hand", () => {
    const factors = [
      { levels: 2, weight: 1 },
      { levels: 3, weight: 1 },
    ];
    const law: dynamic.Law = { kind: "fixed", probability: fraction(4n, 5n), ties: "lot" };
    const people = (profile: number[], ...counts: number[]): dynamic.Past[] =>
      past(...counts).map((arm) => ({ arm, profile }));
    // Ten women, and five of the youngest group: one of them is in both, so that the men are four.
    const soFar = [...people([0, 0], 1, 0, 0), ...people([0, 1], 3, 3, 3), ...people([1, 0], 0, 2, 2)];
    const balls = dynamic.minimization({ ratio: [1, 1, 1], factors, measure: "range", law });
    expect(balls(soFar, [0, 0])).toEqual([8n, 1n, 1n]);
  });

  it("has the D-optimal example", () => {
    const balls = dynamic.atkinson([{ levels: 2 }]);
    const soFar = [0, 0, 1, 1].map((arm, row) => ({ arm, profile: [row < 3 ? 0 : 1] }));
    expect(balls(soFar, [0])).toEqual([1n, 4n]);
    expect(balls(soFar, [1])).toEqual([1n, 0n]);
  });
});

/*
 * Double programming: the balls of every procedure against a second program that was written from docs/procedures.md
 * and docs/procedures-adaptive.md alone, as functions of the history. The package's urns are walked through their
 * states; where an urn has no hidden balls, not only the proportions but the numbers of balls have to be the same,
 * because a list depends on them.
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
  ONE,
  exponents,
  coins,
  ratioSum,
  TWO,
  type Walk,
} from "./list/compareUrns.js";
import * as adaptive from "./list/secondAdaptive.js";
import * as urns from "./list/secondUrns.js";
import { fraction, plus, type Fraction } from "./list/wholeNumbers.js";

interface Pair {
  readonly name: string;
  readonly walk: () => Walk;
  readonly ours: urns.SecondUrn;
}

function pair<State>(name: string, theirs: allocell.Urn<State>, ours: urns.SecondUrn): Pair {
  return { name, walk: () => walkOf<State, undefined>(theirs, () => undefined), ours };
}

/** The arm among those with balls that a free number points to. */
function pick(balls: readonly bigint[], free: number): number | undefined {
  const open = balls.flatMap((count, arm) => (count > 0n ? [arm] : []));
  return open[free % open.length];
}

function expectSameBalls({ name, walk, ours }: Pair, picks: readonly number[]): void {
  const history: number[] = [];
  const theirs = walk();
  for (const free of picks) {
    const balls = theirs.balls([]);
    const wanted = ours(history);
    expect({ name, history, balls }).toEqual({ name, history, balls: wanted });
    const arm = pick(wanted, free);
    if (arm === undefined) return;
    theirs.take(arm, []);
    history.push(arm);
  }
}

const families: Readonly<Record<string, fc.Arbitrary<Pair>>> = {
  complete: ratios().map((ratio) => pair("complete", allocell.complete({ ratio }), urns.complete(ratio))),
  randomAllocationRule: fc
    .array(whole(1, 9), { minLength: 2, maxLength: 5 })
    .map((totals) => pair("rar", allocell.randomAllocationRule({ totals }), urns.randomAllocationRule(totals))),
  "truncatedBinomial, totals": ratios().chain((ratio) =>
    fc
      .array(whole(1, 8), { minLength: ratio.length, maxLength: ratio.length })
      .map((totals) =>
        pair("totals", allocell.truncatedBinomial({ ratio, totals }), urns.truncatedBinomial(ratio, totals)),
      ),
  ),
  "truncatedBinomial, size": fc.tuple(ratios(), whole(1, 3)).map(([ratio, sets]) => {
    const size = sets * ratioSum(ratio);
    return pair("size", allocell.truncatedBinomial({ ratio, size }), urns.truncatedBinomialBlocks(ratio, size));
  }),
  orderedBlocks: fc.tuple(ratios(4), fc.array(whole(1, 3), { minLength: 1, maxLength: 4 })).map(([ratio, sets]) => {
    const sizes = sets.map((n) => n * ratioSum(ratio));
    return pair("order", allocell.orderedBlocks({ ratio, sizes }), urns.orderedBlocks(ratio, sizes));
  }),
  maximal: fc
    .tuple(fc.array(whole(1, 3), { minLength: 2, maxLength: 3 }), whole(1, 3), whole(2, 5))
    .map(([ratio, sets, tolerance]) => {
      const rows = sets * ratioSum(ratio);
      return pair(
        `maximal ${ratio.join(":")}, ${rows} rows, b = ${tolerance}`,
        allocell.maximal({ ratio, rows, tolerance }),
        urns.maximal(ratio, rows, tolerance),
      );
    }),
  bigStick: whole(1, 6).map((tolerance) =>
    pair("bigStick", allocell.bigStick({ ratio: TWO, tolerance }), urns.bigStick(tolerance)),
  ),
  efron: coins.map((q) => pair("efron", allocell.efron({ ratio: TWO, probability: text(q) }), urns.efron(q))),
  chen: fc
    .tuple(coins, whole(1, 6))
    .map(([q, tolerance]) =>
      pair("chen", allocell.chen({ ratio: TWO, probability: text(q), tolerance }), urns.chen(q, tolerance)),
    ),
  ehrenfest: whole(1, 8).map((tolerance) =>
    pair("ehrenfest", allocell.ehrenfest({ ratio: TWO, tolerance }), urns.ehrenfest(tolerance)),
  ),
  wei: fc
    .tuple(equalRatios, whole(0, 9), whole(0, 9))
    .filter(([, initial, added]) => initial + added > 0)
    .map(([ratio, initial, added]) =>
      pair(`wei ${initial}, ${added}`, allocell.wei({ ratio, initial, added }), urns.wei(ratio.length, initial, added)),
    ),
  blockUrn: fc
    .tuple(ratios(), whole(1, 4))
    .map(([ratio, lambda]) => pair("blockUrn", allocell.blockUrn({ ratio, lambda }), urns.blockUrn(ratio, lambda))),
  massWeightedUrn: fc
    .tuple(ratios(), fractions(fraction(1n, 30n), fraction(9n)))
    .map(([ratio, alpha]) =>
      pair(
        `mwu ${ratio.join(":")}, alpha ${text(alpha)}`,
        allocell.massWeightedUrn({ ratio, alpha: text(alpha) }),
        urns.massWeightedUrn(ratio, alpha),
      ),
    ),
  brickTunnel: ratios(2).map((ratio) =>
    pair(`brickTunnel ${ratio.join(":")}`, allocell.brickTunnel({ ratio }), urns.brickTunnel(ratio)),
  ),
  adjustableBiasedCoin: exponents.map((a) =>
    pair(
      `ABCD ${text(a)}`,
      allocell.adjustableBiasedCoin({ ratio: TWO, steepness: text(a) }),
      adaptive.adjustableBiasedCoin(a),
    ),
  ),
  generalizedBiasedCoin: exponents.map((r) =>
    pair(
      `GBC ${text(r)}`,
      allocell.generalizedBiasedCoin({ ratio: TWO, exponent: text(r) }),
      adaptive.generalizedBiasedCoin(r),
    ),
  ),
  bayesianBiasedCoin: fractions(fraction(1n, 30n), fraction(5n), 30).map((gamma) =>
    pair(
      `BBCD ${text(gamma)}`,
      allocell.bayesianBiasedCoin({ ratio: TWO, gamma: text(gamma) }),
      adaptive.bayesianBiasedCoin(gamma),
    ),
  ),
  doublyAdaptive: fc
    .tuple(ratios(4), exponents)
    .map(([ratio, gamma]) =>
      pair(
        `DBCD ${ratio.join(":")}, ${text(gamma)}`,
        allocell.doublyAdaptive({ ratio, gamma: text(gamma) }),
        adaptive.doublyAdaptive(ratio, gamma),
      ),
    ),
  maximumEntropy: fc
    .tuple(ratios(), fractions(ZERO, ONE))
    .map(([ratio, eta]) =>
      pair(
        `MaxEnt ${ratio.join(":")}, ${text(eta)}`,
        allocell.maximumEntropy({ ratio, eta: text(eta) }),
        adaptive.maximumEntropy(ratio, eta),
      ),
    ),
  minimumQuadraticDistance: fc
    .tuple(ratios(), fractions(ZERO, ONE))
    .map(([ratio, eta]) =>
      pair(
        `MinQD ${ratio.join(":")}, ${text(eta)}`,
        allocell.minimumQuadraticDistance({ ratio, eta: text(eta) }),
        adaptive.minimumQuadraticDistance(ratio, eta),
      ),
    ),
};

describe("balls of the arms so far, programmed twice", { tags: ["LIST-007"] }, () => {
  const walks = fc.array(fc.nat(), { minLength: 1, maxLength: 18 });
  it.each(Object.entries(families))("%s", (_, cases) => {
    fc.assert(fc.property(cases, walks, expectSameBalls), { numRuns: 200 });
  });
});

describe("probabilities through hidden balls, programmed twice", { tags: ["LIST-007"] }, () => {
  const asFraction = (value: { readonly numerator: bigint; readonly denominator: bigint }): Fraction =>
    fraction(value.numerator, value.denominator);

  const equals: Readonly<
    Record<string, readonly [Parameters<typeof allocell.mergedArms>[0]["procedure"], (arms: number) => urns.SecondUrn]>
  > = {
    complete: [(ratio) => allocell.complete({ ratio }), (arms) => urns.complete(Array<number>(arms).fill(1))],
    wei: [(ratio) => allocell.wei({ ratio, initial: 1, added: 2 }), (arms) => urns.wei(arms, 1, 2)],
    blockUrn: [
      (ratio) => allocell.blockUrn({ ratio, lambda: 2 }),
      (arms) => urns.blockUrn(Array<number>(arms).fill(1), 2),
    ],
    truncatedBinomial: [
      (ratio) => allocell.truncatedBinomial({ ratio, size: 2 * ratio.length }),
      (arms) => urns.truncatedBinomialBlocks(Array<number>(arms).fill(1), 2 * arms),
    ],
    permutedBlock: [
      (ratio) => allocell.permutedBlock({ ratio, sizes: [ratio.length] }),
      (arms) => (history) =>
        urns.randomAllocationRule(Array<number>(arms).fill(1))(history.slice(history.length - (history.length % arms))),
    ],
    maximal: [
      (ratio) => allocell.maximal({ ratio, rows: 2 * ratio.length, tolerance: 3 }),
      (arms) => urns.maximal(Array<number>(arms).fill(1), 2 * arms, 3),
    ],
    massWeightedUrn: [
      (ratio) => allocell.massWeightedUrn({ ratio, alpha: "3/2" }),
      (arms) => urns.massWeightedUrn(Array<number>(arms).fill(1), fraction(3n, 2n)),
    ],
  };

  it.each(Object.entries(equals))("mergedArms of %s", (_, [theirs, ours]) => {
    const ratioAndArms = fc
      .constantFrom([2, 1], [1, 2], [3, 1], [2, 2, 1], [4, 2])
      .chain((ratio) =>
        fc.tuple(fc.constant(ratio), fc.array(whole(0, ratio.length - 1), { minLength: 1, maxLength: 5 })),
      );
    fc.assert(
      fc.property(ratioAndArms, ([ratio, sequence]) => {
        const merged = allocell.mergedArms({ ratio, procedure: theirs });
        const wanted = urns.chanceMerged(ours(ratioSum(ratio)), ratio, sequence);
        expect(asFraction(allocell.sequenceProbability(merged, sequence))).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it("every procedure that a plan may name is programmed twice", () => {
    // The first two have tests of their own below; permuted blocks are a list's own, in list.test.ts.
    const ofTheirOwn = ["hadamard", "dropTheLoser", "permutedBlock"];
    const twice = new Set([...Object.keys(families), ...ofTheirOwn].map((name) => name.split(",")[0]));
    const names = Object.keys(allocell.ALGORITHMS).map((kind) =>
      kind.replace(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase()),
    );
    expect(names.filter((name) => !twice.has(name))).toEqual([]);
  });

  it("hadamard: 22 rows, found among the ways to read the page", () => {
    const theirs = allocell.hadamard({ ratio: TWO });
    const readings = [true, false].flatMap((borderFirst) =>
      ([1, -1] as const).map((direction) => urns.hadamardRows({ borderFirst, direction })),
    );
    const fitting = readings.filter((rows) =>
      rows.every((row) => {
        const { numerator, denominator } = allocell.sequenceProbability(theirs, row);
        return denominator === 22n * numerator;
      }),
    );
    expect(fitting).toHaveLength(1);
    const rows = fitting[0]!;
    fc.assert(
      fc.property(
        fc.array(whole(0, 21), { minLength: 2, maxLength: 2 }),
        whole(1, 24),
        fc.option(whole(0, 23)),
        (chosen, length, flipped) => {
          const sequence = chosen
            .flatMap((row) => rows[row]!)
            .map((arm, place) => (place === flipped ? 1 - arm : arm))
            .slice(0, length);
          const given = asFraction(allocell.sequenceProbability(theirs, sequence));
          expect(given).toEqual(urns.chanceHadamard(rows, sequence));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("dropTheLoser: bounds of both programs overlap and are narrow", () => {
    const cases = fc
      .constantFrom([1, 1], [2, 1], [1, 1, 1], [2, 3])
      .chain((ratio) =>
        fc.tuple(fc.constant(ratio), whole(1, 3), fc.array(whole(0, ratio.length - 1), { minLength: 1, maxLength: 4 })),
      );
    fc.assert(
      fc.property(cases, ([ratio, immigration, sequence]) => {
        const theirs = allocell.sequenceProbabilityBounds(allocell.dropTheLoser({ ratio, immigration }), sequence, 10);
        const ours = urns.boundsDropTheLoser(ratio, immigration, sequence, 14);
        const lower = asFraction(theirs.lower);
        const upper = asFraction(theirs.upper);
        expect(urns.atMost(lower, ours.upper)).toBe(true);
        expect(urns.atMost(ours.lower, upper)).toBe(true);
        expect(urns.atMost(upper, plus(lower, fraction(1n, 100_000n)))).toBe(true);
        expect(urns.atMost(ours.upper, plus(ours.lower, fraction(1n, 100_000n)))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

/*
 * Double programming: the measures of drawn lists, their places among all lists of the design, and what is known of the
 * next allocation, against a second program that was written from the documents.
 */
import { describe, expect, it } from "vitest";
import {
  compile,
  drawnMeasures,
  exactMeasures,
  nextAllocation,
  type DrawnMeasures,
  type Standing,
} from "../../src/assessment/index.js";
import { readyProcedure, type ProcedureSpec } from "../../src/procedure/index.js";
import * as urns from "./list/secondUrns.js";
import { fraction } from "./list/wholeNumbers.js";
import {
  allDrawn,
  beginningsOf,
  beginningsOfBlocks,
  beginningsOfFilled,
  drawBlocks,
  measuresOf,
  type ChanceOfBeginning,
  type SecondDrawn,
} from "./trialMeasures/secondDrawn.js";
import { lehmer } from "./trialMeasures/secondTrials.js";

interface Design {
  readonly procedure: ProcedureSpec;
  readonly ratio: readonly number[];
  /** Rows of the list, and of its beginning that was drawn. */
  readonly length: number;
  readonly rows: number;
  readonly beginning: ChanceOfBeginning;
}

const even = [1, 1];
const blocks = (sizes: readonly number[], ratio: readonly number[], length: number, rows: number): Design => ({
  procedure: { kind: "permuted-block", sizes, lastBlock: "cut" },
  ratio,
  length,
  rows,
  beginning: beginningsOfBlocks(ratio, sizes),
});
const urn = (
  procedure: ProcedureSpec,
  ratio: readonly number[],
  length: number,
  rows: number,
  second: urns.SecondUrn,
): Design => ({ procedure, ratio, length, rows, beginning: beginningsOf(second) });

const DESIGNS: Readonly<Record<string, Design>> = {
  "blocks of 2 and 4": blocks([2, 4], even, 10, 10),
  "blocks of 2, 4 and 6, the beginning of 40 rows": blocks([2, 4, 6], even, 40, 10),
  "blocks of 4 and 6": blocks([4, 6], even, 10, 10),
  "blocks of 3 and 6 at 2:1": blocks([3, 6], [2, 1], 10, 10),
  "three arms in blocks of 3 and 6": blocks([3, 6], [1, 1, 1], 10, 10),
  "four arms in blocks of 4 and 8": blocks([4, 8], [1, 1, 1, 1], 10, 8),
  "blocks of 5 and 10 at 3:2": blocks([5, 10], [3, 2], 10, 10),
  "blocks of 2 and 4 that fill the list": {
    ...blocks([2, 4], even, 10, 10),
    procedure: { kind: "permuted-block", sizes: [2, 4], lastBlock: "fill" },
    beginning: beginningsOfFilled(even, [2, 4], 10),
  },
  "blocks of 4, 2 and 4 in this order": urn(
    { kind: "ordered-blocks", sizes: [4, 2, 4] },
    even,
    10,
    10,
    urns.orderedBlocks(even, [4, 2, 4]),
  ),
  "the random allocation rule": urn(
    { kind: "random-allocation-rule" },
    even,
    10,
    10,
    urns.randomAllocationRule([5, 5]),
  ),
  "a big stick": urn({ kind: "big-stick", tolerance: 2 }, even, 10, 10, urns.bigStick(2)),
  "a biased coin": urn({ kind: "efron", probability: "2/3" }, even, 10, 10, urns.efron(fraction(2n, 3n))),
  "the maximal procedure": urn({ kind: "maximal", tolerance: 3 }, even, 10, 10, urns.maximal(even, 10, 3)),
  "complete randomization at 2:1": urn({ kind: "complete" }, [2, 1], 10, 10, urns.complete([2, 1])),
  "a block urn at 2:1": urn({ kind: "block-urn", lambda: 2 }, [2, 1], 10, 10, urns.blockUrn([2, 1], 2)),
  "truncated binomial": urn({ kind: "truncated-binomial" }, even, 10, 10, urns.truncatedBinomial(even, [5, 5])),
};

const NAMES = [
  "finalImbalance",
  "maximalImbalance",
  "deterministic",
  "convergence",
  "divergence",
  "maximumProbability",
] as const;

const found = ({ correctGuesses, ...rest }: DrawnMeasures, name: (typeof NAMES)[number]): Standing =>
  ({ ...rest, ...correctGuesses })[name];

describe("drawn lists, by all lists of ten rows", { tags: ["ASSESS-004"] }, () => {
  it.each(Object.entries(DESIGNS))("%s", (_, { procedure, ratio, length, rows, beginning }) => {
    const all = allDrawn(ratio, rows, beginning);
    expect(all.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1, 12);
    const share = (name: (typeof NAMES)[number], isIn: (value: number) => boolean): number =>
      all.reduce((sum, { measures, chance }) => sum + (isIn(measures[name]) ? chance : 0), 0);
    for (const { arms, measures } of all.filter((__, place) => place % Math.ceil(all.length / 10) === 0)) {
      const drawn = drawnMeasures({ procedure, ratio, length }, arms);
      expect(drawn.undefinedMeasures).toEqual([]);
      drawn.imbalance.forEach((value, row) => {
        expect(value).toBeCloseTo(measures.imbalance[row]!, 12);
      });
      for (const name of NAMES) {
        const { value, below, equal } = found(drawn, name);
        const own = measures[name];
        expect(value, name).toBeCloseTo(own, 10);
        expect(below, `${name}: lists with less`).toBeCloseTo(
          share(name, (other) => other < own - 1e-9),
          11,
        );
        expect(equal, `${name}: lists with as much`).toBeCloseTo(
          share(name, (other) => Math.abs(other - own) < 1e-9),
          11,
        );
      }
    }
  });

  it.each(Object.entries(DESIGNS))("their means, hidden block sizes included: %s", (_, design) => {
    const { procedure, ratio, length, rows, beginning } = design;
    const all = allDrawn(ratio, rows, beginning);
    const mean = (name: (typeof NAMES)[number]): number =>
      all.reduce((sum, { measures, chance }) => sum + chance * measures[name], 0);
    const { urn } = readyProcedure(procedure, ratio, length);
    const { correctGuesses, forcedShare, maximal, finalAbsolute } = exactMeasures(compile(urn, { ratio, rows }));
    expect(correctGuesses.convergence.value * rows).toBeCloseTo(mean("convergence"), 10);
    expect(correctGuesses.divergence.value * rows).toBeCloseTo(mean("divergence"), 10);
    expect(correctGuesses.maximumProbability!.value * rows).toBeCloseTo(mean("maximumProbability"), 10);
    expect(forcedShare!.value * rows).toBeCloseTo(mean("deterministic"), 10);
    expect(maximal!.value).toBeCloseTo(mean("maximalImbalance"), 10);
    expect(finalAbsolute.value).toBeCloseTo(mean("finalImbalance"), 10);
  });

  it.each(Object.entries(DESIGNS))("what some seen rows tell of the next: %s", (_, design) => {
    const { procedure, ratio, length, rows, beginning } = design;
    const all = allDrawn(ratio, rows, beginning);
    const random = lehmer(14);
    for (let i = 0; i < 12; i += 1) {
      const { arms } = all[Math.floor(random() * all.length)]!;
      const known = Math.floor(random() * rows);
      const seen = arms.slice(0, known).map((arm) => (random() < 0.5 ? arm : undefined));
      const mass = ratio.map(() => 0);
      for (const { arms: other, chance } of all) {
        if (seen.every((arm, row) => arm === undefined || other[row] === arm)) mass[other[known]!]! += chance;
      }
      const sum = mass.reduce((a, b) => a + b, 0);
      const next = nextAllocation({ procedure, ratio, length }, seen);
      next.forEach((p, arm) => {
        expect(p).toBeCloseTo(mass[arm]! / sum, 11);
      });
    }
  });
});

describe("drawn lists of 48 rows, by simulated lists", { tags: ["ASSESS-004"] }, () => {
  const LISTS = 1500;

  it.each([
    ["blocks of 4 and 6", [4, 6], even],
    ["blocks of 3 and 6 at 2:1", [3, 6], [2, 1]],
    ["blocks of 4 at 1:1", [4], even],
  ] as const)("%s", (_, sizes, ratio) => {
    const rows = 48;
    const random = lehmer(48);
    const beginning = beginningsOfBlocks(ratio, sizes);
    const design = { procedure: { kind: "permuted-block", sizes, lastBlock: "cut" }, ratio, length: rows } as const;
    const simulated: readonly SecondDrawn[] = Array.from({ length: LISTS }, () =>
      measuresOf(drawBlocks(ratio, sizes, rows, random), ratio, beginning),
    );
    for (const seed of [1, 2, 3]) {
      const sequence = drawBlocks(ratio, sizes, rows, lehmer(seed));
      const own = measuresOf(sequence, ratio, beginning);
      const drawn = drawnMeasures(design, sequence);
      for (const name of NAMES) {
        const { value, below = Number.NaN, equal = Number.NaN } = found(drawn, name);
        expect(value, name).toBeCloseTo(own[name], 9);
        // A share p among L lists has the standard error sqrt(p (1 - p)/L). 108 comparisons at a fixed seed: 5 of them
        // (and half a list, where p is near 0 or 1) are exceeded by chance once in 16,000.
        const near = (p: number, isIn: (x: number) => boolean): void => {
          const share = simulated.filter((one) => isIn(one[name])).length / LISTS;
          expect(Math.abs(p - share), `${name}: ${p} for ${share}`).toBeLessThanOrEqual(
            5 * Math.sqrt((p * (1 - p)) / LISTS) + 0.5 / LISTS,
          );
        };
        near(below, (x) => x < value - 1e-9);
        near(equal, (x) => Math.abs(x - value) < 1e-9);
      }
    }
  });
});

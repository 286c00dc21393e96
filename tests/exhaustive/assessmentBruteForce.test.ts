import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, exactFractions, exactMeasures, siteGuess, testMeasure } from "../../src/assessment/index.js";
import { sequenceRejection } from "../../src/assessment/testMeasures.js";
import { enumerateSequences, readyProcedure, type ProcedureSpec } from "../../src/procedure/index.js";
import { toNumber } from "../../src/quantity/index.js";

/*
 * Every measure again from the list of all sequences with their probabilities, written from the definitions: nothing of
 * the walk over states is used. What the guesser knows is the design and the arms so far, so P(next arm) is a quotient
 * of sums over sequences that begin alike.
 */
interface Listed {
  readonly arms: readonly number[];
  readonly probability: number;
}

interface BruteForce {
  readonly convergence: number;
  readonly divergence: number;
  readonly maximumProbability: number;
  readonly forcedShare: number;
  readonly entropy: number;
  readonly forcingIndex: number;
  readonly balancedShare: number;
  readonly loss: number;
  readonly finalAbsolute: number;
  readonly finalSquared: number;
  readonly maximal: number;
  readonly armProbability: readonly (readonly number[])[];
}

function bruteForce(sequences: readonly Listed[], ratio: readonly number[], rows: number): BruteForce {
  const K = ratio.length;
  const W = ratio.reduce((a, b) => a + b, 0);
  const isDifference = K === 2 && W === 2;
  const size = (counts: readonly number[], n: number): number =>
    isDifference
      ? Math.abs(counts[0]! - counts[1]!)
      : Math.max(...counts.map((count, k) => Math.abs(count - (n * ratio[k]!) / W)));
  const square = (counts: readonly number[], n: number): number =>
    isDifference
      ? (counts[0]! - counts[1]!) ** 2
      : counts.reduce((sum, count, k) => sum + (count - (n * ratio[k]!) / W) ** 2, 0);
  // P(prefix) for every prefix.
  const prefixes = new Map<string, number>();
  for (const { arms, probability } of sequences) {
    for (let n = 0; n <= rows; n += 1) {
      const key = arms.slice(0, n).join();
      prefixes.set(key, (prefixes.get(key) ?? 0) + probability);
    }
  }
  const sums = { convergence: 0, divergence: 0, best: 0, forced: 0, entropy: 0, forcing: 0, balanced: 0 };
  const armProbability = ratio.map(() => new Array<number>(rows).fill(0));
  for (const [key, mass] of prefixes) {
    const past = key === "" ? [] : key.split(",").map(Number);
    const n = past.length;
    const counts = ratio.map((_, k) => past.filter((arm) => arm === k).length);
    if (n > 0 && counts.every((count, k) => count * W === n * ratio[k]!)) sums.balanced += mass;
    if (n === rows) continue;
    const next = ratio.map((_, k) => (prefixes.get([...past, k].join()) ?? 0) / mass);
    const tied = (sign: number): readonly number[] => {
      const top = (k: number): boolean =>
        counts.every((count, j) => sign * (counts[k]! * ratio[j]! - count * ratio[k]!) >= 0);
      return next.filter((_, k) => top(k));
    };
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    sums.convergence += mass * mean(tied(-1));
    sums.divergence += mass * mean(tied(1));
    sums.best += mass * Math.max(...next);
    if (next.filter((p) => p > 1e-14).length === 1) sums.forced += mass;
    next.forEach((p, k) => {
      if (p > 1e-14) sums.entropy -= mass * p * Math.log(p);
      armProbability[k]![n]! += mass * p;
    });
    sums.forcing +=
      mass * (isDifference ? 4 * Math.abs(next[0]! - 0.5) : Math.hypot(...next.map((p, k) => p - ratio[k]! / W)));
  }
  const ends = { loss: 0, absolute: 0, squared: 0, maximal: 0 };
  for (const { arms, probability } of sequences) {
    const counts = ratio.map(() => 0);
    let largest = 0;
    arms.forEach((arm, i) => {
      counts[arm]! += 1;
      largest = Math.max(largest, size(counts, i + 1));
    });
    ends.maximal += probability * largest;
    ends.absolute += probability * size(counts, rows);
    ends.squared += probability * square(counts, rows);
    counts.forEach((count, k) => {
      const target = (rows * ratio[k]!) / W;
      ends.loss += (probability * (count - target) ** 2) / target;
    });
  }
  return {
    convergence: sums.convergence / rows,
    divergence: sums.divergence / rows,
    maximumProbability: sums.best / rows,
    forcedShare: sums.forced / rows,
    entropy: sums.entropy / rows,
    forcingIndex: sums.forcing / rows,
    balancedShare: sums.balanced / rows,
    loss: ends.loss,
    finalAbsolute: ends.absolute,
    finalSquared: ends.squared,
    maximal: ends.maximal,
    armProbability,
  };
}

const even = fc.constant([1, 1]);
const anyRatio = fc.constantFrom([1, 1], [2, 1], [1, 1, 1], [3, 2], [2, 1, 1], [1, 1, 1, 1]);
const coin = fc.constantFrom("1/2", "2/3", "0.85", 1);
const small = fc.integer({ min: 1, max: 3 });
interface Case {
  readonly spec: ProcedureSpec;
  readonly ratio: readonly number[];
  readonly rows: number;
}
const sumOf = (ratio: readonly number[]): number => ratio.reduce((a, b) => a + b, 0);
const most = (ratio: readonly number[]): number => (ratio.length === 2 ? 10 : ratio.length === 3 ? 7 : 6);

/** A procedure with random parameters over a random ratio; `whole`: rows in whole ratio sets. */
function cases(
  ratios: fc.Arbitrary<readonly number[]>,
  make: (W: number) => fc.Arbitrary<object>,
  whole = false,
): fc.Arbitrary<Case> {
  return ratios.chain((ratio) =>
    fc.record({
      spec: make(sumOf(ratio)) as fc.Arbitrary<ProcedureSpec>,
      ratio: fc.constant(ratio),
      rows: fc
        .integer({ min: 1, max: most(ratio) })
        .map((n) => (whole ? Math.max(1, Math.floor(n / sumOf(ratio))) * sumOf(ratio) : n)),
    }),
  );
}

const DESIGNS: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  complete: cases(anyRatio, () => fc.constant({ kind: "complete" })),
  rar: cases(anyRatio, () => fc.constant({ kind: "random-allocation-rule" }), true),
  blocks: cases(anyRatio, (W) =>
    fc.record({
      kind: fc.constant("permuted-block"),
      sizes: fc.uniqueArray(small, { minLength: 1, maxLength: 3 }).map((sets) => sets.map((m) => m * W)),
      lastBlock: fc.constant("cut"),
    }),
  ),
  ordered: cases(anyRatio, (W) =>
    fc.record({
      kind: fc.constant("ordered-blocks"),
      sizes: fc.array(small, { minLength: 1, maxLength: 3 }).map((sets) => sets.map((m) => m * W)),
      lastBlock: fc.constant("cut"),
    }),
  ),
  rarTotals: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 3 }).map((totals) => ({
    spec: { kind: "random-allocation-rule", totals } as const,
    ratio: totals.map(() => 1),
    rows: sumOf(totals),
  })),
  pascal: cases(anyRatio, (W) =>
    fc.constant({ kind: "permuted-block", sizes: [W, 2 * W, 3 * W], weights: "pascal", lastBlock: "cut" }),
  ),
  filled: cases(anyRatio, (W) => fc.constant({ kind: "permuted-block", sizes: [W, 2 * W], lastBlock: "fill" }), true),
  merged: cases(fc.constantFrom([2, 1], [3, 2]), () => fc.constant({ kind: "block-urn", lambda: 2, mergedArms: true })),
  truncated: cases(anyRatio, () => fc.constant({ kind: "truncated-binomial" }), true),
  truncatedBlocks: cases(anyRatio, (W) =>
    small.map((m) => ({ kind: "truncated-binomial", size: m * W, lastBlock: "cut" })),
  ),
  maximal: cases(
    anyRatio,
    () => fc.record({ kind: fc.constant("maximal"), tolerance: fc.integer({ min: 2, max: 4 }) }),
    true,
  ),
  bigStick: cases(even, () => fc.record({ kind: fc.constant("big-stick"), tolerance: small })),
  efron: cases(even, () => fc.record({ kind: fc.constant("efron"), probability: coin })),
  chen: cases(even, () => fc.record({ kind: fc.constant("chen"), probability: coin, tolerance: small })),
  ehrenfest: cases(even, () => fc.record({ kind: fc.constant("ehrenfest"), tolerance: small })),
  abcd: cases(even, () => fc.record({ kind: fc.constant("adjustable-biased-coin"), steepness: small })),
  gbc: cases(even, () =>
    fc.record({ kind: fc.constant("generalized-biased-coin"), exponent: fc.constantFrom(0, 1, 2, "1/2") }),
  ),
  wei: cases(fc.constantFrom([1, 1], [1, 1, 1]), () =>
    fc.record({ kind: fc.constant("wei"), initial: fc.integer({ min: 0, max: 2 }), added: small }),
  ),
  bbcd: cases(even, () =>
    fc.record({ kind: fc.constant("bayesian-biased-coin"), gamma: fc.constantFrom(1, "1/2", "0.1") }),
  ),
  hadamard: cases(even, () => fc.constant({ kind: "hadamard", lastBlock: "cut" })),
  blockUrn: cases(anyRatio, () => fc.record({ kind: fc.constant("block-urn"), lambda: small })),
  massWeighted: cases(anyRatio, () =>
    fc.record({ kind: fc.constant("mass-weighted-urn"), alpha: fc.constantFrom(1, 4, "5/2") }),
  ),
  dbcd: cases(anyRatio, () => fc.record({ kind: fc.constant("doubly-adaptive"), gamma: fc.constantFrom(0, 2, 5) })),
  maxEnt: cases(anyRatio, () => fc.record({ kind: fc.constant("maximum-entropy"), eta: fc.constantFrom(0, "1/2", 1) })),
  minQd: cases(anyRatio, () =>
    fc.record({ kind: fc.constant("minimum-quadratic-distance"), eta: fc.constantFrom(0, "1/2", 1) }),
  ),
  brickTunnel: cases(fc.constantFrom([2, 1], [3, 2], [1, 4]), () => fc.constant({ kind: "brick-tunnel" })),
};

const near = (actual: number, expected: number, what: string): void => {
  expect(Math.abs(actual - expected), `${what}: ${actual} against ${expected}`).toBeLessThan(
    1e-12 * Math.max(1, expected),
  );
};

describe("exact measures against all sequences", { tags: ["ASSESS-001"] }, () => {
  it.each(Object.entries(DESIGNS))("%s", (_, designs) => {
    fc.assert(
      fc.property(designs, ({ spec, ratio, rows }) => {
        const { urn } = readyProcedure(spec, ratio, rows);
        const sequences = enumerateSequences(urn, rows).map(({ arms, probability }) => ({
          arms,
          probability: toNumber(probability),
        }));
        const brute = bruteForce(sequences, ratio, rows);
        const chain = compile(urn, { ratio, rows });
        const measures = exactMeasures(chain);
        near(measures.correctGuesses.convergence.value, brute.convergence, "convergence");
        near(measures.correctGuesses.divergence.value, brute.divergence, "divergence");
        near(measures.correctGuesses.maximumProbability!.value, brute.maximumProbability, "best");
        for (const name of [
          "forcedShare",
          "entropy",
          "forcingIndex",
          "balancedShare",
          "loss",
          "finalAbsolute",
          "finalSquared",
          "maximal",
        ] as const) {
          near(measures[name]!.value, brute[name], name);
        }
        brute.armProbability.forEach((row, k) => {
          row.forEach((p, n) => {
            near(measures.byRow.armProbability[k]![n]!, p, `arm ${k} row ${n}`);
          });
        });
        const fractions = exactFractions(chain);
        for (const name of [
          "forcedShare",
          "balancedShare",
          "loss",
          "finalAbsolute",
          "finalSquared",
          "maximal",
        ] as const) {
          near(toNumber(fractions[name]!), brute[name], `fraction ${name}`);
        }
        expect(fractions.total).toEqual({ numerator: 1n, denominator: 1n });
      }),
      { numRuns: 12 },
    );
  });

  it("the t test under bias", () => {
    const models = fc.record({
      selection: fc.record({ eta: fc.constantFrom(0, 0.3, 1), strategy: fc.constantFrom("convergence", "divergence") }),
      trend: fc.oneof(
        fc.record({ kind: fc.constantFrom("linear", "log"), theta: fc.constantFrom(0, 1) }),
        fc.record({ kind: fc.constant("step"), theta: fc.constant(1), after: fc.integer({ min: 0, max: 5 }) }),
      ),
      effect: fc.constantFrom(0, 1),
    }) as fc.Arbitrary<Parameters<typeof testMeasure>[1]>;
    fc.assert(
      fc.property(DESIGNS["blocks"]!, models, ({ spec, ratio, rows }, model) => {
        fc.pre(ratio.length === 2 && rows >= 3);
        const { urn } = readyProcedure(spec, ratio, rows);
        const expected = enumerateSequences(urn, rows).reduce(
          (sum, { arms, probability }) =>
            sum + toNumber(probability) * sequenceRejection(arms, model, [ratio[0]!, ratio[1]!]),
          0,
        );
        const { rejection, method } = testMeasure(compile(urn, { ratio, rows }), model);
        expect(method).toBe("exact");
        near(rejection.value, expected, "rejection");
      }),
      { numRuns: 30 },
    );
  });

  it("the guesses from one site", () => {
    fc.assert(
      fc.property(DESIGNS["bigStick"]!, fc.constantFrom(0.3, 0.5, 1), ({ spec, ratio, rows }, share) => {
        fc.pre(rows <= 6);
        const { urn } = readyProcedure(spec, ratio, rows);
        let expected = 0;
        for (const { arms, probability } of enumerateSequences(urn, rows)) {
          // Which of the earlier rows belong to the site: all subsets.
          for (let row = 0; row < rows; row += 1) {
            for (let subset = 0; subset < 2 ** row; subset += 1) {
              let [ahead, weight] = [0, 1];
              for (let i = 0; i < row; i += 1) {
                const isOwn = ((subset >> i) & 1) === 1;
                weight *= isOwn ? share : 1 - share;
                if (isOwn) ahead += arms[i] === 0 ? 1 : -1;
              }
              const guess = ahead === 0 ? 0.5 : ahead < 0 === (arms[row] === 0) ? 1 : 0;
              expected += toNumber(probability) * weight * guess;
            }
          }
        }
        near(siteGuess(compile(urn, { ratio, rows }), share), expected / rows, "site");
      }),
      { numRuns: 20 },
    );
  });
});

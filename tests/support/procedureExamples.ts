/*
 * The examples of every procedure that a plan may name, each told once: a kind without them is a type error. The tests
 * that freeze a list, make lists again by the programs in Python and R, read the forms of files and compute the worked
 * examples of docs/procedures-worked.md read them here.
 */
import * as fc from "fast-check";
import type { ProcedureKind, ProcedureSpec } from "../../src/procedure/index.js";
import {
  anyRatio,
  anyTwo,
  blocks,
  coin,
  equalArms,
  exponent,
  hadamards,
  inUnits,
  orderedBlocks,
  plain,
  ratioOf,
  tolerance,
  truncatedBinomials,
  twoArms,
  type Taken,
} from "./randomProcedures.js";

/** The interval of a number that the procedure checks itself, both ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Whether whole numbers alone are taken; otherwise a share such as "2/3" is taken too. */
  readonly isWhole: boolean;
  /** Whether the lower end itself is refused. */
  readonly isAbove?: true;
}

/** The balls of the next participant, worked by hand. */
export interface Worked {
  readonly parameters: object;
  /** `2:1` */
  readonly ratio: string;
  /** Of the list. */
  readonly rows: number;
  /** What was drawn: arms A, B, C; `h0`, `h1` are hidden balls. */
  readonly soFar: string;
  /** In the notation of docs/procedures.md. */
  readonly because: string;
  /** Of the arms; behind a bar, of the hidden balls. */
  readonly balls: string;
}

export interface ProcedureExamples {
  /** What the plan of the frozen list states (tests/noreg). */
  readonly frozen: object;
  /** Of the frozen list; absent: 1:1. */
  readonly ratio?: readonly [number, number];
  /** What random plans state: ratios, and what the procedure takes for one whose unit is a number of rows. */
  readonly random: readonly [fc.Arbitrary<number[]>, (unit: number) => fc.Arbitrary<Taken>];
  /** Of each number but those that follow from the ratio: sizes, weights, totals. */
  readonly intervals: Readonly<Record<string, Interval>>;
  readonly worked: readonly [Worked, ...Worked[]];
}

const whole = (low: number, high: number): Interval => ({ low, high, isWhole: true });
const share = (low: number, high: number, above?: "above"): Interval => ({
  ...{ low, high, isWhole: false },
  ...(above === undefined ? {} : { isAbove: true }),
});

export const PROCEDURE_EXAMPLES: Readonly<Record<ProcedureKind, ProcedureExamples>> = {
  complete: {
    frozen: {},
    ratio: [2, 1],
    random: [anyRatio, plain("complete", {})],
    intervals: {},
    worked: [
      {
        parameters: {},
        ratio: "2:1",
        rows: 6,
        soFar: "A",
        because: "w_k, whatever came before: 2 and 1",
        balls: "2 : 1",
      },
    ],
  },
  "random-allocation-rule": {
    frozen: {},
    ratio: [2, 1],
    random: [anyRatio, inUnits("random-allocation-rule", {})],
    intervals: {},
    worked: [
      {
        parameters: {},
        ratio: "2:1",
        rows: 6,
        soFar: "A A",
        because: "T = 4, 2; T_k - N_k = 4 - 2 and 2 - 0",
        balls: "2 : 2",
      },
    ],
  },
  "permuted-block": {
    frozen: { sizes: [3, 6], weights: [2, 1], lastBlock: "whole" },
    ratio: [2, 1],
    random: [anyRatio, blocks],
    intervals: {},
    worked: [
      {
        parameters: { sizes: [4] },
        ratio: "1:1",
        rows: 8,
        soFar: "A A",
        because: "two of each arm in the block; both A are gone",
        balls: "0 : 2",
      },
      {
        parameters: { sizes: [2, 4], lastBlock: "whole" },
        ratio: "1:1",
        rows: 8,
        soFar: "",
        because: "before a block its size is drawn: a hidden ball for 2 and one for 4",
        balls: "0 : 0 | 1 : 1",
      },
      {
        parameters: { sizes: [2, 4], lastBlock: "whole" },
        ratio: "1:1",
        rows: 8,
        soFar: "h1 A",
        because: "the block has 4 rows; one of its two A is gone",
        balls: "1 : 2",
      },
    ],
  },
  "ordered-blocks": {
    frozen: { sizes: [6, 3, 3] },
    ratio: [2, 1],
    random: [anyRatio, orderedBlocks],
    intervals: {},
    worked: [
      {
        parameters: { sizes: [4, 2], lastBlock: "cut" },
        ratio: "1:1",
        rows: 8,
        soFar: "A A B B A",
        because: "the second block has 2 rows; its A is gone",
        balls: "0 : 1",
      },
    ],
  },
  "truncated-binomial": {
    frozen: { size: 6 },
    random: [anyRatio, truncatedBinomials],
    intervals: {},
    worked: [
      {
        parameters: { size: 4 },
        ratio: "1:1",
        rows: 8,
        soFar: "A A",
        because: "A has its T = 2 of the block and drops out",
        balls: "0 : 1",
      },
    ],
  },
  maximal: {
    frozen: { tolerance: 3 },
    ratio: [2, 1],
    random: [ratioOf(2, 3, 3), inUnits("maximal", { tolerance: fc.integer({ min: 2, max: 5 }) })],
    intervals: { tolerance: whole(1, 1_000_000) },
    worked: [
      {
        parameters: { tolerance: 2 },
        ratio: "1:1",
        rows: 6,
        soFar: "A",
        because: "of the ways to 3:3 with |D| <= 2, three begin A A and six begin A B",
        balls: "3 : 6",
      },
    ],
  },
  "big-stick": {
    frozen: { tolerance: 3 },
    random: [twoArms, plain("big-stick", { tolerance })],
    intervals: { tolerance: whole(1, 1_000_000) },
    worked: [
      {
        parameters: { tolerance: 2 },
        ratio: "1:1",
        rows: 6,
        soFar: "A A",
        because: "|D| = b = 2: only the smaller arm",
        balls: "0 : 1",
      },
    ],
  },
  efron: {
    frozen: { probability: "2/3" },
    random: [twoArms, plain("efron", { probability: coin })],
    intervals: { probability: share(0.5, 1) },
    worked: [
      {
        parameters: { probability: "2/3" },
        ratio: "1:1",
        rows: 6,
        soFar: "A",
        because: "D = 1, q = 2/3: c - a = 1 for A, a = 2 for B",
        balls: "1 : 2",
      },
    ],
  },
  chen: {
    frozen: { probability: "3/4", tolerance: 3 },
    random: [twoArms, plain("chen", { probability: coin, tolerance })],
    intervals: { tolerance: whole(1, 1_000_000), probability: share(0.5, 1) },
    worked: [
      {
        parameters: { probability: "3/4", tolerance: 2 },
        ratio: "1:1",
        rows: 6,
        soFar: "A",
        because: "|D| = 1 < 2, q = 3/4: 1 for A, 3 for B",
        balls: "1 : 3",
      },
    ],
  },
  ehrenfest: {
    frozen: { tolerance: 4 },
    random: [twoArms, plain("ehrenfest", { tolerance })],
    intervals: { tolerance: whole(1, 1_000_000) },
    worked: [
      {
        parameters: { tolerance: 4 },
        ratio: "1:1",
        rows: 6,
        soFar: "A",
        because: "b - D = 4 - 1, b + D = 4 + 1",
        balls: "3 : 5",
      },
    ],
  },
  "adjustable-biased-coin": {
    frozen: { steepness: "3/2" },
    random: [twoArms, plain("adjustable-biased-coin", { steepness: exponent })],
    intervals: { steepness: share(0, 100) },
    worked: [
      {
        parameters: { steepness: 2 },
        ratio: "1:1",
        rows: 6,
        soFar: "A A",
        because: "|D| = 2, a = 2: 1 for the larger, 2² for the smaller arm",
        balls: "1 : 4",
      },
    ],
  },
  "generalized-biased-coin": {
    frozen: { exponent: "5/2" },
    random: [twoArms, plain("generalized-biased-coin", { exponent })],
    intervals: { exponent: share(0, 100) },
    worked: [
      {
        parameters: { exponent: 2 },
        ratio: "1:1",
        rows: 6,
        soFar: "A A B",
        because: "N_B^r = 1², N_A^r = 2²",
        balls: "1 : 4",
      },
    ],
  },
  wei: {
    frozen: { initial: 1, added: 2 },
    random: [
      equalArms,
      plain("wei", { initial: fc.integer({ min: 0, max: 3 }), added: fc.integer({ min: 1, max: 3 }) }),
    ],
    intervals: { initial: whole(0, 10_000), added: whole(0, 10_000) },
    worked: [
      {
        parameters: { initial: 1, added: 2 },
        ratio: "1:1",
        rows: 6,
        soFar: "A",
        because: "1 + 2 (n - N_k): n - N_A = 0, n - N_B = 1",
        balls: "1 : 3",
      },
      {
        parameters: { initial: 0, added: 1, mergedArms: true },
        ratio: "2:1",
        rows: 6,
        soFar: "A",
        because: "which of the two fictitious arms of A it was is drawn hidden",
        balls: "0 : 0 | 1 : 1 : 0",
      },
      {
        parameters: { initial: 0, added: 1, mergedArms: true },
        ratio: "2:1",
        rows: 6,
        soFar: "A h0",
        because: "three arms with N = 1, 0, 0 have 0, 1, 1; the first two are A",
        balls: "1 : 1 | 0 : 0 : 0",
      },
    ],
  },
  "bayesian-biased-coin": {
    frozen: { gamma: "1/10" },
    random: [twoArms, plain("bayesian-biased-coin", { gamma: fc.constantFrom(1, "1/2", "0.1", 2, "3/2", "0.7") })],
    intervals: { gamma: share(0.01, 1000) },
    worked: [
      {
        parameters: { gamma: 1 },
        ratio: "1:1",
        rows: 6,
        soFar: "A A B",
        because: "(3 × 2 + 1) × 1 and (3 × 1 + 2) × 2",
        balls: "7 : 10",
      },
    ],
  },
  hadamard: {
    frozen: {},
    random: [twoArms, hadamards],
    intervals: {},
    worked: [
      {
        parameters: { lastBlock: "cut" },
        ratio: "1:1",
        rows: 12,
        soFar: "h0",
        because: "row 0 has a plus at position 0, which is the second arm",
        balls: "0 : 1",
      },
      {
        parameters: { lastBlock: "cut" },
        ratio: "1:1",
        rows: 12,
        soFar: "h11 A",
        because:
          "the mirror image of row 0 began with A; position 1 of row 0 has no plus, so its mirror image has the second arm",
        balls: "0 : 1",
      },
    ],
  },
  "block-urn": {
    frozen: { lambda: 2 },
    ratio: [2, 1],
    random: [anyRatio, plain("block-urn", { lambda: fc.integer({ min: 1, max: 4 }) })],
    intervals: { lambda: whole(1, 1_000_000) },
    worked: [
      {
        parameters: { lambda: 2 },
        ratio: "2:1",
        rows: 6,
        soFar: "A A B",
        because: "one complete set, c = 1: 2 × 3 - 2 and 1 × 3 - 1",
        balls: "4 : 2",
      },
    ],
  },
  "mass-weighted-urn": {
    frozen: { alpha: "5/2" },
    ratio: [2, 1],
    random: [anyRatio, plain("mass-weighted-urn", { alpha: fc.constantFrom(1, 4, "5/2", "0.3", "20/3") })],
    intervals: { alpha: share(0, 1_000_000, "above") },
    worked: [
      {
        parameters: { alpha: 4 },
        ratio: "2:1",
        rows: 6,
        soFar: "A",
        because: "(4 + 1) × 2 - 3 × 1 and (4 + 1) × 1 - 0",
        balls: "7 : 5",
      },
    ],
  },
  "drop-the-loser": {
    frozen: { immigration: 1 },
    ratio: [2, 1],
    random: [anyRatio, plain("drop-the-loser", { immigration: fc.integer({ min: 1, max: 3 }) })],
    intervals: { immigration: whole(1, 1_000_000) },
    worked: [
      {
        parameters: { immigration: 1 },
        ratio: "2:1",
        rows: 6,
        soFar: "A",
        because: "u = 2, 1 without the drawn A; one hidden ball",
        balls: "1 : 1 | 1",
      },
      {
        parameters: { immigration: 1 },
        ratio: "2:1",
        rows: 6,
        soFar: "A h0",
        because: "the hidden ball brought one ratio set: 1 + 2 and 1 + 1",
        balls: "3 : 2 | 1",
      },
    ],
  },
  "doubly-adaptive": {
    frozen: { gamma: "3/2" },
    ratio: [2, 1],
    random: [anyRatio, plain("doubly-adaptive", { gamma: exponent })],
    intervals: { gamma: share(0, 100) },
    worked: [
      {
        parameters: { gamma: 2 },
        ratio: "2:1",
        rows: 6,
        soFar: "A B",
        because: "w_k (w_k/N_k)²: 2 × 2² and 1 × 1²",
        balls: "8 : 1",
      },
    ],
  },
  "maximum-entropy": {
    frozen: { eta: "1/2" },
    ratio: [2, 1],
    random: [anyRatio, plain("maximum-entropy", { eta: fc.constantFrom(0, "1/2", "0.9", "2/7", 1) })],
    intervals: { eta: share(0, 1) },
    worked: [
      {
        parameters: { eta: "1/2" },
        ratio: "1:1",
        rows: 6,
        soFar: "A",
        because: "d = 2 for A, 0 for B; B has 1 × (2 × 2 - 1), A has 1",
        balls: "1 : 3",
      },
    ],
  },
  "minimum-quadratic-distance": {
    frozen: { eta: "1/2" },
    ratio: [2, 1],
    random: [anyRatio, plain("minimum-quadratic-distance", { eta: fc.constantFrom(0, "1/2", "0.9", "2/7", 1) })],
    intervals: { eta: share(0, 1) },
    worked: [
      {
        parameters: { eta: "1/2" },
        ratio: "1:1",
        rows: 6,
        soFar: "A",
        because: "the mean distance may be half of that at 1:1, which allows P(A) = 1/4",
        balls: "1 : 3",
      },
    ],
  },
  "brick-tunnel": {
    frozen: {},
    ratio: [2, 1],
    random: [anyTwo, plain("brick-tunnel", {})],
    intervals: {},
    worked: [
      {
        parameters: {},
        ratio: "3:2",
        rows: 10,
        soFar: "A",
        because: "r = 3, f = 0, N_A = f + 1 and r + w_A = 6 >= 5: 6 - 5 and 5 - 3",
        balls: "1 : 2",
      },
    ],
  },
};

/** A kind of procedure with the parameters of its frozen list. */
export const procedureExample = (kind: ProcedureKind): ProcedureSpec =>
  ({ kind, ...PROCEDURE_EXAMPLES[kind].frozen }) as ProcedureSpec;

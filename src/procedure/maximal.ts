import { fail } from "../foundation/index.js";
import { refuseUnknownOptions, wholeNumber } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { TOLERANCE } from "./parameterTexts.js";
import { exactBalls } from "./exactBalls.js";
import { aWholeNumber } from "./parameterSchema.js";
import { reducedRatio } from "./permutedBlock.js";
import type { Urn } from "./urn.js";
import { addOne } from "./wei.js";

/** Arms and parameters of {@link maximal}. */
export interface MaximalOptions {
  /** Integer allocation ratio, one entry an arm, each from 1 to 1000. */
  readonly ratio: readonly number[];
  /** Rows of the whole list: a whole multiple of the reduced ratio's sum, at most {@link LONGEST_MAXIMAL}. */
  readonly rows: number;
  /** Tolerance b: no arm is ever more than b/2 participants away from n w_k / W; a whole number from 1 to 10^6. */
  readonly tolerance: number;
}

/** Longest list of the maximal procedure: its counts of sequences grow by almost a bit a row. */
export const LONGEST_MAXIMAL = 5_000;

/** Most count vectors for which sequences are counted. */
const MOST_VECTORS = 200_000;

/**
 * Maximal procedure: all sequences that end in exact balance and never leave the tolerance are equally likely.
 *
 * Counts N after n participants are admissible if 2 abs(W N_k - n w_k) <= b W for every arm k, which at 1:1 is
 * abs(N_A - N_B) <= b. Arm k has as many balls as admissible sequences go on with it: T(N + arm k), where T(N) is the
 * sum of T over the next vectors, 1 at the end and 0 for inadmissible vectors. So P(sequence) = 1 / T(start).
 *
 * At equal ratio the ratio is kept at every row; at unequal ratio it is not (2:1, 12 rows, b = 2: off by at most
 * 0.051). The state is the participants by arm.
 * Work and memory grow with rows x vectors, since all counts are made in advance.
 *
 * @throws AllocellError `procedure.rows_invalid` (no multiple of W, or too long), `procedure.maximal_infeasible` (no
 *   sequence stays within the tolerance; never from b = 2 on), `procedure.maximal_too_large` (more than 200,000
 *   vectors); `procedure.ratio_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @see Berger, Ivanova & Knoll 2003, Stat Med 22:3017; Salama, Ivanova & Qaqish 2008, Stat Med 27:1421 (recursion);
 *   the form for more arms and other ratios is this package's
 */
export function maximal(options: MaximalOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "rows", "tolerance"]);
  const ratio = reducedRatio(options.ratio);
  const tolerance = wholeNumber(options.tolerance, "tolerance", 1, 1e6);
  const ways = countSequences(ratio, options.rows, tolerance);
  const start = Object.freeze(ratio.map(() => 0));
  if ((ways.get(keyOf(start)) ?? 0n) === 0n) {
    fail("procedure.maximal_infeasible", "tolerance", "No sequence stays within this tolerance of the ratio.", {
      expected: "a tolerance of at least 2",
      received: String(tolerance),
    });
  }
  return {
    arms: ratio.length,
    start,
    balls: (counts) => exactBalls(counts.map((_, arm) => ways.get(keyOf(addOne(counts, arm))) ?? 0n)),
    after: addOne,
  };
}

const keyOf = (counts: readonly number[]): string => counts.join(",");

/** T(N) for every admissible count vector that can be reached, by its text. */
function countSequences(ratio: readonly number[], rows: number, tolerance: number): ReadonlyMap<string, bigint> {
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  if (!Number.isInteger(rows) || rows < ratioSum || rows % ratioSum !== 0 || rows > LONGEST_MAXIMAL) {
    fail("procedure.rows_invalid", "rows", "The maximal procedure needs a list that the ratio divides.", {
      expected: `a whole multiple of ${ratioSum}, the sum of the ratio, at most ${LONGEST_MAXIMAL}`,
      received: String(rows),
    });
  }
  const isAdmissible = (counts: readonly number[], n: number): boolean =>
    ratio.every((w, arm) => {
      const count = counts[arm] as number;
      return count * ratioSum <= rows * w && 2 * Math.abs(ratioSum * count - n * w) <= tolerance * ratioSum;
    });

  const layers = admissibleVectors(ratio.length, rows, isAdmissible);
  const ways = new Map<string, bigint>();
  for (const counts of layers[rows] ?? []) ways.set(keyOf(counts), 1n);
  for (const counts of layers.slice(0, rows).reverse().flat()) {
    let sum = 0n;
    for (let arm = 0; arm < ratio.length; arm += 1) sum += ways.get(keyOf(addOne(counts, arm))) ?? 0n;
    ways.set(keyOf(counts), sum);
  }
  return ways;
}

/** By row, from row 0: the admissible count vectors that can be reached. */
function admissibleVectors(
  arms: number,
  rows: number,
  isAdmissible: (counts: readonly number[], n: number) => boolean,
): readonly (readonly (readonly number[])[])[] {
  const layers: (readonly number[])[][] = [[Array.from({ length: arms }, () => 0)]];
  let vectors = 1;
  for (let n = 1; n <= rows; n += 1) {
    const layer = new Map<string, readonly number[]>();
    for (const counts of layers[n - 1] ?? []) {
      for (let arm = 0; arm < arms; arm += 1) {
        const next = addOne(counts, arm);
        if (isAdmissible(next, n)) layer.set(keyOf(next), next);
      }
      if (vectors + layer.size > MOST_VECTORS) return tooLarge();
    }
    vectors += layer.size;
    layers.push([...layer.values()]);
  }
  return layers;
}

function tooLarge(): never {
  return fail("procedure.maximal_too_large", "rows", "There are too many ways to count for this maximal procedure.", {
    expected: `at most ${MOST_VECTORS} admissible count vectors: fewer rows, arms or a smaller tolerance`,
  });
}

/** {@link maximal} as a plan states it. */
export interface MaximalSpec {
  readonly kind: "maximal";
  readonly tolerance: number;
}

export const maximalDefinition: Definition<MaximalSpec> = {
  algorithm: "allocell-mp-1",
  parameters: () => ({ tolerance: aWholeNumber() }),
  urn: ({ tolerance }, ratio, rows) => maximal({ ratio, rows, tolerance }),
  keepsUnequalRatio: false,
  isDrawnForLength: () => true,
};

/** Longest list for which a picture has the maximal procedure. */
const LONGEST_MAXIMAL_PICTURED = 60;

export const maximalOffer: Offer<MaximalSpec> = {
  name: { en: "the maximal procedure", zh: "最大程序法" },
  design: (spec) => ({
    name: `maximal procedure, tolerance ${spec.tolerance}`,
    label: `MP ${spec.tolerance}`,
    family: "tolerance",
  }),
  parameters: { tolerance: TOLERANCE },
  usual: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [3, 4].map((tolerance) => ({ kind: "maximal", tolerance })) : []),
    pictured: ({ isTwoEqual, rows }) =>
      isTwoEqual && rows <= LONGEST_MAXIMAL_PICTURED ? [{ kind: "maximal", tolerance: 3 }] : [],
  },
};

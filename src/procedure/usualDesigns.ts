import { requireFields } from "../foundation/index.js";
import type { PermutedBlockSpec } from "./permutedBlock.js";
import type { ProcedureKind, ProcedureSpec } from "./spec.js";
import type { SpecByKind } from "./table.js";

/** The list for which designs are looked at. */
interface Frame {
  /** Rows of one list. */
  readonly rows: number;
  /** Sum of the ratio in lowest terms. */
  readonly ratioSum: number;
  readonly isEqual: boolean;
  readonly isTwoEqual: boolean;
  readonly isTwoUnequal: boolean;
  /** Arms of an unequal ratio are put together from equal ones. */
  readonly merged: { readonly mergedArms?: true };
  /** Whether designs can be followed whose states grow with the merged arms, and with the rows. */
  readonly canMerge: boolean;
  readonly canBeFree: boolean;
}

type Designs<Spec> = (frame: Frame) => readonly Spec[];

/** Which designs of a kind are usual, with parameters that the literature compares. */
interface Usual<Spec> {
  /** Those among which a design is sought. */
  readonly sought: Designs<Spec>;
  /** Those from which the balance-randomness trade-off is seen; absent: those that are sought. */
  readonly pictured?: Designs<Spec>;
  /** States grow with the rows: sought in short lists of few arms, and in no picture. */
  readonly isFree?: true;
}

/** Merged arms of a usual design: its states grow as a power of them. */
const MOST_MERGED = 6;
/** Rows of a list up to which designs are looked at whose states grow with them; their arms. */
const [MOST_FREE_ROWS, MOST_FREE_ARMS] = [100, 3];
/** Longest list for which a picture has the maximal procedure. */
const LONGEST_MAXIMAL_PICTURED = 60;

const none = (): readonly never[] => [];

/** Permuted blocks whose last one is cut at the end of the list. */
export const cutBlocks = (sizes: readonly number[]): PermutedBlockSpec => ({
  kind: "permuted-block",
  sizes,
  lastBlock: "cut",
});

/** Blocks of so many sets of the ratio, those that fit the list. */
const blocksOf = (sets: readonly (readonly number[])[], { rows, ratioSum }: Frame): readonly PermutedBlockSpec[] =>
  sets
    .map((own) => own.map((m) => m * ratioSum))
    .filter((sizes) => Math.max(...sizes) <= rows)
    .map(cutBlocks);

/** Of every kind, in the order in which designs are looked at; designs that remember more than a small imbalance are last. */
const USUAL: { readonly [Kind in ProcedureKind]: Usual<SpecByKind[Kind]> } = {
  complete: { sought: () => [{ kind: "complete" }] },
  "random-allocation-rule": { sought: () => [{ kind: "random-allocation-rule" }] },
  "permuted-block": {
    sought: (frame) => blocksOf([[1], [2], [3], [4], [1, 2], [2, 3], [2, 3, 4]], frame),
    pictured: (frame) => blocksOf([[1], [2], [3], [1, 2], [2, 3]], frame),
  },
  "ordered-blocks": { sought: none },
  "big-stick": {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [2, 3, 4].map((tolerance) => ({ kind: "big-stick", tolerance })) : []),
  },
  efron: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "efron", probability: "2/3" }] : []),
    pictured: ({ isTwoEqual }) =>
      isTwoEqual ? ["0.6", "2/3", "0.8"].map((probability) => ({ kind: "efron", probability })) : [],
  },
  chen: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "chen", probability: "2/3", tolerance: 3 }] : []),
  },
  maximal: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [3, 4].map((tolerance) => ({ kind: "maximal", tolerance })) : []),
    pictured: ({ isTwoEqual, rows }) =>
      isTwoEqual && rows <= LONGEST_MAXIMAL_PICTURED ? [{ kind: "maximal", tolerance: 3 }] : [],
  },
  ehrenfest: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "ehrenfest", tolerance: 3 }] : []),
    pictured: none,
  },
  "block-urn": {
    sought: ({ canMerge, merged }) =>
      canMerge ? [2, 3].map((lambda) => ({ kind: "block-urn", lambda, ...merged })) : [],
    pictured: ({ merged }) => [2, 3, 4].map((lambda) => ({ kind: "block-urn", lambda, ...merged })),
  },
  "mass-weighted-urn": {
    sought: ({ isEqual }) => (isEqual ? [{ kind: "mass-weighted-urn", alpha: 4 }] : []),
    pictured: ({ isEqual }) => (isEqual ? [2, 4, 8].map((alpha) => ({ kind: "mass-weighted-urn", alpha })) : []),
  },
  "brick-tunnel": { sought: ({ isTwoUnequal }) => (isTwoUnequal ? [{ kind: "brick-tunnel" }] : []) },
  "adjustable-biased-coin": {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "adjustable-biased-coin", steepness: 2 }] : []),
    isFree: true,
  },
  "generalized-biased-coin": {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "generalized-biased-coin", exponent: 2 }] : []),
    isFree: true,
  },
  wei: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "wei", initial: 1, added: 1 }] : []),
    isFree: true,
  },
  "bayesian-biased-coin": {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "bayesian-biased-coin", gamma: "0.1" }] : []),
    isFree: true,
  },
  "truncated-binomial": {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "truncated-binomial" }] : []),
    isFree: true,
  },
  hadamard: {
    sought: ({ isTwoEqual, rows }) => (isTwoEqual && rows >= 12 ? [{ kind: "hadamard", lastBlock: "cut" }] : []),
    isFree: true,
  },
  "drop-the-loser": {
    sought: () => [{ kind: "drop-the-loser", immigration: 2 }],
    isFree: true,
  },
  "doubly-adaptive": {
    sought: () => [{ kind: "doubly-adaptive", gamma: 2 }],
    isFree: true,
  },
  "maximum-entropy": {
    sought: () => [{ kind: "maximum-entropy", eta: "0.5" }],
    isFree: true,
  },
  "minimum-quadratic-distance": {
    sought: () => [{ kind: "minimum-quadratic-distance", eta: "0.5" }],
    isFree: true,
  },
};

function frameOf(ratio: readonly number[], rows: number): Frame {
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const isEqual = ratio.every((w) => w === ratio[0]);
  const canMerge = isEqual || ratioSum <= MOST_MERGED;
  return {
    rows,
    ratioSum: isEqual ? ratio.length : ratioSum,
    isEqual,
    isTwoEqual: ratio.length === 2 && isEqual,
    isTwoUnequal: ratio.length === 2 && !isEqual,
    merged: isEqual ? {} : { mergedArms: true },
    canMerge,
    canBeFree: canMerge && rows <= MOST_FREE_ROWS && ratio.length <= MOST_FREE_ARMS,
  };
}

/**
 * The usual designs for a list, of every kind of procedure.
 *
 * @param ratio - allocation ratio by arm, whole numbers
 * @param rows - of one list
 * @param use - `sought`: those among which a design is sought; `pictured`: those of a picture
 * @throws AllocellError `input.invalid`
 */
export function usualDesigns(
  ratio: readonly number[],
  rows: number,
  use: "sought" | "pictured",
): readonly ProcedureSpec[] {
  requireFields({ ratio, rows }, "a list: ratio and rows", { ratio: "a list", rows: "a number" });
  const frame = frameOf(ratio, rows);
  const isPictured = use === "pictured";
  return Object.values(USUAL).flatMap(({ sought, pictured = sought, isFree }: Usual<ProcedureSpec>) => {
    if (isFree === true && (isPictured || !frame.canBeFree)) return [];
    return (isPictured ? pictured : sought)(frame);
  });
}

import type { DynamicPlan } from "../../../list/index.js";
import {
  parseParameter,
  reducedRatio,
  type ParameterInput,
  type ProcedureKind,
  type ProcedureSpec,
} from "../../../procedure/index.js";
import adjustableBiasedCoin from "./adjustable-biased-coin.R";
import atkinson from "./atkinson.R";
import bayesianBiasedCoin from "./bayesian-biased-coin.R";
import bigStick from "./big-stick.R";
import blockUrn from "./block-urn.R";
import brickTunnel from "./brick-tunnel.R";
import chen from "./chen.R";
import complete from "./complete.R";
import distances from "./distances.R";
import doublyAdaptive from "./doubly-adaptive.R";
import dropTheLoser from "./drop-the-loser.R";
import efron from "./efron.R";
import ehrenfest from "./ehrenfest.R";
import excess from "./excess.R";
import fraction from "./fraction.R";
import generalizedBiasedCoin from "./generalized-biased-coin.R";
import hadamard from "./hadamard.R";
import helpers from "./helpers.R";
import huHu from "./hu-hu.R";
import massWeightedUrn from "./mass-weighted-urn.R";
import maximal from "./maximal.R";
import maximumEntropy from "./maximum-entropy.R";
import minimization from "./minimization.R";
import minimumQuadraticDistance from "./minimum-quadratic-distance.R";
import orderedBlocks from "./ordered-blocks.R";
import permutedBlock from "./permuted-block.R";
import powers from "./powers.R";
import randomAllocationRule from "./random-allocation-rule.R";
import truncatedBinomial from "./truncated-binomial.R";
import wei from "./wei.R";

const ONE_WORD = 2n ** 32n;
/** Longest text that a double holds, digit for digit. */
const SAFE_DIGITS = 15;

/** What the counts of balls of a list grow with: arms, counted as equal ones where they are merged, shares of the ratio in lowest terms, rows. */
interface Sizes {
  readonly arms: bigint;
  readonly shares: bigint;
  readonly rows: bigint;
}

interface RProcedure<Spec> {
  /** The R function `procedure(ratio, rows)`, which gives the urn, after the functions that it needs. */
  readonly parts: readonly string[];
  /**
   * Whether a count of balls, or a number on the way to it, may pass what plain numbers do exactly in one word. Bounds
   * are generous: a program with big numbers gives the same list, only more slowly.
   */
  readonly isBig: boolean | ((spec: Spec, sizes: Sizes) => boolean);
}

function hasManyDigits(input: ParameterInput): boolean {
  return String(input)
    .split("/")
    .some((part) => part.replace(".", "").replace(/^0+/, "").length > SAFE_DIGITS);
}

const isFineCoin = ({ probability }: { readonly probability: ParameterInput }): boolean =>
  hasManyDigits(probability) || parseParameter(probability, "probability").denominator > ONE_WORD;

/** What the R program of every kind is made of. */
export const R_PROCEDURE: {
  readonly [Kind in ProcedureKind]: RProcedure<Extract<ProcedureSpec, { readonly kind: Kind }>>;
} = {
  complete: { parts: [helpers, complete], isBig: false },
  "random-allocation-rule": { parts: [helpers, randomAllocationRule], isBig: false },
  "permuted-block": {
    parts: [helpers, permutedBlock],
    isBig: ({ sizes, lastBlock }) => lastBlock === "fill" || BigInt(sizes.length) * 1_000_000n > ONE_WORD,
  },
  "ordered-blocks": { parts: [helpers, orderedBlocks], isBig: false },
  "truncated-binomial": { parts: [helpers, truncatedBinomial], isBig: false },
  maximal: { parts: [helpers, maximal], isBig: true },
  "big-stick": { parts: [helpers, bigStick], isBig: false },
  efron: { parts: [helpers, fraction, efron], isBig: isFineCoin },
  chen: { parts: [helpers, fraction, chen], isBig: isFineCoin },
  ehrenfest: { parts: [helpers, ehrenfest], isBig: false },
  "adjustable-biased-coin": { parts: [helpers, fraction, powers, adjustableBiasedCoin], isBig: true },
  "generalized-biased-coin": { parts: [helpers, fraction, powers, generalizedBiasedCoin], isBig: true },
  wei: {
    parts: [helpers, wei],
    isBig: ({ initial, added }, { arms, rows }) => arms * (BigInt(initial) + BigInt(added) * rows) > ONE_WORD,
  },
  "bayesian-biased-coin": { parts: [helpers, fraction, powers, bayesianBiasedCoin], isBig: true },
  hadamard: { parts: [helpers, hadamard], isBig: false },
  "block-urn": {
    parts: [helpers, excess, blockUrn],
    isBig: ({ lambda }, { shares }) => shares * BigInt(lambda) > ONE_WORD,
  },
  "mass-weighted-urn": {
    parts: [helpers, fraction, massWeightedUrn],
    isBig: ({ alpha }, { arms, shares }) => {
      const { numerator, denominator } = parseParameter(alpha, "alpha");
      return hasManyDigits(alpha) || (numerator + arms * denominator) * shares > ONE_WORD;
    },
  },
  "drop-the-loser": {
    parts: [helpers, dropTheLoser],
    // Every immigration adds as much again, and makes the next one rarer.
    isBig: ({ immigration }, { shares }) => shares * BigInt(immigration) * 4096n > ONE_WORD,
  },
  "doubly-adaptive": { parts: [helpers, fraction, powers, doublyAdaptive], isBig: true },
  "maximum-entropy": { parts: [helpers, fraction, excess, distances, powers, maximumEntropy], isBig: true },
  "minimum-quadratic-distance": {
    parts: [helpers, fraction, excess, distances, powers, minimumQuadraticDistance],
    isBig: ({ eta }, { arms, shares }) => {
      const { denominator } = parseParameter(eta, "eta");
      return hasManyDigits(eta) || 4n * denominator * arms ** 4n * shares ** 3n > ONE_WORD;
    },
  },
  "brick-tunnel": { parts: [helpers, brickTunnel], isBig: false },
};

/** Whether a program for a procedure on a list of so many rows needs big numbers; see {@link RProcedure.isBig}. */
export function needsBigNumbers(spec: ProcedureSpec, ratio: readonly number[], rows: number): boolean {
  const shares = BigInt(reducedRatio(ratio).reduce((sum, w) => sum + w, 0));
  const arms = spec.mergedArms === true ? shares : BigInt(ratio.length);
  // The entry is that of the procedure's own kind, which the compiler cannot see through the union.
  const { isBig } = R_PROCEDURE[spec.kind] as RProcedure<ProcedureSpec>;
  return typeof isBig === "boolean" ? isBig : isBig(spec, { arms, shares, rows: BigInt(rows) });
}

/** How each dynamic procedure allocates. */
export const R_DYNAMIC: Readonly<Record<DynamicPlan["procedure"]["kind"], readonly string[]>> = {
  minimization: [minimization],
  "hu-hu": [huHu],
  atkinson: [atkinson],
};

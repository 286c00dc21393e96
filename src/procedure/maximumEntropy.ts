import { fail } from "../foundation/index.js";
import { ONE, ZERO, type Fraction } from "../quantity/index.js";
import { excessDistances, nextExcess } from "./allocationDistance.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { ETA } from "./parameterTexts.js";
import { boundedParameter, type ParameterInput } from "./parameter.js";
import { refuseUnknownOptions } from "./checkOptions.js";
import { greatestCommonDivisor, lowestBalls, scaledBalls, WEIGHT_BITS } from "./fixedPoint.js";
import { anExactFraction } from "./parameterSchema.js";
import { reducedRatio } from "./permutedBlock.js";
import type { Balls, Urn } from "./urn.js";

/** Arms and parameters of {@link maximumEntropy}. */
export interface MaximumEntropyOptions {
  /** Integer allocation ratio, one entry an arm; after division by the common divisor its sum is at most 1000. */
  readonly ratio: readonly number[];
  /** Eta, a fraction in [0, 1], both ends included: 0 is complete randomization, 1 always takes a nearest arm. */
  readonly eta: ParameterInput;
}

/** Largest sum of the ratio: the powers below have as many factors. */
const LARGEST_SUM = 1000;

/**
 * Maximum-entropy constrained balance randomization MaxEnt(eta).
 *
 * B_k = max_i abs((N_i + [i = k]) / (n + 1) - rho_i) is the distance from the ratio if arm k is next; the p closest to
 * rho in information with sum p B = C = eta min B + (1 - eta) sum rho B is w_k exp(-mu (B_k - min B)), mu >= 0.
 *
 * With the whole numbers d_k = (n + 1) W (B_k - min B), divided by their common divisor, and z in [0, 1] in place of the
 * exponential, p_k is proportional to w_k z^d_k, where z solves f(z) = sum w_k (d_k - c) z^d_k = 0 with
 * c = (1 - eta) sum w_k d_k / W. So no exponential is needed:
 * - all d equal, or eta = 0: balls w_k; eta = 1: balls w_k for the arms with d_k = 0;
 * - two different values of d: p is a fraction. w_0 = sum of w over d = 0, w_1 = W - w_0, eta = a/b: balls
 *   w_k (b W - (b - a) w_1) where d_k = 0, else w_k (b - a) w_0, in lowest terms;
 * - otherwise m is the largest whole number in [0, 2^64) with f(m / 2^64) <= 0, decided by exact integers, and the balls
 *   are {@link scaledBalls} of w_k m^d_k 2^(64 (max d - d_k)).
 *
 * At equal ratio the ratio is kept at every row; at unequal ratio it is not (2:1, eta 1/2: off by at most 0.25 in the
 * first 12 rows). The state is N by arm without complete ratio sets.
 *
 * @throws AllocellError `procedure.ratio_invalid`, `procedure.ratio_unsupported` (sum above 1000),
 *   `procedure.rational_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * maximumEntropy({ ratio: [1, 1], eta: "1/2" }).balls([1, 0], undefined); // [1, 3]
 * @see Klotz 1978, Biometrics 34:283
 */
export function maximumEntropy(options: MaximumEntropyOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "eta"]);
  const ratio = reducedRatio(options.ratio);
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  if (ratioSum > LARGEST_SUM) {
    fail(
      "procedure.ratio_unsupported",
      "ratio",
      `Maximum entropy works for ratios that sum to ${LARGEST_SUM} or less.`,
      {
        expected: `a sum of at most ${LARGEST_SUM}`,
        received: options.ratio.join(":"),
      },
    );
  }
  const eta = boundedParameter(options.eta, "eta", ZERO, ONE);
  return {
    arms: ratio.length,
    start: Object.freeze(ratio.map(() => 0)),
    balls: (counts) => maximumEntropyBalls(ratio, excessDistances(ratio, counts), eta),
    after: (counts, arm) => nextExcess(ratio, counts, arm),
  };
}

function maximumEntropyBalls(ratio: readonly number[], distances: readonly number[], eta: Fraction): readonly Balls[] {
  const { numerator: a, denominator: b } = eta;
  if (a === 0n || distances.every((d) => d === 0)) return ratio;
  const weights = ratio.map(BigInt);
  const ratioSum = weights.reduce((sum, w) => sum + w, 0n);
  if (new Set(distances).size === 2 || a === b) {
    const nearest = weights.reduce((sum, w, k) => (distances[k] === 0 ? sum + w : sum), 0n);
    const toNearest = b * ratioSum - (b - a) * (ratioSum - nearest);
    return lowestBalls(weights.map((w, k) => w * (distances[k] === 0 ? toNearest : (b - a) * nearest)));
  }
  const common = distances.map(BigInt).reduce(greatestCommonDivisor, 0n);
  const d = distances.map((distance) => BigInt(distance) / common);
  const largest = d.reduce((most, distance) => (distance > most ? distance : most), 0n);
  const powers = (m: bigint): bigint[] => d.map((power) => (m ** power) << (WEIGHT_BITS * (largest - power)));
  const weightedSum = d.reduce((sum, distance, k) => sum + (weights[k] as bigint) * distance, 0n);
  // b W times w_k (d_k - c)
  const slopes = d.map((distance, k) => (weights[k] as bigint) * (distance * b * ratioSum - (b - a) * weightedSum));
  let m = 0n;
  for (let bit = WEIGHT_BITS - 1n; bit >= 0n; bit -= 1n) {
    const tried = m | (1n << bit); // f(1) > 0, so that m stays below 2^64
    const value = powers(tried).reduce((sum, power, k) => sum + (slopes[k] as bigint) * power, 0n);
    if (value <= 0n) m = tried;
  }
  return scaledBalls(powers(m).map((power, k) => (weights[k] as bigint) * (power > 0n ? power : 1n)));
}

/** {@link maximumEntropy} as a plan states it. */
export interface MaximumEntropySpec {
  readonly kind: "maximum-entropy";
  readonly eta: ParameterInput;
}

export const maximumEntropyDefinition: Definition<MaximumEntropySpec> = {
  algorithm: "allocell-me-1",
  parameters: () => ({ eta: anExactFraction() }),
  urn: (spec, ratio) => maximumEntropy({ ratio, eta: spec.eta }),
  keepsUnequalRatio: false,
};

export const maximumEntropyOffer: Offer<MaximumEntropySpec> = {
  name: {
    en: "maximum entropy constrained balance randomization",
    zh: "最大熵约束均衡随机化",
  },
  design: (spec) => ({
    name: `maximum entropy design, eta ${spec.eta}`,
    label: `ME ${spec.eta}`,
    family: "biased coin",
  }),
  parameters: { eta: ETA },
  usual: {
    sought: () => [{ kind: "maximum-entropy", eta: "0.5" }],
    isFree: true,
  },
};

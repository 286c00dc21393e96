import { fail } from "../foundation/index.js";
import { ONE, ZERO, type Fraction } from "../quantity/index.js";
import { excessDistances, nextExcess } from "./allocationDistance.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { ETA } from "./parameterTexts.js";
import { boundedParameter, type ParameterInput } from "./parameter.js";
import { refuseUnknownOptions } from "./checkOptions.js";
import { lowestBalls } from "./fixedPoint.js";
import { anExactFraction } from "./parameterSchema.js";
import { reducedRatio } from "./permutedBlock.js";
import type { Balls, Urn } from "./urn.js";

/** Arms and parameters of {@link minimumQuadraticDistance}. */
export interface MinimumQuadraticDistanceOptions {
  /** Integer allocation ratio of 2 to 12 arms, each from 1 to 1000. */
  readonly ratio: readonly number[];
  /** Eta, a fraction in [0, 1], both ends included: 0 is complete randomization, 1 always takes a nearest arm. */
  readonly eta: ParameterInput;
}

/** Most arms: the search may look at every subset of them. */
const MOST_ARMS = 12;

/**
 * Minimum quadratic distance constrained balance randomization MinQD(eta).
 *
 * B_k and C as in maximum entropy; p minimises sum (p_k - rho_k)^2 subject to sum p = 1, p >= 0, sum p B <= C. On a
 * support S of s arms, with d_k = (n + 1) W (B_k - min B), sums over S, w_S = sum w, D1 = sum d, V = s sum d^2 - D1^2,
 * R_k = s w_k + W - w_S, eta = a/b and M = s (b - a) sum_all w d - b sum d R, all whole numbers, arm k has
 * b V R_k + M (s d_k - D1) balls, in lowest terms. S is the one support where V > 0, M <= 0, no arm in S has less than 0
 * and no arm outside more than 0 (the optimality conditions of a strictly convex problem: there is exactly one p).
 * All d equal, or eta = 0: balls w_k. eta = 1: S is the arms with d_k = 0 and R_k the balls.
 *
 * At equal ratio the ratio is kept at every row; at unequal ratio it is not. The state is N by arm without complete
 * ratio sets.
 *
 * @throws AllocellError `procedure.ratio_invalid`, `procedure.arms_unsupported` (more than 12), `procedure.rational_invalid`,
 *   `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * minimumQuadraticDistance({ ratio: [1, 1], eta: "1/2" }).balls([1, 0], undefined); // [1, 3]
 * @see Titterington 1975, Biometrics 31:845
 */
export function minimumQuadraticDistance(options: MinimumQuadraticDistanceOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "eta"]);
  const ratio = reducedRatio(options.ratio);
  if (ratio.length > MOST_ARMS) {
    fail("procedure.arms_unsupported", "ratio", `Minimum quadratic distance works for at most ${MOST_ARMS} arms.`, {
      expected: `2 to ${MOST_ARMS} arms`,
      received: `${ratio.length} arms`,
    });
  }
  const eta = boundedParameter(options.eta, "eta", ZERO, ONE);
  const supports = supportsBySize(ratio.length);
  return {
    arms: ratio.length,
    start: Object.freeze(ratio.map(() => 0)),
    balls: (counts) => nearestBalls(ratio, excessDistances(ratio, counts), eta, supports),
    after: (counts, arm) => nextExcess(ratio, counts, arm),
  };
}

/** All nonempty sets of arms, larger ones first: the answer is mostly the full set. */
function supportsBySize(arms: number): readonly (readonly number[])[] {
  const all = Array.from({ length: arms }, (_, arm) => arm);
  const sets = Array.from({ length: 2 ** arms - 1 }, (_, i) => all.filter((arm) => ((i + 1) >> arm) & 1));
  return sets.sort((x, y) => y.length - x.length);
}

function nearestBalls(
  ratio: readonly number[],
  distances: readonly number[],
  eta: Fraction,
  supports: readonly (readonly number[])[],
): readonly Balls[] {
  if (eta.numerator === 0n || distances.every((distance) => distance === 0)) return ratio;
  const w = ratio.map(BigInt);
  const d = distances.map(BigInt);
  const arms = w.map((_, k) => k);
  const sum = (over: readonly number[], term: (k: number) => bigint): bigint =>
    over.reduce((total, k) => total + term(k), 0n);
  const at = (values: readonly bigint[], k: number): bigint => values[k] as bigint;
  const ratioSum = sum(arms, (k) => at(w, k));
  const evenShares = (support: readonly number[]): readonly bigint[] => {
    const missing = ratioSum - sum(support, (k) => at(w, k));
    return w.map((weight) => BigInt(support.length) * weight + missing);
  };

  const b = eta.denominator;
  const target = (b - eta.numerator) * sum(arms, (k) => at(w, k) * at(d, k));
  if (target === 0n) {
    const shares = evenShares(arms.filter((k) => d[k] === 0n));
    return lowestBalls(shares.map((share, k) => (d[k] === 0n ? share : 0n)));
  }
  for (const support of supports) {
    const size = BigInt(support.length);
    const shares = evenShares(support);
    const linear = sum(support, (k) => at(d, k));
    const spread = size * sum(support, (k) => at(d, k) ** 2n) - linear * linear;
    const slope = size * target - b * sum(support, (k) => at(d, k) * at(shares, k));
    if (spread === 0n || slope > 0n) continue;
    const values = shares.map((share, k) => b * spread * share + slope * (size * at(d, k) - linear));
    if (values.every((value, k) => (support.includes(k) ? value >= 0n : value <= 0n))) {
      return lowestBalls(values.map((value, k) => (support.includes(k) ? value : 0n)));
    }
  }
  return fail("procedure.no_solution", "eta", "No allocation meets the balance constraint; this cannot happen.");
}

/** {@link minimumQuadraticDistance} as a plan states it. */
export interface MinimumQuadraticDistanceSpec {
  readonly kind: "minimum-quadratic-distance";
  readonly eta: ParameterInput;
}

export const minimumQuadraticDistanceDefinition: Definition<MinimumQuadraticDistanceSpec> = {
  algorithm: "allocell-mqd-1",
  parameters: () => ({ eta: anExactFraction() }),
  urn: (spec, ratio) => minimumQuadraticDistance({ ratio, eta: spec.eta }),
  keepsUnequalRatio: false,
};

export const minimumQuadraticDistanceOffer: Offer<MinimumQuadraticDistanceSpec> = {
  name: {
    en: "minimum quadratic distance constrained balance randomization",
    zh: "最小二次距离约束均衡随机化",
  },
  design: (spec) => ({
    name: `minimum quadratic distance design, eta ${spec.eta}`,
    label: `MQD ${spec.eta}`,
    family: "biased coin",
  }),
  parameters: { eta: ETA },
  usual: {
    sought: () => [{ kind: "minimum-quadratic-distance", eta: "0.5" }],
    isFree: true,
  },
};

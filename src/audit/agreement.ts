import { UrnStates, Walk, type Masses, type Numbers, type Urn } from "../procedure/index.js";

/** Numbers that are added up at most: some seconds. */
const MOST_WORK = 3_000_000;

/**
 * The distribution of how often a fresh list agrees with a fixed one, position by position.
 *
 * @param fixed - arm index of each position; -1 where the fixed list has an arm that the procedure has not
 * @returns P(k agreements) for k = 0 ... fixed.length, in double precision; undefined where the walk would be too long
 */
export function agreementDistribution<State>(urn: Urn<State>, fixed: readonly number[]): Float64Array | undefined {
  const length = fixed.length + 1;
  const walk = new Walk(new UrnStates(urn) as UrnStates<unknown>, byAgreements(length));
  let masses = walk.start();
  let work = 0;
  for (const arm of fixed) {
    work += masses.size * length;
    if (work > MOST_WORK) return undefined;
    const { byArm } = walk.assign(masses);
    masses = walk.merge(byArm.map((own, k) => (k === arm ? agreedOnce(own) : own)));
  }
  return walk.sum(masses) ?? new Float64Array(length);
}

/** Probabilities by the number of agreements so far. */
function byAgreements(length: number): Numbers<Float64Array> {
  const one = new Float64Array(length);
  one[0] = 1;
  return {
    one,
    add: (a, b) => a.map((p, k) => p + (b[k] as number)),
    share: (value, part, whole) => {
      const share = Number(part) / Number(whole);
      return value.map((p) => p * share);
    },
    isNegligible: (value) => value.every((p) => p < 1e-18),
  };
}

function agreedOnce(masses: Masses<Float64Array>): Masses<Float64Array> {
  return new Map(
    [...masses].map(([state, counts]) => {
      const shifted = new Float64Array(counts.length);
      shifted.set(counts.subarray(0, -1), 1);
      return [state, shifted];
    }),
  );
}

import { stateText } from "../../src/procedure/stateText.js";
import type { Urn } from "../../src/procedure/urn.js";
import { compare, fraction, lowest, minus, plus, times, toNumber, type Fraction } from "../../src/quantity/index.js";

/** What a dynamic programme needs of numbers, so that the same one runs in fractions and in doubles. */
export interface Arithmetic<T> {
  readonly of: (numerator: bigint, denominator: bigint) => T;
  readonly add: (a: T, b: T) => T;
  readonly subtract: (a: T, b: T) => T;
  readonly multiply: (a: T, b: T) => T;
  readonly compare: (a: T, b: T) => number;
  readonly toNumber: (a: T) => number;
  /** Probabilities that may be left out; 0: none. */
  readonly negligible: number;
}

export const fractions: Arithmetic<Fraction> = {
  of: (numerator, denominator) => lowest(fraction(numerator, denominator)),
  add: (a, b) => lowest(plus(a, b)),
  subtract: (a, b) => lowest(minus(a, b)),
  multiply: (a, b) => lowest(times(a, b)),
  compare,
  toNumber,
  negligible: 0,
};

export const doubles: Arithmetic<number> = {
  of: (numerator, denominator) => toNumber(lowest(fraction(numerator, denominator))),
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  compare: (a, b) => a - b,
  toNumber: (a) => a,
  negligible: 1e-16,
};

/** Measures of a two-arm procedure without hidden balls; D = n_A - n_B. */
export interface TwoArmMeasures<T> {
  readonly correctGuessConvergence: T;
  readonly correctGuessMaxProbability: T;
  readonly forcedShare: T;
  readonly meanProbBalanced: T;
  readonly forcingIndex: T;
  readonly expectedAbsFinal: T;
  readonly expectedSquaredFinal: T;
  readonly loss: T;
  readonly expectedMaxAbs: T;
  readonly meanEntropyNats: number;
  readonly expectedSquaredImbalanceByStep: readonly T[];
  readonly marginalProbAByStep: readonly T[];
  readonly probForcedByStep: readonly T[];
  readonly finalImbalanceDistribution: ReadonlyMap<number, T>;
  readonly maxAbsDistribution: ReadonlyMap<number, T>;
}

/** Carries P(state, D, max abs D) forward row by row. */
export function twoArmMeasures<State, T>(urn: Urn<State>, rows: number, math: Arithmetic<T>): TwoArmMeasures<T> {
  interface Node {
    readonly state: State;
    readonly difference: number;
    readonly largest: number;
    probability: T;
  }
  const zero = math.of(0n, 1n);
  const one = math.of(1n, 1n);
  const half = math.of(1n, 2n);
  const firstArm = new Map<string, T>();
  const probabilityOfFirst = (state: State): T => {
    const key = stateText(state);
    const known = firstArm.get(key);
    if (known !== undefined) return known;
    const [a = 0n, b = 0n, ...hidden] = urn.balls(state, undefined).map(BigInt);
    if (hidden.length > 0 || a + b === 0n) throw new Error("two arms without hidden balls only");
    const p = math.of(a, a + b);
    firstArm.set(key, p);
    return p;
  };

  let nodes: Iterable<Node> = [{ state: urn.start, difference: 0, largest: 0, probability: one }];
  let [guess, best, forced, balanced, distance] = [zero, zero, zero, zero, zero];
  let entropy = 0;
  const squares: T[] = [];
  const marginal: T[] = [];
  const forcedByStep: T[] = [];
  for (let row = 1; row <= rows; row += 1) {
    const next = new Map<string, Node>();
    let [square, first, forcedHere] = [zero, zero, zero];
    for (const { state, difference, largest, probability } of nodes) {
      const p = probabilityOfFirst(state);
      const q = math.subtract(one, p);
      const high = math.compare(p, q) >= 0 ? p : q;
      const pNumber = math.toNumber(p);
      const isForced = math.compare(high, one) === 0;
      const right = difference === 0 ? half : difference < 0 ? p : q;
      guess = math.add(guess, math.multiply(probability, right));
      best = math.add(best, math.multiply(probability, high));
      distance = math.add(distance, math.multiply(probability, math.subtract(high, half)));
      first = math.add(first, math.multiply(probability, p));
      if (isForced) forcedHere = math.add(forcedHere, probability);
      else entropy -= math.toNumber(probability) * (pNumber * Math.log(pNumber) + (1 - pNumber) * Math.log1p(-pNumber));
      [p, q].forEach((share, arm) => {
        const mass = math.multiply(probability, share);
        if (math.toNumber(mass) <= math.negligible) return;
        const after = urn.after(state, arm, undefined);
        const D = difference + (arm === 0 ? 1 : -1);
        const most = Math.max(largest, Math.abs(D));
        const key = `${stateText(after)}|${D}|${most}`;
        const known = next.get(key);
        if (known === undefined) next.set(key, { state: after, difference: D, largest: most, probability: mass });
        else known.probability = math.add(known.probability, mass);
        square = math.add(square, math.multiply(mass, math.of(BigInt(D * D), 1n)));
        if (D === 0) balanced = math.add(balanced, mass);
      });
    }
    forced = math.add(forced, forcedHere);
    forcedByStep.push(forcedHere);
    squares.push(square);
    marginal.push(first);
    nodes = [...next.values()];
  }

  const final = new Map<number, T>();
  const largestOf = new Map<number, T>();
  let [absolute, most] = [zero, zero];
  for (const { difference, largest, probability } of nodes) {
    final.set(difference, math.add(final.get(difference) ?? zero, probability));
    largestOf.set(largest, math.add(largestOf.get(largest) ?? zero, probability));
    absolute = math.add(absolute, math.multiply(probability, math.of(BigInt(Math.abs(difference)), 1n)));
    most = math.add(most, math.multiply(probability, math.of(BigInt(largest), 1n)));
  }
  const mean = (total: T): T => math.multiply(total, math.of(1n, BigInt(rows)));
  const squared = squares.at(-1)!;
  return {
    correctGuessConvergence: mean(guess),
    correctGuessMaxProbability: mean(best),
    forcedShare: mean(forced),
    meanProbBalanced: mean(balanced),
    forcingIndex: math.multiply(math.of(4n, 1n), mean(distance)),
    expectedAbsFinal: absolute,
    expectedSquaredFinal: squared,
    loss: mean(squared),
    expectedMaxAbs: most,
    meanEntropyNats: entropy / rows,
    expectedSquaredImbalanceByStep: squares,
    marginalProbAByStep: marginal,
    probForcedByStep: forcedByStep,
    finalImbalanceDistribution: final,
    maxAbsDistribution: largestOf,
  };
}

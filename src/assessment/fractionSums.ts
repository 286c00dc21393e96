import {
  addRationals,
  compareRationals,
  ExactWalk,
  multiplyRationals,
  rational,
  type Rational,
} from "../procedure/index.js";
import type { Carried } from "./carryRows.js";
import type { Chain } from "./chain.js";

const ZERO = rational(0);

export function sumOf(values: Iterable<Rational>): Rational {
  let sum = ZERO;
  for (const value of values) sum = addRationals(sum, value);
  return sum;
}

/** The probabilities of a chain's edges as fractions, in the order of its edges. */
export class ExactEdges {
  readonly #chain: Chain;
  readonly #walk: ExactWalk;
  readonly #byState = new Map<number, readonly Rational[]>();

  constructor(chain: Chain) {
    this.#chain = chain;
    this.#walk = new ExactWalk(chain.walk.states);
  }

  /** @throws AllocellError `procedure.hidden_draws_unbounded` */
  of(node: number): readonly Rational[] {
    const state = this.#chain.stateOf(node);
    const known = this.#byState.get(state);
    if (known !== undefined) return known;
    const made = this.#walk.next(new Map([[state, rational(1)]])).flatMap((masses) => [...masses.values()]);
    this.#byState.set(state, made);
    return made;
  }
}

/** Probabilities by largest level so far, in fractions. */
export type ExactByLevel = ReadonlyMap<number, Rational>;

export function byLevelOf(chain: Chain, edges: ExactEdges): Carried<ExactByLevel> {
  const put = (into: Map<number, Rational>, level: number, p: Rational): void => {
    const known = into.get(level);
    into.set(level, known === undefined ? p : addRationals(known, p));
  };
  return {
    start: new Map([[0, rational(1)]]),
    along: (byLevel, edge, node) => {
      const share = edges.of(node)[edge - (chain.edgeFrom[node] as number)] ?? ZERO;
      const level = chain.level[chain.target[edge] as number] as number;
      const moved = new Map<number, Rational>();
      for (const [largest, p] of byLevel) put(moved, Math.max(largest, level), multiplyRationals(p, share));
      return moved;
    },
    add: (a, b) => {
      const both = new Map(a);
      for (const [level, p] of b) put(both, level, p);
      return both;
    },
  };
}

type ExactLayer = readonly { readonly node: number; readonly byLevel: ExactByLevel }[];

/** Measures in fractions as they are added up, row by row. */
export class FractionSums {
  convergence: Rational = ZERO;
  divergence: Rational = ZERO;
  balanced: Rational = ZERO;
  absolute: Rational = ZERO;
  loss: Rational = ZERO;
  maximal: Rational = ZERO;
  total: Rational = ZERO;
  readonly squaredByRow: Rational[] = [];
  readonly armProbability: readonly Rational[][];
  readonly largest = new Map<number, Rational>();
  readonly #chain: Chain;
  readonly #edges: ExactEdges;

  constructor(chain: Chain, edges: ExactEdges) {
    this.#chain = chain;
    this.#edges = edges;
    this.armProbability = chain.ratio.map(() => []);
  }

  before(layer: ExactLayer): void {
    const arms = this.#chain.ratio.map(() => ZERO);
    for (const { node, byLevel } of layer) {
      const mass = sumOf(byLevel.values());
      const byArm = this.#byArm(node);
      this.convergence = addRationals(this.convergence, multiplyRationals(mass, this.#guess(node, byArm, -1)));
      this.divergence = addRationals(this.divergence, multiplyRationals(mass, this.#guess(node, byArm, 1)));
      byArm.forEach((p, k) => (arms[k] = addRationals(arms[k] ?? ZERO, multiplyRationals(mass, p))));
    }
    arms.forEach((p, k) => this.armProbability[k]?.push(p));
  }

  after(layer: ExactLayer): void {
    let squared = ZERO;
    for (const { node, byLevel } of layer) {
      const mass = sumOf(byLevel.values());
      squared = addRationals(squared, multiplyRationals(mass, this.#square(node)));
      if (this.#chain.level[node] === 0) this.balanced = addRationals(this.balanced, mass);
    }
    this.squaredByRow.push(squared);
  }

  end(layer: ExactLayer, unit: number): void {
    const { arms, rows, ratio, ratioSum, deviations, level: levels } = this.#chain;
    for (const { node, byLevel } of layer) {
      const mass = sumOf(byLevel.values());
      this.total = addRationals(this.total, mass);
      this.absolute = addRationals(this.absolute, multiplyRationals(mass, rational(levels[node] as number, unit)));
      ratio.forEach((w, k) => {
        const own = rational(BigInt(deviations[node * arms + k] as number) ** 2n, BigInt(ratioSum * rows * w));
        this.loss = addRationals(this.loss, multiplyRationals(mass, own));
      });
      for (const [level, p] of byLevel) {
        this.largest.set(level, addRationals(this.largest.get(level) ?? ZERO, p));
        this.maximal = addRationals(this.maximal, multiplyRationals(p, rational(level, unit)));
      }
    }
  }

  #byArm(node: number): readonly Rational[] {
    const chain = this.#chain;
    const byArm = chain.ratio.map(() => ZERO);
    const first = chain.edgeFrom[node] as number;
    this.#edges.of(node).forEach((share, i) => {
      const arm = chain.edgeArm[first + i] as number;
      byArm[arm] = addRationals(byArm[arm] ?? ZERO, share);
    });
    return byArm;
  }

  /** P(the arm that is furthest behind (-1) or ahead (1) is next); ties count by parts. */
  #guess(node: number, byArm: readonly Rational[], sign: number): Rational {
    const { arms, ratio, deviations } = this.#chain;
    const ahead = ratio.map((w, k) => rational(deviations[node * arms + k] as number, w));
    const top = ahead.reduce((a, b) => (sign * compareRationals(b, a) > 0 ? b : a));
    const tied = byArm.filter((_, k) => compareRationals(ahead[k] ?? ZERO, top) === 0);
    return multiplyRationals(sumOf(tied), rational(1, tied.length));
  }

  #square(node: number): Rational {
    const { arms, ratio, ratioSum, scale, level, deviations } = this.#chain;
    if (scale === "difference") return rational((level[node] as number) ** 2);
    const sum = ratio.reduce((all, _, k) => all + BigInt(deviations[node * arms + k] as number) ** 2n, 0n);
    return rational(sum, BigInt(ratioSum) ** 2n);
  }
}

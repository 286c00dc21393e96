import { compare, fraction, lowest, ONE, plus, times, ZERO, type Fraction } from "../quantity/index.js";
import { ExactWalk } from "../procedure/index.js";
import type { Carried } from "./carryRows.js";
import type { Chain } from "./chain.js";

export function sumOf(values: Iterable<Fraction>): Fraction {
  let sum = ZERO;
  for (const value of values) sum = lowest(plus(sum, value));
  return sum;
}

/** The probabilities of a chain's edges as fractions, in the order of its edges. */
export class ExactEdges {
  readonly #chain: Chain;
  readonly #walk: ExactWalk;
  readonly #byState = new Map<number, readonly Fraction[]>();

  constructor(chain: Chain) {
    this.#chain = chain;
    this.#walk = new ExactWalk(chain.walk.states);
  }

  /** @throws AllocellError `procedure.hidden_draws_unbounded` */
  of(node: number): readonly Fraction[] {
    const state = this.#chain.stateOf(node);
    const known = this.#byState.get(state);
    if (known !== undefined) return known;
    const made = this.#walk.next(new Map([[state, ONE]])).flatMap((masses) => [...masses.values()]);
    this.#byState.set(state, made);
    return made;
  }
}

/** Probabilities by largest level so far, in fractions. */
export type ExactByLevel = ReadonlyMap<number, Fraction>;

export function byLevelOf(chain: Chain, edges: ExactEdges): Carried<ExactByLevel> {
  const put = (into: Map<number, Fraction>, level: number, p: Fraction): void => {
    const known = into.get(level);
    into.set(level, known === undefined ? p : lowest(plus(known, p)));
  };
  return {
    start: new Map([[0, ONE]]),
    along: (byLevel, edge, node) => {
      const share = edges.of(node)[edge - (chain.edgeFrom[node] as number)] ?? ZERO;
      const level = chain.level[chain.target[edge] as number] as number;
      const moved = new Map<number, Fraction>();
      for (const [largest, p] of byLevel) put(moved, Math.max(largest, level), lowest(times(p, share)));
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
  convergence: Fraction = ZERO;
  divergence: Fraction = ZERO;
  balanced: Fraction = ZERO;
  absolute: Fraction = ZERO;
  loss: Fraction = ZERO;
  maximal: Fraction = ZERO;
  total: Fraction = ZERO;
  readonly squaredByRow: Fraction[] = [];
  readonly armProbability: readonly Fraction[][];
  readonly largest: Map<number, Fraction> = new Map<number, Fraction>();
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
      this.convergence = lowest(plus(this.convergence, times(mass, this.#guess(node, byArm, -1))));
      this.divergence = lowest(plus(this.divergence, times(mass, this.#guess(node, byArm, 1))));
      byArm.forEach((p, k) => (arms[k] = lowest(plus(arms[k] ?? ZERO, times(mass, p)))));
    }
    arms.forEach((p, k) => this.armProbability[k]?.push(p));
  }

  after(layer: ExactLayer): void {
    let squared = ZERO;
    for (const { node, byLevel } of layer) {
      const mass = sumOf(byLevel.values());
      squared = lowest(plus(squared, times(mass, this.#square(node))));
      if (this.#chain.level[node] === 0) this.balanced = lowest(plus(this.balanced, mass));
    }
    this.squaredByRow.push(squared);
  }

  end(layer: ExactLayer, unit: number): void {
    const { arms, rows, ratio, ratioSum, deviations, level: levels } = this.#chain;
    for (const { node, byLevel } of layer) {
      const mass = sumOf(byLevel.values());
      this.total = lowest(plus(this.total, mass));
      this.absolute = lowest(plus(this.absolute, times(mass, fraction(levels[node] as number, unit))));
      ratio.forEach((w, k) => {
        const own = fraction(BigInt(deviations[node * arms + k] as number) ** 2n, BigInt(ratioSum * rows * w));
        this.loss = lowest(plus(this.loss, times(mass, own)));
      });
      for (const [level, p] of byLevel) {
        this.largest.set(level, lowest(plus(this.largest.get(level) ?? ZERO, p)));
        this.maximal = lowest(plus(this.maximal, times(p, fraction(level, unit))));
      }
    }
  }

  #byArm(node: number): readonly Fraction[] {
    const chain = this.#chain;
    const byArm = chain.ratio.map(() => ZERO);
    const first = chain.edgeFrom[node] as number;
    this.#edges.of(node).forEach((share, i) => {
      const arm = chain.edgeArm[first + i] as number;
      byArm[arm] = lowest(plus(byArm[arm] ?? ZERO, share));
    });
    return byArm;
  }

  /** P(the arm that is furthest behind (-1) or ahead (1) is next); ties count by parts. */
  #guess(node: number, byArm: readonly Fraction[], sign: number): Fraction {
    const { arms, ratio, deviations } = this.#chain;
    const ahead = ratio.map((w, k) => fraction(deviations[node * arms + k] as number, w));
    const top = ahead.reduce((a, b) => (sign * compare(b, a) > 0 ? b : a));
    const tied = byArm.filter((_, k) => compare(ahead[k] ?? ZERO, top) === 0);
    return times(sumOf(tied), fraction(1, tied.length));
  }

  #square(node: number): Fraction {
    const { arms, ratio, ratioSum, scale, level, deviations } = this.#chain;
    if (scale === "difference") return fraction((level[node] as number) ** 2);
    const sum = ratio.reduce((all, _, k) => all + BigInt(deviations[node * arms + k] as number) ** 2n, 0n);
    return fraction(sum, BigInt(ratioSum) ** 2n);
  }
}

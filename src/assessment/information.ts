import { fail } from "../foundation/index.js";
import { rationalToNumber } from "../procedure/index.js";
import type { Knowledge } from "./model.js";
import { tooManyStates, type UrnStates } from "./urnStates.js";

/** One way on from an information state. */
export interface Branch {
  /** The arm that is assigned; -1 before the first row. */
  readonly arm: number;
  readonly to: number;
  readonly probability: number;
  /** The probability exactly, not in lowest terms; absent where it is no finite fraction. */
  readonly numerator?: bigint;
  readonly denominator?: bigint;
}

/** Possible urn states in rising order with their relative weights, in lowest terms. */
interface Belief {
  readonly states: readonly number[];
  readonly weights: readonly bigint[];
}

type Weights = Map<number, bigint>;

/** Hidden draws in a row that are followed where nothing bounds them; beyond lies less than 1e-18. */
const MOST_HIDDEN = 64;

/**
 * What a guesser knows of an urn, as a chain whose transitions carry an arm.
 *
 * An information state is the guesser's belief: the urn states that are possible given what was seen, with their
 * weights as whole numbers without common divisor, so that equal beliefs are recognised and merged. With knowledge
 * `seen` the size of a block is seen when it begins; with `hidden` nobody guesses from the design, so the urn's own
 * states are followed, which are fewer.
 *
 * Where a hidden ball competes with the arms (drop the loser) the urn's contents are taken as known after each row and
 * the hidden draws before the next one are summed.
 */
export class Information<State> {
  readonly #urn: UrnStates<State>;
  readonly #knowledge: Knowledge;
  readonly #most: number;
  readonly #beliefs: Belief[] = [];
  readonly #numberOf = new Map<string, number>();

  constructor(urn: UrnStates<State>, knowledge: Knowledge, most: number) {
    this.#urn = urn;
    this.#knowledge = knowledge;
    this.#most = most;
  }

  get size(): number {
    return this.#beliefs.length;
  }

  /** Where a list begins. */
  start(): readonly Branch[] {
    return this.#split(-1, new Map([[this.#urn.start, 1n]]), 1n, 1);
  }

  /** All ways on from an information state; none if nobody more can be assigned. */
  branches(number: number): readonly Branch[] {
    const { states, weights } = this.#beliefs[number] as Belief;
    const [only] = states;
    if (only !== undefined && states.length === 1 && this.#urn.describe(only).kind === "mixed")
      return this.#mixed(only);
    // Over the least common multiple of the totals, every share is a whole number.
    let common = 1n;
    let sum = 0n;
    for (let i = 0; i < states.length; i += 1) {
      const { kind, total } = this.#urn.describe(states[i] as number);
      if (kind === "empty") return [];
      if (kind !== "arms") unsupported();
      common = leastCommonMultiple(common, total);
      sum += weights[i] as bigint;
    }
    const branches: Branch[] = [];
    for (let arm = 0; arm < this.#urn.arms; arm += 1) {
      const after: Weights = new Map();
      for (let i = 0; i < states.length; i += 1) {
        const from = states[i] as number;
        const { balls, total } = this.#urn.describe(from);
        const count = balls[arm] ?? 0;
        if (Number(count) === 0) continue;
        const share = (weights[i] as bigint) * BigInt(count) * (common / total);
        addTo(after, this.#urn.follow(from, arm), share);
      }
      if (after.size > 0) for (const each of this.#split(arm, after, sum * common, 1)) branches.push(each);
    }
    return branches;
  }

  /** Draws what is hidden, and divides what the guesser can tell apart. */
  #split(arm: number, weights: Weights, sum: bigint, probability: number): Branch[] {
    let open = weights;
    let denominator = sum;
    for (let draws = 0; [...open.keys()].some((number) => this.#urn.describe(number).kind === "hidden"); draws += 1) {
      if (draws > MOST_HIDDEN) unsupported();
      let common = 1n;
      for (const number of open.keys()) {
        const { kind, total } = this.#urn.describe(number);
        if (kind === "hidden") common = leastCommonMultiple(common, total);
      }
      const next: Weights = new Map();
      for (const [number, weight] of open) {
        const { kind, balls, total } = this.#urn.describe(number);
        if (kind !== "hidden") addTo(next, number, weight * common);
        else {
          balls.forEach((count, ball) => {
            if (Number(count) === 0) return;
            addTo(next, this.#urn.follow(number, ball), weight * BigInt(count) * (common / total));
          });
        }
      }
      open = next;
      denominator *= common;
    }
    const groups = new Map<number, Weights>();
    for (const [number, weight] of open) {
      const seen =
        this.#knowledge === "hidden" ? number : this.#knowledge === "seen" ? this.#urn.describe(number).blockAt : 0;
      const group = groups.get(seen);
      if (group === undefined) groups.set(seen, new Map([[number, weight]]));
      else group.set(number, weight);
    }
    return [...groups.values()].map((group) => {
      let numerator = 0n;
      for (const weight of group.values()) numerator += weight;
      const share = numerator === denominator ? 1 : toNumber(numerator, denominator);
      return { arm, to: this.#intern(group), probability: probability * share, numerator, denominator };
    });
  }

  #mixed(from: number): Branch[] {
    const branches: Branch[] = [];
    let open = new Map([[from, 1]]);
    for (let draws = 0; open.size > 0 && draws <= MOST_HIDDEN; draws += 1) {
      const next = new Map<number, number>();
      for (const [number, probability] of open) {
        const { balls, total } = this.#urn.describe(number);
        balls.forEach((count, ball) => {
          const share = (probability * Number(count)) / Number(total);
          if (share < 1e-18) return;
          const to = this.#urn.follow(number, ball);
          if (ball >= this.#urn.arms) next.set(to, (next.get(to) ?? 0) + share);
          else for (const each of this.#mixedAfter(ball, to, share)) branches.push(each);
        });
      }
      open = next;
    }
    return branches;
  }

  /** The settling draws of merged arms lie between: they are followed one by one. */
  #mixedAfter(arm: number, to: number, probability: number): Branch[] {
    const { kind, balls, total } = this.#urn.describe(to);
    if (kind !== "hidden") return [{ arm, to: this.#intern(new Map([[to, 1n]])), probability }];
    return balls.flatMap((count, ball) =>
      Number(count) === 0
        ? []
        : this.#mixedAfter(arm, this.#urn.follow(to, ball), (probability * Number(count)) / Number(total)),
    );
  }

  #intern(group: Weights): number {
    const states = group.size === 1 ? [...group.keys()] : [...group.keys()].sort((a, b) => a - b);
    let weights: readonly bigint[] = [1n];
    let key = String(states[0]);
    if (states.length > 1) {
      const raw = states.map((number) => group.get(number) as bigint);
      const common = raw.reduce(greatestCommonDivisor);
      weights = raw.map((weight) => weight / common);
      key = states.map((number, i) => `${number}*${(weights[i] as bigint).toString(36)}`).join("+");
    }
    const known = this.#numberOf.get(key);
    if (known !== undefined) return known;
    if (this.#beliefs.length >= this.#most) tooManyStates(this.#most);
    this.#beliefs.push({ states, weights });
    this.#numberOf.set(key, this.#beliefs.length - 1);
    return this.#beliefs.length - 1;
  }
}

function addTo(weights: Weights, number: number, weight: bigint): void {
  const known = weights.get(number);
  weights.set(number, known === undefined ? weight : known + weight);
}

function toNumber(numerator: bigint, denominator: bigint): number {
  const [top, bottom] = [Number(numerator), Number(denominator)];
  if (top <= Number.MAX_SAFE_INTEGER && bottom <= Number.MAX_SAFE_INTEGER) return top / bottom;
  return rationalToNumber({ numerator, denominator });
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  if (a <= Number.MAX_SAFE_INTEGER && b <= Number.MAX_SAFE_INTEGER) {
    let [x, y] = [Number(a), Number(b)];
    while (y !== 0) [x, y] = [y, x % y];
    return BigInt(x);
  }
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  if (a === b || b === 1n) return a;
  if (a === 1n) return b;
  return (a / greatestCommonDivisor(a, b)) * b;
}

function unsupported(): never {
  return fail(
    "assessment.measure_undefined",
    "knowledge",
    "Nobody can follow this procedure's hidden draws: what a guesser knows of it is undefined.",
    { expected: 'knowledge "hidden", or a procedure whose hidden draws stand apart from the arms' },
  );
}

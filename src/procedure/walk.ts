import { fail } from "../foundation/index.js";
import { fraction, lowest, ONE, plus, times, toNumber, ZERO, type Fraction } from "../quantity/index.js";
import { requireUrn, type Balls, type Urn } from "./urn.js";
import { UrnStates } from "./urnStates.js";

/** Hidden draws in a row after which exact probabilities give up: only a procedure without a bound needs more. */
export const MOST_HIDDEN_DRAWS = 64;

/** What a walk carries: probabilities as doubles, exact fractions, or whatever else can be added and shared out. */
export interface Numbers<N> {
  /** All that there is, at the start. */
  readonly one: N;
  add(a: N, b: N): N;
  /** value x part / whole, 0 < part <= whole. */
  share(value: N, part: Balls, whole: bigint): N;
  /** Whether so little need not be followed through further hidden draws. */
  isNegligible(value: N): boolean;
}

/** Probabilities as doubles. */
export const DOUBLES: Numbers<number> = /* @__PURE__ */ Object.freeze({
  one: 1,
  add: (a: number, b: number) => a + b,
  share: (value: number, part: Balls, whole: bigint) => value * quotient(part, whole),
  isNegligible: (value: number) => value < 1e-18,
});

function quotient(part: Balls, whole: bigint): number {
  const bottom = Number(whole);
  if (bottom <= Number.MAX_SAFE_INTEGER) return Number(part) / bottom;
  return toNumber({ numerator: BigInt(part), denominator: whole });
}

/** Probabilities as exact fractions. */
export const FRACTIONS: Numbers<Fraction> = /* @__PURE__ */ Object.freeze({
  one: ONE,
  add: (a: Fraction, b: Fraction) => lowest(plus(a, b)),
  share: (value: Fraction, part: Balls, whole: bigint) =>
    BigInt(part) === whole ? value : lowest(times(value, fraction(BigInt(part), whole))),
  isNegligible: () => false,
});

/** Numbers by state; the states by their number in {@link UrnStates}. */
export type Masses<N> = ReadonlyMap<number, N>;

/** What the next participant's assignment leads to. */
export interface Assignment<N> {
  /** By arm: what is in each state after it. */
  readonly byArm: readonly Masses<N>[];
  /** What is left after more hidden draws in a row than were followed; empty for procedures that bound them. */
  readonly omitted: Masses<N>;
  /** Whether a state was met in which nobody more can be assigned. */
  readonly isEnded: boolean;
}

/**
 * The one walk over an urn, from one participant's assignment to the next, in any number that can be added and shared
 * out. Hidden draws are followed, and what meets in a state is added up.
 */
export class Walk<N> {
  readonly states: UrnStates<unknown>;
  readonly numbers: Numbers<N>;

  constructor(states: UrnStates<unknown>, numbers: Numbers<N>) {
    this.states = states;
    this.numbers = numbers;
  }

  /** Everything on the urn's start. */
  start(): Masses<N> {
    return new Map([[this.states.start, this.numbers.one]]);
  }

  /**
   * Follows draws where only hidden balls can be drawn, such as the size of the next block, until an arm can be.
   *
   * @throws AllocellError `procedure.hidden_draws_unbounded` if there is no end of it
   */
  settle(masses: Masses<N>): Masses<N> {
    let open = masses;
    for (let draws = 0; draws <= MOST_HIDDEN_DRAWS; draws += 1) {
      if (![...open.keys()].some((state) => this.states.describe(state).isHidden)) return open;
      const next = new Map<number, N>();
      for (const [state, mass] of open) {
        if (this.states.describe(state).isHidden) this.#draw(state, mass, () => next);
        else this.#put(next, state, mass);
      }
      open = next;
    }
    return unbounded();
  }

  /**
   * The next participant's arm, after all hidden draws before it.
   *
   * @param mostHiddenDraws - hidden draws in a row that are followed, a whole number >= 0
   */
  assign(masses: Masses<N>, mostHiddenDraws: number = MOST_HIDDEN_DRAWS): Assignment<N> {
    const byArm = Array.from({ length: this.states.arms }, () => new Map<number, N>());
    let open = masses;
    let isEnded = false;
    for (let draws = 0; open.size > 0 && draws <= mostHiddenDraws; draws += 1) {
      const hidden = new Map<number, N>();
      for (const [state, mass] of open) {
        if (draws > 0 && this.numbers.isNegligible(mass)) continue;
        if (this.states.describe(state).total === 0n) isEnded = true;
        else this.#draw(state, mass, (ball) => byArm[ball] ?? hidden);
      }
      open = hidden;
    }
    return { byArm, omitted: open, isEnded };
  }

  /** What is there in all, or undefined if nothing is. */
  sum(masses: Masses<N>): N | undefined {
    let sum: N | undefined;
    for (const mass of masses.values()) sum = sum === undefined ? mass : this.numbers.add(sum, mass);
    return sum;
  }

  /** Several masses as one. */
  merge(all: readonly Masses<N>[]): Masses<N> {
    const merged = new Map<number, N>();
    for (const masses of all) for (const [state, mass] of masses) this.#put(merged, state, mass);
    return merged;
  }

  #draw(state: number, mass: N, into: (ball: number) => Map<number, N>): void {
    const { balls, total } = this.states.describe(state);
    for (let ball = 0; ball < balls.length; ball += 1) {
      const count = balls[ball] as Balls;
      if (Number(count) === 0) continue;
      this.#put(into(ball), this.states.follow(state, ball), this.numbers.share(mass, count, total));
    }
  }

  #put(into: Map<number, N>, state: number, mass: N): void {
    const known = into.get(state);
    into.set(state, known === undefined ? mass : this.numbers.add(known, mass));
  }
}

/** A walk in exact fractions, for lists that go on: it refuses the end of the urn and hidden draws without a bound. */
export class ExactWalk extends Walk<Fraction> {
  constructor(states: UrnStates<unknown>) {
    super(states, FRACTIONS);
  }

  static of<State>(urn: Urn<State>): ExactWalk {
    requireUrn(urn);
    return new ExactWalk(new UrnStates(urn) as UrnStates<unknown>);
  }

  /**
   * @throws AllocellError `procedure.urn_empty` if a state has no ball left, `procedure.hidden_draws_unbounded`
   */
  next(masses: Masses<Fraction>): readonly Masses<Fraction>[] {
    const { byArm, omitted, isEnded } = this.assign(masses);
    if (isEnded) urnEmpty();
    if (omitted.size > 0) unbounded();
    return byArm;
  }

  massOf(masses: Masses<Fraction>): Fraction {
    return this.sum(masses) ?? ZERO;
  }
}

/** Refuses a list that goes on where nobody more can be assigned. */
export function urnEmpty(): never {
  return fail("procedure.urn_empty", "rows", "The procedure has come to its end.");
}

/** Refuses exact results for a procedure whose hidden draws have no bound. */
export function unbounded(): never {
  return fail(
    "procedure.hidden_draws_unbounded",
    "procedure",
    "This procedure's probabilities are no finite fractions.",
    { expected: `at most ${MOST_HIDDEN_DRAWS} hidden draws between two participants; otherwise ask for bounds` },
  );
}

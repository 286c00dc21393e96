import {
  addRationals,
  multiplyRationals,
  rational,
  rationalToNumber,
  type Rational,
  type Urn,
} from "../procedure/index.js";

const ZERO = rational(0);
const ONE = rational(1);
/** Work after which an exact walk stops, in visits of states with short fractions: more takes seconds. */
const MOST_WORK = 6000;
/** A visit's work: cancelling a fraction takes time as the square of its length. */
const workOf = ({ p }: { readonly p: Rational }): number => 1 + (p.denominator.toString(16).length / 64) ** 2;
const MOST_HIDDEN = 16;

/** How well the next allocation of a list can be foreseen by somebody who knows the design and all past allocations. */
export interface Predictability {
  /** Rows over which the means are taken, from the first; fewer than asked if the walk became too long. */
  readonly rows: number;
  /** Mean probability of a right guess by the best guesser. */
  readonly bestGuess: Rational;
  /** Mean probability that the next allocation is certain. */
  readonly forced: Rational;
}

type Belief<State> = ReadonlyMap<string, { readonly state: State; readonly p: Rational }>;

/** The text that equal states share. */
export const keyOf = (state: unknown): string =>
  JSON.stringify(state, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));

function add<State>(into: Map<string, { state: State; p: Rational }>, state: State, p: Rational): void {
  const key = keyOf(state);
  const known = into.get(key);
  into.set(key, { state, p: known === undefined ? p : addRationals(known.p, p) });
}

/** Follows hidden draws until every state has a ball for an arm; undefined where arms and hidden balls are mixed. */
function settle<State>(urn: Urn<State>, belief: Belief<State>): Belief<State> | undefined {
  let open = belief;
  const settled = new Map<string, { state: State; p: Rational }>();
  for (let hidden = 0; open.size > 0; hidden += 1) {
    if (hidden > MOST_HIDDEN) return undefined;
    const next = new Map<string, { state: State; p: Rational }>();
    for (const { state, p } of open.values()) {
      const balls = urn.balls(state, undefined).map(BigInt);
      const arms = balls.slice(0, urn.arms).some((n) => n > 0n);
      const others = balls.slice(urn.arms).some((n) => n > 0n);
      if (arms && others) return undefined;
      if (!arms && !others) continue;
      if (arms) add(settled, state, p);
      else {
        const total = balls.reduce((sum, n) => sum + n, 0n);
        balls.forEach((n, ball) => {
          if (n > 0n) add(next, urn.after(state, ball, undefined), multiplyRationals(p, rational(n, total)));
        });
      }
    }
    open = next;
  }
  return settled;
}

/** By arm: the states after it, each with the probability of both. */
function assign<State>(urn: Urn<State>, belief: Belief<State>): readonly Belief<State>[] {
  const byArm = Array.from({ length: urn.arms }, () => new Map<string, { state: State; p: Rational }>());
  for (const { state, p } of belief.values()) {
    const balls = urn.balls(state, undefined).map(BigInt);
    const total = balls.reduce((sum, n) => sum + n, 0n);
    balls.forEach((n, arm) => {
      const target = byArm[arm];
      if (n > 0n && target !== undefined) {
        add(target, urn.after(state, arm, undefined), n === total ? p : multiplyRationals(p, rational(n, total)));
      }
    });
  }
  return byArm;
}

function massOf<State>(belief: Belief<State>): Rational {
  let sum = ZERO;
  for (const { p } of belief.values()) sum = addRationals(sum, p);
  return sum;
}

const largest = (values: readonly Rational[]): Rational =>
  values.reduce((a, b) => (a.numerator * b.denominator >= b.numerator * a.denominator ? a : b));
const over = (a: Rational, n: number): Rational => rational(a.numerator, a.denominator * BigInt(n));

/**
 * Predictability for a guesser who also sees what is hidden, such as the size of each block as it begins.
 *
 * Exact fractions, equal states merged: forced = mean over the rows of P(some arm has all balls), bestGuess = mean of
 * E(largest share of balls).
 *
 * @param rows - rows of the list, >= 1; the walk stops early where it would take seconds
 * @returns undefined for a procedure that mixes balls of arms and hidden ones (drop the loser)
 * @example
 * predictability(permutedBlock({ ratio: [1, 1], sizes: [4] }), 4); // forced 1/3, bestGuess 17/24
 */
export function predictability<State>(urn: Urn<State>, rows: number): Predictability | undefined {
  let belief: Belief<State> | undefined = new Map([[keyOf(urn.start), { state: urn.start, p: ONE }]]);
  let [forced, bestGuess, seen, work] = [ZERO, ZERO, 0, 0];
  while (seen < rows && work <= MOST_WORK) {
    belief = settle(urn, belief);
    if (belief === undefined) return undefined;
    if (belief.size === 0) break;
    for (const { state, p } of belief.values()) {
      const arms = urn.balls(state, undefined).map(BigInt);
      const total = arms.reduce((sum, n) => sum + n, 0n);
      const top = arms.reduce((a, b) => (a > b ? a : b));
      if (top === total) forced = addRationals(forced, p);
      bestGuess = addRationals(bestGuess, multiplyRationals(p, rational(top, total)));
      work += workOf({ p }) + workOf({ p: rational(1, total) });
    }
    seen += 1;
    const merged = new Map<string, { state: State; p: Rational }>();
    for (const next of assign(urn, belief)) for (const { state, p } of next.values()) add(merged, state, p);
    belief = merged;
  }
  return seen === 0 ? undefined : { rows: seen, forced: over(forced, seen), bestGuess: over(bestGuess, seen) };
}

/**
 * {@link predictability} for a guesser who sees the past allocations and nothing hidden: what hiding block sizes gains.
 *
 * @returns undefined as there, and where the possible pasts are too many
 */
export function hiddenPredictability<State>(urn: Urn<State>, rows: number): Predictability | undefined {
  type Pasts = Map<string, { belief: Belief<State>; weight: Rational }>;
  let pasts: Pasts = new Map([
    ["", { belief: new Map([[keyOf(urn.start), { state: urn.start, p: ONE }]]), weight: ONE }],
  ]);
  let [forced, bestGuess, work] = [ZERO, ZERO, 0];
  for (let row = 0; row < rows; row += 1) {
    const next: Pasts = new Map();
    for (const { belief, weight } of pasts.values()) {
      const settled = settle(urn, belief);
      if (settled === undefined) return undefined;
      work += workOf({ p: weight });
      for (const each of settled.values()) work += workOf(each);
      if (work > MOST_WORK) return undefined;
      const byArm = assign(urn, settled);
      const masses = byArm.map(massOf);
      const top = largest(masses);
      if (top.numerator === top.denominator) forced = addRationals(forced, weight);
      bestGuess = addRationals(bestGuess, multiplyRationals(weight, top));
      byArm.forEach((states, arm) => {
        const mass = masses[arm] ?? ZERO;
        if (mass.numerator === 0n) return;
        const inverse = rational(mass.denominator, mass.numerator);
        const given = new Map(
          [...states].map(([key, { state, p }]) => [key, { state, p: multiplyRationals(p, inverse) }]),
        );
        const key = [...given]
          .map(([k, { p }]) => `${k}@${p.numerator}/${p.denominator}`)
          .sort()
          .join("|");
        const share = multiplyRationals(weight, mass);
        const known = next.get(key);
        next.set(key, { belief: given, weight: known === undefined ? share : addRationals(known.weight, share) });
      });
    }
    pasts = next;
  }
  return { rows, forced: over(forced, rows), bestGuess: over(bestGuess, rows) };
}

/** Both shares as doubles. */
export const sharesOf = ({ forced, bestGuess }: Predictability): { forced: number; bestGuess: number } => ({
  forced: rationalToNumber(forced),
  bestGuess: rationalToNumber(bestGuess),
});

/**
 * The distribution of how often a fresh list agrees with a fixed one, position by position.
 *
 * @param fixed - arm index of each position; -1 where the fixed list has an arm that the procedure has not
 * @returns P(k agreements) for k = 0 ... fixed.length, in double precision; undefined as for {@link predictability}, or
 *   where the walk would be too long
 */
export function agreementDistribution<State>(urn: Urn<State>, fixed: readonly number[]): Float64Array | undefined {
  type Counts = Map<string, { state: State; counts: Float64Array }>;
  const put = (into: Counts, state: State, counts: Float64Array, factor: number, by: number): void => {
    const key = keyOf(state);
    const known = into.get(key)?.counts ?? new Float64Array(fixed.length + 1);
    for (let k = 0; k + by < known.length; k += 1) {
      known[k + by] = (known[k + by] as number) + factor * (counts[k] as number);
    }
    into.set(key, { state, counts: known });
  };
  let open: Counts = new Map();
  put(open, urn.start, Float64Array.of(1, ...new Array<number>(fixed.length).fill(0)), 1, 0);
  let work = 0;
  for (const arm of fixed) {
    let settled: Counts = open;
    for (let hidden = 0; hidden <= MOST_HIDDEN; hidden += 1) {
      const next: Counts = new Map();
      let isDone = true;
      for (const { state, counts } of settled.values()) {
        const balls = urn.balls(state, undefined).map(Number);
        const total = balls.reduce((sum, n) => sum + n, 0);
        if (balls.slice(0, urn.arms).some((n) => n > 0)) {
          if (balls.slice(urn.arms).some((n) => n > 0)) return undefined;
          put(next, state, counts, 1, 0);
        } else {
          isDone = false;
          balls.forEach((n, ball) => {
            if (n > 0) put(next, urn.after(state, ball, undefined), counts, n / total, 0);
          });
        }
      }
      settled = next;
      if (isDone) break;
    }
    open = new Map();
    for (const { state, counts } of settled.values()) {
      work += fixed.length;
      if (work > 3_000_000) return undefined;
      const balls = urn.balls(state, undefined).map(Number);
      const total = balls.reduce((sum, n) => sum + n, 0);
      balls.forEach((n, ball) => {
        if (n > 0) put(open, urn.after(state, ball, undefined), counts, n / total, ball === arm ? 1 : 0);
      });
    }
  }
  const sum = new Float64Array(fixed.length + 1);
  for (const { counts } of open.values()) counts.forEach((p, k) => (sum[k] = (sum[k] as number) + p));
  return sum;
}

import { fail } from "../foundation/index.js";
import { addRationals, multiplyRationals, ONE, rational, ZERO, type Rational } from "./rational.js";
import { stateKey } from "./stateTable.js";
import type { Urn } from "./urn.js";

/** Hidden draws in a row after which exact probabilities give up: only a procedure without a bound needs more. */
export const MOST_HIDDEN_DRAWS = 64;

/** Exact probabilities of states, equal states merged, by the text of the state. */
export type Distribution<State> = ReadonlyMap<string, { readonly state: State; readonly probability: Rational }>;

/** What the next participant's assignment leads to. */
export interface Assignment<State> {
  /** By arm: the states after it with their probabilities; their sum is P(arm and what was given). */
  readonly byArm: readonly Distribution<State>[];
  /** Probability of more hidden draws in a row than were followed; 0 for all procedures that bound them. */
  readonly omitted: Rational;
}

/** All probability on the urn's start. */
export function startDistribution<State>(urn: Urn<State>): Distribution<State> {
  return new Map([[stateKey(urn.start), { state: urn.start, probability: ONE }]]);
}

/** The sum of a distribution, in lowest terms. */
export function massOf<State>(distribution: Distribution<State>): Rational {
  let sum = ZERO;
  for (const { probability } of distribution.values()) sum = addRationals(sum, probability);
  return sum;
}

/**
 * Carries a distribution through hidden draws to the next participant's arm.
 *
 * Fractions are cancelled once a state, not once a path.
 *
 * @param mostHiddenDraws - hidden draws in a row that are followed, a whole number >= 0
 * @throws AllocellError `procedure.urn_empty` if a state has no ball left
 */
export function assignNext<State>(
  urn: Urn<State>,
  distribution: Distribution<State>,
  mostHiddenDraws: number = MOST_HIDDEN_DRAWS,
): Assignment<State> {
  type Growing = Map<string, { state: State; probability: Rational }>;
  const byArm = Array.from({ length: urn.arms }, (): Growing => new Map());
  let open: Distribution<State> = distribution;
  for (let hidden = 0; open.size > 0 && hidden <= mostHiddenDraws; hidden += 1) {
    const afterHidden: Growing = new Map();
    for (const { state, probability } of open.values()) {
      const balls = urn.balls(state, undefined).map(BigInt);
      const total = balls.reduce((sum, count) => sum + count, 0n);
      if (total === 0n) return fail("procedure.urn_empty", "rows", "The procedure has come to its end.");
      balls.forEach((count, ball) => {
        if (count === 0n) return;
        const next = urn.after(state, ball, undefined);
        const share = count === total ? probability : multiplyRationals(probability, rational(count, total));
        const key = stateKey(next);
        const target = byArm[ball] ?? afterHidden;
        const known = target.get(key);
        if (known === undefined) target.set(key, { state: next, probability: share });
        else known.probability = addRationals(known.probability, share);
      });
    }
    open = afterHidden;
  }
  return { byArm, omitted: massOf(open) };
}

/**
 * Refuses exact results for a procedure whose hidden draws have no bound.
 *
 * @throws AllocellError `procedure.hidden_draws_unbounded` if `omitted` is above 0
 */
export function requireNothingOmitted(omitted: Rational): void {
  if (omitted.numerator !== 0n) {
    fail("procedure.hidden_draws_unbounded", "procedure", "This procedure's probabilities are no finite fractions.", {
      expected: `at most ${MOST_HIDDEN_DRAWS} hidden draws between two participants; otherwise ask for bounds`,
    });
  }
}

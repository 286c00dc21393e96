import type { Masses } from "../procedure/index.js";
import { gridMerging } from "./beliefMerging.js";
import type { Merging } from "./beliefs.js";
import type { Chain } from "./chain.js";
import { NEGLIGIBLE } from "./carryRows.js";
import { Tally } from "./distribution.js";
import type { Distribution } from "./model.js";

/** Shares of a guess are counted in so many parts: 1/m is a whole number of them for m up to 12. */
export const UNIT = 27_720;

/** A probability for each number of correct guesses, in parts of {@link UNIT}. */
export type Counts = Map<number, number>;

/** Entries of all rows together: a few seconds. */
export const MOST_ENTRIES = 2_000_000;

/** Probabilities closer than this are equal but for rounding. */
const TIED = 1e-9;

/** The arms with the greatest probability, in rising order. */
export function bestArms(shares: readonly number[]): readonly number[] {
  const best = Math.max(...shares);
  return shares.flatMap((share, arm) => (share > best * (1 - TIED) ? [arm] : []));
}

/** Counts times a probability, with so much more counted. */
export function moved(counts: Counts, credit: number, probability: number): Counts {
  const after: Counts = new Map();
  for (const [count, mass] of counts) after.set(count + credit, mass * probability);
  return after;
}

/** Adds the second to the first, and returns it. */
export function together(a: Counts, b: Counts): Counts {
  for (const [count, mass] of b) a.set(count, (a.get(count) ?? 0) + mass);
  return a;
}

/** Histories after which a guesser believes the same: the belief, and how often he was right in them. */
interface Class {
  /** By state of the urn, adding up to 1. */
  readonly belief: Masses<number>;
  /** P(the histories), by the number of right guesses, and by the number of deterministic allocations. */
  readonly best: Counts;
  readonly deterministic: Counts;
}

/**
 * How many allocations the best guesser foresees, and how many are deterministic, over all lists of the design.
 *
 * What he believes does not depend on how often he was right on the way to it, so each class of histories carries its
 * own counts.
 *
 * @returns undefined if he can know too much to be followed exactly
 */
export function countGuesses(
  chain: Chain,
): { readonly best: Distribution; readonly deterministic: Distribution } | undefined {
  const merging = gridMerging(chain.rows);
  const one = (): Counts => new Map([[0, 1]]);
  let classes: readonly Class[] = [{ belief: chain.walk.start(), best: one(), deterministic: one() }];
  let entries = 0;
  for (let row = 0; row < chain.rows; row += 1) {
    classes = classes.flatMap((own) => after(chain, own));
    entries += classes.reduce((sum, { belief, best }) => sum + belief.size + best.size, 0);
    if (entries > MOST_ENTRIES) return undefined;
    do classes = merged(classes, merging);
    while (merging.isCoarser(classes.length));
  }
  const [best, deterministic] = [new Tally(), new Tally()];
  for (const own of classes) {
    for (const [count, p] of own.best) best.add(count, p);
    for (const [count, p] of own.deterministic) deterministic.add(count, p);
  }
  return { best: best.toDistribution(UNIT), deterministic: deterministic.toDistribution() };
}

/** The classes after the next row, one for each arm that it can have. */
function after({ walk }: Chain, { belief, best, deterministic }: Class): Class[] {
  const { byArm } = walk.assign(belief);
  const shares = byArm.map((own) => walk.sum(own) ?? 0);
  const guessed = bestArms(shares);
  const isForced = byArm.filter((own) => own.size > 0).length === 1;
  return byArm.flatMap((own, arm) => {
    const share = shares[arm] ?? 0;
    if (share < NEGLIGIBLE) return [];
    const credit = guessed.includes(arm) ? UNIT / guessed.length : 0;
    return {
      belief: new Map([...own].map(([state, mass]) => [state, mass / share])),
      best: moved(best, credit, share),
      deterministic: moved(deterministic, isForced ? 1 : 0, share),
    };
  });
}

/** Classes of equal beliefs as one, each belief with the weight of its histories. */
function merged(classes: readonly Class[], merging: Merging<number>): readonly Class[] {
  const byKey = new Map<string, Class>();
  for (const own of classes) {
    const key = merging.keyOf(own.belief);
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? own : joined(known, own));
  }
  return [...byKey.values()];
}

function joined(a: Class, b: Class): Class {
  const [weightA, weightB] = [totalOf(a.deterministic), totalOf(b.deterministic)];
  const belief = new Map<number, number>();
  for (const [{ belief: own }, weight] of [
    [a, weightA],
    [b, weightB],
  ] as const) {
    for (const [state, mass] of own) {
      belief.set(state, (belief.get(state) ?? 0) + (mass * weight) / (weightA + weightB));
    }
  }
  return { belief, best: together(a.best, b.best), deterministic: together(a.deterministic, b.deterministic) };
}

const totalOf = (counts: Counts): number => [...counts.values()].reduce((sum, mass) => sum + mass, 0);

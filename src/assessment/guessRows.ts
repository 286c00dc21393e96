import { compare, lowest, plus, ZERO, type Fraction } from "../quantity/index.js";
import { ExactWalk } from "../procedure/index.js";
import { EXACT_MERGING, gridMerging } from "./beliefMerging.js";
import { walkBeliefs, type Belief } from "./beliefs.js";
import { carryRows, doublesOf, weighted, type Layer } from "./carryRows.js";
import type { Chain } from "./chain.js";

/** What is measured of somebody who guesses by the design; `forced`: the next allocation is deterministic. */
type GuessMeasure = "maximumProbability" | "forced" | "entropy" | "forcing";

/** By row: measures of somebody who guesses by the design. */
export type GuessRows = Readonly<Record<GuessMeasure, number[]>>;

/** What is guessed where the arms have some probabilities; each is times what is there in all. */
export type Guess = Readonly<Record<GuessMeasure, number>>;

/** The measures that depend on what a guesser knows of the design. */
export const DESIGN_MEASURES = ["maximumProbability", "forcedShare", "entropy", "forcingIndex"] as const;

/** Why they are not computed exactly. */
export const TOO_MANY_BELIEFS =
  "what a guesser can know of the draws that are not seen has too many forms to be exact; simulate it (--simulate)";

/** The measures of one belief, weighted with its probability. */
export function guessOf(chain: Chain, { total, byArm }: Belief<number>): Guess {
  const { ratio, ratioSum, scale } = chain;
  let [best, spread, square] = [0, 0, 0];
  byArm.forEach((mass = 0, k) => {
    best = Math.max(best, mass);
    if (mass > 0) spread -= mass * Math.log(mass / total);
    square += (mass / total - (ratio[k] as number) / ratioSum) ** 2;
  });
  const isForced = isOneArm(byArm);
  return {
    maximumProbability: best,
    forced: isForced ? total : 0,
    entropy: isForced ? 0 : spread,
    forcing: scale === "difference" ? 4 * (best - total / 2) : total * Math.sqrt(square),
  };
}

/** By row, from nothing. */
export function emptyGuesses(rows: number): GuessRows {
  const perRow = (): number[] => new Array<number>(rows).fill(0);
  return { maximumProbability: perRow(), forced: perRow(), entropy: perRow(), forcing: perRow() };
}

export function addGuess(guesses: GuessRows, row: number, guess: Guess): void {
  for (const name of ["maximumProbability", "forced", "entropy", "forcing"] as const) {
    guesses[name][row] = (guesses[name][row] as number) + guess[name];
  }
}

/** Adds what is guessed at a row by somebody who knows the urn's state. */
export function addStateGuesses(guesses: GuessRows, chain: Chain, row: number, layer: Layer<number>): void {
  guesses.maximumProbability[row] = weighted(layer, chain.best);
  guesses.forced[row] = weighted(layer, chain.forced);
  guesses.entropy[row] = weighted(layer, chain.entropy);
  guesses.forcing[row] = weighted(layer, chain.forcing);
}

/** Measures of somebody who guesses by the design; undefined if there is too much that can be known of hidden draws. */
export function guessRows(chain: Chain): GuessRows | undefined {
  const guesses = emptyGuesses(chain.rows);
  if (!chain.isHidden) {
    carryRows(chain, doublesOf(chain), (row, layer) => {
      if (row < chain.rows) addStateGuesses(guesses, chain, row, layer);
      return undefined;
    });
    return guesses;
  }
  const seesBlocks = chain.knowledge === "seen";
  const isWalked = walkBeliefs(chain.walk, chain.rows, seesBlocks, gridMerging(chain.rows), (row, belief) => {
    chain.onRow?.(row, chain.rows);
    addGuess(guesses, row, guessOf(chain, belief));
  });
  return isWalked === undefined ? undefined : guesses;
}

/** The best guess and the deterministic allocations by row as fractions; undefined if there are too many. */
export function exactGuessRows(chain: Chain): { best: readonly Fraction[]; forced: readonly Fraction[] } | undefined {
  const walk = new ExactWalk(chain.walk.states);
  const best = new Array<Fraction>(chain.rows).fill(ZERO);
  const forced = new Array<Fraction>(chain.rows).fill(ZERO);
  const isWalked = walkBeliefs(walk, chain.rows, chain.knowledge === "seen", EXACT_MERGING, (row, { total, byArm }) => {
    const largest = byArm.reduce((most: Fraction, mass = ZERO) => (compare(mass, most) > 0 ? mass : most), ZERO);
    best[row] = lowest(plus(best[row] ?? ZERO, largest));
    if (isOneArm(byArm)) forced[row] = lowest(plus(forced[row] ?? ZERO, total));
  });
  return isWalked === undefined ? undefined : { best, forced };
}

const isOneArm = (byArm: readonly unknown[]): boolean => byArm.filter((mass) => mass !== undefined).length === 1;

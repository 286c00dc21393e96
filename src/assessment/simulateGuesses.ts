import type { Masses } from "../procedure/index.js";
import { bySeenBlock } from "./beliefs.js";
import type { Chain } from "./chain.js";
import { addGuess, emptyGuesses, guessOf, guessRows, type Guess, type GuessRows } from "./guessRows.js";
import type { Estimate } from "./model.js";
import { Words, Xoshiro128 } from "./xoshiro.js";

/** What somebody guesses by the design, with standard errors: 0 where it is exact. */
export interface Guesses {
  readonly byRow: GuessRows;
  readonly mean: Readonly<Record<keyof Guess, Estimate>>;
}

const NAMES = ["maximumProbability", "forced", "entropy", "forcing"] as const;
/** Rows that are drawn at most: about three seconds. */
const MOST_ROWS = 400_000;

/**
 * Measures of a guesser who does not see all that is drawn: exactly where that is possible, otherwise from lists that
 * are drawn arm by arm from what he believes.
 */
export function guessesOf(chain: Chain, seed: string, trials: number): Guesses {
  const byRow = guessRows(chain);
  if (byRow === undefined)
    return simulated(chain, seed, Math.min(trials, Math.max(200, Math.floor(MOST_ROWS / chain.rows))));
  const mean = (name: keyof Guess): Estimate => ({
    value: byRow[name].reduce((sum, value) => sum + value, 0) / chain.rows,
    standardError: 0,
  });
  return {
    byRow,
    mean: {
      maximumProbability: mean("maximumProbability"),
      forced: mean("forced"),
      entropy: mean("entropy"),
      forcing: mean("forcing"),
    },
  };
}

function simulated(chain: Chain, seed: string, trials: number): Guesses {
  const words = new Words(Xoshiro128.fromText(`${seed}|guesses`));
  const all = emptyGuesses(chain.rows);
  const sums = { maximumProbability: 0, forced: 0, entropy: 0, forcing: 0 };
  const squares = { ...sums };
  for (let trial = 0; trial < trials; trial += 1) {
    const own = { maximumProbability: 0, forced: 0, entropy: 0, forcing: 0 };
    drawList(chain, words, (row, guess) => {
      addGuess(all, row, guess);
      for (const name of NAMES) own[name] += guess[name] / chain.rows;
    });
    for (const name of NAMES) {
      sums[name] += own[name];
      squares[name] += own[name] ** 2;
    }
  }
  for (const name of NAMES) all[name].forEach((value, row) => (all[name][row] = value / trials));
  const estimate = (name: keyof Guess): Estimate => {
    const value = sums[name] / trials;
    const variance = Math.max(0, squares[name] / trials - value ** 2);
    return { value, standardError: Math.sqrt(variance / (trials - 1)) };
  };
  return {
    byRow: all,
    mean: {
      maximumProbability: estimate("maximumProbability"),
      forced: estimate("forced"),
      entropy: estimate("entropy"),
      forcing: estimate("forcing"),
    },
  };
}

/** One list, as somebody sees it who does not see all. */
function drawList(chain: Chain, words: Words, visit: (row: number, guess: Guess) => void): void {
  const { walk, rows } = chain;
  let belief: Masses<number> = walk.start();
  for (let row = 0; row < rows; row += 1) {
    const known = chain.knowledge === "seen" ? drawOne(bySeenBlock(walk, belief), words, walk) : scaled(belief, walk);
    const { byArm } = walk.assign(known);
    visit(row, guessOf(chain, { total: 1, byArm: byArm.map((own) => walk.sum(own)) }));
    belief = drawOne(byArm, words, walk);
  }
}

/** One of several beliefs, drawn by what is in each, and made to add up to 1. */
function drawOne(beliefs: readonly Masses<number>[], words: Words, walk: Chain["walk"]): Masses<number> {
  const totals = beliefs.map((own) => walk.sum(own) ?? 0);
  let x = words.nextUniform() * totals.reduce((sum, total) => sum + total, 0);
  const at = totals.findIndex((total) => total > 0 && (x -= total) < 0);
  return scaled(beliefs[at < 0 ? totals.findLastIndex((total) => total > 0) : at] ?? new Map<number, number>(), walk);
}

function scaled(belief: Masses<number>, walk: Chain["walk"]): Masses<number> {
  const total = walk.sum(belief) ?? 1;
  return new Map([...belief].map(([state, mass]) => [state, mass / total]));
}

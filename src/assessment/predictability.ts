import type { Urn } from "../procedure/index.js";
import { compile, type CompileOptions } from "./chain.js";
import { guessRows } from "./guessRows.js";

/** How well the next allocation of a list can be foreseen by somebody who knows the design and all past allocations. */
export interface Predictability {
  /** Mean over the rows of the probability that the best guess is right, in [0, 1]. */
  readonly bestGuess: number;
  /** Mean over the rows of the probability that the next allocation is deterministic, in [0, 1]. */
  readonly forced: number;
}

/**
 * The proportion of correct guesses of the best guesser and that of deterministic allocations, as an assessment has
 * them, without its other measures.
 *
 * @param options - `knowledge`: `set-known` (absent: this) or `seen`
 * @returns undefined if a guesser can know too much for exact values
 * @throws AllocellError as {@link compile} does
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 * @example
 * predictability(permutedBlock({ ratio: [1, 1], sizes: [4] }), { ratio: [1, 1], rows: 4 }); // forced 1/3, bestGuess 17/24
 */
export function predictability(urn: Urn<unknown>, options: CompileOptions): Predictability | undefined {
  const guesses = guessRows(compile(urn, options));
  if (guesses === undefined) return undefined;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / options.rows;
  return { bestGuess: mean(guesses.maximumProbability), forced: mean(guesses.forced) };
}

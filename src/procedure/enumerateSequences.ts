import { fail } from "../foundation/index.js";
import type { Fraction } from "../quantity/index.js";
import type { Urn } from "./urn.js";
import { ExactWalk, type Masses } from "./walk.js";

/** One possible list: arm indexes in row order, and its exact probability, above 0. */
export interface PossibleSequence {
  readonly arms: readonly number[];
  readonly probability: Fraction;
}

/** Most sequences that are listed. */
export const MOST_SEQUENCES = 100_000;

/**
 * All sequences of the first `rows` rows that can happen, with exact probabilities that add up to 1.
 *
 * Ordered as numbers with the first row as the leading digit. Sequences of probability 0 are not listed.
 *
 * @param rows - a whole number from 1 to 1000
 * @throws AllocellError `procedure.rows_invalid`, `procedure.too_many_sequences` (above {@link MOST_SEQUENCES}),
 *   `procedure.urn_empty` (more rows than the procedure has), `procedure.hidden_draws_unbounded`
 * @example
 * enumerateSequences(permutedBlock({ ratio: [1, 1], sizes: [6] }), 6).length; // 20
 */
export function enumerateSequences<State>(urn: Urn<State>, rows: number): readonly PossibleSequence[] {
  if (!Number.isInteger(rows) || rows < 1 || rows > 1000) {
    fail("procedure.rows_invalid", "rows", "Sequences can be listed for 1 to 1000 rows.", {
      expected: "a whole number from 1 to 1000",
      received: String(rows),
    });
  }
  const sequences: PossibleSequence[] = [];
  const walk = ExactWalk.of(urn);
  const goOn = (arms: readonly number[], masses: Masses<Fraction>): void => {
    if (arms.length === rows) {
      if (sequences.length === MOST_SEQUENCES) {
        fail("procedure.too_many_sequences", "rows", "There are too many sequences to list.", {
          expected: `at most ${MOST_SEQUENCES} sequences: fewer rows`,
          received: `${rows} rows`,
        });
      }
      sequences.push(Object.freeze({ arms: Object.freeze(arms), probability: walk.massOf(masses) }));
      return;
    }
    walk.next(masses).forEach((next, arm) => {
      if (next.size > 0) goOn([...arms, arm], next);
    });
  };
  goOn([], walk.start());
  return Object.freeze(sequences);
}

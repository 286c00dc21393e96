import { requireUrn, type Urn } from "./urn.js";
import { fail } from "../foundation/index.js";
import { absolute, compare, fraction, lowest, minus, ZERO, type Fraction } from "../quantity/index.js";
import { reducedRatio } from "./permutedBlock.js";
import { ExactWalk } from "./walk.js";

/** Where a procedure strays most from its ratio. */
export interface RatioPreservation {
  /** Largest abs(P(arm of row n = k) - w_k / W) over the rows and arms; 0: the ratio is kept at every row. */
  readonly largestDeviation: Fraction;
  /** The first row (from 1) and arm index where it occurs; row 0 if there is no deviation. */
  readonly row: number;
  /** Index of the arm, from 0. */
  readonly arm: number;
}

/**
 * How well a procedure keeps its ratio at every row, exactly: before anything is known, P(arm of row n = k) against
 * w_k / W. A forward pass over the states with equal ones merged, in fractions.
 *
 * @param rows - rows that are looked at, a whole number from 1 to 1000; the work grows with rows x states
 * @throws AllocellError `procedure.rows_invalid`, `procedure.ratio_invalid` (also if it names another number of arms),
 *   `procedure.urn_empty` (more rows than the procedure has), `procedure.hidden_draws_unbounded`
 * @example
 * toNumber(ratioPreservation(blockUrn({ ratio: [2, 1], lambda: 2 }), [2, 1], 12).largestDeviation); // 0.0266...
 * @see Kuznetsova & Tymofyeyev 2012, Stat Med 31:701, on why it matters at unequal ratio
 */
export function ratioPreservation<State>(urn: Urn<State>, ratio: readonly number[], rows: number): RatioPreservation {
  requireUrn(urn);
  const reduced = reducedRatio(ratio);
  if (reduced.length !== urn.arms) {
    fail("procedure.ratio_invalid", "ratio", "The ratio and the procedure have different numbers of arms.", {
      expected: `${urn.arms} entries`,
      received: `${reduced.length} entries`,
    });
  }
  if (!Number.isInteger(rows) || rows < 1 || rows > 1000) {
    fail("procedure.rows_invalid", "rows", "Ratio preservation is computed for 1 to 1000 rows.", {
      expected: "a whole number from 1 to 1000",
      received: String(rows),
    });
  }
  const ratioSum = reduced.reduce((sum, w) => sum + w, 0);
  let worst: RatioPreservation = { largestDeviation: ZERO, row: 0, arm: 0 };
  const walk = ExactWalk.of(urn);
  let masses = walk.start();
  for (let row = 1; row <= rows; row += 1) {
    const byArm = walk.next(masses);
    byArm.forEach((next, arm) => {
      const deviation = absolute(lowest(minus(walk.massOf(next), fraction(reduced[arm] as number, ratioSum))));
      if (compare(deviation, worst.largestDeviation) > 0) worst = { largestDeviation: deviation, row, arm };
    });
    masses = walk.merge(byArm);
  }
  return Object.freeze(worst);
}

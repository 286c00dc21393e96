import { binomial, normalisedShares } from "./fill.js";
import type { Measures } from "./model.js";

/** By list: P(r participants come to it). */
export type NumbersByList = readonly (readonly number[])[];

/** Participants come independently, each to a list with its share; lists of one share are one entry after the other. */
export function numbersByList(n: number, lists: number, shares?: readonly number[]): NumbersByList {
  const normal = normalisedShares({ participants: n, ...(shares === undefined ? {} : { shares }) }, lists);
  const known = new Map<number, readonly number[]>();
  return normal.map((share) => {
    const numbers = known.get(share) ?? binomial(n, share);
    known.set(share, numbers);
    return numbers;
  });
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, own) => sum + own, 0) / values.length;

/** What several lists are together at the end of a trial. */
export interface Together {
  /** Square root of the mean over the factors, levels and arms of E (N_k - n w_k / W)^2; absent without factors. */
  readonly margins?: number;
  /** Square root of the mean over the arms of E (N_k - n w_k / W)^2, over all lists. */
  readonly deviation: number;
  /**
   * Efficiency lost, in participants: E sum_k (N_k - n rho_k)^2 / (n rho_k) of the trial, and of each list added up.
   * Absent for three and more arms at an unequal ratio, because the squares of the arms by row are not held apart.
   */
  readonly loss?: { readonly overall: number; readonly strata: number };
}

/**
 * The lists are independent given their numbers, and have mean deviation 0, so that their squares add up.
 *
 * @param levels - of each factor; the lists are their combinations, the last factor fastest
 */
export function together(
  { byRow, rows, ratio, scale }: Measures,
  numbers: NumbersByList,
  levels: readonly number[] = [],
): Together {
  // A list that is used up is followed by another one. D is twice the deviation of a group.
  const parts = scale === "difference" ? 4 : ratio.length;
  const after = (row: number): number => (row === 0 ? 0 : (byRow.squaredImbalance[row - 1] as number) / parts);
  const squareAfter = (r: number): number => Math.floor(r / rows) * after(rows) + after(r % rows);
  const known = new Map<readonly number[], { readonly square: number; readonly each: number }>();
  let [squares, each] = [0, 0];
  for (const own of numbers) {
    const sums = known.get(own) ?? {
      square: own.reduce((sum, p, r) => sum + p * squareAfter(r), 0),
      each: own.reduce((sum, p, r) => (r === 0 ? 0 : sum + (p * squareAfter(r)) / r), 0),
    };
    known.set(own, sums);
    squares += sums.square;
    each += sums.each;
  }
  // Every list is in one level of each factor.
  const margins = levels.length === 0 ? {} : { margins: Math.sqrt(squares * meanOf(levels.map((own) => 1 / own))) };
  const deviation = Math.sqrt(squares);
  const isEqual = ratio.every((w) => w === ratio[0]);
  if (ratio.length > 2 && !isEqual) return { deviation, ...margins };
  // Of two arms, and of equal ones, every arm has the mean square.
  const ratioSum = ratio.reduce((sum, w) => sum + w, 0);
  const inverse = ratio.reduce((sum, w) => sum + ratioSum / w, 0);
  const participants = (numbers[0] as readonly number[]).length - 1;
  return { deviation, ...margins, loss: { overall: (squares * inverse) / participants, strata: each * inverse } };
}

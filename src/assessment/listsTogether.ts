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
  /** Efficiency lost, in participants: E sum_k (N_k - n rho_k)^2 / (n rho_k) of the trial, and of each list added up. */
  readonly loss: { readonly overall: number; readonly strata: number };
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
  // D is twice the deviation of a group.
  const parts = scale === "difference" ? 4 : ratio.length;
  const squareAfter = summed(rows, (row) => (byRow.squaredImbalance[row - 1] as number) / parts);
  // sum_k E (N_k - r rho_k)^2 / rho_k, which adds up over lists as squares do.
  const weightedAfter = summed(rows, (row) => row * (byRow.loss[row - 1] as number));
  const known = new Map<readonly number[], ListSums>();
  const all: ListSums = { square: 0, weighted: 0, each: 0 };
  for (const own of numbers) {
    let sums = known.get(own);
    if (sums === undefined) {
      sums = { square: 0, weighted: 0, each: 0 };
      for (let r = 1; r < own.length; r += 1) {
        const p = own[r] as number;
        sums.square += p * squareAfter(r);
        sums.weighted += p * weightedAfter(r);
        sums.each += (p * weightedAfter(r)) / r;
      }
      known.set(own, sums);
    }
    all.square += sums.square;
    all.weighted += sums.weighted;
    all.each += sums.each;
  }
  const participants = (numbers[0] as readonly number[]).length - 1;
  return {
    deviation: Math.sqrt(all.square),
    // Every list is in one level of each factor.
    ...(levels.length === 0 ? {} : { margins: Math.sqrt(all.square * meanOf(levels.map((own) => 1 / own))) }),
    loss: { overall: all.weighted / participants, strata: all.each },
  };
}

type ListSums = Record<"square" | "weighted" | "each", number>;

/** What adds up over independent lists, after r participants: a list that is used up is followed by another one. */
function summed(rows: number, after: (row: number) => number): (r: number) => number {
  const within = (row: number): number => (row === 0 ? 0 : after(row));
  return (r) => Math.floor(r / rows) * within(rows) + within(r % rows);
}

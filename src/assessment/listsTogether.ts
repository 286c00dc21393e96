import type { CentreAccrual } from "./accrual.js";
import { binomial, isPlain, normalisedShares } from "./fill.js";
import type { Estimate, Measures } from "./model.js";
import { drawComing, TRIALS } from "./simulatedComing.js";

/** How many participants a list gets. */
export interface NumbersOfList {
  /** P(r participants come to it), by r. */
  readonly probabilities: readonly number[];
  /** What was counted in trials; absent where the numbers are exact, and everybody is randomized. */
  readonly counted?: {
    readonly trials: number;
    /** E of 1/n, and of its square, where r come to the list and n to the trial; 0 where another number does. */
    readonly inverse: readonly number[];
    readonly inverseSquare: readonly number[];
  };
}

export type NumbersByList = readonly NumbersOfList[];

/** Who comes to lists: those of a site one after the other, each site with as many. */
export interface ComingToLists {
  readonly sites: number;
  readonly lists: number;
  /** Of the lists; absent: equal. */
  readonly shares?: readonly number[];
  readonly accrual: CentreAccrual;
  /** Names the stream of what is simulated. */
  readonly stream: string;
}

/**
 * Numbers of participants by list. They are multinomial, and exact, where everybody comes to a centre that is open and is
 * randomized; lists of one share then have one entry. With centres that open late, a limit to each, or drop-outs they are
 * simulated.
 *
 * @throws AllocellError `assessment.enrolment_invalid`
 */
export function numbersByList(coming: ComingToLists): NumbersByList {
  const { lists, shares, accrual } = coming;
  const { participants } = accrual;
  const normal = normalisedShares({ participants, ...(shares === undefined ? {} : { shares }) }, lists);
  if (!isPlain(accrual)) return countedNumbers(coming, normal);
  const known = new Map<number, NumbersOfList>();
  return normal.map((share) => {
    const own = known.get(share) ?? { probabilities: binomial(participants, share) };
    known.set(share, own);
    return own;
  });
}

/** Places that are looked at in all trials, so that a search ends. */
const MOST_LOOKED_AT = 3e8;

function countedNumbers(
  { sites, lists, accrual, stream }: ComingToLists,
  shares: readonly number[],
): readonly NumbersOfList[] {
  const trials = Math.min(TRIALS, Math.max(500, Math.floor(MOST_LOOKED_AT / (accrual.participants * lists))));
  const strata = shares.map((_, i) => ({
    length: accrual.participants,
    ...(sites > 1 ? { site: String(Math.floor((i * sites) / lists) + 1) } : {}),
  }));
  const counted = shares.map(() => ({
    probabilities: [] as number[],
    inverse: [] as number[],
    inverseSquare: [] as number[],
  }));
  const add = (values: number[], r: number, value: number): void => {
    while (values.length <= r) values.push(0);
    values[r] = (values[r] as number) + value / trials;
  };
  drawComing({ strata, shares, accrual, stream, trials }, (counts) => {
    const n = Math.max(
      1,
      counts.reduce((sum, own) => sum + own, 0),
    );
    counted.forEach(({ probabilities, inverse, inverseSquare }, i) => {
      const r = counts[i] as number;
      add(probabilities, r, 1);
      add(inverse, r, 1 / n);
      add(inverseSquare, r, 1 / n / n);
    });
  });
  return counted.map(({ probabilities, inverse, inverseSquare }) => ({
    probabilities,
    counted: { trials, inverse, inverseSquare },
  }));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, own) => sum + own, 0) / values.length;

/** What several lists are together at the end of a trial. Standard errors are those of who comes, at most so large. */
export interface Together {
  /** Square root of the mean over the factors, levels and arms of E (N_k - n w_k / W)^2; absent without factors. */
  readonly margins?: Estimate;
  /** Square root of the mean over the arms of E (N_k - n w_k / W)^2, over all lists. */
  readonly deviation: Estimate;
  /** Efficiency lost, in participants: E sum_k (N_k - n rho_k)^2 / (n rho_k) of the trial, and of each list added up. */
  readonly loss: { readonly overall: Estimate; readonly strata: Estimate };
}

/** Means over the number of participants of a list. */
interface ListSums {
  readonly square: Estimate;
  /** Of sum_k (N_k - r rho_k)^2 / rho_k; where the numbers were counted, over the participants of the trial. */
  readonly overall: Estimate;
  /** Of the same over the participants of the list. */
  readonly each: Estimate;
}

type AfterRow = (r: number) => number;

function sumsOf({ probabilities, counted }: NumbersOfList, squareAfter: AfterRow, weightedAfter: AfterRow): ListSums {
  const mean = (valueOf: AfterRow, weights = probabilities, squareWeights = weights): Estimate => {
    const value = weights.reduce((sum, weight, r) => sum + weight * valueOf(r), 0);
    if (counted === undefined) return { value, standardError: 0 };
    const squares = squareWeights.reduce((sum, weight, r) => sum + weight * valueOf(r) ** 2, 0);
    return { value, standardError: Math.sqrt(Math.max(0, squares - value ** 2) / counted.trials) };
  };
  return {
    square: mean(squareAfter),
    overall: mean(weightedAfter, counted?.inverse, counted?.inverseSquare),
    each: mean((r) => (r === 0 ? 0 : weightedAfter(r) / r)),
  };
}

const times = ({ value, standardError }: Estimate, factor: number): Estimate => ({
  value: value * factor,
  standardError: standardError * factor,
});

const rootOf = ({ value, standardError }: Estimate): Estimate => {
  const root = Math.sqrt(value);
  return { value: root, standardError: root === 0 ? 0 : standardError / (2 * root) };
};

/** The error of a sum is at most the sum of the errors. */
const addedUp = (all: readonly Estimate[]): Estimate => ({
  value: all.reduce((sum, own) => sum + own.value, 0),
  standardError: all.reduce((sum, own) => sum + own.standardError, 0),
});

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
  const known = new Map<NumbersOfList, ListSums>();
  const sums = numbers.map((own) => {
    const ofList = known.get(own) ?? sumsOf(own, squareAfter, weightedAfter);
    known.set(own, ofList);
    return ofList;
  });
  const squares = addedUp(sums.map(({ square }) => square));
  const overall = addedUp(sums.map((own) => own.overall));
  const participants = (numbers[0]?.probabilities.length ?? 0) - 1;
  return {
    deviation: rootOf(squares),
    // Every list is in one level of each factor.
    ...(levels.length === 0 ? {} : { margins: rootOf(times(squares, meanOf(levels.map((own) => 1 / own)))) }),
    loss: {
      overall: numbers[0]?.counted === undefined ? { value: overall.value / participants, standardError: 0 } : overall,
      strata: addedUp(sums.map(({ each }) => each)),
    },
  };
}

/** What adds up over independent lists, after r participants: a list that is used up is followed by another one. */
function summed(rows: number, after: (row: number) => number): (r: number) => number {
  const within = (row: number): number => (row === 0 ? 0 : after(row));
  return (r) => Math.floor(r / rows) * within(rows) + within(r % rows);
}

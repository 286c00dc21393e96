import { describeReceived, fail, requireFields } from "../../foundation/index.js";
import { fractionText, lowest, minus, ONE, toNumber, type Fraction } from "../../quantity/index.js";
import { demandOf, type SiteAllocation } from "./demand.js";

/** Participants of a site: a fixed number, or a Poisson number of which the mean is known. */
export type ExpectedParticipants = { readonly count: number } | { readonly poissonMean: number };

/** The probability that a site runs out of at least one kind of kit. */
export interface StockOut {
  /** The probability, in [0, 1]. */
  readonly probability: number;
  /** The exact fraction, such as "1/3", for a fixed number of participants. */
  readonly exact?: string;
  /** The probability lies within this of the true one; 2^-53 relative where it is exact. */
  readonly error: number;
}

/** The same with the fraction itself, for comparing. */
export interface ComputedStockOut {
  readonly probability: number;
  readonly fraction?: Fraction;
  readonly error: number;
}

const MOST = 200;
/** What is left out of a Poisson sum, and its rounding, stay below this. */
const POISSON_ERROR = 1e-12;

/**
 * The joint probability that at least one arm needs more than its stock.
 *
 * Fixed number: exact rational arithmetic. Poisson number, in double precision: 1 minus the sum over n of the
 * Poisson probability of n times the exact probability for n, the tail beyond 10^-15 counted as running out; for
 * complete randomization 1 minus the product over the arms, whose demands are then independent Poisson numbers.
 *
 * @param stock - participants who can be served, by arm
 * @throws AllocellError `blinding.supply_invalid`
 */
export function stockOutProbability(
  allocation: SiteAllocation,
  participants: ExpectedParticipants,
  stock: readonly number[],
): StockOut {
  return toStockOut(stockOutLaw(allocation, participants)(stock));
}

export function toStockOut({ probability, fraction, error }: ComputedStockOut): StockOut {
  return Object.freeze({ probability, ...(fraction === undefined ? {} : { exact: fractionText(fraction) }), error });
}

/** {@link stockOutProbability} for many stocks: what does not depend on the stock is computed once. */
export function stockOutLaw(
  allocation: SiteAllocation,
  participants: ExpectedParticipants,
): (stock: readonly number[]) => ComputedStockOut {
  const { fits, shares } = demandOf(allocation);
  requireParticipants(participants);
  if ("count" in participants) {
    return (stock) => {
      requireStock(stock, allocation.ratio.length);
      const fraction = lowest(minus(ONE, fits(participants.count, stock)));
      return { probability: toNumber(fraction), fraction, error: 0 };
    };
  }
  const { poissonMean } = participants;
  if (allocation.kind === "complete") {
    const sum = shares.reduce((a, b) => a + b, 0);
    const byArm = shares.map((share) => poissonChances((poissonMean * share) / sum));
    return (stock) => {
      requireStock(stock, shares.length);
      const served = byArm.map((chances, k) => chances.slice(0, (stock[k] ?? 0) + 1).reduce((a, b) => a + b, 0));
      return { probability: Math.max(0, 1 - served.reduce((a, b) => a * b, 1)), error: POISSON_ERROR };
    };
  }
  const chances = poissonChances(poissonMean);
  return (stock) => {
    requireStock(stock, allocation.ratio.length);
    const room = stock.reduce((a, b) => a + b, 0);
    let served = 0;
    for (let n = 0; n < Math.min(chances.length, room + 1); n += 1) {
      served += (chances[n] ?? 0) * toNumber(fits(n, stock));
    }
    return { probability: Math.max(0, 1 - served), error: POISSON_ERROR };
  };
}

/** Poisson probabilities of 0, 1, 2 ... until what is left is below 10^-15. */
function poissonChances(mean: number): readonly number[] {
  const chances = [Math.exp(-mean)];
  for (let n = 1; n < mean || (chances[n - 1] ?? 0) > 1e-17; n += 1) chances.push(((chances[n - 1] ?? 0) * mean) / n);
  return chances;
}

function requireParticipants(participants: ExpectedParticipants): void {
  requireFields(participants, "the participants of a site: count or poissonMean", {});
  const value = "count" in participants ? participants.count : participants.poissonMean;
  const isRight = "count" in participants ? Number.isInteger(value) && value >= 1 : value > 0;
  if (isRight && value <= MOST) return;
  fail("blinding.supply_invalid", "participants", "The supply: the participants of a site cannot be computed with.", {
    expected: `a count from 1 to ${MOST}, or a Poisson mean above 0 and up to ${MOST}`,
    received: describeReceived(value),
  });
}

function requireStock(stock: readonly number[], arms: number): void {
  requireFields({ stock }, "kits by arm", { stock: "a list" });
  if (stock.length === arms && stock.every((kits) => Number.isSafeInteger(kits) && kits >= 0)) return;
  fail("blinding.supply_invalid", "stock", "The supply: the stock is one whole number >= 0 for each arm.");
}

import { deepFreeze, describeReceived, fail, requireFields } from "../../foundation/index.js";
import { compare, type Fraction } from "../../quantity/index.js";
import { parseParameter } from "../../procedure/index.js";
import { marked, type Unblinded } from "../../list/index.js";
import type { SiteAllocation } from "./demand.js";
import {
  stockOutLaw,
  toStockOut,
  type ExpectedParticipants,
  type ComputedStockOut,
  type StockOut,
} from "./stockOut.js";

/** What {@link siteSupply} takes. */
export interface SupplyRequest {
  /** Arms in the order of the ratio. */
  readonly arms: readonly string[];
  readonly allocation: SiteAllocation;
  readonly participants: ExpectedParticipants;
  /** Kits that one participant uses up; the same in every arm, or the kits themselves would tell the arms apart. */
  readonly kitsPerParticipant: number;
  /** The probability of running out that is accepted, in (0, 1): text such as "0.05" or "1/20". */
  readonly stockOutProbability: string;
}

/**
 * How many kits of each arm a site needs. UNBLINDED: the numbers show the ratio, and their total the block sizes. What
 * arrives at a site is counted there: send a number that was fixed beforehand, or compute with `complete`.
 */
export interface SiteSupply extends Unblinded {
  readonly format: "allocell-site-supply-1";
  readonly arms: readonly { readonly arm: string; readonly kits: number; readonly servedParticipants: number }[];
  /** Kits of all arms together. */
  readonly totalKits: number;
  /** That at least one arm runs out: the joint probability, at most the accepted one. */
  readonly stockOut: StockOut;
  readonly accepted: string;
}

/**
 * How many kits of each arm a site needs, so that the probability that any of its participants finds no kit of the own
 * arm is at most the accepted one.
 *
 * Each arm begins with the least stock by which it alone keeps to that probability, without which nothing could. Then
 * the arm gets one more for which the joint probability falls most (the earlier arm if two are alike), until it is low
 * enough. At last what can be taken away again is. So no single kit is superfluous; the total is not always the least.
 *
 * @throws AllocellError `blinding.supply_invalid`; `procedure.rational_invalid`
 */
export function siteSupply(request: SupplyRequest): SiteSupply {
  requireFields(request, "a request for a site's supply", {
    arms: "a list",
    allocation: "a map",
    participants: "a map",
    stockOutProbability: "anything",
  });
  const { arms, allocation, participants, kitsPerParticipant } = request;
  const accepted = checkRequest(request);
  const law = stockOutLaw(allocation, participants);
  const isEnough = ({ fraction, probability, error }: ComputedStockOut): boolean =>
    fraction === undefined
      ? probability + error <= Number(accepted.numerator) / Number(accepted.denominator)
      : compare(fraction, accepted) <= 0;
  const plenty = plentyFor(participants);
  const only = (k: number, kits: number): number[] => arms.map((_, i) => (i === k ? kits : plenty));
  const stock = arms.map((_, k) => least((kits) => isEnough(law(only(k, kits))), plenty));
  let now = law(stock);
  while (!isEnough(now)) {
    const better = arms.map((_, k) => law(with1(stock, k, 1)));
    const k = better.reduce((best, next, i) => (isLess(next, better[best] ?? next) ? i : best), 0);
    stock[k] = (stock[k] ?? 0) + 1;
    now = better[k] ?? now;
  }
  for (let k = arms.length - 1; k >= 0; k -= 1) {
    while ((stock[k] ?? 0) > 0 && isEnough(law(with1(stock, k, -1)))) stock[k] = (stock[k] ?? 0) - 1;
  }
  const lines = arms.map((arm, k) => {
    const servedParticipants = stock[k] ?? 0;
    return { arm, kits: servedParticipants * kitsPerParticipant, servedParticipants };
  });
  return marked(
    deepFreeze({
      world: "unblinded",
      format: "allocell-site-supply-1",
      arms: lines,
      totalKits: lines.reduce((sum, { kits }) => sum + kits, 0),
      stockOut: toStockOut(law(stock)),
      accepted: request.stockOutProbability,
    } as const),
  );
}

function checkRequest({ arms, allocation, kitsPerParticipant, stockOutProbability }: SupplyRequest): Fraction {
  const fault = (path: string, expected: string, received: unknown): never =>
    fail("blinding.supply_invalid", path, `The supply: "${path}" cannot be used.`, {
      expected,
      received: describeReceived(received),
    });
  if (arms.length !== allocation.ratio.length || new Set(arms).size !== arms.length) {
    fault("arms", "as many different arms as the ratio has shares", arms);
  }
  if (!Number.isSafeInteger(kitsPerParticipant) || kitsPerParticipant < 1) {
    fault("kitsPerParticipant", "a whole number >= 1", kitsPerParticipant);
  }
  const accepted = parseParameter(stockOutProbability, "stockOutProbability");
  if (accepted.numerator <= 0n || accepted.numerator >= accepted.denominator) {
    fault("stockOutProbability", "above 0 and below 1", stockOutProbability);
  }
  return accepted;
}

/** A stock that no arm exceeds, as far as double precision goes. */
function plentyFor(participants: ExpectedParticipants): number {
  if ("count" in participants) return participants.count;
  const { poissonMean } = participants;
  return Math.ceil(poissonMean + 12 * Math.sqrt(poissonMean) + 40);
}

/** The least number in [0, most] that is enough, where more is never worse. */
function least(isEnough: (kits: number) => boolean, most: number): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const with1 = (stock: readonly number[], k: number, more: number): number[] =>
  stock.map((kits, i) => (i === k ? kits + more : kits));

function isLess(a: ComputedStockOut, b: ComputedStockOut): boolean {
  if (a.fraction !== undefined && b.fraction !== undefined) return compare(a.fraction, b.fraction) < 0;
  // Arms of equal share differ by rounding only; the earlier one is to win then, on every platform.
  return a.probability < b.probability - 1e-12;
}

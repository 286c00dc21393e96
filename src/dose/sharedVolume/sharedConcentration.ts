import {
  ceiling,
  compare,
  decimalOf,
  exact,
  floor,
  floorTo,
  HUNDRED,
  least,
  minus,
  over,
  plus,
  sign,
  times,
  type Exact,
} from "../exact.js";
import type { SharedConcentration, SharedVolumeQuery } from "./model.js";

const TWO = exact("2");

const greatest = (values: readonly Exact[]): Exact =>
  values.reduce((best, value) => (compare(value, best) > 0 ? value : best), exact("0"));

/**
 * Lot concentrations C with which one syringe g serves every dose from `low` to `high`.
 *
 * C <= 2 × e × low / (100 × g) (rounding), C <= low / least draw, and, with final concentrations lo to hi, a rounded
 * dose being at most g × C / 2 away: C <= 2 × (hi × Vmax - high) / g, C <= 2 × (low × hi - high × lo) / (g × (hi + lo)),
 * C <= 2 × (low - lo × Vmin) / g. C >= high / V with V the least of the greatest final volume, the available volume
 * and (low - g × C / 2) / lo at the greatest C, down to a whole graduation. Each is sufficient.
 */
export function sharedConcentration(
  query: SharedVolumeQuery,
  graduationMl: string,
  low: Exact,
  high: Exact,
): SharedConcentration | undefined {
  const graduation = exact(graduationMl);
  const greatestFinal = exact(query.maximumFinalMl);
  const percent = exact(query.maximumRoundingErrorPercent);
  const ceilings: Exact[] = [over(times(times(TWO, percent), low), times(HUNDRED, graduation))];
  if (query.minimumDrawMl !== undefined) ceilings.push(over(low, exact(query.minimumDrawMl)));
  const { minimum, maximum } = query.finalPerMl ?? {};
  const [lo, hi] = [minimum, maximum].map((end) => (end === undefined ? undefined : exact(end)));
  const perHalfStep = (value: Exact): Exact => over(times(TWO, value), graduation);
  if (hi !== undefined) ceilings.push(perHalfStep(minus(times(hi, greatestFinal), high)));
  if (hi !== undefined && lo !== undefined) {
    ceilings.push(over(perHalfStep(minus(times(low, hi), times(high, lo))), plus(hi, lo)));
  }
  if (lo !== undefined && query.minimumFinalMl !== undefined) {
    ceilings.push(perHalfStep(minus(low, times(lo, exact(query.minimumFinalMl)))));
  }
  const top = ceilings.reduce(least);
  if (sign(top) <= 0) return undefined;
  const to = floor(top);
  let volume = greatestFinal;
  if (query.availableMl !== undefined) volume = least(volume, exact(query.availableMl));
  if (lo !== undefined) volume = least(volume, over(minus(low, over(times(graduation, to), TWO)), lo));
  if (sign(volume) <= 0) return undefined;
  const room = floorTo(volume, graduation);
  if (sign(room) === 0 || sign(to) === 0) return undefined;
  const from = greatest([ceiling(over(high, room)), exact("1")]);
  if (compare(from, to) > 0) return undefined;
  return { graduationMl, perMl: { from: decimalOf(from), to: decimalOf(to) } };
}

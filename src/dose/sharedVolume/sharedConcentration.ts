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
 * A final volume is a whole number of graduations, so the greatest one, Vmax, counts down to one, and the least one, Vmin
 * (g where none is stated), and the least draw up to one. C <= 2 × e × low / (100 × g) (rounding), C <= low / least draw,
 * and, with final concentrations lo to hi, a rounded dose being at most g × C / 2 away: C <= 2 × (hi × Vmax - high) / g,
 * C <= 2 × (low - lo × Vmin) / g, and C <= 2 × (low × hi - high × lo - g × lo × hi) / (g × (hi + lo)), so that the volumes
 * between both ends are at least g apart and hold a whole graduation. C >= high / V with V the least of Vmax, the available
 * volume and (low - g × C / 2) / lo at the greatest C, down to a whole graduation. Each is sufficient.
 */
export function sharedConcentration(
  query: SharedVolumeQuery,
  graduationMl: string,
  low: Exact,
  high: Exact,
): SharedConcentration | undefined {
  const graduation = exact(graduationMl);
  const up = (volume: Exact): Exact => times(ceiling(over(volume, graduation)), graduation);
  const greatestFinal = floorTo(exact(query.maximumFinalMl), graduation);
  const leastFinal = query.minimumFinalMl === undefined ? graduation : up(exact(query.minimumFinalMl));
  if (compare(leastFinal, greatestFinal) > 0) return undefined;
  const percent = exact(query.maximumRoundingErrorPercent);
  const ceilings: Exact[] = [over(times(times(TWO, percent), low), times(HUNDRED, graduation))];
  if (query.minimumDrawMl !== undefined) ceilings.push(over(low, up(exact(query.minimumDrawMl))));
  const { minimum, maximum } = query.finalPerMl ?? {};
  const [lo, hi] = [minimum, maximum].map((end) => (end === undefined ? undefined : exact(end)));
  const perHalfStep = (value: Exact): Exact => over(times(TWO, value), graduation);
  if (hi !== undefined) ceilings.push(perHalfStep(minus(times(hi, greatestFinal), high)));
  if (hi !== undefined && lo !== undefined) {
    const apart = times(graduation, times(lo, hi));
    ceilings.push(over(perHalfStep(minus(minus(times(low, hi), times(high, lo)), apart)), plus(hi, lo)));
  }
  if (lo !== undefined) ceilings.push(perHalfStep(minus(low, times(lo, leastFinal))));
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

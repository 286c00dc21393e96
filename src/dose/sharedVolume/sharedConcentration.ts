import {
  ceiling,
  compare,
  decimalText,
  floor,
  floorTo,
  type Fraction,
  minus,
  over,
  plus,
  readFraction,
  sign,
  smaller,
  times,
} from "../../quantity/index.js";
import { HUNDRED } from "../constants.js";
import type { SharedConcentration, SharedVolumeQuery } from "./model.js";

const TWO = readFraction("2");

const greatest = (values: readonly Fraction[]): Fraction =>
  values.reduce((best, value) => (compare(value, best) > 0 ? value : best), readFraction("0"));

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
  low: Fraction,
  high: Fraction,
): SharedConcentration | undefined {
  const graduation = readFraction(graduationMl);
  const up = (volume: Fraction): Fraction => times(ceiling(over(volume, graduation)), graduation);
  const greatestFinal = floorTo(readFraction(query.maximumFinalMl), graduation);
  const leastFinal = query.minimumFinalMl === undefined ? graduation : up(readFraction(query.minimumFinalMl));
  if (compare(leastFinal, greatestFinal) > 0) return undefined;
  const percent = readFraction(query.maximumRoundingErrorPercent);
  const ceilings: Fraction[] = [over(times(times(TWO, percent), low), times(HUNDRED, graduation))];
  if (query.minimumDrawMl !== undefined) ceilings.push(over(low, up(readFraction(query.minimumDrawMl))));
  const { minimum, maximum } = query.finalPerMl ?? {};
  const [lo, hi] = [minimum, maximum].map((end) => (end === undefined ? undefined : readFraction(end)));
  const perHalfStep = (value: Fraction): Fraction => over(times(TWO, value), graduation);
  if (hi !== undefined) ceilings.push(perHalfStep(minus(times(hi, greatestFinal), high)));
  if (hi !== undefined && lo !== undefined) {
    const apart = times(graduation, times(lo, hi));
    ceilings.push(over(perHalfStep(minus(minus(times(low, hi), times(high, lo)), apart)), plus(hi, lo)));
  }
  if (lo !== undefined) ceilings.push(perHalfStep(minus(low, times(lo, leastFinal))));
  const top = ceilings.reduce(smaller);
  if (sign(top) <= 0) return undefined;
  const to = floor(top);
  let volume = greatestFinal;
  if (query.availableMl !== undefined) volume = smaller(volume, readFraction(query.availableMl));
  if (lo !== undefined) volume = smaller(volume, over(minus(low, over(times(graduation, to), TWO)), lo));
  if (sign(volume) <= 0) return undefined;
  const room = floorTo(volume, graduation);
  if (sign(room) === 0 || sign(to) === 0) return undefined;
  const from = greatest([ceiling(over(high, room)), readFraction("1")]);
  if (compare(from, to) > 0) return undefined;
  return { graduationMl, perMl: { from: decimalText(from), to: decimalText(to) } };
}

import {
  absolute,
  ceiling,
  compare,
  decimalOf,
  exact,
  floorTo,
  halfUp,
  HUNDRED,
  minus,
  over,
  plus,
  times,
  ZERO,
  type Exact,
} from "../exact.js";
import { hundredths, readable } from "../shown.js";
import type { ObstacleKind, SharedVolumeObstacle, SharedVolumeOption, SharedVolumeQuery } from "./model.js";

const TWO = exact("2");

/** The targets of one arm over all weights, in cells. */
export interface ArmRange {
  readonly arm: string;
  readonly low: Exact;
  readonly high: Exact;
}

export const greatestOf = (a: Exact, b: Exact): Exact => (compare(a, b) >= 0 ? a : b);

/**
 * The greatest rounding error, in per cent, of any dose from `low` to `high`.
 *
 * Between two ties the error falls to 0 at a whole graduation and rises again, and of two ties the smaller volume has the
 * greater error: so it is at an end of the range, or at the first tie above its beginning, where half a graduation is
 * rounded.
 */
function worstError({ low, high }: ArmRange, concentration: Exact, graduation: Exact): Exact {
  const [first, last] = [over(low, concentration), over(high, concentration)];
  const half = over(graduation, TWO);
  const tie = plus(times(ceiling(over(minus(first, half), graduation)), graduation), half);
  const errors = [first, last].map((draw) => over(absolute(minus(halfUp(draw, graduation), draw)), draw));
  if (compare(tie, last) <= 0) errors.push(over(half, tie));
  return times(HUNDRED, errors.reduce(greatestOf));
}

export type Outcome = SharedVolumeOption | SharedVolumeObstacle;

/** What one syringe does at the query's concentration: its final volumes, or the first thing that stands in the way. */
export function trySyringe(query: SharedVolumeQuery, ranges: readonly ArmRange[], graduationMl: string): Outcome {
  const [graduation, concentration] = [exact(graduationMl), exact(query.concentrationPerMl)];
  const obstacle = (kind: ObstacleKind, arm: string, message: string): SharedVolumeObstacle => ({
    graduationMl,
    kind,
    arm,
    message,
  });
  const up = (volume: Exact): Exact => times(ceiling(over(volume, graduation)), graduation);
  const [leastFinal, greatestFinal] = [query.minimumFinalMl ?? graduationMl, query.maximumFinalMl];
  if (compare(up(exact(leastFinal)), floorTo(exact(greatestFinal), graduation)) > 0) {
    const message = `No whole graduation of ${graduationMl} mL lies between the final volumes of ${leastFinal} and ${greatestFinal} mL.`;
    return obstacle("final-volume", "", message);
  }
  const limit = exact(query.maximumRoundingErrorPercent);
  let worst = ZERO;
  let from = exact(leastFinal);
  let to = exact(greatestFinal);
  let fromArm = "";
  let toArm = "";
  for (const range of ranges) {
    const { arm, low, high } = range;
    const error = worstError(range, concentration, graduation);
    if (compare(error, limit) > 0) {
      const draw = readable(decimalOf(over(low, concentration)));
      return obstacle(
        "rounding-error",
        arm,
        `Arm ${arm} draws as little as ${draw} mL: with a graduation of ${graduationMl} mL the error reaches ${hundredths(error)} %.`,
      );
    }
    if (compare(error, worst) > 0) worst = error;
    const [leastDraw, greatestDraw] = [
      halfUp(over(low, concentration), graduation),
      halfUp(over(high, concentration), graduation),
    ];
    if (query.minimumDrawMl !== undefined && compare(leastDraw, exact(query.minimumDrawMl)) < 0) {
      return obstacle(
        "draw-below-minimum",
        arm,
        `Arm ${arm} draws as little as ${decimalOf(leastDraw)} mL, less than ${query.minimumDrawMl} mL.`,
      );
    }
    if (query.availableMl !== undefined && compare(greatestDraw, exact(query.availableMl)) > 0) {
      return obstacle(
        "draw-above-available",
        arm,
        `Arm ${arm} draws up to ${decimalOf(greatestDraw)} mL; ${query.availableMl} mL are available.`,
      );
    }
    if (compare(greatestDraw, exact(query.maximumFinalMl)) > 0) {
      return obstacle(
        "draw-above-final-volume",
        arm,
        `Arm ${arm} draws up to ${decimalOf(greatestDraw)} mL; the final volume is at most ${query.maximumFinalMl} mL.`,
      );
    }
    const { minimum, maximum } = query.finalPerMl ?? {};
    const needed =
      maximum === undefined
        ? greatestDraw
        : greatestOf(greatestDraw, over(times(greatestDraw, concentration), exact(maximum)));
    if (compare(needed, from) > 0) [from, fromArm] = [needed, arm];
    if (minimum !== undefined) {
      const allowed = over(times(leastDraw, concentration), exact(minimum));
      if (compare(allowed, to) < 0) [to, toArm] = [allowed, arm];
    }
  }
  // Whole graduations inside the interval.
  const first = up(from);
  const last = floorTo(to, graduation);
  if (compare(first, last) > 0) {
    return obstacle(
      "final-concentration",
      fromArm === "" ? toArm : fromArm,
      `The volume must be at least ${readable(decimalOf(first))} mL${fromArm === "" ? "" : ` for arm ${fromArm}`} and at most ${readable(decimalOf(last))} mL${toArm === "" ? "" : ` for arm ${toArm}`}.`,
    );
  }
  return {
    graduationMl,
    finalVolumeMl: { from: decimalOf(first), to: decimalOf(last) },
    greatestRoundingErrorPercent: hundredths(worst),
  };
}

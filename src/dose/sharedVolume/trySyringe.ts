import {
  absolute,
  ceiling,
  compare,
  decimalText,
  floorTo,
  type Fraction,
  halfUp,
  minus,
  over,
  plus,
  readFraction,
  times,
  ZERO,
} from "../../quantity/index.js";
import { HUNDRED } from "../constants.js";
import { hundredths, readable } from "../shown.js";
import type { ObstacleKind, SharedVolumeObstacle, SharedVolumeOption, SharedVolumeQuery } from "./model.js";

const TWO = readFraction("2");

/** The targets of one arm over all weights, in cells. */
export interface ArmRange {
  readonly arm: string;
  readonly low: Fraction;
  readonly high: Fraction;
}

export const greatestOf = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? a : b);

/**
 * The greatest rounding error, in per cent, of any dose from `low` to `high`.
 *
 * Between two ties the error falls to 0 at a whole graduation and rises again, and of two ties the smaller volume has the
 * greater error: so it is at an end of the range, or at the first tie above its beginning, where half a graduation is
 * rounded.
 */
function worstError({ low, high }: ArmRange, concentration: Fraction, graduation: Fraction): Fraction {
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
  const [graduation, concentration] = [readFraction(graduationMl), readFraction(query.concentrationPerMl)];
  const obstacle = (kind: ObstacleKind, arm: string, message: string): SharedVolumeObstacle => ({
    graduationMl,
    kind,
    arm,
    message,
  });
  const up = (volume: Fraction): Fraction => times(ceiling(over(volume, graduation)), graduation);
  const [leastFinal, greatestFinal] = [query.minimumFinalMl ?? graduationMl, query.maximumFinalMl];
  if (compare(up(readFraction(leastFinal)), floorTo(readFraction(greatestFinal), graduation)) > 0) {
    const message = `No whole graduation of ${graduationMl} mL lies between the final volumes of ${leastFinal} and ${greatestFinal} mL.`;
    return obstacle("final-volume", "", message);
  }
  const limit = readFraction(query.maximumRoundingErrorPercent);
  let worst = ZERO;
  let from = readFraction(leastFinal);
  let to = readFraction(greatestFinal);
  let fromArm = "";
  let toArm = "";
  for (const range of ranges) {
    const { arm, low, high } = range;
    const error = worstError(range, concentration, graduation);
    if (compare(error, limit) > 0) {
      const draw = readable(decimalText(over(low, concentration)));
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
    if (query.minimumDrawMl !== undefined && compare(leastDraw, readFraction(query.minimumDrawMl)) < 0) {
      return obstacle(
        "draw-below-minimum",
        arm,
        `Arm ${arm} draws as little as ${decimalText(leastDraw)} mL, less than ${query.minimumDrawMl} mL.`,
      );
    }
    if (query.availableMl !== undefined && compare(greatestDraw, readFraction(query.availableMl)) > 0) {
      return obstacle(
        "draw-above-available",
        arm,
        `Arm ${arm} draws up to ${decimalText(greatestDraw)} mL; ${query.availableMl} mL are available.`,
      );
    }
    if (compare(greatestDraw, readFraction(query.maximumFinalMl)) > 0) {
      return obstacle(
        "draw-above-final-volume",
        arm,
        `Arm ${arm} draws up to ${decimalText(greatestDraw)} mL; the final volume is at most ${query.maximumFinalMl} mL.`,
      );
    }
    const { minimum, maximum } = query.finalPerMl ?? {};
    const needed =
      maximum === undefined
        ? greatestDraw
        : greatestOf(greatestDraw, over(times(greatestDraw, concentration), readFraction(maximum)));
    if (compare(needed, from) > 0) [from, fromArm] = [needed, arm];
    if (minimum !== undefined) {
      const allowed = over(times(leastDraw, concentration), readFraction(minimum));
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
      `The volume must be at least ${readable(decimalText(first))} mL${fromArm === "" ? "" : ` for arm ${fromArm}`} and at most ${readable(decimalText(last))} mL${toArm === "" ? "" : ` for arm ${toArm}`}.`,
    );
  }
  return {
    graduationMl,
    finalVolumeMl: { from: decimalText(first), to: decimalText(last) },
    greatestRoundingErrorPercent: hundredths(worst),
  };
}

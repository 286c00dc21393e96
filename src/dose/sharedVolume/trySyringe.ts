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

/** The first thing that stands in the way of a syringe. Its text is made only where somebody reads it. */
interface Obstacle {
  readonly kind: ObstacleKind;
  readonly arm: string;
  readonly message: () => string;
}

/** The final volumes of a syringe, in whole graduations, and its greatest rounding error in per cent. */
interface Fit {
  readonly from: Fraction;
  readonly to: Fraction;
  readonly error: Fraction;
}

/** What one syringe does at the query's concentration, in words: its final volumes, or what stands in the way. */
export function trySyringe(
  query: SharedVolumeQuery,
  ranges: readonly ArmRange[],
  graduationMl: string,
): SharedVolumeOption | SharedVolumeObstacle {
  const outcome = fitSyringe(query, ranges, graduationMl, readFraction(query.concentrationPerMl));
  return "kind" in outcome
    ? { graduationMl, ...outcome, message: outcome.message() }
    : {
        graduationMl,
        finalVolumeMl: { from: decimalText(outcome.from), to: decimalText(outcome.to) },
        greatestRoundingErrorPercent: hundredths(outcome.error),
      };
}

/** Whether and how one syringe does at a concentration, in cells per mL. */
export function fitSyringe(
  query: SharedVolumeQuery,
  ranges: readonly ArmRange[],
  graduationMl: string,
  concentration: Fraction,
): Fit | Obstacle {
  const graduation = readFraction(graduationMl);
  const up = (volume: Fraction): Fraction => times(ceiling(over(volume, graduation)), graduation);
  const [leastFinal, greatestFinal] = [query.minimumFinalMl ?? graduationMl, query.maximumFinalMl];
  if (compare(up(readFraction(leastFinal)), floorTo(readFraction(greatestFinal), graduation)) > 0) {
    const message = (): string =>
      `No whole graduation of ${graduationMl} mL lies between the final volumes of ${leastFinal} and ${greatestFinal} mL.`;
    return { kind: "final-volume", arm: "", message };
  }
  let worst = ZERO;
  let [from, to] = [readFraction(leastFinal), readFraction(greatestFinal)];
  let [fromArm, toArm] = ["", ""];
  for (const range of ranges) {
    const draws = drawsOf(range, concentration, graduation);
    const inTheWay = obstacleOf(query, range, draws);
    if (inTheWay !== undefined) return inTheWay;
    worst = greatestOf(worst, draws.error);
    const { needed, allowed } = finalVolumes(query, draws, concentration);
    if (compare(needed, from) > 0) [from, fromArm] = [needed, range.arm];
    if (allowed !== undefined && compare(allowed, to) < 0) [to, toArm] = [allowed, range.arm];
  }
  // Whole graduations inside the interval.
  const fit = { from: up(from), to: floorTo(to, graduation), error: worst };
  if (compare(fit.from, fit.to) <= 0) return fit;
  return {
    kind: "final-concentration",
    arm: fromArm === "" ? toArm : fromArm,
    message: () =>
      `The volume must be at least ${readable(decimalText(fit.from))} mL${fromArm === "" ? "" : ` for arm ${fromArm}`} and at most ${readable(decimalText(fit.to))} mL${toArm === "" ? "" : ` for arm ${toArm}`}.`,
  };
}

/** What an arm draws, in mL, to whole graduations, and the greatest rounding error in per cent. */
interface Draws {
  readonly least: Fraction;
  readonly greatest: Fraction;
  readonly error: Fraction;
  readonly graduation: Fraction;
  readonly unrounded: Fraction;
}

function drawsOf(range: ArmRange, concentration: Fraction, graduation: Fraction): Draws {
  const unrounded = over(range.low, concentration);
  return {
    least: halfUp(unrounded, graduation),
    greatest: halfUp(over(range.high, concentration), graduation),
    error: worstError(range, concentration, graduation),
    graduation,
    unrounded,
  };
}

/** The first thing that stands in an arm's way. */
function obstacleOf(
  query: SharedVolumeQuery,
  { arm }: ArmRange,
  { least, greatest, error, graduation, unrounded }: Draws,
): Obstacle | undefined {
  const obstacle = (kind: ObstacleKind, message: () => string): Obstacle => ({ kind, arm, message });
  if (compare(error, readFraction(query.maximumRoundingErrorPercent)) > 0) {
    return obstacle(
      "rounding-error",
      () =>
        `Arm ${arm} draws as little as ${readable(decimalText(unrounded))} mL: with a graduation of ${decimalText(graduation)} mL the error reaches ${hundredths(error)} %.`,
    );
  }
  if (query.minimumDrawMl !== undefined && compare(least, readFraction(query.minimumDrawMl)) < 0) {
    return obstacle(
      "draw-below-minimum",
      () => `Arm ${arm} draws as little as ${decimalText(least)} mL, less than ${query.minimumDrawMl} mL.`,
    );
  }
  if (query.availableMl !== undefined && compare(greatest, readFraction(query.availableMl)) > 0) {
    return obstacle(
      "draw-above-available",
      () => `Arm ${arm} draws up to ${decimalText(greatest)} mL; ${query.availableMl} mL are available.`,
    );
  }
  if (compare(greatest, readFraction(query.maximumFinalMl)) > 0) {
    return obstacle(
      "draw-above-final-volume",
      () =>
        `Arm ${arm} draws up to ${decimalText(greatest)} mL; the final volume is at most ${query.maximumFinalMl} mL.`,
    );
  }
  return undefined;
}

/** The least final volume that an arm needs, and the greatest that it allows, where the query bounds the concentration. */
function finalVolumes(
  { finalPerMl: { minimum, maximum } = {} }: SharedVolumeQuery,
  { least, greatest }: Draws,
  concentration: Fraction,
): { readonly needed: Fraction; readonly allowed?: Fraction } {
  const needed =
    maximum === undefined
      ? greatest
      : greatestOf(greatest, over(times(greatest, concentration), readFraction(maximum)));
  if (minimum === undefined) return { needed };
  return { needed, allowed: over(times(least, concentration), readFraction(minimum)) };
}

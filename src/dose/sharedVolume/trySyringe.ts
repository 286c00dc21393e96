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
  let worst = ZERO;
  let [from, to] = [readFraction(leastFinal), readFraction(greatestFinal)];
  let [fromArm, toArm] = ["", ""];
  for (const range of ranges) {
    const draws = drawsOf(range, concentration, graduation);
    const inTheWay = obstacleOf(query, range, draws);
    if (inTheWay !== undefined) return obstacle(inTheWay.kind, range.arm, inTheWay.message);
    worst = greatestOf(worst, draws.error);
    const { needed, allowed } = finalVolumes(query, draws, concentration);
    if (compare(needed, from) > 0) [from, fromArm] = [needed, range.arm];
    if (allowed !== undefined && compare(allowed, to) < 0) [to, toArm] = [allowed, range.arm];
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
): Pick<SharedVolumeObstacle, "kind" | "message"> | undefined {
  if (compare(error, readFraction(query.maximumRoundingErrorPercent)) > 0) {
    const message = `Arm ${arm} draws as little as ${readable(decimalText(unrounded))} mL: with a graduation of ${decimalText(graduation)} mL the error reaches ${hundredths(error)} %.`;
    return { kind: "rounding-error", message };
  }
  if (query.minimumDrawMl !== undefined && compare(least, readFraction(query.minimumDrawMl)) < 0) {
    const message = `Arm ${arm} draws as little as ${decimalText(least)} mL, less than ${query.minimumDrawMl} mL.`;
    return { kind: "draw-below-minimum", message };
  }
  if (query.availableMl !== undefined && compare(greatest, readFraction(query.availableMl)) > 0) {
    const message = `Arm ${arm} draws up to ${decimalText(greatest)} mL; ${query.availableMl} mL are available.`;
    return { kind: "draw-above-available", message };
  }
  if (compare(greatest, readFraction(query.maximumFinalMl)) > 0) {
    const message = `Arm ${arm} draws up to ${decimalText(greatest)} mL; the final volume is at most ${query.maximumFinalMl} mL.`;
    return { kind: "draw-above-final-volume", message };
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

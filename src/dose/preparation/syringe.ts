import {
  compare,
  decimalText,
  floor,
  floorTo,
  fraction,
  type Fraction,
  halfUp,
  minus,
  over,
  plus,
  readFraction,
  sign,
  smaller,
  times,
  toNumber,
  ZERO,
} from "../../quantity/index.js";
import { emptyEarlierLots, type EmptiedLot } from "./earlierLots.js";
import { crossesMaximum, fallsBelowMinimum, type ActiveLimits } from "./limits.js";
import type { DrawOrder } from "./model.js";
import type { ContainerDraw } from "./result.js";
import type { Chosen } from "./selectContainers.js";

/** What is drawn from chosen containers: the earlier ones emptied, the rest from the last ones. Nothing is refused here. */
export interface Syringe {
  readonly last: Chosen;
  readonly before: readonly EmptiedLot[];
  /** mL and cells of the emptied containers. */
  readonly emptied: Fraction;
  readonly given: Fraction;
  /** Of the last lot, before rounding; below zero where the emptied containers give more than the target. */
  readonly exact: Fraction;
  /** Of the last lot, rounded to the syringe. */
  readonly volume: Fraction;
  readonly delivered: Fraction;
  readonly isOneGraduationLess: boolean;
  readonly isOneGraduationMore: boolean;
}

/** The target, and between which doses the rounded draw has to stay. */
export interface Aim {
  readonly target: Fraction;
  readonly limits: ActiveLimits;
}

/**
 * Draws the target from chosen containers: half-up to the graduation, and one graduation less or more where the order
 * says so and a limit would be crossed.
 *
 * @param chosen - at least one
 */
export function fillSyringe(order: DrawOrder, chosen: readonly Chosen[], { target, limits }: Aim): Syringe {
  const graduation = readFraction(order.graduationMl);
  const last = chosen[chosen.length - 1] as Chosen;
  const before = emptyEarlierLots(chosen, graduation);
  const emptied = before.reduce((sum, { volume }) => plus(sum, volume), ZERO);
  const given = before.reduce((sum, part) => plus(sum, times(part.volume, part.chosen.lot.concentration)), ZERO);
  const dose = (volume: Fraction): Fraction => plus(given, times(volume, last.lot.concentration));
  const exact = over(minus(target, given), last.lot.concentration);
  const rounded = sign(exact) < 0 ? ZERO : halfUp(exact, graduation);
  const isLess =
    order.whenAbove === "one-graduation-less" &&
    crossesMaximum(dose(rounded), limits) &&
    compare(rounded, graduation) >= 0;
  const isMore = order.whenBelow === "one-graduation-more" && fallsBelowMinimum(dose(rounded), limits);
  const volume = isLess ? minus(rounded, graduation) : isMore ? plus(rounded, graduation) : rounded;
  return {
    last,
    before,
    emptied,
    given,
    exact,
    volume,
    delivered: dose(volume),
    isOneGraduationLess: isLess,
    isOneGraduationMore: isMore,
  };
}

/** What can be drawn from the last of the chosen containers, in mL. */
export const availableOf = ({ lot, containers }: Chosen): Fraction =>
  times(readFraction(lot.order.extractableMl), fraction(containers));

/** Whether the containers give what is to be drawn from them. */
export function suffices(order: DrawOrder, chosen: readonly Chosen[], aim: Aim): boolean {
  const { last, volume } = fillSyringe(order, chosen, aim);
  return compare(volume, availableOf(last)) <= 0;
}

/**
 * How much is drawn from how many containers: each is emptied down to a whole graduation, the rest comes from one more.
 * Where whole graduations do not reach, each gives the same.
 */
export function perContainer(
  { lot, containers }: Chosen,
  volume: Fraction,
  graduation: Fraction,
): readonly ContainerDraw[] {
  if (sign(volume) === 0) return [];
  const extractable = readFraction(lot.order.extractableMl);
  const whole = floorTo(extractable, graduation);
  const emptied = sign(whole) === 0 ? ZERO : smaller(floor(over(volume, whole)), fraction(containers));
  const rest = minus(volume, times(emptied, whole));
  const isReached = compare(rest, extractable) <= 0 && (sign(rest) === 0 || compare(emptied, fraction(containers)) < 0);
  if (!isReached) return [{ containers, drawMl: decimalText(over(volume, fraction(containers))) }];
  return [
    ...(sign(emptied) === 0 ? [] : [{ containers: toNumber(emptied), drawMl: decimalText(whole) }]),
    ...(sign(rest) === 0 ? [] : [{ containers: 1, drawMl: decimalText(rest) }]),
  ];
}

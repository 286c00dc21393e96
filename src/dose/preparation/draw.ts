import { fail } from "../../foundation/index.js";
import {
  absolute,
  compare,
  decimalText,
  type Fraction,
  fraction,
  minus,
  ONE,
  over,
  plus,
  readFraction,
  sign,
  times,
  UNIT_KINDS,
  type UnitKind,
  ZERO,
} from "../../quantity/index.js";
import type { RoundingPart } from "../formula/rounding.js";
import { HUNDRED } from "../constants.js";
import { hundredths, readable, shownCount } from "../shown.js";
import { addStep } from "../formula/step.js";
import { addConcentration } from "./concentrationStep.js";
import { addEmptied } from "./earlierLots.js";
import {
  crossesMaximum,
  fallsBelowMinimum,
  isWithinSoft,
  requireWithin,
  warnOutsideSoft,
  type ActiveLimits,
} from "./limits.js";
import type { DrawOrder } from "./model.js";
import type { ContainerUse, Delivered } from "./result.js";
import type { Chosen } from "./selectContainers.js";
import { availableOf, fillSyringe, perContainer, type Syringe } from "./syringe.js";
import type { Trace } from "./trace.js";

const ROUNDING_WARNING_PERCENT = readFraction("1");

export interface FoundDraw {
  readonly drawMl: Fraction;
  readonly delivered: Fraction;
  readonly shown: Delivered;
  readonly containers: readonly ContainerUse[];
}

/** What the steps of a draw have in common. */
interface Drawing {
  readonly order: DrawOrder;
  readonly chosen: readonly Chosen[];
  readonly target: Fraction;
  readonly limits: ActiveLimits;
  readonly unit: string;
  readonly syringe: Syringe;
  /** Of all containers. */
  readonly draw: Fraction;
}

/** @throws AllocellError `dose.earlier_lots_above_target`: with a measured concentration above the label's, emptying gives too much */
function requireNotEmptiedTooMuch({ syringe: { given, exact, last }, target, unit }: Drawing): void {
  if (sign(exact) >= 0) return;
  const [most, received] = [readable(decimalText(target)), readable(decimalText(given))];
  const message = `Emptied, the containers before lot ${last.lot.order.lot} give ${received} ${unit}, more than the target of ${most}: prepare from fewer lots or containers.`;
  fail("dose.earlier_lots_above_target", "lots", message, {
    expected: `at most ${most} ${unit}`,
    received,
    parameters: { lot: last.lot.order.lot },
  });
}

/** @throws AllocellError `dose.delivered_above_limit`, `dose.delivered_below_limit` */
function requireRoundedWithin({ order, syringe: { delivered }, target, limits, unit }: Drawing): void {
  const { graduationMl, whenAbove, whenBelow } = order;
  const given = `Rounded to ${graduationMl} mL the syringe would give ${readable(decimalText(delivered))} ${unit}`;
  if (crossesMaximum(delivered, limits)) {
    const cure = whenAbove === "one-graduation-less" ? "" : ', or order draw.whenAbove "one-graduation-less"';
    const message = `${given}, above the cap or maximum: take a finer graduation${cure}.`;
    fail("dose.delivered_above_limit", "draw.graduationMl", message);
  }
  // A target below a minimum was refused before: here rounding alone went below.
  if (fallsBelowMinimum(delivered, limits) && !fallsBelowMinimum(target, limits)) {
    const cure = whenBelow === "one-graduation-more" ? "" : ', or order draw.whenBelow "one-graduation-more"';
    const message = `${given}, below the minimum: take a finer graduation${cure}.`;
    fail("dose.delivered_below_limit", "draw.graduationMl", message);
  }
}

/** @throws AllocellError `dose.draw_zero` */
function requireDrawn({ syringe: { exact, emptied }, draw }: Drawing): void {
  if (sign(draw) !== 0) return;
  const text = readable(decimalText(plus(emptied, exact)));
  fail("dose.draw_zero", "draw.graduationMl", `The draw of ${text} mL rounds to 0 mL: take a finer graduation.`, {
    parameters: { draw: text },
  });
}

function roundingOf({ order: { graduationMl }, syringe }: Drawing): readonly RoundingPart[] {
  const halfUp: RoundingPart = { key: "halfUp", to: `${graduationMl} mL` };
  if (syringe.isOneGraduationLess) return [halfUp, { key: "oneLess" }];
  return syringe.isOneGraduationMore ? [halfUp, { key: "oneMore" }] : [halfUp];
}

function addDrawSteps(trace: Trace, drawing: Drawing): void {
  const { order, chosen, target, unit, draw, syringe } = drawing;
  const { before, last, emptied, given } = syringe;
  for (const part of before) addEmptied(trace, "emptied", part, unit);
  addConcentration(trace, order, last, unit);
  const {
    concentration: C,
    order: { lot },
  } = last.lot;
  const about = { unit, texts: { lot }, rounded: { rule: roundingOf(drawing), result: draw } };
  const values = { target, C, g: order.graduationMl };
  if (chosen.length === 1) addStep(trace, "draw", values, about);
  else addStep(trace, "draw:several", { e: emptied, y: given, ...values }, about);
}

/** @throws AllocellError `dose.residual_below_dead_volume` */
function requireResidual(trace: Trace, { order: { deadVolumeMl }, chosen, draw }: Drawing): void {
  if (deadVolumeMl === undefined) return;
  const fill = chosen.reduce(
    (sum, { lot, containers }) => plus(sum, times(readFraction(lot.order.fillMl), fraction(containers))),
    ZERO,
  );
  const residual = addStep(trace, "residual", { fill, draw, dead: deadVolumeMl });
  if (compare(residual, readFraction(deadVolumeMl)) >= 0) return;
  const [expected, received] = [`at least ${deadVolumeMl} mL`, `${decimalText(residual)} mL`];
  const message = `Only ${received} would stay, less than the dead volume of ${deadVolumeMl} mL.`;
  fail("dose.residual_below_dead_volume", "draw.deadVolumeMl", message, {
    expected,
    received,
    parameters: { deadVolumeMl },
  });
}

/** The delivered dose and its error of rounding in per cent. */
function addDeliveredSteps(trace: Trace, { chosen, target, unit, draw, syringe }: Drawing): Fraction {
  const { delivered, given, volume, last } = syringe;
  const C = last.lot.concentration;
  if (chosen.length === 1) addStep(trace, "delivered", { draw, C }, { unit });
  else addStep(trace, "delivered:several", { y: given, x: volume, C }, { unit });
  const error = addStep(trace, "rounding-error", { delivered, target }, { unit });
  return error;
}

function warnOfRounding(trace: Trace, { graduationMl }: DrawOrder, error: Fraction): void {
  if (compare(absolute(error), ROUNDING_WARNING_PERCENT) <= 0) return;
  trace.warnings.push({
    code: "dose.rounding_error_high",
    path: "draw.graduationMl",
    message: `Rounding to ${graduationMl} mL changes the dose by ${hundredths(error)} %.`,
    expected: "at most 1 %",
    received: `${hundredths(error)} %`,
    parameters: { graduationMl },
  });
}

/** Containers that would be thawed for nothing: the last lot gives nothing, or one container less would do. */
function warnOfWaste(
  trace: Trace,
  { order, chosen, syringe: { before, last, volume, delivered }, unit }: Drawing,
): void {
  const { lot } = last.lot.order;
  const path = `lots.${last.lot.entry}`;
  if (before.length > 0 && sign(volume) === 0) {
    trace.warnings.push({
      code: "dose.nothing_drawn_from_lot",
      path,
      message: `${last.containers} of lot ${lot} would be thawed, and nothing is drawn from it: the lots before it give the dose.`,
      expected: "a draw from each lot that is thawed",
      received: "0 mL",
      parameters: { containers: last.containers },
    });
    return;
  }
  const usable = chosen.reduce((sum, part) => plus(sum, times(part.lot.usable, fraction(part.containers))), ZERO);
  const needed = times(delivered, plus(ONE, over(readFraction(order.overfillPercent), HUNDRED)));
  const left = minus(usable, needed);
  const isNeededByVolume = compare(volume, availableOf({ ...last, containers: last.containers - 1 })) > 0;
  if (isNeededByVolume || compare(left, last.lot.usable) < 0) return;
  trace.warnings.push({
    code: "dose.waste_high",
    path,
    message: `One container less of lot ${lot} holds the drawn dose and its overfill: ${readable(decimalText(left))} ${unit} would be left over.`,
    expected: `less than ${readable(decimalText(last.lot.usable))} ${unit} left over`,
    received: `${readable(decimalText(left))} ${unit}`,
  });
}

function usesOf({ order, syringe: { before, last, volume } }: Drawing): readonly ContainerUse[] {
  const graduation = readFraction(order.graduationMl);
  return [...before, { chosen: last, volume }].map(({ chosen: part, volume: drawn }): ContainerUse => ({
    lot: part.lot.order.lot,
    entry: part.lot.entry,
    expiresOn: part.lot.order.expiresOn,
    containers: part.containers,
    usablePerContainer: decimalText(part.lot.usable),
    concentrationPerMl: decimalText(part.lot.concentration),
    isMeasured: part.lot.order.measuredPerMl !== undefined,
    drawMl: decimalText(drawn),
    draws: perContainer(part, drawn, graduation),
    delivered: decimalText(times(drawn, part.lot.concentration)),
  }));
}

/**
 * The drawn volume at the lots' actual concentrations, rounded to the syringe, and what it delivers.
 *
 * draw = target / C, half-up to the graduation; delivered = draw × C. Of several lots the earlier ones are emptied and
 * the last one gives the rest. Delivered is tested again against cap, range and hard limits.
 *
 * @throws AllocellError `dose.earlier_lots_above_target`, `dose.draw_zero`,
 *   `dose.delivered_above_limit`, `dose.delivered_below_limit`, `dose.residual_below_dead_volume`,
 *   `dose.outside_hard_limit`, `dose.outside_range`
 */
export function findDraw(
  trace: Trace,
  order: DrawOrder,
  unitKind: UnitKind,
  chosen: readonly Chosen[],
  target: Fraction,
  limits: ActiveLimits,
): FoundDraw {
  const unit = UNIT_KINDS[unitKind];
  const syringe = fillSyringe(order, chosen, { target, limits });
  const { delivered, emptied, exact, volume, isOneGraduationLess, isOneGraduationMore } = syringe;
  const draw = plus(emptied, volume);
  const drawing: Drawing = { order, chosen, target, limits, unit, syringe, draw };
  requireNotEmptiedTooMuch(drawing);
  requireRoundedWithin(drawing);
  requireDrawn(drawing);
  addDrawSteps(trace, drawing);
  requireResidual(trace, drawing);
  const error = addDeliveredSteps(trace, drawing);
  requireWithin(delivered, limits, unit);
  // The rounding may have crossed them; a target outside them was warned of before.
  if (isWithinSoft(target, limits)) warnOutsideSoft(trace, delivered, limits, unit);
  warnOfRounding(trace, order, error);
  warnOfWaste(trace, drawing);
  return {
    drawMl: draw,
    delivered,
    containers: usesOf(drawing),
    shown: {
      drawMl: decimalText(draw),
      exactDrawMl: decimalText(plus(emptied, exact)),
      amount: shownCount(delivered, unitKind),
      roundingErrorPercent: hundredths(error),
      isOneGraduationLess,
      isOneGraduationMore,
    },
  };
}

import { fail } from "../../foundation/index.js";
import {
  absolute,
  compare,
  decimalText,
  type Fraction,
  fraction,
  halfUp,
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
import { HUNDRED } from "../constants.js";
import { concentrationStep } from "./concentrationStep.js";
import { emptiedStep, emptyEarlierLots } from "./earlierLots.js";
import { crossesMaximum, isWithinSoft, requireWithin, warnOutsideSoft, type ActiveLimits } from "./limits.js";
import type { DrawOrder } from "./model.js";
import type { ContainerUse, Delivered } from "./result.js";
import type { Chosen } from "./selectContainers.js";
import { hundredths, readable, shownCount } from "../shown.js";
import { input } from "../step.js";
import { writtenStep, type Trace } from "./trace.js";

const ROUNDING_WARNING_PERCENT = readFraction("1");

export interface FoundDraw {
  readonly drawMl: Fraction;
  readonly delivered: Fraction;
  readonly shown: Delivered;
  readonly containers: readonly ContainerUse[];
}

/**
 * The drawn volume at the lots' actual concentrations, rounded to the syringe, and what it delivers.
 *
 * draw = target / C, half-up to the graduation; delivered = draw × C. Of several lots the earlier ones are emptied and
 * the last one gives the rest. Delivered is tested again against cap, range and hard limits.
 *
 * @throws AllocellError `dose.earlier_lots_above_target`, `dose.draw_above_available`, `dose.draw_zero`, `dose.delivered_above_limit`,
 *   `dose.residual_below_dead_volume`, `dose.outside_hard_limit`, `dose.outside_range`
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
  const graduation = readFraction(order.graduationMl);
  const last = chosen[chosen.length - 1];
  if (last === undefined) return fail("dose.containers_short", "lots", "No container was chosen.");
  const before = emptyEarlierLots(chosen, graduation);
  const given = before.reduce(
    (sum, { chosen: part, volume }) => plus(sum, times(volume, part.lot.concentration)),
    ZERO,
  );
  for (const { chosen: part, volume } of before) trace.steps?.push(emptiedStep(part, volume, unit));
  const drawnBefore = before.reduce((sum, { volume }) => plus(sum, volume), ZERO);
  const remaining = minus(target, given);
  if (compare(remaining, ZERO) < 0) {
    // Found by the second programmer: with a measured concentration above the label's, emptying gives too much.
    return fail(
      "dose.earlier_lots_above_target",
      "lots",
      `Emptied, the containers before lot ${last.lot.order.lot} give ${readable(decimalText(given))} ${unit}, more than the target of ${readable(decimalText(target))}: prepare from fewer lots or containers.`,
      { expected: `at most ${readable(decimalText(target))} ${unit}`, received: readable(decimalText(given)) },
    );
  }
  const { concentration, order: lot } = last.lot;
  const concentrationText = decimalText(concentration);
  trace.steps?.push(concentrationStep(order, last, unit));
  const exactDraw = over(remaining, concentration);
  let lastDraw = halfUp(exactDraw, graduation);
  const exactText = decimalText(plus(drawnBefore, exactDraw));
  const dose = (volume: Fraction): Fraction => plus(given, times(volume, concentration));
  let delivered = dose(lastDraw);
  let isOneGraduationLess = false;
  if (crossesMaximum(delivered, limits)) {
    const message = `Rounded to ${order.graduationMl} mL the syringe would give ${readable(decimalText(delivered))} ${unit}, above the cap or maximum: take a finer graduation, or have it ordered one graduation less.`;
    if (order.whenAbove !== "one-graduation-less") fail("dose.delivered_above_limit", "draw.graduationMl", message);
    lastDraw = minus(lastDraw, graduation);
    delivered = dose(lastDraw);
    isOneGraduationLess = true;
    if (sign(lastDraw) < 0 || crossesMaximum(delivered, limits))
      fail("dose.delivered_above_limit", "draw.graduationMl", message);
  }
  const draw = plus(drawnBefore, lastDraw);
  const drawText = decimalText(draw);
  if (sign(lastDraw) < 0 || sign(draw) === 0) {
    return fail(
      "dose.draw_zero",
      "draw.graduationMl",
      `The draw of ${readable(exactText)} mL rounds to 0 mL: take a finer graduation.`,
    );
  }
  trace.steps?.push(
    writtenStep({
      id: "draw",
      title:
        chosen.length === 1 ? "Volume to draw" : `Volume to draw: earlier lots emptied, the rest from lot ${lot.lot}`,
      formula:
        chosen.length === 1
          ? "draw = target / concentration C"
          : "draw = Σ emptied mL + (target - Σ emptied cells) / concentration C of the last lot",
      worked:
        chosen.length === 1
          ? `${readable(decimalText(target))} / ${readable(concentrationText)}`
          : `${readable(decimalText(drawnBefore))} + (${readable(decimalText(target))} - ${readable(decimalText(given))}) / ${readable(concentrationText)}`,
      inputs: [
        input("target", "target", decimalText(target), unit),
        input("C", "actual concentration", concentrationText, `${unit}/mL`),
        input("g", "graduation", order.graduationMl, "mL"),
      ],
      unit: "mL",
      rounding: isOneGraduationLess
        ? `half-up to ${order.graduationMl} mL, then one graduation less because the cap or maximum would be crossed`
        : `half-up to ${order.graduationMl} mL`,
      source: "the order: graduation of the syringe",
      exact: exactText,
      result: drawText,
    }),
  );
  const available = times(readFraction(lot.extractableMl), fraction(last.containers));
  if (compare(lastDraw, available) > 0) {
    return fail(
      "dose.draw_above_available",
      "lots",
      `${decimalText(lastDraw)} mL of lot ${lot.lot} are needed, and ${last.containers} of its containers give ${decimalText(available)} mL${last.containers < lot.containers ? `; ${lot.containers} are at hand, of which a greater draw.overfillPercent takes more` : ""}.`,
      { expected: `at most ${decimalText(available)} mL`, received: `${decimalText(lastDraw)} mL` },
    );
  }
  const fill = chosen.reduce(
    (sum, part) => plus(sum, times(readFraction(part.lot.order.fillMl), fraction(part.containers))),
    ZERO,
  );
  const residual = minus(fill, draw);
  const { deadVolumeMl } = order;
  if (deadVolumeMl !== undefined) {
    trace.steps?.push(
      writtenStep({
        id: "residual",
        title: `Left in the containers, at least ${deadVolumeMl} mL`,
        formula: "residual = Σ n × fill - draw",
        worked: `${readable(decimalText(fill))} - ${readable(drawText)}`,
        inputs: [
          input("fill", "filled volume", decimalText(fill), "mL"),
          input("draw", "drawn volume", drawText, "mL"),
          input("dead", "dead volume", deadVolumeMl, "mL"),
        ],
        unit: "mL",
        exact: decimalText(residual),
      }),
    );
    if (compare(residual, readFraction(deadVolumeMl)) < 0) {
      const [expected, received] = [`at least ${deadVolumeMl} mL`, `${decimalText(residual)} mL`];
      return fail(
        "dose.residual_below_dead_volume",
        "draw.deadVolumeMl",
        `Only ${received} would stay, less than the dead volume of ${deadVolumeMl} mL.`,
        { expected, received },
      );
    }
  }
  const deliveredText = decimalText(delivered);
  const lastText = decimalText(lastDraw);
  trace.steps?.push(
    writtenStep({
      id: "delivered",
      title: "Delivered dose of the rounded volume",
      formula:
        chosen.length === 1
          ? "delivered = draw × concentration C"
          : "delivered = Σ draw × concentration C over the lots",
      worked:
        chosen.length === 1
          ? `${readable(drawText)} × ${readable(concentrationText)}`
          : `${readable(decimalText(given))} + ${readable(lastText)} × ${readable(concentrationText)}`,
      inputs: [
        input("draw", "drawn volume", drawText, "mL"),
        input("C", "actual concentration", concentrationText, `${unit}/mL`),
      ],
      unit,
      exact: deliveredText,
    }),
  );
  const error = times(HUNDRED, over(minus(delivered, target), target));
  const errorText = hundredths(error);
  trace.steps?.push(
    writtenStep({
      id: "rounding-error",
      title: "Error of rounding",
      formula: "e% = 100 × (delivered - target) / target",
      worked: `100 × (${readable(deliveredText)} - ${readable(decimalText(target))}) / ${readable(decimalText(target))}`,
      inputs: [
        input("delivered", "delivered", deliveredText, unit),
        input("target", "target", decimalText(target), unit),
      ],
      unit: "%",
      rounding: "half away from zero to 0.01, for reading; the test is exact",
      exact: decimalText(error),
      result: errorText,
    }),
  );
  requireWithin(delivered, limits, unit);
  // The rounding may have crossed them; a target outside them was warned of before.
  if (isWithinSoft(target, limits)) warnOutsideSoft(trace, delivered, limits, unit);
  const errorSize = absolute(error);
  if (compare(errorSize, ROUNDING_WARNING_PERCENT) > 0) {
    trace.warnings.push({
      code: "dose.rounding_error_high",
      path: "draw.graduationMl",
      message: `Rounding to ${order.graduationMl} mL changes the dose by ${errorText} %.`,
      expected: "at most 1 %",
      received: `${errorText} %`,
    });
  }
  if (before.length > 0 && sign(lastDraw) === 0) {
    trace.warnings.push({
      code: "dose.nothing_drawn_from_lot",
      path: `lots.${last.lot.entry}`,
      message: `${last.containers} of lot ${lot.lot} would be thawed, and nothing is drawn from it: the lots before it give the dose.`,
      expected: "a draw from each lot that is thawed",
      received: "0 mL",
    });
  } else warnOfWaste(trace, order, chosen, delivered, unit);
  const containers = [...before, { chosen: last, volume: lastDraw }].map(({ chosen: part, volume }): ContainerUse => ({
    lot: part.lot.order.lot,
    entry: part.lot.entry,
    expiresOn: part.lot.order.expiresOn,
    containers: part.containers,
    usablePerContainer: decimalText(part.lot.usable),
    concentrationPerMl: decimalText(part.lot.concentration),
    isMeasured: part.lot.order.measuredPerMl !== undefined,
    drawMl: decimalText(volume),
    delivered: decimalText(times(volume, part.lot.concentration)),
  }));
  return {
    drawMl: draw,
    delivered,
    containers,
    shown: {
      drawMl: drawText,
      exactDrawMl: exactText,
      amount: shownCount(delivered, unitKind, deliveredText),
      roundingErrorPercent: errorText,
      isOneGraduationLess,
    },
  };
}

/** The rounded draw may need a container less than the exact one did: it would be thawed for nothing. */
function warnOfWaste(
  trace: Trace,
  { overfillPercent }: DrawOrder,
  chosen: readonly Chosen[],
  delivered: Fraction,
  unit: string,
): void {
  const [last] = chosen.slice(-1);
  if (last === undefined) return;
  const usable = chosen.reduce((sum, part) => plus(sum, times(part.lot.usable, fraction(part.containers))), ZERO);
  const needed = times(delivered, plus(ONE, over(readFraction(overfillPercent), HUNDRED)));
  const left = minus(usable, needed);
  if (compare(left, last.lot.usable) < 0) return;
  trace.warnings.push({
    code: "dose.waste_high",
    path: `lots.${last.lot.entry}`,
    message: `One container less of lot ${last.lot.order.lot} holds the drawn dose and its overfill: ${readable(decimalText(left))} ${unit} would be left over.`,
    expected: `less than ${readable(decimalText(last.lot.usable))} ${unit} left over`,
    received: `${readable(decimalText(left))} ${unit}`,
  });
}

import { fail } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  type Fraction,
  minus,
  readFraction,
  sign,
  UNIT_KINDS,
  type UnitKind,
  ZERO,
} from "../../quantity/index.js";
import { addStep } from "../formula/step.js";
import type { InfusionOrder } from "./infusionOrder.js";
import type { ProductOrder } from "./model.js";
import { hundredths, readable } from "../shown.js";
import { findTiming, requireLimit, type Timing } from "./timing.js";
import type { Trace } from "./trace.js";

/** The bag as it is infused: volumes in mL, concentration per mL, times in minutes. Every value is decimal text. */
export interface InfusionPlan {
  readonly finalVolumeMl: string;
  readonly diluentMl: string;
  /** Per mL, half-up to 0.01. */
  readonly concentrationPerMl: string;
  /** Half-up to 0.01; absent if neither rate nor minutes is stated. */
  readonly minutes?: string;
  readonly rateMlPerMin?: string;
  /** As ordered, where the order states it. */
  readonly rateMlPerHour?: string;
  readonly cellsPerKgPerMin?: string;
  readonly mlPerKgPerHour?: string;
  readonly dropsPerMin?: string;
}

export interface FoundInfusion {
  readonly plan: InfusionPlan;
  readonly volume: Fraction;
  readonly minutes?: Fraction;
  readonly rate?: Fraction;
}

/** What was drawn, of how many containers, and what it delivers. */
interface Drawn {
  readonly draw: Fraction;
  readonly delivered: Fraction;
  readonly containers: number;
}

function finalVolume(trace: Trace, order: InfusionOrder, { draw, containers }: Drawn): Fraction {
  const { finalVolumeMl, diluentPerContainerMl } = order;
  if (finalVolumeMl !== undefined && diluentPerContainerMl !== undefined) {
    const message = "State the final volume, or the diluent of each container.";
    return fail("dose.preparation_invalid", "infusion.diluentPerContainerMl", message, { expected: "one of the two" });
  }
  if (finalVolumeMl !== undefined) return readFraction(finalVolumeMl);
  if (sign(draw) > 0)
    return diluentPerContainerMl === undefined ? draw : addDiluent(trace, draw, containers, diluentPerContainerMl);
  return fail(
    "dose.final_volume_missing",
    "infusion.finalVolumeMl",
    "A placebo needs its final volume: no volume follows from the word.",
  );
}

/** The step of a final volume that follows from the diluent of each container. */
function addDiluent(trace: Trace, draw: Fraction, containers: number, perContainerMl: string): Fraction {
  return addStep(trace, "final-volume", { draw, n: String(containers), d: perContainerMl });
}

function requireEqualArms(volume: Fraction, order: InfusionOrder): void {
  const other = order.otherArms?.find(({ finalVolumeMl }) => compare(readFraction(finalVolumeMl), volume) !== 0);
  if (other === undefined) return;
  fail(
    "dose.arm_volumes_differ",
    "infusion.otherArms",
    `Arm ${other.arm} has a final volume of ${other.finalVolumeMl} mL, this one ${decimalText(volume)} mL: that unblinds.`,
    {
      expected: `${decimalText(volume)} mL in every arm`,
      received: `${other.finalVolumeMl} mL`,
      parameters: { otherArm: other.arm },
    },
  );
}

function requireConcentration(value: Fraction, product: ProductOrder | undefined, unit: string): void {
  const range = product?.concentrationPerMl;
  if (range === undefined) return;
  const isBelow = range.minimum !== undefined && compare(value, readFraction(range.minimum)) < 0;
  const isAbove = range.maximum !== undefined && compare(value, readFraction(range.maximum)) > 0;
  if (!isBelow && !isAbove) return;
  const expected = `${range.minimum ?? "0"} to ${range.maximum ?? "any"} per mL`;
  const received = `${readable(decimalText(value))} ${unit}/mL`;
  fail(
    "dose.concentration_outside_range",
    "infusion.finalVolumeMl",
    `The final ${received} is outside the product's ${expected}.`,
    {
      expected,
      received,
    },
  );
}

/** The step of the diluent. @throws AllocellError `dose.diluent_negative` */
function findDiluent(trace: Trace, volume: Fraction, draw: Fraction): string {
  const diluent = minus(volume, draw);
  if (sign(diluent) < 0) {
    const [volumeText, drawText] = [decimalText(volume), decimalText(draw)];
    return fail(
      "dose.diluent_negative",
      "infusion.finalVolumeMl",
      `${drawText} mL are drawn, more than the final volume of ${volumeText} mL.`,
      { expected: `at least ${drawText} mL`, received: `${volumeText} mL` },
    );
  }
  return decimalText(addStep(trace, "diluent", { V: volume, draw }));
}

function findConcentration(
  trace: Trace,
  product: ProductOrder | undefined,
  unit: string,
  volume: Fraction,
  delivered: Fraction,
): string {
  const concentration = addStep(trace, "final-concentration", { delivered, V: volume }, { unit });
  requireConcentration(concentration, product, unit);
  return hundredths(concentration);
}

/** Rate and cells for each kilogram. @throws AllocellError `dose.rate_outside_limits` */
function findPerKg(
  trace: Trace,
  limits: InfusionOrder["limits"],
  { rate, minutes }: Timing,
  { delivered, weight, unit }: { readonly delivered: Fraction; readonly weight: Fraction; readonly unit: string },
): Pick<InfusionPlan, "mlPerKgPerHour" | "cellsPerKgPerMin"> {
  const hourly = addStep(trace, "ml-per-kg-per-hour", { R: rate, w: weight });
  requireLimit(hourly, undefined, limits?.maximumMlPerKgPerHour, "mL/kg/h", "infusion.limits");
  const mlPerKgPerHour = hundredths(hourly);
  if (compare(delivered, ZERO) <= 0) return { mlPerKgPerHour };
  const perMinute = addStep(trace, "cells-per-kg-per-min", { delivered, w: weight, t: minutes }, { unit });
  requireLimit(perMinute, undefined, limits?.maximumCellsPerKgPerMin, `${unit}/kg/min`, "infusion.limits");
  return { mlPerKgPerHour, cellsPerKgPerMin: hundredths(perMinute) };
}

function findDrops(trace: Trace, dropsPerMl: string | undefined, rate: Fraction): Pick<InfusionPlan, "dropsPerMin"> {
  if (dropsPerMl === undefined) return {};
  return { dropsPerMin: hundredths(addStep(trace, "drops-per-min", { R: rate, F: dropsPerMl })) };
}

function requireWeight(limits: InfusionOrder["limits"], weight: Fraction | undefined): void {
  if (weight !== undefined || (limits?.maximumMlPerKgPerHour ?? limits?.maximumCellsPerKgPerMin) === undefined) return;
  fail("dose.weight_missing", "weight", "A limit for each kilogram cannot be tested without a body weight.", {
    expected: "the weighing, or no limit for each kilogram",
    received: "nothing",
  });
}

/**
 * Diluent to the final volume, its concentration, and rate and duration.
 *
 * @throws AllocellError `dose.final_volume_missing`, `dose.diluent_negative`, `dose.arm_volumes_differ`,
 *   `dose.concentration_outside_range`, `dose.rate_and_minutes`, `dose.rate_outside_limits`
 */
export function planInfusion(
  trace: Trace,
  order: InfusionOrder,
  product: ProductOrder | undefined,
  unitKind: UnitKind,
  drawn: Drawn,
  weight: Fraction | undefined,
): FoundInfusion {
  const unit = UNIT_KINDS[unitKind];
  const { draw, delivered } = drawn;
  const volume = finalVolume(trace, order, drawn);
  requireEqualArms(volume, order);
  const plan = {
    finalVolumeMl: decimalText(volume),
    diluentMl: findDiluent(trace, volume, draw),
    concentrationPerMl: findConcentration(trace, product, unit, volume, delivered),
  };
  const timing = findTiming(trace, order, volume);
  if (timing === undefined) return { plan, volume };
  const { limits, dropsPerMl } = order;
  requireWeight(limits, weight);
  return {
    volume,
    ...timing,
    plan: {
      ...plan,
      minutes: hundredths(timing.minutes),
      rateMlPerMin: hundredths(timing.rate),
      ...(order.rateMlPerHour === undefined ? {} : { rateMlPerHour: order.rateMlPerHour }),
      ...(weight === undefined ? {} : findPerKg(trace, limits, timing, { delivered, weight, unit })),
      ...findDrops(trace, dropsPerMl, timing.rate),
    },
  };
}

import { fail } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  type Fraction,
  minus,
  over,
  readFraction,
  sign,
  times,
  UNIT_KINDS,
  type UnitKind,
  ZERO,
} from "../../quantity/index.js";
import type { StepInput } from "../model.js";
import type { InfusionOrder, ProductOrder } from "./model.js";
import type { InfusionPlan } from "./result.js";
import { hundredths, readable } from "../shown.js";
import { FOR_READING, input } from "../step.js";
import { writtenStep, type StepText, type Trace } from "./trace.js";

const SIXTY = readFraction("60");

type StepWords = Pick<StepText, "formula" | "worked" | "inputs">;

export interface FoundInfusion {
  readonly plan: InfusionPlan;
  readonly minutes?: Fraction;
  readonly rate?: Fraction;
}

function finalVolume(order: InfusionOrder, draw: Fraction): Fraction {
  if (order.finalVolumeMl !== undefined) return readFraction(order.finalVolumeMl);
  if (sign(draw) > 0) return draw;
  return fail(
    "dose.final_volume_missing",
    "infusion.finalVolumeMl",
    "A placebo needs its final volume: no volume follows from the word.",
  );
}

function requireEqualArms(volume: Fraction, order: InfusionOrder): void {
  const other = order.otherArms?.find(({ finalVolumeMl }) => compare(readFraction(finalVolumeMl), volume) !== 0);
  if (other === undefined) return;
  fail(
    "dose.arm_volumes_differ",
    "infusion.otherArms",
    `Arm ${other.arm} has a final volume of ${other.finalVolumeMl} mL, this one ${decimalText(volume)} mL: that unblinds.`,
    { expected: `${decimalText(volume)} mL in every arm`, received: `${other.finalVolumeMl} mL` },
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

function requireLimit(
  value: Fraction,
  minimum: string | undefined,
  maximum: string | undefined,
  what: string,
  path: string,
): void {
  const isBelow = minimum !== undefined && compare(value, readFraction(minimum)) < 0;
  const isAbove = maximum !== undefined && compare(value, readFraction(maximum)) > 0;
  if (!isBelow && !isAbove) return;
  const [expected, received] = [
    `${minimum ?? "0"} to ${maximum ?? "any"} ${what}`,
    `${readable(decimalText(value))} ${what}`,
  ];
  fail("dose.rate_outside_limits", path, `${received} is outside the limits of the infusion, ${expected}.`, {
    expected,
    received,
  });
}

function timing(
  trace: Trace,
  order: InfusionOrder,
  volume: Fraction,
): { readonly minutes: Fraction; readonly rate: Fraction } | undefined {
  const { rateMlPerMin, minutes } = order;
  if (rateMlPerMin !== undefined && minutes !== undefined) {
    return fail(
      "dose.rate_and_minutes",
      "infusion.minutes",
      "Rate and minutes follow from one another: give one of them.",
    );
  }
  const volumeText = decimalText(volume);
  const v = (): StepInput => input("V", "final volume", volumeText, "mL");
  if (rateMlPerMin !== undefined) {
    const found = over(volume, readFraction(rateMlPerMin));
    trace.steps?.push(
      writtenStep({
        id: "minutes",
        title: "Duration of the infusion",
        formula: "minutes = final volume V / rate R",
        worked: `${readable(volumeText)} / ${rateMlPerMin}`,
        inputs: [v(), input("R", "rate", rateMlPerMin, "mL/min")],
        unit: "min",
        rounding: FOR_READING,
        source: "the order",
        exact: decimalText(found),
        result: hundredths(found),
      }),
    );
    return { minutes: found, rate: readFraction(rateMlPerMin) };
  }
  if (minutes === undefined) return undefined;
  const rate = over(volume, readFraction(minutes));
  trace.steps?.push(
    writtenStep({
      id: "rate",
      title: "Rate of the infusion",
      formula: "rate = final volume V / minutes t",
      worked: `${readable(volumeText)} / ${readable(minutes)}`,
      inputs: [v(), input("t", "duration", minutes, "min")],
      unit: "mL/min",
      rounding: FOR_READING,
      source: "the order",
      exact: decimalText(rate),
      result: hundredths(rate),
    }),
  );
  return { minutes: readFraction(minutes), rate };
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
  drawn: { readonly draw: Fraction; readonly delivered: Fraction },
  weight: Fraction | undefined,
): FoundInfusion {
  const unit = UNIT_KINDS[unitKind];
  const { draw, delivered } = drawn;
  const volume = finalVolume(order, draw);
  requireEqualArms(volume, order);
  const diluent = minus(volume, draw);
  const [volumeText, drawText, diluentText] = [decimalText(volume), decimalText(draw), decimalText(diluent)];
  if (sign(diluent) < 0) {
    return fail(
      "dose.diluent_negative",
      "infusion.finalVolumeMl",
      `${drawText} mL are drawn, more than the final volume of ${volumeText} mL.`,
      {
        expected: `at least ${drawText} mL`,
        received: `${volumeText} mL`,
      },
    );
  }
  trace.steps?.push(
    writtenStep({
      id: "diluent",
      title: "Diluent to the final volume",
      formula: "diluent = final volume V - draw",
      worked: `${readable(volumeText)} - ${readable(drawText)}`,
      inputs: [input("V", "final volume", volumeText, "mL"), input("draw", "drawn volume", drawText, "mL")],
      unit: "mL",
      source: "the order",
      exact: diluentText,
    }),
  );
  const concentration = over(delivered, volume);
  trace.steps?.push(
    writtenStep({
      id: "final-concentration",
      title: "Final concentration",
      formula: "final concentration = delivered / final volume V",
      worked: `${readable(decimalText(delivered))} / ${readable(volumeText)}`,
      inputs: [
        input("delivered", "delivered", decimalText(delivered), unit),
        input("V", "final volume", volumeText, "mL"),
      ],
      unit: `${unit}/mL`,
      rounding: FOR_READING,
      exact: decimalText(concentration),
      result: hundredths(concentration),
    }),
  );
  requireConcentration(concentration, product, unit);
  const plan: { -readonly [Key in keyof InfusionPlan]: InfusionPlan[Key] } = {
    finalVolumeMl: volumeText,
    diluentMl: diluentText,
    concentrationPerMl: hundredths(concentration),
  };
  const found = timing(trace, order, volume);
  if (found === undefined) return { plan };
  const { minutes, rate } = found;
  const { limits, longMinutes, dropsPerMl } = order;
  requireLimit(rate, limits?.minimumMlPerMin, limits?.maximumMlPerMin, "mL/min", "infusion.rateMlPerMin");
  requireLimit(minutes, limits?.minimumMinutes, limits?.maximumMinutes, "min", "infusion.minutes");
  if (longMinutes !== undefined && compare(minutes, readFraction(longMinutes)) > 0) {
    trace.warnings.push({
      code: "dose.long_infusion",
      path: "infusion.longMinutes",
      message: `The infusion takes ${hundredths(minutes)} minutes, more than ${longMinutes}: cells die while they wait.`,
      expected: `at most ${longMinutes} min`,
      received: `${hundredths(minutes)} min`,
    });
  }
  const [rateText, minutesText] = [decimalText(rate), decimalText(minutes)];
  [plan.minutes, plan.rateMlPerMin] = [hundredths(minutes), hundredths(rate)];
  // The words are asked for only where a step is written.
  const derive = (id: string, title: string, unitText: string, value: Fraction, words: () => StepWords): string => {
    const result = hundredths(value);
    trace.steps?.push(
      writtenStep({ id, title, ...words(), unit: unitText, rounding: FOR_READING, exact: decimalText(value), result }),
    );
    return result;
  };
  if (weight === undefined && (limits?.maximumMlPerKgPerHour ?? limits?.maximumCellsPerKgPerMin) !== undefined) {
    return fail("dose.weight_missing", "weight", "A limit for each kilogram cannot be tested without a body weight.", {
      expected: "the weighing, or no limit for each kilogram",
      received: "nothing",
    });
  }
  if (weight !== undefined) {
    const kg = decimalText(weight);
    const w = (): StepInput => input("w", "dosing weight", kg, "kg");
    const perHour = over(times(SIXTY, rate), weight);
    requireLimit(perHour, undefined, limits?.maximumMlPerKgPerHour, "mL/kg/h", "infusion.limits");
    const title = "Volume for each kilogram and hour";
    plan.mlPerKgPerHour = derive("ml-per-kg-per-hour", title, "mL/kg/h", perHour, () => ({
      formula: "60 × rate R / weight w",
      worked: `60 × ${readable(rateText)} / ${readable(kg)}`,
      inputs: [input("R", "rate", rateText, "mL/min"), w()],
    }));
    if (compare(delivered, ZERO) > 0) {
      const perMinute = over(delivered, times(weight, minutes));
      const perKgPerMin = `${unit}/kg/min`;
      requireLimit(perMinute, undefined, limits?.maximumCellsPerKgPerMin, perKgPerMin, "infusion.limits");
      const ofCells = "Cells for each kilogram and minute";
      plan.cellsPerKgPerMin = derive("cells-per-kg-per-min", ofCells, perKgPerMin, perMinute, () => ({
        formula: "delivered / (weight w × minutes t)",
        worked: `${readable(decimalText(delivered))} / (${readable(kg)} × ${readable(minutesText)})`,
        inputs: [
          input("delivered", "delivered", decimalText(delivered), unit),
          w(),
          input("t", "duration", minutesText, "min"),
        ],
      }));
    }
  }
  if (dropsPerMl !== undefined) {
    const drops = times(rate, readFraction(dropsPerMl));
    plan.dropsPerMin = derive("drops-per-min", "Drops a minute", "drops/min", drops, () => ({
      formula: "rate R × drops per mL F",
      worked: `${readable(rateText)} × ${dropsPerMl}`,
      inputs: [input("R", "rate", rateText, "mL/min"), input("F", "drop factor", dropsPerMl, "drops/mL")],
    }));
  }
  return { minutes, rate, plan };
}

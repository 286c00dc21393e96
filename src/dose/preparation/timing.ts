import { fail } from "../../foundation/index.js";
import { compare, decimalText, type Fraction, fraction, over, readFraction } from "../../quantity/index.js";
import { addStep } from "../formula/step.js";
import { hundredths, readable } from "../shown.js";
import type { InfusionOrder } from "./infusionOrder.js";
import type { Trace } from "./trace.js";

const SIXTY = fraction(60);

/** How long an infusion takes, and how fast it is in mL/min. */
export interface Timing {
  readonly minutes: Fraction;
  readonly rate: Fraction;
}

/** @throws AllocellError `dose.rate_and_minutes` */
function requireOne({ rateMlPerMin, rateMlPerHour, minutes }: InfusionOrder): void {
  const stated = Object.entries({ rateMlPerMin, rateMlPerHour, minutes }).filter(([, value]) => value !== undefined);
  const [, second] = stated;
  if (second === undefined) return;
  const received = stated.map(([name]) => name).join(" and ");
  fail(
    "dose.rate_and_minutes",
    `infusion.${second[0]}`,
    "Rate and minutes follow from one another: give one of them.",
    {
      expected: "rateMlPerMin, rateMlPerHour or minutes",
      received,
    },
  );
}

/** The field from which rate and duration follow. */
export function timedAt({ minutes, rateMlPerHour }: InfusionOrder): string {
  if (minutes !== undefined) return "infusion.minutes";
  return rateMlPerHour === undefined ? "infusion.rateMlPerMin" : "infusion.rateMlPerHour";
}

/** The rate that an order states, in mL/min. */
export function statedRate({ rateMlPerMin, rateMlPerHour }: InfusionOrder): Fraction | undefined {
  if (rateMlPerHour !== undefined) return over(readFraction(rateMlPerHour), SIXTY);
  return rateMlPerMin === undefined ? undefined : readFraction(rateMlPerMin);
}

function ofRate(
  trace: Trace,
  { rateMlPerMin, rateMlPerHour }: InfusionOrder,
  volume: Fraction,
  rate: Fraction,
): Timing {
  const minutes =
    rateMlPerHour === undefined
      ? addStep(trace, "minutes", { V: volume, R: rateMlPerMin })
      : addStep(trace, "minutes:hourly", { V: volume, R: rateMlPerHour });
  return { minutes, rate };
}

function ofMinutes(trace: Trace, minutes: string, volume: Fraction): Timing {
  const rate = addStep(trace, "rate", { V: volume, t: minutes });
  return { minutes: readFraction(minutes), rate };
}

/** @throws AllocellError `dose.rate_outside_limits` */
export function requireLimit(
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

function warnOfLong(trace: Trace, longMinutes: string | undefined, minutes: Fraction): void {
  if (longMinutes === undefined || compare(minutes, readFraction(longMinutes)) <= 0) return;
  trace.warnings.push({
    code: "dose.long_infusion",
    path: "infusion.longMinutes",
    message: `The infusion takes ${hundredths(minutes)} minutes, more than ${longMinutes}: cells die while they wait.`,
    expected: `at most ${longMinutes} min`,
    received: `${hundredths(minutes)} min`,
  });
}

/**
 * Duration and rate of an infusion, within the limits of the order; undefined where it states neither.
 *
 * @throws AllocellError `dose.rate_and_minutes`, `dose.rate_outside_limits`
 */
export function findTiming(trace: Trace, order: InfusionOrder, volume: Fraction): Timing | undefined {
  requireOne(order);
  const rate = statedRate(order);
  const { minutes, limits, longMinutes } = order;
  if (rate === undefined && minutes === undefined) return undefined;
  const found = rate === undefined ? ofMinutes(trace, minutes ?? "", volume) : ofRate(trace, order, volume, rate);
  const ratePath = order.rateMlPerHour === undefined ? "infusion.rateMlPerMin" : "infusion.rateMlPerHour";
  requireLimit(found.rate, limits?.minimumMlPerMin, limits?.maximumMlPerMin, "mL/min", ratePath);
  requireLimit(found.minutes, limits?.minimumMinutes, limits?.maximumMinutes, "min", "infusion.minutes");
  warnOfLong(trace, longMinutes, found.minutes);
  return found;
}

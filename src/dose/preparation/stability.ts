import { addMinutes, type LocalTime, dateOfLocalTime, daysBetween, minutesBetween } from "../../calendar/index.js";
import { fail, requireFields } from "../../foundation/index.js";
import { ceiling, type Fraction, toNumber } from "../../quantity/index.js";
import { addStep } from "../formula/step.js";
import type { ClockOrder, LotOrder } from "./model.js";
import type { Preparation, StabilityPlan } from "./result.js";
import type { Trace } from "./trace.js";

/**
 * The latest start: what is left when infusion and flush end may pass before they begin, and of a further component no
 * more than after the end of the one before it.
 *
 * @returns undefined without a clock
 * @throws AllocellError `calendar.time_invalid`, `calendar.minutes_invalid`, `calendar.date_invalid`,
 *   `calendar.no_such_day`
 */
export function latestStart(preparation: Pick<Preparation, "stability">): LocalTime | undefined {
  requireFields(preparation, "a preparation", {});
  const { stability } = preparation;
  if (stability === undefined) return undefined;
  const { startAt, spareMinutes, startWithin } = stability;
  const inTime = addMinutes(startAt, spareMinutes);
  return startWithin !== undefined && startWithin < inTime ? startWithin : inTime;
}

/**
 * Whether the infusion and the flush of the line end in time: start + minutes + flush <= thaw + stability. A begun
 * minute counts whole.
 *
 * @throws AllocellError `dose.clock_invalid`, `dose.expires_before_end`
 */
export function planStability(
  trace: Trace,
  clock: ClockOrder,
  minutes: Fraction | undefined,
  preparedOn: string,
  lots: readonly LotOrder[],
): StabilityPlan {
  const { thawedAt, startAt, stabilityMinutes, lineFlushMinutes } = clock;
  if (minutes === undefined) {
    return fail("dose.clock_invalid", "infusion", "The stability clock needs the rate or the minutes of the infusion.");
  }
  requireClock(clock, preparedOn);
  const lasts = toNumber(ceiling(minutes));
  const finishAt = addMinutes(startAt, lasts + lineFlushMinutes);
  const expiresAt = addMinutes(thawedAt, stabilityMinutes);
  // On one day the times say enough.
  const isOneDay = dateOfLocalTime(thawedAt) === dateOfLocalTime(startAt);
  const at = (time: string): string => (isOneDay ? time.slice("2026-02-27T".length) : time.replace("T", " "));
  const values = {
    stability: String(stabilityMinutes),
    hold: String(minutesBetween(thawedAt, startAt)),
    minutes: String(lasts),
    flush: String(lineFlushMinutes),
  };
  const texts = { thawedAt: at(thawedAt), startAt: at(startAt) };
  const spareMinutes = toNumber(addStep(trace, "stability", values, { texts }));
  warnOfLongHold(trace, clock, minutesBetween(thawedAt, startAt) + lasts);
  const expired = lots.find(({ expiresOn }) => expiresOn < dateOfLocalTime(finishAt));
  if (spareMinutes < 0 || expired !== undefined) {
    const until = spareMinutes < 0 ? expiresAt : (expired?.expiresOn ?? "");
    const message = `Infusion and flush end at ${finishAt}; the product expires at ${until}.`;
    return fail("dose.expires_before_end", "clock", message, { expected: `an end by ${until}`, received: finishAt });
  }
  return { thawedAt, startAt, finishAt, expiresAt, spareMinutes };
}

function requireClock({ thawedAt, startAt }: ClockOrder, preparedOn: string): void {
  if (startAt < thawedAt) {
    const message = `The infusion would start at ${startAt}, before the product is thawed at ${thawedAt}.`;
    fail("dose.clock_invalid", "clock.startAt", message, {
      expected: `${thawedAt} or later`,
      received: startAt,
    });
  }
  const sinceOrder = daysBetween(preparedOn, dateOfLocalTime(thawedAt));
  if (sinceOrder < 0 || sinceOrder > 1) {
    const message = `The product would be thawed at ${thawedAt}, and it is prepared on ${preparedOn}: thawing is on that day, or after its midnight.`;
    fail("dose.clock_invalid", "clock.thawedAt", message, { expected: preparedOn, received: thawedAt });
  }
}

function warnOfLongHold(trace: Trace, { longHoldMinutes }: ClockOrder, held: number): void {
  if (longHoldMinutes === undefined || held <= longHoldMinutes) return;
  trace.warnings.push({
    code: "dose.long_hold",
    path: "clock.longHoldMinutes",
    message: `From thawing to the end of the infusion it is ${held} minutes, more than ${longHoldMinutes}: cells die while they wait.`,
    expected: `at most ${longHoldMinutes} min`,
    received: `${held} min`,
  });
}

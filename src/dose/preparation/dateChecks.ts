import { dateOfLocalTime, weekday, type IsoDate } from "../../calendar/index.js";
import type { PreparationOrder } from "./model.js";
import type { Trace } from "./trace.js";

/** The day of the administration: that of the start of the infusion, or else of the preparation. */
export function administrationDate({ preparedOn, clock }: PreparationOrder): IsoDate {
  return clock === undefined ? preparedOn : dateOfLocalTime(clock.startAt);
}

/**
 * Warns of an administration outside its window, on another day than the planned one, or on a weekend: each may be meant,
 * and somebody has to say so.
 */
export function warnOfDate(trace: Trace, order: PreparationOrder): void {
  const { clock, identification } = order;
  const date = administrationDate(order);
  const { window, plannedOn } = identification ?? {};
  if (window !== undefined && (date < window.from || date > window.to)) {
    trace.warnings.push({
      code: "calendar.outside_window",
      path: "identification.window",
      message: `The administration is prepared for ${date}, outside its window from ${window.from} to ${window.to}.`,
      expected: `${window.from} to ${window.to}, both included`,
      received: date,
    });
  }
  const isPlanned =
    plannedOn === undefined ||
    (window === undefined ? plannedOn === date : plannedOn >= window.from && plannedOn <= window.to);
  if (!isPlanned) {
    const expected = window === undefined ? date : `${window.from} to ${window.to}`;
    trace.warnings.push({
      code: "calendar.planned_day_differs",
      path: "identification.plannedOn",
      message: `The administration is planned for ${plannedOn}, ${window === undefined ? `and prepared for ${date}` : `outside its window from ${window.from} to ${window.to}`}.`,
      expected,
      received: plannedOn,
    });
  }
  const day = weekday(date);
  if (day !== "Saturday" && day !== "Sunday") return;
  trace.warnings.push({
    code: "calendar.weekend",
    path: clock === undefined ? "preparedOn" : "clock.startAt",
    message: `The administration is prepared for ${date}, a ${day}.`,
    expected: "a working day",
    received: `${date}, ${day}`,
  });
}

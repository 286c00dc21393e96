import { fail, describeReceived } from "../foundation/index.js";
import { parseIsoDate, addDays, daysBetween, type IsoDate } from "./isoDate.js";

/** A local time `YYYY-MM-DDTHH:MM` of one place. It has no time zone: a change of the clocks is not known here. */
export type LocalTime = string;

const FORM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]$/u;
const MINUTES_A_DAY = 1440;

/**
 * Reads a local time `YYYY-MM-DDTHH:MM`, 00:00 to 23:59.
 *
 * @throws AllocellError `calendar.time_invalid`, `calendar.no_such_day`
 */
export function parseLocalTime(text: unknown, path: string): LocalTime {
  if (typeof text !== "string" || !FORM.test(text)) {
    return fail(
      "calendar.time_invalid",
      path,
      "A local time is written as YYYY-MM-DDTHH:MM, for example 2026-02-27T09:30.",
      {
        expected: "a local time such as 2026-02-27T09:30",
        received: describeReceived(text),
      },
    );
  }
  parseIsoDate(datePart(text), path);
  return text;
}

/** Whether `text` is a local time that exists. */
export function isLocalTime(text: string): boolean {
  try {
    parseLocalTime(text, "");
    return true;
  } catch {
    return false;
  }
}

/** The date of a local time. @throws AllocellError `calendar.time_invalid`, `calendar.no_such_day` */
export const dateOfLocalTime = (time: LocalTime): IsoDate => datePart(parseLocalTime(time, "time"));

const datePart = (time: LocalTime): IsoDate => time.slice(0, 10);

function minuteOfDay(time: LocalTime): number {
  return Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16));
}

/**
 * The local time `minutes` later; whole minutes, negative for earlier.
 *
 * @example
 * addMinutes("2026-02-27T23:50", 20); // "2026-02-28T00:10"
 * @throws AllocellError `calendar.days_invalid`, `calendar.out_of_range`
 */
export function addMinutes(time: LocalTime, minutes: number): LocalTime {
  parseLocalTime(time, "time");
  if (!Number.isSafeInteger(minutes)) {
    fail("calendar.minutes_invalid", "minutes", "A number of minutes must be a whole number.", {
      expected: "a whole number, negative for earlier",
      received: describeReceived(minutes),
    });
  }
  const total = minuteOfDay(time) + minutes;
  const days = Math.floor(total / MINUTES_A_DAY);
  const rest = total - days * MINUTES_A_DAY;
  const date = days === 0 ? datePart(time) : addDays(datePart(time), days);
  return `${date}T${String(Math.floor(rest / 60)).padStart(2, "0")}:${String(rest % 60).padStart(2, "0")}`;
}

/**
 * Minutes from `from` to `to`; negative if `to` is earlier.
 *
 * @throws AllocellError `calendar.time_invalid`, `calendar.date_invalid`, `calendar.no_such_day`
 */
export function minutesBetween(from: LocalTime, to: LocalTime): number {
  parseLocalTime(from, "from");
  parseLocalTime(to, "to");
  const sameDay = minuteOfDay(to) - minuteOfDay(from);
  if (datePart(from) === datePart(to)) return sameDay;
  return daysBetween(datePart(from), datePart(to)) * MINUTES_A_DAY + sameDay;
}

import { describeReceived, fail } from "../foundation/index.js";

/** A calendar day `YYYY-MM-DD` of the Gregorian calendar, years 0001 to 9999. It has no time and no time zone. */
export type IsoDate = string;

/** A day of the week, by its English name. */
export type Weekday = "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";

const WEEKDAYS: readonly Weekday[] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTH_LENGTHS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FORM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/u;

const DAYS_IN_400_YEARS = 146097;
const LAST_DAY = 3652058; // 9999-12-31, counted from 0001-01-01 = 0

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function monthLength(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_LENGTHS[month - 1] ?? 0);
}

/** Year, month and day of a text in the form YYYY-MM-DD. */
function partsOf(date: string): readonly [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

/** Days from 0001-01-01 to the first of January of `year`. */
function daysBeforeYear(year: number): number {
  const past = year - 1;
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
}

/** Whether `text` is a day that exists in the Gregorian calendar, written `YYYY-MM-DD`; such texts sort by time. */
export function isCalendarDate(text: unknown): boolean {
  if (typeof text !== "string" || !FORM.test(text)) return false;
  const [year, month, day] = partsOf(text);
  return year >= 1 && day >= 1 && day <= monthLength(year, month);
}

/**
 * Reads a calendar day `YYYY-MM-DD` that exists.
 *
 * @throws AllocellError `calendar.date_invalid` for any other form; `calendar.no_such_day` for 2025-02-29 and the like
 */
export function parseIsoDate(text: unknown, path: string): IsoDate {
  const detail = (): { expected: string; received: string } => ({
    expected: "a date such as 2025-06-28",
    received: describeReceived(text),
  });
  if (typeof text !== "string" || !FORM.test(text)) {
    return fail("calendar.date_invalid", path, "A date is written as YYYY-MM-DD, for example 2025-06-28.", detail());
  }
  if (!isCalendarDate(text)) {
    return fail("calendar.no_such_day", path, `There is no day ${text} in the calendar.`, {
      ...detail(),
      parameters: { text },
    });
  }
  return text;
}

/** Day number of a date: 0001-01-01 is 0. */
export function dayNumber(date: IsoDate, path: string): number {
  const [year, month, day] = partsOf(parseIsoDate(date, path));
  let days = daysBeforeYear(year) + day - 1;
  for (let before = 1; before < month; before += 1) days += monthLength(year, before);
  return days;
}

function dateOfDayNumber(days: number): IsoDate {
  if (days < 0 || days > LAST_DAY) {
    return fail("calendar.out_of_range", "", "A date must lie in the years 0001 to 9999.");
  }
  // The estimate is never below the year by more than one, and never above it.
  let year = Math.floor((days * 400) / DAYS_IN_400_YEARS);
  while (year < 9999 && daysBeforeYear(year + 1) <= days) year += 1;
  let rest = days - daysBeforeYear(year);
  let month = 1;
  while (rest >= monthLength(year, month)) {
    rest -= monthLength(year, month);
    month += 1;
  }
  const digits = (value: number, width: number): string => String(value).padStart(width, "0");
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(rest + 1, 2)}`;
}

/** Refuses anything but a whole number; for day counts, which may be negative. */
export function requireWholeDays(days: number, path: string): void {
  if (!Number.isSafeInteger(days)) {
    fail("calendar.days_invalid", path, "A number of days must be a whole number.", {
      received: describeReceived(days),
    });
  }
}

/**
 * The date `days` later (earlier if negative). 28 days after Day 1 is Day 29.
 *
 * @param days - whole days
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`, `calendar.days_invalid`,
 *   `calendar.out_of_range` if the result leaves the years 0001 to 9999
 * @example
 * addDays("2025-06-28", 28); // "2025-07-26"
 */
export function addDays(date: IsoDate, days: number): IsoDate {
  requireWholeDays(days, "days");
  return dateOfDayNumber(dayNumber(date, "date") + days);
}

/**
 * Days from `from` to `to`: 0 on the same date, negative if `to` is earlier.
 *
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`
 */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to, "to") - dayNumber(from, "from");
}

/**
 * The day of the week of a date of the Gregorian calendar.
 *
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`
 */
export function weekday(date: IsoDate): Weekday {
  // 0001-01-01 was a Monday in the Gregorian calendar carried back.
  return WEEKDAYS[dayNumber(date, "date") % 7] ?? "Monday";
}

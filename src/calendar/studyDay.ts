import { describeReceived, fail } from "../foundation/index.js";
import { addDays, daysBetween, requireWholeDays, type IsoDate } from "./isoDate.js";

/**
 * Study day of a date: days between + 1 from the reference date on, days between before it.
 *
 * The reference date is Day 1 and the day before it is Day -1: there is no Day 0.
 *
 * @param reference - the date of Day 1, usually that of the first administration
 * @returns a whole number other than 0
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`
 * @see source: CDISC SDTM, the --DY variables; the same rule as `derive_vars_dy` of the R package admiral
 * @example
 * studyDay("2025-07-26", "2025-06-28"); // 29
 */
export function studyDay(date: IsoDate, reference: IsoDate): number {
  const days = daysBetween(reference, date);
  return days >= 0 ? days + 1 : days;
}

/**
 * The date of a study day; the inverse of {@link studyDay}.
 *
 * @param day - a whole number other than 0
 * @throws AllocellError `calendar.no_day_zero`, `calendar.days_invalid`, `calendar.out_of_range` and those of a date
 */
export function dateOfStudyDay(day: number, reference: IsoDate): IsoDate {
  requireWholeDays(day, "day");
  if (day === 0) {
    return fail("calendar.no_day_zero", "day", "There is no study day 0: the day before Day 1 is Day -1.", {
      expected: "a whole number other than 0",
      received: describeReceived(day),
    });
  }
  return addDays(reference, day > 0 ? day - 1 : day);
}

import { addDays, daysBetween, type IsoDate } from "../../calendar/index.js";
import type { Issue } from "../../foundation/index.js";
import type { TrialDates } from "../../trial/index.js";

/** Dates of one order are at most so many days from the day of the administration: two years. */
export const DAYS_APART = 730;
/** A lot expires at most so many days after the administration: thirty years. */
export const DAYS_TO_EXPIRY = 10_957;
/** An administration is at most so many days after the trial's stated end. */
export const DAYS_AFTER_TRIAL = 365;

/** A date with its field. */
export interface StatedDate {
  readonly path: string;
  readonly date: IsoDate;
}

function unlikely({ path, date }: StatedDate, why: string, expected: string): Issue {
  const message = `${date} is ${why}. Check the year.`;
  return { code: "dose.unlikely_value", path, message, expected, received: date };
}

/** Dates that are far from the day of the administration. */
export function judgeDates(
  anchor: IsoDate,
  dates: readonly StatedDate[],
  daysApart: number = DAYS_APART,
): readonly Issue[] {
  return dates.flatMap((stated) =>
    Math.abs(daysBetween(anchor, stated.date)) <= daysApart
      ? []
      : [
          unlikely(
            stated,
            `more than ${daysApart} days from the administration of ${anchor}`,
            `within ${daysApart} days of ${anchor}`,
          ),
        ],
  );
}

/** `YYYY-MM` begins with the first day of the month, and ends with the last one. */
const firstDay = (date: string): IsoDate => (date.length === 7 ? `${date}-01` : date);
const lastDay = (date: string): IsoDate => (date.length === 7 ? addDays(`${date}-01`, 31) : date);

/** A day of administration before the trial's stated start, or long after its stated end. */
export function judgeInTrial(stated: StatedDate, { start, completion }: TrialDates): readonly Issue[] {
  if (start !== undefined && stated.date < firstDay(start)) {
    return [unlikely(stated, `before the start of the trial, ${start}`, `${start} or later`)];
  }
  if (completion === undefined) return [];
  const last = addDays(lastDay(completion), DAYS_AFTER_TRIAL);
  if (stated.date <= last) return [];
  return [unlikely(stated, `more than a year after the end of the trial, ${completion}`, `${last} or earlier`)];
}

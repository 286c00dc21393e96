import { requireFields } from "../../foundation/index.js";
import { addDays, type IsoDate } from "../../calendar/index.js";
import type { ConductRules } from "../model.js";

/**
 * The last day on which a DLT counts.
 *
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`, `calendar.days_invalid`,
 *   `calendar.out_of_range`
 */
export function windowEnd(rules: Pick<ConductRules, "window">, dosedOn: IsoDate): IsoDate {
  requireFields(rules, "the rules of conduct of a part", { window: "a map" });
  const { window } = rules;
  return addDays(dosedOn, window.throughStudyDay - window.dosingIsDay);
}

/**
 * The first day on which the next participant of a cohort may be dosed, after `treated` of it were.
 *
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`, `calendar.days_invalid`,
 *   `calendar.out_of_range`
 */
export function nextDosing(rules: Pick<ConductRules, "gapsDays">, lastDosed: IsoDate, treated: number): IsoDate {
  requireFields(rules, "the rules of conduct of a part", { gapsDays: "a list" });
  const { gapsDays } = rules;
  return addDays(lastDosed, gapsDays[treated - 1] ?? gapsDays.at(-1) ?? 0);
}

/** The first day on which the cohort after this one may be dosed. */
export function nextCohort(rules: Pick<ConductRules, "window" | "reviewDays">, lastDosed: IsoDate): IsoDate {
  return addDays(windowEnd(rules, lastDosed), 1 + rules.reviewDays);
}

/** The earliest dates of a part in which nothing is delayed. */
export interface EarliestCalendar {
  readonly dosings: readonly (readonly IsoDate[])[];
  readonly nextPartNotBefore: IsoDate;
}

/**
 * The earliest dates on which cohorts of these sizes can be dosed, and the next part can begin: people underestimate it.
 *
 *
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`, `calendar.days_invalid`,
 *   `calendar.out_of_range`
 * @example
 * earliestCalendar(rules, [3, 3, 3], "2026-09-07").nextPartNotBefore; // "2027-02-16" for gaps 14 and 7, Day 28, review 5
 */
export function earliestCalendar(
  rules: Pick<ConductRules, "window" | "gapsDays" | "reviewDays">,
  cohorts: readonly number[],
  first: IsoDate,
): EarliestCalendar {
  requireFields({ cohorts }, "the sizes of the cohorts", { cohorts: "a list" });
  let begin = first;
  const dosings = cohorts.map((size) => {
    const dates = [begin];
    while (dates.length < size) dates.push(nextDosing(rules, dates.at(-1) ?? begin, dates.length));
    begin = nextCohort(rules, dates.at(-1) ?? begin);
    return dates;
  });
  return { dosings, nextPartNotBefore: begin };
}

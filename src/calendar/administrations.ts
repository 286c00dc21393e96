import { deepFreeze, describeReceived, fail, requireFields, type Issue } from "../foundation/index.js";
import { addDays, parseIsoDate, type IsoDate } from "./isoDate.js";
import { dateOfStudyDay } from "./studyDay.js";

/** What a visit window hangs on: the planned date of the first administration, or the date it really took place. */
export type WindowAnchor = "planned" | "actual-first";

/** How far from its planned date an administration may be: whole days, both >= 0. The anchor has no default. */
export interface VisitWindow {
  /** Whole days before the anchor, 0 or more. */
  readonly earlyDays: number;
  /** Whole days after the anchor, 0 or more. */
  readonly lateDays: number;
  readonly anchor: WindowAnchor;
}

/**
 * When a participant's administrations are planned: the first date, and the days from one to the next. Dates are
 * calendar days of the site, without a time.
 */
export interface AdministrationPlan {
  /** Planned date of administration 1. */
  readonly first: IsoDate;
  /** Number of administrations, >= 1. */
  readonly count: number;
  /** Whole days from one administration to the next, >= 1; needed if count > 1. 4 weeks are 28 days. */
  readonly intervalDays?: number;
  /**
   * In place of an interval: days of each administration after the first one, which is 0; rising. Twice a week for 4
   * weeks, 3 and 4 days apart, is 0, 3, 7, 10, 14, 17, 21, 24.
   */
  readonly offsetDays?: readonly number[];
  readonly window?: VisitWindow;
  /** Fewest days since the preceding administration, >= 1; it moves the start of the window, so it needs one. */
  readonly minimumSpacingDays?: number;
  /** Dates on which administrations 1, 2, ... really took place, as far as they have. */
  readonly actual?: readonly IsoDate[];
}

/** One planned administration with its date, and its window where the plan has one. */
export interface PlannedAdministration {
  /** 1, 2, ... */
  readonly number: number;
  /** Study day of `date`; administration 1 is Day 1. */
  readonly studyDay: number;
  /** The planned date. A spacing that moved `window.from` past it does not move it. */
  readonly date: IsoDate;
  /** First and last allowed date, both included. */
  readonly window?: { readonly from: IsoDate; readonly to: IsoDate; readonly anchor: WindowAnchor };
  /** True while this rests on an administration whose actual date is not known yet; its planned date stands in. */
  readonly provisional?: true;
}

function requireCount(value: unknown, minimum: number, path: string, what: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= minimum) return value;
  return fail("calendar.plan_invalid", path, `${what} must be a whole number, at least ${minimum}.`, {
    expected: `a whole number >= ${minimum}`,
    received: describeReceived(value),
  });
}

function requireWindow(window: VisitWindow): VisitWindow {
  requireFields(window, "a window: earlyDays, lateDays and anchor", {});
  const anchor: unknown = window.anchor;
  if (anchor !== "planned" && anchor !== "actual-first") {
    return fail(
      "calendar.anchor_missing",
      "window.anchor",
      'A window must say what it hangs on: "planned" or "actual-first" (the date of the actual first administration).',
      { expected: '"planned" or "actual-first"', received: describeReceived(anchor) },
    );
  }
  requireCount(window.earlyDays, 0, "window.earlyDays", "The days that a visit may be early");
  requireCount(window.lateDays, 0, "window.lateDays", "The days that a visit may be late");
  return window;
}

function requireOffsets(offsets: readonly number[], count: number, interval: number | undefined): readonly number[] {
  requireFields({ offsetDays: offsets }, "a plan of administrations", { offsetDays: "a list" });
  const isRising = offsets.every((days, index) => (index === 0 ? days === 0 : days > (offsets[index - 1] ?? days)));
  if (isRising && offsets.length === count && interval === undefined && offsets.every(Number.isSafeInteger)) {
    return offsets;
  }
  return fail(
    "calendar.plan_invalid",
    "offsetDays",
    "Offsets are whole days, one for each administration, 0 first and then rising, and stand in place of an interval.",
    { expected: `${count} rising whole numbers from 0`, received: describeReceived(offsets.join(", ")) },
  );
}

/**
 * Dates of repeat administrations, with their windows.
 *
 * date(i) = Day 1 + (i - 1) × intervalDays, or Day 1 + offsetDays(i); window(i) = [date - earlyDays, date + lateDays], both ends included, its
 * start not before the preceding administration + minimumSpacingDays. Day 1 is the planned first date, or the actual
 * one if the window's anchor says so and it is known. Administration 1 of an "actual-first" plan has no window: it is
 * the anchor.
 *
 * @returns one frozen entry an administration
 * @throws AllocellError `calendar.plan_invalid`; `calendar.interval_missing` if count > 1 without an interval;
 *   `calendar.anchor_missing`; `calendar.spacing_without_window`; `calendar.window_empty` if the spacing leaves no day
 *   of a window; and the codes of a date
 * @example
 * planAdministrations({ first: "2025-06-28", count: 2, intervalDays: 28 })[1]; // { number: 2, studyDay: 29, date: "2025-07-26" }
 * @remarks A planned date may fall on a weekend or holiday; `moveToWorkingDay` moves it.
 */
export function planAdministrations(plan: AdministrationPlan): readonly PlannedAdministration[] {
  const read = readPlan(plan);
  const planned: PlannedAdministration[] = [];
  for (let index = 0; index < read.days.length; index += 1)
    planned.push(planOne(read, index, planned[index - 1]?.date));
  return deepFreeze(planned);
}

interface ReadPlan {
  /** By administration: its study day, from 1. */
  readonly days: readonly number[];
  readonly first: IsoDate;
  readonly actual: readonly IsoDate[];
  readonly window?: VisitWindow;
  readonly spacing?: number;
}

function readPlan(plan: AdministrationPlan): ReadPlan {
  requireFields(plan, "a plan of administrations: first, count and more", {});
  const days = readDays(plan);
  const spacing = plan.minimumSpacingDays;
  if (spacing !== undefined) requireCount(spacing, 1, "minimumSpacingDays", "The minimum spacing in days");
  const window = plan.window === undefined ? undefined : requireWindow(plan.window);
  if (spacing !== undefined && window === undefined) {
    return fail(
      "calendar.spacing_without_window",
      "window",
      "A minimum spacing moves a window's start: give the window too.",
    );
  }
  const first = parseIsoDate(plan.first, "first");
  const taken = plan.actual ?? [];
  requireFields({ actual: taken }, "a plan of administrations", { actual: "a list" });
  const actual = taken.map((date, index) => parseIsoDate(date, `actual.${index}`));
  if (actual.length > days.length) {
    return fail(
      "calendar.plan_invalid",
      "actual",
      `There are ${actual.length} actual dates for ${days.length} administrations.`,
      { parameters: { actual: actual.length, administrations: days.length } },
    );
  }
  return {
    days,
    first,
    actual,
    ...(window === undefined ? {} : { window }),
    ...(spacing === undefined ? {} : { spacing }),
  };
}

function readDays(plan: AdministrationPlan): readonly number[] {
  const count = requireCount(plan.count, 1, "count", "The number of administrations");
  if (plan.offsetDays !== undefined) {
    return requireOffsets(plan.offsetDays, count, plan.intervalDays).map((days) => 1 + days);
  }
  if (count > 1 && plan.intervalDays === undefined) {
    return fail(
      "calendar.interval_missing",
      "intervalDays",
      "More than one administration needs the days between them.",
      { expected: "a whole number of days >= 1", received: "nothing" },
    );
  }
  const interval = count > 1 ? requireCount(plan.intervalDays, 1, "intervalDays", "The interval in days") : 0;
  return Array.from({ length: count }, (_, index) => 1 + index * interval);
}

function planOne(plan: ReadPlan, index: number, precedingPlanned: IsoDate | undefined): PlannedAdministration {
  const { days, first, actual, window, spacing } = plan;
  const isFromActual = window?.anchor === "actual-first";
  const studyDay = days[index] as number;
  const date = dateOfStudyDay(studyDay, isFromActual ? (actual[0] ?? first) : first);
  const own = { number: index + 1, studyDay, date };
  const isProvisional = isFromActual && actual.length === 0;
  if (window === undefined || (isFromActual && index === 0)) {
    return { ...own, ...(isProvisional ? { provisional: true as const } : {}) };
  }
  const to = addDays(date, window.lateDays);
  let from = addDays(date, -window.earlyDays);
  const isSpaced = spacing !== undefined && index > 0;
  if (isSpaced) {
    const earliest = addDays(actual[index - 1] ?? precedingPlanned ?? first, spacing);
    if (earliest > from) from = earliest; // ISO dates sort as text
  }
  if (from > to) {
    return fail(
      "calendar.window_empty",
      `administrations.${index}`,
      `Administration ${index + 1} has no allowed day: ${spacing ?? 0} days after the preceding one is ${from}, and its window ends on ${to}.`,
      { parameters: { administration: index + 1, spacing: spacing ?? 0, from, to } },
    );
  }
  const waits = isProvisional || (isSpaced && actual.length < index);
  return { ...own, window: { from, to, anchor: window.anchor }, ...(waits ? { provisional: true as const } : {}) };
}

/**
 * What is to be said about the date on which an administration really took place. What happened is never refused.
 *
 * @returns no issue, or the warning `calendar.outside_window`
 * @throws AllocellError only for a date that does not exist
 */
export function checkActualDate(planned: PlannedAdministration, actual: IsoDate): readonly Issue[] {
  requireFields(planned, "a planned administration", { number: "a number" });
  const date = parseIsoDate(actual, "actual");
  const { window, number } = planned;
  if (window === undefined || (date >= window.from && date <= window.to)) return Object.freeze([]);
  const issue: Issue = {
    code: "calendar.outside_window",
    path: `administrations.${number - 1}`,
    message: `Administration ${number} took place on ${date}, outside its window from ${window.from} to ${window.to}.`,
    expected: `${window.from} to ${window.to}, both included`,
    received: date,
  };
  return deepFreeze([issue]);
}

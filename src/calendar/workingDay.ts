import { deepFreeze, describeReceived, fail, requireFields, type Issue } from "../foundation/index.js";
import type { PlannedAdministration } from "./administrations.js";
import { addDays, daysBetween, parseIsoDate, weekday, type IsoDate } from "./isoDate.js";

/** Where a date on a weekend or holiday is moved: nowhere, back, forward, or to the nearer side (a tie: back). */
export type WeekendPolicy = "none" | "previous" | "next" | "nearest";

/** A date after weekends and holidays were looked at, and by how many days it was moved. */
export interface WorkingDay {
  readonly date: IsoDate;
  /** Days from the planned date; negative for earlier. */
  readonly movedDays: number;
  /** `calendar.weekend` where the date stays on a weekend or holiday. */
  readonly warnings: readonly Issue[];
}

/** Where a policy looks at each distance, in this order: -1 back, 1 forward. */
const SIGNS: Readonly<Record<WeekendPolicy, readonly number[]>> = {
  none: [],
  previous: [-1],
  next: [1],
  nearest: [-1, 1],
};
const POLICIES: ReadonlySet<string> = new Set(Object.keys(SIGNS));

// Longer than any chain of weekends and holidays that an administration could wait for.
const FARTHEST_DAYS = 31;

/**
 * Moves a planned date off weekends and the caller's holidays, inside its window only; both ends are included.
 *
 * Without a window the date may move up to 31 days. Where no working day is found the date stays, with a warning.
 *
 * @param policy - no default
 * @param holidays - dates on which nothing is administered
 * @throws AllocellError `calendar.plan_invalid` for a policy that is not known; the codes of a date
 * @example
 * moveToWorkingDay({ number: 1, studyDay: 1, date: "2026-02-28" }, "next", []).date; // "2026-03-02"
 */
export function moveToWorkingDay(
  planned: PlannedAdministration,
  policy: WeekendPolicy,
  holidays: readonly IsoDate[],
): WorkingDay {
  requireFields(planned, "a planned administration", { number: "a number", date: "text" });
  requireFields({ holidays }, "the holidays", { holidays: "a list" });
  if (!POLICIES.has(policy)) {
    fail("calendar.plan_invalid", "weekend", "The policy of weekends is not one of the four: none is taken for it.", {
      expected: [...POLICIES].join(", "),
      received: describeReceived(policy),
    });
  }
  const closed = new Set(holidays.map((day, index) => parseIsoDate(day, `holidays.${index}`)));
  const isFree = (day: IsoDate): boolean => {
    const name = weekday(day);
    return name === "Saturday" || name === "Sunday" || closed.has(day);
  };
  const { date, window, number } = planned;
  const isInside = (day: IsoDate): boolean => window === undefined || (day >= window.from && day <= window.to);
  // A spacing may have moved the window past the planned date: the search starts where the window does.
  const start = window !== undefined && date < window.from ? window.from : date;
  const movedBefore = start === date ? 0 : daysBetween(date, start);
  if (!isFree(start)) return deepFreeze({ date: start, movedDays: movedBefore, warnings: [] });
  const moves = Array.from({ length: FARTHEST_DAYS }, (_, i) => SIGNS[policy].map((sign) => sign * (i + 1))).flat();
  for (const move of moves) {
    const day = addDays(start, move);
    if (isInside(day) && !isFree(day)) return deepFreeze({ date: day, movedDays: movedBefore + move, warnings: [] });
  }
  const issue: Issue = {
    code: "calendar.weekend",
    path: `administrations.${number - 1}`,
    message: `Administration ${number} is planned on ${start}, a weekend or holiday, and no working day is allowed by the policy "${policy}" inside its window.`,
    expected: "a working day",
    received: `${start}, ${weekday(start)}`,
    parameters: { policy },
  };
  return deepFreeze({ date: start, movedDays: movedBefore, warnings: [issue] });
}

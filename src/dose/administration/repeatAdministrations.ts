import {
  moveToWorkingDay,
  planAdministrations,
  type AdministrationPlan,
  type IsoDate,
  type PlannedAdministration,
  type WeekendPolicy,
} from "../../calendar/index.js";
import { deepFreeze, type Issue } from "../../foundation/index.js";

export interface RepeatPlan extends AdministrationPlan {
  /** No default. */
  readonly weekend: WeekendPolicy;
  readonly holidays: readonly IsoDate[];
  /** Which administrations need a new weight: every one, or the first only. */
  readonly weigh: "every-administration" | "first-only";
}

export interface RepeatAdministration extends PlannedAdministration {
  /** The planned date, off weekends and holidays where the policy allows it. */
  readonly workingDate: IsoDate;
  readonly isWeighed: boolean;
  readonly warnings: readonly Issue[];
}

/**
 * Dates of repeat administrations on working days, and whether a new weight is due.
 *
 * Each date is moved inside its own window, so the minimum spacing that moved the window's start still holds against
 * the date that the window was reckoned from.
 *
 * @throws AllocellError the codes of {@link planAdministrations}
 */
export function planRepeatAdministrations(plan: RepeatPlan): readonly RepeatAdministration[] {
  const { weekend, holidays, weigh, ...dates } = plan;
  return deepFreeze(
    planAdministrations(dates).map((planned): RepeatAdministration => {
      const { date, warnings } = moveToWorkingDay(planned, weekend, holidays);
      const isWeighed = planned.number === 1 || weigh === "every-administration";
      return { ...planned, workingDate: date, isWeighed, warnings };
    }),
  );
}

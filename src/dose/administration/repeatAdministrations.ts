import {
  addDays,
  moveToWorkingDay,
  planAdministrations,
  type AdministrationPlan,
  type IsoDate,
  type PlannedAdministration,
  type WeekendPolicy,
} from "../../calendar/index.js";
import { deepFreeze, describeReceived, fail, requireFields, type Issue } from "../../foundation/index.js";

/** When administrations repeat, what is done about weekends and holidays, and when a participant is weighed anew. */
export interface RepeatPlan extends AdministrationPlan {
  /** No default. */
  readonly weekend: WeekendPolicy;
  readonly holidays: readonly IsoDate[];
  /** Which administrations need a new weight: every one, or the first only. */
  readonly weigh: "every-administration" | "first-only";
}

/** One repeat administration with the day on which the site works, and whether the participant is weighed for it. */
export interface RepeatAdministration extends PlannedAdministration {
  /** The planned date, off weekends and holidays where the policy allows it. */
  readonly workingDate: IsoDate;
  readonly isWeighed: boolean;
  readonly warnings: readonly Issue[];
}

/**
 * Dates of repeat administrations on working days, and whether a new weight is due.
 *
 * Each date is moved inside its own window. A minimum spacing holds between the working dates (or the actual ones, as
 * far as they are known): where a date was moved, it moves the start of the next window too.
 *
 * @throws AllocellError `calendar.plan_invalid`; the codes of {@link planAdministrations}; `calendar.window_empty` where a moved date leaves the
 *   next administration no day of its window
 */
export function planRepeatAdministrations(plan: RepeatPlan): readonly RepeatAdministration[] {
  requireFields(plan, "a plan of repeated administrations", {});
  const { weekend, holidays, weigh, ...dates } = plan;
  requireWeigh(weigh);
  const { minimumSpacingDays, actual = [] } = dates;
  const repeats: RepeatAdministration[] = [];
  for (const planned of planAdministrations(dates)) {
    const before = actual[repeats.length - 1] ?? repeats.at(-1)?.workingDate;
    const spaced =
      before === undefined || minimumSpacingDays === undefined
        ? planned
        : spacedAfter(planned, addDays(before, minimumSpacingDays), before);
    const { date, warnings } = moveToWorkingDay(spaced, weekend, holidays);
    const isWeighed = planned.number === 1 || weigh === "every-administration";
    repeats.push({ ...spaced, workingDate: date, isWeighed, warnings });
  }
  return deepFreeze(repeats);
}

/** One that is not known would be taken for "first-only", and nobody would weigh again. */
function requireWeigh(weigh: unknown): void {
  if (weigh === "every-administration" || weigh === "first-only") return;
  fail(
    "calendar.plan_invalid",
    "weigh",
    "Whether each administration needs a new weight, or the first only, is not said.",
    {
      expected: "every-administration or first-only",
      received: describeReceived(weigh),
    },
  );
}

/** The administration with a window that begins no earlier than `earliest`. */
function spacedAfter(planned: PlannedAdministration, earliest: IsoDate, before: IsoDate): PlannedAdministration {
  const { window, number } = planned;
  if (window === undefined || window.from >= earliest) return planned;
  if (earliest <= window.to) return { ...planned, window: { ...window, from: earliest } };
  return fail(
    "calendar.window_empty",
    `administrations.${number - 1}`,
    `Administration ${number} has no allowed day: after the one moved to ${before} the earliest is ${earliest}, and its window ends on ${window.to}.`,
    { expected: `a day by ${window.to}`, received: earliest, parameters: { before } },
  );
}

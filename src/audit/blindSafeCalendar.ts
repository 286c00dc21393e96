import { addDays, parseIsoDate, type IsoDate } from "../calendar/index.js";
import { deepFreeze, describeReceived, fail, type Issue, pathTo } from "../foundation/index.js";
import { requirePart, type Administrations, type Trial } from "../trial/index.js";
import { daysOf, daysText } from "./armDays.js";

/** One administration that everybody may know of: the same for all arms. */
export interface BlindSafeAdministration {
  /** 1, 2, ... */
  readonly number: number;
  /** Study day; Day 1 is the first administration. */
  readonly studyDay: number;
  /** Where the date of Day 1 was given. */
  readonly date?: IsoDate;
}

/** What one arm gets on each day of the common calendar. UNBLINDED. */
export interface ArmCalendar {
  readonly arm: string;
  /** `own`: what the arm's protocol gives; `dummy`: an infusion without the active ingredient, for the blind alone. */
  readonly contents: readonly ("own" | "dummy")[];
  readonly dummies: number;
}

/**
 * The calendar of a part for blinded people, equal in every arm, and beside it the arms' own calendars. The whole is
 * UNBLINDED; only `administrations` is handed out.
 */
export interface BlindSafeCalendar {
  readonly trial: string;
  readonly part: string;
  /** For blinded people: it does not depend on the arm. */
  readonly administrations: readonly BlindSafeAdministration[];
  /** For the pharmacy. UNBLINDED. */
  readonly unblindedArms: readonly ArmCalendar[];
  readonly warnings: readonly Issue[];
}

/** How often an arm is dosed: evenly, or on stated study days. */
export type ArmAdministrations = Administrations | { readonly days: readonly number[] };

/**
 * One calendar for all arms of a masked part: every arm is infused on every day on which any arm is, with a dummy where
 * its own protocol gives nothing, so that neither the number nor the days of infusions tell the arm.
 *
 * days = union of the arms' days; an arm's content on a day is `own` if the day is one of its own, else `dummy`.
 *
 * @param administrationsByArm - one entry for every arm of the part; `days` are study days >= 1, ascending
 * @param options.first - date of Day 1; then each administration has its date
 * @returns a frozen calendar with the warning `blinding.calendar_crowded` where two days are closer to each other than
 *   those of any single arm
 * @throws AllocellError `blinding.calendar_part_open` (nobody is masked, so a dummy burdens for nothing),
 *   `blinding.calendar_arm_missing`, `blinding.calendar_arm_unknown`, `blinding.calendar_days_invalid`;
 *   `trial.part_unknown`; the codes of a date
 * @example
 * blindSafeCalendar(sle, "multiple-dose", { double: { count: 2, intervalDays: 28 }, placebo: { count: 1 } })
 *   .unblindedArms[1]; // { arm: "placebo", contents: ["own", "dummy"], dummies: 1 }
 * @remarks A dummy hides days only. Volume, rate and looks of the dummy must be those of the product: rule 16.
 */
export function blindSafeCalendar(
  trial: Trial,
  partId: string,
  administrationsByArm: Readonly<Record<string, ArmAdministrations>>,
  options: { readonly first?: IsoDate } = {},
): BlindSafeCalendar {
  const part = requirePart(trial, partId);
  if (part.masking.level === "none") {
    fail("blinding.calendar_part_open", "part", `Part "${part.id}" is open: a dummy infusion would hide nothing.`, {
      expected: "a part in which somebody is masked",
      received: part.id,
    });
  }
  const foreign = Object.keys(administrationsByArm).find((arm) => !part.arms.includes(arm));
  if (foreign !== undefined) {
    fail(
      "blinding.calendar_arm_unknown",
      pathTo("administrationsByArm", foreign),
      `Part "${part.id}" has no such arm.`,
      {
        expected: part.arms.join(", "),
        received: describeReceived(foreign),
        parameters: { part: part.id },
      },
    );
  }
  const own = part.arms.map((arm) => {
    const stated = Object.hasOwn(administrationsByArm, arm) ? administrationsByArm[arm] : undefined;
    if (stated !== undefined) return { arm, days: readDays(stated, pathTo("administrationsByArm", arm)) };
    const message = `The administrations of arm "${arm}" are missing: the calendar must hold all arms of the part.`;
    return fail("blinding.calendar_arm_missing", pathTo("administrationsByArm", arm), message, {
      expected: "how often, or on which days",
    });
  });
  const days = [...new Set(own.flatMap((arm) => arm.days))].sort((a, b) => a - b);
  const first = options.first === undefined ? undefined : parseIsoDate(options.first, "first");
  return deepFreeze({
    trial: trial.id,
    part: part.id,
    administrations: days.map((studyDay, i) => ({
      number: i + 1,
      studyDay,
      ...(first === undefined ? {} : { date: addDays(first, studyDay - 1) }),
    })),
    unblindedArms: own.map(({ arm, days: mine }) => {
      const contents = days.map((day): "own" | "dummy" => (mine.includes(day) ? "own" : "dummy"));
      return { arm, contents, dummies: contents.filter((content) => content === "dummy").length };
    }),
    warnings: crowded(days, own),
  });
}

function readDays(stated: ArmAdministrations, path: string): readonly number[] {
  const days = "days" in stated ? stated.days : daysOf(stated);
  const isRight = days.every(
    (day, i) => Number.isSafeInteger(day) && day >= 1 && (i === 0 || day > (days[i - 1] ?? 0)),
  );
  if (isRight && ("days" in stated || days.length === stated.count)) return days;
  return fail("blinding.calendar_days_invalid", path, "Administration days are ascending study days from 1.", {
    expected: "whole numbers >= 1, each above the one before; an interval where there is more than one",
    received: describeReceived(days.join(", ")),
  });
}

const gapsOf = (days: readonly number[]): number => Math.min(...days.slice(1).map((day, i) => day - (days[i] ?? 0)));

function crowded(days: readonly number[], own: readonly { readonly days: readonly number[] }[]): readonly Issue[] {
  const usual = Math.min(...own.map((arm) => gapsOf(arm.days)));
  const now = gapsOf(days);
  if (now >= usual) return [];
  const message = `On the common calendar (${daysText(days)}) infusions are ${now} days apart; in no arm of its own less than ${usual}.`;
  return [
    {
      code: "blinding.calendar_crowded",
      path: "administrations",
      message,
      parameters: { days: daysText(days), now, usual },
    },
  ];
}

import { pathTo, requireFields } from "../foundation/index.js";
import type { Prescription } from "../dose/index.js";
import {
  parseAdministrations,
  requirePart,
  toAdministrationsText,
  type Administrations,
  type AssumptionInputs,
  type Trial,
} from "../trial/index.js";
import { listing, text, writeAuditText, type AuditText } from "./saidText.js";

/** The study days on which one arm gets something, or why they are not known. UNBLINDED. */
export interface ArmDays {
  readonly arm: string;
  /** Ascending, Day 1 first; absent: not known. */
  readonly days?: readonly number[];
  /** Where the days come from, or what would have to be stated. */
  readonly source: string;
}

/** Days of an even plan: Day 1, then one every `intervalDays`. */
export function daysOf({ count, intervalDays = 0 }: Administrations): readonly number[] {
  return Array.from({ length: count }, (_, i) => 1 + i * intervalDays);
}

/** The days of a prescription, for `blindSafeCalendar`. */
export function daysOfPrescription(prescription: Prescription): readonly number[] {
  requireFields(prescription, "a prescription, as prescribe returns it", { administrations: "a list" });
  return prescription.administrations.map(({ studyDay }) => studyDay);
}

/**
 * How often each arm of a part is dosed, by the trial, else by the answer to its assumptions.
 *
 * A deferred arm counts with what its source mentions, and says so: nothing is decided by it.
 *
 * @throws AllocellError `trial.part_unknown`, `trial.administrations_invalid`
 */
export const armDaysOf = (trial: Trial, partId: string, assumptions: AssumptionInputs = {}): readonly ArmDays[] =>
  armDaysSaid(trial, partId, assumptions).map(({ arm, days, source }) => ({
    arm,
    ...(days === undefined ? {} : { days }),
    source,
  }));

/** The same; why days are not known also as a text that can be written in another language. */
export function armDaysSaid(
  trial: Trial,
  partId: string,
  assumptions: AssumptionInputs = {},
): readonly (ArmDays & { readonly unknown?: AuditText })[] {
  const part = requirePart(trial, partId);
  const notKnown = (arm: string, unknown: AuditText): ArmDays & { readonly unknown: AuditText } => ({
    arm,
    source: writeAuditText(unknown),
    unknown,
  });
  return part.arms.map((id): ArmDays & { readonly unknown?: AuditText } => {
    const arm = trial.arms.find((each) => each.id === id);
    if (arm?.administrations !== undefined) {
      const { administrations } = arm;
      return {
        arm: id,
        days: daysOf(administrations),
        source: `${toAdministrationsText(administrations)} (the trial)`,
      };
    }
    if (arm?.dose?.kind === "none") return { arm: id, days: [], source: "nothing is administered (the trial)" };
    if (arm?.dose?.kind === "deferred") {
      const tentative = arm.dose.tentativeAdministrations;
      if (tentative === undefined) return notKnown(id, text("days.deferred"));
      return {
        arm: id,
        days: daysOf(tentative),
        source: `${toAdministrationsText(tentative)} (tentative; the arm is closed)`,
      };
    }
    const line = trial.assumptions.find(
      ({ format, arms, parts }) =>
        format === "administrations" && arms?.includes(id) !== false && parts?.includes(partId) !== false,
    );
    const stated = line === undefined ? undefined : assumptions[line.key];
    if (line === undefined || stated === undefined) {
      return notKnown(id, line === undefined ? text("days.noLine") : text("days.state", { key: line.key }));
    }
    const value = typeof stated === "string" ? stated : stated.value;
    return {
      arm: id,
      days: daysOf(parseAdministrations(value, pathTo("assumptions", line.key))),
      source: `${value} (assumption ${line.key})`,
    };
  });
}

/** `Days 1 and 29`. */
export const daysText = (days: readonly number[]): string => writeAuditText(daysSaid(days));

/** The same as a text that can be written in another language. */
export function daysSaid(days: readonly number[]): AuditText {
  const last = days[days.length - 1];
  if (last === undefined) return text("days.none");
  return days.length === 1
    ? text("days.one", { day: last })
    : text("days.more", { days: listing(days.slice(0, -1)), last });
}

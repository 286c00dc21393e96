import { requireEach } from "../foundation/index.js";
import { daysBetween } from "../calendar/index.js";
import type { Issue, PlainCode } from "../foundation/index.js";
import type { ConductEvent } from "./event.js";

const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Seconds since the year 1 in UTC, and the digits of the fraction of a second. */
function secondsOf(instant: string): readonly [seconds: number, fraction: string] {
  const [, day = "", hours = 0, minutes = 0, seconds = 0, fraction = "", sign, offsetHours = 0, offsetMinutes = 0] =
    INSTANT.exec(instant) ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes));
  const minute = daysBetween("0001-01-01", day) * 1440 + Number(hours) * 60 + Number(minutes) - offset;
  return [minute * 60 + Number(seconds), fraction.replace(/0+$/, "")];
}

function isBefore(one: string, other: string): boolean {
  const [a, b] = [secondsOf(one), secondsOf(other)];
  return a[0] === b[0] ? a[1] < b[1] : a[0] < b[0];
}

/**
 * What is odd about the times of events: recorded all the same, because a time is what its writer stated.
 *
 * @param events - of one log, from its first on
 * @param now - the instant by the caller's clock, ISO 8601 with offset; without it no time is held against a clock
 * @returns `conduct.time_before_opening`, `conduct.time_backwards` (before the event ahead of it),
 *   `conduct.time_after_clock`, with the path of the event's line
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`
 */
export function timeIssues(events: readonly ConductEvent[], now?: string): readonly Issue[] {
  requireEach(events, "an event of a log", { at: "text" });
  return events.flatMap((event, i) => timesOf(event, events[0] ?? event, events[i - 1] ?? event, now));
}

/**
 * As {@link timeIssues}, of the last event alone.
 *
 * @throws AllocellError `calendar.date_invalid`, `calendar.no_such_day`
 */
export function lastTimeIssues(events: readonly ConductEvent[], now?: string): readonly Issue[] {
  requireEach(events, "an event of a log", { at: "text" });
  const last = events.at(-1);
  return last === undefined ? [] : timesOf(last, events[0] ?? last, events.at(-2) ?? last, now);
}

function timesOf(event: ConductEvent, opening: ConductEvent, before: ConductEvent, now: string | undefined): Issue[] {
  const { seq, at } = event;
  const issue = (code: PlainCode, message: string, expected: string): Issue => ({
    ...{ code, path: `lines.${seq}.at`, message },
    ...{ expected, received: at },
  });
  const isEarly = isBefore(at, opening.at);
  return [
    ...(isEarly
      ? [
          issue(
            "conduct.time_before_opening",
            `Event ${seq} is dated ${at}, before the log was opened (${opening.at}).`,
            `${opening.at} or later`,
          ),
        ]
      : []),
    ...(before !== opening && isBefore(at, before.at)
      ? [
          issue(
            "conduct.time_backwards",
            `Event ${seq} is dated ${at}, before the event ahead of it (${before.at}).`,
            `${before.at} or later`,
          ),
        ]
      : []),
    ...(now !== undefined && isBefore(now, at)
      ? [
          issue(
            "conduct.time_after_clock",
            `Event ${seq} is dated ${at}, after the computer's clock (${now}).`,
            `${now} or earlier`,
          ),
        ]
      : []),
  ];
}

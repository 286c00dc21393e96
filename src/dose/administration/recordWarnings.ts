import { dateOfLocalTime } from "../../calendar/index.js";
import { foldId, type Issue } from "../../foundation/index.js";
import { compare, decimalText, type Fraction, readFraction, sign, UNIT_KINDS } from "../../quantity/index.js";
import { hundredths, readable } from "../shown.js";
import { judgeRecord } from "../plausibility/record.js";
import type { AdministrationRecord, DeviationClass } from "./model.js";

/** What is to be said of a record: nothing that happened is refused. */
export function recordWarnings(
  record: AdministrationRecord,
  actual: Fraction,
  percent: Fraction | undefined,
  found: DeviationClass,
): Issue[] {
  const given = `${readable(decimalText(actual))} ${UNIT_KINDS[record.unitKind]}`;
  return [
    ...deviationWarnings(record, given, percent, found),
    ...volumeWarnings(record),
    ...rangeWarnings(record, actual, given),
    ...windowWarnings(record),
    ...personWarnings(record),
    ...timeWarnings(record),
    ...startWarnings(record),
    ...judgeRecord(record, actual),
    ...contradictions(record),
  ];
}

function deviationWarnings(
  { deviation, unitKind }: AdministrationRecord,
  given: string,
  percent: Fraction | undefined,
  found: DeviationClass,
): Issue[] {
  if (found === "none") return [];
  if (deviation === undefined && percent !== undefined) {
    if (sign(percent) === 0) return [];
    const message = `The record states no limits, so a deviation of ${hundredths(percent)} % has no class.`;
    return [
      {
        code: "dose.deviation_unclassified",
        path: "deviation",
        message,
        expected: "minor and major limits",
        parameters: { percent: hundredths(percent) },
      },
    ];
  }
  if (percent === undefined || deviation === undefined) {
    return [
      {
        code: "dose.given_without_plan",
        path: "planned",
        message: `Nothing was planned, and ${given} were given: a major deviation.`,
        expected: `0 ${UNIT_KINDS[unitKind]}`,
        received: given,
      },
    ];
  }
  if (found === "unclassified") return [];
  const limit = found === "major" ? deviation.majorPercent : deviation.minorPercent;
  return [
    {
      code: `dose.deviation_${found}`,
      path: "infusedMl",
      message: `The administered dose differs from the planned one by ${hundredths(percent)} %, a ${found} deviation (${deviation.comparison} ${limit} %).`,
      expected: `within ${limit} %`,
      parameters: { comparison: deviation.comparison },
      received: `${hundredths(percent)} %`,
    },
  ];
}

function volumeWarnings({ infusedMl, preparedMl }: AdministrationRecord): Issue[] {
  if (compare(readFraction(infusedMl), readFraction(preparedMl)) <= 0) return [];
  return [
    {
      code: "dose.infused_more_than_prepared",
      path: "infusedMl",
      message: `${infusedMl} mL were infused of ${preparedMl} mL prepared: check both.`,
      expected: `at most ${preparedMl} mL`,
      received: `${infusedMl} mL`,
    },
  ];
}

function rangeWarnings(record: AdministrationRecord, actual: Fraction, given: string): Issue[] {
  if (hasReversedRange(record)) return [];
  const { minimum, maximum } = record.range ?? {};
  const isBelow = minimum !== undefined && compare(actual, readFraction(minimum)) < 0;
  const isAbove = maximum !== undefined && compare(actual, readFraction(maximum)) > 0;
  if (!isBelow && !isAbove) return [];
  const low = minimum === undefined ? [] : [`at least ${readable(minimum)}`];
  const high = maximum === undefined ? [] : [`at most ${readable(maximum)}`];
  const expected = [...low, ...high].join(", ");
  return [
    {
      code: "dose.administered_outside_range",
      path: "range",
      message: `${given} were given, outside what is allowed: ${expected}.`,
      expected,
      received: given,
    },
  ];
}

function windowWarnings({ window, administeredOn, number }: AdministrationRecord): Issue[] {
  if (window === undefined || window.from > window.to || (administeredOn >= window.from && administeredOn <= window.to))
    return [];
  return [
    {
      code: "calendar.outside_window",
      path: "administeredOn",
      message: `Administration ${number} took place on ${administeredOn}, outside its window from ${window.from} to ${window.to}.`,
      expected: `${window.from} to ${window.to}, both included`,
      received: administeredOn,
      parameters: { number },
    },
  ];
}

function personWarnings(record: AdministrationRecord): Issue[] {
  const { plannedFor = {} } = record;
  return (["subject", "kit"] as const).flatMap((field): Issue[] => {
    const [planned, recorded] = [plannedFor[field], record[field]];
    if (planned === undefined || recorded === undefined || foldId(planned) === foldId(recorded)) return [];
    return [
      {
        code: "dose.given_to_another",
        path: field,
        message: `The bag was prepared for ${field} ${planned}, and ${field} ${recorded} is recorded.`,
        expected: planned,
        received: recorded,
      },
    ];
  });
}

/** Given before the bag was made, or when it might no longer be given. */
function timeWarnings(record: AdministrationRecord): Issue[] {
  const { administeredOn, preparedOn, expiresAt, startedAt, endedAt } = record;
  const issues: Issue[] = [];
  if (preparedOn !== undefined && administeredOn < preparedOn) {
    issues.push({
      code: "dose.given_before_preparation",
      path: "administeredOn",
      message: `The administration is dated ${administeredOn}, and the bag was prepared on ${preparedOn}.`,
      expected: `${preparedOn} or later`,
      received: administeredOn,
    });
  }
  if (expiresAt === undefined) return issues;
  // Without times, or with times that contradict one another, the day alone is known; the last day is not too late.
  const isReversed = startedAt !== undefined && endedAt !== undefined && startedAt > endedAt;
  const last = isReversed ? undefined : (endedAt ?? startedAt);
  const isLate = last === undefined ? administeredOn > dateOfLocalTime(expiresAt) : last > expiresAt;
  if (isLate) {
    const received = last ?? administeredOn;
    issues.push({
      code: "dose.given_after_expiry",
      path: last === undefined ? "administeredOn" : endedAt === undefined ? "startedAt" : "endedAt",
      message: `The bag was to be given by ${expiresAt}, and ${received} is recorded: how many cells lived is not known.`,
      expected: `${expiresAt} or earlier`,
      received,
    });
  }
  return issues;
}

/** Started later than the bag allowed, or before the component before it had ended. */
function startWarnings({ startedAt, endedAt, startBy, startFrom }: AdministrationRecord): Issue[] {
  if (startedAt === undefined || (endedAt !== undefined && startedAt > endedAt)) return [];
  const issue = (message: string, expected: string): Issue => ({
    ...{ code: "dose.started_out_of_time", path: "startedAt", message },
    ...{ expected, received: startedAt },
  });
  return [
    ...(startBy !== undefined && startedAt > startBy
      ? [issue(`The infusion was to start by ${startBy}, and ${startedAt} is recorded.`, `${startBy} or earlier`)]
      : []),
    ...(startFrom !== undefined && startedAt < startFrom
      ? [issue(`The component before ended at ${startFrom}, and ${startedAt} is recorded.`, `${startFrom} or later`)]
      : []),
  ];
}

export const hasReversedLimits = ({
  minorPercent,
  majorPercent,
}: NonNullable<AdministrationRecord["deviation"]>): boolean =>
  compare(readFraction(minorPercent), readFraction(majorPercent)) > 0;

function hasReversedRange({ range: { minimum, maximum } = {} }: AdministrationRecord): boolean {
  return minimum !== undefined && maximum !== undefined && compare(readFraction(minimum), readFraction(maximum)) > 0;
}

/** Limits, window or times the wrong way round: they are not tested, and somebody has to put them right. */
function contradictions(record: AdministrationRecord): Issue[] {
  const { deviation, window, range, startedAt, endedAt } = record;
  const issue = (path: string, expected: string, received: string): Issue => ({
    code: "dose.record_contradictory",
    path,
    message: `The record contradicts itself: ${received}. It is kept as it is, and this is not tested.`,
    expected,
    received,
  });
  const { minorPercent = "", majorPercent = "" } = deviation ?? {};
  return [
    ...(deviation !== undefined && hasReversedLimits(deviation)
      ? [
          issue(
            "deviation",
            "a minor limit that is not above the major one",
            `minor ${minorPercent} %, major ${majorPercent} %`,
          ),
        ]
      : []),
    ...(hasReversedRange(record)
      ? [
          issue(
            "range",
            "a least dose that is not above the greatest",
            `allowed from ${readable(range?.minimum ?? "")} to ${readable(range?.maximum ?? "")}`,
          ),
        ]
      : []),
    ...(window !== undefined && window.from > window.to
      ? [
          issue(
            "window",
            "a window that ends on its first day or later",
            `a window from ${window.from} to ${window.to}`,
          ),
        ]
      : []),
    ...(startedAt !== undefined && endedAt !== undefined && startedAt > endedAt
      ? [issue("endedAt", "an end after the start", `an infusion from ${startedAt} to ${endedAt}`)]
      : []),
  ];
}

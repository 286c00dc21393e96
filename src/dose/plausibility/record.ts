import { dateOfLocalTime, minutesBetween } from "../../calendar/index.js";
import type { Issue } from "../../foundation/index.js";
import { fraction, type Fraction, over, readFraction, sign } from "../../quantity/index.js";
import type { AdministrationRecord } from "../administration/model.js";
import { judgeDates, type StatedDate } from "./dates.js";
import { judgeDose } from "./dose.js";
import { judgeWeight } from "./person.js";
import { judge } from "./table.js";

/** What nobody can have happened all the same, as far as is known: it is warned of, never refused. */
const asWarning = ({ path, message, expected, received }: Issue): Issue => ({
  ...{ code: "dose.unlikely_value", path, message },
  ...(expected === undefined ? {} : { expected }),
  ...(received === undefined ? {} : { received }),
});

const ofRow = (row: string, path: string, value: Fraction): readonly Issue[] =>
  sign(value) === 0 ? [] : judge({ row, path, value });

function ofTimes({ administeredOn, startedAt, endedAt, preparedOn }: AdministrationRecord): readonly Issue[] {
  const dates: readonly StatedDate[] = [
    ...(startedAt === undefined ? [] : [{ path: "startedAt", date: dateOfLocalTime(startedAt) }]),
    ...(endedAt === undefined ? [] : [{ path: "endedAt", date: dateOfLocalTime(endedAt) }]),
  ];
  const isInOrder = startedAt !== undefined && endedAt !== undefined && startedAt <= endedAt;
  const lasted = isInOrder ? minutesBetween(startedAt, endedAt) : 0;
  return [
    ...judgeDates(administeredOn, preparedOn === undefined ? [] : [{ path: "preparedOn", date: preparedOn }]),
    ...judgeDates(administeredOn, dates, 1),
    ...ofRow("minutes", "endedAt", fraction(lasted)),
  ];
}

/** A record against the table: weight, volumes, dose for each kilogram, days and duration. */
export function judgeRecord(record: AdministrationRecord, actual: Fraction): readonly Issue[] {
  const { weightKg, ageYears, preparedMl, unitKind } = record;
  const isGiven = sign(actual) > 0;
  return [
    ...ofRow("finalVolume", "preparedMl", readFraction(preparedMl)),
    ...(weightKg === undefined ? [] : judgeWeight(weightKg, "weightKg", ageYears)),
    ...(weightKg === undefined || !isGiven
      ? []
      : judgeDose(over(actual, readFraction(weightKg)), "per-kg", unitKind, "preparedAtInfusion")),
    ...ofTimes(record),
  ].map(asWarning);
}

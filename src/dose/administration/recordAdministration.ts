import { deepFreeze, type Issue } from "../../foundation/index.js";
import { UNIT_KINDS } from "../../quantity/index.js";
import { absolute, compare, decimalOf, exact, HUNDRED, minus, over, sign, times, type Exact } from "../exact.js";
import { hundredths, readable, shownCount, shownRate } from "../shown.js";
import { input } from "../step.js";
import type { PreparationStep } from "../preparation/result.js";
import { writtenStep } from "../preparation/trace.js";
import type { AdministeredDose, AdministrationRecord, DeviationClass } from "./model.js";
import { parseRecord } from "./recordSchema.js";

function classify(percent: Exact, limits: AdministrationRecord["deviation"]): DeviationClass {
  if (limits === undefined) return "unclassified";
  const { minorPercent, majorPercent, comparison } = limits;
  const size = absolute(percent);
  const isBeyond = (limit: string): boolean => {
    const order = compare(size, exact(limit));
    return comparison === ">" ? order > 0 : order >= 0;
  };
  return isBeyond(majorPercent) ? "major" : isBeyond(minorPercent) ? "minor" : "none";
}

function warnings(
  record: AdministrationRecord,
  actual: Exact,
  percent: Exact | undefined,
  found: DeviationClass,
): Issue[] {
  const given = `${readable(decimalOf(actual))} ${UNIT_KINDS[record.unitKind]}`;
  return [
    ...deviationWarnings(record, given, percent, found),
    ...volumeWarnings(record),
    ...rangeWarnings(record, actual, given),
    ...windowWarnings(record),
    ...personWarnings(record),
  ];
}

function deviationWarnings(
  { deviation, unitKind }: AdministrationRecord,
  given: string,
  percent: Exact | undefined,
  found: DeviationClass,
): Issue[] {
  if (found === "none") return [];
  if (deviation === undefined && percent !== undefined) {
    if (sign(percent) === 0) return [];
    const message = `The record states no limits, so a deviation of ${hundredths(percent)} % has no class.`;
    return [{ code: "dose.deviation_unclassified", path: "deviation", message, expected: "minor and major limits" }];
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
  const limit = found === "major" ? deviation.majorPercent : deviation.minorPercent;
  return [
    {
      code: `dose.deviation_${found}`,
      path: "infusedMl",
      message: `The administered dose differs from the planned one by ${hundredths(percent)} %, a ${found} deviation (${deviation.comparison} ${limit} %).`,
      expected: `within ${limit} %`,
      received: `${hundredths(percent)} %`,
    },
  ];
}

/** Weights that a person can have; a record is warned of others and takes them. */
const [LIGHTEST_KG, HEAVIEST_KG] = [exact("0.5"), exact("300")];

function volumeWarnings({ infusedMl, preparedMl, weightKg }: AdministrationRecord): Issue[] {
  const issues: Issue[] = [];
  if (compare(exact(infusedMl), exact(preparedMl)) > 0) {
    issues.push({
      code: "dose.infused_more_than_prepared",
      path: "infusedMl",
      message: `${infusedMl} mL were infused of ${preparedMl} mL prepared: check both.`,
      expected: `at most ${preparedMl} mL`,
      received: `${infusedMl} mL`,
    });
  }
  if (weightKg === undefined) return issues;
  const weight = exact(weightKg);
  if (compare(weight, LIGHTEST_KG) < 0 || compare(weight, HEAVIEST_KG) > 0) {
    issues.push({
      code: "dose.recorded_weight_implausible",
      path: "weightKg",
      message: `A dosing weight of ${readable(weightKg)} kg is recorded: check it and its unit.`,
      expected: "0.5 kg to 300 kg",
      received: `${readable(weightKg)} kg`,
    });
  }
  return issues;
}

function rangeWarnings({ range = {} }: AdministrationRecord, actual: Exact, given: string): Issue[] {
  const { minimum, maximum } = range;
  const isBelow = minimum !== undefined && compare(actual, exact(minimum)) < 0;
  const isAbove = maximum !== undefined && compare(actual, exact(maximum)) > 0;
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
  if (window === undefined || (administeredOn >= window.from && administeredOn <= window.to)) return [];
  return [
    {
      code: "calendar.outside_window",
      path: "administeredOn",
      message: `Administration ${number} took place on ${administeredOn}, outside its window from ${window.from} to ${window.to}.`,
      expected: `${window.from} to ${window.to}, both included`,
      received: administeredOn,
    },
  ];
}

function personWarnings(record: AdministrationRecord): Issue[] {
  const { plannedFor = {} } = record;
  return (["subject", "kit"] as const).flatMap((field): Issue[] => {
    const [planned, recorded] = [plannedFor[field], record[field]];
    if (planned === undefined || recorded === undefined || planned === recorded) return [];
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

/**
 * The dose that was really given, and how far it is from the planned one.
 *
 * actual = infused mL / prepared mL × viable cells prepared at infusion; deviation% = 100 × (actual - planned) / planned.
 * No dose is refused, in or out of any range, none at all included: it happened. Where nothing was planned and
 * something was given, the deviation is major.
 *
 * @returns frozen, with warnings `dose.deviation_minor`, `dose.deviation_major`, `dose.deviation_unclassified`,
 *   `dose.given_without_plan`,
 *   `dose.infused_more_than_prepared`, `dose.recorded_weight_implausible`, `dose.administered_outside_range`,
 *   `dose.given_to_another`, `calendar.outside_window`
 * @throws AllocellError `dose.record_invalid` only for a record that cannot be read
 * @example
 * recordAdministration(record).deviationPercent; // "-14"
 */
export function recordAdministration(input_: AdministrationRecord): AdministeredDose {
  const record = parseRecord(input_);
  const steps: PreparationStep[] = [];
  const unit = UNIT_KINDS[record.unitKind];
  const { infusedMl, preparedMl, preparedAtInfusion, planned, weightKg, unitKind } = record;
  const actual = times(over(exact(infusedMl), exact(preparedMl)), exact(preparedAtInfusion));
  steps.push(
    writtenStep({
      id: "administered",
      title: "Administered dose",
      formula: "actual = infused i / prepared p × viable cells prepared c",
      worked: `${infusedMl} / ${preparedMl} × ${readable(preparedAtInfusion)}`,
      inputs: [
        input("i", "infused volume", infusedMl, "mL"),
        input("p", "prepared volume", preparedMl, "mL"),
        input("c", "prepared at infusion", preparedAtInfusion, unit),
      ],
      unit,
      exact: decimalOf(actual),
    }),
  );
  let percent: Exact | undefined;
  if (planned !== "0") {
    const target = exact(planned);
    const deviation = times(HUNDRED, over(minus(actual, target), target));
    percent = deviation;
    steps.push(
      writtenStep({
        id: "deviation",
        title: "Deviation from the planned dose",
        formula: "deviation% = 100 × (actual - planned) / planned",
        worked: `100 × (${readable(decimalOf(actual))} - ${readable(planned)}) / ${readable(planned)}`,
        inputs: [input("actual", "administered", decimalOf(actual), unit), input("planned", "planned", planned, unit)],
        unit: "%",
        rounding: "half away from zero to 0.01, for reading; the class is exact",
        exact: decimalOf(deviation),
        result: hundredths(deviation),
      }),
    );
  }
  // Of a placebo no per cent can be reckoned: any cell that was given is a major deviation.
  const deviationClass =
    percent !== undefined ? classify(percent, record.deviation) : sign(actual) > 0 ? "major" : "none";
  return deepFreeze({
    record,
    actual: shownCount(actual, unitKind),
    ...(weightKg === undefined ? {} : { actualPerKg: shownRate(over(actual, exact(weightKg)), unitKind) }),
    ...(percent === undefined ? {} : { deviationPercent: hundredths(percent) }),
    deviationClass,
    steps,
    warnings: warnings(record, actual, percent, deviationClass),
  });
}

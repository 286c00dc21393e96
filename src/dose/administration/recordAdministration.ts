import { deepFreeze, type Issue } from "../../foundation/index.js";
import { UNIT_KINDS } from "../../quantity/index.js";
import { absolute, compare, decimalOf, exact, HUNDRED, minus, over, times, type Exact } from "../exact.js";
import { hundredths, readable, shownCount, shownRate } from "../shown.js";
import { input } from "../step.js";
import type { PreparationStep } from "../preparation/result.js";
import { writtenStep } from "../preparation/trace.js";
import type { AdministeredDose, AdministrationRecord, DeviationClass } from "./model.js";
import { parseRecord } from "./recordSchema.js";

function classify(
  percent: Exact,
  { minorPercent, majorPercent, comparison }: AdministrationRecord["deviation"],
): DeviationClass {
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
  const unit = UNIT_KINDS[record.unitKind];
  const issues: Issue[] = [];
  if (found !== "none" && percent !== undefined) {
    const limit = found === "major" ? record.deviation.majorPercent : record.deviation.minorPercent;
    issues.push({
      code: `dose.deviation_${found}`,
      path: "infusedMl",
      message: `The administered dose differs from the planned one by ${hundredths(percent)} %, a ${found} deviation (${record.deviation.comparison} ${limit} %).`,
      expected: `within ${limit} %`,
      received: `${hundredths(percent)} %`,
    });
  }
  if (compare(exact(record.infusedMl), exact(record.preparedMl)) > 0) {
    issues.push({
      code: "dose.infused_more_than_prepared",
      path: "infusedMl",
      message: `${record.infusedMl} mL were infused of ${record.preparedMl} mL prepared: check both.`,
      expected: `at most ${record.preparedMl} mL`,
      received: `${record.infusedMl} mL`,
    });
  }
  const { minimum, maximum } = record.range ?? {};
  const isBelow = minimum !== undefined && compare(actual, exact(minimum)) < 0;
  const isAbove = maximum !== undefined && compare(actual, exact(maximum)) > 0;
  if (isBelow || isAbove) {
    issues.push({
      code: "dose.administered_outside_range",
      path: "range",
      message: `${readable(decimalOf(actual))} ${unit} were given, outside the allowed ${minimum ?? "0"} to ${maximum ?? "any"}.`,
      expected: `${minimum ?? "0"} to ${maximum ?? "any"}`,
      received: readable(decimalOf(actual)),
    });
  }
  const { window, administeredOn, number } = record;
  if (window !== undefined && (administeredOn < window.from || administeredOn > window.to)) {
    issues.push({
      code: "calendar.outside_window",
      path: "administeredOn",
      message: `Administration ${number} took place on ${administeredOn}, outside its window from ${window.from} to ${window.to}.`,
      expected: `${window.from} to ${window.to}, both included`,
      received: administeredOn,
    });
  }
  return issues;
}

/**
 * The dose that was really given, and how far it is from the planned one.
 *
 * actual = infused mL / prepared mL × viable cells prepared at infusion; deviation% = 100 × (actual - planned) / planned.
 * No dose is refused, in or out of any range, none at all included: it happened.
 *
 * @returns frozen, with warnings `dose.deviation_minor`, `dose.deviation_major`, `dose.infused_more_than_prepared`,
 *   `dose.administered_outside_range`, `calendar.outside_window`
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
  const deviationClass = percent === undefined ? "none" : classify(percent, record.deviation);
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

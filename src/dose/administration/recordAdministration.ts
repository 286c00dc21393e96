import { deepFreeze } from "../../foundation/index.js";
import {
  absolute,
  compare,
  decimalText,
  type Fraction,
  minus,
  over,
  readFraction,
  sign,
  times,
  UNIT_KINDS,
  type WithDecimals,
} from "../../quantity/index.js";
import { HUNDRED } from "../constants.js";
import { hundredths, readable, shownCount, shownRate } from "../shown.js";
import { input } from "../step.js";
import type { PreparationStep } from "../preparation/result.js";
import { writtenStep } from "../preparation/trace.js";
import type { AdministeredDose, AdministrationRecord, DeviationClass } from "./model.js";
import { parseRecord } from "./recordSchema.js";
import { hasReversedLimits, recordWarnings } from "./recordWarnings.js";

function classify(percent: Fraction, limits: AdministrationRecord["deviation"]): DeviationClass {
  if (limits === undefined || hasReversedLimits(limits)) return "unclassified";
  const { minorPercent, majorPercent, comparison } = limits;
  const size = absolute(percent);
  const isBeyond = (limit: string): boolean => {
    const order = compare(size, readFraction(limit));
    return comparison === ">" ? order > 0 : order >= 0;
  };
  return isBeyond(majorPercent) ? "major" : isBeyond(minorPercent) ? "minor" : "none";
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
 *   `dose.infused_more_than_prepared`, `dose.unlikely_value`, `dose.administered_outside_range`,
 *   `dose.given_to_another`, `dose.given_before_preparation`, `dose.given_after_expiry`,
 *   `dose.record_contradictory`, `calendar.outside_window`
 * @throws AllocellError `dose.record_invalid` only for a record that cannot be read
 * @example
 * recordAdministration(record).deviationPercent; // "-14"
 */
export function recordAdministration(input_: WithDecimals<AdministrationRecord>): AdministeredDose {
  const record = parseRecord(input_);
  const steps: PreparationStep[] = [];
  const unit = UNIT_KINDS[record.unitKind];
  const { infusedMl, preparedMl, preparedAtInfusion, planned, weightKg, unitKind } = record;
  const actual = times(over(readFraction(infusedMl), readFraction(preparedMl)), readFraction(preparedAtInfusion));
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
      exact: decimalText(actual),
    }),
  );
  let percent: Fraction | undefined;
  if (planned !== "0") {
    const target = readFraction(planned);
    const deviation = times(HUNDRED, over(minus(actual, target), target));
    percent = deviation;
    steps.push(
      writtenStep({
        id: "deviation",
        title: "Deviation from the planned dose",
        formula: "deviation% = 100 × (actual - planned) / planned",
        worked: `100 × (${readable(decimalText(actual))} - ${readable(planned)}) / ${readable(planned)}`,
        inputs: [
          input("actual", "administered", decimalText(actual), unit),
          input("planned", "planned", planned, unit),
        ],
        unit: "%",
        rounding: "half away from zero to 0.01, for reading; the class is exact",
        exact: decimalText(deviation),
        result: hundredths(deviation),
      }),
    );
  }
  // Of a placebo no per cent can be computed: any cell that was given is a major deviation.
  const deviationClass =
    percent !== undefined ? classify(percent, record.deviation) : sign(actual) > 0 ? "major" : "none";
  return deepFreeze({
    record,
    actual: shownCount(actual, unitKind),
    ...(weightKg === undefined ? {} : { actualPerKg: shownRate(over(actual, readFraction(weightKg)), unitKind) }),
    ...(percent === undefined ? {} : { deviationPercent: hundredths(percent) }),
    deviationClass,
    steps,
    warnings: recordWarnings(record, actual, percent, deviationClass),
  });
}

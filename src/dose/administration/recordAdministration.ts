import { deepFreeze } from "../../foundation/index.js";
import {
  absolute,
  compare,
  type Fraction,
  over,
  readFraction,
  sign,
  UNIT_KINDS,
  type WithDecimals,
} from "../../quantity/index.js";
import { hundredths, shownCount, shownRate } from "../shown.js";
import type { Step } from "../formula/model.js";
import { ALL_FORMULAS } from "../formula/formulas.js";
import { addStep } from "../formula/step.js";
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
 *   `dose.started_out_of_time`,
 *   `dose.record_contradictory`, `calendar.outside_window`
 * @throws AllocellError `dose.record_invalid` only for a record that cannot be read
 * @example
 * recordAdministration(record).deviationPercent; // "-14"
 */
export function recordAdministration(input_: WithDecimals<AdministrationRecord>): AdministeredDose {
  const record = parseRecord(input_);
  const steps: Step[] = [];
  const unit = UNIT_KINDS[record.unitKind];
  const { infusedMl, preparedMl, preparedAtInfusion, planned, weightKg, unitKind } = record;
  const actual = addStep(
    { formulas: ALL_FORMULAS, steps },
    "administered",
    { i: infusedMl, p: preparedMl, c: preparedAtInfusion },
    { unit },
  );
  const percent =
    planned === "0"
      ? undefined
      : addStep({ formulas: ALL_FORMULAS, steps }, "deviation", { actual, planned }, { unit });
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

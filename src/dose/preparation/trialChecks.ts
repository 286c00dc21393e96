import { ofFrozen, type Issue } from "../../foundation/index.js";
import { compare, type Fraction, readFraction } from "../../quantity/index.js";
import type { NumericCriterion } from "../../trial/index.js";
import { decisionWarnings } from "../decidedDose.js";
import { administrationDate } from "./dateChecks.js";
import type { PreparationOrder, TrialDose } from "./model.js";
import type { Trace } from "./trace.js";

/** Weight and age outside the trial's criteria, an administration too many, and sources that contradict themselves. */
export function warnOfTrial(trace: Trace, trial: TrialDose, order: PreparationOrder): void {
  for (const each of eligibilityWarnings(trial, order)) trace.warnings.push(each);
  for (const each of decisionWarnings(trial.decision, administrationDate(order), "preparedOn"))
    trace.warnings.push(each);
  const number = order.identification?.administration;
  if (number !== undefined && number > trial.administrations) {
    trace.warnings.push({
      code: "dose.administration_beyond_plan",
      path: "identification.administration",
      message: `Administration ${number} is prepared, and the arm has ${trial.administrations}.`,
      expected: `at most ${trial.administrations}`,
      received: String(number),
    });
  }
  for (const each of contradictionsOf(trial)) trace.warnings.push(each);
}

function eligibilityWarnings({ criteria }: TrialDose, { weight, participant }: PreparationOrder): readonly Issue[] {
  // An order states no body mass index.
  const measures = { weight: weight?.weightKg, age: participant?.ageYears, bmi: undefined };
  return criteria.flatMap((criterion): readonly Issue[] => {
    const { id, measure, unit } = criterion;
    const value = measures[measure];
    const limit = value === undefined ? undefined : limitNotKept(readFraction(value), criterion);
    if (value === undefined || limit === undefined) return [];
    return [
      {
        code: measure === "weight" ? "dose.weight_outside_eligibility" : "dose.age_outside_eligibility",
        path: measure === "weight" ? "weight.weightKg" : "participant.ageYears",
        message: `${value} ${unit} does not meet eligibility criterion "${id}", ${limit}.`,
        expected: limit,
        received: `${value} ${unit}`,
        parameters: { criterion: id },
      },
    ];
  });
}

function limitNotKept(
  value: Fraction,
  { unit, minimum, maximum, minimumExcluded, maximumExcluded }: NumericCriterion,
): string | undefined {
  if (minimum !== undefined && compare(value, readFraction(minimum)) < (minimumExcluded ? 1 : 0)) {
    return `a minimum of ${minimum} ${unit}`;
  }
  if (maximum !== undefined && compare(value, readFraction(maximum)) > (maximumExcluded ? -1 : 0)) {
    return `a maximum of ${maximum} ${unit}`;
  }
  return undefined;
}

const contradictionsOf = ofFrozen(({ trial, contradictions }: TrialDose): readonly Issue[] => {
  if (contradictions.length === 0) return [];
  const received = contradictions.join(", ");
  const message = `The sources of ${trial} contradict themselves (${received}): see that none of it concerns this dose.`;
  return [{ code: "dose.registry_contradiction", path: "dose.trial", message, received, parameters: { trial } }];
});

import { ofFrozen, type Issue } from "../../foundation/index.js";
import { compare, type Fraction, readFraction } from "../../quantity/index.js";
import { decisionWarnings } from "../decidedDose.js";
import { administrationDate } from "./dateChecks.js";
import type { PreparationOrder, TrialDose } from "./model.js";
import type { Trace } from "./trace.js";

/** Weight and age outside the trial's criteria, an administration too many, and sources that contradict themselves. */
export function warnOfTrial(trace: Trace, trial: TrialDose, order: PreparationOrder): void {
  const measures = { weight: order.weight?.weightKg, age: order.participant?.ageYears };
  for (const { id, measure, unit, minimum, maximum, minimumExcluded, maximumExcluded } of trial.criteria) {
    // An order states no body mass index.
    if (measure === "bmi") continue;
    const text = measures[measure];
    if (text === undefined) continue;
    const value: Fraction = readFraction(text);
    const isBelow = minimum !== undefined && compare(value, readFraction(minimum)) < (minimumExcluded ? 1 : 0);
    const isAbove = maximum !== undefined && compare(value, readFraction(maximum)) > (maximumExcluded ? -1 : 0);
    if (!isBelow && !isAbove) continue;
    const limit = isBelow ? `a minimum of ${minimum} ${unit}` : `a maximum of ${maximum ?? ""} ${unit}`;
    trace.warnings.push({
      code: `dose.${measure}_outside_eligibility`,
      path: measure === "weight" ? "weight.weightKg" : "participant.ageYears",
      message: `${text} ${unit} does not meet eligibility criterion "${id}", ${limit}.`,
      expected: limit,
      received: `${text} ${unit}`,
      parameters: { criterion: id },
    });
  }
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

const contradictionsOf = ofFrozen(({ trial, contradictions }: TrialDose): readonly Issue[] => {
  if (contradictions.length === 0) return [];
  const received = contradictions.join(", ");
  const message = `The sources of ${trial} contradict themselves (${received}): see that none of it concerns this dose.`;
  return [{ code: "dose.registry_contradiction", path: "dose.trial", message, received, parameters: { trial } }];
});

import { daysBetween } from "../../calendar/index.js";
import { fail } from "../../foundation/index.js";
import {
  absolute,
  compare,
  decimalText,
  type Fraction,
  minus,
  over,
  readFraction,
  times,
} from "../../quantity/index.js";
import type { StepSource } from "../formula/sources.js";
import { addStep } from "../formula/step.js";
import { HUNDRED } from "../constants.js";
import type { Participant, ReweighRule, WeightOrder } from "./model.js";
import type { UsedWeight } from "./result.js";
import { hundredths } from "../shown.js";
import type { Trace } from "./trace.js";
import { describeWeight } from "./weightDescriptor.js";

export interface Reweighing {
  /** 100 × (now - reference) / reference, exact. */
  readonly change: Fraction;
  readonly isBeyond: boolean;
}

/**
 * Whether a new weight changes the dose: d% = 100 × (now - reference) / reference, |d%| > T or >= T as the rule says.
 *
 * @param nowKg - kg, plain decimal text
 */
export function compareWeights(nowKg: string, rule: ReweighRule): Reweighing {
  const reference = readFraction(rule.referenceWeightKg);
  const change = times(HUNDRED, over(minus(readFraction(nowKg), reference), reference));
  const size = absolute(change);
  const order = compare(size, readFraction(rule.thresholdPercent));
  return { change, isBeyond: rule.comparison === ">" ? order > 0 : order >= 0 };
}

function reweigh(trace: Trace, order: WeightOrder, rule: ReweighRule): Reweighing {
  if (rule.referenceWeighedOn > order.weighedOn) {
    const message = `The reference weight is dated ${rule.referenceWeighedOn}, after the weighing of ${order.weighedOn}.`;
    fail("dose.reference_after_weighing", "weight.reweigh.referenceWeighedOn", message, {
      expected: `${order.weighedOn} or earlier`,
      received: rule.referenceWeighedOn,
    });
  }
  const found = compareWeights(order.weightKg, rule);
  const { comparison, thresholdPercent, referenceWeightKg, referenceWeighedOn } = rule;
  const reference = rule.reference === "baseline" ? "baseline" : "the last dose";
  const texts = { reference, comparison, weighedOn: order.weighedOn, referenceWeighedOn };
  const values = { now: order.weightKg, r: referenceWeightKg, T: thresholdPercent };
  addStep(trace, found.isBeyond ? "reweigh:new" : "reweigh:stays", values, { texts });
  if (found.isBeyond) {
    trace.warnings.push({
      code: "dose.weight_changed",
      path: "weight.weightKg",
      message: `The weight changed by ${hundredths(found.change)} % against the weight at ${reference}: the dose is computed anew.`,
      expected: `|d%| ${comparison === ">" ? "<=" : "<"} ${thresholdPercent}`,
      received: `${hundredths(found.change)} %`,
      parameters: { name: `weight at ${reference}` },
    });
  }
  return found;
}

/**
 * The dosing weight with what is to be said about it.
 *
 * @throws AllocellError `dose.weight_outside_stated_range`, `dose.weighed_after_preparation`,
 *   `dose.reference_after_weighing` and those of
 *   {@link describeWeight}
 */
export function useWeight(
  trace: Trace,
  order: WeightOrder,
  participant: Participant,
  { preparedOn, givenOn }: { readonly preparedOn: string; readonly givenOn: string },
  source: StepSource,
): { readonly weight: Fraction; readonly used: UsedWeight } {
  const { descriptor, weightKg, weighedOn, weighedBy, expectedKg, maximumAgeDays } = order;
  const now = readFraction(weightKg);
  if (
    expectedKg !== undefined &&
    (compare(now, readFraction(expectedKg.minimum)) < 0 || compare(now, readFraction(expectedKg.maximum)) > 0)
  ) {
    const expected = `${expectedKg.minimum} to ${expectedKg.maximum} kg`;
    const message = `${weightKg} kg is outside the range stated for this participant's age, ${expected}: check the weight and its unit.`;
    return fail("dose.weight_outside_stated_range", "weight.weightKg", message, {
      expected,
      received: `${weightKg} kg`,
    });
  }
  if (weighedOn > preparedOn) {
    const message = `The weight is dated ${weighedOn}, after the preparation of ${preparedOn}.`;
    return fail("dose.weighed_after_preparation", "weight.weighedOn", message, {
      parameters: { weighedOn, preparedOn },
    });
  }
  const age = daysBetween(weighedOn, givenOn);
  if (maximumAgeDays !== undefined && age > maximumAgeDays) {
    trace.warnings.push({
      code: "dose.weight_too_old",
      path: "weight.weighedOn",
      message: `The weight is ${age} days old; at most ${maximumAgeDays} are allowed.`,
      expected: `at most ${maximumAgeDays} days`,
      received: `${age} days`,
    });
  }
  const found = order.reweigh === undefined ? undefined : reweigh(trace, order, order.reweigh);
  const measured = found?.isBeyond === false ? readFraction(order.reweigh?.referenceWeightKg ?? weightKg) : now;
  const weight = describeWeight(trace, order, participant, measured, source);
  return {
    weight,
    used: {
      descriptor,
      dosingKg: decimalText(weight),
      measuredKg: weightKg,
      weighedOn,
      weighedBy,
      ...(found === undefined ? {} : { change: { percent: hundredths(found.change), isBeyond: found.isBeyond } }),
    },
  };
}

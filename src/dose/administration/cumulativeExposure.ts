import { deepFreeze, fail, foldId, requireEach, requireFields, type Issue } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  type Fraction,
  over,
  parsePositiveDecimal,
  plus,
  readFraction,
  times,
  UNIT_KINDS,
  ZERO,
} from "../../quantity/index.js";
import { hundredths, readable, shownCount, shownRate } from "../shown.js";
import { FOR_READING, input } from "../step.js";
import type { PreparationStep } from "../preparation/result.js";
import { writtenStep } from "../preparation/trace.js";
import type { AdministeredDose, CumulativeExposure } from "./model.js";

const given = ({ record }: AdministeredDose): Fraction =>
  times(over(readFraction(record.infusedMl), readFraction(record.preparedMl)), readFraction(record.preparedAtInfusion));

const sum = (values: readonly Fraction[]): Fraction => values.reduce(plus, ZERO);

function requireOnePerson(doses: readonly AdministeredDose[]): void {
  const all = doses.flatMap(({ record }) => record.subject ?? []);
  const subjects = all.filter((subject, i) => all.findIndex((other) => foldId(other) === foldId(subject)) === i);
  if (subjects.length < 2) return;
  fail("dose.cumulative_subjects_differ", "doses", "Doses of different people are never added up.", {
    expected: subjects[0] ?? "",
    received: subjects.slice(1).join(", "),
  });
}

/** A record that was given twice would count twice: said, not guessed at. */
function countedTwice(doses: readonly AdministeredDose[]): Issue[] {
  return doses.flatMap(({ record: { number } }, index): Issue[] => {
    const before = doses.findIndex(({ record }) => record.number === number);
    if (before === index) return [];
    const message = `Administration ${number} is recorded ${before + 1}. and ${index + 1}.: is one dose counted twice?`;
    return [{ code: "dose.administration_twice", path: `doses.${index}`, message }];
  });
}

/**
 * Exposure over several administrations: Σ actual, and Σ actual / own dosing weight.
 *
 * @param maximumPerKg - the most for each kilogram over all administrations, where the protocol states one
 * @returns frozen; warning `dose.cumulative_above_cap` where the sum is above it: what was given is never refused;
 *   `dose.administration_twice` where two records have one number
 * @throws AllocellError `dose.cumulative_kinds_differ` if the doses count different things,
 *   `dose.cumulative_subjects_differ`; `dose.record_missing`
 */
export function cumulativeExposure(
  doses: readonly AdministeredDose[],
  options: { readonly maximumPerKg?: string } = {},
): CumulativeExposure {
  requireEach(doses, "an administered dose", { record: "a map" });
  requireFields(options, "the options of an exposure", {});
  const [first] = doses;
  if (first === undefined) return fail("dose.record_missing", "doses", "There is no administration to add up.");
  const { unitKind } = first.record;
  const other = doses.find(({ record }) => record.unitKind !== unitKind);
  if (other !== undefined) {
    const received = other.record.unitKind;
    return fail("dose.cumulative_kinds_differ", "doses", "Doses of different kinds are never added up.", {
      expected: unitKind,
      received,
    });
  }
  requireOnePerson(doses);
  const steps: PreparationStep[] = [];
  const warnings: Issue[] = countedTwice(doses);
  const unit = UNIT_KINDS[unitKind];
  const actuals = doses.map(given);
  const planned = doses.map(({ record }) => readFraction(record.planned));
  const actual = sum(actuals);
  const inputs = actuals.map((value, index) =>
    input(`a${index + 1}`, `administration ${index + 1}`, decimalText(value), unit),
  );
  steps.push(
    writtenStep({
      id: "cumulative",
      title: "Cumulative exposure",
      formula: "total = Σ actual",
      worked: inputs.map(({ value }) => readable(value)).join(" + "),
      inputs,
      unit,
      exact: decimalText(actual),
    }),
  );
  const weights = doses.flatMap(({ record }) => (record.weightKg === undefined ? [] : [readFraction(record.weightKg)]));
  const isWeighed = weights.length === doses.length;
  const perKg = (values: readonly Fraction[]): Fraction =>
    sum(values.map((value, index) => over(value, weights[index] ?? ZERO)));
  let rates = {};
  if (isWeighed) {
    const rate = perKg(actuals);
    steps.push(
      writtenStep({
        id: "cumulative-per-kg",
        title: "Cumulative exposure for each kilogram",
        formula: "Σ actual / w, each with its own dosing weight",
        worked: actuals
          .map((value, index) => `${readable(decimalText(value))} / ${doses[index]?.record.weightKg ?? ""}`)
          .join(" + "),
        inputs: [
          ...inputs,
          ...weights.map((value, index) => input(`w${index + 1}`, "dosing weight", decimalText(value), "kg")),
        ],
        unit: `${unit}/kg`,
        rounding: FOR_READING,
        exact: decimalText(rate),
        result: hundredths(rate),
      }),
    );
    rates = { actualPerKg: shownRate(rate, unitKind), plannedPerKg: shownRate(perKg(planned), unitKind) };
    const limit =
      options.maximumPerKg === undefined
        ? undefined
        : readFraction(parsePositiveDecimal(options.maximumPerKg, "maximumPerKg"));
    if (limit !== undefined && compare(rate, limit) > 0) {
      warnings.push({
        code: "dose.cumulative_above_cap",
        path: "maximumPerKg",
        message: `The cumulative exposure, ${readable(hundredths(rate))} ${unit}/kg, is above the most allowed, ${readable(decimalText(limit))}.`,
        expected: `at most ${readable(decimalText(limit))}`,
        received: readable(hundredths(rate)),
      });
    }
  } else if (options.maximumPerKg !== undefined) {
    return fail(
      "dose.weight_missing",
      "doses",
      "A limit for each kilogram needs the dosing weight of every administration.",
    );
  }
  return deepFreeze({
    administrations: doses.length,
    actual: shownCount(actual, unitKind),
    planned: shownCount(sum(planned), unitKind),
    ...rates,
    steps,
    warnings,
  });
}

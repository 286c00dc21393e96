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
  type UnitKind,
  ZERO,
} from "../../quantity/index.js";
import { hundredths, readable, shownCount, shownRate } from "../shown.js";
import type { Step } from "../formula/model.js";
import { ALL_FORMULAS } from "../formula/formulas.js";
import { addStep } from "../formula/step.js";
import type { AdministeredDose, AdministrationRecord, CumulativeExposure } from "./model.js";

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

/** An administration by its number, and where its dose has several components the one that was given. */
const isSameGiven = (a: AdministrationRecord, b: AdministrationRecord): boolean =>
  a.number === b.number && foldId(a.component ?? "") === foldId(b.component ?? "");

/** Components of one dose are one administration. */
const isFurtherComponent = ({ record }: AdministeredDose, index: number, doses: readonly AdministeredDose[]): boolean =>
  doses.slice(0, index).some(({ record: one }) => one.number === record.number && !isSameGiven(one, record));

/** A record that was given twice would count twice: said, not guessed at. */
function countedTwice(doses: readonly AdministeredDose[]): Issue[] {
  return doses.flatMap(({ record: own }, index): Issue[] => {
    const { number } = own;
    const before = doses.findIndex(({ record }) => isSameGiven(record, own));
    if (before === index) return [];
    const message = `Administration ${number} is recorded ${before + 1}. and ${index + 1}.: is one dose counted twice?`;
    return [
      {
        code: "dose.administration_twice",
        path: `doses.${index}`,
        message,
        parameters: { number, before: before + 1, index: index + 1 },
      },
    ];
  });
}

/**
 * Exposure over several administrations: Σ actual, and Σ actual / own dosing weight.
 *
 * @param maximumPerKg - the most per kg of weight over all administrations, where the protocol states one
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
  const unitKind = requireOneKind(doses);
  requireOnePerson(doses);
  const unit = UNIT_KINDS[unitKind];
  const actuals = doses.map(given);
  const planned = doses.map(({ record }) => readFraction(record.planned));
  const steps: Step[] = [];
  const number = actuals.map((_, index) => String(index + 1));
  const about = { unit, texts: { number } };
  const total = addStep({ formulas: ALL_FORMULAS, steps }, "cumulative", { a: actuals }, about);
  const own = {
    administrations: doses.filter((...dose) => !isFurtherComponent(...dose)).length,
    actual: shownCount(total, unitKind),
    planned: shownCount(sum(planned), unitKind),
  };
  const weights = doses.flatMap(({ record }) => (record.weightKg === undefined ? [] : [readFraction(record.weightKg)]));
  if (weights.length < doses.length) {
    if (options.maximumPerKg !== undefined) {
      const message = "A limit for each kilogram needs the dosing weight of every administration.";
      return fail("dose.weight_missing", "doses", message);
    }
    return deepFreeze({ ...own, steps, warnings: countedTwice(doses) });
  }
  const perKg = (values: readonly Fraction[]): Fraction =>
    sum(values.map((value, index) => over(value, weights[index] ?? ZERO)));
  const rate = addStep({ formulas: ALL_FORMULAS, steps }, "cumulative-per-kg", { a: actuals, w: weights }, about);
  return deepFreeze({
    ...own,
    actualPerKg: shownRate(rate, unitKind),
    plannedPerKg: shownRate(perKg(planned), unitKind),
    steps,
    warnings: [...countedTwice(doses), ...aboveLimit(rate, unit, options.maximumPerKg)],
  });
}

function requireOneKind(doses: readonly AdministeredDose[]): UnitKind {
  const [first] = doses;
  if (first === undefined) return fail("dose.record_missing", "doses", "There is no administration to add up.");
  const { unitKind } = first.record;
  const other = doses.find(({ record }) => record.unitKind !== unitKind);
  if (other === undefined) return unitKind;
  return fail("dose.cumulative_kinds_differ", "doses", "Doses of different kinds are never added up.", {
    expected: unitKind,
    received: other.record.unitKind,
  });
}

function aboveLimit(rate: Fraction, unit: string, maximumPerKg: string | undefined): Issue[] {
  if (maximumPerKg === undefined) return [];
  const limit = readFraction(parsePositiveDecimal(maximumPerKg, "maximumPerKg"));
  if (compare(rate, limit) <= 0) return [];
  const [shown, most] = [readable(hundredths(rate)), readable(decimalText(limit))];
  const message = `The cumulative exposure, ${shown} ${unit}/kg, is above the most allowed, ${most}.`;
  const code = "dose.cumulative_above_cap";
  return [{ code, path: "maximumPerKg", message, expected: `at most ${most}`, received: shown }];
}

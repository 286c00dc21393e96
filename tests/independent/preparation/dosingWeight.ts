import { compare, divided, isAbove, isBelow, minus, plus, read, show, size, times, whole, write } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import type { Order, Weight, Worksheet } from "./shape.js";

/** "The administration is on the day of `clock.startAt`, or else of `preparedOn`." */
export const administrationDay = (order: Order): string => order.clock?.startAt.slice(0, 10) ?? order.preparedOn;

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

interface Body {
  readonly age: Fraction | undefined;
  readonly isMale: boolean | undefined;
  readonly heightCm: Fraction | undefined;
}

const ideal = (isMale: boolean, heightCm: Fraction): Fraction =>
  plus(read(isMale ? "50" : "45.5"), times(read("2.3"), minus(divided(heightCm, read("2.54")), whole(60))));

const isBeyond = (value: Fraction, least: string, most: string): boolean =>
  isBelow(value, read(least)) || isAbove(value, read(most));

const byFormula = (weight: Weight, measured: Fraction, body: Body, refusals: Set<string>): Fraction | undefined => {
  const { age, isMale, heightCm } = body;
  if (age !== undefined && isBelow(age, whole(18))) refusals.add("dose.adult_formula_for_child");
  if (heightCm !== undefined && isBeyond(heightCm, "120", "250")) refusals.add("dose.height_implausible");
  if (age === undefined || isMale === undefined || heightCm === undefined) {
    refusals.add("dose.descriptor_input_missing");
    return undefined;
  }
  switch (weight.descriptor) {
    case "ideal":
      return ideal(isMale, heightCm);
    case "predicted":
      return plus(read(isMale ? "50" : "45.5"), times(read("0.91"), minus(heightCm, read("152.4"))));
    case "adjusted": {
      if (weight.adjustmentFactor === undefined) {
        refusals.add("dose.descriptor_input_missing");
        return undefined;
      }
      const from = ideal(isMale, heightCm);
      return plus(from, times(read(weight.adjustmentFactor), minus(measured, from)));
    }
    case "actual":
      return measured;
    case "lean": {
      if (isMale && weight.leanMaleConstant === undefined) {
        refusals.add("dose.descriptor_input_missing");
        return undefined;
      }
      const slope = read(isMale ? "1.10" : "1.07");
      const bend = read(isMale ? (weight.leanMaleConstant ?? "") : "148");
      const heightSquared = times(heightCm, heightCm);
      if (isBelow(times(slope, heightSquared), times(whole(2), bend, measured))) {
        refusals.add("dose.descriptor_not_applicable");
      }
      return minus(times(slope, measured), divided(times(bend, measured, measured), heightSquared));
    }
  }
};

/** What later steps need: the dosing weight w, and the weight measured now, by which DMSO and endotoxin are limited. */
export interface Weighed {
  readonly dosing: Fraction;
  readonly now: Fraction;
}

/** Steps `reweigh` and `weight`. Undefined without a weight, or with one that cannot be computed with. */
export const weigh = (order: Order, sheet: Worksheet): Weighed | undefined => {
  const { weight } = order;
  if (weight === undefined) return undefined;
  const now = read(weight.weightKg);
  if (isBeyond(now, "0.5", "300")) {
    sheet.refusals.add("quantity.weight_out_of_range");
    return undefined;
  }
  if (dayNumber(weight.weighedOn) > dayNumber(order.preparedOn)) sheet.refusals.add("dose.weighed_after_preparation");
  if (weight.expectedKg !== undefined) {
    const { minimum, maximum } = weight.expectedKg;
    if (isBelow(now, read(minimum)) || isAbove(now, read(maximum)))
      sheet.refusals.add("dose.weight_outside_stated_range");
  }
  let measured = now;
  let change: { percent: string; isBeyond: boolean } | undefined;
  if (weight.reweigh !== undefined) {
    if (dayNumber(weight.reweigh.referenceWeighedOn) > dayNumber(weight.weighedOn))
      sheet.refusals.add("dose.reference_after_weighing");
    const reference = read(weight.reweigh.referenceWeightKg);
    const percent = divided(times(whole(100), minus(now, reference)), reference);
    const side = compare(size(percent), read(weight.reweigh.thresholdPercent));
    const isChanged = weight.reweigh.comparison === ">" ? side > 0 : side >= 0;
    if (isChanged) sheet.warnings.push({ code: "dose.weight_changed" });
    else measured = reference;
    change = { percent: show(percent), isBeyond: isChanged };
    sheet.steps.push(["reweigh", write(percent), show(percent)]);
  }
  if (
    weight.maximumAgeDays !== undefined &&
    dayNumber(administrationDay(order)) - dayNumber(weight.weighedOn) > weight.maximumAgeDays
  ) {
    sheet.warnings.push({ code: "dose.weight_too_old" });
  }
  const { ageYears, sex, heightCm } = order.participant ?? {};
  const age = ageYears === undefined ? undefined : read(ageYears);
  const dosing =
    weight.descriptor === "actual"
      ? measured
      : byFormula(
          weight,
          measured,
          {
            age,
            isMale: sex === undefined ? undefined : sex === "male",
            heightCm: heightCm === undefined ? undefined : read(heightCm),
          },
          sheet.refusals,
        );
  if (dosing === undefined) return undefined;
  if (isBeyond(dosing, "0.5", "300")) {
    sheet.refusals.add("dose.descriptor_not_applicable");
    return undefined;
  }
  sheet.steps.push(["weight", write(dosing), write(dosing)]);
  sheet.results["dosingKg"] = write(dosing);
  sheet.results["change"] = change;
  return { dosing, now };
};

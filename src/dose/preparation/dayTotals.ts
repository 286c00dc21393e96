import { fail } from "../../foundation/index.js";
import { compare, decimalOf, exact, HUNDRED, ONE, over, plus, roundedTo, times, type Exact } from "../exact.js";
import type { DayTotalsOrder, ProductOrder } from "./model.js";
import type { DayTotals } from "./result.js";
import { readable } from "../shown.js";
import { input } from "../step.js";
import { writtenStep, type Trace } from "./trace.js";

const THOUSAND = exact("1000");
/** Density of DMSO, g/mL. */
const DMSO_DENSITY = exact("1.10");
/** 1 g/kg/day; practice from Bekkem 2013. */
const DMSO_LIMIT = ONE;
/** 5 EU/kg; PMC5079635. */
const ENDOTOXIN_PER_KG = exact("5");

function dmsoGrams(dmso: NonNullable<ProductOrder["dmso"]>, drawMl: Exact): Exact {
  if ("percentVv" in dmso) return times(over(times(drawMl, exact(dmso.percentVv)), HUNDRED), DMSO_DENSITY);
  return over(times(drawMl, exact(dmso.mgPerMl)), THOUSAND);
}

/**
 * DMSO of the whole day for each kilogram, and endotoxin, against their limits; equality passes.
 *
 * DMSO g = mL × % / 100 × 1.10 (volume in volume) or mL × mg/mL / 1000; endotoxin EU = mL × EU/mL, both plus what else
 * is given that day.
 *
 * @throws AllocellError `dose.day_totals_missing`, `dose.weight_missing`, `dose.dmso_limit_loosened`,
 *   `dose.dmso_above_limit`, `dose.endotoxin_above_limit`
 */
export function checkDayTotals(
  trace: Trace,
  product: ProductOrder,
  others: DayTotalsOrder | undefined,
  drawMl: Exact,
  weight: Exact | undefined,
): DayTotals | undefined {
  const { dmso, endotoxinEuPerMl } = product;
  if (dmso === undefined && endotoxinEuPerMl === undefined) return undefined;
  if (others === undefined) {
    const message = 'State what DMSO and endotoxin the participant gets from other products that day, "0" for none.';
    return fail("dose.day_totals_missing", "dayTotals", message);
  }
  if (weight === undefined) {
    return fail("dose.weight_missing", "weight", "The limits of DMSO and endotoxin go by the body weight.");
  }
  const kg = decimalOf(weight);
  const w = input("w", "measured weight", kg, "kg");
  const draw = input("draw", "drawn volume", decimalOf(drawMl), "mL");
  const totals: { -readonly [Key in keyof DayTotals]: DayTotals[Key] } = {};
  if (dmso !== undefined) {
    const limit = others.dmsoLimitGPerKg === undefined ? DMSO_LIMIT : exact(others.dmsoLimitGPerKg);
    if (compare(limit, DMSO_LIMIT) > 0) {
      return fail(
        "dose.dmso_limit_loosened",
        "dayTotals.dmsoLimitGPerKg",
        "The limit of DMSO may be stricter than 1 g/kg a day, not looser.",
      );
    }
    const own = dmsoGrams(dmso, drawMl);
    const all = plus(own, exact(others.otherDmsoG));
    const isVolume = "percentVv" in dmso;
    const strength = isVolume ? dmso.percentVv : dmso.mgPerMl;
    trace.steps?.push(
      writtenStep({
        id: "dmso",
        title: "DMSO of the day",
        formula: isVolume ? "DMSO = draw × p / 100 × 1.10 + other" : "DMSO = draw × m / 1000 + other",
        worked: isVolume
          ? `${draw.value} × ${strength} / 100 × 1.10 + ${others.otherDmsoG}`
          : `${draw.value} × ${strength} / 1000 + ${others.otherDmsoG}`,
        inputs: [
          draw,
          isVolume ? input("p", "DMSO", strength, "% v/v") : input("m", "DMSO", strength, "mg/mL"),
          input("other", "from other products that day", others.otherDmsoG, "g"),
        ],
        unit: "g",
        source: product.source,
        exact: decimalOf(all),
      }),
    );
    const perKg = over(all, weight);
    const rounded = roundedTo(4, perKg);
    trace.steps?.push(
      writtenStep({
        id: "dmso-per-kg",
        title: `DMSO for each kilogram, at most ${decimalOf(limit)} g/kg`,
        formula: "DMSO / w",
        worked: `${readable(decimalOf(all))} / ${kg}`,
        inputs: [input("DMSO", "DMSO of the day", decimalOf(all), "g"), w],
        unit: "g/kg",
        rounding: "half-up to 0.0001, for reading; the test is exact",
        source: "practice from Bekkem 2013: 1 g/kg/day",
        exact: decimalOf(perKg),
        result: rounded,
      }),
    );
    if (compare(perKg, limit) > 0) {
      const [expected, received] = [`at most ${decimalOf(limit)} g/kg`, `${readable(decimalOf(perKg))} g/kg`];
      return fail(
        "dose.dmso_above_limit",
        "dayTotals",
        `The DMSO of the day, ${received}, is above the limit of ${decimalOf(limit)} g/kg.`,
        { expected, received },
      );
    }
    totals.dmsoG = decimalOf(all);
    totals.dmsoGPerKg = rounded;
    totals.dmsoLimitGPerKg = decimalOf(limit);
  }
  if (endotoxinEuPerMl !== undefined) {
    const all = plus(times(drawMl, exact(endotoxinEuPerMl)), exact(others.otherEndotoxinEu));
    const limit = times(ENDOTOXIN_PER_KG, weight);
    trace.steps?.push(
      writtenStep({
        id: "endotoxin",
        title: `Endotoxin, at most ${readable(decimalOf(limit))} EU`,
        formula: "endotoxin = draw × E + other; limit = 5 EU/kg × w",
        worked: `${draw.value} × ${endotoxinEuPerMl} + ${others.otherEndotoxinEu}`,
        inputs: [
          draw,
          input("E", "endotoxin", endotoxinEuPerMl, "EU/mL"),
          input("other", "from other products that day", others.otherEndotoxinEu, "EU"),
          w,
        ],
        unit: "EU",
        source: "PMC5079635: 5 EU/kg",
        exact: decimalOf(all),
      }),
    );
    if (compare(all, limit) > 0) {
      const [expected, received] = [`at most ${readable(decimalOf(limit))} EU`, `${readable(decimalOf(all))} EU`];
      return fail(
        "dose.endotoxin_above_limit",
        "dayTotals",
        `The endotoxin of the day, ${received}, is above 5 EU/kg.`,
        { expected, received },
      );
    }
    totals.endotoxinEu = decimalOf(all);
    totals.endotoxinLimitEu = decimalOf(limit);
  }
  return totals;
}

import { fail } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  floor,
  type Fraction,
  minus,
  ONE,
  over,
  plus,
  readFraction,
  roundedText,
  sign,
  times,
  ZERO,
} from "../../quantity/index.js";
import { HUNDRED } from "../constants.js";
import type { StepInput } from "../model.js";
import { readable } from "../shown.js";
import { input } from "../step.js";
import type { DayTotalsOrder, ProductOrder } from "./model.js";
import type { DayTotals } from "./result.js";
import { writtenStep, type Trace } from "./trace.js";

const THOUSAND = readFraction("1000");
/** Density of DMSO, g/mL. */
const DMSO_DENSITY = readFraction("1.10");
/** 1 g/kg/day; practice from Bekkem 2013. */
const DMSO_LIMIT = ONE;
/** 5 EU/kg; PMC5079635. */
const ENDOTOXIN_PER_KG = readFraction("5");

type Dmso = NonNullable<ProductOrder["dmso"]>;
type WritableTotals = { -readonly [Key in keyof DayTotals]: DayTotals[Key] };

/** The containers of this product: how many a day are possible goes by the largest of them. */
export interface Bags {
  readonly largestMl: Fraction;
  /** Whether they are given whole. */
  readonly isWhole: boolean;
}

/** What both totals are computed from. */
interface Day {
  readonly others: DayTotalsOrder;
  readonly drawMl: Fraction;
  readonly weight: Fraction;
  readonly bags: Bags | undefined;
  readonly draw: () => StepInput;
  readonly w: () => StepInput;
}

function dmsoGrams(dmso: Dmso, drawMl: Fraction): Fraction {
  if ("percentVv" in dmso) return times(over(times(drawMl, readFraction(dmso.percentVv)), HUNDRED), DMSO_DENSITY);
  return over(times(drawMl, readFraction(dmso.mgPerMl)), THOUSAND);
}

/** The step's own part: formula, worked line and input of this product; without one, of the others alone. */
function dmsoText(dmso: Dmso | undefined, { draw, others }: Day): Pick<StepWords, "formula" | "worked" | "inputs"> {
  const other = input("other", "from other products that day", others.otherDmsoG, "g");
  if (dmso === undefined) return { formula: "DMSO = other", worked: others.otherDmsoG, inputs: [other] };
  if ("percentVv" in dmso) {
    return {
      formula: "DMSO = draw × p % v/v / 100 × 1.10 g/mL + other",
      worked: `${draw().value} × ${dmso.percentVv} / 100 × 1.10 + ${others.otherDmsoG}`,
      inputs: [draw(), input("p", "DMSO", dmso.percentVv, "% v/v"), other],
    };
  }
  return {
    formula: "DMSO = draw × m mg/mL / 1000 + other",
    worked: `${draw().value} × ${dmso.mgPerMl} / 1000 + ${others.otherDmsoG}`,
    inputs: [draw(), input("m", "DMSO", dmso.mgPerMl, "mg/mL"), other],
  };
}

type StepWords = Parameters<typeof writtenStep>[0];

function addDmso(trace: Trace, totals: WritableTotals, product: ProductOrder | undefined, day: Day): void {
  const { others, weight, w } = day;
  const limit = others.dmsoLimitGPerKg === undefined ? DMSO_LIMIT : readFraction(others.dmsoLimitGPerKg);
  if (compare(limit, DMSO_LIMIT) > 0) {
    fail(
      "dose.dmso_limit_loosened",
      "dayTotals.dmsoLimitGPerKg",
      "The limit of DMSO may be stricter than 1 g/kg a day, not looser.",
    );
  }
  const { dmso } = product ?? {};
  const all = plus(dmso === undefined ? ZERO : dmsoGrams(dmso, day.drawMl), readFraction(others.otherDmsoG));
  trace.steps?.push(
    writtenStep({
      id: "dmso",
      title: "DMSO of the day",
      ...dmsoText(dmso, day),
      unit: "g",
      source: dmso === undefined ? "the order" : (product?.source ?? ""),
      exact: decimalText(all),
    }),
  );
  const perKg = over(all, weight);
  const rounded = roundedText(perKg, 4);
  trace.steps?.push(
    writtenStep({
      id: "dmso-per-kg",
      title: `DMSO for each kilogram, at most ${decimalText(limit)} g/kg`,
      formula: "DMSO / measured weight b",
      worked: `${readable(decimalText(all))} / ${w().value}`,
      inputs: [input("DMSO", "DMSO of the day", decimalText(all), "g"), w()],
      unit: "g/kg",
      rounding: "half-up to 0.0001, for reading; the test is exact",
      source: "practice from Bekkem 2013: 1 g/kg/day",
      exact: decimalText(perKg),
      result: rounded,
    }),
  );
  const most = mostBags(trace, dmso, limit, day);
  if (compare(perKg, limit) > 0) {
    const [expected, received] = [`at most ${decimalText(limit)} g/kg`, `${readable(decimalText(perKg))} g/kg`];
    const bags = most === undefined ? "" : `; of the largest container at most ${most} that day`;
    const message = `The DMSO of the day, ${received}, is above the limit of ${decimalText(limit)} g/kg${bags}.`;
    fail("dose.dmso_above_limit", "dayTotals", message, {
      expected,
      received,
      parameters: { limit: decimalText(limit), ...(most === undefined ? {} : { most }) },
    });
  }
  totals.dmsoG = decimalText(all);
  totals.dmsoGPerKg = rounded;
  totals.dmsoLimitGPerKg = decimalText(limit);
  if (most !== undefined && day.bags?.isWhole === true) totals.mostContainers = most;
}

/** How many of the largest container the limit leaves for the day; a step where they are given whole. */
function mostBags(trace: Trace, dmso: Dmso | undefined, limit: Fraction, day: Day): string | undefined {
  const { bags, weight, others, w } = day;
  if (dmso === undefined || bags === undefined) return undefined;
  const one = dmsoGrams(dmso, bags.largestMl);
  const left = minus(times(limit, weight), readFraction(others.otherDmsoG));
  const exact = over(left, one);
  const most = sign(left) < 0 ? "0" : decimalText(floor(exact));
  if (!bags.isWhole) return most;
  const [limitText, oneText] = [decimalText(limit), decimalText(one)];
  trace.steps?.push(
    writtenStep({
      id: "dmso-most-containers",
      title: "Most containers of the day by DMSO",
      formula: "(limit L × b - other) / DMSO g of the largest container",
      worked: `(${limitText} × ${w().value} - ${others.otherDmsoG}) / ${readable(oneText)}`,
      inputs: [
        input("L", "limit", limitText, "g/kg"),
        w(),
        input("other", "from other products that day", others.otherDmsoG, "g"),
        input("g", "DMSO of the largest container", oneText, "g"),
      ],
      unit: "",
      rounding: "down to a whole number",
      source: "practice from Bekkem 2013: 1 g/kg/day",
      exact: decimalText(exact),
      result: most,
    }),
  );
  return most;
}

function addEndotoxin(trace: Trace, totals: WritableTotals, euPerMl: string | undefined, day: Day): void {
  const { others, drawMl, weight, draw, w } = day;
  const own = euPerMl === undefined ? ZERO : times(drawMl, readFraction(euPerMl));
  const all = plus(own, readFraction(others.otherEndotoxinEu));
  const limit = times(ENDOTOXIN_PER_KG, weight);
  const other = (): StepInput => input("other", "from other products that day", others.otherEndotoxinEu, "EU");
  trace.steps?.push(
    writtenStep({
      id: "endotoxin",
      title: `Endotoxin, at most ${readable(decimalText(limit))} EU`,
      formula: euPerMl === undefined ? "other; at most 5 EU/kg × b" : "draw × E EU/mL + other; at most 5 EU/kg × b",
      worked:
        euPerMl === undefined ? others.otherEndotoxinEu : `${draw().value} × ${euPerMl} + ${others.otherEndotoxinEu}`,
      inputs:
        euPerMl === undefined ? [other(), w()] : [draw(), input("E", "endotoxin", euPerMl, "EU/mL"), other(), w()],
      unit: "EU",
      source: "PMC5079635: 5 EU/kg",
      exact: decimalText(all),
    }),
  );
  if (compare(all, limit) > 0) {
    const [expected, received] = [`at most ${readable(decimalText(limit))} EU`, `${readable(decimalText(all))} EU`];
    const message = `The endotoxin of the day, ${received}, is above 5 EU/kg.`;
    fail("dose.endotoxin_above_limit", "dayTotals", message, { expected, received });
  }
  totals.endotoxinEu = decimalText(all);
  totals.endotoxinLimitEu = decimalText(limit);
}

/**
 * DMSO of the whole day for each kilogram, and endotoxin, against their limits; equality passes.
 *
 * DMSO g = mL × % / 100 × 1.10 (volume in volume) or mL × mg/mL / 1000; endotoxin EU = mL × EU/mL, both plus what else
 * is given that day. Of a placebo, or a product without them, what else is given alone.
 *
 * @param product - absent for a placebo
 * @throws AllocellError `dose.day_totals_missing`, `dose.weight_missing`, `dose.dmso_limit_loosened`,
 *   `dose.dmso_above_limit`, `dose.endotoxin_above_limit`
 */
export function checkDayTotals(
  trace: Trace,
  product: ProductOrder | undefined,
  others: DayTotalsOrder | undefined,
  drawMl: Fraction,
  weight: Fraction | undefined,
  bags: Bags | undefined,
): DayTotals | undefined {
  const { dmso, endotoxinEuPerMl } = product ?? {};
  const hasDmso = dmso !== undefined || (others !== undefined && others.otherDmsoG !== "0");
  const hasEndotoxin = endotoxinEuPerMl !== undefined || (others !== undefined && others.otherEndotoxinEu !== "0");
  if (!hasDmso && !hasEndotoxin) return undefined;
  if (others === undefined) {
    const message = 'State what DMSO and endotoxin the participant gets from other products that day, "0" for none.';
    return fail("dose.day_totals_missing", "dayTotals", message);
  }
  if (weight === undefined) {
    return fail("dose.weight_missing", "weight", "The limits of DMSO and endotoxin go by the body weight.");
  }
  const day: Day = {
    others,
    drawMl,
    weight,
    bags,
    draw: () => input("draw", "drawn volume", decimalText(drawMl), "mL"),
    w: () => input("b", "measured weight", decimalText(weight), "kg"),
  };
  const totals: WritableTotals = {};
  if (hasDmso) addDmso(trace, totals, product, day);
  if (hasEndotoxin) addEndotoxin(trace, totals, endotoxinEuPerMl, day);
  return totals;
}

import { fail } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  floor,
  type Fraction,
  minus,
  ONE,
  over,
  readFraction,
  roundedText,
  sign,
  times,
  ZERO,
} from "../../quantity/index.js";
import { statedSource } from "../formula/sources.js";
import { addStep } from "../formula/step.js";
import { HUNDRED } from "../constants.js";
import { readable } from "../shown.js";
import type { DayTotalsOrder, ProductOrder } from "./model.js";
import type { DayTotals } from "./result.js";
import type { Trace } from "./trace.js";

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
}

function dmsoGrams(dmso: Dmso, drawMl: Fraction): Fraction {
  if ("percentVv" in dmso) return times(over(times(drawMl, readFraction(dmso.percentVv)), HUNDRED), DMSO_DENSITY);
  return over(times(drawMl, readFraction(dmso.mgPerMl)), THOUSAND);
}

/** DMSO of the day: of this product, and of what else is given. */
function addDmsoStep(trace: Trace, product: ProductOrder | undefined, { drawMl, others }: Day): Fraction {
  const { dmso, source } = product ?? {};
  const common = { draw: drawMl, other: others.otherDmsoG };
  const about = source === undefined ? {} : { source: [statedSource(source)] };
  if (dmso === undefined) return addStep(trace, "dmso:others", { other: others.otherDmsoG });
  return "percentVv" in dmso
    ? addStep(trace, "dmso:percent", { ...common, p: dmso.percentVv }, about)
    : addStep(trace, "dmso:mg", { ...common, m: dmso.mgPerMl }, about);
}

function addDmso(trace: Trace, totals: WritableTotals, product: ProductOrder | undefined, day: Day): void {
  const { others, weight } = day;
  const limit = others.dmsoLimitGPerKg === undefined ? DMSO_LIMIT : readFraction(others.dmsoLimitGPerKg);
  if (compare(limit, DMSO_LIMIT) > 0) {
    fail(
      "dose.dmso_limit_loosened",
      "dayTotals.dmsoLimitGPerKg",
      "The limit of DMSO may be stricter than 1 g/kg a day, not looser.",
    );
  }
  const { dmso } = product ?? {};
  const all = addDmsoStep(trace, product, day);
  const perKg = addStep(trace, "dmso-per-kg", { DMSO: all, b: weight }, { texts: { limit: decimalText(limit) } });
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
  totals.dmsoGPerKg = roundedText(perKg, 4);
  totals.dmsoLimitGPerKg = decimalText(limit);
  if (most !== undefined && day.bags?.isWhole === true) totals.mostContainers = most;
}

/** How many of the largest container the limit leaves for the day; a step where they are given whole. */
function mostBags(trace: Trace, dmso: Dmso | undefined, limit: Fraction, day: Day): string | undefined {
  const { bags, weight, others } = day;
  if (dmso === undefined || bags === undefined) return undefined;
  const one = dmsoGrams(dmso, bags.largestMl);
  const left = minus(times(limit, weight), readFraction(others.otherDmsoG));
  const most = sign(left) < 0 ? ZERO : floor(over(left, one));
  if (!bags.isWhole) return decimalText(most);
  const rounded = { rule: [{ key: "down" }] as const, result: most };
  addStep(trace, "dmso-most-containers", { L: limit, b: weight, other: others.otherDmsoG, g: one }, { rounded });
  return decimalText(most);
}

function addEndotoxin(trace: Trace, totals: WritableTotals, euPerMl: string | undefined, day: Day): void {
  const { others, drawMl, weight } = day;
  const limit = times(ENDOTOXIN_PER_KG, weight);
  const about = { texts: { limit: readable(decimalText(limit)) } };
  const common = { other: others.otherEndotoxinEu, b: weight };
  const all =
    euPerMl === undefined
      ? addStep(trace, "endotoxin:others", common, about)
      : addStep(trace, "endotoxin", { draw: drawMl, E: euPerMl, ...common }, about);
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
  const day: Day = { others, drawMl, weight, bags };
  const totals: WritableTotals = {};
  if (hasDmso) addDmso(trace, totals, product, day);
  if (hasEndotoxin) addEndotoxin(trace, totals, endotoxinEuPerMl, day);
  return totals;
}

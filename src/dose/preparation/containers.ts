import { fail, foldId } from "../../foundation/index.js";
import {
  absolute,
  ceiling,
  compare,
  decimalText,
  type Fraction,
  ONE,
  over,
  plus,
  readFraction,
  sign,
  times,
  UNIT_KINDS,
  type UnitKind,
} from "../../quantity/index.js";
import { addStep } from "../formula/step.js";
import { statedSource, type StepSource } from "../formula/sources.js";
import type { ResolvedDose } from "./doseSource.js";
import { HUNDRED } from "../constants.js";
import type { DrawOrder, LotOrder, PreparationOrder, ProductOrder } from "./model.js";
import type { RuleComparison } from "./result.js";
import { selectContainers, type Chosen } from "./selectContainers.js";
import { fillSyringe, suffices, type Aim } from "./syringe.js";
import { hundredths } from "../shown.js";
import type { Trace } from "./trace.js";
import { usableOf, type UsableLot } from "./usableCells.js";

export const LABEL_TOLERANCE_PERCENT: Fraction = readFraction("1");

/** The parts of an order that a product needs and a placebo does not have. */
export interface ActiveOrder {
  readonly product: ProductOrder;
  readonly lots: readonly LotOrder[];
  /** Absent where whole containers are given. */
  readonly draw?: DrawOrder;
}

/** @throws AllocellError `dose.product_missing`, `dose.placebo_with_product`, `dose.draw_with_whole_containers` */
export function activeOrder(order: PreparationOrder, dose: ResolvedDose): ActiveOrder | undefined {
  const { product, lots, draw } = order;
  const isWhole = dose.rule.kind === "whole-containers";
  if (isWhole && draw !== undefined) {
    const message = "Whole containers are given as they are: nothing is drawn, so leave out the draw.";
    return fail("dose.draw_with_whole_containers", "draw", message, { expected: "nothing", received: "a draw" });
  }
  if (dose.isPlacebo) {
    if (product === undefined && lots === undefined && draw === undefined) return undefined;
    return fail(
      "dose.placebo_with_product",
      "lots",
      "A placebo is prepared without product, lots and draw: leave them out.",
    );
  }
  if (product !== undefined && lots !== undefined && (isWhole || draw !== undefined))
    return { product, lots, ...(draw === undefined ? {} : { draw }) };
  const missing = product === undefined ? "product" : lots === undefined ? "lots" : "draw";
  return fail("dose.product_missing", missing, `A dose of cells needs product, lots and draw: ${missing} is missing.`);
}

function checkViability(trace: Trace, lot: LotOrder, product: ProductOrder, path: string): void {
  const { testedViability } = lot;
  if (testedViability === undefined && product.minimumViability !== undefined) {
    const message = `The product has a least viability, and no viability of lot ${lot.lot} is stated.`;
    fail("dose.viability_missing", `${path}.testedViability`, message, { parameters: { lot: lot.lot } });
  }
  if (testedViability !== undefined) {
    const { fraction, method } = testedViability;
    holdViability(trace, lot, product, `${path}.testedViability.fraction`, fraction, `${fraction} (${method})`);
  }
}

/** The viability by which total cells are computed is held against the same limits as the tested one. */
function checkComputedViability(trace: Trace, lot: LotOrder, product: ProductOrder, path: string): void {
  const { testedViability, viability } = lot;
  if (viability === undefined) return;
  holdViability(trace, lot, product, `${path}.viability`, viability, viability);
  if (testedViability === undefined || compare(readFraction(testedViability.fraction), readFraction(viability)) === 0)
    return;
  trace.warnings.push({
    code: "dose.viabilities_differ",
    path: `${path}.viability`,
    message: `Lot ${lot.lot} is computed with a viability of ${viability}, and ${testedViability.fraction} was tested.`,
    expected: testedViability.fraction,
    received: viability,
    parameters: { lot: lot.lot },
  });
}

function holdViability(
  trace: Trace,
  lot: LotOrder,
  { minimumViability, expectedViability }: ProductOrder,
  path: string,
  fraction: string,
  received: string,
): void {
  const value = readFraction(fraction);
  if (minimumViability !== undefined && compare(value, readFraction(minimumViability)) < 0) {
    const message = `The viability of lot ${lot.lot}, ${received}, is below the least allowed, ${minimumViability}.`;
    fail("dose.viability_below_minimum", path, message, {
      expected: `at least ${minimumViability}`,
      received,
      parameters: { lot: lot.lot },
    });
  }
  if (expectedViability !== undefined && compare(value, readFraction(expectedViability)) < 0) {
    trace.warnings.push({
      code: "dose.viability_below_expected",
      path,
      message: `The viability of lot ${lot.lot}, ${received}, is below the expected ${expectedViability}.`,
      expected: `at least ${expectedViability}`,
      received,
      parameters: { lot: lot.lot },
    });
  }
}

function requireUsable(lot: LotOrder, preparedOn: string, path: string): void {
  if (!lot.isReleased)
    fail("dose.lot_not_released", `${path}.isReleased`, `Lot ${lot.lot} is not released.`, {
      parameters: { lot: lot.lot },
    });
  if (lot.expiresOn < preparedOn) {
    fail("dose.lot_expired", `${path}.expiresOn`, `Lot ${lot.lot} expired on ${lot.expiresOn}.`, {
      expected: `${preparedOn} or later`,
      received: lot.expiresOn,
      parameters: { lot: lot.lot },
    });
  }
}

/** Compares both rules of one lot; disagreement is always reported, and then the caller must have named which governs. */
function compareRules(
  trace: Trace,
  lot: UsableLot,
  needed: Fraction,
  draw: DrawOrder,
  path: string,
): RuleComparison | undefined {
  const { byVolume, labelDifference, order } = lot;
  if (byVolume === undefined || labelDifference === undefined) return undefined;
  const [byContent, byLabel] = [ceiling(over(needed, lot.byContent)), ceiling(over(needed, byVolume))];
  const size = absolute(labelDifference);
  const isConsistent = compare(size, LABEL_TOLERANCE_PERCENT) <= 0 && compare(byContent, byLabel) === 0;
  const { governingRule } = draw;
  if (!isConsistent) {
    const percent = hundredths(labelDifference);
    const message = `The label of lot ${order.lot} gives ${decimalText(byContent)} containers by content and ${decimalText(byLabel)} by volume; its concentration differs from content / volume by ${percent} %.`;
    if (governingRule === undefined) {
      fail("dose.governing_rule_missing", "draw.governingRule", `${message} Say which rule governs.`, {
        expected: "content or volume",
        received: "nothing",
      });
    }
    trace.warnings.push({
      code: "dose.label_values_inconsistent",
      path,
      message: `${message} The ${governingRule} rule governs.`,
      expected: "a difference of at most 1 %, and equal numbers of containers",
      received: `${percent} %; ${decimalText(byContent)} and ${decimalText(byLabel)}`,
      parameters: { governingRule },
    });
  }
  return {
    lot: order.lot,
    byContent: decimalText(byContent),
    byVolume: decimalText(byLabel),
    labelDifferencePercent: hundredths(labelDifference),
    isConsistent,
    ...(governingRule === undefined ? {} : { governing: governingRule }),
  };
}

export interface FoundContainers {
  readonly chosen: readonly Chosen[];
  readonly rules: readonly RuleComparison[];
}

/**
 * What each entry of an order's lots holds.
 *
 * @throws AllocellError `dose.lot_not_released`, `dose.lot_expired`, `dose.lot_sizes_differ`, `dose.viability_missing`,
 *   `dose.viability_below_minimum` and those of {@link usableOf}
 */
export function usableLots(
  trace: Trace,
  { product, lots, draw }: ActiveOrder,
  unitKind: UnitKind,
  preparedOn: string,
): readonly UsableLot[] {
  const firstOf = new Map<string, LotOrder>();
  return lots.map((lot, index) => {
    const path = `lots.${index}`;
    requireUsable(lot, preparedOn, path);
    const first = firstOf.get(foldId(lot.lot)) ?? lot;
    if (first.expiresOn !== lot.expiresOn) {
      const also = first.lot === lot.lot ? "" : `, as ${first.lot} and as ${lot.lot},`;
      const message = `Lot ${first.lot} is listed${also} with two expiry dates.`;
      return fail("dose.lot_sizes_differ", `${path}.expiresOn`, message, { parameters: { lot: first.lot } });
    }
    firstOf.set(foldId(lot.lot), first);
    checkViability(trace, lot, product, path);
    const found = usableOf(trace, lot, unitKind, draw?.governingRule ?? "content", index);
    // After it was seen that a viability belongs there at all.
    checkComputedViability(trace, lot, product, path);
    return found;
  });
}

/**
 * How many containers of which lots are thawed, first expiry first: the fewest that hold target × (1 + overfill) and from
 * which the draw can be taken.
 *
 * @throws AllocellError `dose.governing_rule_missing`, those of {@link usableLots} and {@link selectContainers}
 */
export function findContainers(
  trace: Trace,
  active: ActiveOrder & { readonly draw: DrawOrder },
  dose: ResolvedDose,
  aim: Aim,
  preparedOn: string,
): FoundContainers {
  const { product, draw } = active;
  const { target } = aim;
  const overfill = readFraction(draw.overfillPercent);
  const needed = sign(overfill) === 0 ? target : times(target, plus(ONE, over(overfill, HUNDRED)));
  const usable = usableLots(trace, active, dose.unitKind, preparedOn);
  const rules = usable.flatMap((lot, index) => compareRules(trace, lot, needed, draw, `lots.${index}`) ?? []);
  const chosen = selectContainers(usable, needed, product.mayMixLots, (choice) => suffices(draw, choice, aim));
  if (trace.steps !== undefined)
    addContainers(trace, chosen, needed, draw, aim, {
      unit: UNIT_KINDS[dose.unitKind],
      source: [statedSource(product.source)],
    });
  return { chosen, rules };
}

/** n of one lot and size: by content, or by volume where that asks for more. */
function quotientOf(chosen: Chosen, needed: Fraction, draw: DrawOrder, aim: Aim): Fraction {
  const byContent = over(needed, chosen.lot.usable);
  const { volume } = fillSyringe(draw, [chosen], aim);
  const byVolume = over(volume, readFraction(chosen.lot.order.extractableMl));
  return compare(ceiling(byVolume), ceiling(byContent)) > 0 ? byVolume : byContent;
}

function addContainers(
  trace: Trace,
  chosen: readonly Chosen[],
  needed: Fraction,
  draw: DrawOrder,
  aim: Aim,
  about: { readonly unit: string; readonly source: StepSource },
): void {
  const total = chosen.reduce((sum, { containers }) => sum + containers, 0);
  const containers = total === 1 ? "container" : "containers";
  const [only, ...others] = chosen;
  const common = { target: aim.target, o: draw.overfillPercent };
  if (only === undefined || others.length > 0) {
    const lot = chosen.map((part) => part.lot.order.lot);
    const values = {
      ...common,
      n: chosen.map((part) => String(part.containers)),
      u: chosen.map((part) => part.lot.usable),
    };
    addStep(trace, "containers:several", values, { ...about, texts: { containers, lot } });
    return;
  }
  const { usable, order } = only.lot;
  const texts = { containers, lot: order.lot };
  const isByVolume = compare(quotientOf(only, needed, draw, aim), over(needed, usable)) !== 0;
  const values = { ...common, u: usable };
  const { volume } = fillSyringe(draw, chosen, aim);
  if (isByVolume)
    addStep(trace, "containers:by-volume", { ...values, V: volume, e: order.extractableMl }, { ...about, texts });
  else addStep(trace, "containers", values, { ...about, texts });
}

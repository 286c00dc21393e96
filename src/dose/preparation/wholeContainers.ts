import { fail, foldId, throwIfAny } from "../../foundation/index.js";
import {
  absolute,
  compare,
  decimalText,
  type Fraction,
  fraction,
  over,
  plus,
  readFraction,
  times,
  UNIT_KINDS,
  ZERO,
} from "../../quantity/index.js";
import { addStep } from "../formula/step.js";
import { judgeDose } from "../plausibility/dose.js";
import { hundredths, shownCount, shownRate } from "../shown.js";
import type { Body } from "./bodySurface.js";
import { addConcentration } from "./concentrationStep.js";
import { LABEL_TOLERANCE_PERCENT, usableLots, type ActiveOrder } from "./containers.js";
import type { ResolvedDose } from "./doseSource.js";
import type { FoundDraw } from "./draw.js";
import { addEmptied, type EmptiedLot } from "./earlierLots.js";
import type { ContainerUse, Delivered } from "./result.js";
import { findTarget, type FoundTarget, type Given } from "./target.js";
import { warnOnce, type Trace } from "./trace.js";
import type { UsableLot } from "./usableCells.js";

/** @throws AllocellError `dose.lot_mixing_not_allowed` */
function requireMixable({ product, lots }: ActiveOrder): void {
  const names = new Set(lots.map(({ lot }) => foldId(lot)));
  if (product.mayMixLots || names.size === 1) return;
  const message = `Whole containers of ${names.size} lots are ordered, and this product's lots must not be mixed.`;
  fail("dose.lot_mixing_not_allowed", "lots", message, { expected: "one lot", received: `${names.size} lots` });
}

/** What is given follows from the content: a concentration on the label that says another is told. */
function warnOfLabel(trace: Trace, { entry, labelDifference, order: { lot } }: UsableLot): void {
  if (labelDifference === undefined || compare(absolute(labelDifference), LABEL_TOLERANCE_PERCENT) <= 0) return;
  const received = `${hundredths(labelDifference)} %`;
  warnOnce(trace, [
    {
      code: "dose.label_values_inconsistent",
      path: `lots.${entry}`,
      message: `The concentration on the label of lot ${lot} differs from content / volume by ${received}. The content governs.`,
      expected: "a difference of at most 1 %",
      received,
      parameters: { lot },
    },
  ]);
}

const cellsOf = ({ chosen, volume }: EmptiedLot): Fraction => times(volume, chosen.lot.concentration);

function useOf({ chosen: { lot, containers }, volume }: EmptiedLot): ContainerUse {
  return {
    lot: lot.order.lot,
    entry: lot.entry,
    expiresOn: lot.order.expiresOn,
    containers,
    usablePerContainer: decimalText(lot.usable),
    concentrationPerMl: decimalText(lot.concentration),
    isMeasured: lot.order.measuredPerMl !== undefined,
    drawMl: decimalText(volume),
    draws: [{ containers, drawMl: lot.order.extractableMl }],
    delivered: decimalText(times(volume, lot.concentration)),
  };
}

/** The dose for each kilogram of what is given, in a step and for reading. */
function perKgOf(
  trace: Trace,
  { unitKind }: ResolvedDose,
  cells: Fraction,
  weight: Fraction | undefined,
): Pick<Delivered, "perKg"> {
  if (weight === undefined || unitKind === "cell-equivalents") return {};
  const unit = UNIT_KINDS[unitKind];
  const value = addStep(trace, "given-per-kg", { target: cells, w: weight }, { unit });
  return { perKg: shownRate(value, unitKind) };
}

/** Content is typed, and nothing but what is usual of a dose holds it: a slip of a power of ten is told here. */
function judgeGiven(trace: Trace, { unitKind }: ResolvedDose, cells: Fraction, weight: Fraction | undefined): void {
  const found = [
    ...judgeDose(cells, "flat", unitKind, "lots"),
    ...(weight === undefined ? [] : judgeDose(over(cells, weight), "per-kg", unitKind, "lots")),
  ];
  throwIfAny(found.filter(({ code }) => code === "dose.impossible_value"));
  warnOnce(trace, found);
}

/**
 * All containers of the order, emptied: what they hold is the target and the delivered dose, held against cap, range and
 * limits.
 *
 * y = n × extractable volume × concentration of each entry; target = Σ y. Nothing is rounded.
 *
 * @throws AllocellError `dose.lot_mixing_not_allowed` and those of {@link usableLots} and {@link findTarget}
 */
export function giveWhole(
  trace: Trace,
  active: ActiveOrder,
  dose: ResolvedDose,
  body: Body,
  preparedOn: string,
): { readonly found: FoundTarget; readonly drawn: FoundDraw } {
  const { unitKind } = dose;
  const unit = UNIT_KINDS[unitKind];
  requireMixable(active);
  const emptied = usableLots(trace, active, unitKind, preparedOn).map((lot): EmptiedLot => {
    const { containers, extractableMl } = lot.order;
    warnOfLabel(trace, lot);
    return { chosen: { lot, containers }, volume: times(readFraction(extractableMl), fraction(containers)) };
  });
  for (const each of emptied) {
    addConcentration(trace, {}, each.chosen, unit);
    addEmptied(trace, "emptied:whole", each, unit);
  }
  const parts = emptied.map(cellsOf);
  const given: Given = { parts, cells: parts.reduce(plus, ZERO) };
  const found = findTarget(trace, dose, body, given);
  judgeGiven(trace, dose, given.cells, body.weight);
  const drawMl = emptied.reduce((sum, { volume }) => plus(sum, volume), ZERO);
  const shown: Delivered = {
    drawMl: decimalText(drawMl),
    exactDrawMl: decimalText(drawMl),
    amount: shownCount(given.cells, unitKind),
    roundingErrorPercent: "0",
    isOneGraduationLess: false,
    isOneGraduationMore: false,
    ...perKgOf(trace, dose, given.cells, body.weight),
  };
  return { found, drawn: { drawMl, delivered: given.cells, containers: emptied.map(useOf), shown } };
}

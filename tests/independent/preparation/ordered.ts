import {
  compare,
  divided,
  isAbove,
  isBelow,
  isSame,
  minus,
  read,
  show,
  size,
  times,
  whole,
  write,
} from "./fraction.js";
import type { Fraction } from "./fraction.js";
import type { Band, Limit, Order, Range, Worksheet } from "./shape.js";

/** Ends in cells; undefined where none is stated. */
export interface Ends {
  readonly lowest: Fraction | undefined;
  readonly highest: Fraction | undefined;
}

export interface Ordered {
  readonly isPlacebo: boolean;
  readonly target: Fraction;
  readonly cap: Fraction | undefined;
  readonly range: Ends;
  readonly hard: Ends;
  readonly soft: Ends;
}

const isInBand = (band: Band, kg: Fraction): boolean => {
  if (band.above !== undefined) {
    const side = compare(kg, read(band.above.kg));
    if (side < 0 || (side === 0 && !band.above.included)) return false;
  }
  if (band.below !== undefined) {
    const side = compare(kg, read(band.below.kg));
    if (side > 0 || (side === 0 && !band.below.included)) return false;
  }
  return true;
};

/** Steps `target`, `cap`, `capped-per-kg` and `range`, and the tests of the dose before rounding. */
export const findOrdered = (order: Order, kg: Fraction | undefined, sheet: Worksheet): Ordered | undefined => {
  const { rule, levels, cap, range, hard, soft, besidePerKg } = order.dose;
  const { refusals, steps, warnings } = sheet;
  if (rule.unitKind === "cells") refusals.add("dose.count_basis_missing");
  const none: Ends = { lowest: undefined, highest: undefined };
  // What the package does for a placebo with a cap; the docs do not speak of one.
  if (cap !== undefined && cap.unitKind !== rule.unitKind) refusals.add("dose.cap_unit_differs");
  if (rule.kind === "placebo") {
    steps.push(["target", "0", "0"]);
    sheet.results["target"] = { uncapped: "0", amount: "0", isCapped: false };
    return { isPlacebo: true, target: whole(0), cap: undefined, range: none, hard: none, soft: none };
  }
  const isListed = levels.some(
    (level) =>
      level.kind === rule.kind && level.unitKind === rule.unitKind && isSame(read(level.amount), read(rule.amount)),
  );
  if (!isListed) refusals.add("dose.level_not_in_protocol");
  if (rule.kind === "per-kg" && rule.unitKind === "cell-equivalents") refusals.add("dose.unit_never_per_kg");

  const inCells = (limit: Limit | undefined): Fraction | undefined => {
    if (limit === undefined) return undefined;
    if (limit.kind === "flat") return read(limit.amount);
    if (kg === undefined) refusals.add("dose.weight_missing");
    return kg === undefined ? undefined : times(read(limit.amount), kg);
  };
  const endsOf = (ends: Range | undefined): Ends => ({
    lowest: inCells(ends?.minimum),
    highest: inCells(ends?.maximum),
  });

  const uncapped = inCells(rule);
  if (uncapped === undefined) return undefined;
  steps.push(["target", write(uncapped), write(uncapped)]);

  let target = uncapped;
  const most = cap === undefined ? undefined : read(cap.amount);
  const isCapped = most !== undefined && isAbove(uncapped, most);
  let cappedPerKg: string | undefined;
  if (most !== undefined) {
    if (isCapped) [target] = [most, warnings.push({ code: "dose.cap_applied" })];
    steps.push(["cap", write(target), write(target)]);
    if (isCapped && rule.kind === "per-kg" && kg !== undefined) {
      cappedPerKg = show(divided(most, kg));
      steps.push(["capped-per-kg", write(divided(most, kg)), cappedPerKg]);
    }
  }

  let allowed = none;
  if (range !== undefined) {
    let chosen: Range | undefined;
    if ("length" in range) {
      if (kg === undefined) refusals.add("dose.weight_missing");
      const holding = kg === undefined ? [] : range.filter((band) => isInBand(band, kg));
      if (kg !== undefined && holding.length !== 1) refusals.add("dose.weight_band");
      if (holding.length === 1) chosen = holding[0]?.range;
    } else chosen = range;
    allowed = endsOf(chosen);
    if (most !== undefined && allowed.lowest !== undefined && isAbove(allowed.lowest, most))
      refusals.add("dose.minimum_above_cap");
    if (isOutside(target, allowed)) refusals.add("dose.outside_range");
    steps.push(["range", write(target), write(target)]);
  }
  const hardEnds = endsOf(hard);
  if (isOutside(target, hardEnds)) refusals.add("dose.outside_hard_limit");
  if (most !== undefined && hardEnds.lowest !== undefined && isAbove(hardEnds.lowest, most))
    refusals.add("dose.minimum_above_cap");
  const softEnds = endsOf(soft);
  if (isOutside(target, softEnds)) warnings.push({ code: "dose.outside_soft_limit" });
  // The docs say "flat dose" and not whether before or after the cap; the package compares the capped one.
  if (besidePerKg !== undefined && kg === undefined) refusals.add("dose.weight_missing");
  if (besidePerKg !== undefined && kg !== undefined) {
    const beside = inCells({ kind: "per-kg", amount: besidePerKg });
    if (beside !== undefined && isAbove(size(divided(times(whole(100), minus(target, beside)), beside)), whole(10))) {
      warnings.push({ code: "dose.flat_differs_from_per_kg" });
    }
  }
  sheet.results["target"] = {
    uncapped: write(uncapped),
    amount: write(target),
    isCapped,
    cap: most && write(most),
    cappedPerKg,
  };
  sheet.results["range"] = range && {
    minimum: allowed.lowest && write(allowed.lowest),
    maximum: allowed.highest && write(allowed.highest),
  };
  return { isPlacebo: false, target, cap: most, range: allowed, hard: hardEnds, soft: softEnds };
};

export const isOutside = (dose: Fraction, ends: Ends): boolean =>
  (ends.lowest !== undefined && isBelow(dose, ends.lowest)) ||
  (ends.highest !== undefined && isAbove(dose, ends.highest));

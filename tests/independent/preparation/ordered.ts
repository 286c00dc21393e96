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
import type { Band, Limit, Limits, Order, Range, Worksheet } from "./shape.js";

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

/** By what a dose or a limit is multiplied. */
export interface Body {
  readonly kg: Fraction | undefined;
  readonly surface: Fraction | undefined;
}

const inCells = (limit: Limit | undefined, { kg, surface }: Body, refusals: Set<string>): Fraction | undefined => {
  if (limit === undefined) return undefined;
  if (limit.kind === "flat") return read(limit.amount);
  const factor = limit.kind === "per-kg" ? kg : surface;
  if (factor === undefined) refusals.add(limit.kind === "per-kg" ? "dose.weight_missing" : "dose.surface_missing");
  return factor === undefined ? undefined : times(read(limit.amount), factor);
};

const NONE: Ends = { lowest: undefined, highest: undefined };

/** Range, hard and soft limits of a target, with the step `range`. */
export const holdTarget = (
  { range, hard, soft }: Limits,
  target: Fraction,
  most: Fraction | undefined,
  body: Body,
  sheet: Worksheet,
): Pick<Ordered, "range" | "hard" | "soft"> => {
  const { refusals, steps, warnings } = sheet;
  const endsOf = (ends: Range | undefined): Ends => ({
    lowest: inCells(ends?.minimum, body, refusals),
    highest: inCells(ends?.maximum, body, refusals),
  });
  let allowed = NONE;
  if (range !== undefined) {
    let chosen: Range | undefined;
    if ("length" in range) {
      const { kg } = body;
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
  return { range: allowed, hard: hardEnds, soft: softEnds };
};

/** Steps `target`, `cap`, `capped-per-kg` and `range`, and the tests of the dose before rounding. */
export const findOrdered = (order: Order, body: Body, sheet: Worksheet): Ordered | undefined => {
  const { rule, levels, cap, range, besidePerKg } = order.dose;
  const { refusals, steps, warnings } = sheet;
  const { kg } = body;
  if (rule.unitKind === "cells") refusals.add("dose.count_basis_missing");
  // What the package does for a placebo with a cap; the docs do not speak of one.
  if (cap !== undefined && cap.unitKind !== rule.unitKind) refusals.add("dose.cap_unit_differs");
  if (rule.kind === "whole-containers") throw new Error("whole containers make their target themselves");
  if (!("amount" in rule)) {
    steps.push(["target", "0", "0"]);
    sheet.results["target"] = { uncapped: "0", amount: "0", isCapped: false };
    return { isPlacebo: true, target: whole(0), cap: undefined, range: NONE, hard: NONE, soft: NONE };
  }
  const isListed = levels.some(
    (level) =>
      level.kind === rule.kind && level.unitKind === rule.unitKind && isSame(read(level.amount), read(rule.amount)),
  );
  if (!isListed) refusals.add("dose.level_not_in_protocol");
  if (rule.kind !== "flat" && rule.unitKind === "cell-equivalents") refusals.add("dose.unit_never_per_kg");

  const uncapped = inCells(rule, body, refusals);
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

  const held = holdTarget(order.dose, target, most, body, sheet);
  // The docs say "flat dose" and not whether before or after the cap; the package compares the capped one.
  if (besidePerKg !== undefined && kg === undefined) refusals.add("dose.weight_missing");
  if (besidePerKg !== undefined && kg !== undefined) {
    const beside = inCells({ kind: "per-kg", amount: besidePerKg }, body, refusals);
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
    minimum: held.range.lowest && write(held.range.lowest),
    maximum: held.range.highest && write(held.range.highest),
  };
  return { isPlacebo: false, target, cap: most, ...held };
};

export const isOutside = (dose: Fraction, ends: Ends): boolean =>
  (ends.lowest !== undefined && isBelow(dose, ends.lowest)) ||
  (ends.highest !== undefined && isAbove(dose, ends.highest));

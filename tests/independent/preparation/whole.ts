import { divided, isAbove, read, show, sumOf, times, whole, write } from "./fraction.js";
import { readEntries } from "./entries.js";
import { holdTarget } from "./ordered.js";
import type { Body, Ordered } from "./ordered.js";
import type { Order, Worksheet } from "./shape.js";
import type { Drawn } from "./syringe.js";

/** "Whole containers": everything is given, and what it holds is the target. Undefined where something is missing. */
export const giveWhole = (
  order: Order,
  body: Body,
  sheet: Worksheet,
): { readonly ordered: Ordered; readonly drawn: Drawn } | undefined => {
  const { dose, product, lots } = order;
  const { refusals, steps } = sheet;
  const { cap, range, hard } = dose;
  const { unitKind } = dose.rule;
  if (unitKind === "cells") refusals.add("dose.count_basis_missing");
  if (cap !== undefined && cap.unitKind !== unitKind) refusals.add("dose.cap_unit_differs");
  if (range === undefined && hard === undefined) refusals.add("dose.range_missing");
  if (order.draw !== undefined) refusals.add("dose.draw_with_whole_containers");
  if (product === undefined || lots === undefined) {
    refusals.add("dose.product_missing");
    return undefined;
  }
  if (!product.mayMixLots && new Set(lots.map(({ lot }) => lot)).size > 1) refusals.add("dose.lot_mixing_not_allowed");
  const entries = readEntries(order, unitKind, "all of it", sheet);
  const each = entries.map(({ atHand, extractable }) => ({
    volume: times(whole(atHand), extractable),
    count: atHand,
  }));
  const cells = entries.map(({ concentration }, place) => times(each[place]?.volume ?? whole(0), concentration));
  entries.forEach(({ concentration }, place) => {
    const emptied = write(cells[place] ?? whole(0));
    steps.push(["concentration", write(concentration), write(concentration)], ["emptied", emptied, emptied]);
  });
  const target = sumOf(cells);
  steps.push(["target", write(target), write(target)]);
  const most = cap === undefined ? undefined : read(cap.amount);
  if (most !== undefined && isAbove(target, most)) refusals.add("dose.whole_above_cap");
  const held = holdTarget(dose, target, most, body, sheet);
  const perKg = body.kg === undefined || unitKind === "cell-equivalents" ? undefined : divided(target, body.kg);
  if (perKg !== undefined) steps.push(["given-per-kg", write(perKg), show(perKg)]);
  const volume = sumOf(each.map((one) => one.volume));
  sheet.results["target"] = {
    uncapped: write(target),
    amount: write(target),
    isCapped: false,
    cap: most && write(most),
  };
  sheet.results["range"] = range && {
    minimum: held.range.lowest && write(held.range.lowest),
    maximum: held.range.highest && write(held.range.highest),
  };
  sheet.results["rules"] = [];
  sheet.results["containers"] = entries.map((entry, place) => ({
    lot: entry.lot,
    entry: entry.place,
    expiresOn: entry.expiresOn,
    containers: entry.atHand,
    usablePerContainer: write(entry.usable),
    concentrationPerMl: write(entry.concentration),
    isMeasured: entry.isMeasured,
    drawMl: write(each[place]?.volume ?? whole(0)),
    draws: [{ containers: entry.atHand, drawMl: write(entry.extractable) }],
    delivered: write(cells[place] ?? whole(0)),
  }));
  sheet.results["delivered"] = {
    drawMl: write(volume),
    exactDrawMl: write(volume),
    amount: write(target),
    roundingErrorPercent: "0",
    isOneGraduationLess: false,
    isOneGraduationMore: false,
    perKg: perKg && show(perKg),
  };
  const taken = entries.map((entry) => ({ entry, count: entry.atHand }));
  return {
    ordered: { isPlacebo: false, target, cap: most, ...held },
    drawn: { volume, delivered: target, taken, each },
  };
};

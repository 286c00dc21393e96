import { fillBag } from "./bag.js";
import { administrationDay, weigh } from "./dosingWeight.js";
import { lookAtEnds } from "./ends.js";
import type { Weighed } from "./dosingWeight.js";
import type { Fraction } from "./fraction.js";
import { findOrdered } from "./ordered.js";
import type { Ordered } from "./ordered.js";
import { lookAtValues } from "./plausible.js";
import type { Labelled } from "./plausible.js";
import type { Order, Warning, Worksheet } from "./shape.js";
import { findSurface } from "./surface.js";
import { giveWhole } from "./whole.js";
import { fillSyringe } from "./syringe.js";
import type { Drawn } from "./syringe.js";

/** A worksheet with the exact values, from which the orders at the edges are made. */
export interface Computed {
  readonly sheet: Worksheet;
  readonly weighed: Weighed | undefined;
  readonly ordered: Ordered | undefined;
  readonly surface: Fraction | undefined;
  readonly drawn: Drawn | undefined;
  readonly minutes: Fraction | undefined;
  /** The docs leave the choice of containers open. */
  readonly isTied: boolean;
}

/** "Dates, decisions, assumptions", as far as an order without a trial has them. */
const lookAtDates = (order: Order, { refusals, warnings }: Worksheet): void => {
  const day = administrationDay(order);
  const { window, plannedOn } = order.identification ?? {};
  const isOutsideOf = (one: string): boolean => window !== undefined && (one < window.from || one > window.to);
  if (window !== undefined && window.from > window.to) refusals.add("dose.preparation_invalid");
  if (isOutsideOf(day)) warnings.push({ code: "calendar.outside_window" });
  if (plannedOn !== undefined && (window === undefined ? plannedOn !== day : isOutsideOf(plannedOn)))
    warnings.push({ code: "calendar.planned_day_differs" });
  if ([0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) warnings.push({ code: "calendar.weekend" });
};

/** The warnings that somebody accepted: each override one, by its code, and by its path where it states one. */
const acceptedOf = (order: Order, { refusals, warnings }: Worksheet): ReadonlySet<Warning> => {
  const accepted = new Set<Warning>();
  for (const { code, path } of order.overrides ?? []) {
    const meant = warnings.filter((one) => one.code === code && (path === undefined || one.path === path));
    if (meant.length === 0) refusals.add("dose.override_without_warning");
    if (meant.length > 1) refusals.add("dose.override_ambiguous");
    for (const one of meant) accepted.add(one);
  }
  return accepted;
};

/** The whole chain of docs/preparation.md, a second time. */
export const compute = (
  order: Order,
  before: { readonly refusals: readonly string[]; readonly warnings: readonly Warning[] } = {
    refusals: [],
    warnings: [],
  },
  label?: Labelled,
): Computed => {
  const sheet: Worksheet = {
    refusals: new Set(before.refusals),
    warnings: [...before.warnings],
    steps: [],
    results: {},
  };
  lookAtEnds(order, sheet);
  lookAtDates(order, sheet);
  const weighed = weigh(order, sheet);
  const body = { kg: weighed?.dosing, surface: findSurface(order, weighed?.dosing, sheet) };
  const isWhole = order.dose.rule.kind === "whole-containers";
  const ofWhole = isWhole ? giveWhole(order, body, sheet) : undefined;
  const ordered = isWhole ? ofWhole?.ordered : findOrdered(order, body, sheet);
  const { dose, product, lots, draw } = order;
  let drawn: Drawn | undefined;
  let minutes: Fraction | undefined;
  let isTied = false;
  if (dose.rule.kind === "placebo") {
    if (product !== undefined || lots !== undefined || draw !== undefined)
      sheet.refusals.add("dose.placebo_with_product");
    minutes = fillBag(order, undefined, weighed, sheet);
  } else if (isWhole) {
    drawn = ofWhole?.drawn;
    if (drawn !== undefined) minutes = fillBag(order, drawn, weighed, sheet);
  } else if (ordered !== undefined) {
    const filled = fillSyringe(order, ordered, sheet);
    isTied = filled === "tied";
    if (filled !== undefined && filled !== "tied") {
      drawn = filled;
      minutes = fillBag(order, drawn, weighed, sheet);
    }
  } else if (product === undefined || lots === undefined || draw === undefined)
    sheet.refusals.add("dose.product_missing");

  lookAtValues(order, sheet, weighed, { drawn, minutes, surface: body.surface }, label);
  sheet.results["isReady"] = acceptedOf(order, sheet).size === sheet.warnings.length;
  return { sheet, weighed, ordered, surface: body.surface, drawn, minutes, isTied };
};

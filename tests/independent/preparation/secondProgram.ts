import { fillBag } from "./bag.js";
import { weigh } from "./dosingWeight.js";
import type { Weighed } from "./dosingWeight.js";
import type { Fraction } from "./fraction.js";
import { findOrdered } from "./ordered.js";
import type { Ordered } from "./ordered.js";
import type { Order, Worksheet } from "./shape.js";
import { fillSyringe } from "./syringe.js";
import type { Drawn } from "./syringe.js";

/** A worksheet with the exact values, from which the orders at the edges are made. */
export interface Reckoned {
  readonly sheet: Worksheet;
  readonly weighed: Weighed | undefined;
  readonly ordered: Ordered | undefined;
  readonly drawn: Drawn | undefined;
  readonly minutes: Fraction | undefined;
  /** The docs leave the choice of containers open. */
  readonly isTied: boolean;
}

/** The whole chain of docs/preparation.md, a second time. */
export const reckon = (order: Order): Reckoned => {
  const sheet: Worksheet = { refusals: new Set(), warnings: [], steps: [], results: {} };
  const weighed = weigh(order, sheet);
  const ordered = findOrdered(order, weighed?.dosing, sheet);
  const { dose, product, lots, draw } = order;
  let drawn: Drawn | undefined;
  let minutes: Fraction | undefined;
  let isTied = false;
  if (dose.rule.kind === "placebo") {
    if (product !== undefined || lots !== undefined || draw !== undefined)
      sheet.refusals.add("dose.placebo_with_product");
    minutes = fillBag(order, undefined, weighed, sheet);
  } else if (ordered !== undefined) {
    const filled = fillSyringe(order, ordered, sheet);
    isTied = filled === "tied";
    if (filled !== undefined && filled !== "tied") {
      drawn = filled;
      minutes = fillBag(order, drawn, weighed, sheet);
    }
  } else if (product === undefined || lots === undefined || draw === undefined)
    sheet.refusals.add("dose.product_missing");

  for (const override of order.overrides ?? []) {
    if (!sheet.warnings.includes(override.code)) sheet.refusals.add("dose.override_without_warning");
  }
  const accepted = new Set((order.overrides ?? []).map(({ code }) => code));
  sheet.results["isReady"] = sheet.warnings.every((code) => accepted.has(code));
  return { sheet, weighed, ordered, drawn, minutes, isTied };
};

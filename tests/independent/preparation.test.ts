// Double programming: a second program, written from docs/preparation.md and docs/dosing.md alone, prepares every
// order too. ALLOCELL_PREPARATION_ORDERS says how many. It uses fractions of whole numbers, and nothing of the package.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ask } from "./preparation/ask.js";
import { orders } from "./preparation/orders.js";
import { reckon } from "./preparation/secondProgram.js";

const PLACEBO = {
  rules: [],
  containers: [],
  delivered: { drawMl: "0", exactDrawMl: "0", amount: "0", roundingErrorPercent: "0", isOneGraduationLess: false },
};

/** Refusals, warnings and results that 20,000 orders must reach, each refusal as the only one that applies. */
const REACHED = [
  "prepared",
  "quantity.weight_out_of_range",
  ...[
    "arm_volumes_differ cap_applied cap_unit_differs clock_invalid concentration_outside_range containers_short",
    "conversion_missing count_basis_conflict count_basis_missing day_totals_missing delivered_above_limit",
    "descriptor_input_missing descriptor_not_applicable diluent_negative dmso_above_limit dmso_limit_loosened",
    "draw_above_available draw_zero endotoxin_above_limit expires_before_end extractable_above_fill",
    "flat_differs_from_per_kg fraction_invalid governing_rule_missing label_values_inconsistent",
    "level_not_in_protocol long_infusion lot_mixing_not_allowed lot_not_released outside_hard_limit outside_range",
    "outside_soft_limit overfill_high override_without_warning product_missing purity_twice rate_and_minutes",
    "rate_outside_limits residual_below_dead_volume rounding_error_high unit_never_per_kg viability_below_expected",
    "viability_twice waste_high weighed_after_preparation weight_band weight_changed weight_missing",
    "weight_outside_stated_range weight_too_old",
  ]
    .join(" ")
    .split(" ")
    .map((reason) => `dose.${reason}`),
];

const runs = Number(process.env["ALLOCELL_PREPARATION_ORDERS"] ?? "5000");

describe("double programming of prepare", () => {
  it(
    `gives the same preparation, or refuses for the same documented reason, for ${runs} random orders`,
    { timeout: 1_800_000 },
    () => {
      const seen = new Map<string, number>();
      const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
      fc.assert(
        fc.property(orders, (order) => {
          const second = reckon(order);
          const first = ask(order);
          if (second.isTied) {
            count("tied");
            return;
          }
          const { refusals, results, warnings, steps } = second.sheet;
          if ("code" in first && refusals.size > 0) {
            // The docs name no order among several errors, so any one of those that apply is right.
            expect([...refusals]).toContain(first["code"]);
            count(refusals.size === 1 ? String(first["code"]) : "several reasons");
            return;
          }
          expect(first).toEqual({
            ...(refusals.size > 0 ? { code: [...refusals].join(" or ") } : {}),
            ...(order.dose.rule.kind === "placebo" ? PLACEBO : {}),
            ...results,
            warnings: [...warnings].sort(),
            steps,
          });
          count("prepared");
          for (const code of new Set(warnings)) count(code);
        }),
        { numRuns: runs, endOnFailure: false },
      );
      // The orders must go on reaching the edges, or the comparison says nothing.
      if (runs >= 20_000) expect(REACHED.filter((what) => !seen.has(what))).toEqual([]);
    },
  );
});

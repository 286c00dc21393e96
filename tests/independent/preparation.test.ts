// Double programming: a second program, written from docs/preparation.md and docs/dosing.md alone, prepares every
// order too. ALLOCELL_PREPARATION_ORDERS says how many. It uses fractions of whole numbers, and nothing of the package.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ask } from "./preparation/ask.js";
import { isOutside } from "./preparation/ordered.js";
import { orders } from "./preparation/orders.js";
import { productOrders } from "./preparation/productOrders.js";
import { products, computeProduct } from "./preparation/products.js";
import type { ProductOrder } from "./preparation/products.js";
import { compute } from "./preparation/secondProgram.js";
import type { Computed } from "./preparation/secondProgram.js";
import { computeSeveral } from "./preparation/several.js";
import type { Order, OrderOfSeveral } from "./preparation/shape.js";
import { severalOrders, wholeOrders } from "./preparation/ways.js";

const PLACEBO = {
  rules: [],
  containers: [],
  delivered: {
    drawMl: "0",
    exactDrawMl: "0",
    amount: "0",
    roundingErrorPercent: "0",
    isOneGraduationLess: false,
    isOneGraduationMore: false,
  },
};

/** Refusals, warnings and results that 20,000 orders must reach, each refusal as the only one that applies. */
const REACHED = [
  "prepared",
  "quantity.weight_out_of_range",
  "calendar.outside_window",
  "calendar.weekend",
  "calendar.planned_day_differs",
  ...[
    "arm_volumes_differ cap_applied cap_unit_differs clock_invalid concentration_outside_range containers_short",
    "conversion_missing count_basis_conflict count_basis_missing day_totals_missing delivered_above_limit delivered_below_limit",
    "descriptor_input_missing descriptor_not_applicable diluent_negative dmso_above_limit dmso_limit_loosened",
    "draw_above_available draw_zero endotoxin_above_limit expires_before_end extractable_above_fill",
    "flat_differs_from_per_kg impossible_value unlikely_value governing_rule_missing label_values_inconsistent",
    "level_not_in_protocol long_infusion lot_mixing_not_allowed lot_not_released outside_hard_limit outside_range",
    "outside_soft_limit override_without_warning product_missing purity_twice rate_and_minutes",
    "rate_outside_limits residual_below_dead_volume rounding_error_high unit_never_per_kg viability_below_expected",
    "viability_twice waste_high weighed_after_preparation weight_band weight_changed weight_missing",
    "weight_outside_stated_range weight_too_old reference_after_weighing measured_above_label long_hold",
    "override_ambiguous preparation_invalid label_concentration_missing height_implausible",
    "viabilities_differ viability_below_minimum nothing_drawn_from_lot surface_missing",
  ]
    .join(" ")
    .split(" ")
    .map((reason) => `dose.${reason}`),
];

const has = (sheet: Computed["sheet"], code: string): boolean => sheet.warnings.some((one) => one.code === code);

/** Orders on the quiet side of a rule, or where it acts without a code, which must be reached too. */
const QUIET: Readonly<Record<string, (order: Order, made: Computed) => boolean>> = {
  "earlier lots emptied": (_order, { sheet }) => sheet.steps.some(([id]) => id === "emptied"),
  "two earlier entries emptied": (_order, { sheet }) => sheet.steps.filter(([id]) => id === "emptied").length > 1,
  "reference weight of the day of the weighing": ({ weight }) =>
    weight?.reweigh?.referenceWeighedOn === weight?.weighedOn && weight?.reweigh !== undefined,
  "measured at or under the label": ({ lots }, { sheet }) =>
    lots?.some(({ measuredPerMl }) => measuredPerMl !== undefined) === true &&
    !sheet.warnings.some(({ code }) => code === "dose.measured_above_label"),
  "soft limits left by rounding alone": (_order, { sheet, ordered }) =>
    ordered !== undefined &&
    !isOutside(ordered.target, ordered.soft) &&
    sheet.warnings.some(({ code }) => code === "dose.outside_soft_limit"),
  "soft limits kept": ({ dose }, { sheet }) =>
    dose.soft !== undefined && !sheet.warnings.some(({ code }) => code === "dose.outside_soft_limit"),
  "day totals of a placebo": ({ dose }, { sheet }) =>
    dose.rule.kind === "placebo" && sheet.results["dayTotals"] !== undefined,
  "day totals of a product without DMSO": ({ product }, { sheet }) =>
    product !== undefined && product.dmso === undefined && sheet.steps.some(([id]) => id === "dmso"),
  "day totals of a product without endotoxin": ({ product }, { sheet }) =>
    product !== undefined && product.endotoxinEuPerMl === undefined && sheet.steps.some(([id]) => id === "endotoxin"),
  "nothing that day": ({ dayTotals }, { sheet }) => dayTotals !== undefined && sheet.results["dayTotals"] === undefined,
  "thawed on the day after": ({ clock, preparedOn }) => clock !== undefined && clock.thawedAt.slice(0, 10) > preparedOn,
  "held for as long as stated, or less": ({ clock }, { sheet }) =>
    clock?.longHoldMinutes !== undefined && !sheet.warnings.some(({ code }) => code === "dose.long_hold"),
  "inside the window": ({ identification }, { sheet }) =>
    identification !== undefined && !sheet.warnings.some(({ code }) => code === "calendar.outside_window"),
  "prepared on a Friday, given on a Saturday": ({ preparedOn, clock }) =>
    preparedOn === "2026-02-27" && clock?.startAt.startsWith("2026-02-28") === true,
  "weight as old as allowed on the day after": ({ weight, clock, preparedOn }, { sheet }) =>
    clock !== undefined &&
    clock.startAt.slice(0, 10) > preparedOn &&
    weight?.maximumAgeDays === (Date.parse(clock.startAt.slice(0, 10)) - Date.parse(weight?.weighedOn ?? "")) / 864e5 &&
    !has(sheet, "dose.weight_too_old"),
  "adult of 30 or 250 kg": ({ weight, participant }, { sheet }) =>
    participant?.ageYears === "18" &&
    ["30", "250"].includes(weight?.weightKg ?? "") &&
    !sheet.warnings.some(({ path }) => path === "weight.weightKg"),
  "child of few kilograms": ({ weight, participant }) =>
    participant?.ageYears === "17.99" && Number(weight?.weightKg) < 30,
  "least height of a formula": ({ weight, participant }) =>
    weight?.descriptor !== "actual" && participant?.heightCm === "120",
  "greatest height of a formula": ({ weight, participant }) =>
    weight?.descriptor !== "actual" && participant?.heightCm === "250",
  "height beside an actual weight": ({ weight, participant }) =>
    weight?.descriptor === "actual" && participant?.heightCm === "50",
  "viability as tested": ({ lots }) =>
    lots?.some(
      ({ viability, testedViability }) => viability !== undefined && viability === testedViability?.fraction,
    ) === true,
  "two viabilities of one lot below the expected": (_order, { sheet: { warnings } }) => {
    const below = warnings.flatMap(({ code, path }) => (code === "dose.viability_below_expected" ? [path ?? ""] : []));
    return below.some((path) => below.includes(path.replace("viability", "testedViability.fraction")));
  },
  "planned for the day": ({ identification }, { sheet }) =>
    identification?.plannedOn !== undefined &&
    identification.window === undefined &&
    !has(sheet, "calendar.planned_day_differs"),
  "planned for another day of the window": ({ identification, preparedOn, clock }, { sheet }) =>
    identification?.window !== undefined &&
    ![undefined, preparedOn, clock?.startAt.slice(0, 10)].includes(identification.plannedOn) &&
    !has(sheet, "calendar.planned_day_differs"),
  "a least and a greatest of one value": ({ dose: { hard, soft } }) =>
    [hard, soft].some((ends) => ends?.minimum !== undefined && ends.minimum.amount === ends.maximum?.amount),
  "ends of two kinds": ({ dose }) =>
    dose.hard?.minimum?.kind === "flat" &&
    dose.hard.maximum?.kind === "per-kg" &&
    Number(dose.hard.minimum.amount) > Number(dose.hard.maximum.amount),
  ...Object.fromEntries(
    ["mosteller", "du-bois", "haycock"].map((formula) => [
      `dose per m² by ${formula}`,
      ({ dose }: Order) => dose.rule.kind === "per-m2" && dose.surface?.formula === formula,
    ]),
  ),
  "diluent of several containers": ({ infusion }, { drawn }) =>
    infusion.diluentPerContainerMl !== undefined && (drawn?.taken[0]?.count ?? 0) > 1,
  "several warnings of one code, each accepted": ({ overrides }, { sheet }) =>
    sheet.results["isReady"] === true && overrides?.some(({ path }) => path !== undefined) === true,
  "not all warnings accepted": ({ overrides }, { sheet }) =>
    overrides !== undefined && overrides.length > 0 && sheet.results["isReady"] === false,
};

const REACHED_BY_PRODUCTS = [
  ...Object.entries(products).flatMap(([id, { facts }]) => [
    `${id} as labelled`,
    ...(facts.length > 0 ? [`${id} unlike its label`] : []),
  ]),
  "target of the product",
  ...[
    "actual_concentration_missing count_basis_conflict count_basis_missing descriptor_differs differs_from_label",
    "level_not_in_protocol maximum_missing outside_range product_name_differs product_unknown",
    "regimen_needed rule_missing cap_applied override_ambiguous",
  ]
    .join(" ")
    .split(" ")
    .map((reason) => `dose.${reason}`),
];

/** What orders of whole containers and of several components must reach. */
const REACHED_BY_WAYS: Readonly<Record<"whole containers" | "several components", string>> = {
  "whole containers":
    "prepared whole_above_cap outside_range outside_hard_limit outside_soft_limit range_missing lot_mixing_not_allowed draw_with_whole_containers label_values_inconsistent unlikely_value",
  "several components":
    "prepared whole_above_cap outside_range outside_hard_limit outside_soft_limit clock_invalid lot_in_two_components preparation_invalid count_basis_conflict range_missing",
};

const runs = Number(process.env["ALLOCELL_PREPARATION_ORDERS"] ?? "5000");
/** Fewer: the products' rules are few, and are reached soon. */
const productRuns = Math.ceil(runs / 5);

/** Several components are several orders, and take their time. */
const wayRuns = { "whole containers": Math.ceil(runs / 20), "several components": Math.ceil(runs / 50) };

/** Compares one order, and says what it reached. */
const compareOne = (
  order: Order | OrderOfSeveral | ProductOrder,
  second: Computed,
  count: (what: string) => void,
): boolean => {
  const first = ask(order);
  if (second.isTied) {
    count("tied");
    return false;
  }
  const { refusals, results, warnings, steps } = second.sheet;
  if ("code" in first && refusals.size > 0) {
    // The docs name no order among several errors, so any one of those that apply is right.
    expect([...refusals]).toContain(first["code"]);
    count(refusals.size === 1 ? String(first["code"]) : "several reasons");
    return false;
  }
  expect(first).toEqual({
    ...(refusals.size > 0 ? { code: [...refusals].join(" or ") } : {}),
    ...("rule" in order.dose && order.dose.rule.kind === "placebo" ? PLACEBO : {}),
    ...results,
    warnings: warnings.map(({ code, path }) => (path === undefined ? code : `${code} ${path}`)).sort(),
    steps,
  });
  count("prepared");
  for (const code of new Set(warnings.map((one) => one.code))) count(code);
  return true;
};

describe(
  "double programming of prepare",
  {
    tags: [
      "DOSE-001",
      "DOSE-003",
      "DOSE-004",
      "DOSE-005",
      "DOSE-008",
      "DOSE-009",
      "PREP-001",
      "PREP-002",
      "PREP-003",
      "PREP-004",
      "PREP-008",
      "PREP-009",
      "PREP-011",
      "PROD-001",
    ],
  },
  () => {
    it(
      `gives the same preparation, or refuses for the same documented reason, for ${runs} random orders`,
      { timeout: 1_800_000 },
      () => {
        const seen = new Map<string, number>();
        const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
        fc.assert(
          fc.property(orders, (order) => {
            const second = compute(order);
            if (!compareOne(order, second, count)) return;
            for (const [name, is] of Object.entries(QUIET)) if (is(order, second)) count(name);
          }),
          { numRuns: runs, endOnFailure: false },
        );
        if (process.env["SHOW"] !== undefined) console.log([...seen].sort((a, b) => a[1] - b[1]));
        // The orders must go on reaching the edges, or the comparison says nothing.
        if (runs >= 20_000) expect([...REACHED, ...Object.keys(QUIET)].filter((what) => !seen.has(what))).toEqual([]);
      },
    );

    it.each([
      ["whole containers", wholeOrders, compute],
      ["several components", severalOrders, (order: Order | OrderOfSeveral) => computeSeveral(order as OrderOfSeveral)],
    ] as const)("gives the same of %s", { timeout: 1_800_000 }, (what, orders, second) => {
      const seen = new Map<string, number>();
      const count = (one: string): void => void seen.set(one, (seen.get(one) ?? 0) + 1);
      fc.assert(
        fc.property(
          orders as fc.Arbitrary<Order | OrderOfSeveral>,
          (order) => void compareOne(order, second(order), count),
        ),
        { numRuns: wayRuns[what], endOnFailure: false },
      );
      if (process.env["SHOW"] !== undefined) console.log([...seen].sort((a, b) => a[1] - b[1]));
      const [prepared = "", ...reasons] = REACHED_BY_WAYS[what].split(" ");
      const missed = [prepared, ...reasons.map((reason) => `dose.${reason}`)].filter((one) => !seen.has(one));
      if (runs >= 100_000) expect(missed).toEqual([]);
    });

    it(
      `takes each licensed product by what its sources state, for ${productRuns} random orders`,
      { timeout: 1_800_000 },
      () => {
        const seen = new Map<string, number>();
        const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
        fc.assert(
          fc.property(productOrders, (order) => {
            const second = computeProduct(order);
            if (!compareOne(order, second, count)) return;
            const { dose } = order;
            count(dose.product);
            const isAsLabelled = !second.sheet.warnings.some(({ code }) => code === "dose.differs_from_label");
            count(`${dose.product} ${isAsLabelled ? "as labelled" : "unlike its label"}`);
            if (dose.rule === undefined) count("target of the product");
          }),
          { numRuns: productRuns, endOnFailure: false },
        );
        if (process.env["SHOW"] !== undefined) console.log([...seen].sort((a, b) => a[1] - b[1]));
        if (productRuns >= 5_000) expect(REACHED_BY_PRODUCTS.filter((what) => !seen.has(what))).toEqual([]);
      },
    );
  },
);

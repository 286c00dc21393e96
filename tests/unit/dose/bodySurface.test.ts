// Dose per m²: the body surface by Mosteller, Du Bois and Haycock, rounded at one place, with a line to be worked again.
import { readFileSync } from "node:fs";
import { Decimal } from "decimal.js";
import { describe, expect, it } from "vitest";
import { prepare, type PreparationOrder, type ProtocolDoseOrder } from "../../../src/dose/index.js";
import type { SurfaceFormula } from "../../../src/trial/index.js";
import { issueOf } from "../../support/issueOf.js";
import { lot, order, weighed } from "./preparationOrders.js";

const unitKind = "viable-cells" as const;
const FORMULAS: readonly SurfaceFormula[] = ["mosteller", "du-bois", "haycock"];
const perM2 = (
  formula: SurfaceFormula,
  roundedToM2 = "0.01",
  more: Partial<ProtocolDoseOrder> = {},
): ProtocolDoseOrder => {
  const rule = { kind: "per-m2", amount: "10000000", unitKind } as const;
  return { from: "protocol", rule, levels: [rule], source: "protocol", surface: { formula, roundedToM2 }, ...more };
};
const ordered = (kg: string, heightCm: string, dose: ProtocolDoseOrder, change: Partial<PreparationOrder> = {}) =>
  order({ weight: weighed(kg), participant: { heightCm }, dose, lots: [lot({ containers: 20 })], ...change });
const surfaceOf = (kg: string, cm: string, formula: SurfaceFormula, step = "0.01"): string | undefined =>
  prepare(ordered(kg, cm, perM2(formula, step))).surface?.m2;

/** The line as it is printed, worked out by another program's arithmetic: numbers, √( ), ×, / and ^. */
function workedOut(line: string): Decimal {
  const D = Decimal.clone({ precision: 50 });
  const [, inner] = /^√\((.*)\)$/u.exec(line) ?? [];
  const [product = "", divisor = "1"] = (inner ?? line).split(" / ");
  const value = product
    .split(" × ")
    .map((factor) => factor.split("^"))
    .reduce((all, [base = "", exponent = "1"]) => all.times(new D(base).pow(exponent)), new D(1))
    .dividedBy(divisor);
  return inner === undefined ? value : value.sqrt();
}

describe("the body surface", { tags: ["DOSE-009"] }, () => {
  // As the formulas of admiral's compute_bsa give them for 75 kg and 170 cm, and by hand for a child and an infant.
  it.each([
    ["mosteller", "75", "170", "1.88"],
    ["du-bois", "75", "170", "1.86"],
    ["haycock", "75", "170", "1.89"],
    ["mosteller", "80", "180", "2"],
    ["mosteller", "26", "128", "0.96"],
    ["du-bois", "26", "128", "0.97"],
    ["haycock", "26", "128", "0.96"],
    ["mosteller", "3.5", "50", "0.22"],
    ["du-bois", "3.5", "50", "0.21"],
    ["haycock", "3.5", "50", "0.22"],
  ] as const)("by %s of %s kg and %s cm is %s m²", (formula, kg, cm, m2) => {
    expect(surfaceOf(kg, cm, formula)).toBe(m2);
  });

  it("is rounded half-up at the very half: √(144.7209 × 100 / 3600) = 2.005", () => {
    expect(surfaceOf("144.7209", "100", "mosteller")).toBe("2.01");
    expect(surfaceOf("144.7208", "100", "mosteller")).toBe("2");
    expect(surfaceOf("80", "180", "mosteller", "0.1")).toBe("2");
    expect(surfaceOf("75", "170", "mosteller", "0.001")).toBe("1.882");
  });

  it.each(FORMULAS)("by %s has a line that can be worked out from what is printed", (formula) => {
    for (const [kg, cm] of [
      ["2.8", "48"],
      ["9.75", "74.5"],
      ["26", "128"],
      ["72.4", "171.5"],
      ["149.9", "203"],
    ] as const) {
      const step = prepare(ordered(kg, cm, perM2(formula, "0.001"))).steps.find(({ id }) => id === "surface")!;
      expect(step.inputs.map(({ value, unit }) => `${value} ${unit}`)).toEqual([`${kg} kg`, `${cm} cm`]);
      for (const { value } of step.inputs) expect(step.worked).toContain(value);
      const value = workedOut(step.worked.split(" = ")[0]!);
      expect(new Decimal(step.exact).toFixed(10)).toBe(value.toFixed(10));
      expect(step.result).toEqual({ value: value.toDecimalPlaces(3, Decimal.ROUND_HALF_UP).toFixed(), unit: "m²" });
      expect(step.rounding).toBe("half-up to 0.001 m²");
    }
  });
});

describe("a dose per m²", { tags: ["DOSE-009"] }, () => {
  it("is the dose times the rounded surface, with the step before it", () => {
    const made = prepare(ordered("75", "170", perM2("mosteller")));
    expect(made.surface).toEqual({ formula: "mosteller", m2: "1.88" });
    expect(made.target.amount.amount).toBe("18800000");
    expect(made.steps.slice(0, 3).map(({ id }) => id)).toEqual(["weight", "surface", "target"]);
    expect(made.steps[2]?.worked).toBe("10,000,000 × 1.88 = 18,800,000 viable cells");
    expect(made.warnings.map(({ code }) => code)).toEqual(["dose.rounding_error_high"]);
  });

  it("takes limits per m², whatever the dose is", () => {
    const ends = (amount: string) => ({ maximum: { kind: "per-m2", amount } }) as const;
    const flat = { kind: "flat", amount: "20000000", unitKind } as const;
    const make = (hard: string, more: Partial<ProtocolDoseOrder> = {}) =>
      prepare(ordered("80", "180", perM2("mosteller", "0.01", { hard: ends(hard), ...more })));
    expect(make("10000000").isReady).toBe(true);
    expect(issueOf(() => make("9999999")).code).toBe("dose.outside_hard_limit");
    expect(issueOf(() => make("9999999", { rule: flat, levels: [flat] })).code).toBe("dose.outside_hard_limit");
    expect(make("30000000", { soft: ends("9999999") }).warnings).toMatchObject([{ code: "dose.outside_soft_limit" }]);
    expect(issueOf(() => make("30000000", { range: ends("9999999") })).code).toBe("dose.outside_range");
  });

  it("needs formula, rounding, height and weight; a formula for adults is not asked for", () => {
    const dose = perM2("haycock");
    const unnamed = Object.fromEntries(Object.entries(dose).filter(([key]) => key !== "surface")) as never;
    const missing = { code: "dose.surface_missing" };
    expect(issueOf(() => prepare(ordered("26", "128", unnamed)))).toMatchObject({ ...missing, path: "dose.surface" });
    expect(issueOf(() => prepare(ordered("26", "128", dose, { participant: {} })))).toMatchObject({
      ...missing,
      path: "participant.heightCm",
    });
    const { weight, ...unweighed } = ordered("26", "128", dose);
    expect(weight).toBeDefined();
    expect(issueOf(() => prepare(unweighed)).code).toBe("dose.weight_missing");
    const wrong = { ...dose, surface: { formula: "boyd", roundedToM2: "0.01" } } as never;
    expect(issueOf(() => prepare(ordered("26", "128", wrong))).path).toBe("dose.surface.formula");
    const equivalents = { kind: "per-m2", amount: "1000000", unitKind: "cell-equivalents" } as const;
    const never = perM2("haycock", "0.01", { rule: equivalents, levels: [equivalents] });
    expect(issueOf(() => prepare(ordered("26", "128", never))).code).toBe("dose.unit_never_per_kg");
    const kg = { kind: "per-kg", amount: "10000000", unitKind } as const;
    expect(issueOf(() => prepare(ordered("26", "128", { ...dose, levels: [kg] }))).code).toBe(
      "dose.level_not_in_protocol",
    );
  });

  it("goes by the dosing weight, lowered by a cap", () => {
    const adjusted = weighed("140", { descriptor: "adjusted", adjustmentFactor: "0.4" });
    const participant = { ageYears: "40", sex: "male", heightCm: "180" } as const;
    const made = prepare(ordered("140", "180", perM2("mosteller"), { weight: adjusted, participant }));
    // 74.99... + 0.4 × (140 - 74.99...) = 100.99... kg.
    expect(made.surface?.m2).toBe("2.25");
    const cap = { amount: "15000000", unitKind };
    const capped = prepare(ordered("80", "180", perM2("mosteller", "0.01", { cap })));
    expect(capped.target).toMatchObject({ isCapped: true, amount: { amount: "15000000" } });
    expect(capped.target.cappedPerKg).toBeUndefined();
  });

  it("is worked out in docs/preparation.md", () => {
    const page = readFileSync("docs/preparation.md", "utf8");
    for (const [formula, line] of [
      ["mosteller", "√(170 × 75 / 3600) = about 1.8819 → 1.88 m²"],
      ["du-bois", "0.007184 × 75^0.425 × 170^0.725 = about 1.8636 → 1.86 m²"],
      ["haycock", "0.024265 × 75^0.5378 × 170^0.3964 = about 1.8947 → 1.89 m²"],
    ] as const) {
      const step = prepare(ordered("75", "170", perM2(formula))).steps.find(({ id }) => id === "surface")!;
      expect(step.worked).toBe(line);
      expect(page).toContain(line);
    }
  });
});

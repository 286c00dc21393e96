import { input, type Formula, type FormulaInput } from "./formula.js";
import { readFormulas, type ReadFormulas } from "./readFormulas.js";

const TARGET = "Target of one administration";

export const measuredWeight: FormulaInput = input("measured weight", "kg");
export const weightInput: FormulaInput = input("dosing weight", "kg");
export const heightInput: FormulaInput = input("height", "cm");
const surface = { inputs: { w: weightInput, h: heightInput }, unit: "m²" };
const cap = {
  line: "target = the smaller of the uncapped target {T} and the cap {M}",
  inputs: { T: input("uncapped target", "{unit}"), M: input("cap", "{unit}") },
  unit: "{unit}",
};

/** The id of a formula of a dose as it is prescribed. */
export type PrescriptionFormulaId =
  | "weight"
  | "surface:mosteller"
  | "surface:du-bois"
  | "surface:haycock"
  | "target:placebo"
  | "target:flat"
  | "target:per-kg"
  | "target:per-m2"
  | "cap:acts"
  | "cap:does-not-act"
  | "capped-per-kg"
  | "study-day"
  | "cumulative:planned"
  | "cumulative-per-kg:planned";

type ExposureFormulaId = Extract<PrescriptionFormulaId, "study-day" | `cumulative${string}`>;

/** The first steps of a dose: those of a prescription, with which a preparation begins too. */
export const FIRST_FORMULAS: Readonly<Record<Exclude<PrescriptionFormulaId, ExposureFormulaId>, Formula>> = {
  weight: { title: "Dosing weight", line: "w = measured weight {a}", inputs: { a: measuredWeight }, unit: "kg" },
  "surface:mosteller": {
    title: "Body surface: Mosteller",
    line: "s = √(height {h} × weight {w} / 3600)",
    ...surface,
    citation: "N Engl J Med 317 (1987) 1098",
  },
  "surface:du-bois": {
    title: "Body surface: Du Bois",
    line: "s = 0.007184 × weight {w}^0.425 × height {h}^0.725",
    ...surface,
    citation: "Arch Intern Med 17 (1916) 863",
  },
  "surface:haycock": {
    title: "Body surface: Haycock",
    line: "s = 0.024265 × weight {w}^0.5378 × height {h}^0.3964",
    ...surface,
    citation: "J Pediatr 93 (1978) 62",
  },
  "target:placebo": { title: "Target: placebo", line: "target = 0", inputs: {}, unit: "{unit}" },
  "target:flat": {
    title: TARGET,
    line: "target = flat dose {D}",
    inputs: { D: ["flat dose", "{unit}"] },
    unit: "{unit}",
  },
  "target:per-kg": {
    title: TARGET,
    line: "target = dose per kg {d} × weight {w}",
    inputs: { d: ["dose per kg", "{unit}/kg"], w: weightInput },
    unit: "{unit}",
  },
  "target:per-m2": {
    title: TARGET,
    line: "target = dose per m² {d} × body surface {s}",
    inputs: { d: ["dose per m²", "{unit}/m²"], s: ["body surface", "m²"] },
    unit: "{unit}",
  },
  "cap:acts": { title: "Cap of one administration: acts", expression: "{M}", before: "{T} > {M}", ...cap },
  "cap:does-not-act": {
    title: "Cap of one administration: does not act",
    expression: "{T}",
    before: "{T} <= {M}",
    ...cap,
  },
  "capped-per-kg": {
    title: "Dose per kg that the cap leaves",
    line: "dose per kg = cap {M} / weight {w}",
    inputs: { M: ["cap", "{unit}"], w: weightInput },
    unit: "{unit}/kg",
    rounding: "reading",
  },
};

/** What follows from a prescription over all administrations. */
export const EXPOSURE_FORMULAS: Readonly<Record<ExposureFormulaId, Formula>> = {
  "study-day": {
    title: "Study day of the last administration",
    line: "day = 1 + ({n} - 1) × interval {i}; the first administration is Day 1, there is no Day 0",
    inputs: { n: ["administrations", "administrations"], i: ["interval", "days"] },
    unit: "",
  },
  "cumulative:planned": {
    title: "Planned cumulative exposure",
    line: "total = target {t} × number of administrations {n}",
    inputs: { t: ["target of one administration", "{unit}"], n: ["administrations", "administrations"] },
    unit: "{unit}",
  },
  "cumulative-per-kg:planned": {
    title: "Planned cumulative exposure per kg",
    line: "total per kg = total {T} / weight {w}",
    inputs: { T: ["total", "{unit}"], w: weightInput },
    unit: "{unit}/kg",
    rounding: "reading",
  },
};

/** The formulas of a prescription: a program that prescribes and does not prepare has no others. */
export const PRESCRIPTION_FORMULAS: ReadFormulas<PrescriptionFormulaId> = /* @__PURE__ */ readFormulas({
  ...FIRST_FORMULAS,
  ...EXPOSURE_FORMULAS,
});

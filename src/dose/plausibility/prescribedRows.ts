import type { UnitKind } from "../../quantity/index.js";

/** Decimal text, both ends included. */
export interface Ends {
  readonly minimum?: string;
  readonly maximum?: string;
}

/** What is possible and what is usual of one quantity. */
export interface HeldRow {
  readonly id: string;
  readonly quantity: string;
  readonly unit: string;
  /** Fields of an order, `*` for each entry of a list; none where the quantity is computed. */
  readonly fields: readonly string[];
  /** Of what is counted; absent: of everything. */
  readonly kinds?: readonly UnitKind[];
  /** Outside: a hard error. */
  readonly possible?: Ends;
  /** Outside: a warning that waits for a reason and a name. 0 is not held against it where the field takes 0. */
  readonly usual?: Ends;
  readonly oneOf?: readonly string[];
  /** What it is confused with. */
  readonly confusedWith: string;
}

/** Kinds that one row holds: total nucleated cells and islets, of which far more or fewer are given, have their own. */
export const CELLS: readonly UnitKind[] = ["cells", "viable-cells", "car-positive-cells", "cd34-cells", "cd3-cells"];

const PER_POWER = "the power of ten, the dose for each kilogram, the dose in all";

/** The rows by which a prescription is held; `table.ts` has those of a preparation behind them. */
export const PRESCRIBED_ROWS: readonly HeldRow[] = [
  {
    id: "age",
    quantity: "Age",
    unit: "years",
    fields: ["participant.ageYears"],
    possible: { maximum: "120" },
    usual: { maximum: "100" },
    confusedWith: "months; the power of ten",
  },
  {
    id: "weight",
    quantity: "Body weight",
    unit: "kg",
    fields: [],
    possible: { minimum: "0.5", maximum: "300" },
    confusedWith: "lb, the power of ten, the height",
  },
  {
    id: "height",
    quantity: "Height",
    unit: "cm",
    fields: ["participant.heightCm"],
    possible: { minimum: "25", maximum: "272" },
    usual: { minimum: "45", maximum: "220" },
    confusedWith: "m, mm, inches, the weight",
  },
  {
    id: "bmi",
    quantity: "Weight against height",
    unit: "kg/m²",
    fields: [],
    usual: { minimum: "10", maximum: "50" },
    confusedWith: "lb for kg, inches for cm, height and weight exchanged",
  },
  {
    id: "bodySurface",
    quantity: "Body surface",
    unit: "m²",
    fields: [],
    possible: { minimum: "0.05", maximum: "4" },
    usual: { minimum: "0.15", maximum: "2.8" },
    confusedWith: "lb for kg, inches or m for cm",
  },
  {
    id: "surfaceStep",
    quantity: "Rounding of the body surface",
    unit: "m²",
    fields: ["dose.surface.roundedToM2"],
    possible: { maximum: "0.1" },
    oneOf: ["0.1", "0.01", "0.001"],
    confusedWith: "the number of decimals",
  },
  {
    id: "dosePerKg",
    quantity: "Dose for each kilogram, cells",
    unit: "cells/kg",
    fields: [],
    kinds: CELLS,
    usual: { minimum: "10000", maximum: "100000000" },
    confusedWith: "the power of ten, the dose in all",
  },
  {
    id: "dosePerKgNucleated",
    quantity: "Dose for each kilogram, total nucleated cells",
    unit: "cells/kg",
    fields: [],
    kinds: ["total-nucleated-cells"],
    usual: { minimum: "1000000", maximum: "1000000000" },
    confusedWith: "the power of ten, the dose in all",
  },
  {
    id: "dosePerKgIslets",
    quantity: "Dose for each kilogram, islets",
    unit: "EIN/kg",
    fields: [],
    kinds: ["islet-equivalents"],
    usual: { minimum: "1000", maximum: "30000" },
    confusedWith: "the power of ten, the dose in all",
  },
  {
    id: "dosePerM2",
    quantity: "Dose for each m², cells",
    unit: "cells/m²",
    fields: [],
    kinds: CELLS,
    usual: { minimum: "200000", maximum: "4000000000" },
    confusedWith: PER_POWER,
  },
  {
    id: "dosePerM2Nucleated",
    quantity: "Dose for each m², total nucleated cells",
    unit: "cells/m²",
    fields: [],
    kinds: ["total-nucleated-cells"],
    usual: { minimum: "20000000", maximum: "40000000000" },
    confusedWith: PER_POWER,
  },
  {
    id: "dosePerM2Islets",
    quantity: "Dose for each m², islets",
    unit: "EIN/m²",
    fields: [],
    kinds: ["islet-equivalents"],
    usual: { minimum: "20000", maximum: "1200000" },
    confusedWith: PER_POWER,
  },
  {
    id: "flatDose",
    quantity: "Flat dose, cells",
    unit: "cells",
    fields: [],
    kinds: CELLS,
    usual: { minimum: "1000000", maximum: "2000000000" },
    confusedWith: "the power of ten, the dose for each kilogram",
  },
  {
    id: "flatDoseNucleated",
    quantity: "Flat dose, total nucleated cells",
    unit: "cells",
    fields: [],
    kinds: ["total-nucleated-cells"],
    usual: { minimum: "50000000", maximum: "100000000000" },
    confusedWith: "the power of ten, the dose for each kilogram",
  },
  {
    id: "flatDoseIslets",
    quantity: "Flat dose, islets",
    unit: "EIN",
    fields: [],
    kinds: ["islet-equivalents"],
    usual: { minimum: "50000", maximum: "3000000" },
    confusedWith: "the power of ten, the dose for each kilogram",
  },
  {
    id: "administrations",
    quantity: "Administrations of an arm",
    unit: "",
    fields: [],
    usual: { maximum: "12" },
    confusedWith: "the power of ten, days",
  },
];

/** The one of several rows, one for each kind of what is counted, that holds for a kind. */
export const rowForKind = (rows: readonly HeldRow[], ids: readonly string[], kind: UnitKind): string | undefined =>
  rows.find((row) => ids.includes(row.id) && row.kinds?.includes(kind))?.id;

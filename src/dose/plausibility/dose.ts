import type { Issue } from "../../foundation/index.js";
import { fraction, type Fraction, readFraction, type UnitKind } from "../../quantity/index.js";
import type { Bounds, DoseLimits, DoseOrder } from "../preparation/model.js";
import type { SurfaceOrder } from "../../trial/index.js";
import { judgePrescribed } from "./hold.js";
import { PRESCRIBED_ROWS, rowForKind } from "./prescribedRows.js";

const PER_KG = ["dosePerKg", "dosePerKgNucleated", "dosePerKgIslets"];
const PER_M2 = ["dosePerM2", "dosePerM2Nucleated", "dosePerM2Islets"];
const FLAT = ["flatDose", "flatDoseNucleated", "flatDoseIslets"];

/** A dose or a limit of it, for each kilogram or in all, as an order states it. */
export interface StatedDose {
  readonly kind: string;
  /** Absent of a placebo. */
  readonly amount?: string;
  /** Of a trial's dose per m². */
  readonly surface?: SurfaceOrder;
}

/** A dose rule, or a limit of a dose, against what is usual of its kind. */
export function judgeRule({ kind, amount, surface }: StatedDose, unitKind: UnitKind, path: string): readonly Issue[] {
  if (amount === undefined) return [];
  const step = surface === undefined ? undefined : readFraction(surface.roundedToM2);
  return [
    ...judgeDose(readFraction(amount), kind, unitKind, path),
    ...(step === undefined
      ? []
      : judgePrescribed({ row: "surfaceStep", path: `${path}.surface.roundedToM2`, value: step })),
  ];
}

export function judgeDose(value: Fraction, kind: string, unitKind: UnitKind, path: string): readonly Issue[] {
  const row = rowForKind(PRESCRIBED_ROWS, kind === "per-kg" ? PER_KG : kind === "per-m2" ? PER_M2 : FLAT, unitKind);
  return row === undefined ? [] : judgePrescribed({ row, path, value });
}

/** How often an arm is dosed. */
export const judgeAdministrations = (count: number, path: string): readonly Issue[] =>
  judgePrescribed({ row: "administrations", path, value: fraction(count) });

function judgeBounds({ minimum, maximum }: Bounds, unitKind: UnitKind, path: string): readonly Issue[] {
  return [
    ...(minimum === undefined ? [] : judgeRule(minimum, unitKind, `${path}.minimum.amount`)),
    ...(maximum === undefined ? [] : judgeRule(maximum, unitKind, `${path}.maximum.amount`)),
  ];
}

/** The protocol's other levels; the one that is ordered is judged as the dose rule. */
function judgeLevels(dose: DoseOrder): readonly Issue[] {
  if (dose.from !== "protocol") return [];
  const { levels, rule } = dose;
  const isOrdered = ({ kind, amount }: StatedDose): boolean =>
    "amount" in rule && kind === rule.kind && amount === rule.amount;
  return levels.flatMap((level, index) =>
    isOrdered(level) ? [] : judgeRule(level, level.unitKind, `dose.levels.${index}.amount`),
  );
}

/** What limits one dose, or the sum of several components. */
type StatedLimits = Pick<DoseLimits, "range" | "hard" | "soft">;

/**
 * The limits that an order states itself: of a licensed product's own nothing is said.
 *
 * @param at - the field under which they stand
 */
export function judgeEnds(
  { range = {}, hard = {}, soft = {} }: StatedLimits,
  cap: string | undefined,
  unitKind: UnitKind,
  at: "dose" | "together",
): readonly Issue[] {
  const bands = "length" in range ? range.map((band) => band.range) : [];
  return [
    ...(cap === undefined ? [] : judgeRule({ kind: "flat", amount: cap }, unitKind, `${at}.cap`)),
    ...judgeBounds(hard, unitKind, `${at}.hard`),
    ...judgeBounds(soft, unitKind, `${at}.soft`),
    ...("length" in range ? [] : judgeBounds(range, unitKind, `${at}.range`)),
    ...bands.flatMap((band, index) => judgeBounds(band, unitKind, `${at}.range.${index}.range`)),
  ];
}

/** The limits of a dose, and the protocol's other levels. */
export const judgeLimits = (dose: DoseOrder, cap: string | undefined, unitKind: UnitKind): readonly Issue[] => [
  ...judgeEnds(dose, cap, unitKind, "dose"),
  ...judgeLevels(dose),
];

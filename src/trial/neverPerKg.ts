import type { UnitKind } from "../quantity/index.js";

/**
 * Why a dose that counts cell-equivalents has no weight in it: they name the cells from which an exosome product was
 * made, so they are an amount of product. No source states them for each kilogram, and no rule of the dose room does.
 */
export const NEVER_PER_KG =
  "cell-equivalents are an amount of product named by the cells that it was made from: always flat, never per kg or m²";

/** Whether a dose counts for each kilogram, or square metre, what is never counted so. */
export function isNeverPerKg(dose: { readonly kind: string; readonly unitKind?: UnitKind }): boolean {
  return (dose.kind === "per-kg" || dose.kind === "per-m2") && dose.unitKind === "cell-equivalents";
}

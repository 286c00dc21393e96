import { requireFields } from "../../foundation/index.js";
import { compare, decimalText, ONE, readFraction, smaller, times, type UnitKind } from "../../quantity/index.js";
import { limitsAt } from "../preparation/limits.js";
import type { Regimen } from "./model.js";

/** What a regimen gives at one weight: plain decimal text in the product's unit. */
export interface RegimenDose {
  /** Absent where the sources give a range only. */
  readonly target?: string;
  readonly isCapped?: true;
  readonly minimum?: string;
  readonly maximum?: string;
}

/**
 * The dose of a regimen at a body weight, with the ends of its range.
 *
 * @param weightKg - kg, plain decimal text
 * @throws AllocellError `input.invalid`, `dose.minimum_above_cap`, `dose.weight_band`
 */
export function regimenDose(regimen: Regimen, unitKind: UnitKind, weightKg: string): RegimenDose {
  requireFields(regimen, "a regimen of a product", { id: "text" });
  const { target, range, cap } = regimen;
  const weight = readFraction(weightKg);
  const limits = limitsAt(
    {
      unitKind,
      ...(range === undefined ? {} : { range }),
      ...(cap === undefined ? {} : { cap: { amount: cap, unitKind } }),
    },
    { weight },
  );
  const { minimum, maximum = limits.cap } = limits.range;
  const most = limits.cap === undefined || maximum === undefined ? maximum : smaller(maximum, limits.cap);
  const raw =
    target === undefined ? undefined : times(readFraction(target.amount), target.kind === "flat" ? ONE : weight);
  const isCapped = raw !== undefined && limits.cap !== undefined && compare(raw, limits.cap) > 0;
  return {
    ...(raw === undefined ? {} : { target: decimalText(isCapped ? (limits.cap ?? raw) : raw) }),
    ...(isCapped ? { isCapped } : {}),
    ...(minimum === undefined ? {} : { minimum: decimalText(minimum) }),
    ...(most === undefined ? {} : { maximum: decimalText(most) }),
  };
}

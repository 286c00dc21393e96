import type { Step } from "../formula/model.js";
import type { IsoDate, LocalTime } from "../../calendar/index.js";
import type { Issue } from "../../foundation/index.js";
import type { UnitKind } from "../../quantity/index.js";
import type { ShownCount, ShownRate } from "../model.js";
import type { Amount } from "../preparation/model.js";

/** What really happened at one administration. */
export interface AdministrationRecord {
  /** Number of the administration, from 1. */
  readonly number: number;
  /** Of a dose of several components: which of them was given. */
  readonly component?: string;
  /** Who received it, and from which kit, as read at the bedside. */
  readonly subject?: string;
  readonly kit?: string;
  /** For whom the preparation was made; a difference is a warning. */
  readonly plannedFor?: { readonly subject?: string; readonly kit?: string };
  readonly administeredOn: IsoDate;
  readonly administeredBy: string;
  readonly startedAt?: LocalTime;
  readonly endedAt?: LocalTime;
  /** Day of the preparation, and the time until which the bag may be given; for a warning only. */
  readonly preparedOn?: IsoDate;
  readonly expiresAt?: LocalTime;
  /** The latest start, and of a further component the end of the one before it; for a warning only. */
  readonly startBy?: LocalTime;
  readonly startFrom?: LocalTime;
  readonly unitKind: UnitKind;
  /** The dose that was planned; "0" for a placebo. */
  readonly planned: Amount;
  /** Cells of the prepared bag that lived when it was infused. */
  readonly preparedAtInfusion: Amount;
  readonly preparedMl: Amount;
  /** "0" if nothing was infused. */
  readonly infusedMl: Amount;
  /** Dosing weight of this administration, as it was used. */
  readonly weightKg?: Amount;
  /** Ages in years by which the weight is looked at: the participant's, or those that the trial takes; for a warning only. */
  readonly ageYears?: { readonly minimum?: Amount; readonly maximum?: Amount };
  /** Allowed doses at this weight, for a warning only. */
  readonly range?: { readonly minimum?: Amount; readonly maximum?: Amount };
  /** From which deviation on, and whether the limit itself belongs to the class; absent: the deviation has no class. */
  readonly deviation?: {
    readonly minorPercent: Amount;
    readonly majorPercent: Amount;
    readonly comparison: ">" | ">=";
  };
  /** Window of this administration, ends included, for a warning only. */
  readonly window?: { readonly from: IsoDate; readonly to: IsoDate };
  readonly reason?: string;
}

/** `unclassified` where the record states no limits. */
export type DeviationClass = "none" | "minor" | "major" | "unclassified";

/** The dose that was given. It is recorded whatever it is; what is to be said about it is in `warnings`. */
export interface AdministeredDose {
  readonly record: AdministrationRecord;
  readonly actual: ShownCount;
  readonly actualPerKg?: ShownRate;
  /** Half away from zero to 0.01; absent where nothing was planned. */
  readonly deviationPercent?: string;
  readonly deviationClass: DeviationClass;
  readonly steps: readonly Step[];
  readonly warnings: readonly Issue[];
}

/**
 * What a participant was given in all administrations together: cells or cell-equivalents, and per kg of the dosing
 * weight of each.
 */
export interface CumulativeExposure {
  /** How many administrations are added up. */
  readonly administrations: number;
  readonly actual: ShownCount;
  readonly planned: ShownCount;
  /** Σ actual / own dosing weight; absent if a weight is missing. */
  readonly actualPerKg?: ShownRate;
  readonly plannedPerKg?: ShownRate;
  readonly steps: readonly Step[];
  readonly warnings: readonly Issue[];
}

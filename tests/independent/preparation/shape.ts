/** The part of an order and of a result that the second program knows, written from docs/preparation.md. */
export interface Limit {
  readonly kind: "flat" | "per-kg" | "per-m2";
  readonly amount: string;
}
export interface Range {
  readonly minimum?: Limit;
  readonly maximum?: Limit;
}
export interface Band {
  readonly above?: { readonly kg: string; readonly included: boolean };
  readonly below?: { readonly kg: string; readonly included: boolean };
  readonly range: Range;
}
export type Kind =
  | "cells"
  | "viable-cells"
  | "total-nucleated-cells"
  | "car-positive-cells"
  | "cd34-cells"
  | "cd3-cells"
  | "cell-equivalents"
  | "islet-equivalents";
export interface Rule {
  readonly kind: "per-kg" | "per-m2" | "flat";
  readonly amount: string;
  readonly unitKind: Kind;
}
/** What limits a dose, of one component or of all together. */
export interface Limits {
  readonly cap?: { readonly amount: string; readonly unitKind: Kind };
  readonly range?: Range | readonly Band[];
  readonly hard?: Range;
  readonly soft?: Range;
}
export interface Weight {
  readonly descriptor: "actual" | "ideal" | "predicted" | "adjusted" | "lean";
  readonly weightKg: string;
  readonly weighedOn: string;
  readonly weighedBy: string;
  readonly adjustmentFactor?: string;
  readonly leanMaleConstant?: "120" | "128";
  readonly reweigh?: {
    readonly reference: "baseline" | "last-dose";
    readonly referenceWeightKg: string;
    readonly referenceWeighedOn: string;
    readonly thresholdPercent: string;
    readonly comparison: ">" | ">=";
  };
  readonly maximumAgeDays?: number;
  readonly expectedKg?: { readonly minimum: string; readonly maximum: string };
}
export interface Lot {
  readonly lot: string;
  readonly expiresOn: string;
  readonly isReleased: boolean;
  readonly containers: number;
  readonly content: string;
  readonly counted: Kind;
  readonly recovery: string;
  readonly viability?: string;
  readonly purity?: string;
  readonly fillMl: string;
  readonly extractableMl: string;
  readonly labelPerMl?: string;
  readonly measuredPerMl?: string;
  readonly testedViability?: { readonly fraction: string; readonly method: string };
}
export interface Order {
  readonly identification?: {
    readonly plannedOn?: string;
    readonly window?: { readonly from: string; readonly to: string };
  };
  readonly preparedOn: string;
  readonly participant?: { readonly ageYears?: string; readonly sex?: "male" | "female"; readonly heightCm?: string };
  readonly weight?: Weight;
  readonly dose: Limits & {
    readonly from: "protocol";
    readonly rule: Rule | { readonly kind: "placebo" | "whole-containers"; readonly unitKind: Kind };
    readonly levels: readonly Rule[];
    readonly source: string;
    readonly besidePerKg?: string;
    readonly surface?: { readonly formula: "mosteller" | "du-bois" | "haycock"; readonly roundedToM2: string };
  };
  readonly product?: {
    readonly name: string;
    readonly mayMixLots: boolean;
    readonly source: string;
    readonly concentrationPerMl?: { readonly minimum?: string; readonly maximum?: string };
    readonly minimumViability?: string;
    readonly expectedViability?: string;
    readonly dmso?: { readonly percentVv: string } | { readonly mgPerMl: string };
    readonly endotoxinEuPerMl?: string;
  };
  readonly lots?: readonly Lot[];
  readonly draw?: {
    readonly graduationMl: string;
    readonly overfillPercent: string;
    readonly governingRule?: "content" | "volume";
    readonly deadVolumeMl?: string;
    readonly whenAbove?: "refuse" | "one-graduation-less";
    readonly whenBelow?: "refuse" | "one-graduation-more";
  };
  readonly infusion: {
    readonly finalVolumeMl?: string;
    readonly diluentPerContainerMl?: string;
    readonly otherArms?: readonly { readonly arm: string; readonly finalVolumeMl: string }[];
    readonly rateMlPerMin?: string;
    readonly rateMlPerHour?: string;
    readonly minutes?: string;
    readonly dropsPerMl?: string;
    readonly limits?: {
      readonly minimumMlPerMin?: string;
      readonly maximumMlPerMin?: string;
      readonly minimumMinutes?: string;
      readonly maximumMinutes?: string;
      readonly maximumMlPerKgPerHour?: string;
      readonly maximumCellsPerKgPerMin?: string;
    };
    readonly longMinutes?: string;
  };
  readonly clock?: {
    readonly thawedAt: string;
    readonly startAt: string;
    readonly stabilityMinutes: number;
    readonly lineFlushMinutes: number;
    readonly longHoldMinutes?: number;
  };
  readonly dayTotals?: {
    readonly otherDmsoG: string;
    readonly otherEndotoxinEu: string;
    readonly dmsoLimitGPerKg?: string;
  };
  readonly overrides?: readonly Override[];
}
/** A further component: what is its own. */
export interface Component extends Pick<Order, "dose" | "product" | "lots" | "draw" | "infusion" | "clock"> {
  readonly component: string;
  readonly startWithinMinutes?: number;
}
/** One dose of several components. */
export interface OrderOfSeveral extends Order {
  readonly component?: string;
  readonly then: readonly Component[];
  readonly together?: Limits & { readonly source: string };
}
export interface Override {
  readonly code: string;
  readonly path?: string;
  readonly reason: string;
  readonly by: string;
}

/** The path is known here only of a warning that several lots may have. The docs name no paths. */
export interface Warning {
  readonly code: string;
  readonly path?: string;
}

/** Every hard error that applies (the docs name no order among them) and the steps, results and warnings so far. */
export interface Worksheet {
  readonly refusals: Set<string>;
  readonly warnings: Warning[];
  /** Step id, exact value, value after the rounding that the step names. */
  readonly steps: (readonly [id: string, exact: string, result: string])[];
  readonly results: Record<string, unknown>;
}

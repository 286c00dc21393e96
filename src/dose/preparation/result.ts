import type { InfusionPlan } from "./infusion.js";
import type { Step } from "../formula/model.js";
import type { IsoDate } from "../../calendar/index.js";
import type { Issue } from "../../foundation/index.js";
import type { UnitKind } from "../../quantity/index.js";
import type { ClosedAssumption, SurfaceFormula } from "../../trial/index.js";
import type { LabelDose, ProductFact } from "../products/model.js";
import type { ShownCount, ShownRate } from "../model.js";
import type { WeightDescriptor, GoverningRule, Override, PreparationOrder, PreparedRule } from "./model.js";

/** A warning of a preparation, and who accepted it; a preparation with an open one is not ready. */
export type PreparationWarning = Issue & {
  /** Who accepted it and why; absent: it is open. */
  readonly override?: Omit<Override, "code" | "path">;
};

/** Weight by which the dose goes, with the measured one and its circumstances. */
export interface UsedWeight {
  readonly descriptor: WeightDescriptor;
  /** By the descriptor; decimal, exact or 40 digits. */
  readonly dosingKg: string;
  readonly measuredKg: string;
  readonly weighedOn: IsoDate;
  readonly weighedBy: string;
  /** Of the re-weigh rule. */
  readonly change?: { readonly percent: string; readonly isBeyond: boolean };
}

/** The body surface, where the order names its formula. */
export interface UsedSurface {
  readonly formula: SurfaceFormula;
  /** Rounded as the order says; decimal. */
  readonly m2: string;
}

/** What one administration is to hold: before and after the cap, with the range that applies at this weight. */
export interface Target {
  readonly rule: PreparedRule;
  /** Before the cap. */
  readonly uncapped: ShownCount;
  readonly cap?: ShownCount;
  readonly isCapped: boolean;
  /** What the dose per kg becomes where the cap acts on a dose per kg. */
  readonly cappedPerKg?: ShownRate;
  /** What is prepared. */
  readonly amount: ShownCount;
  /** The range that applies at this weight, in cells, both ends included. */
  readonly range?: { readonly minimum?: string; readonly maximum?: string };
}

/** So much from each of so many containers. */
export interface ContainerDraw {
  /** How many containers, at least 1. */
  readonly containers: number;
  readonly drawMl: string;
}

/** Containers of one lot and size that are thawed, and what is drawn from them. */
export interface ContainerUse {
  readonly lot: string;
  /** Which of the order's lots this is, from 0: sizes of one lot are entries of their own. */
  readonly entry: number;
  readonly expiresOn: IsoDate;
  /** How many containers are thawed, at least 1. */
  readonly containers: number;
  readonly usablePerContainer: string;
  /** The lot's actual concentration, in the dose's unit per mL. */
  readonly concentrationPerMl: string;
  readonly isMeasured: boolean;
  readonly drawMl: string;
  /** How much from how many of them: emptied, and the rest from one. Containers that are not drawn from are not in it. */
  readonly draws: readonly ContainerDraw[];
  /** Drawn cells. */
  readonly delivered: string;
}

/** Numbers of containers of the lot that is used first, by both rules. */
export interface RuleComparison {
  readonly lot: string;
  readonly byContent: string;
  readonly byVolume: string;
  readonly labelDifferencePercent: string;
  readonly isConsistent: boolean;
  readonly governing?: GoverningRule;
}

/** What the drawn volume, in mL on the syringe's graduation, holds. */
export interface Delivered {
  readonly drawMl: string;
  /** Before rounding; of the last lot, the others are emptied. */
  readonly exactDrawMl: string;
  readonly amount: ShownCount;
  /** Half away from zero to 0.01. */
  readonly roundingErrorPercent: string;
  readonly isOneGraduationLess: boolean;
  readonly isOneGraduationMore: boolean;
  /** Of whole containers, where a body weight is stated. */
  readonly perKg?: ShownRate;
}

/** The clock of a preparation: thaw, start, end and expiry as local times, and the whole minutes that are left. */
export interface StabilityPlan {
  readonly thawedAt: string;
  readonly startAt: string;
  /** End of infusion and line flush, a begun minute counted whole. */
  readonly finishAt: string;
  readonly expiresAt: string;
  /** Whole minutes from the end to the expiry, 0 or more. */
  readonly spareMinutes: number;
  /** Of a further component: the latest start that `startWithinMinutes` leaves after the end of the one before it. */
  readonly startWithin?: string;
}

/** What all bags of one day bring together: DMSO in g and in g per kg, endotoxin in EU, each beside its limit. */
export interface DayTotals {
  readonly dmsoG?: string;
  /** Half-up to 0.0001; the test is exact. */
  readonly dmsoGPerKg?: string;
  readonly dmsoLimitGPerKg?: string;
  /** Of whole containers: how many of the largest the limit leaves for the day. */
  readonly mostContainers?: string;
  readonly endotoxinEu?: string;
  readonly endotoxinLimitEu?: string;
}

/** A checked preparation, unblinded: frozen plain data. */
export interface Preparation {
  /** As it was read: plain decimals. */
  readonly order: PreparationOrder;
  /** Of several components: which one this is. */
  readonly component?: { readonly name: string; readonly number: number; readonly of: number };
  /** The further components, in the order in which they are given; their warnings are among `warnings` too. */
  readonly then?: readonly Preparation[];
  /** What all components hold. */
  readonly together?: ShownCount;
  readonly unitKind: UnitKind;
  readonly trial?: string;
  readonly arm?: string;
  readonly isPlacebo: boolean;
  readonly weight?: UsedWeight;
  readonly surface?: UsedSurface;
  /** Of a licensed product: the dose, range and cap of its label; of several components, for all of them together. */
  readonly regimen?: LabelDose;
  readonly target: Target;
  readonly containers: readonly ContainerUse[];
  /** One for each lot and size in use with a labelled concentration. */
  readonly rules: readonly RuleComparison[];
  readonly delivered: Delivered;
  readonly infusion: InfusionPlan;
  readonly stability?: StabilityPlan;
  readonly dayTotals?: DayTotals;
  readonly steps: readonly Step[];
  readonly warnings: readonly PreparationWarning[];
  /** Whether every warning has its reason and name; see {@link requireReady}. */
  readonly isReady: boolean;
  readonly assumptions: readonly ClosedAssumption[];
  /** What a licensed product's sources do not say. */
  readonly openQuestions: readonly string[];
  /** What they do say; of a licensed product only. */
  readonly labelFacts?: readonly ProductFact[];
}

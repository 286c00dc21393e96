import type { FlatDose, PerKgDose } from "../../trial/index.js";
import type { Amount } from "../preparation/model.js";

/**
 * One arm of a blinded part for which a common final volume is looked for: its dose, and the cap of one
 * administration.
 */
export interface SharedArm {
  readonly arm: string;
  readonly dose: PerKgDose | FlatDose | { readonly kind: "placebo" };
  /** Most of one administration. */
  readonly cap?: Amount;
}

/** What a blinded part with several dose levels has to fit into one bag. Nothing has a default. */
export interface SharedVolumeQuery {
  readonly arms: readonly SharedArm[];
  /** Dosing weights, both ends included. */
  readonly weightKg: { readonly minimum: Amount; readonly maximum: Amount };
  /** Actual concentration of the lot, per mL. */
  readonly concentrationPerMl: Amount;
  /** Graduations of the syringes at hand. */
  readonly graduationsMl: readonly Amount[];
  readonly maximumRoundingErrorPercent: Amount;
  readonly minimumDrawMl?: Amount;
  /** Volume of product that can be drawn for one administration. */
  readonly availableMl?: Amount;
  readonly minimumFinalMl?: Amount;
  readonly maximumFinalMl: Amount;
  /** Of the final preparation, in every arm that holds cells. */
  readonly finalPerMl?: { readonly minimum?: Amount; readonly maximum?: Amount };
}

/** What an arm draws at the lightest and at the heaviest weight: targets in cells, draws in mL, as decimal text. */
export interface SharedArmRange {
  readonly arm: string;
  readonly leastTarget: string;
  readonly greatestTarget: string;
  /** Before rounding; at most 40 digits. */
  readonly leastDrawMl: string;
  readonly greatestDrawMl: string;
}

/** A syringe with the final volumes that are right for every arm and weight, both ends included. */
export interface SharedVolumeOption {
  readonly graduationMl: string;
  readonly finalVolumeMl: { readonly from: string; readonly to: string };
  /** No weight and no arm exceeds it; half-up to 0.01. */
  readonly greatestRoundingErrorPercent: string;
}

/** Why a syringe cannot give every arm the same final volume. */
export type ObstacleKind =
  | "final-volume"
  | "rounding-error"
  | "draw-below-minimum"
  | "draw-above-available"
  | "draw-above-final-volume"
  | "final-concentration";

/** An obstacle of one syringe (graduation in mL) and the arm that meets it first. UNBLINDED. */
export interface SharedVolumeObstacle {
  readonly graduationMl: string;
  readonly kind: ObstacleKind;
  /** The arm that meets it first; empty for `final-volume`, where it is the stated volumes. */
  readonly arm: string;
  readonly message: string;
}

/** Lot concentrations with which a syringe would do, both ends included, whole cells per mL. */
export interface SharedConcentration {
  readonly graduationMl: string;
  readonly perMl: { readonly from: string; readonly to: string };
}

/**
 * Whether one final volume does for all arms at every weight, with which syringes, and what stands in the way
 * elsewhere. UNBLINDED.
 */
export interface SharedVolume {
  readonly isFeasible: boolean;
  readonly arms: readonly SharedArmRange[];
  readonly options: readonly SharedVolumeOption[];
  readonly obstacles: readonly SharedVolumeObstacle[];
  /**
   * For each syringe that does not do, where another concentration would: an interval, or, where no interval follows from
   * the conditions, a single one that was found by trying. Each concentration that is named does.
   */
  readonly concentrations: readonly SharedConcentration[];
}

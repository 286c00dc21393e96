import type { Step } from "./formula/model.js";
import type { IsoDate, PlannedAdministration, VisitWindow } from "../calendar/index.js";
import type { Issue } from "../foundation/index.js";
import type { Count, Numeric, UnitKind } from "../quantity/index.js";
import type {
  AssumptionInputs,
  ClosedAssumption,
  DecisionRecord,
  EqualAmountPlacebo,
  ActiveDose,
  SurfaceFormula,
  Trial,
} from "../trial/index.js";

/** What a prescription rests on that all participants of an arm share. */
export interface ArmOrder {
  /** With the decisions recorded that opened its later arms. */
  readonly trial: Trial;
  /** Needed where the arm stands in more than one part. */
  readonly part?: string;
  readonly arm: string;
  /** Everything that the trial's assumptions leave open for a dose. */
  readonly assumptions: AssumptionInputs;
}

/** What a prescription takes of one participant. */
export interface ParticipantOrder {
  /** Measured body weight in kilograms, as text ("72.4") or a `Decimal`; needed for a dose per kg or m². */
  readonly weightKg?: Numeric;
  readonly weighedOn?: IsoDate;
  readonly weighedBy?: string;
  /** Age in years: the weight is held against it, or without it against the ages that the trial takes. */
  readonly ageYears?: Numeric;
  /** Height in cm, as text ("128") or a `Decimal`; needed for a dose per m², and held against the weight. */
  readonly heightCm?: Numeric;
  /** Planned date of the first administration, Day 1. */
  readonly firstAdministration?: IsoDate;
  readonly window?: VisitWindow;
  /** Fewest days between two administrations. */
  readonly minimumSpacingDays?: number;
  /** Dates on which administrations 1, 2, ... really took place, as far as they have. */
  readonly actual?: readonly IsoDate[];
}

/** What is asked of {@link prescribe}. */
export interface Order extends ArmOrder, ParticipantOrder {}

/** An arm that its sources call a placebo, without saying how much of it is given. */
export interface UnstatedPlacebo {
  readonly kind: "placebo";
}

/** The rules by which something can be prescribed. */
export type PrescribedRule = ActiveDose | EqualAmountPlacebo | UnstatedPlacebo;

/** A count with the two texts in which it is shown. */
export interface ShownCount extends Count {
  readonly words: string;
  readonly digits: string;
}

/** A quotient for reading: half-up to 0.01 unless it is exact. */
export interface ShownRate extends ShownCount {
  readonly isExact: boolean;
}

/** The weight in kg from which a dose was computed, as decimal text, and when and by whom it was measured. */
export interface DosingWeight {
  readonly weightKg: string;
  readonly weighedOn?: IsoDate;
  readonly weighedBy?: string;
}

/** A stated limit of one administration. */
export interface Cap {
  readonly limit: ShownCount;
  readonly isApplied: boolean;
  /** The target without the cap. */
  readonly uncapped: ShownCount;
  /** What the dose per kg has become; only where the cap acts on a dose per kg. */
  readonly resultingPerKg?: ShownRate;
}

/** One administration; without a planned first date only its number, study day and target are known. */
export interface PrescribedAdministration extends Omit<PlannedAdministration, "date"> {
  readonly date?: IsoDate;
  readonly target: ShownCount;
}

/**
 * What one participant is to get: cells, not yet vials or millilitres. Unblinded.
 *
 * A preparation starts from `target`, which is exact.
 */
export interface Prescription {
  readonly trial: string;
  readonly trialTitle: string;
  readonly part: string;
  readonly arm: string;
  readonly armLabel: string;
  /** The rule as the trial, its decision record or the assumption states it. */
  readonly rule: PrescribedRule;
  /** The decision that opened the arm, where its dose had been deferred. */
  readonly decision?: DecisionRecord;
  /** What is counted, after the count basis was declared. */
  readonly unitKind: UnitKind;
  readonly weight?: DosingWeight;
  /** cm; decimal. */
  readonly heightCm?: string;
  /** Of a dose per m²: rounded as the trial says; decimal. */
  readonly surface?: { readonly formula: SurfaceFormula; readonly m2: string };
  /** For one administration. 0 for a placebo. */
  readonly target: ShownCount;
  /** Absent: no cap is stated. */
  readonly cap?: Cap;
  readonly administrations: readonly PrescribedAdministration[];
  /** Planned exposure over all administrations; `perKg` only for a dose per kg. */
  readonly cumulative: { readonly total: ShownCount; readonly perKg?: ShownRate };
  readonly steps: readonly Step[];
  /** Every assumption that this rests on. */
  readonly assumptions: readonly ClosedAssumption[];
  readonly warnings: readonly Issue[];
}

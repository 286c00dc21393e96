import type { IsoDate } from "../../calendar/index.js";
import type { Count, UnitKind } from "../../quantity/index.js";
import type {
  Answer,
  ClosedAssumption,
  FlatDose,
  NumericCriterion,
  PerKgDose,
  Sex,
  SurfaceOrder,
  TrialDates,
} from "../../trial/index.js";
import type { DecidedDose } from "../decidedDose.js";
import type { StepSource } from "../formula/sources.js";
import type { PrescribedRule } from "../model.js";
import type { Amount } from "./amount.js";
import type { InfusionOrder } from "./infusionOrder.js";

export type { Amount } from "./amount.js";

/** Who and what a preparation is for. Carried through and compared, never computed with. */
export interface Identification {
  readonly protocol?: string;
  readonly protocolVersion?: string;
  readonly subject?: string;
  /** Of the participant, as the log of the list has it. It tells no treatment by itself. */
  readonly randomizationNumber?: string;
  readonly kit?: string;
  readonly visit?: string;
  /** 1, 2, ...: which administration of the participant. */
  readonly administration?: number;
  readonly plannedOn?: IsoDate;
  readonly window?: { readonly from: IsoDate; readonly to: IsoDate };
}

/** What the formulas for adults and the criteria of a trial need. */
export interface Participant {
  readonly ageYears?: Amount;
  readonly sex?: Sex;
  readonly heightCm?: Amount;
}

/** Which weight doses: as measured, or computed from height and sex. Source of the formulas: PMC4411565, Table 3. */
export type WeightDescriptor = "actual" | "ideal" | "predicted" | "adjusted" | "lean";

/** When a changed weight changes the dose. Nothing in it has a default. */
export interface ReweighRule {
  /** What the weight is compared with. */
  readonly reference: "baseline" | "last-dose";
  readonly referenceWeightKg: Amount;
  readonly referenceWeighedOn: IsoDate;
  readonly thresholdPercent: Amount;
  readonly comparison: ">" | ">=";
}

/** The measured weight of an order in kg, and how the dosing weight follows from it. */
export interface WeightOrder {
  readonly descriptor: WeightDescriptor;
  /** The measured weight, 0.5 kg to 300 kg. */
  readonly weightKg: Amount;
  readonly weighedOn: IsoDate;
  readonly weighedBy: string;
  /** Of the adjusted weight: 0 < factor < 1, for example "0.4" or "0.25". */
  readonly adjustmentFactor?: Amount;
  /** Of a man's lean weight: the source table prints 120, most copies of the formula 128. */
  readonly leanMaleConstant?: "120" | "128";
  readonly reweigh?: ReweighRule;
  /** Most days between weighing and preparation; beyond it a warning. */
  readonly maximumAgeDays?: number;
  /** Weights that are plausible for the participant's age, both ends included; outside it a hard error. */
  readonly expectedKg?: { readonly minimum: Amount; readonly maximum: Amount };
}

/** So many cells for each square metre of body surface. */
export interface PerM2Dose {
  readonly kind: "per-m2";
  readonly amount: Amount;
  readonly unitKind: UnitKind;
}

/** One end of a range: for each kilogram of dosing weight, for each square metre of body surface, or in all. */
export interface Bound {
  readonly kind: "per-kg" | "per-m2" | "flat";
  readonly amount: Amount;
}

/** Both ends included. */
export interface Bounds {
  readonly minimum?: Bound;
  readonly maximum?: Bound;
}

/** A range that holds for a band of dosing weights; every edge says whether it belongs to the band. */
export interface WeightBand {
  readonly above?: { readonly kg: Amount; readonly included: boolean };
  readonly below?: { readonly kg: Amount; readonly included: boolean };
  readonly range: Bounds;
}

/** What limits the dose, whoever ordered it. */
export interface DoseLimits {
  /** The most that one administration holds: the target is lowered to it, with a warning. */
  readonly cap?: Count;
  /** The allowed doses: one range, or one a band of weights. A target or delivered dose outside is a hard error. */
  readonly range?: Bounds | readonly WeightBand[];
  /** Never left. */
  readonly hard?: Bounds;
  /** Left only with a reason and a name. */
  readonly soft?: Bounds;
  /** A dose per kg that a source states beside a flat dose; a difference above 10 % is a warning. */
  readonly besidePerKg?: Amount;
  /** Of a dose, or a limit, per m²; it needs height and weight. */
  readonly surface?: SurfaceOrder;
}

/** What a trial and its answered assumptions say about preparing one arm: computed once, used for every participant. */
export interface TrialDose {
  readonly trial: string;
  readonly part: string;
  readonly arm: string;
  readonly rule: PrescribedRule;
  readonly unitKind: UnitKind;
  readonly isPlacebo: boolean;
  /** Ids and labels of all the trial's arms: none of them may stand on a blinded document. */
  readonly armNames: readonly string[];
  /** Of an arm that a decision opened. */
  readonly decision?: DecidedDose;
  /** How many the arm has, >= 1. */
  readonly administrations: number;
  /** Absent: the assumptions do not ask (a flat dose), or the trial asks for no other than the actual one. */
  readonly descriptor?: WeightDescriptor;
  readonly cap?: Count;
  /** Closed for the uses "dose" and "preparation". */
  readonly assumptions: readonly ClosedAssumption[];
  /** Those of the assumptions that an order takes, as read, by key. */
  readonly answers: Readonly<Partial<Record<string, Answer>>>;
  readonly sources: { readonly rule: StepSource; readonly weight: StepSource; readonly cap: StepSource };
  readonly criteria: readonly NumericCriterion[];
  /** As the trial's sources state them. */
  readonly dates?: TrialDates;
  /** Ids of the trial's contradictions that bear on this arm's dose and that nobody has settled. */
  readonly contradictions: readonly string[];
}

/** The dose of an arm, from {@link resolveTrialDose}. */
export interface TrialDoseOrder extends Omit<DoseLimits, "cap"> {
  readonly from: "trial";
  readonly trial: TrialDose;
}

/**
 * All containers of the order are given, whatever they hold: what they hold in all is held against range and limits.
 * Nothing is drawn, so an order without `draw`.
 */
export interface WholeContainers {
  readonly kind: "whole-containers";
  readonly unitKind: UnitKind;
}

/** A rule by which an order can be prepared. */
export type PreparedRule = PrescribedRule | PerM2Dose | WholeContainers;

/** The dose of a protocol that is no `Trial` here. */
export interface ProtocolDoseOrder extends DoseLimits {
  readonly from: "protocol";
  readonly rule:
    PerKgDose | PerM2Dose | FlatDose | WholeContainers | { readonly kind: "placebo"; readonly unitKind: UnitKind };
  /** The protocol's dose levels; the rule has to be one of them (a placebo and whole containers need none). */
  readonly levels: readonly (PerKgDose | PerM2Dose | FlatDose)[];
  /** Protocol, version, section. */
  readonly source: string;
}

/** The dose of a licensed product of {@link PRODUCTS}: its range and cap hold, whatever else is stated. */
export interface ProductDoseOrder extends Omit<DoseLimits, "cap" | "range"> {
  readonly from: "product";
  readonly product: string;
  /** Needed where the product has several. */
  readonly regimen?: string;
  /** Which cells these are; needed where the product's sources say "cells" and no more. */
  readonly countBasis?: UnitKind;
  /** Needed where the product states a range and no target. */
  readonly rule?: PerKgDose | PerM2Dose | FlatDose | WholeContainers;
}

/**
 * Where the dose of a preparation comes from: a trial with its assumptions, a protocol that states it, or a licensed
 * product.
 */
export type DoseOrder = TrialDoseOrder | ProtocolDoseOrder | ProductDoseOrder;

/** What holds for the product, whichever lot is used. An absent field is not tested. */
export interface ProductOrder {
  readonly name: string;
  readonly mayMixLots: boolean;
  /** Of the final preparation, in the dose's unit per mL, both ends included. */
  readonly concentrationPerMl?: { readonly minimum?: Amount; readonly maximum?: Amount };
  /** Fractions of 1. */
  readonly minimumViability?: Amount;
  readonly expectedViability?: Amount;
  /** Exactly one of the two. */
  readonly dmso?: { readonly percentVv: Amount } | { readonly mgPerMl: Amount };
  readonly endotoxinEuPerMl?: Amount;
  readonly source: string;
}

/** Containers of one lot and size. Two entries with the same lot are two sizes of it. */
export interface LotOrder {
  readonly lot: string;
  readonly expiresOn: IsoDate;
  readonly isReleased: boolean;
  /** How many are at hand, >= 1. */
  readonly containers: number;
  /** Labelled content of one container. */
  readonly content: Amount;
  /** What the label counts: the declared count basis. */
  readonly counted: UnitKind;
  /** Fraction of the labelled cells that is there after thawing and preparation, 0 < recovery <= 1. */
  readonly recovery: Amount;
  /** Fraction alive; only where the label counts total nucleated cells and the dose does not. */
  readonly viability?: Amount;
  /** Fraction of the kind that the dose counts; only where the label counts another kind. */
  readonly purity?: Amount;
  /** Labelled volume of one container. */
  readonly fillMl: Amount;
  /** What can be drawn from one container, at most `fillMl`. */
  readonly extractableMl: Amount;
  /** Labelled concentration, in the unit of `counted` per mL. */
  readonly labelPerMl?: Amount;
  /** Measured after thawing, in the dose's unit per mL: takes the place of every labelled value in the draw. */
  readonly measuredPerMl?: Amount;
  /** Viability at release or after thawing, for the limits; never multiplied. */
  readonly testedViability?: { readonly fraction: Amount; readonly method: string };
}

/** Which of two label values rules where they disagree: content, or concentration times volume. */
export type GoverningRule = "content" | "volume";

/**
 * How the volume is drawn: volumes in mL, the overfill in per cent of the target. Every value is stated by the site;
 * the overfill has no default.
 */
export interface DrawOrder {
  readonly graduationMl: Amount;
  /** Per cent of the target that is thawed in addition; "0" for none. */
  readonly overfillPercent: Amount;
  readonly governingRule?: GoverningRule;
  /** What stays in container, syringe and line. */
  readonly deadVolumeMl?: Amount;
  /** Where rounding up would cross the cap or a maximum: refuse (also when absent), or take one graduation less. */
  readonly whenAbove?: "refuse" | "one-graduation-less";
  /** Where rounding down would fall below a minimum: refuse (also when absent), or take one graduation more. */
  readonly whenBelow?: "refuse" | "one-graduation-more";
}

/** The stability clock, in local time of one place: `YYYY-MM-DDTHH:MM`. */
export interface ClockOrder {
  readonly thawedAt: string;
  readonly startAt: string;
  /** Whole minutes from the thaw to the expiry, at least 1. */
  readonly stabilityMinutes: number;
  /** Whole minutes of the flush after the infusion, 0 or more. */
  readonly lineFlushMinutes: number;
  /** From thawing to the end of the infusion; above it a hold is long, with a warning. */
  readonly longHoldMinutes?: number;
}

/** What else the participant gets on the same day. "0" for none; nothing is taken for granted. */
export interface DayTotalsOrder {
  readonly otherDmsoG: Amount;
  readonly otherEndotoxinEu: Amount;
  /** A stricter limit than 1 g/kg. */
  readonly dmsoLimitGPerKg?: Amount;
}

/** Why a warning is accepted, and by whom. Needed for each warning that asks for it. */
export interface Override {
  readonly code: string;
  /** The warning's path; needed where several warnings have one code, because each is accepted by itself. */
  readonly path?: string;
  readonly reason: string;
  readonly by: string;
}

type AnsweredOfLot = "content" | "counted" | "recovery" | "fillMl" | "extractableMl";
/** A lot as an order gives it: what the answers of the order's trial say may be left out. */
export type LotInput = Omit<LotOrder, AnsweredOfLot> & Partial<Pick<LotOrder, AnsweredOfLot>>;
/** A clock as an order gives it. */
export type ClockInput = Omit<ClockOrder, "stabilityMinutes"> & Partial<Pick<ClockOrder, "stabilityMinutes">>;

/**
 * An order as it is given. With a trial's dose it may leave out what the trial's answers say: final volume, rate or
 * minutes, least viability, stability, and of each lot content, kind, volumes and recovery. What it states all the same
 * must agree.
 */
export type PreparationInput = Omit<PreparationOrder, "lots" | "clock" | "then"> & {
  readonly lots?: readonly LotInput[];
  readonly clock?: ClockInput;
  readonly then?: readonly ComponentInput[];
};

/** A further component as an order gives it. */
export type ComponentInput = Omit<ComponentOrder, "lots" | "clock"> & {
  readonly lots?: readonly LotInput[];
  readonly clock?: ClockInput;
};

/**
 * A further component of a dose, given after the one before it: what is its own. Person, weight, days and day totals are
 * those of the order.
 */
export interface ComponentOrder extends Pick<
  PreparationOrder,
  "dose" | "product" | "lots" | "draw" | "infusion" | "clock"
> {
  /** What it is called, such as "CD4". */
  readonly component: string;
  /** Most minutes from the end of the component before it to its start; both then state a clock. */
  readonly startWithinMinutes?: number;
}

/** What holds for all components together, where no product's label says it. */
export interface TogetherOrder extends Omit<DoseLimits, "surface"> {
  readonly source: string;
}

/** Everything that {@link prepare} computes with. */
export interface PreparationOrder {
  readonly identification?: Identification;
  readonly preparedOn: IsoDate;
  readonly participant?: Participant;
  /** Needed for a dose per kg, weight bands, DMSO and endotoxin. */
  readonly weight?: WeightOrder;
  readonly dose: DoseOrder;
  /** Left out with `lots` and `draw` for a placebo; whole containers are given without `draw`. */
  readonly product?: ProductOrder;
  readonly lots?: readonly LotOrder[];
  readonly draw?: DrawOrder;
  readonly infusion: InfusionOrder;
  readonly clock?: ClockOrder;
  readonly dayTotals?: DayTotalsOrder;
  /** Of several components: what the one of this order is called. */
  readonly component?: string;
  /** The further components, in the order in which they are given. */
  readonly then?: readonly ComponentOrder[];
  readonly together?: TogetherOrder;
  readonly overrides?: readonly Override[];
}

import type { UnitKind } from "../quantity/index.js";

/** Where a statement comes from. `inference` is ours: it is in no document. `protocol` is for a user's own trial. */
export type SourceKind = "registry" | "publication" | "protocol" | "inference";

/** A document that a statement of a trial comes from; statements name it by its id. */
export interface Source {
  readonly id: string;
  readonly kind: SourceKind;
  /** What a reader needs to find it: registry number, title, date, address. */
  readonly citation: string;
}

/** The phase of a trial, as ClinicalTrials.gov has it. */
export type Phase = "early-phase-1" | "phase-1" | "phase-2" | "phase-3" | "phase-4";

/** How far a trial is, as ClinicalTrials.gov has it. */
export type Status =
  | "not-yet-recruiting"
  | "recruiting"
  | "enrolling-by-invitation"
  | "active-not-recruiting"
  | "suspended"
  | "terminated"
  | "completed"
  | "withdrawn";

/** Whether participants are randomized, as ClinicalTrials.gov has it. */
export type Allocation = "randomized" | "non-randomized" | "not-applicable";

/** How groups of participants get the interventions, as ClinicalTrials.gov has it. */
export type InterventionModel = "single-group" | "parallel" | "crossover" | "factorial" | "sequential";

/** How many roles are masked, as ClinicalTrials.gov counts them. */
export type MaskingLevel = "none" | "single" | "double" | "triple" | "quadruple";

/** A role that ClinicalTrials.gov lists as masked or not. */
export type MaskedRole = "participant" | "care-provider" | "investigator" | "outcomes-assessor";

/** What an arm is in its trial, as ClinicalTrials.gov has it. */
export type ArmType =
  "experimental" | "active-comparator" | "placebo-comparator" | "sham-comparator" | "no-intervention" | "other";

/** What an intervention is, as ClinicalTrials.gov has it. */
export type InterventionType = "biological" | "drug" | "device" | "genetic" | "procedure" | "combination" | "other";

/** How many roles are masked, and which, as far as a source says so. */
export interface Masking {
  readonly level: MaskingLevel;
  /** Who is masked; absent when the source names only the level. */
  readonly who?: readonly MaskedRole[];
  readonly note?: string;
}

/** A calendar date `YYYY-MM-DD`, or `YYYY-MM` where the source gives no day. */
export type PartialDate = string;

/** Dates of a trial's record: days, or months where the source states no day. */
export interface TrialDates {
  readonly start?: PartialDate;
  readonly primaryCompletion?: PartialDate;
  readonly completion?: PartialDate;
  readonly updated?: PartialDate;
}

/** What participants get, as a source names it; arms refer to it by its id. */
export interface Intervention {
  readonly id: string;
  readonly name: string;
  readonly type?: InterventionType;
  readonly description?: string;
}

/** How often an arm is dosed: `count` administrations (>= 1), `intervalDays` whole days apart (given if count > 1). */
export interface Administrations {
  /** How often the dose is given, at least 1. */
  readonly count: number;
  /** Whole days from one administration to the next, at least 1. */
  readonly intervalDays?: number;
}

/** `amount` (a decimal string, > 0) of `unitKind` for each kilogram of body weight. */
export interface PerKgDose {
  readonly kind: "per-kg";
  readonly amount: string;
  readonly unitKind: UnitKind;
}

/** `amount` (a decimal string, > 0) of `unitKind` whatever the participant weighs. */
export interface FlatDose {
  readonly kind: "flat";
  readonly amount: string;
  readonly unitKind: UnitKind;
}

/** By whom a formula of the body surface is. */
export type SurfaceFormula = "mosteller" | "du-bois" | "haycock";

/** How the body surface comes about. No formula and no rounding is taken for granted. */
export interface SurfaceOrder {
  readonly formula: SurfaceFormula;
  /** To a multiple of it, in m², the body surface is rounded, half-up: "0.01". */
  readonly roundedToM2: string;
}

/** `amount` (a decimal string, > 0) of `unitKind` for each square metre of body surface, by the formula that is named. */
export interface SurfaceDose {
  readonly kind: "per-m2";
  readonly amount: string;
  readonly unitKind: UnitKind;
  readonly surface: SurfaceOrder;
}

/** A dose with an amount: by weight, by body surface, or the same for everybody. */
export type ActiveDose = PerKgDose | SurfaceDose | FlatDose;

/** The same amount of a preparation without the active ingredient; the target is 0. */
export interface EqualAmountPlacebo {
  readonly kind: "equal-amount-placebo";
  readonly composition?: string;
}

/** Nothing is administered. */
export interface NoDose {
  readonly kind: "none";
}

/**
 * A dose that is decided later. The arm stays closed (no list, no dose) until a {@link DecisionRecord} opens it; the
 * tentative value is what the source mentions, and is never used by itself.
 */
export interface DeferredDose {
  readonly kind: "deferred";
  readonly tentative: ActiveDose;
  readonly tentativeAdministrations?: Administrations;
  /** What the decision waits for, and who takes it, in words. */
  readonly awaiting: string;
}

/**
 * How much one administration of an arm holds: an amount by weight or for everybody, that of another arm for its
 * placebo, nothing, or an amount that is decided later.
 */
export type DoseRule = ActiveDose | EqualAmountPlacebo | NoDose | DeferredDose;

/** The decision that opens an arm with a {@link DeferredDose}. Nothing in it has a default. */
export interface DecisionRecord {
  readonly arm: string;
  /** The day up to which data were looked at, `YYYY-MM-DD`. */
  readonly dataCut: string;
  /** Who decided: names or the committee. */
  readonly decidedBy: string;
  /** The day of the decision, `YYYY-MM-DD`, not before the data cut. */
  readonly decidedOn: string;
  /** The chosen dose rule. */
  readonly dose: ActiveDose;
  readonly administrations: Administrations;
  readonly reason?: string;
  /** SHA-256 of what the decision rests on: the report of `select`, or an event of an allocation log. */
  readonly report?: string;
}

/** One arm of a part: who gets what, how much of it, and how often. */
export interface Arm {
  /** Short portable code: an ASCII letter, then letters, digits or hyphens; 1 to 20 characters. */
  readonly id: string;
  /** The arm's title in the source. */
  readonly label: string;
  readonly type?: ArmType;
  readonly interventions: readonly string[];
  /** Absent: the source states no dose, and the assumptions hold the open assumption. */
  readonly dose?: DoseRule;
  /** Absent: the source does not say how often. */
  readonly administrations?: Administrations;
  /** The record that opened this arm, where its dose had been deferred. */
  readonly decision?: DecisionRecord;
  readonly note?: string;
}

/** A stage of a trial with its own allocation. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly kind: "randomized" | "open-escalation";
  /** The part whose decision (a dose level, the choice of a dose) must be there before anybody enters this one. */
  readonly waitsFor?: string;
  readonly arms: readonly string[];
  /** Participants in this part, where known. */
  readonly size?: number;
  readonly masking: Masking;
  readonly note?: string;
}

/** Sex, as eligibility and the formulas of ideal weight ask for it. */
export type Sex = "female" | "male";

/** One numeric limit. Both ends are included unless said otherwise. Decimal strings. */
export interface NumericCriterion {
  readonly id: string;
  readonly measure: "age" | "weight" | "bmi";
  readonly unit: "years" | "kg" | "kg/m2";
  readonly minimum?: string;
  readonly maximum?: string;
  readonly minimumExcluded?: true;
  readonly maximumExcluded?: true;
  readonly note?: string;
}

/** Who may take part: limits in numbers, which the program compares, and all other criteria, which people read. */
export interface Eligibility {
  readonly sex: "all" | Sex;
  readonly healthyVolunteers?: boolean;
  readonly numeric: readonly NumericCriterion[];
  /** All other criteria, in our own words; they are for reading, the program does not decide them. */
  readonly inclusion: readonly string[];
  readonly exclusion: readonly string[];
}

/** What the trial measures, and when, in words. */
export interface Outcome {
  readonly kind: "primary" | "secondary" | "other";
  readonly measure: string;
  readonly timeFrame?: string;
}

/** What cannot be done while an assumption is open. */
export type AssumptionUse = "list" | "dose" | "preparation" | "schedule" | "escalation" | "blinding" | "record";

/** How the value of an assumption is read by the program. `text` is for people: kept and printed, never read. */
export type AssumptionFormat =
  | "text"
  | "dose"
  | "administrations"
  | "count-basis"
  | "weight-descriptor"
  | "cap"
  | "fraction"
  | "volume"
  | "duration"
  | "rate-or-duration"
  | "concentration"
  | "content-in-volume";

/** One line of the list of assumptions: something a trial needs and its sources do not say. */
export interface Assumption {
  /** Dotted key such as `allocation.ratio`, `dose.countBasis` or `dose.levels.experimental`. */
  readonly key: string;
  readonly question: string;
  /** Everything that is refused while this is open. */
  readonly neededFor: readonly AssumptionUse[];
  /** The arms it concerns; absent: the whole trial. */
  readonly arms?: readonly string[];
  /** The parts it concerns; absent: the whole trial. */
  readonly parts?: readonly string[];
  readonly format: AssumptionFormat;
  /** "by lot" is an answer too: then each lot of an order states it. */
  readonly byLot?: true;
  /** Set when a field of the plan or the seed itself answers the question. */
  readonly answeredBy?: "plan.arms" | "plan.procedure" | "plan.strata" | "plan.length" | "seed";
  /** What a reader of the record might infer; printed as a hint, never used. */
  readonly hint?: string;
}

/** What a contradiction bears on: `schedule` is when and how a product is given, `record` the record's wording only. */
export type ContradictionBearing = "dose" | "list" | "schedule" | "masking" | "eligibility" | "record";

/** Two statements of the sources that cannot both hold, or one that does not add up. */
export interface Contradiction {
  readonly id: string;
  /** A preparation warns of those that bear on the dose, and of no other. */
  readonly bearsOn: readonly ContradictionBearing[];
  /** The arms concerned. Without it, all. */
  readonly arms?: readonly string[];
  /** Key of the question whose answer settles it: whoever answers that question has decided. */
  readonly askedAs?: string;
  /** How the sponsor has settled it, with its document. From then on nothing warns of it. */
  readonly settled?: string;
  readonly statement: string;
  readonly sources: readonly string[];
}

/** A trial as its sources describe it. What they do not say is absent here and present in `assumptions`. */
/** Statements of a label whose words laws and standards fix. */
export const STATEMENT_NAMES = [
  "us-investigational",
  "may-transmit",
  "autologous-only",
  "not-evaluated",
  "biohazard",
  "do-not-irradiate",
  "no-leukocyte-filter",
  "keep-from-children",
] as const;

/** What every document of a trial says at a site: the same in every arm and for every participant. Printed as it stands. */
export interface DocumentTexts {
  /** The trial's id where nothing is said. */
  readonly trialCode?: string;
  /** The sponsor of the trial's record where nothing is said. */
  readonly sponsor?: string;
  /** Title of the trial as papers have it, in their language. */
  readonly trialTitle?: string;
  /** Number, version and date of the site's form. */
  readonly formNumber?: string;
  /** Name and address. */
  readonly site?: string;
  readonly investigator?: string;
  /** Name, address and telephone, day and night. */
  readonly contact?: string;
  /** Pharmaceutical form, such as "suspension or solution for infusion". */
  readonly form?: string;
  readonly directions?: string;
  /** Warnings in words that laws and standards fix, by their names. */
  readonly statements?: readonly StatementName[];
  /** The products of all arms, each with its arms: what a blinded label names, it names all together. */
  readonly products?: readonly { readonly name: string; readonly arms: readonly string[] }[];
  /** How the products stand on a label: a text with `{products}` in it; the names alone where nothing is said. */
  readonly productLine?: string;
  /** Version of the label as it was approved. */
  readonly templateVersion?: string;
  /** A GS1 number of the sponsor, one for all arms: 8, 12, 13 or 14 digits, the last one the check digit. */
  readonly gtin?: string;
}

/** The name of a statement of a trial that a source stands behind. */
export type StatementName = (typeof STATEMENT_NAMES)[number];

/**
 * A trial as its protocol and its registry record state it: parts, arms, eligibility, the source of every statement,
 * and the questions that they leave open. Data alone; {@link defineTrial} checks it.
 */
export interface Trial {
  /** Registry number or the user's own id: letters, digits, hyphens. */
  readonly id: string;
  readonly title: string;
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
  readonly sponsor: { readonly name: string; readonly class?: "industry" | "other" | "government" | "individual" };
  readonly studyType?: "interventional";
  readonly locations?: readonly string[];
  /** Number of sites (>= 1), where a source counts them, named or not. */
  readonly locationCount?: number;
  readonly phases?: readonly Phase[];
  readonly purpose?: string;
  readonly status?: Status;
  readonly dates?: TrialDates;
  readonly enrolment: { readonly count: number; readonly approximate?: true };
  readonly allocation: Allocation;
  readonly model: InterventionModel;
  readonly masking: Masking;
  readonly conditions: readonly string[];
  readonly route?: string;
  readonly interventions: readonly Intervention[];
  readonly arms: readonly Arm[];
  readonly parts: readonly Part[];
  readonly eligibility: Eligibility;
  readonly outcomes: readonly Outcome[];
  readonly documents?: DocumentTexts;
  readonly assumptions: readonly Assumption[];
  readonly contradictions: readonly Contradiction[];
  readonly sources: readonly Source[];
  /**
   * Which source each field rests on: from a field's path to a source id. The longest path that leads to a field wins;
   * the empty path is the rest and must be there. Items of a list are named by their `id` (`arms.low.type`), those of
   * the assumptions by their `key`, all others by their index (`outcomes.0.measure`).
   */
  readonly provenance: Readonly<Record<string, string>>;
}

import type { ReadLog } from "../allocation/index.js";
import type { AllocellError } from "../foundation/index.js";
import type { MasterRow, MasterList, Plan, ReadManifest } from "../list/index.js";
import type { Seed } from "../random/index.js";
import type { AssumptionInputs, Part, Trial } from "../trial/index.js";

/** A file by its name (without folders) and its text. */
export interface AuditedFile {
  readonly name: string;
  readonly text: string;
}

/** Limits of the audit; ours, because no regulation states any. */
export interface AuditThresholds {
  /** Rule 13 warns above this share of certain allocations, block sizes known; in [0, 1]. Default 0.25. */
  readonly forcedShare: number;
  /** Rule 13 warns if strata × largest block is above this share of the participants; > 0. Default 0.5. */
  readonly openBlocksShare: number;
  /** Rule 8 fails at or below this probability; in (0, 1). Default 0.0001. */
  readonly agreement: number;
  /** Rule 14 fails at or below this probability, divided by the number of tests; in (0, 1). Default 0.005. */
  readonly kitAssociation: number;
  /** Rule 11: bits from which on equal sequences cannot be chance; > 0. Default 64. */
  readonly sharedBits: number;
}

/**
 * The thresholds where none are stated. Shares and probabilities are numbers from 0 to 1, `sharedBits` is in bits.
 * Conventions of this program, because no regulation states any.
 */
export const DEFAULT_THRESHOLDS: AuditThresholds = /* @__PURE__ */ Object.freeze({
  forcedShare: 0.25,
  openBlocksShare: 0.5,
  agreement: 0.0001,
  kitAssociation: 0.005,
  sharedBits: 64,
});

/** One kit of a kit list, in the order of the list. UNBLINDED. */
export interface AuditedKit {
  readonly code: string;
  readonly arm: string;
}

/** What is visible of the product that one arm gets at one body weight. UNBLINDED. */
export interface PreparationSummary {
  readonly arm: string;
  /** Kilograms, as text; arms are compared weight by weight. */
  readonly weightKg: string;
  /** Total volume infused, mL, as text. */
  readonly totalVolumeMl?: string;
  /** Bags or syringes of one administration. */
  readonly containers?: number;
  /** mL/min, as text. */
  readonly rateMlPerMin?: string;
  /** Duration of one infusion, minutes, as text. */
  readonly minutes?: string;
  /** Study days on which something is administered; Day 1 is the first. */
  readonly administrationDays?: readonly number[];
}

/** A sentinel group: who is dosed first, apart from the rest. */
export interface Sentinel {
  /** Level of each factor that makes it a stratum of its own; absent: it stands in the main list. */
  readonly stratum?: Readonly<Record<string, string>>;
  /** Participants by arm, for example one active and one placebo. */
  readonly counts: Readonly<Record<string, number>>;
}

/** What else is known, each field as far as there is something. */
export interface AuditFacts {
  /** Answers to the trial's assumptions that doses rest on. */
  readonly assumptions?: AssumptionInputs;
  readonly preparations?: readonly PreparationSummary[];
  /** Dose records that blinded people get, as plain data by field name. */
  readonly blindedDoseRecords?: readonly Readonly<Record<string, unknown>>[];
  readonly kits?: readonly AuditedKit[];
  readonly sentinels?: readonly Sentinel[];
  /** The log of events, as text. */
  readonly log?: string;
  /** The instant of the audit; events of the log that are dated later are named. */
  readonly now?: string;
  /** Smallest step of a weight, kg, as text. Default "0.1". */
  readonly weightStepKg?: string;
  /** Names of fields that blinded files may have beyond those known here. */
  readonly allowedFields?: readonly string[];
  readonly thresholds?: Partial<AuditThresholds>;
}

/** A second list to be compared, the TEST list beside the LIVE one. */
export interface OtherList {
  readonly status: "LIVE" | "TEST";
  readonly seedMark?: string;
  readonly rows: readonly MasterRow[];
}

/** Everything that the rules look at. */
export interface AuditSubject {
  readonly plan: Plan;
  /** `dry-run`: a TEST list that the audit drew itself from the plan. */
  readonly from: "dry-run" | "files";
  readonly status: "LIVE" | "TEST";
  readonly trial?: Trial;
  /** The part of the trial that the list is for. */
  readonly part?: Part;
  readonly files: readonly AuditedFile[];
  /** Rows as the files state them; absent without a master list. */
  readonly rows?: readonly MasterRow[];
  readonly seedMark?: string;
  readonly hashes?: readonly { readonly file: string; readonly sha256: string }[];
  /** With the seed the list can be derived again, also from a changed plan. */
  readonly seed?: Seed;
  /** The manifest of a list that another system made; `derived` is then what its own rows give. */
  readonly adopted?: ReadManifest;
  readonly derived?: MasterList;
  readonly other?: OtherList;
  /** From the facts, or from the kit list among the files. */
  readonly kits?: readonly AuditedKit[];
  readonly facts: AuditFacts;
  /** The log among the facts: what it holds, or the fault at which reading stopped. */
  readonly log?: ReadLog | AllocellError;
  readonly thresholds: AuditThresholds;
}

/** A file is for unblinded people if its name says so, and for anybody else otherwise. */
export const isUnblinded = (name: string): boolean => name.includes("UNBLINDED");
/** Files that somebody who must stay blinded may have; a committee's letters are for its closed session only. */
export const blindedFiles = ({ files }: AuditSubject): readonly AuditedFile[] =>
  files.filter(({ name }) => !isUnblinded(name) && !name.includes("COMMITTEE-ONLY"));
/** Whether somebody in this part must not know the treatment. */
export const isMasked = ({ part }: AuditSubject): boolean => part?.masking.level !== "none";

import type { IsoDate } from "../../calendar/index.js";
import type { Action, ConductRules, EscalationDesign } from "../model.js";

/** A design with the dates that its conduct is held to. */
export interface ConductedDesign extends EscalationDesign {
  readonly trial: string;
  readonly part: string;
  readonly conduct: ConductRules;
}

/** What people did although the rule or a date said otherwise. Shown for ever after. */
export interface Override {
  readonly reason: string;
  readonly by: string;
}

/** The event that opens a cohort of so many participants at a level, both counted from 1. */
export interface CohortOpened {
  readonly type: "cohort-opened";
  /** From 1, without gaps. */
  readonly cohort: number;
  /** Level, from 1. */
  readonly level: number;
  /** Participants of the cohort, at least 1. */
  readonly size: number;
  readonly override?: Override;
}

/** A participant is dosed. The first of a cohort is its sentinel. */
export interface ParticipantEntered {
  readonly type: "entered";
  readonly participant: string;
  /** Number of the cohort, from 1. */
  readonly cohort: number;
  readonly dosedOn: IsoDate;
  /** Somebody of the same cohort whose outcome can never be known. */
  readonly replaces?: string;
  readonly override?: Override;
}

/** The event that says whether a participant had a dose-limiting toxicity in the window. */
export interface DltAssessed {
  readonly type: "dlt-assessed";
  readonly participant: string;
  readonly outcome: "dlt" | "no-dlt" | "not-evaluable";
  /** Day of the DLT, or of the judgement that there was none. */
  readonly on: IsoDate;
  readonly assessedBy: string;
  /** Needed for `not-evaluable`, and for `no-dlt` before the window ends. */
  readonly reason?: string;
}

/** A DLT after the window. Every decision that was taken waits for a new one. */
export interface LateDlt {
  readonly type: "late-dlt";
  readonly participant: string;
  readonly on: IsoDate;
  readonly assessedBy: string;
}

/** What the rule said at a data cut. */
export interface RuleProposal {
  readonly action: Action | "wait";
  readonly level: number | null;
  /** Participants of the next cohort. */
  readonly size: number;
  readonly recommended?: number | null;
}

/** What people decided, beside what the rule said. */
export interface CohortDecided {
  readonly type: "cohort-decided";
  readonly dataCut: IsoDate;
  readonly rule: RuleProposal;
  /** Level of the next cohort; null: no further cohort. */
  readonly level: number | null;
  readonly decidedOn: IsoDate;
  readonly decidedBy: string;
  /** Needed where it is not what the rule said. */
  readonly reason?: string;
}

/** The part ends, and people say which level, if any, the next part may use. This is what a gate refers to. */
export interface PartClosed {
  readonly type: "part-closed";
  readonly dataCut: IsoDate;
  /** The level that the rule recommends at the data cut; null: none. */
  readonly recommended: number | null;
  readonly level: number | null;
  readonly decidedOn: IsoDate;
  readonly decidedBy: string;
  readonly reason?: string;
}

/** An event of an open part before it is chained into a log. */
export type PartBody = CohortOpened | ParticipantEntered | DltAssessed | LateDlt | CohortDecided | PartClosed;

export const PART_EVENTS: readonly PartBody["type"][] = Object.freeze([
  "cohort-opened",
  "entered",
  "dlt-assessed",
  "late-dlt",
  "cohort-decided",
  "part-closed",
]);

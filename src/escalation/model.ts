/** An exact share as text: `"0.25"` or `"1/4"`. Never a number: most decimals have no exact double. */
export type ShareText = string;

/** One entry of the dose table. Level 1 is the lowest, whatever the label says. */
export interface DoseLevel {
  /** What people call it, such as `low` or `-1`. */
  readonly label: string;
  /** `"1E6 viable cells/kg"`. All levels of a design have a dose, or none has. */
  readonly dose?: string;
  /** `"1"`, or `"2 every 28 days"`. */
  readonly administrations?: string;
}

/**
 * What a rule says at a level with that many evaluable participants and DLTs: E escalate, S stay, D de-escalate, U
 * de-escalate and never return to this level or a higher one, X stop the part.
 */
export type Letter = "E" | "S" | "D" | "U" | "X";

/** 3 + 3: `escalate-only` after Storer 1989; `de-escalate` after Korn 1994. */
export interface ThreePlusThreeSpec {
  readonly kind: "3+3";
  readonly variant: "escalate-only" | "de-escalate";
  /** Whether a level is declared only with six participants (Korn), or also with three. */
  readonly needSixAtMtd: boolean;
  /** Most participants of the part. When they are used up before the rule has ended, it ends undecided. */
  readonly maxTotal: number | "none";
  readonly stopCohortWhenDecided: boolean;
}

/** What every rule but 3+3 leaves to the protocol. Nothing here has a default. */
export interface EdgeRules {
  /** Participants of the first, second ... cohort; the last number repeats. */
  readonly cohorts: readonly number[];
  /** Most participants of the part. */
  readonly maxTotal: number;
  /** What becomes of a last cohort for which too few places are left. */
  readonly lastCohort: "cut" | "not-opened";
  /** De-escalation at level 1: the next cohort is treated there again, or the part stops without a dose. */
  readonly atLowest: "stay" | "stop";
  /** Escalation at the top, or below a level that is closed: stay there, or stop and recommend. */
  readonly atHighest: "stay" | "stop";
  /** Whether a level that was left downward may be opened again. An eliminated level never is. */
  readonly reescalation: "allowed" | "never";
  /** Least evaluable participants at a level before the next higher one may open; 0 for none. */
  readonly minToEscalate: number;
  /** No cohort is opened that would bring a level above this number. */
  readonly maxAtLevel: number | "none";
  /** Stops when the level holds `atLevel` participants: at once (`reached`), or if it would be treated again (`stay`). */
  readonly earlyStop: "none" | { readonly atLevel: number; readonly when: "reached" | "stay" };
  /** Whether the rest of a cohort is not treated where every outcome of it leads down or to a stop. */
  readonly stopCohortWhenDecided: boolean;
}

/** When a level is eliminated: P(rate above the target) > `cutoff` under a uniform prior, at `minimum` or more. */
export interface Elimination {
  readonly cutoff: ShareText;
  /** Fewest participants at a level before it can be eliminated, at least 1. */
  readonly minimum: number;
}

/** What the rules with a target have in common. */
export interface TargetRules extends EdgeRules {
  /** Wanted probability of a DLT, from 0.05 to 0.5. */
  readonly target: ShareText;
  readonly elimination: Elimination;
  /** Stops at level 1 at P(rate above the target) > cutoff - `offset` already. */
  readonly extraSafe: "none" | { readonly offset: ShareText };
  /** Isotonic regression; with `de-escalation-boundary` no estimate above it is recommended. */
  readonly selection: { readonly kind: "isotonic"; readonly mustNotExceed: "none" | "de-escalation-boundary" };
}

/** Bayesian optimal interval design. */
export interface BoinSpec extends TargetRules {
  readonly kind: "boin";
  /** Highest rate that is too low (phi 1), such as 0.6 of the target. */
  readonly tooLow: ShareText;
  /** Lowest rate that is too high (phi 2), such as 1.4 of the target. */
  readonly tooHigh: ShareText;
}

/** Half-widths of the interval around the target, below and above. */
export interface Equivalence {
  readonly below: ShareText;
  readonly above: ShareText;
}

export interface I3Plus3Spec extends TargetRules {
  readonly kind: "i3+3";
  readonly equivalence: Equivalence;
}

/** mTPI-2, which is also the keyboard design. */
export interface MTpi2Spec extends TargetRules {
  readonly kind: "mtpi-2";
  readonly equivalence: Equivalence;
  /** The intervals at 0 and 1 may be shorter than the others: compared by their own length, or left out. */
  readonly shortIntervals: "kept" | "dropped";
}

/** One cell of a user's own table. */
export interface OwnCell {
  /** Evaluable participants at the level, at least 1. */
  readonly n: number;
  /** Those of them with a DLT, 0 to `n`. */
  readonly dlt: number;
  readonly decision: "escalate" | "stay" | "de-escalate" | "eliminate" | "stop";
}

/** Fixed cohorts with a table of the user's own; also the door for any published table. */
export interface OwnTableSpec extends EdgeRules {
  readonly kind: "own-table";
  readonly cells: readonly OwnCell[];
  /** `below-stop`: the level below the one at which the part stopped, or the top if it was passed. */
  readonly selection:
    | { readonly kind: "below-stop" }
    | { readonly kind: "isotonic"; readonly target: ShareText; readonly mustNotExceed: "none" };
}

/** A rule of escalation with all its options, by its `kind`. */
export type RuleSpec = ThreePlusThreeSpec | OwnTableSpec | BoinSpec | I3Plus3Spec | MTpi2Spec;

/** The kind of a rule of escalation. */
export type RuleKind = RuleSpec["kind"];

/** A design of an open, escalating part. */
export interface EscalationDesign {
  readonly trial?: string;
  readonly part?: string;
  readonly levels: readonly DoseLevel[];
  /** Number of the level at which the first cohort is treated. */
  readonly startLevel: number;
  readonly rule: RuleSpec;
  /** Dates and counting; needed for the log of the part, not for planning. */
  readonly conduct?: ConductRules;
}

/** What a protocol says about dates and counting in an open part. Nothing has a default. */
export interface ConductRules {
  /** DLTs count through this study day; dosing is Day 1 or Day 0. */
  readonly window: { readonly throughStudyDay: number; readonly dosingIsDay: 0 | 1 };
  /** Complete days between one dosing and the next in a cohort: after the sentinel, after the second ...; the last repeats. */
  readonly gapsDays: readonly number[];
  /** Days from the first day on which a cohort can be decided to the first dosing of the next. */
  readonly reviewDays: number;
  /** Whether a DLT after the window changes the counts; it is told in both cases, and every decision waits for a new one. */
  readonly lateDlt: "flag" | "count";
  /** Most participants of a cohort who may be replaced. */
  readonly mostReplacements: number;
}

/** What was seen at the levels, index 0 for level 1: evaluable participants, and those of them with a DLT. */
export interface Counts {
  readonly n: readonly number[];
  readonly dlt: readonly number[];
}

/** Where a part is: its counts, the level of the last cohort, and the highest level that is not closed permanently. */
export interface Situation extends Counts {
  readonly current: number;
  readonly highestOpen: number;
}

/** Why a step is what it is. Each has one text: {@link REASONS}. */
export type Reason =
  | "start"
  | "complete-cohort"
  | "escalate"
  | "escalate-blocked"
  | "minimum-not-reached"
  | "stay"
  | "three-more"
  | "six-needed"
  | "de-escalate"
  | "three-more-below"
  | "lowest-again"
  | "eliminate"
  | "top-or-closed-above"
  | "level-below"
  | "highest-with-six"
  | "lowest-too-toxic"
  | "no-level-below"
  | "own-stop"
  | "early-stop"
  | "level-full"
  | "total-reached"
  | "pending";

/** What a rule proposes after a cohort, of the level at which it was treated. */
export type Action = "escalate" | "stay" | "de-escalate" | "eliminate" | "stop";

/** The next step of a part whose cohort is complete. */
export type Step =
  | {
      readonly action: Exclude<Action, "stop">;
      readonly reason: Reason;
      /** Level of the next cohort, and how many it has. */
      readonly level: number;
      readonly size: number;
      readonly highestOpen: number;
    }
  | {
      readonly action: "stop";
      readonly reason: Reason;
      readonly highestOpen: number;
      /** The level that the rule recommends; null: none. A proposal; people decide. */
      readonly recommended: number | null;
    };

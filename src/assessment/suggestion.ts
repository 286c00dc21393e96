import type { Issue } from "../foundation/index.js";
import type { DynamicProcedure, Factor } from "../list/index.js";
import type { ProcedureSpec } from "../procedure/index.js";
import type { CentreAccrual } from "./accrual.js";
import type { Guesser } from "./guesser.js";
import type { Estimate, Measures } from "./model.js";
import type { TrialMeasures } from "./simulateTrial.js";
import type { TrialDesign } from "./trialDesign.js";

/** The trial for which {@link suggest} ranks designs, the limits that a design must keep, and what counts how much. */
export interface SuggestRequest {
  /** Participants of the trial, a whole number from 2 to 10,000; rows of a list times arms at most 3,000. */
  readonly n: number;
  /** At most 12 arms. */
  readonly ratio: readonly number[];
  /** Strata besides sites; absent: 1, or the combinations of `factors`. */
  readonly strata?: number;
  /** Levels of each factor besides the centre, for example [2, 3], or named; in place of `strata`. */
  readonly factors?: readonly (number | Factor)[];
  /**
   * Weights of the factors in minimization and the design of Hu and Hu, whole numbers from 0 on, of the centre first;
   * absent: 1 each, and of one candidate 2 for the others beside 1 for the centre.
   */
  readonly factorWeights?: readonly number[];
  /** Sites, if randomization is stratified by them; absent: 1. */
  readonly sites?: number;
  /** What a design must keep; a limit that is absent is none, but for `forcedShare`. */
  readonly limits?: {
    /** Largest share of rows that are certain, in [0, 1]; absent: {@link FORCED_SHARE_LIMIT}. */
    readonly forcedShare?: number;
    /**
     * Largest imbalance of a list that may be expected (E of the largest at any row): abs(N_A - N_B) for two arms at
     * 1:1, else max_k abs(N_k - n w_k / W); above 0.
     */
    readonly imbalance?: number;
    /** Largest {@link SuggestionFacts.finalImbalance}, above 0. */
    readonly final?: number;
    /** Largest {@link SuggestionFacts.pooledDeviation}, above 0. */
    readonly pooled?: number;
    /** Largest predictability for the `guesser`, in [0, 1]; a guesser who knows nothing has 0. */
    readonly predictability?: number;
  };
  /**
   * Expected shares of the lists (strata x sites), above 0, site by site, within a site the last factor fastest; absent:
   * equal. They are divided by their sum. Where a trial is simulated, the levels come independently with their margins.
   */
  readonly shares?: readonly number[];
  /**
   * When centres take participants, and who drops out before randomization; centres are "1" to `sites`. Absent: all are
   * open from the start, without a limit, and nobody drops out. With it, the numbers by list are simulated.
   */
  readonly accrual?: Omit<CentreAccrual, "participants">;
  /** What somebody who wants to guess gets to know of earlier allocations, as masking leaves it; absent: `everything`. */
  readonly guesser?: Guesser;
  /** Weights of the criteria, at least 0, not all 0; absent: {@link CRITERIA_WEIGHTS} of the guesser. */
  readonly weights?: Partial<Criteria>;
  /** Names the stream of what is simulated; absent: a fixed text. */
  readonly seed?: string;
  /** Designs to look at besides the usual ones: of a list in every stratum, or dynamic over all factors. */
  readonly candidates?: readonly (ProcedureSpec | DynamicProcedure)[];
}

/** How far a search for a design has come. */
export interface SuggestProgress {
  /** Designs that were measured, of all. */
  readonly designs: number;
  readonly allDesigns: number;
  /** Of the design at hand, if it is simulated: lists or trials that were simulated, and the most. */
  readonly trials?: number;
  readonly mostTrials?: number;
}

/** What designs are ranked by, each from 0, the ideal, on; 1 is as bad as complete randomization, or as certainty. */
export interface Criteria {
  /** `ComparedDesign.predictability`; for a guesser who knows his own centre, his. */
  readonly predictability: number;
  /** Share of allocations that are deterministic. */
  readonly deterministic: number;
  /** Expected largest imbalance of a list or stratum, over that of complete randomization. */
  readonly imbalance: number;
  /** {@link SuggestionFacts.pooledDeviation}, over that of complete randomization. */
  readonly pooled: number;
  /** {@link SuggestionFacts.marginDeviation}, over that of complete randomization; absent without factors. */
  readonly margins?: number;
}

/**
 * The weights of the criteria where none are stated, by the guesser. A convention: balance counts once in each list,
 * once in the trial, and once in the levels of the factors where there are any; prediction twice where somebody can know
 * all earlier allocations, half of it where only those of his own centre, and not at all where none.
 */
export const CRITERIA_WEIGHTS: Readonly<Record<Guesser, Required<Criteria>>> = Object.freeze({
  everything: { predictability: 2, deterministic: 1, imbalance: 1, pooled: 1, margins: 1 },
  "own-centre": { predictability: 1, deterministic: 0.5, imbalance: 1, pooled: 1, margins: 1 },
  nothing: { predictability: 0, deterministic: 0, imbalance: 1, pooled: 1, margins: 1 },
});

/** Why a design has its rank, as data: a code with its numbers, which a report says in its language. */
export type SuggestionReason =
  | { readonly code: "deterministic"; readonly share?: Estimate; readonly limit: number }
  | {
      readonly code: "imbalance";
      /** Rows of a list; absent where the strata of a whole trial were simulated. */
      readonly rows?: number;
      readonly largest: Estimate;
      readonly limit?: number;
      readonly complete: Estimate;
    }
  /** Only where it is limited. */
  | { readonly code: "final"; readonly final: Estimate; readonly limit: number }
  | {
      readonly code: "pooled";
      readonly deviation: Estimate;
      readonly limit?: number;
      /** Lists, or strata of a whole trial. */
      readonly lists: number;
      readonly complete: number;
    }
  | { readonly code: "margins"; readonly deviation: Estimate; readonly complete: number }
  | { readonly code: "loss"; readonly overall: Estimate; readonly strata: Estimate }
  | {
      readonly code: "predictability";
      /** Of somebody who knows everything. */
      readonly best: Estimate;
      readonly guesser: Guesser;
      /** Of that guesser; the limit is his. */
      readonly share: Estimate;
      readonly limit?: number;
    }
  | { readonly code: "score"; readonly score: Estimate; readonly criteria: Criteria; readonly weights: Criteria }
  | { readonly code: "warning"; readonly issue: Issue };

/** What is known of every suggested design. */
export interface SuggestionFacts {
  /** From 1. */
  readonly rank: number;
  /** Whether all limits are kept. */
  readonly isWithinLimits: boolean;
  readonly method: Measures["method"];
  readonly warnings: readonly Issue[];
  /** Procedures that are the same law for this list, so that every measure is equal. */
  readonly alsoKnownAs: readonly ProcedureSpec[];
  /** `ComparedDesign.predictability`, of a guesser who knows everything. */
  readonly predictability: number;
  /** The same for each guesser. */
  readonly byGuesser: Readonly<Record<Guesser, Estimate>>;
  /** Share of allocations that are deterministic; absent where it is not computed. */
  readonly deterministic?: Estimate;
  /** E of the largest imbalance at any row of a list; of a whole trial that was simulated, of the mean over its strata. */
  readonly imbalance: number;
  /** E of the imbalance after the last row of a list; of a whole trial, of the mean over its strata. */
  readonly finalImbalance: number;
  /**
   * Standard deviation of a group's size around its share at the end of the trial, over all lists together: the root of
   * the mean over the arms of E (N_k - n w_k / W)^2, n exactly as given, participants multinomial over the lists; with an
   * `accrual` simulated, n those who are randomized.
   */
  readonly pooledDeviation: number;
  /** The same within the levels of the factors, the centre among them: the root of the mean over factors and levels. */
  readonly marginDeviation?: number;
  /** Efficiency lost, in participants: E sum_k (N_k - n rho_k)^2 / (n rho_k) of the trial, and of all strata added up. */
  readonly loss: { readonly overall: Estimate; readonly strata: Estimate };
  /** Standard errors; 0 where exact. That of `score` is at most so large. */
  readonly standardErrors: Readonly<
    Record<"predictability" | "imbalance" | "pooledDeviation" | "marginDeviation" | "score", number>
  >;
  readonly criteria: Criteria;
  /** Distance of the criteria from the ideal: root of the weighted mean of their squares; the lower the better. */
  readonly score: number;
  readonly reasons: readonly SuggestionReason[];
}

/** A list in every stratum, assessed exactly, or by simulation of the list. */
export interface ListSuggestion extends SuggestionFacts {
  readonly of: "list";
  readonly procedure: ProcedureSpec;
  readonly measures: Measures;
}

/** A dynamic design, or lists in fewer strata: the whole trial is simulated. */
export interface TrialSuggestion extends SuggestionFacts {
  readonly of: "trial";
  readonly procedure: ProcedureSpec | DynamicProcedure;
  readonly trialDesign: TrialDesign;
  readonly trial: TrialMeasures;
  readonly ratio: readonly number[];
}

/** One design with its rank and the reasons for it. */
export type Suggestion = ListSuggestion | TrialSuggestion;

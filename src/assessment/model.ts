import type { Issue } from "../foundation/index.js";
import type { ProcedureSpec } from "../procedure/index.js";
import type { CentreAccrual } from "./accrual.js";

/**
 * What a guesser knows besides the arms of all earlier rows of the same list:
 *
 * - `hidden`: the ratio only; measures that need the design are then undefined
 * - `set-known`: the procedure with its parameters, but no block's drawn size
 * - `seen`: also the size of each block, from its first row on
 */
export type Knowledge = "hidden" | "set-known" | "seen";

/** A number with its standard error: 0 where it is exact. `fraction`: the same in lowest terms, where fractions were asked for. */
export interface Estimate {
  /** The number, in the unit of its measure. */
  readonly value: number;
  /** Its standard error in the same unit; 0 where the number is exact. */
  readonly standardError: number;
  readonly fraction?: string;
}

/** A distribution on few numbers: values in rising order, each with a probability above 0. */
export interface Distribution {
  readonly values: readonly number[];
  readonly probabilities: readonly number[];
}

/** Shares of the quantile bands, from the lowest. */
export const BANDS: readonly number[] = Object.freeze([0.05, 0.25, 0.5, 0.75, 0.95]);

/** How imbalance is counted: D = N_A - N_B for two arms at 1:1; otherwise max_k abs(N_k - n w_k / W). */
export type ImbalanceScale = "difference" | "deviation";

/** A measure that has no value here, and why. */
export interface UndefinedMeasure {
  readonly measure: string;
  readonly reason: string;
}

/** One number a row, from the first row on. */
export interface RowMeasures {
  readonly convergence: readonly number[];
  readonly divergence: readonly number[];
  /** Absent where the guesser does not know the design, as are `forced`, `entropy` and `forcing`. */
  readonly maximumProbability?: readonly number[];
  readonly forced?: readonly number[];
  readonly entropy?: readonly number[];
  readonly forcing?: readonly number[];
  /** E abs(D), or E max_k abs(N_k - n w_k / W), after the row. */
  readonly absoluteImbalance: readonly number[];
  /** E D^2, or E sum_k (N_k - n w_k / W)^2, after the row. */
  readonly squaredImbalance: readonly number[];
  /** E sum_k (N_k - n rho_k)^2 / (n rho_k) after row n. */
  readonly loss: readonly number[];
  /** Standard errors of both; absent where they are exact. */
  readonly standardErrors?: { readonly squaredImbalance: readonly number[]; readonly loss: readonly number[] };
  /** P(all arms are exactly in ratio) after the row. */
  readonly balanced: readonly number[];
  /** [arm][row]: P(arm of the row), before anything is known; simulated only where `ratioDeviation` is absent. */
  readonly armProbability: readonly (readonly number[])[];
  /** max_k abs(P(arm of the row = k) - w_k / W): always exact, and absent where that takes too much work. */
  readonly ratioDeviation?: readonly number[];
  /** [band][row]: quantiles of D (two arms at 1:1) or of the deviation, for the shares of {@link BANDS}. */
  readonly imbalanceBands: readonly (readonly number[])[];
}

/** Operating characteristics of one list. */
export interface Measures {
  /** Rows of the list. */
  readonly rows: number;
  readonly ratio: readonly number[];
  readonly knowledge: Knowledge;
  readonly method: "exact" | "simulated";
  /** Lists that were simulated; 0 where the result is exact. */
  readonly trials: number;
  readonly scale: ImbalanceScale;
  readonly correctGuesses: {
    readonly convergence: Estimate;
    readonly divergence: Estimate;
    readonly maximumProbability?: Estimate;
  };
  readonly forcedShare?: Estimate;
  readonly entropy?: Estimate;
  /** Two arms at 1:1: 4 mean abs(p - 1/2), in [0, 1]; otherwise the mean of the norm of p - rho, not squared. */
  readonly forcingIndex?: Estimate;
  /** Mean over the rows of P(exactly in ratio). */
  readonly balancedShare: Estimate;
  /** E sum_k (N_k - N rho_k)^2 / (N rho_k). */
  readonly loss: Estimate;
  readonly finalAbsolute: Estimate;
  readonly finalSquared: Estimate;
  /** E of the largest imbalance at any row. Absent if it would take too much work; see `undefinedMeasures`. */
  readonly maximal?: Estimate;
  readonly finalDistribution: Distribution;
  readonly maximalDistribution?: Distribution;
  /** By arm: the number of participants at the end. */
  readonly byArm: readonly {
    readonly mean: number;
    readonly standardDeviation: number;
    readonly distribution: Distribution;
  }[];
  /** Always exact, because the largest of simulated values measures their noise; absent where that takes too much work. */
  readonly largestRatioDeviation?: { readonly value: number; readonly row: number; readonly arm: number };
  readonly byRow: RowMeasures;
  /** Distribution of the imbalance (D, or the deviation) after each row; absent unless asked for. */
  readonly distributionByRow?: readonly Distribution[];
  readonly undefinedMeasures: readonly UndefinedMeasure[];
  /** Information states that were compiled. */
  readonly states: number;
}

/** A trend of the expected responses over the rows i = 1 ... N of size theta. */
export type Trend =
  | { readonly kind: "linear"; readonly theta: number }
  | { readonly kind: "log"; readonly theta: number }
  /** theta from row `after` + 1 on. */
  | { readonly kind: "step"; readonly theta: number; readonly after: number };

/** What shifts the expected responses; sizes in units of the responses' standard deviation. */
export interface BiasModel {
  /** Proschan's selection bias: a row's expectation is shifted by -eta sign(D before it), + for divergence. */
  readonly selection?: { readonly eta: number; readonly strategy?: "convergence" | "divergence" };
  readonly trend?: Trend;
  /** Effect of the first arm, for power. Absent: 0, and the rejection probability is the type I error. */
  readonly effect?: number;
  /** Two-sided level, in (0, 1); absent: 0.05. */
  readonly alpha?: number;
}

/** Rejection probability of the two-sided pooled t test. */
export interface TestMeasure {
  readonly model: BiasModel;
  readonly rejection: Estimate;
  readonly method: "exact" | "simulated";
}

/**
 * Who comes: participants of the whole trial and their expected shares by stratum. With centres that open late, a limit
 * to each centre, or drop-outs, what follows is simulated.
 */
export interface Enrolment extends CentreAccrual {
  /** Expected shares in the order of the strata; absent: equal. They are divided by their sum. */
  readonly shares?: readonly number[];
}

/** How the list of one stratum is used up. */
export interface StratumFill {
  readonly stratum: string;
  /** Share of the participants, in (0, 1]. */
  readonly share: number;
  /** Rows of the list. */
  readonly length: number;
  /** Expected number of participants. */
  readonly expectedParticipants: number;
  /** P(more participants come than the list has rows). */
  readonly runOutProbability: number;
  /** The shortest list whose run-out probability is at most the stated one. */
  readonly sufficientLength: number;
  /** Quantiles of the number of participants, for the shares of {@link BANDS}. */
  readonly participantBands: readonly number[];
}

/** How the lists of a plan are used up by the participants who come. */
export interface FillMeasures {
  /** Participants of the whole trial. */
  readonly participants: number;
  /** True if equal shares were assumed because none were stated. */
  readonly sharesAssumed: boolean;
  readonly byStratum: readonly StratumFill[];
  /** By site, if the plan has a factor "site" or "centre": P(some stratum of the site runs out). */
  readonly bySite: readonly { readonly site: string; readonly runOutProbability: number }[];
  /** P(any stratum runs out), exact over the joint distribution. */
  readonly anyRunOutProbability: number;
  /** The run-out probability that `sufficientLength` keeps to. */
  readonly runOutLimit: number;
  /** Absent: all numbers are exact. Otherwise the trials that were simulated, and the largest standard error of each kind. */
  readonly simulated?: {
    readonly trials: number;
    readonly standardErrors: { readonly probability: number; readonly participants: number; readonly kits: number };
  };
  /** Kits: one packed for each row. Expected kits left over, in all and by arm, and as a share of those packed. */
  readonly kits: {
    /** Kits packed, one a row. */
    readonly packed: number;
    /** Expected number of kits used. */
    readonly expectedUsed: number;
    /** Expected number of kits left over. */
    readonly expectedOverage: number;
    /** Kits left over as a share of those packed, in [0, 1]. */
    readonly overageShare: number;
    readonly expectedOverageByArm: readonly number[];
  };
}

/** Imbalance of participants pooled from several lists. */
export interface PooledImbalance {
  /** `overall`, or a margin such as `site 01`. */
  readonly of: string;
  /** By arm: N_k - n w_k / W at the end. */
  readonly byArm: readonly {
    readonly standardDeviation: number;
    readonly expectedAbsolute: number;
    readonly distribution: Distribution;
    /** Where it is simulated. */
    readonly standardErrors?: { readonly standardDeviation: number; readonly expectedAbsolute: number };
  }[];
  /** Two arms at 1:1: D = N_A - N_B. */
  readonly difference?: Distribution;
  /** Absent: exact. Otherwise the trials that were simulated, and the largest standard error of a probability. */
  readonly simulated?: { readonly trials: number; readonly standardErrors: { readonly probability: number } };
}

/** One plan assessed. */
export interface Assessment {
  readonly plan: { readonly trial: string; readonly part: string; readonly list: string };
  readonly arms: readonly string[];
  readonly procedure: ProcedureSpec;
  /** Rows of all lists together. */
  readonly totalRows: number;
  /** One entry for each length and procedure of a stratum; strata that have both in common share their characteristics. */
  readonly lists: readonly {
    readonly strata: readonly string[];
    readonly length: number;
    /** Present where strata have procedures of their own. */
    readonly procedure?: ProcedureSpec;
    readonly measures: Measures;
  }[];
  readonly fill: FillMeasures;
  /** Overall, then every margin; empty if there is one stratum, or if `undefinedMeasures` says why. */
  readonly pooled: readonly PooledImbalance[];
  /** Correct guesses of somebody who sees the rows of one site only, where the list is shared by sites. */
  readonly siteGuess?: { readonly siteShare: number; readonly convergence: Estimate };
  readonly tests: readonly TestMeasure[];
  readonly warnings: readonly Issue[];
  readonly undefinedMeasures: readonly UndefinedMeasure[];
}

/** A point of a running simulation. */
export interface SimulationProgress {
  /** Trials that were simulated so far. */
  readonly trials: number;
  /** Trials after which the simulation ends. */
  readonly mostTrials: number;
  /** Largest standard error of the measures that have a requested precision; NaN if none was requested. */
  readonly standardError: number;
}

import { deepFreeze, fail, requireEach, requireFields } from "../foundation/index.js";
import { reducedRatio } from "../procedure/index.js";
import { Arrivals, centreOf, type Accrual } from "./accrual.js";
import { trendOf } from "./biasModel.js";
import { LinearTest } from "./linearTest.js";
import type { Estimate, ImbalanceScale, SimulationProgress, Trend } from "./model.js";
import { allocatorOf, type Allocator, type TrialDesign, type TrialFrame } from "./trialDesign.js";
import { OverTime, type TrialOverTime } from "./trialOverTime.js";
import { Words, Xoshiro128 } from "./xoshiro.js";

/** How responses of a simulated trial come about; sizes in units of their standard deviation. */
export interface ResponseOptions {
  /** Difference of the expected response between the first and the last level of each factor, evenly between; absent: 0.5. */
  readonly factorEffect?: number;
  readonly trend?: Trend;
  /** Effect of the first arm; absent: 0, and the rejection probability is the type I error. */
  readonly effect?: number;
  /** Two-sided level, in (0, 1); absent: 0.05. */
  readonly alpha?: number;
}

/** How {@link simulateTrial} draws trials: the stream, how many trials, and whether the test of the arms is made. */
export interface TrialSimulation {
  /** Text that names the stream: designs that are compared meet the same participants only in law. */
  readonly seed: string;
  /** Trials, a whole number from 200 to 10^7; absent: 1,000. */
  readonly trials?: number;
  /** Absent: no tests. */
  readonly responses?: ResponseOptions;
  /** Whether to gather what is known after each participant, for figures; absent: no. */
  readonly overTime?: boolean;
  /** Called now and then. */
  readonly onProgress?: (progress: SimulationProgress) => unknown;
}

/** The end of a trial in one level of a factor, or in all. */
export interface TrialImbalance {
  /** E abs(N_A - N_B) for two arms at 1:1; otherwise E max_k abs(N_k - n w_k / W). */
  readonly final: Estimate;
  /** E sum_k (N_k - n rho_k)^2 / (n rho_k): by how many participants the trial is as if it were smaller. */
  readonly loss: Estimate;
}

/** Operating characteristics of a whole trial, all simulated. */
export interface TrialMeasures {
  /** Trials that were simulated. */
  readonly trials: number;
  readonly scale: ImbalanceScale;
  /** Participants who are randomized, on average. */
  readonly randomized: Estimate;
  readonly overall: TrialImbalance & {
    /** Square root of E (N_1 - n rho_1)^2, of the first arm. */
    readonly deviation: Estimate;
    /** Square root of the mean over the arms of E (N_k - n rho_k)^2. */
    readonly spread: Estimate;
    /** E of the largest imbalance after any participant. */
    readonly largest: Estimate;
  };
  /** By factor: the mean over its levels, the largest of them, and each level. Levels without anybody count 0. */
  readonly byFactor: readonly {
    readonly factor: string;
    readonly mean: Estimate;
    readonly largest: Estimate;
    /** Square root of the mean over levels and arms of E (N_k - n rho_k)^2. */
    readonly spread: Estimate;
    readonly byLevel: readonly { readonly level: string; readonly final: Estimate }[];
  }[];
  /** Combinations of all factors: the mean over those with anybody, and the loss of all added up. */
  readonly strata: TrialImbalance & {
    /** E of the mean over them of the largest imbalance after any participant there. */
    readonly largest: Estimate;
  };
  /** Proportions of correct guesses, of somebody who knows ... */
  readonly correctGuesses: {
    /** the design, all earlier allocations and all levels, also those of the next participant; the best guess */
    readonly everything: Estimate;
    /**
     * the allocations of his own centre: the convergence strategy, or the best guess where lists are by centre; absent
     * without a centre
     */
    readonly ownCentre?: Estimate;
    /** no allocation: the larger share of the ratio */
    readonly nothing: Estimate;
  };
  /** Share of allocations that are deterministic for somebody who knows everything. */
  readonly deterministic: Estimate;
  /** After each participant; absent unless asked for. */
  readonly overTime?: TrialOverTime;
  /** P(rejection) of the F test of the arms at the stated level, without and with adjustment for all factors. */
  readonly rejection?: { readonly unadjusted: Estimate; readonly adjusted: Estimate };
}

/**
 * Simulates whole trials under one design: participants come, have levels, and are allocated.
 *
 * Guesses are credited with the exact probability of being right. Standard errors come from the spread over trials.
 *
 * @throws AllocellError `assessment.enrolment_invalid`, `assessment.trials_invalid`, `assessment.seed_invalid`,
 *   `assessment.model_invalid`, and what the procedure throws
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function simulateTrial(
  frame: TrialFrame,
  design: TrialDesign,
  accrual: Accrual,
  simulation: TrialSimulation,
): TrialMeasures {
  requireFields(frame, "a trial: arms and factors", { arms: "a list", factors: "a list" });
  requireEach(frame.factors, "a factor", { factor: "text", levels: "a list" });
  requireFields(design, "a design: kind and procedure", { kind: "text", procedure: "a map" });
  requireFields(simulation, "what a simulation needs: seed", {});
  const { trials = 1000 } = simulation;
  if (!Number.isInteger(trials) || trials < 200 || trials > 1e7) {
    fail("assessment.trials_invalid", "trials", "A simulation of trials has 200 to 10^7 of them.", {
      expected: "a whole number from 200 to 10000000",
      received: String(trials),
    });
  }
  const run = new TrialRun(frame, design, accrual, simulation);
  const words = new Words(Xoshiro128.fromText(simulation.seed));
  for (let trial = 1; trial <= trials; trial += 1) {
    run.trial(words);
    if (trial % 50 === 0) simulation.onProgress?.({ trials: trial, mostTrials: trials, standardError: NaN });
  }
  return deepFreeze(run.measures(trials));
}

/** Sums of one number a trial. */
class Mean {
  #sum = 0;
  #squares = 0;
  #count = 0;

  add(value: number): void {
    this.#sum += value;
    this.#squares += value * value;
    this.#count += 1;
  }

  get estimate(): Estimate {
    const value = this.#sum / this.#count;
    const variance = Math.max(0, this.#squares / this.#count - value * value);
    return { value, standardError: Math.sqrt(variance / (this.#count - 1)) };
  }

  /** The square root of the mean, with the error that follows. */
  get root(): Estimate {
    const { value, standardError } = this.estimate;
    const root = Math.sqrt(value);
    return { value: root, standardError: root === 0 ? 0 : standardError / (2 * root) };
  }
}

/** Counts by group (a level, a stratum, or all) and arm. */
class Groups {
  readonly counts: Int32Array;
  readonly sizes: Int32Array;
  readonly #ratio: readonly number[];
  readonly #ratioSum: number;
  readonly #isDifference: boolean;

  constructor(groups: number, ratio: readonly number[]) {
    this.#ratio = ratio;
    this.#ratioSum = ratio.reduce((sum, w) => sum + w, 0);
    this.#isDifference = ratio.length === 2 && this.#ratioSum === 2;
    this.counts = new Int32Array(groups * ratio.length);
    this.sizes = new Int32Array(groups);
  }

  begin(): void {
    this.counts.fill(0);
    this.sizes.fill(0);
  }

  add(group: number, arm: number): void {
    const place = group * this.#ratio.length + arm;
    this.counts[place] = (this.counts[place] as number) + 1;
    this.sizes[group] = (this.sizes[group] as number) + 1;
  }

  imbalance(group: number): number {
    const from = group * this.#ratio.length;
    if (this.#isDifference) return Math.abs((this.counts[from] as number) - (this.counts[from + 1] as number));
    let most = 0;
    for (let arm = 0; arm < this.#ratio.length; arm += 1) most = Math.max(most, Math.abs(this.deviation(group, arm)));
    return most;
  }

  /** N_A - N_B with its sign, or the largest deviation times the sum of the ratio: a whole number. */
  whole(group: number): number {
    const from = group * this.#ratio.length;
    if (this.#isDifference) return (this.counts[from] as number) - (this.counts[from + 1] as number);
    return Math.round(this.imbalance(group) * this.#ratioSum);
  }

  /** N_k - n rho_k. */
  deviation(group: number, arm: number): number {
    const share = ((this.sizes[group] as number) * (this.#ratio[arm] as number)) / this.#ratioSum;
    return (this.counts[group * this.#ratio.length + arm] as number) - share;
  }

  /** The mean over the arms of the squared deviation. */
  square(group: number): number {
    let sum = 0;
    for (let arm = 0; arm < this.#ratio.length; arm += 1) sum += this.deviation(group, arm) ** 2;
    return sum / this.#ratio.length;
  }

  loss(group: number): number {
    const size = this.sizes[group] as number;
    let sum = 0;
    if (size === 0) return 0;
    for (let arm = 0; arm < this.#ratio.length; arm += 1) {
      sum += (this.deviation(group, arm) ** 2 * this.#ratioSum) / (size * (this.#ratio[arm] as number));
    }
    return sum;
  }

  /** The mean chance of the arms with the least N_k / w_k, which the convergence strategy guesses. */
  convergence(group: number, chances: Float64Array): number {
    const from = group * this.#ratio.length;
    let least = 0;
    let tied = 0;
    let sum = 0;
    for (let arm = 0; arm < chances.length; arm += 1) {
      const order =
        (this.counts[from + arm] as number) * (this.#ratio[least] as number) -
        (this.counts[from + least] as number) * (this.#ratio[arm] as number);
      if (arm === 0 || order < 0) {
        least = arm;
        tied = 1;
        sum = chances[arm] as number;
      } else if (order === 0) {
        tied += 1;
        sum += chances[arm] as number;
      }
    }
    return sum / tied;
  }
}

const MOST_STRATA = 200_000;

class TrialRun {
  readonly #frame: TrialFrame;
  readonly #ratio: readonly number[];
  readonly #arrivals: Arrivals;
  readonly #allocator: Allocator;
  readonly #profile: number[];
  readonly #centre: number;
  readonly #all: Groups;
  readonly #levels: readonly Groups[];
  readonly #strata: Groups;
  readonly #largestInStratum: Float64Array;
  readonly #means = {
    randomized: new Mean(),
    final: new Mean(),
    loss: new Mean(),
    square: new Mean(),
    squares: new Mean(),
    largest: new Mean(),
    strataFinal: new Mean(),
    strataLargest: new Mean(),
    strataLoss: new Mean(),
    best: new Mean(),
    ownCentre: new Mean(),
    forced: new Mean(),
  };
  readonly #byFactor: readonly (Record<"mean" | "largest" | "squares", Mean> & { readonly byLevel: readonly Mean[] })[];
  readonly #responses: Responses | undefined;
  readonly #overTime: OverTime | undefined;

  constructor(frame: TrialFrame, design: TrialDesign, accrual: Accrual, { responses, overTime }: TrialSimulation) {
    this.#overTime = overTime === true ? new OverTime() : undefined;
    this.#frame = frame;
    this.#ratio = reducedRatio(frame.arms.map(({ ratio }) => ratio));
    this.#arrivals = new Arrivals(accrual, frame.factors);
    const centre = centreOf(frame.factors);
    this.#centre = frame.factors.findIndex(({ factor }) => factor === centre);
    this.#allocator = allocatorOf(design, frame, centre);
    this.#profile = frame.factors.map(() => 0);
    this.#all = new Groups(1, this.#ratio);
    this.#levels = frame.factors.map(({ levels }) => new Groups(levels.length, this.#ratio));
    const strata = frame.factors.reduce((product, { levels }) => product * levels.length, 1);
    if (strata > MOST_STRATA) {
      fail("assessment.option_invalid", "factors", "The factors have too many combinations to be followed.", {
        expected: `at most ${MOST_STRATA}`,
        received: String(strata),
      });
    }
    this.#strata = new Groups(strata, this.#ratio);
    this.#largestInStratum = new Float64Array(strata);
    this.#byFactor = frame.factors.map(({ levels }) => ({
      mean: new Mean(),
      largest: new Mean(),
      squares: new Mean(),
      byLevel: levels.map(() => new Mean()),
    }));
    this.#responses =
      responses === undefined ? undefined : new Responses(responses, frame, this.#arrivals.participants);
  }

  trial(words: Words): void {
    const all = this.#all;
    const allocator = this.#allocator;
    const profile = this.#profile;
    const atCentre = this.#levels[this.#centre];
    this.#begin();
    let [best, ownCentre, forced, largest, size] = [0, 0, 0, 0, 0];
    while (this.#arrivals.next(words, profile)) {
      const arm = allocator.next(profile, words);
      best += allocator.best;
      forced += allocator.forced;
      let atOwn = 0;
      if (atCentre !== undefined) {
        const centre = profile[this.#centre] as number;
        atOwn = allocator.isByCentre ? allocator.best : atCentre.convergence(centre, allocator.chances);
        ownCentre += atOwn;
      }
      this.#add(arm);
      const imbalance = all.imbalance(0);
      this.#overTime?.add(size, {
        imbalance: all.whole(0),
        everything: allocator.best,
        ownCentre: atOwn,
        deterministic: allocator.forced,
      });
      if (imbalance > largest) largest = imbalance;
      this.#responses?.add(profile, arm, size, words);
      size += 1;
    }
    const means = this.#means;
    means.randomized.add(size);
    means.best.add(best / Math.max(1, size));
    means.forced.add(forced / Math.max(1, size));
    means.ownCentre.add(ownCentre / Math.max(1, size));
    means.largest.add(largest);
    this.#end();
  }

  #begin(): void {
    this.#arrivals.begin();
    this.#allocator.begin();
    this.#all.begin();
    this.#strata.begin();
    this.#largestInStratum.fill(0);
    for (const levels of this.#levels) levels.begin();
    this.#responses?.begin();
  }

  #add(arm: number): void {
    let stratum = 0;
    for (let i = 0; i < this.#profile.length; i += 1) {
      const level = this.#profile[i] as number;
      stratum = stratum * (this.#levels[i] as Groups).sizes.length + level;
      (this.#levels[i] as Groups).add(level, arm);
    }
    this.#strata.add(stratum, arm);
    const imbalance = this.#strata.imbalance(stratum);
    if (imbalance > (this.#largestInStratum[stratum] as number)) this.#largestInStratum[stratum] = imbalance;
    this.#all.add(0, arm);
  }

  #end(): void {
    const means = this.#means;
    means.final.add(this.#all.imbalance(0));
    means.loss.add(this.#all.loss(0));
    means.square.add(this.#all.deviation(0, 0) ** 2);
    means.squares.add(this.#all.square(0));
    this.#levels.forEach((groups, i) => {
      const own = this.#byFactor[i];
      let [sum, most, squares] = [0, 0, 0];
      own?.byLevel.forEach((mean, level) => {
        const imbalance = groups.imbalance(level);
        mean.add(imbalance);
        sum += imbalance;
        most = Math.max(most, imbalance);
        squares += groups.square(level);
      });
      own?.mean.add(sum / groups.sizes.length);
      own?.largest.add(most);
      own?.squares.add(squares / groups.sizes.length);
    });
    let [final, largest, loss, used] = [0, 0, 0, 0];
    this.#strata.sizes.forEach((size, stratum) => {
      if (size === 0) return;
      final += this.#strata.imbalance(stratum);
      largest += this.#largestInStratum[stratum] as number;
      loss += this.#strata.loss(stratum);
      used += 1;
    });
    means.strataFinal.add(final / Math.max(1, used));
    means.strataLargest.add(largest / Math.max(1, used));
    means.strataLoss.add(loss);
    this.#responses?.end();
  }

  measures(trials: number): TrialMeasures {
    const means = this.#means;
    const ratioSum = this.#ratio.reduce((sum, w) => sum + w, 0);
    const scale = this.#ratio.length === 2 && ratioSum === 2 ? "difference" : "deviation";
    return {
      trials,
      scale,
      randomized: means.randomized.estimate,
      overall: {
        final: means.final.estimate,
        loss: means.loss.estimate,
        deviation: means.square.root,
        spread: means.squares.root,
        largest: means.largest.estimate,
      },
      byFactor: this.#frame.factors.map(({ factor, levels }, i) => ({
        factor,
        mean: this.#byFactor[i]?.mean.estimate as Estimate,
        largest: this.#byFactor[i]?.largest.estimate as Estimate,
        spread: this.#byFactor[i]?.squares.root as Estimate,
        byLevel: levels.map((level, j) => ({ level, final: this.#byFactor[i]?.byLevel[j]?.estimate as Estimate })),
      })),
      strata: {
        final: means.strataFinal.estimate,
        largest: means.strataLargest.estimate,
        loss: means.strataLoss.estimate,
      },
      correctGuesses: {
        everything: means.best.estimate,
        ...(this.#centre < 0 ? {} : { ownCentre: means.ownCentre.estimate }),
        nothing: { value: Math.max(...this.#ratio) / ratioSum, standardError: 0 },
      },
      deterministic: means.forced.estimate,
      ...(this.#overTime === undefined ? {} : { overTime: this.#overTime.result(scale, ratioSum, this.#centre >= 0) }),
      ...(this.#responses === undefined ? {} : { rejection: this.#responses.rejection }),
    };
  }
}

/** The responses of each trial, and its tests. */
class Responses {
  readonly #effects: readonly (readonly number[])[];
  readonly #trend: readonly number[];
  readonly #effect: number;
  readonly #alpha: number;
  readonly #unadjusted: LinearTest;
  readonly #adjusted: LinearTest;
  readonly #rejected = { unadjusted: new Mean(), adjusted: new Mean() };
  #spare: number | undefined;

  constructor(
    { factorEffect = 0.5, trend, effect = 0, alpha = 0.05 }: ResponseOptions,
    frame: TrialFrame,
    rows: number,
  ) {
    for (const [name, value] of Object.entries({ factorEffect, effect, alpha })) {
      const isGood = name === "alpha" ? value > 0 && value < 1 : Number.isFinite(value);
      if (isGood) continue;
      fail("assessment.model_invalid", name, `"${name}" cannot be used in a model of responses.`, {
        expected: name === "alpha" ? "above 0 and below 1" : "a finite number",
        received: String(value),
      });
    }
    this.#effects = frame.factors.map(({ levels }) =>
      levels.map((_, level) => (levels.length < 2 ? 0 : factorEffect * (level / (levels.length - 1) - 0.5))),
    );
    this.#trend = trendOf(trend, rows);
    this.#effect = effect;
    this.#alpha = alpha;
    this.#unadjusted = new LinearTest(frame.arms.length, []);
    this.#adjusted = new LinearTest(
      frame.arms.length,
      frame.factors.map(({ levels }) => levels.length),
    );
  }

  begin(): void {
    this.#unadjusted.begin();
    this.#adjusted.begin();
    this.#spare = undefined;
  }

  add(profile: readonly number[], arm: number, row: number, words: Words): void {
    let response = this.#normal(words) + (this.#trend[row] as number) + (arm === 0 ? this.#effect : 0);
    for (let i = 0; i < profile.length; i += 1) response += this.#effects[i]?.[profile[i] as number] ?? 0;
    this.#unadjusted.add([], arm, response);
    this.#adjusted.add(profile, arm, response);
  }

  end(): void {
    this.#rejected.unadjusted.add(this.#unadjusted.pValue() <= this.#alpha ? 1 : 0);
    this.#rejected.adjusted.add(this.#adjusted.pValue() <= this.#alpha ? 1 : 0);
  }

  get rejection(): { readonly unadjusted: Estimate; readonly adjusted: Estimate } {
    return { unadjusted: this.#rejected.unadjusted.estimate, adjusted: this.#rejected.adjusted.estimate };
  }

  /** A standard normal number: two at a time from a point within the unit circle (Marsaglia's polar method). */
  #normal(words: Words): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * words.nextUniform() - 1;
      const y = 2 * words.nextUniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = y * factor;
      return x * factor;
    }
  }
}

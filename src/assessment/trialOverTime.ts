import { bandsOf, meanOf, Tally } from "./distribution.js";
import type { ImbalanceScale } from "./model.js";

/** What is known after each participant of a simulated trial, from the first on; of the trials that had so many. */
export interface TrialOverTime {
  /** Trials in which so many were randomized. */
  readonly trials: readonly number[];
  /** E abs(N_A - N_B) for two arms at 1:1; otherwise E max_k abs(N_k - n w_k / W), of all participants. */
  readonly absoluteImbalance: readonly number[];
  /** [band][participant]: quantiles of N_A - N_B, or of the deviation. */
  readonly imbalanceBands: readonly (readonly number[])[];
  /** P(the best guess of somebody who knows everything is right). */
  readonly everything: readonly number[];
  /** The same for somebody who knows his own centre; absent without a centre. */
  readonly ownCentre?: readonly number[];
  /** P(the allocation is deterministic for somebody who knows everything). */
  readonly deterministic: readonly number[];
}

/** What one allocation adds. */
export interface AtParticipant {
  /** N_A - N_B, or the largest deviation times the sum of the ratio. */
  readonly imbalance: number;
  readonly everything: number;
  readonly ownCentre: number;
  readonly deterministic: number;
}

/** Gathers simulated trials by participant. */
export class OverTime {
  readonly #imbalance: Tally[] = [];
  readonly #trials: number[] = [];
  readonly #sums = { everything: [] as number[], ownCentre: [] as number[], deterministic: [] as number[] };

  /** @param place - participants before */
  add(place: number, own: AtParticipant): void {
    (this.#imbalance[place] ??= new Tally()).add(own.imbalance, 1);
    this.#trials[place] = (this.#trials[place] ?? 0) + 1;
    for (const name of ["everything", "ownCentre", "deterministic"] as const) {
      const sums = this.#sums[name];
      sums[place] = (sums[place] ?? 0) + own[name];
    }
  }

  result(scale: ImbalanceScale, ratioSum: number, hasCentre: boolean): TrialOverTime {
    const distributions = this.#imbalance.map((tally, place) => {
      const { values, probabilities } = tally.toDistribution(scale === "difference" ? 1 : ratioSum);
      return { values, probabilities: probabilities.map((count) => count / (this.#trials[place] as number)) };
    });
    const bands = distributions.map(bandsOf);
    const mean = (sums: readonly number[]): readonly number[] =>
      sums.map((sum, place) => sum / (this.#trials[place] as number));
    return {
      trials: [...this.#trials],
      absoluteImbalance: distributions.map((own) => meanOf(own, Math.abs)),
      imbalanceBands: [0, 1, 2, 3, 4].map((band) => bands.map((own) => own[band] as number)),
      everything: mean(this.#sums.everything),
      ...(hasCentre ? { ownCentre: mean(this.#sums.ownCentre) } : {}),
      deterministic: mean(this.#sums.deterministic),
    };
  }
}

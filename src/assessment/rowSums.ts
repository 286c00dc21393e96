import { lossOf, squareOf, type Chain } from "./chain.js";
import { bandsOf, meanOf, summaryOf, Tally } from "./distribution.js";
import { ratioDeviations, undefinedByKnowledge } from "./exactMeasures.js";
import type { BatchMeans, SummedMeasure } from "./batchMeans.js";
import type { Distribution, Estimate, Measures, UndefinedMeasure } from "./model.js";

const NOISE: UndefinedMeasure = {
  measure: "largestRatioDeviation",
  reason:
    "P(arm) at every row takes too much work to be exact, and the largest of simulated values measures their noise",
};

/** By row: sums of a number over the lists, and of its square. */
type Moments = Record<"sum" | "squares", number[]>;

function addMoments({ sum, squares }: Moments, at: number, value: number, times: number): void {
  sum[at] = (sum[at] as number) + times * value;
  squares[at] = (squares[at] as number) + times * value * value;
}

/** Standard errors of the means over independent lists. */
const errorsOf = ({ sum, squares }: Moments, trials: number): readonly number[] =>
  sum.map((own, row) => Math.sqrt(Math.max(0, (squares[row] as number) / trials - (own / trials) ** 2) / (trials - 1)));

/** Simulated lists gathered by row, so that the tables that they came from may be thrown away. */
export class RowSums {
  readonly #chain: Chain;
  readonly #columns: Record<"convergence" | "divergence" | "best" | "forced" | "entropy" | "forcing", number[]>;
  readonly #squared: Moments;
  readonly #loss: Moments;
  readonly #armProbability: number[][];
  readonly #imbalance: Tally[];
  readonly #armCounts: Tally[];
  readonly #largest = new Tally();

  /** @param chain - any chain of the procedure, for its ratio and rows */
  constructor(chain: Chain) {
    this.#chain = chain;
    const perRow = (): number[] => new Array<number>(chain.rows).fill(0);
    const columns = { convergence: perRow(), divergence: perRow(), best: perRow(), forced: perRow() };
    this.#columns = { ...columns, entropy: perRow(), forcing: perRow() };
    this.#squared = { sum: perRow(), squares: perRow() };
    this.#loss = { sum: perRow(), squares: perRow() };
    this.#armProbability = chain.ratio.map(perRow);
    this.#imbalance = Array.from({ length: chain.rows }, () => new Tally());
    this.#armCounts = chain.ratio.map(() => new Tally());
  }

  /** `times` lists were at `node` before row `row` (from 0); `row` = rows: at the end. */
  add(chain: Chain, node: number, row: number, times: number): void {
    const { arms, rows, ratio, ratioSum } = chain;
    if (row > 0) {
      const isDifference = chain.scale === "difference";
      const value = isDifference ? (chain.deviations[2 * node] as number) : (chain.level[node] as number);
      (this.#imbalance[row - 1] as Tally).add(value, times);
      addMoments(this.#squared, row - 1, squareOf(chain, node), times);
      addMoments(this.#loss, row - 1, lossOf(chain, node, row), times);
    }
    if (row === rows) {
      ratio.forEach((w, k) => {
        this.#armCounts[k]?.add(((chain.deviations[node * arms + k] as number) + rows * w) / ratioSum, times);
      });
      return;
    }
    for (const name of ["convergence", "divergence", "best", "forced", "entropy", "forcing"] as const) {
      const column = this.#columns[name];
      column[row] = (column[row] as number) + times * (chain[name][node] as number);
    }
    this.#armProbability.forEach((column, k) => {
      column[row] = (column[row] as number) + times * (chain.armProbability[node * arms + k] as number);
    });
  }

  addLargest(level: number, times: number): void {
    this.#largest.add(level, times);
  }

  #guessesByRow(
    share: (values: readonly number[]) => readonly number[],
  ): Pick<Measures["byRow"], "maximumProbability" | "forced" | "entropy" | "forcing"> {
    const { best, forced, entropy, forcing } = this.#columns;
    return { maximumProbability: share(best), forced: share(forced), entropy: share(entropy), forcing: share(forcing) };
  }

  #squaresByRow(
    share: (values: readonly number[]) => readonly number[],
    trials: number,
  ): Pick<Measures["byRow"], "squaredImbalance" | "loss" | "standardErrors"> {
    const standardErrors = { squaredImbalance: errorsOf(this.#squared, trials), loss: errorsOf(this.#loss, trials) };
    return { squaredImbalance: share(this.#squared.sum), loss: share(this.#loss.sum), standardErrors };
  }

  /** @param exactArms - [arm][row]: P(arm of the row); undefined where it is not known exactly */
  toMeasures(
    means: BatchMeans,
    withDistributions: boolean,
    exactArms: readonly (readonly number[])[] | undefined,
  ): Measures {
    const chain = this.#chain;
    const { trials } = means;
    const unit = chain.scale === "difference" ? 1 : chain.ratioSum;
    const share = (values: readonly number[]): readonly number[] => values.map((value) => value / trials);
    const shared = ({ values, probabilities }: Distribution): Distribution => ({
      values,
      probabilities: share(probabilities),
    });
    const estimate = (name: SummedMeasure): Estimate => ({
      value: means.mean(name),
      standardError: means.standardError(name),
    });
    const byRow = this.#imbalance.map((tally) => shared(tally.toDistribution(unit)));
    const bands = byRow.map(bandsOf);
    const deviations = exactArms && ratioDeviations(exactArms, chain.ratio, chain.ratioSum);
    const { convergence, divergence } = this.#columns;
    const knowsDesign = chain.knowledge !== "hidden";
    return {
      rows: chain.rows,
      ratio: chain.ratio,
      knowledge: chain.knowledge,
      method: "simulated",
      trials,
      scale: chain.scale,
      correctGuesses: {
        convergence: estimate("convergence"),
        divergence: estimate("divergence"),
        ...(knowsDesign ? { maximumProbability: estimate("maximumProbability") } : {}),
      },
      ...(knowsDesign ? guessEstimates(estimate) : {}),
      balancedShare: estimate("balancedShare"),
      loss: estimate("loss"),
      finalAbsolute: estimate("finalAbsolute"),
      finalSquared: estimate("finalSquared"),
      maximal: estimate("maximal"),
      maximalDistribution: shared(this.#largest.toDistribution(unit)),
      finalDistribution: byRow[byRow.length - 1] as Distribution,
      byArm: this.#armCounts.map((tally) => summaryOf(shared(tally.toDistribution()))),
      ...(deviations === undefined ? {} : { largestRatioDeviation: deviations.largest }),
      byRow: {
        convergence: share(convergence),
        divergence: share(divergence),
        ...(knowsDesign ? this.#guessesByRow(share) : {}),
        absoluteImbalance: byRow.map((own) => meanOf(own, Math.abs)),
        ...this.#squaresByRow(share, trials),
        balanced: byRow.map(({ values, probabilities }) => probabilities[values.indexOf(0)] ?? 0),
        armProbability: exactArms ?? this.#armProbability.map(share),
        ...(deviations === undefined ? {} : { ratioDeviation: deviations.byRow }),
        imbalanceBands: [0, 1, 2, 3, 4].map((band) => bands.map((own) => own[band] as number)),
      },
      ...(withDistributions ? { distributionByRow: byRow } : {}),
      undefinedMeasures: [...undefinedByKnowledge(chain), ...(deviations === undefined ? [NOISE] : [])],
      states: chain.size,
    };
  }
}

function guessEstimates(
  estimate: (name: SummedMeasure) => Estimate,
): Pick<Measures, "forcedShare" | "entropy" | "forcingIndex"> {
  return {
    forcedShare: estimate("forcedShare"),
    entropy: estimate("entropy"),
    forcingIndex: estimate("forcingIndex"),
  };
}

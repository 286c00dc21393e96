import { squareOf, type Chain } from "./chain.js";

/** The measures that have a mean over lists, and so a standard error. */
export const SUMMED = [
  "convergence",
  "divergence",
  "maximumProbability",
  "forcedShare",
  "entropy",
  "forcingIndex",
  "balancedShare",
  "loss",
  "finalAbsolute",
  "finalSquared",
  "maximal",
] as const;

/** A measure whose standard error a simulation can be told to reach (`precision` of {@link SimulationOptions}). */
export type SummedMeasure = (typeof SUMMED)[number];

/**
 * Means of batches of lists, and the standard error of their mean: lists are independent, so batches are, and their
 * spread measures the error whatever happens inside a list.
 */
export class BatchMeans {
  batches = 0;
  readonly #rows: number;
  readonly #batchSize: number;
  readonly #open: Record<SummedMeasure, number> = zeros();
  readonly #mean: Record<SummedMeasure, number> = zeros();
  /** Sum of squared differences from the mean, updated as each batch comes (Welford). */
  readonly #spread: Record<SummedMeasure, number> = zeros();

  constructor(rows: number, batchSize: number) {
    this.#rows = rows;
    this.#batchSize = batchSize;
  }

  get trials(): number {
    return this.batches * this.#batchSize;
  }

  /** Rows that began at a node. */
  visit(chain: Chain, node: number, times: number): void {
    const open = this.#open;
    open.convergence += times * (chain.convergence[node] as number);
    open.divergence += times * (chain.divergence[node] as number);
    open.maximumProbability += times * (chain.best[node] as number);
    open.forcedShare += times * (chain.forced[node] as number);
    open.entropy += times * (chain.entropy[node] as number);
    open.forcingIndex += times * (chain.forcing[node] as number);
    if (chain.level[node] === 0) open.balancedShare += times;
  }

  endList(chain: Chain, node: number, largest: number): void {
    const open = this.#open;
    const unit = chain.scale === "difference" ? 1 : chain.ratioSum;
    const level = chain.level[node] as number;
    // Every list begins in balance, which `visit` counted and no row did.
    open.balancedShare += (level === 0 ? 1 : 0) - 1;
    open.finalAbsolute += level / unit;
    open.maximal += largest / unit;
    if (level === 0) return;
    open.finalSquared += squareOf(chain, node);
    for (let k = 0; k < chain.arms; k += 1) {
      const deviation = chain.deviations[node * chain.arms + k] as number;
      open.loss += deviation ** 2 / (chain.ratioSum * chain.rows * (chain.ratio[k] as number));
    }
  }

  /** Ends a batch. */
  close(): void {
    this.batches += 1;
    for (const name of SUMMED) {
      const isOfLists = name === "loss" || name === "maximal" || name === "finalAbsolute" || name === "finalSquared";
      const value = this.#open[name] / (this.#batchSize * (isOfLists ? 1 : this.#rows));
      const before = value - this.#mean[name];
      this.#mean[name] += before / this.batches;
      this.#spread[name] += before * (value - this.#mean[name]);
      this.#open[name] = 0;
    }
  }

  mean(name: SummedMeasure): number {
    return this.#mean[name];
  }

  /** Standard error of the mean over all batches; infinite with one batch. */
  standardError(name: SummedMeasure): number {
    return this.batches < 2 ? Infinity : Math.sqrt(this.#spread[name] / (this.batches - 1) / this.batches);
  }
}

function zeros(): Record<SummedMeasure, number> {
  return Object.fromEntries(SUMMED.map((name) => [name, 0])) as Record<SummedMeasure, number>;
}

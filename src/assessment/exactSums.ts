import { weighted, type Layer } from "./carryRows.js";
import { lossOf, squareOf, type Chain } from "./chain.js";
import { bandsOf, Tally } from "./distribution.js";
import { addStateGuesses, emptyGuesses, type GuessRows } from "./guessRows.js";
import type { Distribution } from "./model.js";

/** Exact measures as they are added up, row by row. */
export class ExactSums {
  readonly convergence: number[];
  readonly divergence: number[];
  /** What somebody guesses who knows the urn's state. */
  readonly guesses: GuessRows;
  readonly absolute: number[];
  readonly squared: number[];
  readonly balanced: number[];
  readonly armProbability: readonly number[][];
  /** [band][row]. */
  readonly bands: readonly number[][];
  readonly byRow: Distribution[] = [];
  /** By arm: N_k at the end. */
  readonly byArm: readonly Tally[];
  readonly loss: number[];
  /** By imbalance: position 0 is the lowest value that was seen. */
  #tally: Float64Array = new Float64Array(64);
  readonly #chain: Chain;
  readonly #everyRow: boolean;

  constructor(chain: Chain, everyRow: boolean) {
    const perRow = (): number[] => new Array<number>(chain.rows).fill(0);
    this.#chain = chain;
    this.#everyRow = everyRow;
    this.convergence = perRow();
    this.divergence = perRow();
    this.guesses = emptyGuesses(chain.rows);
    this.absolute = perRow();
    this.squared = perRow();
    this.loss = perRow();
    this.balanced = perRow();
    this.armProbability = chain.ratio.map(perRow);
    this.bands = Array.from({ length: 5 }, perRow);
    this.byArm = chain.ratio.map(() => new Tally());
  }

  /** The nodes before a row (from 0): what is guessed there. */
  before(row: number, layer: Layer<number>): void {
    const chain = this.#chain;
    this.convergence[row] = weighted(layer, chain.convergence);
    this.divergence[row] = weighted(layer, chain.divergence);
    if (!chain.isHidden) addStateGuesses(this.guesses, chain, row, layer);
    this.armProbability.forEach((into, arm) => {
      into[row] = weighted(layer, chain.armProbability, chain.arms, arm);
    });
  }

  /** The nodes after a row: its imbalance. */
  after(row: number, { nodes, masses }: Layer<number>): void {
    const chain = this.#chain;
    const isDifference = chain.scale === "difference";
    const unit = isDifference ? 1 : chain.ratioSum;
    let largest = 0;
    for (const node of nodes) largest = Math.max(largest, chain.level[node] as number);
    const origin = isDifference ? largest : 0;
    if (this.#tally.length < 2 * largest + 2) this.#tally = new Float64Array(4 * largest + 4);
    const tally = this.#tally;
    let [absolute, squared, balanced, loss] = [0, 0, 0, 0];
    for (let i = 0; i < nodes.length; i += 1) {
      const node = nodes[i] as number;
      const p = masses[i] as number;
      const level = chain.level[node] as number;
      const at = isDifference ? (chain.deviations[node * 2] as number) + origin : level;
      tally[at] = (tally[at] as number) + p;
      absolute += (p * level) / unit;
      squared += p * squareOf(chain, node);
      loss += p * lossOf(chain, node, row + 1);
      if (level === 0) balanced += p;
    }
    this.absolute[row] = absolute;
    this.squared[row] = squared;
    this.loss[row] = loss;
    this.balanced[row] = balanced;
    const here = takeDistribution(tally, origin, unit);
    bandsOf(here).forEach((value, band) => ((this.bands[band] as number[])[row] = value));
    if (this.#everyRow || row === chain.rows - 1) this.byRow.push(here);
  }

  /** The nodes at the end: sizes of the arms. */
  end({ nodes, masses }: Layer<number>): void {
    const { arms, rows, ratio, ratioSum, deviations } = this.#chain;
    nodes.forEach((node, i) => {
      const p = masses[i] as number;
      ratio.forEach((w, k) => {
        const deviation = deviations[node * arms + k] as number;
        this.byArm[k]?.add((deviation + rows * w) / ratioSum, p);
      });
    });
  }
}

function takeDistribution(tally: Float64Array, origin: number, unit: number): Distribution {
  const values: number[] = [];
  const probabilities: number[] = [];
  for (let at = 0; at < tally.length; at += 1) {
    const p = tally[at] as number;
    if (p === 0) continue;
    tally[at] = 0;
    values.push((at - origin) / unit);
    probabilities.push(p);
  }
  return Object.freeze({ values: Object.freeze(values), probabilities: Object.freeze(probabilities) });
}

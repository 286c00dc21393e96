import { upperF } from "./doublyNoncentral.js";

/**
 * The F test of the arms in the linear model of one trial, with or without indicators of the levels of all factors
 * (two arms: the t test and the analysis of covariance).
 *
 * Normal equations are swept column by column: the constant, the levels, then the arms; a column that depends on
 * earlier ones is left out. What the sum of squares loses by the arms is held against what is left of it.
 */
export class LinearTest {
  readonly #arms: number;
  readonly #offsets: readonly number[];
  readonly #columns: number;
  readonly #sums: Float64Array;
  readonly #ones: Int32Array;
  #rows = 0;

  /** @param levels - of each factor; none: the test without adjustment */
  constructor(arms: number, levels: readonly number[]) {
    this.#arms = arms;
    let next = 1;
    this.#offsets = levels.map((count) => {
      next += count - 1;
      return next - count + 1;
    });
    this.#columns = next + arms; // the last one is the response
    this.#sums = new Float64Array(this.#columns ** 2);
    this.#ones = new Int32Array(levels.length + 2);
  }

  begin(): void {
    this.#sums.fill(0);
    this.#rows = 0;
  }

  add(profile: readonly number[], arm: number, response: number): void {
    const columns = this.#columns;
    const sums = this.#sums;
    const ones = this.#ones;
    const last = columns - 1;
    let count = 1;
    ones[0] = 0;
    for (let i = 0; i < this.#offsets.length; i += 1) {
      const level = profile[i] as number;
      if (level > 0) ones[count++] = (this.#offsets[i] as number) + level - 1;
    }
    if (arm > 0) ones[count++] = columns - this.#arms + arm - 1;
    for (let i = 0; i < count; i += 1) {
      const row = (ones[i] as number) * columns;
      for (let j = 0; j < count; j += 1)
        sums[row + (ones[j] as number)] = (sums[row + (ones[j] as number)] as number) + 1;
      sums[row + last] = (sums[row + last] as number) + response;
      const mirrored = last * columns + (ones[i] as number);
      sums[mirrored] = (sums[mirrored] as number) + response;
    }
    const square = columns ** 2 - 1;
    sums[square] = (sums[square] as number) + response * response;
    this.#rows += 1;
  }

  /** P of an F statistic at least as large; 1 where there is nothing to compare. Uses the sums up. */
  pValue(): number {
    const first = this.#columns - this.#arms;
    let rank = 0;
    for (let column = 0; column < first; column += 1) rank += this.#sweep(column);
    const square = this.#columns ** 2 - 1;
    const before = this.#sums[square] as number;
    let compared = 0;
    for (let column = first; column < this.#columns - 1; column += 1) compared += this.#sweep(column);
    const after = Math.max(0, this.#sums[square] as number);
    const df = this.#rows - rank - compared;
    if (compared === 0 || df < 1 || !(after > 0)) return 1;
    return upperF(Math.max(0, before - after) / compared / (after / df), compared, df);
  }

  /** Takes a column out of all later ones. @returns 1, or 0 if it depends on earlier ones */
  #sweep(column: number): number {
    const columns = this.#columns;
    const sums = this.#sums;
    const pivot = sums[column * columns + column] as number;
    if (pivot < 1e-9) return 0;
    for (let i = column + 1; i < columns; i += 1) {
      const factor = (sums[i * columns + column] as number) / pivot;
      if (factor === 0) continue;
      for (let j = column + 1; j < columns; j += 1) {
        sums[i * columns + j] = (sums[i * columns + j] as number) - factor * (sums[column * columns + j] as number);
      }
    }
    return 1;
  }
}

import { requireFields } from "../foundation/index.js";
import { BANDS, type Distribution, type Measures } from "./model.js";

/** Probabilities at whole numbers of some unit, gathered one by one. */
export class Tally {
  readonly #mass = new Map<number, number>();

  add(value: number, probability: number): void {
    this.#mass.set(value, (this.#mass.get(value) ?? 0) + probability);
  }

  /** In rising order; each value divided by `unit`. */
  toDistribution(unit = 1): Distribution {
    const entries = [...this.#mass].filter(([, probability]) => probability > 0).sort(([a], [b]) => a - b);
    return {
      values: entries.map(([value]) => value / unit),
      probabilities: entries.map(([, probability]) => probability),
    };
  }
}

function requireDistribution(distribution: Distribution): void {
  requireFields(distribution, "a distribution: values and their probabilities", {
    values: "a list",
    probabilities: "a list",
  });
}

/** The mean of f over a distribution. */
export function meanOf(distribution: Distribution, f: (value: number) => number = (x) => x): number {
  requireDistribution(distribution);
  requireFields({ f }, "a function of a value", { f: "a function" });
  const { values, probabilities } = distribution;
  return values.reduce((sum, value, i) => sum + f(value) * (probabilities[i] as number), 0);
}

/** Standard deviation of a distribution, in the unit of its values, 0 or more: the square root of E (x - E x)^2. */
export function deviationOf(distribution: Distribution): number {
  const mean = meanOf(distribution);
  return Math.sqrt(meanOf(distribution, (x) => (x - mean) ** 2));
}

export function summaryOf(distribution: Distribution): Measures["byArm"][number] {
  return { mean: meanOf(distribution), standardDeviation: deviationOf(distribution), distribution };
}

/**
 * The least value whose cumulative probability reaches each share of {@link BANDS}; sums that rounding left less than
 * 1e-12 short of a share count as reaching it.
 */
export function bandsOf(distribution: Distribution): readonly number[] {
  requireDistribution(distribution);
  const { values, probabilities } = distribution;
  const bands: number[] = [];
  let sum = 0;
  let at = 0;
  for (const share of BANDS) {
    while (at < values.length - 1 && sum + (probabilities[at] as number) < share - 1e-12) {
      sum += probabilities[at] as number;
      at += 1;
    }
    bands.push(values[at] ?? 0);
  }
  return bands;
}

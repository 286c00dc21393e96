import { describeReceived, fail } from "../foundation/index.js";
import { DoublyNoncentralT } from "./doublyNoncentral.js";
import type { BiasModel } from "./model.js";

/**
 * What a sequence's test depends on: sums over its rows of the shifts s (-sign of the imbalance before the row) and of
 * the trend's steps t. For two arms; A is the first.
 */
export interface SequenceSums {
  readonly inA: number;
  readonly shiftA: number;
  readonly shiftB: number;
  /** Rows with a shift. */
  readonly shifted: number;
  readonly trendA: number;
  /** Sum of s t. */
  readonly cross: number;
}

/** Expectations of the responses of one list, and the rejection probability of the pooled t test from them. */
export class ResponseModel {
  readonly #rows: number;
  readonly #test: DoublyNoncentralT;
  /** Signed size of the shift by the guesser. */
  readonly eta: number;
  readonly #theta: number;
  readonly #effect: number;
  /** By row: the step of the trend, in units of which theta is one. Whole numbers for linear and step trends. */
  readonly steps: readonly number[];
  readonly #stepSum: number;
  readonly #stepSquares: number;

  constructor(model: BiasModel, rows: number) {
    if (rows < 3) {
      fail("assessment.measure_undefined", "rows", "The pooled t test needs a degree of freedom.", {
        expected: "at least 3 rows",
        received: `${rows} rows`,
      });
    }
    const alpha = finite(model.alpha ?? 0.05, "alpha");
    if (alpha <= 0 || alpha >= 1) {
      fail("assessment.model_invalid", "alpha", "The level of a test lies between 0 and 1.", {
        expected: "above 0 and below 1",
        received: String(alpha),
      });
    }
    const { selection, trend } = model;
    const strategy: unknown = selection?.strategy ?? "convergence";
    if (strategy !== "convergence" && strategy !== "divergence") {
      fail("assessment.strategy_unknown", "selection.strategy", "This guessing strategy is not known.", {
        expected: "convergence or divergence",
        received: describeReceived(strategy),
      });
    }
    this.#rows = rows;
    this.#test = new DoublyNoncentralT(rows - 2, alpha);
    this.eta = finite(selection?.eta ?? 0, "selection.eta") * (strategy === "divergence" ? -1 : 1);
    this.#effect = finite(model.effect ?? 0, "effect");
    const theta = finite(trend?.theta ?? 0, "trend.theta");
    const { steps, size } = stepsOf(trend, rows);
    this.steps = steps;
    this.#theta = theta * size;
    this.#stepSum = steps.reduce((sum, t) => sum + t, 0);
    this.#stepSquares = steps.reduce((sum, t) => sum + t * t, 0);
  }

  /** P(reject | sequence); 0 if an arm is empty. */
  rejection({ inA, shiftA, shiftB, shifted, trendA, cross }: SequenceSums): number {
    const inB = this.#rows - inA;
    if (inA === 0 || inB === 0) return 0;
    const [eta, theta] = [this.eta, this.#theta];
    const sumA = eta * shiftA + theta * trendA;
    const sumB = eta * shiftB + theta * (this.#stepSum - trendA);
    const squares = eta * eta * shifted + theta * theta * this.#stepSquares + 2 * eta * theta * cross;
    const within = Math.max(0, squares - (sumA * sumA) / inA - (sumB * sumB) / inB);
    const difference = sumA / inA - sumB / inB + this.#effect;
    return this.#test.rejection(Math.sqrt((inA * inB) / this.#rows) * difference, within);
  }
}

/** By row: what the trend adds to the expected response. */
export function trendOf(trend: BiasModel["trend"], rows: number): readonly number[] {
  const { steps, size } = stepsOf(trend, rows);
  const theta = finite(trend?.theta ?? 0, "trend.theta");
  return steps.map((step) => (step === 0 ? 0 : theta * size * step));
}

function stepsOf(trend: BiasModel["trend"], rows: number): { steps: readonly number[]; size: number } {
  const each = (f: (i: number) => number): number[] => Array.from({ length: rows }, (_, i) => f(i + 1));
  switch (trend?.kind) {
    case undefined:
      return { steps: each(() => 0), size: 0 };
    case "linear":
      return { steps: each((i) => i - 1), size: 1 / (rows - 1) };
    case "log":
      return { steps: each(Math.log), size: 1 / Math.log(rows) };
    case "step": {
      const { after } = trend;
      if (!Number.isInteger(after) || after < 0) {
        fail("assessment.model_invalid", "trend.after", "A step trend begins after a row.", {
          expected: "a whole number from 0 on",
          received: String(after),
        });
      }
      return { steps: each((i) => (i > after ? 1 : 0)), size: 1 };
    }
    default:
      return fail("assessment.trend_unknown", "trend.kind", "This kind of trend is not known.", {
        expected: "linear, log or step",
        received: describeReceived((trend as { readonly kind: unknown }).kind),
      });
  }
}

function finite(value: number, path: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    fail("assessment.model_invalid", path, `"${path}" is a finite number.`, {
      expected: "a finite number",
      received: describeReceived(value),
    });
  }
  return value;
}

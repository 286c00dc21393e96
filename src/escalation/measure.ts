import { fractionText, lowest, toNumber, type Fraction } from "../quantity/index.js";

/** A probability or an expected number. */
export interface Measure {
  readonly value: number;
  /** 0 where it was computed exactly. */
  readonly standardError: number;
  /** Exact fraction in lowest terms; absent where it was simulated. */
  readonly exact?: string;
}

/** An exact number as a measure; `value` is the double nearest to it. */
export function exactMeasure(value: Fraction): Measure {
  return { value: toNumber(value), standardError: 0, exact: fractionText(lowest(value)) };
}

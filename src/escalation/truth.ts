import { describeReceived, fail } from "../foundation/index.js";
import { lowest, type Fraction } from "../quantity/index.js";
import { readShare } from "./share.js";

/** True rates over one denominator: the rate of level j is numerators[j - 1] / denominator. */
export interface Rates {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

/**
 * Reads true rates of DLTs, one a level. They need not rise.
 *
 * @throws AllocellError `escalation.rates_invalid` for another number of rates than levels; `escalation.share_invalid`
 */
export function readRates(truth: readonly string[], levels: number): Rates {
  if (!Array.isArray(truth) || truth.length !== levels) {
    return fail("escalation.rates_invalid", "truth", "There must be one true rate of DLTs for each level.", {
      expected: `${levels} shares, such as "0.08"`,
      received: describeReceived(truth),
    });
  }
  const rates = truth.map((rate, i): Fraction => lowest(readShare(rate, `truth.${i}`)));
  const denominator = rates.reduce((common, rate) => leastMultiple(common, rate.denominator), 1n);
  return { numerators: rates.map((rate) => (rate.numerator * denominator) / rate.denominator), denominator };
}

/** b / gcd(a, b) is the numerator of b / a in lowest terms. */
const leastMultiple = (a: bigint, b: bigint): bigint => a * lowest({ numerator: b, denominator: a }).numerator;

import { describeReceived, fail, requireFields } from "../foundation/index.js";
import { refuseUnknownOptions, wholeNumber } from "./checkOptions.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link randomAllocationRule}. */
export interface RandomAllocationRuleOptions {
  /** Planned participants by arm, each a whole number from 1 to 10^9; their sum is the length of the list. */
  readonly totals: readonly number[];
}

/**
 * Random allocation rule: arm k has T_k - N_k balls, so every arrangement of the planned totals is equally likely.
 *
 * P(sequence) = 1 / multinomial(T). At every row P(arm k) = T_k / N before anything is known: the ratio of the totals
 * is kept. The list ends after N = sum T rows. The state is what is left by arm.
 *
 * @throws AllocellError `procedure.totals_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * randomAllocationRule({ totals: [20, 10] }).balls([20, 10], undefined); // [20, 10]
 * @see Lachin 1988, Control Clin Trials 9:289
 */
export function randomAllocationRule(options: RandomAllocationRuleOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["totals"]);
  const totals = checkTotals(options.totals);
  return { arms: totals.length, isByArm: true, start: totals, balls: (left) => left, after: takeOne };
}

/**
 * Planned totals by arm: two or more whole numbers from 1 to 10^9, as a frozen copy.
 *
 * @throws AllocellError `procedure.totals_invalid`, `procedure.parameter_out_of_range`
 */
export function checkTotals(totals: readonly number[]): readonly number[] {
  requireFields({ totals }, "planned totals", { totals: "a list" });
  if (totals.length < 2) {
    fail("procedure.totals_invalid", "totals", "Planned totals are needed for two or more arms.", {
      expected: "one whole number an arm",
      received: describeReceived(totals),
    });
  }
  return Object.freeze(totals.map((total, arm) => wholeNumber(total, `totals.${arm}`, 1, 1e9)));
}

/** The counts with one less for the drawn arm. */
export function takeOne(left: readonly number[], arm: number): readonly number[] {
  return Object.freeze(left.map((count, k) => (k === arm ? count - 1 : count)));
}

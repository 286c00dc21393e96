import * as z from "zod/mini";
import { describeReceived, fail, requireFields } from "../foundation/index.js";
import { refuseUnknownOptions, wholeNumber } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { TOTALS } from "./parameterTexts.js";
import { wholeNumbers } from "./parameterSchema.js";
import { reducedRatio } from "./permutedBlock.js";
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

/** Random allocation rule; absent totals: the rows of the stratum, shared in the ratio. */
export interface RandomAllocationRuleSpec {
  readonly kind: "random-allocation-rule";
  /** Participants by arm, in the plan's order of arms; they add up to the rows of the stratum. */
  readonly totals?: readonly number[];
}

export const randomAllocationRuleDefinition: Definition<RandomAllocationRuleSpec> = {
  algorithm: "allocell-rar-1",
  parameters: () => ({ totals: z.exactOptional(wholeNumbers()) }),
  urn: (spec, ratio, rows) =>
    randomAllocationRule({ totals: statedTotals(spec, ratio, rows) ?? totalsOf(ratio, rows) }),
  keepsUnequalRatio: true,
  isDrawnForLength: () => true,
};

/** Totals as a plan states them, held to the arms and the rows; undefined where it states none. */
function statedTotals(
  { totals }: RandomAllocationRuleSpec,
  ratio: readonly number[],
  rows: number,
): readonly number[] | undefined {
  if (totals === undefined) return undefined;
  const sum = totals.reduce((all, total) => all + total, 0);
  if (totals.length === ratio.length && sum === rows) return totals;
  return fail("procedure.totals_invalid", "totals", `Totals ${totals.join(", ")} do not fit the list.`, {
    expected: `${ratio.length} totals, one an arm, that add up to ${rows} rows`,
    received: `${totals.length} totals that add up to ${sum}`,
  });
}

/** Participants by arm of a list with fixed totals. */
export function totalsOf(ratio: readonly number[], rows: number): readonly number[] {
  const reduced = reducedRatio(ratio);
  const sum = reduced.reduce((total, w) => total + w, 0);
  if (rows % sum !== 0) {
    const below = rows - (rows % sum);
    return fail("procedure.length_not_divisible", "length", `${rows} rows cannot be shared ${reduced.join(":")}.`, {
      expected: `a multiple of ${sum}, the nearest: ${[below, below + sum].filter((n) => n > 0).join(" or ")}`,
      received: String(rows),
      parameters: { ratio: reduced.join(":") },
    });
  }
  return reduced.map((w) => (w * rows) / sum);
}

export const randomAllocationRuleOffer: Offer<RandomAllocationRuleSpec> = {
  name: { en: "the random allocation rule (fixed totals)", zh: "随机分配规则（各组例数固定）" },
  design: ({ totals }) => ({
    name: `random allocation rule${totals === undefined ? "" : ` with totals ${totals.join(":")}`}`,
    label: totals === undefined ? "RAR" : `RAR ${totals.join(":")}`,
    family: "no restriction",
  }),
  parameters: { totals: TOTALS },
  usual: { sought: () => [{ kind: "random-allocation-rule" }] },
};

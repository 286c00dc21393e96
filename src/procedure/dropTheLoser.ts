import { refuseUnknownOptions, wholeNumber } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { IMMIGRATION } from "./parameterTexts.js";
import { aWholeNumber } from "./parameterSchema.js";
import { reducedRatio } from "./permutedBlock.js";
import { takeOne } from "./randomAllocationRule.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link dropTheLoser}. */
export interface DropTheLoserOptions {
  /** Integer allocation ratio, one entry an arm, each from 1 to 1000. */
  readonly ratio: readonly number[];
  /** Ratio sets a that each immigration adds, a whole number from 1 to 10^6. */
  readonly immigration: number;
}

/**
 * Drop-the-loser urn: w_k balls for arm k at the start and one immigration ball, which is hidden.
 *
 * Drawing an arm's ball assigns it and takes the ball out; drawing the immigration ball puts it back, adds a w_k balls
 * to every arm, and the draw is repeated. The ratio is kept at every row, unequal ratios included: arm k's balls are
 * those of w_k interchangeable arms that start with one ball each and get a. Any number of hidden draws may lie between
 * two participants, so probabilities are infinite sums: bounded from both sides, not fractions. The state is the balls
 * by arm.
 *
 * @throws AllocellError `procedure.ratio_invalid`, `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * dropTheLoser({ ratio: [2, 1], immigration: 1 }).balls([2, 1], undefined); // [2, 1, 1], the last one hidden
 * @see Ivanova 2003, Metrika 58:1
 */
export function dropTheLoser(options: DropTheLoserOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "immigration"]);
  const ratio = reducedRatio(options.ratio);
  const sets = wholeNumber(options.immigration, "immigration", 1, 1e6);
  return {
    arms: ratio.length,
    start: ratio,
    balls: (held) => [...held, 1],
    after: (held, ball) =>
      ball < ratio.length
        ? takeOne(held, ball)
        : Object.freeze(ratio.map((w, arm) => (held[arm] as number) + sets * w)),
  };
}

/** {@link dropTheLoser} as a plan states it. */
export interface DropTheLoserSpec {
  readonly kind: "drop-the-loser";
  readonly immigration: number;
}

export const dropTheLoserDefinition: Definition<DropTheLoserSpec> = {
  algorithm: "allocell-dl-1",
  parameters: () => ({ immigration: aWholeNumber() }),
  urn: (spec, ratio) => dropTheLoser({ ratio, immigration: spec.immigration }),
  keepsUnequalRatio: true,
};

export const dropTheLoserOffer: Offer<DropTheLoserSpec> = {
  name: { en: "the drop-the-loser rule", zh: "弃败者规则" },
  design: (spec) => ({
    name: `drop-the-loser rule, ${spec.immigration} immigrating`,
    label: `DL ${spec.immigration}`,
    family: "urn",
  }),
  parameters: { immigration: IMMIGRATION },
  usual: {
    sought: () => [{ kind: "drop-the-loser", immigration: 2 }],
    isFree: true,
  },
};

import { refuseUnknownOptions } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { reducedRatio } from "./permutedBlock.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link complete}. */
export interface CompleteOptions {
  /** Integer allocation ratio, one entry an arm, each from 1 to 1000. */
  readonly ratio: readonly number[];
}

/**
 * Complete (simple) randomization: every participant is assigned independently, with w_k balls for arm k.
 *
 * P(sequence) is the product of w_k / W. The ratio is kept at every row. There is one state, 0.
 *
 * @throws AllocellError `procedure.ratio_invalid`, `procedure.option_unknown`
 * @see definitions, sources and worked values: docs/procedures.md and docs/procedures-worked.md
 * @example
 * complete({ ratio: [2, 1] }).balls(0, undefined); // [2, 1]
 */
export function complete(options: CompleteOptions): Urn<number> {
  refuseUnknownOptions(options, ["ratio"]);
  const balls = reducedRatio(options.ratio);
  return { arms: balls.length, start: 0, balls: () => balls, after: () => 0 };
}

/** {@link complete} as a plan states it. */
export interface CompleteSpec {
  readonly kind: "complete";
}

export const completeDefinition: Definition<CompleteSpec> = {
  algorithm: "allocell-cr-1",
  parameters: () => ({}),
  urn: (_, ratio) => complete({ ratio }),
  keepsUnequalRatio: true,
};

export const completeOffer: Offer<CompleteSpec> = {
  name: { en: "simple (unrestricted) randomization", zh: "简单随机化（无限制）" },
  design: () => ({ name: "complete randomization", label: "CR", family: "no restriction" }),
  parameters: {},
  usual: { sought: () => [{ kind: "complete" }] },
};

import { fail } from "../foundation/index.js";
import { refuseUnknownOptions, requireEqualArms, wholeNumber } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { ADDED, INITIAL } from "./parameterTexts.js";
import { aWholeNumber } from "./parameterSchema.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link wei}. */
export interface WeiOptions {
  /** Two or more arms at equal ratio. */
  readonly ratio: readonly number[];
  /** Balls of each arm at the start, a whole number from 0 to 10^4. */
  readonly initial: number;
  /** Balls added for each other arm after an assignment, a whole number from 0 to 10^4; not 0 with `initial` 0. */
  readonly added: number;
}

/**
 * Wei's urn design UD(a, b): a + b (n - N_k) balls for arm k after n participants.
 *
 * With a = 0 the urn is empty at first, and the first participant is assigned with one ball an arm. The ratio is kept
 * at every row. The state is the participants by arm.
 *
 * @throws AllocellError `procedure.ratio_unsupported` (equal ratio only), `procedure.ratio_invalid`,
 *   `procedure.parameter_out_of_range`, `procedure.option_unknown`
 * @example
 * wei({ ratio: [1, 1], initial: 1, added: 1 }).balls([2, 0], undefined); // [1, 3]
 * @see Wei 1977, J Am Stat Assoc 72:382; for more than two arms Wei 1978, J Am Stat Assoc 73:559
 */
export function wei(options: WeiOptions): Urn<readonly number[]> {
  refuseUnknownOptions(options, ["ratio", "initial", "added"]);
  requireEqualArms(options.ratio, "urn design");
  const initial = wholeNumber(options.initial, "initial", 0, 10_000);
  const added = wholeNumber(options.added, "added", 0, 10_000);
  if (initial === 0 && added === 0) {
    fail("procedure.parameter_out_of_range", "added", "An urn with no ball at the start and none added stays empty.", {
      expected: '"initial" or "added" at least 1',
      received: "0 and 0",
    });
  }
  return {
    arms: options.ratio.length,
    start: Object.freeze(options.ratio.map(() => 0)),
    balls: (counts) => {
      const assigned = counts.reduce((sum, count) => sum + count, 0);
      if (initial === 0 && assigned === 0) return counts.map(() => 1);
      return counts.map((count) => initial + added * (assigned - count));
    },
    after: addOne,
  };
}

/** The counts with one more for the drawn arm. */
export function addOne(counts: readonly number[], arm: number): readonly number[] {
  return Object.freeze(counts.map((count, k) => (k === arm ? count + 1 : count)));
}

/** {@link wei} as a plan states it. */
export interface WeiSpec {
  readonly kind: "wei";
  readonly initial: number;
  readonly added: number;
}

export const weiDefinition: Definition<WeiSpec> = {
  algorithm: "allocell-wei-1",
  parameters: () => ({ initial: aWholeNumber(), added: aWholeNumber() }),
  urn: (spec, ratio) => wei({ ratio, initial: spec.initial, added: spec.added }),
  keepsUnequalRatio: false,
};

export const weiOffer: Offer<WeiSpec> = {
  name: { en: "Wei's urn design", zh: "魏氏瓮设计" },
  design: (spec) => ({
    name: `Wei's urn, ${spec.initial} and ${spec.added}`,
    label: `UD ${spec.initial}, ${spec.added}`,
    family: "urn",
  }),
  parameters: { initial: INITIAL, added: ADDED },
  usual: {
    sought: ({ isTwoEqual }) => (isTwoEqual ? [{ kind: "wei", initial: 1, added: 1 }] : []),
    isFree: true,
  },
};

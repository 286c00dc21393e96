import { fail } from "../foundation/index.js";
import { refuseUnknownOptions } from "./checkOptions.js";
import type { Definition } from "./definition.js";
import type { Offer } from "./offer.js";
import { reducedRatio } from "./permutedBlock.js";
import type { Urn } from "./urn.js";

/** Arms and parameters of {@link brickTunnel}. */
export interface BrickTunnelOptions {
  /** Integer allocation ratio of two arms, each from 1 to 1000. */
  readonly ratio: readonly number[];
}

/**
 * Brick tunnel randomization of two arms: N_A never leaves the two whole numbers next to n w_A / W.
 *
 * With r = n w_A mod W and f = floor(n w_A / W): if r + w_A < W, balls w_A : W - r - w_A at N_A = f and 0 : 1 at f + 1;
 * else 1 : 0 at f and r + w_A - W : W - w_A at f + 1. The ratio is kept at every row, unequal ratios included. At 1:1 it
 * is blocks of two. The state is 2 (n mod W) + (N_A - f).
 *
 * @throws AllocellError `procedure.ratio_unsupported` (two arms only: above, the rule is not unique),
 *   `procedure.ratio_invalid`, `procedure.option_unknown`
 * @see Kuznetsova & Tymofyeyev 2011, Stat Med 30:812 (the transition probabilities are derived here)
 */
export function brickTunnel(options: BrickTunnelOptions): Urn<number> {
  refuseUnknownOptions(options, ["ratio"]);
  const ratio = reducedRatio(options.ratio);
  if (ratio.length !== 2) {
    fail("procedure.ratio_unsupported", "ratio", "Brick tunnel randomization is defined here for two arms only.", {
      expected: "two entries",
      received: options.ratio.join(":"),
    });
  }
  const [first, second] = ratio as readonly [number, number];
  const ratioSum = first + second;
  return {
    arms: 2,
    start: 0,
    balls: (state) => {
      const isAbove = state % 2 === 1;
      const remainder = (((state - (state % 2)) / 2) * first) % ratioSum;
      const gap = ratioSum - remainder - first;
      if (gap > 0) return isAbove ? [0, 1] : [first, gap];
      return isAbove ? [remainder + first - ratioSum, second] : [1, 0];
    },
    after: (state, ball) => {
      const isAbove = state % 2;
      const row = (state - isAbove) / 2;
      const step = ((row * first) % ratioSum) + first >= ratioSum ? 1 : 0; // by how much floor(n w_A / W) grows
      return 2 * ((row + 1) % ratioSum) + (isAbove + (ball === 0 ? 1 : 0) - step);
    },
  };
}

/** {@link brickTunnel} as a plan states it. */
export interface BrickTunnelSpec {
  readonly kind: "brick-tunnel";
}

export const brickTunnelDefinition: Definition<BrickTunnelSpec> = {
  algorithm: "allocell-bt-1",
  parameters: () => ({}),
  urn: (_, ratio) => brickTunnel({ ratio }),
  keepsUnequalRatio: true,
};

export const brickTunnelOffer: Offer<BrickTunnelSpec> = {
  name: { en: "brick tunnel randomization", zh: "砖隧道随机化" },
  design: () => ({ name: "brick tunnel randomization", label: "BT", family: "tolerance" }),
  parameters: {},
  usual: { sought: ({ isTwoUnequal }) => (isTwoUnequal ? [{ kind: "brick-tunnel" }] : []) },
};

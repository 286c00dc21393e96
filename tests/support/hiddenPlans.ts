import * as fc from "fast-check";
import { parsePlan, type Plan } from "../../src/list/index.js";

/** What of a plan a blinded person must not be able to tell from whatever they hold. */
export interface Hidden {
  readonly arms: Readonly<Record<string, number>>;
  readonly procedure: Readonly<Record<string, unknown>>;
}

const blocks = (sizes: readonly number[], more: object = {}): Hidden["procedure"] => ({
  kind: "permuted-block",
  sizes,
  ...more,
});
const four = { low: 1, medium: 1, high: 1, placebo: 1 };

/** For lists of 12 rows: with and without rows beyond them, of one size and of several, of other ratios and procedures. */
export const HIDDEN: Readonly<Record<string, Hidden>> = {
  "blocks of 4": { arms: four, procedure: blocks([4]) },
  "blocks of 40, whole": { arms: four, procedure: blocks([40], { lastBlock: "whole" }) },
  "blocks of 4 and 8, whole": { arms: four, procedure: blocks([4, 8], { lastBlock: "whole" }) },
  "the same, weighted": { arms: four, procedure: blocks([4, 8], { weights: [1, 5], lastBlock: "whole" }) },
  "the same, filled": { arms: four, procedure: blocks([4, 8], { lastBlock: "fill" }) },
  "two arms, 1:2": { arms: { low: 1, placebo: 2 }, procedure: blocks([9], { lastBlock: "whole" }) },
  "another ratio": { arms: { ...four, placebo: 3 }, procedure: blocks([6, 18], { lastBlock: "whole" }) },
  complete: { arms: four, procedure: { kind: "complete" } },
  "random allocation rule": { arms: four, procedure: { kind: "random-allocation-rule" } },
  "block urn": { arms: four, procedure: { kind: "block-urn", lambda: 2 } },
};

/** What of a plan everybody may know. */
export interface Published {
  readonly sites: number;
  readonly length: number;
}

export const planWith = (hidden: Hidden, { sites, length }: Published, list = "HIDDEN-1"): Plan =>
  parsePlan({
    trial: "NCT07041801",
    part: "single-dose",
    list,
    ...hidden,
    strata: [{ factor: "site", levels: Array.from({ length: sites }, (_, i) => String(i + 1).padStart(2, "0")) }],
    length,
  });

const NAMES = ["a", "placebo", "xenon-arm", "verum-of-long-name"];

/** Hidden parts for lists of 12 or 24 rows. */
export const anyHidden: fc.Arbitrary<Hidden> = fc
  .record({
    ratio: fc.constantFrom([1, 1], [2, 1], [1, 1, 1], [1, 1, 1, 1], [3, 1], [1, 2, 3]),
    first: fc.nat(3),
    multiples: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 }),
    weights: fc.option(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 })),
    how: fc.constantFrom("whole", "whole", "cut", "fill", "complete", "random-allocation-rule"),
  })
  .map(({ ratio, first, multiples, weights, how }) => {
    const sum = ratio.reduce((a, b) => a + b, 0);
    const sizes = (how === "fill" ? [1, ...multiples.filter((m) => m > 1)] : multiples).map((m) => m * sum);
    const isBlocks = how === "whole" || how === "cut" || how === "fill";
    return {
      arms: Object.fromEntries(ratio.map((share, k) => [NAMES[(k + first) % NAMES.length]!, share])),
      procedure: isBlocks
        ? blocks(sizes, { ...(weights === null ? {} : { weights: weights.slice(0, sizes.length) }), lastBlock: how })
        : { kind: how },
    };
  });

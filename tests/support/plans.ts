import * as fc from "fast-check";
import { drawList } from "../../src/list/generateList.js";
import { parsePlan, type MasterList, type MasterRow, type Plan } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";

/** A plan of two arms in blocks of four, with any field set otherwise. */
export function planOf(more: Record<string, unknown> = {}): Plan {
  return parsePlan({
    trial: "DEMO",
    part: "main",
    list: "DEMO-1",
    arms: { active: 1, placebo: 1 },
    procedure: { kind: "permuted-block", sizes: [4] },
    length: 12,
    ...more,
  });
}

/** 32 bytes that were drawn once; public by standing here. */
export const liveSeed: Seed = Seed.live(
  Uint8Array.from(Buffer.from("c4a1f09be7d25338016fbe4e9a7c30d8b12f65e4730acd8896f1e25b4d3c07ea", "hex")),
);

export const draw = (plan: Plan, seed: Seed = Seed.test("demo")): MasterList => drawList(plan, seed);
export const rowsOf = (list: MasterList): MasterRow[] => [...list.unblindedRows()];

const CODES = ["zebra-arm", "yak-arm", "xerus-arm", "wolf-arm", "vole-arm", "urial-arm"];
const LEVELS = ["01", "02", "<65", "≥65", "Nord", "試験"];

/** Plans of 2 to 6 arms with random ratios, sizes, weights, policies, strata and lengths; every one can be drawn. */
export const anyPlan: fc.Arbitrary<Plan> = fc
  .record({
    ratio: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 6 }),
    multiples: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    weights: fc.option(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 })),
    lastBlock: fc.constantFrom("whole", "cut", "fill"),
    factors: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    blocks: fc.integer({ min: 1, max: 8 }),
    ownBlocks: fc.integer({ min: 1, max: 8 }),
    over: fc.nat(3),
  })
  .map(({ ratio, multiples, weights, lastBlock, factors, blocks, ownBlocks, over }) => {
    const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
    const sum = ratio.reduce((a, b) => a + b, 0) / ratio.reduce(gcd);
    const sizes = multiples.map((m) => m * sum);
    // Filled lists take a length that some sizes make; the others any length.
    const lengthOf = (n: number): number => (lastBlock === "fill" ? n * sizes[0]! : n * sizes[0]! + over);
    const strata = factors.map((count, i) => ({
      factor: ["site", "age_group"][i]!,
      levels: LEVELS.slice(i, i + count),
    }));
    const first = Object.fromEntries(strata.map(({ factor, levels }) => [factor, levels[0]!]));
    return planOf({
      arms: Object.fromEntries(ratio.map((share, k) => [CODES[k]!, share])),
      procedure: {
        kind: "permuted-block",
        sizes,
        ...(weights === null ? {} : { weights: weights.slice(0, sizes.length) }),
        lastBlock,
      },
      strata,
      length: lengthOf(blocks),
      lengths: strata.length === 0 ? [] : [{ stratum: first, length: lengthOf(ownBlocks) }],
    });
  });

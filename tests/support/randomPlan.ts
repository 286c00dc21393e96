/* Random plans of every procedure, from which the package makes a list, for programs that are to regenerate it. */
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { drawList } from "../../src/list/generateList.js";
import { parsePlan, toMasterCsv, type Factor, type Plan } from "../../src/list/index.js";
import { ALGORITHMS, type ProcedureKind } from "../../src/procedure/index.js";
import { Seed } from "../../src/random/index.js";

/** A plan with a seed as the user types it, and the list that comes of them. */
export interface RegenerationCase {
  readonly plan: Plan;
  readonly status: "LIVE" | "TEST";
  readonly algorithm: string;
  /** What a person types when the program asks. */
  readonly seedText: string;
  readonly masterCsv: string;
}

/** A procedure that suits the ratio, with lengths that suit both. */
interface Choice {
  readonly ratio: readonly number[];
  readonly procedure: object;
  readonly length: fc.Arbitrary<number>;
}

const LONGEST = 60;
const ratioOf = (least: number, most: number, shares: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: shares }), { minLength: least, maxLength: most });
const anyRatio = ratioOf(2, 5, 4);
const equalArms = fc.integer({ min: 2, max: 5 }).chain((arms) => {
  return fc.integer({ min: 1, max: 3 }).map((share) => Array.from({ length: arms }, () => share));
});
const twoArms = fc.integer({ min: 1, max: 3 }).map((share) => [share, share]);
const anyLength = fc.integer({ min: 1, max: LONGEST });

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
const unitOf = (ratio: readonly number[]): number => ratio.reduce((sum, w) => sum + w, 0) / ratio.reduce(gcd);
const multiplesOf = (unit: number): fc.Arbitrary<number> =>
  fc.integer({ min: 1, max: Math.max(1, Math.floor(LONGEST / unit)) }).map((times) => times * unit);

const coin = fc.constantFrom("1/2", "2/3", "0.75", "0.9", 1, "17/25");
const exponent = fc.constantFrom(0, 1, 2, 5, "1/2", "5/2", "0.3", "7/3", "0.125");
const tolerance = fc.integer({ min: 1, max: 6 });

/** Sizes, weights and a last-block policy, with lengths that the policy can meet. */
const blocks = (unit: number): fc.Arbitrary<Omit<Choice, "ratio">> =>
  fc
    .record({
      sizes: fc
        .uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
        .map((times) => times.map((n) => n * unit)),
      weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 }),
      law: fc.constantFrom("even", "weights", "pascal"),
      lastBlock: fc.constantFrom(undefined, "whole", "cut", "fill"),
    })
    .map(({ sizes, weights, law, lastBlock }) => ({
      procedure: {
        kind: "permuted-block",
        sizes,
        ...(law === "weights" ? { weights: weights.slice(0, sizes.length) } : {}),
        ...(law === "pascal" ? { weights: "pascal" } : {}),
        ...(lastBlock === undefined ? {} : { lastBlock }),
      },
      length:
        lastBlock === "whole" || lastBlock === "cut"
          ? anyLength
          : fc
              .array(fc.constantFrom(...sizes), { minLength: 1, maxLength: 5 })
              .map((some) => some.reduce((sum, size) => sum + size, 0)),
    }));

/** Sizes in a stated order, with lengths at which a block ends where no policy is stated. */
const orderedBlocks = (unit: number): fc.Arbitrary<Omit<Choice, "ratio">> =>
  fc
    .record({
      sizes: fc
        .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
        .map((times) => times.map((n) => n * unit)),
      lastBlock: fc.constantFrom(undefined, "whole", "cut"),
    })
    .map(({ sizes, lastBlock }) => ({
      procedure: { kind: "ordered-blocks", sizes, ...(lastBlock === undefined ? {} : { lastBlock }) },
      length:
        lastBlock !== undefined
          ? anyLength
          : fc
              .integer({ min: 1, max: 6 })
              .map((blocks) => Array.from({ length: blocks }, (_, i) => sizes[i % sizes.length]!))
              .map((taken) => taken.reduce((sum, size) => sum + size, 0)),
    }));

const inBlocks = (kind: string, size: number, given: object): fc.Arbitrary<Omit<Choice, "ratio">> =>
  fc.constantFrom(undefined, "whole", "cut").map((lastBlock) => ({
    procedure: { kind, ...given, ...(lastBlock === undefined ? {} : { lastBlock }) },
    length: lastBlock === undefined ? fc.integer({ min: 1, max: 4 }).map((times) => times * size) : anyLength,
  }));

/** What each procedure takes, for the ratio that it runs on: that of the plan, or the equal one of its merged arms. */
const TAKES: Readonly<
  Record<ProcedureKind, readonly [fc.Arbitrary<number[]>, (unit: number) => fc.Arbitrary<Omit<Choice, "ratio">>]>
> = {
  complete: [anyRatio, plain("complete", {})],
  "random-allocation-rule": [anyRatio, inUnits("random-allocation-rule", {})],
  "permuted-block": [anyRatio, blocks],
  "ordered-blocks": [anyRatio, orderedBlocks],
  "truncated-binomial": [
    anyRatio,
    (unit) =>
      fc.oneof(
        inUnits("truncated-binomial", {})(unit),
        fc.integer({ min: 1, max: 4 }).chain((n) => inBlocks("truncated-binomial", n * unit, { size: n * unit })),
      ),
  ],
  maximal: [ratioOf(2, 3, 3), inUnits("maximal", { tolerance: fc.integer({ min: 2, max: 5 }) })],
  "big-stick": [twoArms, plain("big-stick", { tolerance })],
  efron: [twoArms, plain("efron", { probability: coin })],
  chen: [twoArms, plain("chen", { probability: coin, tolerance })],
  ehrenfest: [twoArms, plain("ehrenfest", { tolerance })],
  "adjustable-biased-coin": [twoArms, plain("adjustable-biased-coin", { steepness: exponent })],
  "generalized-biased-coin": [twoArms, plain("generalized-biased-coin", { exponent })],
  wei: [equalArms, plain("wei", { initial: fc.integer({ min: 0, max: 3 }), added: fc.integer({ min: 1, max: 3 }) })],
  "bayesian-biased-coin": [
    twoArms,
    plain("bayesian-biased-coin", { gamma: fc.constantFrom(1, "1/2", "0.1", 2, "3/2", "0.7") }),
  ],
  hadamard: [twoArms, () => inBlocks("hadamard", 12, {})],
  "block-urn": [anyRatio, plain("block-urn", { lambda: fc.integer({ min: 1, max: 4 }) })],
  "mass-weighted-urn": [anyRatio, plain("mass-weighted-urn", { alpha: fc.constantFrom(1, 4, "5/2", "0.3", "20/3") })],
  "drop-the-loser": [anyRatio, plain("drop-the-loser", { immigration: fc.integer({ min: 1, max: 3 }) })],
  "doubly-adaptive": [anyRatio, plain("doubly-adaptive", { gamma: exponent })],
  "maximum-entropy": [anyRatio, plain("maximum-entropy", { eta: fc.constantFrom(0, "1/2", "0.9", "2/7", 1) })],
  "minimum-quadratic-distance": [
    anyRatio,
    plain("minimum-quadratic-distance", { eta: fc.constantFrom(0, "1/2", "0.9", "2/7", 1) }),
  ],
  "brick-tunnel": [ratioOf(2, 2, 7), plain("brick-tunnel", {})],
};

/** A procedure that takes a list of any length. */
function plain(kind: string, parameters: object): () => fc.Arbitrary<Omit<Choice, "ratio">> {
  return () => parametersOf(kind, parameters).map((procedure) => ({ procedure, length: anyLength }));
}

/** A procedure that shares its rows in the ratio exactly. */
function inUnits(kind: string, parameters: object): (unit: number) => fc.Arbitrary<Omit<Choice, "ratio">> {
  return (unit) => parametersOf(kind, parameters).map((procedure) => ({ procedure, length: multiplesOf(unit) }));
}

function parametersOf(kind: string, parameters: object): fc.Arbitrary<object> {
  return fc.record(parameters as Record<string, fc.Arbitrary<unknown>>).map((own) => ({ kind, ...own }));
}

/** Procedures that run on more than two equal arms, and so can be merged into any ratio. */
const MERGEABLE: readonly ProcedureKind[] = [
  "complete",
  "random-allocation-rule",
  "permuted-block",
  "ordered-blocks",
  "truncated-binomial",
  "maximal",
  "wei",
  "block-urn",
  "mass-weighted-urn",
  "drop-the-loser",
  "doubly-adaptive",
  "maximum-entropy",
  "minimum-quadratic-distance",
];
/** What else takes two arms only is merged as well, from 1:1 to 1:1. */
const isMergedRatio = (kind: ProcedureKind): fc.Arbitrary<number[]> =>
  kind === "maximal" ? ratioOf(2, 2, 2) : MERGEABLE.includes(kind) ? ratioOf(2, 4, 3) : twoArms;

function choices(kind: ProcedureKind, merged: boolean): fc.Arbitrary<Choice> {
  const [ratios, forUnit] = TAKES[kind];
  return (merged ? isMergedRatio(kind) : ratios).chain((ratio) =>
    forUnit(unitOf(ratio)).map(({ procedure, length }) => ({
      ratio,
      length,
      procedure: merged ? { ...procedure, mergedArms: true } : procedure,
    })),
  );
}

const ARMS = ["low", "high", "placebo", "control", "standard"];
const LEVELS = ["01", "02", "上海", "Zürich", "<50 kg", ">=50 kg", "none (yet)", "İzmir", "a-b_c", "ﬁne", "50%", "no"]
  // A plan takes levels in Unicode form NFC only; a test seed is brought into it.
  .map((level) => level.normalize("NFC"));
const FACTORS = ["site", "weight_band", "Sex", "z-9"];

const strata: fc.Arbitrary<readonly Factor[]> = fc.oneof<fc.MaybeWeightedArbitrary<readonly Factor[]>[]>(
  { weight: 2, arbitrary: fc.constant([]) },
  {
    weight: 3,
    arbitrary: fc
      .uniqueArray(fc.constantFrom(...FACTORS), { minLength: 1, maxLength: 2 })
      .chain((factors) =>
        fc.tuple(
          ...factors.map((factor) =>
            fc
              .uniqueArray(fc.constantFrom(...LEVELS), { minLength: 1, maxLength: 3 })
              .map((levels) => ({ factor, levels })),
          ),
        ),
      ),
  },
);

const seeds: fc.Arbitrary<{ seed: Seed; seedText: string }> = fc.oneof(
  fc
    .constantFrom("seed", "Graine e\u0301", "种子", "seed 🎲", "  spaced  out", "İı")
    .chain((start) => fc.nat().map((count) => `${start} ${count} TEST`))
    .map((seedText) => ({ seed: Seed.test(seedText), seedText })),
  fc.tuple(fc.nat(), fc.boolean()).map(([count, upper]) => {
    const seed = Seed.live(new Uint8Array(createHash("sha256").update(`live ${count}`).digest()));
    return { seed, seedText: upper ? seed.revealText().toUpperCase() : seed.revealText() };
  }),
);
/** R's stream takes a whole number of 32 bits. */
const rSeeds: typeof seeds = fc
  .integer({ min: -2147483647, max: 2147483647 })
  .map((n) => ({ seed: Seed.test(String(n)), seedText: String(n) }));

function casesOf(kind: ProcedureKind, merged: boolean, rStream: boolean): fc.Arbitrary<RegenerationCase> {
  return fc
    .record({
      choice: choices(kind, merged),
      strata,
      seed: rStream ? rSeeds : seeds,
      list: fc.constantFrom("LIST-1", "B", "uc-part2"),
      arms: fc.shuffledSubarray(ARMS, { minLength: ARMS.length }),
      numbers: fc.constantFrom(
        undefined,
        { prefix: "AB", digits: 3 },
        { prefix: "UC", digits: 6 },
        { prefix: "A", digits: 4, levelDigits: 1, mask: "S{stratum}N{sequence}C{check}" },
        { prefix: "R", digits: 5, mask: "{sequence}{stratum}" },
        { prefix: "R", digits: 3, shuffle: "order-of-numbers-1", mask: "{stratum}{sequence}{check}" },
      ),
    })
    .chain(({ choice, strata, seed, list, arms, numbers }) =>
      fc
        .record({
          length: choice.length,
          ownLength: choice.length,
          own: fc.option(fc.tuple(...strata.map(({ levels }) => fc.constantFrom(...levels))), { nil: undefined }),
          ofLevel: fc.option(ownOfLevel(kind, merged, choice.ratio, strata), { nil: undefined }),
        })
        .map(({ length, ownLength, own: ofOne, ofLevel }) => {
          const own = ofLevel === undefined ? ofOne : undefined;
          const plan = parsePlan({
            trial: "TRIAL-1",
            part: "main",
            list,
            arms: choice.ratio.map((ratio, k) => ({ arm: arms[k], ratio })),
            procedure: choice.procedure,
            ...(rStream ? { stream: "r-mersenne-twister" } : {}),
            strata,
            // Where every stratum has a length of its own, the plan's need not suit the procedure.
            length:
              own !== undefined && strata.length > 0 && strata.every(({ levels }) => levels.length === 1) ? 1 : length,
            ...(ofLevel === undefined
              ? {}
              : { procedures: [{ stratum: ofLevel.stratum, procedure: ofLevel.procedure }] }),
            lengths:
              ofLevel !== undefined
                ? [{ stratum: ofLevel.stratum, length: ofLevel.length }]
                : own === undefined || strata.length === 0
                  ? []
                  : [
                      {
                        stratum: Object.fromEntries(strata.map(({ factor }, i) => [factor, own[i]])),
                        length: ownLength,
                      },
                    ],
            ...(numbers === undefined ? {} : { numbers }),
          });
          return toCase(plan, seed.seed, seed.seedText);
        }),
    );
}

/** A procedure of the same kind, with other parameters and a length that suits them, for a level of the first factor. */
function ownOfLevel(
  kind: ProcedureKind,
  merged: boolean,
  ratio: readonly number[],
  [first]: readonly Factor[],
): fc.Arbitrary<{ stratum: object; procedure: object; length: number } | undefined> {
  if (first === undefined) return fc.constant(undefined);
  return TAKES[kind][1](unitOf(ratio)).chain(({ procedure, length }) =>
    fc.record({
      stratum: fc.constantFrom(...first.levels).map((level) => ({ [first.factor]: level })),
      procedure: fc.constant(merged ? { ...procedure, mergedArms: true } : procedure),
      length,
    }),
  );
}

/** A plan and a seed, with the list that the package makes of them. */
export function toCase(plan: Plan, seed: Seed, seedText: string): RegenerationCase {
  const list = drawList(plan, seed);
  const { status, algorithm } = list.unblindedRecord();
  return { plan, status, algorithm, seedText, masterCsv: [...toMasterCsv(list)].join("") };
}

/** Plans a run: ALLOCELL_SCRIPT_PLANS, else 40. */
export const PLAN_COUNT = Number(process.env["ALLOCELL_SCRIPT_PLANS"] ?? "40");

/**
 * That many random cases. Every procedure in turn, first as it is, in the next round with merged arms, and so on; every
 * seventh with R's stream.
 */
export function regenerationCases(count: number = PLAN_COUNT): readonly RegenerationCase[] {
  const kinds = Object.keys(ALGORITHMS) as ProcedureKind[];
  const made = new Map<string, fc.Arbitrary<RegenerationCase>>();
  const seed = fc.readConfigureGlobal().seed ?? 1;
  return Array.from({ length: count }, (_, i) => {
    const kind = kinds[i % kinds.length]!;
    const key = [kind, Math.floor(i / kinds.length) % 2 === 1, i % 7 === 6] as const;
    const arbitrary = made.get(key.join()) ?? casesOf(...key);
    made.set(key.join(), arbitrary);
    return fc.sample(arbitrary, { numRuns: 1, seed: seed + i })[0]!;
  });
}

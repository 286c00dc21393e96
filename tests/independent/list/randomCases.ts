/* Random plans and seeds, valid in the package, for both programs; and the trials that these plans are for. */
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { defineTrial, Seed } from "../../../src/index.js";
import type { SecondPlan } from "./secondList.js";
import { liveSeed, testSeed, type SecondSeed } from "./secondStream.js";

type Trial = ReturnType<typeof defineTrial>;

/** A trial with the arms a1 ... aN in one randomized part, and nothing left open. */
function trialOf(armCount: number): Trial {
  const arms = Array.from({ length: armCount }, (_, index) => `a${index + 1}`);
  return defineTrial({
    id: `SECOND-${armCount}`,
    title: "Double programming",
    identifiers: [],
    sponsor: { name: "Nobody" },
    enrolment: { count: 600 },
    allocation: "randomized",
    model: "parallel",
    masking: { level: "double" },
    conditions: ["none"],
    interventions: [],
    arms: arms.map((id) => ({ id, label: `Arm ${id}`, interventions: [] })),
    parts: [{ id: "main", title: "Whole trial", kind: "randomized", arms, masking: { level: "double" } }],
    eligibility: { sex: "all", numeric: [], inclusion: [], exclusion: [] },
    outcomes: [],
    assumptions: [],
    contradictions: [],
    sources: [{ id: "protocol", kind: "protocol", citation: "Protocol SECOND, version 1.0" }],
    provenance: { "": "protocol" },
  });
}

/** The trials by their number of arms. */
export const TRIALS: ReadonlyMap<number, Trial> = new Map(
  [2, 3, 4, 5, 6].map((armCount) => [armCount, trialOf(armCount)]),
);

export interface SeedPair {
  readonly theirs: Seed;
  readonly ours: SecondSeed;
}

export interface Case {
  readonly plan: SecondPlan;
  readonly seed: SeedPair;
}

const seeds: fc.Arbitrary<SeedPair> = fc.oneof(
  fc
    .constantFrom("seed", "Graine é", "Graine e\u0301", "种子", "seed 🎲", "x".repeat(200))
    .chain((start) => fc.nat().map((count) => `${start} ${count} TEST`))
    .map((text) => ({ theirs: Seed.test(text), ours: testSeed(text) })),
  // The package refuses live bytes with a pattern, which fast-check likes to make; so they go through a hash.
  fc
    .nat()
    .map((count) => createHash("sha256").update(`live ${count}`).digest())
    .map((bytes) => ({ theirs: Seed.live(bytes), ours: liveSeed(bytes) })),
);

const LEVELS = [
  "上海",
  "北京",
  "<50 kg",
  ">=50 kg",
  "01",
  "02",
  "Zürich",
  "none (yet)",
  "a-b/c_d",
  "50%",
  "İzmir",
  "no",
];
const FACTORS = ["site", "weight_band", "centre", "Sex", "z-9"];

const strata: fc.Arbitrary<SecondPlan["strata"]> = fc
  .uniqueArray(fc.constantFrom(...FACTORS), { maxLength: 3 })
  .chain((factors) =>
    fc.tuple(
      ...factors.map((factor) =>
        fc
          .uniqueArray(fc.constantFrom(...LEVELS), { minLength: 1, maxLength: factors.length === 3 ? 2 : 3 })
          .map((levels) => ({ factor, levels })),
      ),
    ),
  );

const arms: fc.Arbitrary<Record<string, number>> = fc
  .integer({ min: 2, max: 6 })
  .chain((armCount) =>
    fc.tuple(
      fc.shuffledSubarray(
        Array.from({ length: armCount }, (_, index) => `a${index + 1}`),
        { minLength: armCount },
      ),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: armCount, maxLength: armCount }),
    ),
  )
  .map(([codes, ratio]) => Object.fromEntries(codes.map((code, index) => [code, ratio[index]!])));

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** Sizes as multiples of the ratio sum, and lengths that they can make up exactly where the policy asks for that. */
const blocks = (unit: number): fc.Arbitrary<Pick<SecondPlan, "procedure"> & { lengths: fc.Arbitrary<number> }> =>
  fc
    .uniqueArray(fc.record({ multiple: fc.integer({ min: 1, max: 5 }), weight: fc.integer({ min: 1, max: 7 }) }), {
      minLength: 1,
      maxLength: 4,
      selector: ({ multiple }) => multiple,
    })
    .chain((choices) =>
      fc
        .record({ weighted: fc.boolean(), lastBlock: fc.constantFrom(undefined, "whole", "cut", "fill") })
        .map(({ weighted, lastBlock }) => ({
          procedure: {
            kind: "permuted-block" as const,
            sizes: choices.map(({ multiple }) => multiple * unit),
            ...(weighted && choices.length > 1 ? { weights: choices.map(({ weight }) => weight) } : {}),
            ...(lastBlock === undefined ? {} : { lastBlock }),
          },
          lengths:
            lastBlock === "fill" || lastBlock === undefined
              ? fc
                  .array(fc.constantFrom(...choices.map(({ multiple }) => multiple * unit)), {
                    minLength: 1,
                    maxLength: 5,
                  })
                  .map((parts) => parts.reduce((sum, part) => sum + part))
              : fc.integer({ min: 1, max: 40 }),
        })),
    );

/** Block rules and a length for all strata of a level of the factor. */
function ofLevel(
  { factor, levels }: SecondPlan["strata"][number],
  arms: Readonly<Record<string, number>>,
): fc.Arbitrary<{ stratum: Record<string, string>; procedure: SecondPlan["procedure"]; length: number }> {
  const ratio = Object.values(arms);
  return blocks(ratio.reduce((sum, part) => sum + part) / ratio.reduce(divisor)).chain(({ procedure, lengths }) =>
    fc.record({
      stratum: fc.constantFrom(...levels).map((level) => ({ [factor]: level })),
      procedure: fc.constant(procedure),
      length: lengths,
    }),
  );
}

const numbers = fc.option(
  fc
    .record({
      prefix: fc.constantFrom("R", "A", "UC"),
      digits: fc.integer({ min: 3, max: 4 }),
      levelDigits: fc.constantFrom(undefined, 1 as const),
      mask: fc.constantFrom(
        undefined,
        "{sequence}{stratum}",
        "{stratum}X{sequence}{check}",
        "{stratum}{check}{sequence}",
      ),
      shuffle: fc.constantFrom(undefined, "any-text-1", "ANOTHER-2"),
    })
    .map(({ prefix, digits, levelDigits, mask, shuffle }) => ({
      prefix,
      digits,
      ...(levelDigits === undefined ? {} : { levelDigits }),
      ...(mask === undefined ? {} : { mask }),
      ...(shuffle === undefined ? {} : { shuffle }),
    })),
  { nil: undefined },
);

/** Plans of every kind with their seeds. */
export const cases: fc.Arbitrary<Case> = fc
  .record({ seed: seeds, arms, strata, numbers })
  .chain((parts) => {
    const ratio = Object.values(parts.arms);
    const unit = ratio.reduce((sum, part) => sum + part) / ratio.reduce(divisor);
    return blocks(unit).map((block) => ({ ...parts, ...block }));
  })
  .chain(({ seed, arms, strata, numbers, procedure, lengths }) =>
    fc
      .record({
        list: fc.constantFrom("LIST-1", "B", "uc-part2"),
        length: lengths,
        // All strata of one level may have block rules of their own, with a length that suits them.
        ofLevel: fc.option(strata.length === 0 ? fc.constant(undefined) : ofLevel(strata[0]!, arms), {
          nil: undefined,
        }),
        // One stratum may have a length of its own.
        own: fc.option(fc.tuple(fc.tuple(...strata.map(({ levels }) => fc.constantFrom(...levels))), lengths), {
          nil: undefined,
        }),
      })
      .map(({ list, length, own: ofOne, ofLevel }) => ({
        list,
        length,
        ofLevel,
        own: ofLevel === undefined ? ofOne : undefined,
      }))
      .map(({ list, length, own, ofLevel }) => ({
        seed,
        plan: {
          trial: `SECOND-${Object.keys(arms).length}`,
          part: "main",
          list,
          arms,
          procedure,
          strata,
          length,
          ...(ofLevel === undefined
            ? {}
            : {
                procedures: [{ stratum: ofLevel.stratum, procedure: ofLevel.procedure }],
                lengths: [{ stratum: ofLevel.stratum, length: ofLevel.length }],
              }),
          ...(own === undefined || strata.length === 0
            ? {}
            : {
                lengths: [
                  {
                    stratum: Object.fromEntries(strata.map(({ factor }, index) => [factor, own[0][index]!])),
                    length: own[1],
                  },
                ],
              }),
          ...(numbers === undefined ? {} : { numbers }),
        },
      })),
  );

/** What a run of random plans has been through, so that a generator that lost a case does not go unnoticed. */
export function traits({ plan, seed }: Case): string[] {
  const { sizes, weights, lastBlock } = plan.procedure;
  return [
    `${sizes.length === 1 ? "one size" : "several sizes"}, ${lastBlock ?? "no policy"}`,
    ...(weights === undefined ? [] : [`weights, ${lastBlock ?? "no policy"}`]),
    `${Object.keys(plan.arms).length} arms`,
    `${plan.strata.length} factors`,
    seed.ours.status,
    ...(plan.lengths === undefined ? [] : ["own length"]),
    ...(plan.procedures === undefined ? [] : ["own block rules"]),
    ...(plan.numbers === undefined ? [] : ["own numbers"]),
    ...(plan.numbers?.levelDigits === undefined ? [] : ["one digit a level"]),
    ...(plan.numbers?.mask === undefined ? [] : ["mask"]),
    ...(plan.numbers?.shuffle === undefined ? [] : ["shuffled numbers"]),
  ];
}

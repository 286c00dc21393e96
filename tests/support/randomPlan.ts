/* Random plans of every procedure, from which the package makes a list, for programs that are to regenerate it. */
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { drawList } from "../../src/list/generateList.js";
import { parsePlan, toMasterCsv, type Factor, type Plan } from "../../src/list/index.js";
import { ALGORITHMS, type ProcedureKind } from "../../src/procedure/index.js";
import { Seed } from "../../src/random/index.js";
import { PROCEDURE_EXAMPLES } from "./procedureExamples.js";
import { anyTwo, ratioOf, twoArms, unitOf, type Choice } from "./randomProcedures.js";

/** A plan with a seed as the user types it, and the list that comes of them. */
export interface RegenerationCase {
  readonly plan: Plan;
  readonly status: "LIVE" | "TEST";
  readonly algorithm: string;
  /** What a person types when the program asks. */
  readonly seedText: string;
  readonly masterCsv: string;
}

/** What takes two arms only is merged as well, from 1:1 to 1:1. */
function mergedRatios(kind: ProcedureKind): fc.Arbitrary<number[]> {
  const [ratios] = PROCEDURE_EXAMPLES[kind].random;
  return kind === "maximal" ? ratioOf(2, 2, 2) : ratios === twoArms || ratios === anyTwo ? twoArms : ratioOf(2, 4, 3);
}

function choices(kind: ProcedureKind, merged: boolean): fc.Arbitrary<Choice> {
  const [ratios, forUnit] = PROCEDURE_EXAMPLES[kind].random;
  return (merged ? mergedRatios(kind) : ratios).chain((ratio) =>
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
  return PROCEDURE_EXAMPLES[kind].random[1](unitOf(ratio)).chain(({ procedure, length }) =>
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

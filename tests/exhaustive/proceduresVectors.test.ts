import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bigStick } from "../../src/procedure/bigStick.js";
import { blockUrn } from "../../src/procedure/blockUrn.js";
import { chen } from "../../src/procedure/chen.js";
import { complete } from "../../src/procedure/complete.js";
import { efron } from "../../src/procedure/efron.js";
import { ehrenfest } from "../../src/procedure/ehrenfest.js";
import { enumerateSequences } from "../../src/procedure/enumerateSequences.js";
import { maximal } from "../../src/procedure/maximal.js";
import { permutedBlock } from "../../src/procedure/permutedBlock.js";
import { randomAllocationRule } from "../../src/procedure/randomAllocationRule.js";
import { sequenceProbability } from "../../src/procedure/sequenceProbability.js";
import { truncatedBinomial } from "../../src/procedure/truncatedBinomial.js";
import type { Urn } from "../../src/procedure/urn.js";
import { wei } from "../../src/procedure/wei.js";
import { doubles, fractions, twoArmMeasures, type TwoArmMeasures } from "../support/twoArmMeasures.js";
import { fractionText, lowest, times, toNumber, type Fraction } from "../../src/quantity/index.js";

/*
 * Not matched, on purpose, because the program that made the numbers is wrong there:
 * - randomizeR's Hadamard reference set has 11 sequences with 12 probabilities and no mirrors, and its GBC with r = 0
 *   sums to 0.5: neither is in these files; the total of 1 is tested in procedures.test.ts.
 * - its block counts at unequal ratio are made in floats, its "filled" sizes come from trial and dead end, its rejection
 *   probabilities cut a series, and its imbalance counts raw numbers at 2:1: these files are 1:1 with fixed sizes.
 * GBC, ABCD and BBCD are not rational procedures of integer balls; they are tested with their own procedures.
 */
const OTHERS = ["GBC", "ABCD", "BBCD"];

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8"));
}

type Parameter = string | number | null | readonly string[];

function urnOf(procedure: string, parameter: Parameter, rows: number): Urn<unknown> {
  const ratio = [1, 1];
  const [first, second] = (Array.isArray(parameter) ? parameter : [parameter]).map(String);
  const whole = Number(first);
  const urn = {
    CR: () => complete({ ratio }),
    RAR: () => randomAllocationRule({ totals: [rows / 2, rows / 2] }),
    PBR: () => permutedBlock({ ratio, sizes: [whole] }),
    TBD: () => truncatedBinomial(parameter === null ? { ratio, totals: [rows / 2, rows / 2] } : { ratio, size: whole }),
    MP: () => maximal({ ratio, rows, tolerance: whole }),
    BSD: () => bigStick({ ratio, tolerance: whole }),
    EBC: () => efron({ ratio, probability: first! }),
    CHEN: () => chen({ ratio, probability: first!, tolerance: Number(second) }),
    EUD: () => ehrenfest({ ratio, tolerance: whole }),
    UD: () => wei({ ratio, initial: whole, added: Number(second) }),
    BUD: () => blockUrn({ ratio, lambda: whole }),
  }[procedure];
  if (urn === undefined) throw new Error(`no urn for ${procedure}`);
  return urn();
}

const SCALARS = [
  "correctGuessConvergence",
  "correctGuessMaxProbability",
  "forcedShare",
  "meanProbBalanced",
  "forcingIndex",
  "expectedAbsFinal",
  "expectedSquaredFinal",
  "loss",
  "expectedMaxAbs",
] as const;

interface DynamicCase extends Record<(typeof SCALARS)[number] | "meanEntropyNats", string> {
  readonly procedure: string;
  readonly parameter: Parameter;
  readonly N: number;
  readonly exact?: Partial<Record<string, string>>;
  readonly expectedSquaredImbalanceByStep?: readonly string[];
  readonly marginalProbAByStep?: readonly string[];
  readonly finalImbalanceDistribution?: Readonly<Record<string, string>>;
  readonly maxAbsDistribution?: Readonly<Record<string, string>>;
}

function expectNear(actual: number, expected: string | number, tolerance: number): void {
  const value = Number(expected);
  expect(Math.abs(actual - value), `${actual} against ${value}`).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(value)),
  );
}

function compareMeasures<T>(
  measures: TwoArmMeasures<T>,
  golden: DynamicCase,
  toNumber: (value: T) => number,
  tolerance: number,
): void {
  for (const name of SCALARS) expectNear(toNumber(measures[name]), golden[name], tolerance);
  expectNear(measures.meanEntropyNats, golden.meanEntropyNats, tolerance);
  for (const name of ["expectedSquaredImbalanceByStep", "marginalProbAByStep"] as const) {
    golden[name]?.forEach((expected, i) => {
      expectNear(toNumber(measures[name][i]!), expected, tolerance);
    });
  }
  for (const name of ["finalImbalanceDistribution", "maxAbsDistribution"] as const) {
    const expected = golden[name];
    if (expected === undefined) continue;
    for (const [value, probability] of measures[name]) {
      expectNear(toNumber(probability), expected[String(value)] ?? 0, tolerance);
    }
    for (const value of Object.keys(expected)) {
      const found = measures[name].get(Number(value));
      expectNear(found === undefined ? 0 : toNumber(found), expected[value]!, tolerance);
    }
  }
}

describe("exact-dp.json", { tags: ["LIST-007"] }, () => {
  const cases = (read("exact-dp") as { cases: readonly DynamicCase[] }).cases.filter(
    (c) => !OTHERS.includes(c.procedure),
  );

  it("has the cases that are expected here", () => {
    expect(cases.length).toBe(19);
  });

  it.each(cases.map((c) => [`${c.procedure} ${String(c.parameter)} N ${c.N}`, c] as const))("%s", (_, golden) => {
    const urn = urnOf(golden.procedure, golden.parameter, golden.N);
    if (golden.N <= 20) {
      const measures = twoArmMeasures(urn, golden.N, fractions);
      compareMeasures(measures, golden, toNumber, 1e-12);
      expect(Object.keys(golden.exact ?? {}).length).toBeGreaterThan(0);
      for (const [name, text] of Object.entries(golden.exact ?? {})) {
        const value = measures[name as keyof TwoArmMeasures<Fraction>] as Fraction;
        expect(fractionText(value), name).toBe(text);
      }
    } else {
      compareMeasures(twoArmMeasures(urn, golden.N, doubles), golden, (x) => x, 1e-9);
    }
  });
});

interface SequenceCase {
  readonly procedure: string;
  readonly parameter: Parameter;
  readonly N: number;
  readonly nSequences: number;
  readonly weightedMean: Readonly<Record<string, string>>;
  readonly expectedSquaredImbalanceByStep: readonly string[];
  readonly marginalProbBByStep: readonly string[];
  readonly probForcedByStep: readonly string[];
  readonly sequences?: readonly string[];
  readonly probability?: readonly string[];
  readonly probabilityExact?: readonly string[];
}

/** Block sizes as randomizeR takes them: one after the other, not drawn. */
function blocksOf({ procedure, parameter }: SequenceCase): readonly number[] | undefined {
  return (procedure === "PBR" || procedure === "TBD") && Array.isArray(parameter) ? parameter.map(Number) : undefined;
}

describe("randomizer-exact.json", { tags: ["LIST-007"] }, () => {
  const cases = (read("randomizer-exact") as { cases: readonly SequenceCase[] }).cases.filter(
    (c) => !OTHERS.includes(c.procedure),
  );
  const name = (c: SequenceCase): string => `${c.procedure} ${String(c.parameter)} N ${c.N}`;

  it("has the cases that are expected here", () => {
    expect(cases.length).toBe(13);
  });

  it.each(cases.filter((c) => c.sequences !== undefined).map((c) => [name(c), c] as const))(
    "%s: all sequences and their probabilities",
    (_, golden) => {
      const blocks = blocksOf(golden) ?? [golden.N];
      const probabilityOf = (arms: readonly number[]): Fraction => {
        let at = 0;
        return blocks
          .map((size) => {
            const parameter = blocksOf(golden) === undefined ? golden.parameter : String(size);
            const urn = urnOf(golden.procedure, parameter, size);
            at += size;
            return sequenceProbability(urn, arms.slice(at - size, at));
          })
          .reduce((a, b) => lowest(times(a, b)));
      };
      golden.sequences!.forEach((text, i) => {
        const probability = probabilityOf(Array.from(text, (arm) => "AB".indexOf(arm)));
        expect(fractionText(probability), text).toBe(golden.probabilityExact![i]);
        expectNear(toNumber(probability), golden.probability![i]!, 1e-12);
      });
      expect(new Set(golden.sequences).size).toBe(golden.nSequences);
    },
  );

  // PBR of 4 then 2 is a fixed order of different sizes, which no urn here has; its sequences are checked above.
  it.each(cases.filter((c) => new Set(blocksOf(c)).size <= 1).map((c) => [name(c), c] as const))(
    "%s: number of sequences, means and rows",
    (_, golden) => {
      const blocks = blocksOf(golden);
      const urn = urnOf(golden.procedure, blocks === undefined ? golden.parameter : String(blocks[0]), golden.N);
      expect(enumerateSequences(urn, golden.N).length).toBe(golden.nSequences);
      const measures = twoArmMeasures(urn, golden.N, fractions);
      const mean = golden.weightedMean;
      expectNear(toNumber(measures.correctGuessConvergence), mean["correctGuessConvergence"]!, 1e-12);
      expectNear(1 - toNumber(measures.correctGuessConvergence), mean["correctGuessDivergence"]!, 1e-12);
      expectNear(toNumber(measures.expectedAbsFinal), mean["absImbalance"]!, 1e-12);
      expectNear(toNumber(measures.expectedMaxAbs), mean["maxAbsImbalance"]!, 1e-12);
      expectNear(toNumber(measures.loss), mean["loss"]!, 1e-12);
      for (let i = 0; i < golden.N; i += 1) {
        const near = (actual: Fraction, expected: string): void => {
          expectNear(toNumber(actual), expected, 1e-12);
        };
        near(measures.expectedSquaredImbalanceByStep[i]!, golden.expectedSquaredImbalanceByStep[i]!);
        near(measures.probForcedByStep[i]!, golden.probForcedByStep[i]!);
        expectNear(1 - toNumber(measures.marginalProbAByStep[i]!), golden.marginalProbBByStep[i]!, 1e-12);
      }
    },
  );
});

interface Row {
  readonly procedure: string;
  readonly parameter: number | null;
  readonly N: number;
  readonly published: Readonly<Record<string, number>>;
  readonly exact: Readonly<Record<string, number>>;
}

interface Published {
  readonly id: string;
  readonly steps?: readonly { readonly probA: number; readonly u: number; readonly assigned: string }[];
  readonly rows?: readonly Row[];
}

describe("literature.json", { tags: ["LIST-007"] }, () => {
  const { cases } = read("literature") as { cases: readonly Published[] };

  it("block urn of lambda 3: the worked example step by step", () => {
    const { steps } = cases.find(({ id }) => id === "block-urn-worked-example")!;
    const urn = blockUrn({ ratio: [1, 1], lambda: 3 });
    let state = urn.start;
    for (const { probA, u, assigned } of steps!) {
      const [a, b] = urn.balls(state, undefined).map(Number);
      expect(a! / (a! + b!)).toBe(probA);
      expect(u < probA ? "A" : "B").toBe(assigned);
      state = urn.after(state, assigned === "A" ? 0 : 1, undefined);
    }
    expect(steps!.length).toBe(14);
  });

  const rows = cases.flatMap((c) => c.rows ?? []).filter((row) => !OTHERS.includes(row.procedure));

  it.each(rows.map((row) => [`${row.procedure} ${String(row.parameter)} N ${row.N}`, row] as const))("%s", (_, row) => {
    const measures = twoArmMeasures(urnOf(row.procedure, row.parameter, row.N), row.N, doubles);
    const ours = {
      EB: measures.meanProbBalanced,
      SD_final: Math.sqrt(measures.expectedSquaredFinal),
      E_max: measures.expectedMaxAbs,
      entropy: measures.meanEntropyNats,
      DA: measures.forcedShare,
      CG: measures.correctGuessConvergence,
    };
    for (const [name, value] of Object.entries(ours)) {
      expect(Math.abs(value - row.exact[name]!), name).toBeLessThanOrEqual(1e-6);
      const simulationError = name === "E_max" || name === "SD_final" ? 0.06 : 0.011;
      expect(Math.abs(value - row.published[name]!), name).toBeLessThanOrEqual(simulationError);
    }
  });

  it("reads every row it should", () => {
    expect(rows.length).toBe(13);
  });
});

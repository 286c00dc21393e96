import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compile, exactFractions, exactMeasures } from "../../src/assessment/index.js";
import type { Distribution, Measures } from "../../src/assessment/model.js";
import * as procedures from "../../src/procedure/index.js";
import { type Urn } from "../../src/procedure/index.js";
import { fractionText, toNumber } from "../../src/quantity/index.js";

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8"));
}

type Parameter = string | number | null | readonly string[];
const ratio = [1, 1];

function urnOf(procedure: string, parameter: Parameter, rows: number): Urn<unknown> {
  const [first, second] = (Array.isArray(parameter) ? parameter : [parameter]).map(String);
  const whole = Number(first);
  const sizes = [...new Set((Array.isArray(parameter) ? parameter : [parameter]).map(Number))];
  const urn = {
    CR: () => procedures.complete({ ratio }),
    RAR: () => procedures.randomAllocationRule({ totals: [rows / 2, rows / 2] }),
    PBR: () => {
      if (sizes.length > 1) throw new Error("one size only");
      return procedures.permutedBlock({ ratio, sizes });
    },
    TBD: () =>
      parameter === null
        ? procedures.truncatedBinomial({ ratio, totals: [rows / 2, rows / 2] })
        : procedures.truncatedBinomial({ ratio, size: whole }),
    MP: () => procedures.maximal({ ratio, rows, tolerance: whole }),
    BSD: () => procedures.bigStick({ ratio, tolerance: whole }),
    EBC: () => procedures.efron({ ratio, probability: first! }),
    CHEN: () => procedures.chen({ ratio, probability: first!, tolerance: Number(second) }),
    EUD: () => procedures.ehrenfest({ ratio, tolerance: whole }),
    UD: () => procedures.wei({ ratio, initial: whole, added: Number(second) }),
    BUD: () => procedures.blockUrn({ ratio, lambda: whole }),
    GBC: () => procedures.generalizedBiasedCoin({ ratio, exponent: first! }),
    ABCD: () => procedures.adjustableBiasedCoin({ ratio, steepness: first! }),
    BBCD: () => procedures.bayesianBiasedCoin({ ratio, gamma: first! }),
  }[procedure];
  if (urn === undefined) throw new Error(`no urn for ${procedure}`);
  return urn();
}

/** Our measures under the names of the files. */
function named(measures: Measures): Record<string, number> {
  return {
    correctGuessConvergence: measures.correctGuesses.convergence.value,
    correctGuessDivergence: measures.correctGuesses.divergence.value,
    correctGuessMaxProbability: measures.correctGuesses.maximumProbability!.value,
    forcedShare: measures.forcedShare!.value,
    meanProbBalanced: measures.balancedShare.value,
    meanEntropyNats: measures.entropy!.value,
    forcingIndex: measures.forcingIndex!.value,
    expectedAbsFinal: measures.finalAbsolute.value,
    absImbalance: measures.finalAbsolute.value,
    expectedSquaredFinal: measures.finalSquared.value,
    loss: measures.loss.value,
    expectedMaxAbs: measures.maximal!.value,
    maxAbsImbalance: measures.maximal!.value,
  };
}

function expectNear(actual: number, expected: string | number, tolerance: number, what: string): void {
  const value = Number(expected);
  expect(Math.abs(actual - value), `${what}: ${actual} against ${value}`).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(value)),
  );
}

function expectDistribution(actual: Distribution, expected: Readonly<Record<string, string>>, tolerance: number): void {
  const found = new Map(actual.values.map((value, i) => [value, actual.probabilities[i]!]));
  for (const [value, p] of Object.entries(expected)) expectNear(found.get(Number(value)) ?? 0, p, tolerance, value);
  for (const [value, p] of found) expectNear(p, expected[String(value)] ?? 0, tolerance, String(value));
}

interface DynamicCase extends Readonly<Record<string, unknown>> {
  readonly procedure: string;
  readonly parameter: Parameter;
  readonly N: number;
  readonly exact?: Readonly<Record<string, string>>;
  readonly expectedSquaredImbalanceByStep?: readonly string[];
  readonly marginalProbAByStep?: readonly string[];
  readonly finalImbalanceDistribution?: Readonly<Record<string, string>>;
  readonly maxAbsDistribution?: Readonly<Record<string, string>>;
}

describe("exact-dp.json", { tags: ["ASSESS-001"] }, () => {
  const { cases } = read("exact-dp") as { cases: readonly DynamicCase[] };

  it("has the cases that are expected here", () => {
    expect(cases.length).toBe(21);
  });

  it.each(cases.map((c) => [`${c.procedure} ${String(c.parameter)} N ${c.N}`, c] as const))("%s", (_, golden) => {
    const tolerance = golden.N <= 20 ? 1e-12 : 1e-9;
    const chain = compile(urnOf(golden.procedure, golden.parameter, golden.N), { ratio, rows: golden.N });
    const measures = exactMeasures(chain);
    const ours = named(measures);
    for (const [name, value] of Object.entries(ours)) {
      if (golden[name] !== undefined) expectNear(value, golden[name] as string, tolerance, name);
    }
    golden.expectedSquaredImbalanceByStep?.forEach((value, i) => {
      expectNear(measures.byRow.squaredImbalance[i]!, value, tolerance, `square ${i}`);
    });
    golden.marginalProbAByStep?.forEach((value, i) => {
      expectNear(measures.byRow.armProbability[0]![i]!, value, tolerance, `marginal ${i}`);
    });
    if (golden.finalImbalanceDistribution !== undefined)
      expectDistribution(measures.finalDistribution, golden.finalImbalanceDistribution, tolerance);
    if (golden.maxAbsDistribution !== undefined)
      expectDistribution(measures.maximalDistribution!, golden.maxAbsDistribution, tolerance);
  });

  it.each(
    cases
      .filter((c) => Object.keys(c.exact ?? {}).length > 0)
      .map((c) => [`${c.procedure} ${String(c.parameter)} N ${c.N}`, c] as const),
  )("%s as fractions", (_, golden) => {
    const fractions = exactFractions(
      compile(urnOf(golden.procedure, golden.parameter, golden.N), { ratio, rows: golden.N }),
    );
    const ours: Record<string, string> = {
      correctGuessConvergence: fractionText(fractions.convergence),
      correctGuessMaxProbability: fractionText(fractions.maximumProbability!),
      forcedShare: fractionText(fractions.forcedShare!),
      meanProbBalanced: fractionText(fractions.balancedShare),
      forcingIndex: fractionText(fractions.forcingIndex!),
      expectedAbsFinal: fractionText(fractions.finalAbsolute),
      expectedSquaredFinal: fractionText(fractions.finalSquared),
      loss: fractionText(fractions.loss),
      expectedMaxAbs: fractionText(fractions.maximal),
    };
    for (const [name, text] of Object.entries(golden.exact!)) expect(ours[name], name).toBe(text);
    expect(fractionText(fractions.total)).toBe("1");
  });
});

interface SequenceCase {
  readonly procedure: string;
  readonly parameter: Parameter;
  readonly N: number;
  readonly weightedMean: Readonly<Record<string, string>>;
  readonly expectedSquaredImbalanceByStep: readonly string[];
  readonly marginalProbBByStep: readonly string[];
  readonly probForcedByStep: readonly string[];
}

describe("randomizer-exact.json", { tags: ["ASSESS-001"] }, () => {
  // Blocks 4 then 2 are one fixed order there, which no procedure here has; Hadamard is faulty there, see the docs.
  const { cases } = read("randomizer-exact") as { cases: readonly SequenceCase[] };
  const usable = cases.filter(({ procedure, parameter, N }) => {
    const sizes = new Set(Array.isArray(parameter) ? (parameter as readonly string[]) : [parameter]);
    return procedure !== "HADA" && !(procedure === "PBR" && sizes.size > 1) && N > 0;
  });

  it("leaves out no more than these", () => {
    expect(cases.length - usable.length).toBe(1);
  });

  it.each(usable.map((c) => [`${c.procedure} ${String(c.parameter)} N ${c.N}`, c] as const))("%s", (_, golden) => {
    const chain = compile(urnOf(golden.procedure, golden.parameter, golden.N), { ratio, rows: golden.N });
    const measures = exactMeasures(chain);
    // BBCD has scaled whole balls for an irrational power only; 1/2 is exact.
    for (const [name, value] of Object.entries(named(measures))) {
      const expected = golden.weightedMean[name];
      if (expected !== undefined) expectNear(value, expected, 1e-12, name);
    }
    golden.expectedSquaredImbalanceByStep.forEach((value, i) => {
      expectNear(measures.byRow.squaredImbalance[i]!, value, 1e-12, `square ${i}`);
    });
    golden.marginalProbBByStep.forEach((value, i) => {
      expectNear(measures.byRow.armProbability[1]![i]!, value, 1e-12, `marginal ${i}`);
    });
    golden.probForcedByStep.forEach((value, i) => {
      expectNear(measures.byRow.forced![i]!, value, 1e-12, `forced ${i}`);
    });
    const fractions = exactFractions(chain);
    expectNear(toNumber(fractions.convergence), measures.correctGuesses.convergence.value, 1e-12, "fraction");
  });
});

interface Published {
  readonly procedure: string;
  readonly parameter: number;
  readonly N: number;
  readonly published: Readonly<Record<string, number>>;
  readonly exact: Readonly<Record<string, number>>;
}

describe("literature.json", { tags: ["ASSESS-001"] }, () => {
  const { cases } = read("literature") as { cases: readonly { id: string; rows?: readonly Published[] }[] };
  const rows = cases.flatMap(({ id, rows: own }) => (own ?? []).map((row) => ({ id, ...row })));

  it.each(rows.map((row) => [`${row.id} ${row.procedure} ${row.parameter} N ${row.N}`, row] as const))(
    "%s",
    (_, row) => {
      const parameter = String(row.parameter);
      const measures = exactMeasures(compile(urnOf(row.procedure, parameter, row.N), { ratio, rows: row.N }));
      const ours: Record<string, number> = {
        EB: measures.balancedShare.value,
        SD_final: Math.sqrt(measures.finalSquared.value),
        E_max: measures.maximal!.value,
        entropy: measures.entropy!.value,
        DA: measures.forcedShare!.value,
        CG: measures.correctGuesses.convergence.value,
      };
      for (const [name, value] of Object.entries(row.exact)) {
        // Printed with six decimals, so half a unit of the last one; SD_final of a sum near 0 is a root.
        expect(Math.abs(ours[name]! - value), name).toBeLessThan(1e-6);
      }
      for (const [name, value] of Object.entries(row.published)) {
        const tolerance = name === "E_max" || name === "SD_final" ? 0.05 : 0.011;
        expect(Math.abs(ours[name]! - value), `${name} as published`).toBeLessThan(tolerance);
      }
    },
  );
});

describe("hidden-sizes.json", { tags: ["ASSESS-001"] }, () => {
  interface Case {
    readonly ratio: readonly number[];
    readonly sizes: readonly number[];
    readonly rows: number;
    readonly bestGuess: string;
    readonly deterministic: string;
    readonly entropy?: string;
  }
  const { cases } = read("hidden-sizes") as { readonly cases: readonly Case[] };

  it.each(cases)(
    "$ratio in blocks of $sizes, $rows rows",
    ({ ratio, sizes, rows, bestGuess, deterministic, entropy }) => {
      const measures = exactMeasures(compile(procedures.permutedBlock({ ratio, sizes }), { ratio, rows }));
      expect(measures.undefinedMeasures).toEqual([]);
      expect(measures.correctGuesses.maximumProbability?.value).toBeCloseTo(Number(bestGuess), 11);
      expect(measures.forcedShare?.value).toBeCloseTo(Number(deterministic), 11);
      // Classes that are added up on a grid can only raise the entropy, by less than 1e-8.
      if (entropy !== undefined) expect(Math.abs((measures.entropy?.value ?? 0) - Number(entropy))).toBeLessThan(1e-8);
    },
  );
});

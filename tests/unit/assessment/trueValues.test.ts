/* Values that were once told wrongly, or not at all, each with its derivation. */
import { describe, expect, it } from "vitest";
import { assess, compile, exactMeasures, predictability, suggest } from "../../../src/assessment/index.js";
import { enumerateSequences, hadamard, permutedBlock, readyProcedure } from "../../../src/procedure/index.js";
import { assessmentTables, suggestionTable } from "../../../src/report/index.js";

const planOf = (arms: object, procedure: object, length: number): object => ({
  trial: "T",
  part: "main",
  list: "T-1",
  arms,
  procedure,
  length,
});

describe("within one participant of their share", { tags: ["ASSESS-001"] }, () => {
  it("is at most one: a big stick of 2 over ten rows ends so in every list, and balanced in half of them", () => {
    // D is at most 2. From 0 it goes to 1 or -1, from there to 0 or 2 with 1/2 each, and from 2 back to 1: after an
    // even number of rows it is 0 with probability 1/2, and otherwise 2 or -2, which is 6:4.
    const assessed = assess(planOf({ a: 1, b: 1 }, { kind: "big-stick", tolerance: 2 }, 10));
    const { values, probabilities } = assessed.lists[0]!.measures.finalDistribution;
    expect(values).toEqual([-2, 0, 2]);
    expect(probabilities).toEqual([1 / 4, 1 / 2, 1 / 4].map((p) => expect.closeTo(p, 14) as number));
    const [table] = assessmentTables([assessed]);
    expect(table!.rows.find(([name]) => name === "All groups within one of their share at the end")![1]).toBe(
      "100.0 %",
    );
    const suggested = suggest({ n: 10, ratio: [1, 1] });
    const { columns, rows } = suggestionTable(suggested);
    const place = suggested.findIndex(({ procedure: own }) => own.kind === "big-stick" && own.tolerance === 2);
    expect(rows[place]![columns.indexOf("Groups within one at the end")]).toBe("100.0 %");
  });
});

describe("arrangements of a block", { tags: ["ASSESS-003"] }, () => {
  it.each([
    [[1, 1], 6, 20],
    [[3, 3, 3, 1], 10, 16_800],
  ] as const)("%j in a block of %i: %i, all equally likely", (ratio, size, arrangements) => {
    const all = enumerateSequences(permutedBlock({ ratio, sizes: [size] }), size);
    expect(all).toHaveLength(arrangements);
    expect(new Set(all.map(({ probability: { numerator, denominator } }) => `${numerator}/${denominator}`))).toEqual(
      new Set([`1/${arrangements}`]),
    );
  });
});

describe("ordinary plans whose block sizes nobody is told", { tags: ["ASSESS-001"] }, () => {
  // Boundaries of blocks are rows of exact balance, so that at an equal ratio the arm with the fewest participants has
  // the most left of the open block, whatever its size is. The best guess is then the convergence strategy.
  it.each([
    ["1:1 in blocks of 4 and 6, 100 rows", [1, 1], { sizes: [4, 6], lastBlock: "cut" }, 100],
    ["1:1 in blocks of 2, 4 and 6 that fill 300 rows", [1, 1], { sizes: [2, 4, 6], lastBlock: "fill" }, 300],
    ["four arms in blocks of 4, 8 and 12, 120 rows", [1, 1, 1, 1], { sizes: [4, 8, 12], lastBlock: "cut" }, 120],
  ] as const)("%s: all measures", (_, ratio, blocks, rows) => {
    const { urn } = readyProcedure({ kind: "permuted-block", ...blocks }, ratio, rows);
    const { correctGuesses, forcedShare, undefinedMeasures } = exactMeasures(compile(urn, { ratio, rows }));
    expect(undefinedMeasures).toEqual([]);
    expect(correctGuesses.maximumProbability!.value).toBeCloseTo(correctGuesses.convergence.value, 11);
    const seen = exactMeasures(compile(urn, { ratio, rows, knowledge: "seen" }));
    expect(seen.correctGuesses.maximumProbability!.value).toBeCloseTo(correctGuesses.convergence.value, 11);
    expect(forcedShare!.value).toBeGreaterThan(0);
    expect(forcedShare!.value).toBeLessThan(seen.forcedShare!.value);
  });

  it("2:1 in blocks of 3, 6 and 9, 120 rows: who sees the sizes guesses better", () => {
    const ratio = [2, 1];
    const urn = permutedBlock({ ratio, sizes: [3, 6, 9] });
    const { correctGuesses, undefinedMeasures } = exactMeasures(compile(urn, { ratio, rows: 120 }));
    const seen = exactMeasures(compile(urn, { ratio, rows: 120, knowledge: "seen" }));
    expect(undefinedMeasures).toEqual([]);
    const best = correctGuesses.maximumProbability!.value;
    expect(best).toBeGreaterThan(correctGuesses.convergence.value);
    expect(best).toBeLessThan(seen.correctGuesses.maximumProbability!.value);
  });

  it("3:3:3:1 by a block urn of merged arms, 30 rows: all measures, and the ratio at every row", () => {
    const plan = planOf({ a: 3, b: 3, c: 3, d: 1 }, { kind: "block-urn", lambda: 2, mergedArms: true }, 30);
    const { measures } = assess(plan).lists[0]!;
    expect(measures.undefinedMeasures).toEqual([]);
    expect(measures.largestRatioDeviation!.value).toBeLessThan(1e-12);
  });

  it("pools 240 participants of 24 strata also where the lists are simulated", () => {
    const plan = {
      ...planOf({ a: 2, b: 1 }, { kind: "permuted-block", sizes: [3, 6], lastBlock: "cut" }, 30),
      strata: [
        { factor: "site", levels: Array.from({ length: 12 }, (_, i) => String(i + 1)) },
        { factor: "sex", levels: ["f", "m"] },
      ],
    };
    const { pooled, undefinedMeasures } = assess(plan, undefined, {
      enrolment: { participants: 240 },
      simulation: { seed: "pooled", trials: 400 },
    });
    expect(undefinedMeasures.filter(({ measure }) => measure.startsWith("pooled"))).toEqual([]);
    expect(pooled[0]!.byArm[0]!.standardDeviation).toBeCloseTo(2.3, 0);
  });
});

describe("Hadamard blocks", { tags: ["ASSESS-001"] }, () => {
  it("over 40 rows have 0.559 deterministic allocations and 0.802 best guesses, in assessment and audit", () => {
    const urn = hadamard({ ratio: [1, 1] });
    const blocks = enumerateSequences(urn, 12).map(({ arms }) => arms.join(""));
    const [forced, best] = [0, 1].map((which) => (row: number): number => {
      const values = blocks.map((block) => {
        const alike = blocks.filter((other) => other.startsWith(block.slice(0, row)));
        const first = alike.filter((other) => other[row] === "0").length / alike.length;
        return which === 1 ? Math.max(first, 1 - first) : first === 0 || first === 1 ? 1 : 0;
      });
      return values.reduce((sum, value) => sum + value, 0) / blocks.length;
    }) as [(row: number) => number, (row: number) => number];
    // Three whole blocks, and four rows of another.
    const mean = (of: (row: number) => number): number =>
      Array.from({ length: 40 }, (_, row) => of(row % 12)).reduce((sum, value) => sum + value, 0) / 40;
    const measures = exactMeasures(compile(urn, { ratio: [1, 1], rows: 40 }));
    const audited = predictability(urn, { ratio: [1, 1], rows: 40, knowledge: "set-known" })!;
    expect([mean(forced).toFixed(3), mean(best).toFixed(3)]).toEqual(["0.559", "0.802"]);
    for (const value of [measures.forcedShare!.value, audited.forced]) expect(value).toBeCloseTo(mean(forced), 12);
    for (const value of [measures.correctGuesses.maximumProbability!.value, audited.bestGuess]) {
      expect(value).toBeCloseTo(mean(best), 12);
    }
  });
});

describe("a list of participants who are no whole sets of the ratio", { tags: ["ASSESS-003"] }, () => {
  it("has n rows: a block urn of 2 leaves ten participants of three arms at 4, 4 and 2 in some lists", () => {
    const ranked = suggest({ n: 10, ratio: [1, 1, 1] });
    const urn = ranked.find(({ procedure: own }) => own.kind === "block-urn" && own.lambda === 2)!;
    expect(urn.of === "list" && urn.measures.rows).toBe(10);
    // 2 is 4/3 from its share of 10/3. By all lists of ten rows, with the balls of Zhao & Weng 2011.
    const { urn: drawn } = readyProcedure({ kind: "block-urn", lambda: 2 }, [1, 1, 1], 10);
    const away = enumerateSequences(drawn, 10).reduce((sum, { arms, probability }) => {
      const counts = [0, 1, 2].map((arm) => arms.filter((own) => own === arm).length);
      return Math.min(...counts) < 3 ? sum + Number(probability.numerator) / Number(probability.denominator) : sum;
    }, 0);
    const { columns, rows } = suggestionTable(ranked);
    const shown = rows[ranked.indexOf(urn)]![columns.indexOf("Groups within one at the end")];
    expect(shown).toBe(`${(100 * (1 - away)).toFixed(1)} %`);
    expect(away).toBeGreaterThan(0.1);
    // The random allocation rule cannot make ten of three equal groups.
    expect(ranked.map(({ procedure: own }) => own.kind)).not.toContain("random-allocation-rule");
  });
});

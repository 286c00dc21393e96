import { describe, expect, it } from "vitest";
import { drawnMeasures, nextAllocation, type ListDesign, type Standing } from "../../../src/assessment/index.js";
import { ExactWalk, readyProcedure, type Masses } from "../../../src/procedure/index.js";
import { toNumber, type Fraction } from "../../../src/quantity/index.js";
import { issueOf } from "../../support/issueOf.js";

const blocks = (sizes: readonly number[], length: number, ratio: readonly number[] = [1, 1]): ListDesign => ({
  procedure: { kind: "permuted-block", sizes },
  ratio,
  length,
});

/** Every sequence that a design can give, with its exact probability and those of every row's arms before it. */
interface Sequence {
  readonly arms: readonly number[];
  readonly probability: number;
  readonly before: readonly (readonly number[])[];
}

function everySequence({ procedure, ratio, length }: ListDesign, rows: number): readonly Sequence[] {
  const walk = ExactWalk.of(readyProcedure(procedure, ratio, length).urn);
  const from = (belief: Masses<Fraction>, arms: readonly number[], before: Sequence["before"]): readonly Sequence[] => {
    const mass = toNumber(walk.massOf(belief));
    if (arms.length === rows) return [{ arms, probability: mass, before }];
    const byArm = walk.next(belief);
    const own = byArm.map((masses) => toNumber(walk.massOf(masses)) / mass);
    return byArm.flatMap((masses, arm) => (masses.size === 0 ? [] : from(masses, [...arms, arm], [...before, own])));
  };
  return from(walk.start(), [], []);
}

/** The measures of one sequence, counted as docs/assessment-trial.md says. */
function counted({ arms, before }: Sequence, ratio: readonly number[]): Readonly<Record<string, number>> {
  const sum = ratio.reduce((all, w) => all + w, 0);
  const isDifference = ratio.length === 2 && sum === 2;
  const counts = ratio.map(() => 0);
  const close = (values: readonly number[], wanted: number): readonly number[] =>
    values.flatMap((value, k) => (Math.abs(value - wanted) < 1e-12 ? [k] : []));
  const right = { deterministic: 0, convergence: 0, divergence: 0, maximumProbability: 0 };
  let [last, most] = [0, 0];
  arms.forEach((arm, row) => {
    const behind = counts.map((n, k) => n / (ratio[k] ?? 1));
    const own = before[row] ?? [];
    const share = (guessed: readonly number[]): number => (guessed.includes(arm) ? 1 / guessed.length : 0);
    right.convergence += share(close(behind, Math.min(...behind)));
    right.divergence += share(close(behind, Math.max(...behind)));
    right.maximumProbability += share(close(own, Math.max(...own)));
    right.deterministic += Math.max(...own) === 1 ? 1 : 0;
    counts[arm] = (counts[arm] ?? 0) + 1;
    last = isDifference
      ? Math.abs((counts[0] ?? 0) - (counts[1] ?? 0))
      : Math.max(...counts.map((n, k) => Math.abs(n - ((row + 1) * (ratio[k] ?? 0)) / sum)));
    most = Math.max(most, last);
  });
  return { ...right, finalImbalance: last, maximalImbalance: most };
}

const DESIGNS: readonly (readonly [string, ListDesign, number])[] = [
  ["blocks of 4", blocks([4], 8), 8],
  ["blocks of 2 and 4, of which nobody sees the sizes", blocks([2, 4], 10), 9],
  ["the beginning of a list in blocks of 2, 4 and 6", blocks([2, 4, 6], 40), 8],
  ["blocks of 3 and 6 at 2:1", blocks([3, 6], 9, [2, 1]), 8],
  ["three arms in blocks of 3 and 6", blocks([3, 6], 6, [1, 1, 1]), 6],
  ["the beginning of a block at 3:3:3:1", blocks([10], 10, [3, 3, 3, 1]), 6],
  ["a big stick", { procedure: { kind: "big-stick", tolerance: 2 }, ratio: [1, 1], length: 9 }, 9],
  ["the random allocation rule", { procedure: { kind: "random-allocation-rule" }, ratio: [1, 1], length: 8 }, 8],
  ["complete randomization at 2:1", { procedure: { kind: "complete" }, ratio: [2, 1], length: 7 }, 7],
  ["a biased coin", { procedure: { kind: "efron", probability: "2/3" }, ratio: [1, 1], length: 8 }, 8],
  ["a block urn", { procedure: { kind: "block-urn", lambda: 2 }, ratio: [2, 1], length: 7 }, 7],
];

describe("a list that was drawn", { tags: ["ASSESS-004"] }, () => {
  it.each(DESIGNS)("has its measures and its place among all lists of the design: %s", (_, design, rows) => {
    const all = everySequence(design, rows).map((sequence) => ({
      ...sequence,
      measures: counted(sequence, design.ratio),
    }));
    expect(all.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    const chosen = all.filter((_, place) => place % Math.ceil(all.length / 12) === 0);
    for (const { arms, measures } of chosen) {
      const drawn = drawnMeasures(design, arms);
      const { finalImbalance, maximalImbalance, deterministic, correctGuesses } = drawn;
      const found: Readonly<Record<string, Standing>> = {
        finalImbalance,
        maximalImbalance,
        deterministic,
        ...correctGuesses,
      };
      for (const [name, { value, below = NaN, equal = NaN }] of Object.entries(found)) {
        const wanted = measures[name] ?? NaN;
        const share = (isIn: (other: number) => boolean): number =>
          all.reduce((sum, one) => sum + (isIn(one.measures[name] ?? NaN) ? one.probability : 0), 0);
        expect([name, value.toFixed(9)]).toEqual([name, wanted.toFixed(9)]);
        expect([name, below.toFixed(9)]).toEqual([name, share((other) => other < wanted - 1e-9).toFixed(9)]);
        expect([name, equal.toFixed(9)]).toEqual([name, share((other) => Math.abs(other - wanted) < 1e-9).toFixed(9)]);
      }
    }
  });

  it("says its imbalance row by row", () => {
    expect(drawnMeasures(blocks([4], 8), [0, 0, 1, 1, 0, 1, 0, 1]).imbalance).toEqual([1, 2, 1, 0, 1, 0, 1, 0]);
    expect(drawnMeasures(blocks([3], 6, [2, 1]), [1, 0, 0]).imbalance.map((x) => x.toFixed(3))).toEqual([
      "0.667",
      "0.333",
      "0.000",
    ]);
    expect(drawnMeasures(blocks([4], 8), [0, 0, 1, 1, 0, 1, 0, 1]).byArm).toEqual([4, 4]);
  });

  it("is refused where the design cannot give it", () => {
    expect(issueOf(() => drawnMeasures(blocks([4], 8), [0, 0, 0]))).toMatchObject({
      code: "assessment.sequence_invalid",
      path: "sequence.2",
    });
    expect(issueOf(() => drawnMeasures(blocks([4], 8), [0, 2]))).toMatchObject({
      code: "assessment.sequence_invalid",
      received: "number 2",
    });
    expect(issueOf(() => drawnMeasures(blocks([4], 8), []))).toMatchObject({ code: "assessment.rows_invalid" });
    expect(issueOf(() => drawnMeasures(blocks([13], 26, Array<number>(13).fill(1)), [0]))).toMatchObject({
      code: "assessment.too_many_arms",
    });
  });

  it("says what takes too much work, and has the rest", () => {
    const rows = 420;
    const sequence = Array.from({ length: rows }, (_, row) => row % 2);
    const complete: ListDesign = { procedure: { kind: "complete" }, ratio: [1, 1], length: rows };
    const drawn = drawnMeasures(complete, sequence);
    expect(drawn.undefinedMeasures.map(({ measure }) => measure)).toEqual(["convergence", "divergence"]);
    expect(drawn.correctGuesses.convergence).toEqual({ value: rows * 0.75 });
    expect(drawn.finalImbalance.equal).toBeCloseTo(Math.sqrt(2 / (Math.PI * rows)), 3);
  });
});

describe("what code breaks tell of the next allocation", { tags: ["ASSESS-004"] }, () => {
  it("is certain where the last place of a block is left", () => {
    expect(nextAllocation(blocks([2], 8), [0, 1, 0])).toEqual([0, 1]);
    expect(nextAllocation(blocks([4], 8), [0, 1, undefined, undefined])).toEqual([0.5, 0.5]);
  });

  it.each(DESIGNS)("is as counting all lists says: %s", (_, design, rows) => {
    const all = everySequence(design, rows);
    // Rows 0, 3, 6 ... were seen, and one more.
    for (const { arms } of all.filter((_, place) => place % Math.ceil(all.length / 8) === 0)) {
      const seen = arms.slice(0, -1).map((arm, row) => (row % 3 === 0 || row === rows - 2 ? arm : undefined));
      const fitting = all.filter((one) => seen.every((arm, row) => arm === undefined || one.arms[row] === arm));
      const total = fitting.reduce((sum, one) => sum + one.probability, 0);
      const wanted = design.ratio.map(
        (_, arm) => fitting.reduce((sum, one) => sum + (one.arms[rows - 1] === arm ? one.probability : 0), 0) / total,
      );
      expect(nextAllocation(design, seen).map((p) => p.toFixed(9))).toEqual(wanted.map((p) => p.toFixed(9)));
    }
  });
});

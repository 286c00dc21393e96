/* The loss of efficiency of lists at any ratio: by brute force, by hand, and against the variances of contrasts. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, exactMeasures, simulate, suggest } from "../../../src/assessment/index.js";
import { permutedBlock } from "../../../src/procedure/index.js";

/** sum d^2 / (n rho) of numbers by arm. */
function lossOf(numbers: readonly number[], ratio: readonly number[]): number {
  const [n, total] = [numbers, ratio].map((own) => own.reduce((sum, x) => sum + x, 0)) as [number, number];
  return n === 0
    ? 0
    : numbers.reduce((sum, own, k) => sum + (own - (n * ratio[k]!) / total) ** 2 / ((n * ratio[k]!) / total), 0);
}

/** Every order of a block's arms, each as likely as every other one. */
function orders(arms: readonly number[]): readonly (readonly number[])[] {
  if (arms.length === 0) return [[]];
  return arms.flatMap((arm, i) => orders([...arms.slice(0, i), ...arms.slice(i + 1)]).map((rest) => [arm, ...rest]));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, own) => sum + own, 0) / values.length;

/** Loss of the trial and of its lists added up: every way in which n come to the lists, with every order in each. */
function bruteForce(n: number, lists: number, ratio: readonly number[]): readonly [overall: number, strata: number] {
  const all = orders(ratio.flatMap((count, arm) => Array.from({ length: count }, () => arm)));
  const countsAfter = (r: number): readonly (readonly number[])[] =>
    all.map((order) => ratio.map((_, arm) => order.slice(0, r).filter((own) => own === arm).length));
  const ways = Array.from({ length: lists ** n }, (_, way) => {
    const numbers = Array.from({ length: lists }, () => 0);
    for (let i = 0; i < n; i += 1) numbers[Math.floor(way / lists ** i) % lists]! += 1;
    return numbers;
  });
  const results = ways.map((numbers): readonly [number, number] => {
    let sums: readonly (readonly number[])[] = [ratio.map(() => 0)];
    let strata = 0;
    for (const r of numbers) {
      const after = countsAfter(r);
      strata += meanOf(after.map((own) => lossOf(own, ratio)));
      sums = sums.flatMap((one) => after.map((own) => own.map((count, k) => count + one[k]!)));
    }
    return [meanOf(sums.map((own) => lossOf(own, ratio))), strata];
  });
  return [meanOf(results.map(([overall]) => overall)), meanOf(results.map(([, strata]) => strata))];
}

const lossOfBlocks = (n: number, strata: number, ratio: readonly number[]) => {
  const sizes = [ratio.reduce((sum, own) => sum + own, 0)];
  const found = suggest({ n, strata, ratio }).find(
    (own) =>
      own.of === "list" &&
      [own.procedure, ...own.alsoKnownAs].some(
        (one) => one.kind === "permuted-block" && one.sizes.join() === sizes.join(),
      ),
  )!;
  return found.loss;
};

describe("the loss of lists", { tags: ["ASSESS-003"] }, () => {
  it("is what is worked by hand at 2:1:1", () => {
    const { byRow, loss } = exactMeasures(
      compile(permutedBlock({ ratio: [2, 1, 1], sizes: [4] }), { ratio: [2, 1, 1], rows: 4 }),
    );
    [2, 4 / 3, 2 / 3, 0].forEach((value, row) => {
      expect(byRow.loss[row]).toBeCloseTo(value, 12);
    });
    expect(loss.value).toBe(0);
    const { overall, strata } = lossOfBlocks(2, 2, [2, 1, 1]);
    expect(overall).toEqual({ value: expect.closeTo(5 / 3, 12) as number, standardError: 0 });
    expect(strata).toEqual({ value: expect.closeTo(8 / 3, 12) as number, standardError: 0 });
  });

  it.each([
    [3, 2, [2, 1, 1]],
    [4, 2, [2, 1, 1]],
    [3, 2, [1, 1, 3]],
    [3, 3, [2, 1]],
    [3, 2, [1, 1, 1]],
  ] as const)("of %i participants in %i lists at %j is that of all trials", (n, lists, ratio) => {
    const [overall, strata] = bruteForce(n, lists, ratio);
    const loss = lossOfBlocks(n, lists, ratio);
    expect(loss.overall.value).toBeCloseTo(overall, 10);
    expect(loss.strata.value).toBeCloseTo(strata, 10);
  });

  it("is n times the variance that contrasts have beyond exact allocation, where the ratio is the best one for them", () => {
    const arms = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(arms, (moved) => {
        // Four arms against a control, at one variance: 2:1:1:1:1 is the best ratio.
        const ratio = [2, 1, 1, 1, 1];
        const share = 1000;
        const d = [-moved.reduce((sum, own) => sum + own, 0), ...moved];
        const numbers = ratio.map((w, k) => w * share + d[k]!);
        const variance = (own: readonly number[]): number =>
          own.slice(1).reduce((sum, size) => sum + 1 / size + 1 / own[0]!, 0);
        const n = 6 * share;
        const beyond = n * (variance(numbers) / variance(ratio.map((w) => w * share)) - 1);
        expect(beyond).toBeCloseTo(lossOf(numbers, ratio), 1);
        // All pairs at 1:1:1:1.
        const pairs = (own: readonly number[]): number =>
          own.flatMap((a, i) => own.slice(i + 1).map((b) => 1 / a + 1 / b)).reduce((sum, one) => sum + one, 0);
        const equal = [1, 1, 1, 1];
        const e = [moved[0]!, moved[1]!, moved[2]!, -moved[0]! - moved[1]! - moved[2]!];
        const sizes = e.map((own) => share + own);
        const more = 4 * share * (pairs(sizes) / pairs(equal.map(() => share)) - 1);
        expect(more).toBeCloseTo(lossOf(sizes, equal), 1);
      }),
      { numRuns: 200 },
    );
  });

  it("has, simulated, the exact value within its error, and a bound for what is added up over rows", () => {
    const ratio = [2, 1, 1];
    const urn = permutedBlock({ ratio, sizes: [4, 8] });
    const exact = exactMeasures(compile(urn, { ratio, rows: 12 }));
    const { byRow } = simulate(urn, { ratio, rows: 12 }, { seed: "loss", trials: 4000 });
    expect(exact.byRow.standardErrors).toBeUndefined();
    byRow.loss.forEach((value, row) => {
      const error = byRow.standardErrors!.loss[row]!;
      // Twelve rows at a fixed seed: a false alarm in 10^4 seeds.
      expect(Math.abs(value - exact.byRow.loss[row]!)).toBeLessThanOrEqual(4.5 * error + 1e-12);
      expect(error).toBeLessThan(0.05);
    });
  });
});

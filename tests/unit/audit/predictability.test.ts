import { describe, expect, it } from "vitest";
import { compile, exactFractions, predictability, type Knowledge } from "../../../src/assessment/index.js";
import { agreementDistribution } from "../../../src/audit/agreement.js";
import {
  bayesianBiasedCoin,
  bigStick,
  blockUrn,
  complete,
  dropTheLoser,
  enumerateSequences,
  hadamard,
  mergedArms,
  permutedBlock,
  type Urn,
} from "../../../src/procedure/index.js";
import { fraction, fractionText, lowest, toNumber, type Fraction } from "../../../src/quantity/index.js";

/** Ratio, block size, best-guess share, forced share: published closed forms and exact enumeration, to three places. */
const TABLE: readonly [ratio: readonly number[], size: number, guess: string, forced: string][] = [
  [[1, 1], 2, "0.750", "0.500"],
  [[1, 1], 4, "0.708", "0.333"],
  [[1, 1], 6, "0.683", "0.250"],
  [[1, 1], 8, "0.666", "0.200"],
  [[1, 1], 12, "0.643", "0.143"],
  [[2, 1], 3, "0.778", "0.444"],
  [[2, 1], 6, "0.744", "0.289"],
  [[2, 1], 9, "0.728", "0.214"],
  [[3, 1], 4, "0.812", "0.438"],
  [[3, 1], 8, "0.790", "0.286"],
  [[1, 1, 1], 3, "0.611", "0.333"],
  [[1, 1, 1], 6, "0.561", "0.200"],
  [[1, 1, 1, 1], 4, "0.521", "0.250"],
  [[1, 1, 1, 1], 8, "0.470", "0.143"],
  [[1, 1, 1, 1], 12, "0.441", "0.100"],
  [[3, 3, 3, 1], 10, "0.489", "0.122"],
];

/** Half to even at three places, as the table was printed: .8125 is .812 and .4375 is .438. */
function threePlaces(numerator: bigint, denominator: bigint): string {
  const scaled = 2n * 1000n * numerator;
  const floor = scaled / (2n * denominator);
  const rest = scaled - floor * 2n * denominator;
  const isUp = rest > denominator || (rest === denominator && floor % 2n === 1n);
  return `0.${String(floor + (isUp ? 1n : 0n)).padStart(3, "0")}`;
}

/** What rule 13 says, held against the same shares as exact fractions. */
function shares(
  urn: Urn<unknown>,
  ratio: readonly number[],
  rows: number,
  knowledge: Knowledge = "seen",
): { forced: Fraction; bestGuess: Fraction } {
  const { forcedShare, maximumProbability } = exactFractions(compile(urn, { ratio, rows, knowledge }));
  const found = predictability(urn, { ratio, rows, knowledge })!;
  expect(found.forced).toBeCloseTo(toNumber(forcedShare!), 13);
  expect(found.bestGuess).toBeCloseTo(toNumber(maximumProbability!), 13);
  return { forced: forcedShare!, bestGuess: maximumProbability! };
}

describe("rule 13: predictability", () => {
  it.each(TABLE)("%j in blocks of %i: best guess %s, forced %s", (ratio, size, guess, forced) => {
    const found = shares(permutedBlock({ ratio, sizes: [size] }), ratio, size);
    expect(threePlaces(found.bestGuess.numerator, found.bestGuess.denominator)).toBe(guess);
    expect(threePlaces(found.forced.numerator, found.forced.denominator)).toBe(forced);
  });

  it.each([1, 2, 3, 5, 8])("follows the closed forms of 1:1 blocks of 2 x %i", (m) => {
    const found = shares(permutedBlock({ ratio: [1, 1], sizes: [2 * m] }), [1, 1], 2 * m);
    let choose = 1n;
    for (let i = 1n; i <= BigInt(m); i += 1n) choose = (choose * (BigInt(m) + i)) / i;
    const guesses = lowest(fraction(BigInt(2 * m) * choose + 4n ** BigInt(m) - choose, 2n * choose * BigInt(2 * m)));
    expect(fractionText(found.bestGuess)).toBe(fractionText(guesses));
    expect(fractionText(found.forced)).toBe(fractionText(lowest(fraction(1, m + 1))));
  });

  it("knows what hiding the sizes 2 and 4 gains: certainty falls, guessing does not", () => {
    const urn = permutedBlock({ ratio: [1, 1], sizes: [2, 4] });
    const [seen, hidden] = [shares(urn, [1, 1], 12), shares(urn, [1, 1], 12, "set-known")];
    expect([fractionText(seen.forced), fractionText(seen.bestGuess)]).toEqual(["287/768", "275/384"]);
    expect([fractionText(hidden.forced), fractionText(hidden.bestGuess)]).toEqual(["19/192", "275/384"]);
  });

  it("stays at the ratio for simple randomization", () => {
    const found = shares(complete({ ratio: [2, 1] }), [2, 1], 30);
    expect([fractionText(found.bestGuess), found.forced.numerator]).toEqual(["2/3", 0n]);
  });

  it("knows drop the loser, the urn taken as known after each row", () => {
    // From the rule: 2 and 1 balls and one immigration ball, which adds 2 and 1 and is put back.
    let held = new Map([["2,1", 1]]);
    let best = 0;
    for (let row = 0; row < 24; row += 1) {
      const after = new Map<string, number>();
      for (const [key, mass] of held) {
        let [a, b] = key.split(",").map(Number) as [number, number];
        let [open, inA, inB] = [mass, 0, 0];
        while (open > 1e-20) {
          const all = a + b + 1;
          const [toA, toB] = [(open * a) / all, (open * b) / all];
          for (const [next, p] of [[`${a - 1},${b}`, toA] as const, [`${a},${b - 1}`, toB] as const]) {
            if (p > 0) after.set(next, (after.get(next) ?? 0) + p);
          }
          [inA, inB, open, a, b] = [inA + toA, inB + toB, open / all, a + 2, b + 1];
        }
        best += Math.max(inA, inB) / 24;
      }
      held = after;
    }
    const urn = dropTheLoser({ ratio: [2, 1], immigration: 1 });
    const found = predictability(urn, { ratio: [2, 1], rows: 24, knowledge: "seen" })!;
    expect([found.forced, found.bestGuess]).toEqual([0, expect.closeTo(best, 12)]);
    expect(best.toFixed(3)).toBe("0.704");
  });

  it("does not see which fictitious arm of a merged block urn was drawn", () => {
    // From the rule: three arms with 2 balls each, the first two of which count as A; a complete set goes back.
    type Beliefs = ReadonlyMap<string, number>;
    const after = (held: readonly number[], arm: number): readonly number[] => {
      const next = held.map((balls, k) => (k === arm ? balls - 1 : balls));
      return next.every((balls) => balls <= 1) ? next.map((balls) => balls + 1) : next;
    };
    let [forced, best] = [0, 0];
    const go = (belief: Beliefs, rows: number): void => {
      if (rows === 0) return;
      const next = [new Map<string, number>(), new Map<string, number>()] as const;
      for (const [key, mass] of belief) {
        const held = key.split(",").map(Number);
        const all = held.reduce((sum, balls) => sum + balls, 0);
        held.forEach((balls, arm) => {
          const into = next[arm < 2 ? 0 : 1];
          const to = after(held, arm).join();
          if (balls > 0) into.set(to, (into.get(to) ?? 0) + (mass * balls) / all);
        });
      }
      const [a, b] = next.map((own) => [...own.values()].reduce((sum, p) => sum + p, 0)) as [number, number];
      best += Math.max(a, b) / 12;
      if (next.some(({ size }) => size === 0)) forced += (a + b) / 12;
      for (const own of next) if (own.size > 0) go(own, rows - 1);
    };
    go(new Map([["2,2,2", 1]]), 12);
    const urn = mergedArms({ ratio: [2, 1], procedure: (equal) => blockUrn({ ratio: equal, lambda: 2 }) });
    const found = shares(urn, [2, 1], 12);
    expect([toNumber(found.forced), toNumber(found.bestGuess)]).toEqual([
      expect.closeTo(forced, 12),
      expect.closeTo(best, 12),
    ]);
  });

  it("takes all rows of a Bayesian biased coin, however long its fractions are", () => {
    let counts = new Map([["0,0", 1]]);
    let [forced, best] = [0, 0];
    for (let row = 0; row < 24; row += 1) {
      const next = new Map<string, number>();
      for (const [key, mass] of counts) {
        const [a, b] = key.split(",").map(Number) as [number, number];
        const [f, g] = [((a + b) * a + b) * b, ((a + b) * b + a) * a].map((x) => x ** 10) as [number, number];
        const p = a === b ? 0.5 : f / (f + g);
        best += (mass * Math.max(p, 1 - p)) / 24;
        if (p === 0 || p === 1) forced += mass / 24;
        next.set(`${a + 1},${b}`, (next.get(`${a + 1},${b}`) ?? 0) + mass * p);
        next.set(`${a},${b + 1}`, (next.get(`${a},${b + 1}`) ?? 0) + mass * (1 - p));
      }
      counts = new Map([...next].filter(([, mass]) => mass > 0));
    }
    const urn = bayesianBiasedCoin({ ratio: [1, 1], gamma: "1/10" });
    const found = predictability(urn, { ratio: [1, 1], rows: 24, knowledge: "seen" })!;
    expect([found.forced, found.bestGuess]).toEqual([expect.closeTo(forced, 12), expect.closeTo(best, 12)]);
  });

  it("takes a Hadamard row for what nobody sees: 12 rows, all 22 equally likely, by hand", () => {
    const urn = hadamard({ ratio: [1, 1] });
    const lists = enumerateSequences(urn, 12).map(({ arms }) => arms.join(""));
    let [forced, best] = [0, 0];
    for (let row = 0; row < 12; row += 1) {
      for (const list of lists) {
        const alike = lists.filter((other) => other.startsWith(list.slice(0, row)));
        const first = alike.filter((other) => other[row] === "0").length / alike.length;
        if (first === 0 || first === 1) forced += 1 / lists.length / 12;
        best += Math.max(first, 1 - first) / lists.length / 12;
      }
    }
    const found = predictability(urn, { ratio: [1, 1], rows: 12, knowledge: "seen" })!;
    expect([found.forced, found.bestGuess]).toEqual([expect.closeTo(forced, 12), expect.closeTo(best, 12)]);
    const over40 = predictability(urn, { ratio: [1, 1], rows: 40, knowledge: "seen" })!;
    expect([over40.forced.toFixed(3), over40.bestGuess.toFixed(3)]).toEqual(["0.559", "0.802"]);
  });

  it("counts the forced rows of the big stick", () => {
    // Tolerance 1: after every odd row the next one is certain.
    const found = shares(bigStick({ ratio: [1, 1], tolerance: 1 }), [1, 1], 10);
    expect([fractionText(found.forced), fractionText(found.bestGuess)]).toEqual(["1/2", "3/4"]);
  });
});

describe("rule 8: the agreement of two lists", () => {
  it.each([
    ["one size", permutedBlock({ ratio: [1, 1], sizes: [4] }), [0, 1, 1, 0, 0, 0]],
    ["two sizes", permutedBlock({ ratio: [1, 1], sizes: [2, 4] }), [0, 1, 1, 0, 1]],
    ["three arms", permutedBlock({ ratio: [2, 1, 1], sizes: [4] }), [0, 2, 1, 0, 0]],
  ] as const)("is that of all sequences, one by one: %s", (_, urn, fixed) => {
    const expected = new Array<number>(fixed.length + 1).fill(0);
    for (const { arms, probability } of enumerateSequences(urn, fixed.length)) {
      const k = arms.filter((arm, i) => arm === fixed[i]).length;
      expected[k] = expected[k]! + toNumber(probability);
    }
    const found = [...agreementDistribution(urn, fixed)!];
    found.forEach((p, k) => {
      expect(p).toBeCloseTo(expected[k]!, 12);
    });
    expect(found.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });
});

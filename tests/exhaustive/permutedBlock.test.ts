import { describe, expect, it } from "vitest";
import {
  generateSequence,
  permutedBlock,
  readyProcedure,
  type PermutedBlockOptions,
} from "../../src/procedure/index.js";
import { countScripts, tallyDraws } from "../support/replayDraws.js";
import { ScriptedSource } from "../support/scriptedSource.js";
import { fraction, lowest, ONE, plus, times, type Fraction } from "../../src/quantity/index.js";

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const product = (numbers: readonly number[]): number => numbers.reduce((a, b) => a * b, 1);

/** All blocks of `size` rows in 2 to 5 arms, as balls by arm, the larger first. */
function blocksOf(size: number): number[][] {
  const parts = (left: number, most: number, arms: number): number[][] =>
    arms === 0
      ? left === 0
        ? [[]]
        : []
      : Array.from({ length: Math.min(left, most) }, (_, i) => i + 1).flatMap((first) =>
          parts(left - first, first, arms - 1).map((rest) => [first, ...rest]),
        );
  return [2, 3, 4, 5].flatMap((arms) => parts(size, size, arms));
}

/** All scripts of words for blocks of `size` rows, one after the other: n words, then n - 1, down to 1. */
class AllScripts {
  readonly #left: number[];
  readonly #size: number;
  #at = 0;
  /** Words that were asked for. */
  used = 0;

  constructor(size: number) {
    this.#size = size;
    this.#left = Array.from({ length: size }, () => 0);
  }

  nextWord(): number {
    const word = this.#left[this.#at] as number;
    this.#at += 1;
    this.used += 1;
    if (this.#at === this.#size) this.#nextScript();
    return word;
  }

  #nextScript(): void {
    this.#at = 0;
    for (let i = this.#size - 1; i >= 0; i -= 1) {
      const word = (this.#left[i] as number) + 1;
      if (word < this.#size - i) {
        this.#left[i] = word;
        return;
      }
      this.#left[i] = 0;
    }
  }
}

/**
 * Every block that all the scripts of words give, through what `generateList` does for a stratum: the plan's procedure
 * made ready, and generateSequence. One list holds as many blocks, one script each, as fit into `most` rows: lists of
 * less than 500 rows are drawn from the urn, longer ones from its tables.
 */
function countThroughLists(balls: readonly number[], most: number): ReadonlyMap<string, number> {
  const size = balls.reduce((a, b) => a + b, 0);
  const arms = balls.length;
  const scripts = factorial(size);
  const source = new AllScripts(size);
  const counts = new Uint32Array(arms ** size);
  for (let done = 0; done < scripts;) {
    const blocks = Math.min(scripts - done, Math.floor(most / size));
    const spec = { kind: "permuted-block", sizes: [size] } as const;
    const { urn, wholeLastBlock } = readyProcedure(spec, balls, blocks * size);
    const sources = { allocation: source, blockSizes: new ScriptedSource([]) };
    const list = generateSequence(urn, { rows: blocks * size, wholeLastBlock }, sources).arms;
    for (let from = 0; from < list.length; from += size) {
      let code = 0;
      for (let i = from; i < from + size; i += 1) code = code * arms + (list[i] as number);
      counts[code] = (counts[code] as number) + 1;
    }
    done += blocks;
  }
  expect(source.used).toBe(scripts * size);
  const found = new Map<string, number>();
  counts.forEach((count, code) => {
    if (count > 0) found.set(code.toString(arms).padStart(size, "0"), count);
  });
  return found;
}

function expectEven(counts: ReadonlyMap<string, number>, balls: readonly number[]): void {
  const size = balls.reduce((a, b) => a + b, 0);
  // size! scripts; each arrangement by as many as its equal balls can change places.
  expect(counts.size).toBe(factorial(size) / product(balls.map(factorial)));
  expect(new Set(counts.values())).toEqual(new Set([product(balls.map(factorial))]));
  for (const list of counts.keys()) {
    expect(balls.map((_, arm) => list.split(String(arm)).length - 1)).toEqual(balls);
  }
}

describe("every arrangement of a block comes equally often", { tags: ["LIST-002"] }, () => {
  it("has the blocks of 8 that it should walk", () => {
    expect(blocksOf(8)).toHaveLength(4 + 5 + 5 + 3);
    expect(blocksOf(4)).toEqual([
      [2, 2],
      [3, 1],
      [2, 1, 1],
      [1, 1, 1, 1],
    ]);
  });

  it("walks the usual ratios, 1:1, 2:1, 3:1 and three to five equal arms, up to blocks of 8", () => {
    const walked = [2, 3, 4, 5, 6, 7, 8].flatMap(blocksOf).map((balls) => balls.join(":"));
    for (const block of ["1:1", "4:4", "2:1", "4:2", "3:1", "6:2", "1:1:1:1", "2:2:2:2", "1:1:1:1:1"]) {
      expect(walked).toContain(block);
    }
  });

  // All scripts, none merged, by the way of generateList: short lists from the urn, long ones from its tables.
  it.each(
    [2, 3, 4, 5, 6, 7, 8]
      .flatMap(blocksOf)
      .flatMap((balls) => [["short", 499, balls] as const, ["long", 1_000_000, balls] as const])
      .map(([name, most, balls]) => [balls.join(":"), name, most, balls] as const),
  )("%s, in %s lists", (_, __, most, balls) => {
    expectEven(countThroughLists(balls, most), balls);
  });

  // All scripts, none merged, through drawBall.
  it.each([2, 3, 4, 5, 6, 7, 8].flatMap(blocksOf).map((balls) => [balls.join(":"), balls] as const))(
    "%s, by urn",
    (_, balls) => {
      const size = balls.reduce((a, b) => a + b, 0);
      expectEven(countScripts(permutedBlock({ ratio: balls, sizes: [size] }), size), balls);
    },
  );

  // The published figures: AABB 24 scripts, 6 arrangements, 4 times each; AABBCC 720, 90, 8; AAAABB 720, 15, 48.
  it.each([
    [[1, 1], 4, 6, 4],
    [[1, 1, 1], 6, 90, 8],
    [[2, 1], 6, 15, 48],
  ])("%o in blocks of %i: %i arrangements, %i times each", (ratio, size, arrangements, times) => {
    const share = size / ratio.reduce((a, b) => a + b, 0);
    const counts = countThroughLists(
      ratio.map((one) => one * share),
      1_000_000,
    );
    expect([counts.size, ...new Set(counts.values())]).toEqual([arrangements, times]);
  });

  // 3,628,800 scripts of 10 words, none merged, in one list of 36,288,000 rows.
  it("3:3:3:1 in 10, in a list", () => {
    const counts = countThroughLists([3, 3, 3, 1], 40_000_000);
    expectEven(counts, [3, 3, 3, 1]);
    expect(counts.size).toBe(16_800);
  });

  /**
   * 3:3:3:1 in 10 has 10! = 3,628,800 scripts. Scripts that drew the same arms lead to the same state, so they are
   * walked once and counted: at each state every word is replayed and tallied by arm, and the number of scripts of a
   * list is the product of its tallies. That is the same sum in another order, and no ball count is believed.
   */
  it("3:3:3:1 in 10, by counted scripts", () => {
    const urn = permutedBlock({ ratio: [3, 3, 3, 1], sizes: [10] });
    const tallies = new Map<string, readonly number[]>();
    const counts = new Map<string, number>();
    const walk = (state: (typeof urn)["start"], list: string, scripts: number): void => {
      if (list.length === 10) {
        counts.set(list, scripts);
        return;
      }
      const balls = urn.balls(state, undefined);
      const key = balls.join();
      const tally = tallies.get(key) ?? tallyDraws(balls).tally;
      tallies.set(key, tally);
      tally.forEach((words, arm) => {
        if (words > 0) walk(urn.after(state, arm, undefined), list + String(arm), scripts * words);
      });
    };
    walk(urn.start, "", 1);
    expectEven(counts, [3, 3, 3, 1]);
    expect(counts.size).toBe(16_800);
  });
});

describe("random block sizes", { tags: ["LIST-002"] }, () => {
  it.each([
    [[2, 4, 6], undefined, [1, 1, 1]],
    [
      [4, 8],
      [1, 3],
      [1, 3],
    ],
    [
      [6, 2, 4],
      [5, 1, 2],
      [5, 1, 2],
    ],
  ])("%o with weights %o come %o times", (sizes, weights, times) => {
    const urn = permutedBlock({ ratio: [1, 1], sizes, ...(weights === undefined ? {} : { weights }) });
    const total = times.reduce((a, b) => a + b, 0);
    const counts = sizes.map(() => 0);
    for (let word = 0; word < total; word += 1) {
      const sources = { allocation: new ScriptedSource([0]), blockSizes: new ScriptedSource([word]) };
      const drawn = generateSequence(urn, { rows: 1 }, sources);
      const choice = sizes.indexOf(drawn.blockSizes[0]!);
      counts[choice] = counts[choice]! + 1;
    }
    expect(counts).toEqual(times);
  });

  it("come with the same weights for every block of a list, and with one word a block", () => {
    const urn = permutedBlock({ ratio: [1, 1], sizes: [2, 4], weights: [1, 2] });
    const counts = new Map<string, number>();
    for (let script = 0; script < 27; script += 1) {
      const blockSizes = new ScriptedSource([Math.floor(script / 9), Math.floor(script / 3) % 3, script % 3]);
      const allocation = { nextWord: (): number => 0 };
      const drawn = generateSequence(
        urn,
        { rows: 12, wholeLastBlock: false },
        { allocation, blockSizes: withMore(blockSizes) },
      );
      const first = drawn.blockSizes.slice(0, 3).join();
      counts.set(first, (counts.get(first) ?? 0) + 1);
    }
    const chance = (first: string): number => product(first.split(",").map((size) => (size === "2" ? 1 : 2)));
    expect(counts.size).toBe(8);
    for (const [first, count] of counts) expect(count).toBe(chance(first));
  });
});

/** After the script, zeros. */
function withMore(source: ScriptedSource): { nextWord(): number } {
  return { nextWord: () => (source.used < source.words.length ? source.nextWord() : 0) };
}

/** The exact law of the sizes of a filled list: hidden draws by replayed words, rows of a block in any order. */
function fillLaw(options: PermutedBlockOptions): ReadonlyMap<string, Fraction> {
  const urn = permutedBlock(options);
  const law = new Map<string, Fraction>();
  const walk = (state: (typeof urn)["start"], sizes: readonly number[], chance: Fraction): void => {
    const balls = urn.balls(state, undefined);
    const { total, tally } = balls.every((count) => Number(count) === 0) ? { total: 0, tally: [] } : tallyDraws(balls);
    if (total === 0) {
      const known = law.get(sizes.join("-"));
      law.set(sizes.join("-"), known === undefined ? chance : lowest(plus(known, chance)));
      return;
    }
    const block = urn.blockAt?.(state) ?? 0;
    // Which arms a block draws changes nothing after it: one order stands for all.
    const arm = tally.findIndex((words, ball) => ball < urn.arms && words > 0);
    if (arm >= 0) walk(urn.after(state, arm, undefined), block > 0 ? [...sizes, block] : sizes, chance);
    else {
      tally.forEach((words, ball) => {
        if (words > 0) walk(urn.after(state, ball, undefined), sizes, lowest(times(chance, fraction(words, total))));
      });
    }
  };
  walk(urn.start, [], ONE);
  return law;
}

function compositions(rows: number, sizes: readonly number[]): string[] {
  if (rows === 0) return [""];
  return sizes
    .filter((size) => size <= rows)
    .flatMap((size) => compositions(rows - size, sizes).map((rest) => (rest === "" ? `${size}` : `${size}-${rest}`)));
}

describe("filled lists", { tags: ["LIST-002"] }, () => {
  const sumOf = (law: ReadonlyMap<string, Fraction>, of: (sizes: string) => boolean): Fraction =>
    [...law]
      .filter(([sizes]) => of(sizes))
      .reduce((sum, [, chance]) => lowest(plus(sum, chance)), lowest(fraction(0, 1)));

  it.each([
    [12, [2, 4, 6], 24],
    [10, [4, 6], 2],
    [40, [8, 12], 7],
    [30, [6, 10, 14], 8],
    [8, [8], 1],
    [24, [8], 1],
  ])("%i rows from %o: all %i sequences of sizes, equally likely, and no dead end", (fill, sizes, count) => {
    const law = fillLaw({ ratio: [1, 1], sizes, fill });
    expect([...law.keys()].sort()).toEqual(compositions(fill, sizes).sort());
    for (const chance of law.values()) expect(chance).toEqual(fraction(1, law.size));
    expect(law.size).toBe(count);
  });

  it("weights multiply, so that doubling them all favours sequences of more blocks", () => {
    const law = fillLaw({ ratio: [1, 1], sizes: [2, 4], weights: [2, 2], fill: 4 });
    expect([law.get("2-2"), law.get("4")]).toEqual([lowest(fraction(2, 3)), fraction(1, 3)]);
  });

  /**
   * Independent draws of 2, 4, 6 with chance 1/3 each, given that they add up to 12, give a sequence of k sizes a
   * chance in proportion to 3^-k. The weights 1, 3, 9 are 3^(size/2 - 1), whose product is 3^(6 - k): the same law.
   */
  it("weights multiply: 1, 3, 9 is the law of equal independent draws given their sum", () => {
    const law = fillLaw({ ratio: [1, 1], sizes: [2, 4, 6], weights: [1, 3, 9], fill: 12 });
    const first = ["2", "4", "6"].map((size) => sumOf(law, (sizes) => sizes.startsWith(size)));
    expect(first).toEqual([lowest(fraction(121, 376)), lowest(fraction(111, 376)), lowest(fraction(144, 376))]);
    expect(law.get("6-6")).toEqual(lowest(fraction(81, 376)));
    expect(sumOf(law, () => true)).toEqual(ONE);
  });
});

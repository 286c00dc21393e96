import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  rbinom1,
  rIndex,
  RMersenneTwister,
  type RSampleKind,
  type RSampleRequest,
  runif,
  sampleIndexes,
  unifRand,
} from "../../../../src/random/r/index.js";

interface Case {
  readonly call: string;
  readonly seed: number;
  readonly rngKind: readonly [string, string, RSampleKind];
  readonly value: readonly (number | string)[];
  readonly runifAfter?: string;
}

function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../golden/${name}.json`, import.meta.url), "utf8"));
}

const { cases } = golden("r-sample") as { cases: readonly Case[] };
const cross = golden("r-cross") as {
  weights: Readonly<Record<string, readonly number[]>>;
  cases: readonly (Omit<RSampleRequest, "prob"> & {
    seed: number;
    prob?: string;
    value: readonly number[];
    runifAfter: string;
  })[];
};

type Run = (source: RMersenneTwister, kind: RSampleKind) => readonly (number | string)[];

const draw =
  (items: readonly (number | string)[], request: Omit<RSampleRequest, "n" | "kind"> = {}): Run =>
  (source, kind) =>
    sampleIndexes(source, { ...request, n: items.length, kind }).map((index) => items[index]!);
const ints = (n: number, request: Omit<RSampleRequest, "n" | "kind"> = {}): Run => {
  return (source, kind) => sampleIndexes(source, { ...request, n, kind }).map((index) => index + 1);
};

/** The calls of the file, after `set.seed(...)`, in our words. */
const calls: Readonly<Record<string, Run>> = {
  'sprintf("%.17g", runif(10))': (source) => runif(source, 10),
  "rbinom(20,1,2/3)": (source) => Array.from({ length: 20 }, () => rbinom1(source, 2 / 3)),
  "rbinom(20,1,0.5)": (source) => Array.from({ length: 20 }, () => rbinom1(source, 0.5)),
  "head(sample(1000),20)": (source, kind) => ints(1000)(source, kind).slice(0, 20),
  "sample(3, 12, replace=TRUE)": ints(3, { size: 12, replace: true }),
  "sample(c(2,4,6), 10, replace=TRUE)": draw([2, 4, 6], { size: 10, replace: true }),
  "sample(c(2,4,6), 10, replace=TRUE, prob=c(.25,.5,.25))": draw([2, 4, 6], {
    size: 10,
    replace: true,
    prob: [0.25, 0.5, 0.25],
  }),
  "sample(0:3, 10, replace=TRUE, prob=c(1,1,2,4)/8)": draw([0, 1, 2, 3], {
    size: 10,
    replace: true,
    prob: [1 / 8, 1 / 8, 2 / 8, 4 / 8],
  }),
  "sample(5, 3, prob=c(.1,.2,.3,.25,.15))": ints(5, { size: 3, prob: [0.1, 0.2, 0.3, 0.25, 0.15] }),
  'sample(c("A","A","B","B","C","C"))': draw(["A", "A", "B", "B", "C", "C"]),
  'unlist(lapply(1:6, function(i) sample(rep(c("P","L","M","H","X"),2))))': (source, kind) =>
    Array.from({ length: 6 }, () => draw(["P", "L", "M", "H", "X", "P", "L", "M", "H", "X"])(source, kind)).flat(),
  "runif(1); .Random.seed[1:7]": (source, kind) => {
    unifRand(source);
    return source.randomSeed(kind).slice(0, 7);
  },
};

function runOf(call: string): Run {
  const after = call.replace(/^set\.seed\([^)]*\); /, "").replace(/ {2}#.*$/, "");
  const plain = /^sample\((\d+)(?:, (\d+))?\)$/.exec(after);
  if (plain) return ints(Number(plain[1]), plain[2] === undefined ? {} : { size: Number(plain[2]) });
  const run = calls[after];
  if (run === undefined) throw new Error(`no such call: ${after}`);
  return run;
}

describe("base R, call by call", { tags: ["RAND-003"] }, () => {
  it("has all cases of the file", () => {
    expect(cases).toHaveLength(116);
  });

  it.each(cases)("$rngKind.2: $call", ({ call, seed, rngKind, value, runifAfter }) => {
    const source = new RMersenneTwister(seed);
    const result = runOf(call)(source, rngKind[2]);
    const expected = call.includes("sprintf") ? value.map(Number) : value;
    expect(result).toEqual(expected);
    if (runifAfter !== undefined) expect(unifRand(source)).toBe(Number(runifAfter));
  });
});

describe("base R, where the first file does not reach", { tags: ["RAND-003"] }, () => {
  it.each(cross.cases)("$kind: seed $seed, n $n, size $size, replace $replace, prob $prob", (item) => {
    const source = new RMersenneTwister(item.seed);
    const prob = item.prob === undefined ? undefined : cross.weights[item.prob]!;
    const drawn = sampleIndexes(source, { ...item, prob });
    expect(drawn.map((index) => index + 1)).toEqual(item.value);
    expect(unifRand(source)).toBe(Number(item.runifAfter));
  });

  it("makes the same indexes one by one", () => {
    for (const { n, seed, kind, value, prob } of cross.cases) {
      if (prob !== undefined) continue;
      const source = new RMersenneTwister(seed);
      expect(value.map(() => rIndex(source, n, kind) + 1)).toEqual(value);
    }
  });
});

import { deepFreeze, fail } from "../../../foundation/index.js";
import { RMersenneTwister, rIndex, sampleIndexes, unifRand } from "../../../random/index.js";
import type { MadeWithList, MadeWithRow } from "../madeWithList.js";
import { type Draws, blockLengths, hadamardBlocks, permutedBlocks, truncatedBlocks } from "./blocks.js";
import { adjustableCoin, bayesianCoin, biasedCoin, generalizedCoin, oneByOne, urnDesign } from "./coins.js";
import { maximalProcedure } from "./maximal.js";
import { parseRandomizeROptions, type RandomizeROptions } from "./options.js";

/**
 * The list that `genSeq()` of the R package randomizeR makes from a seed, row for row, for each of its 15 procedures.
 *
 * Versions 1.4 to 3.0.0 draw alike. Several sequences (`r`) follow one another on one stream; where block lengths are
 * drawn, those of all sequences come first. Without a seed (`seedDrawn`) genSeq draws one, from 1 to 2^31 - 1 (RAR: to
 * 1,000,000), and starts the stream with it. How each procedure draws is in docs/r-lists.md.
 *
 * @returns frozen list; columns `Sequence` (where r > 1), `Allocation` (from 1) and `Treatment`, the last two as
 *   `saveRand()` writes them
 * @throws AllocellError `madeWith.options_invalid`; `madeWith.options_conflict` for parameters that randomizeR refuses;
 *   `madeWith.unsupported` where R's own rounding decides the list
 * @example
 * randomizeR({ seed: 42, sampleKind: "Rejection", procedure: "BSD", N: 10, mti: 2 }).rows[0];
 * // { Allocation: 1, Treatment: "B" }
 * @see D. Uschner, D. Schindler, R.-D. Hilgers, N. Heussen, 2018, J Stat Softw 85(8), doi 10.18637/jss.v085.i08
 */
export function randomizeR(options: RandomizeROptions): MadeWithList {
  const parsed = parseRandomizeROptions(options);
  const { seed, sampleKind: kind, r = 1 } = parsed;
  const ratio = ratioOf(parsed);
  const groups = parsed.groups ?? ratio.map((_, arm) => String.fromCharCode(65 + arm));
  checkTogether(parsed, ratio, groups);
  const source = new RMersenneTwister(parsed.seedDrawn === true ? drawSeed(parsed) : seed);
  const sequences = sequencesOf(parsed, ratio, { source, kind }, r);
  const rows = sequences.flatMap((arms, index) =>
    arms.map((arm, place): MadeWithRow => {
      const cells = { Allocation: place + 1, Treatment: groups[arm] ?? "" };
      return r > 1 ? { Sequence: index + 1, ...cells } : cells;
    }),
  );
  const columns = [...(r > 1 ? ["Sequence"] : []), "Allocation", "Treatment"];
  const runifAfter = unifRand(source);
  return deepFreeze({ program: "randomizeR", programVersion: "3.0.0", columns, rows, runifAfter, warnings: [] });
}

function drawSeed({ seed, sampleKind, procedure }: RandomizeROptions): number {
  return rIndex(new RMersenneTwister(seed), procedure === "RAR" ? 1_000_000 : 2147483647, sampleKind) + 1;
}

/** The ratio of the arms, one whole number each. */
function ratioOf(options: RandomizeROptions): readonly number[] {
  if ("ratio" in options && options.ratio !== undefined) return options.ratio;
  return Array.from({ length: ("K" in options ? options.K : undefined) ?? 2 }, () => 1);
}

function checkTogether(options: RandomizeROptions, ratio: readonly number[], groups: readonly string[]): void {
  const arms = ("K" in options ? options.K : undefined) ?? 2;
  if (ratio.length !== arms) conflict("ratio", "There is one number an arm.", `${arms} numbers`, ratio.join(":"));
  if (groups.length !== arms || new Set(groups).size < arms) {
    conflict("groups", "There is one name an arm, and all differ.", `${arms} different names`, groups.join(", "));
  }
  const total = ratio.reduce((sum, part) => sum + part, 0);
  const lengths: [path: string, values: readonly number[]][] = [];
  if ("bc" in options) lengths.push(["bc", options.bc]);
  if ("rb" in options && options.rb !== undefined) lengths.push(["rb", options.rb]);
  else if (options.procedure === "RTBD") lengths.push(["N", [options.N]]);
  if (options.procedure === "RAR" || options.procedure === "MP") lengths.push(["N", [options.N]]);
  for (const [path, values] of lengths) {
    const wrong = values.find((value) => value % total !== 0);
    if (wrong !== undefined) {
      conflict(path, "A length is a multiple of the sum of the ratio.", `a multiple of ${total}`, String(wrong));
    }
  }
  const rows = lengthOf(options) * (options.r ?? 1);
  if (rows > 1e6) conflict("r", "At most 1,000,000 participants are made.", "N x r <= 1000000", String(rows));
}

const lengthOf = (options: RandomizeROptions): number =>
  "bc" in options ? options.bc.reduce((sum, length) => sum + length, 0) : options.N;

function conflict(path: string, message: string, expected: string, received: string): never {
  return fail("madeWith.options_conflict", path, message, { expected, received });
}

function sequencesOf(
  options: RandomizeROptions,
  ratio: readonly number[],
  draws: Draws,
  r: number,
): readonly (readonly number[])[] {
  const times = <T>(make: () => T): T[] => Array.from({ length: r }, make);
  switch (options.procedure) {
    case "PBR":
      return times(() => permutedBlocks(options.bc, ratio, draws));
    case "RPBR":
      return times(() => blockLengths(options, draws)).map((lengths) =>
        permutedBlocks(lengths, ratio, draws).slice(0, options.N),
      );
    case "TBD":
      return times(() => truncatedBlocks(options.bc, draws));
    case "RTBD":
      return times(() => blockLengths({ ...options, rb: options.rb ?? [options.N] }, draws)).map((lengths) =>
        truncatedBlocks(lengths, draws).slice(0, options.N),
      );
    case "RAR":
      return times(() => permutedBlocks([options.N], ratio, draws));
    case "CR": {
      const total = ratio.reduce((sum, part) => sum + part, 0);
      const request = { n: ratio.length, size: options.N, replace: true, prob: ratio.map((part) => part / total) };
      return times(() => [...sampleIndexes(draws.source, { ...request, kind: draws.kind })]);
    }
    case "HADA":
      return times(() => hadamardBlocks(options.N, draws));
    case "MP":
      return times(maximalProcedure({ N: options.N, mti: options.mti, ratio }, draws));
    case "EBC":
    case "BSD":
    case "CHEN":
    case "UD":
    case "GBCD":
    case "ABCD":
    case "BBCD":
      return times(() => oneByOne(options.N, coinOf(options, draws)));
  }
}

type CoinOptions = Extract<
  RandomizeROptions,
  { readonly procedure: "EBC" | "BSD" | "CHEN" | "UD" | "GBCD" | "ABCD" | "BBCD" }
>;

function coinOf(options: CoinOptions, draws: Draws): (made: number, second: number) => number {
  switch (options.procedure) {
    case "EBC":
      return biasedCoin(draws, options.p, options.N);
    case "BSD":
      return biasedCoin(draws, 0.5, options.mti);
    case "CHEN":
      return biasedCoin(draws, options.p ?? 0.5, options.mti ?? options.N);
    case "UD":
      return urnDesign(draws, options.ini, options.add);
    case "GBCD":
      return generalizedCoin(draws, options.rho);
    case "ABCD":
      return adjustableCoin(draws, options.a);
    case "BBCD":
      return bayesianCoin(draws, options.a);
  }
}

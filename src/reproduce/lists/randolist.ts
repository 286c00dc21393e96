import { deepFreeze, fail, type Issue } from "../../foundation/index.js";
import type { WordSource } from "../../random/index.js";
import { RMersenneTwister, sampleIndexes, unifRand } from "../../random/index.js";
import type { MadeWithList, MadeWithRow } from "./madeWithList.js";
import { numberLabel } from "./numberLabel.js";
import { parseRandolistOptions, type RandolistOptions } from "./options.js";

const ROW_COLUMNS = ["seq_in_strata", "block_in_strata", "blocksize", "seq_in_block", "arm"] as const;

/**
 * The list that the R package randotools 0.2.4 makes from a seed, row for row: `set.seed(seed); randolist(...)`.
 *
 * The rows of a block are size x arm labels. With c > 1 sizes, ceil(n / smallest) sizes are drawn in one weighted
 * `sample()` (weights of Pascal's triangle, C(c-1, j) for the j-th size from 0) and kept until their sum reaches n;
 * then each block is one `sample()` of its labels (A A B B). The strata follow one another on one stream, the levels of
 * the first factor changing fastest, n rows or more in each.
 *
 * @returns frozen list; columns `stratum` (if stratified), `seq_in_strata`, `block_in_strata`, `blocksize` (rows),
 *   `seq_in_block`, `arm` and, if stratified, one a factor and `strata_txt`; warning `madeWith.more_rows_than_n`
 * @throws AllocellError `madeWith.options_invalid`, `madeWith.strata_invalid`
 * @example
 * randolist({ seed: 12345, sampleKind: "Rejection", n: 20 }).rows[0];
 * // { seq_in_strata: 1, block_in_strata: 1, blocksize: 6, seq_in_block: 1, arm: "A" }
 * @see A. Haynes, randotools 0.2.4, https://cran.r-project.org/package=randotools; vectors: tests/golden/randotools.json
 */
export function randolist(options: RandolistOptions): MadeWithList {
  const parsed = parseRandolistOptions(options);
  const factors = Object.entries(parsed.strata ?? {});
  if (parsed.strata !== undefined) checkStrata(factors, parsed.n);
  const source = new RMersenneTwister(parsed.seed);
  const strata = parsed.strata === undefined ? [undefined] : crossed(factors);
  const rows: MadeWithRow[] = [];
  const warnings: Issue[] = [];
  strata.forEach((cells, index) => {
    const part = makeOne(parsed, source);
    const before = cells === undefined ? {} : { stratum: index + 1 };
    for (const row of part) rows.push({ ...before, ...row, ...cells });
    if (part.length > parsed.n) {
      const where = cells === undefined ? "" : ` in stratum ${index + 1}`;
      const message = `randotools keeps the last block whole: ${part.length} rows${where} for n = ${parsed.n}.`;
      warnings.push({
        code: "madeWith.more_rows_than_n",
        path: "n",
        message,
        parameters: { made: part.length, stratum: where, n: parsed.n },
      });
    }
  });
  const factorColumns = [...factors.map(([name]) => name), "strata_txt"];
  const columns = parsed.strata === undefined ? [...ROW_COLUMNS] : ["stratum", ...ROW_COLUMNS, ...factorColumns];
  const runifAfter = unifRand(source);
  return deepFreeze({ program: "randotools", programVersion: "0.2.4", columns, rows, runifAfter, warnings });
}

function makeOne(options: RandolistOptions, source: WordSource): MadeWithRow[] {
  const { n, arms = ["A", "B"], blocksizes = [1, 2, 3], sampleKind: kind } = options;
  const rows: MadeWithRow[] = [];
  const repeats = sizesDrawn(n, arms.length, blocksizes, options, source);
  repeats.forEach((repeat, block) => {
    const blocksize = repeat * arms.length;
    sampleIndexes(source, { n: blocksize, kind }).forEach((index, position) => {
      rows.push({
        seq_in_strata: rows.length + 1,
        block_in_strata: block + 1,
        blocksize,
        seq_in_block: position + 1,
        arm: arms[Math.floor(index / repeat)] ?? "",
      });
    });
  });
  return rows;
}

/** Sizes of the blocks, in rows per arm label, until n rows are reached. */
function sizesDrawn(
  n: number,
  arms: number,
  blocksizes: readonly number[],
  { sampleKind: kind }: RandolistOptions,
  source: WordSource,
): number[] {
  const [only] = blocksizes;
  if (blocksizes.length === 1 && only !== undefined) {
    return Array.from({ length: Math.ceil(n / (only * arms)) }, () => only);
  }
  const prob = pascalRow(blocksizes.length);
  const size = Math.ceil(n / (Math.min(...blocksizes) * arms));
  const drawn = sampleIndexes(source, { n: blocksizes.length, size, replace: true, prob, kind });
  const kept: number[] = [];
  let reached = 0;
  for (const index of drawn) {
    if (reached >= n) break;
    const repeat = blocksizes[index] ?? 1;
    kept.push(repeat);
    reached += repeat * arms;
  }
  return kept;
}

/** C(count - 1, j) / count for j = 0 ... count - 1, as randotools weights its sizes (`sample` makes the sum 1). */
function pascalRow(count: number): number[] {
  let row = [1];
  while (row.length < count) row = [...row, 0].map((value, j) => value + (row[j - 1] ?? 0));
  return row.map((value) => value / count);
}

type Factor = readonly [name: string, levels: readonly (string | number)[]];

function checkStrata(factors: readonly Factor[], n: number): void {
  const taken = new Set<string>([...ROW_COLUMNS, "stratum", "strata_txt", "__proto__", ""]);
  for (const [name, levels] of factors) {
    if (taken.has(name) || /^\d+$/.test(name)) {
      fail(
        "madeWith.strata_invalid",
        `strata.${name}`,
        "A factor needs a name that is no number and no column's name.",
        {
          expected: `a name other than ${[...ROW_COLUMNS, "stratum", "strata_txt"].join(", ")}`,
          received: name,
        },
      );
    }
    if (new Set(levels).size < levels.length) {
      fail("madeWith.strata_invalid", `strata.${name}`, "Each level of a factor stands once.");
    }
  }
  const count = factors.reduce((product, [, levels]) => product * levels.length, 1);
  if (factors.length === 0 || count * n > 1e6) {
    fail("madeWith.strata_invalid", "strata", "Strata need at least one factor and at most 1,000,000 rows in all.", {
      expected: "1 factor or more; strata x n <= 1000000",
      received: `${factors.length} factors, ${count} strata`,
    });
  }
}

/** The cells of each stratum, the first factor's level changing fastest, with the text of the stratum. */
function crossed(factors: readonly Factor[]): MadeWithRow[] {
  // R turns a mixed grid into text first, and pads its numbers to one width on the way.
  const mixed = factors.some(([, levels]) => typeof levels[0] === "string");
  const count = factors.reduce((product, [, levels]) => product * levels.length, 1);
  return Array.from({ length: count }, (_, stratum) => {
    let rest = stratum;
    const texts: string[] = [];
    const cells: [string, string | number][] = [];
    for (const [name, levels] of factors) {
      const level = levels[rest % levels.length] ?? "";
      rest = Math.floor(rest / levels.length);
      cells.push([name, level]);
      const width = mixed ? Math.max(...levels.map((other) => String(other).length)) : 0;
      texts.push(typeof level === "number" ? numberLabel(level).padStart(width) : level);
    }
    return { ...Object.fromEntries(cells), strata_txt: texts.join("; ") };
  });
}

import { deepFreeze, fail, type Issue } from "../../foundation/index.js";
import type { WordSource } from "../../random/index.js";
import { RMersenneTwister, rIndex, type RSampleKind, sampleIndexes, unifRand } from "../../random/index.js";
import type { MadeWithList, MadeWithRow } from "./madeWithList.js";
import { numberLabel } from "./numberLabel.js";
import { type BlockrandCall, type BlockrandOptions, type BlockrandVersion, parseBlockrandOptions } from "./options.js";

/** The widths to which R pads more blocks than that follow from numbers in scientific notation; no list has so many. */
const LARGEST_PADDED_BLOCK = 99999;

/**
 * The list that the R package blockrand makes from a seed, row for row: `set.seed(seed); blockrand(...)`.
 *
 * While there are fewer than n rows: one size is drawn, if there are several, and the labels repeated that many times
 * (A B A B) are shuffled by `sample()`. An uneven block (largest size x labels + 1 rows) is drawn with replacement,
 * again until the commonest of the labels in it exceeds the rarest by `uneqMin`; the last try is kept in any case. It
 * comes before the first block (`uneqBeg`) or before the first block after more than n/2 rows (`uneqMid`; not if the
 * uneven block at the beginning was already as long), and an ordinary block always follows.
 *
 * Versions up to 1.3 (`version: "1.3"`) drew a size also where there is one: `sample(4, 1)` is one of 1 to 4. From block
 * 10,000 on R writes a number beside a text prefix with four significant digits ("1e+04").
 *
 * @returns frozen list; columns `id`, `stratum` (if given), `block.id`, `block.size` (rows), `treatment`; warnings
 *   `madeWith.more_rows_than_n`, `madeWith.uneven_block_too_even`, `madeWith.duplicate_ids`
 * @throws AllocellError `madeWith.options_invalid`; `madeWith.options_conflict` for options that blockrand would take
 *   and ignore; `madeWith.unsupported` where R itself writes block numbers in another notation
 * @example
 * blockrand({ seed: 12345, sampleKind: "Rejection", n: 20 }).rows[0];
 * // { id: 1, "block.id": "1", "block.size": 4, treatment: "A" }
 * @see G. Snow, blockrand 1.5, https://cran.r-project.org/package=blockrand; vectors: tests/golden/blockrand.json
 */
export function blockrand(options: BlockrandOptions): MadeWithList {
  const parsed = parseBlockrandOptions(options);
  const several = "calls" in parsed;
  const { version = "1.5" } = parsed;
  const calls = several ? parsed.calls : [parsed];
  const source = new RMersenneTwister(parsed.seed);
  const rows: MadeWithRow[] = [];
  const warnings: Issue[] = [];
  calls.forEach((call, index) => {
    const path = several ? `calls.${index}.` : "";
    checkTogether(call, calls[0] ?? call, path);
    const part = makeOne(call, source, { kind: parsed.sampleKind, version }, path);
    for (const row of part.rows) rows.push(row);
    for (const each of part.warnings) warnings.push(each);
  });
  if (new Set(rows.map((row) => row["id"])).size < rows.length) {
    const message = "The same id stands in more than one row; give each call an id prefix of its own.";
    warnings.push({ code: "madeWith.duplicate_ids", path: "calls", message });
  }
  const withStratum = calls[0]?.stratum !== undefined;
  const columns = ["id", ...(withStratum ? ["stratum"] : []), "block.id", "block.size", "treatment"];
  const runifAfter = unifRand(source);
  return deepFreeze({ program: "blockrand", programVersion: version, columns, rows, runifAfter, warnings });
}

function checkTogether(call: BlockrandCall, first: BlockrandCall, path: string): void {
  const { levels, numLevels } = call;
  if (levels !== undefined && numLevels !== undefined && numLevels !== levels.length) {
    conflict(`${path}numLevels`, "blockrand ignores num.levels beside levels; leave it out or give their number.", {
      expected: String(levels.length),
      received: String(numLevels),
    });
  }
  if (call.uneqBeg !== true && call.uneqMid !== true) {
    for (const field of ["uneqMin", "uneqMaxit"] as const) {
      if (call[field] !== undefined) {
        conflict(`${path}${field}`, "Without uneqBeg or uneqMid blockrand ignores this option; leave it out.");
      }
    }
  }
  if ((call.stratum === undefined) !== (first.stratum === undefined)) {
    conflict(`${path}stratum`, "Lists can be joined only if all of them have a stratum or none has.");
  }
  if ((typeof call.idPrefix === "string") !== (typeof first.idPrefix === "string")) {
    conflict(`${path}idPrefix`, "Lists can be joined only if all ids are text or all are numbers.");
  }
}

function conflict(path: string, message: string, detail: { expected?: string; received?: string } = {}): never {
  return fail("madeWith.options_conflict", path, message, detail);
}

function makeOne(
  call: BlockrandCall,
  source: WordSource,
  { kind, version }: { readonly kind: RSampleKind; readonly version: BlockrandVersion },
  path: string,
): { rows: MadeWithRow[]; warnings: Issue[] } {
  const { n, stratum, blockSizes = [1, 2, 3, 4], uneqBeg = false } = call;
  const labels = labelsOf(call);
  const largest = Math.max(...blockSizes);
  const warnings: Issue[] = [];
  const blocks: string[][] = [];
  let made = 0;
  let midOpen = call.uneqMid === true;
  const add = (block: string[]): void => {
    blocks.push(block);
    made += block.length;
  };
  while (made < n) {
    if ((uneqBeg && blocks.length === 0) || (midOpen && made > n / 2)) {
      const { block, reached } = unevenBlock(labels, largest * labels.length + 1, call, source, kind);
      if (!reached) {
        const message = `Block ${blocks.length + 1} does not reach uneqMin; blockrand keeps the last try all the same.`;
        warnings.push({
          code: "madeWith.uneven_block_too_even",
          path: `${path}uneqMin`,
          message,
          parameters: { block: blocks.length + 1 },
        });
      }
      add(block);
      if (made > n / 2) midOpen = false;
    }
    const repeats = sizeDrawn(blockSizes, version, source, kind);
    const order = sampleIndexes(source, { n: repeats * labels.length, kind });
    add(order.map((index) => labels[index % labels.length] ?? ""));
  }
  if (made > n) {
    const message = `blockrand keeps the last block whole: ${made} rows for n = ${n}.`;
    warnings.push({ code: "madeWith.more_rows_than_n", path: `${path}n`, message, parameters: { made, n } });
  }
  const blockId = blockNumbering(call.blockPrefix, blocks.length, path);
  const idWidth = String(made).length;
  let row = 0;
  const rows = blocks.flatMap((block, index) =>
    block.map((treatment): MadeWithRow => {
      const id =
        typeof call.idPrefix === "string"
          ? `${call.idPrefix}${String(row + 1).padStart(idWidth, "0")}`
          : (call.idPrefix ?? 1) + row;
      row += 1;
      const cells = { "block.id": blockId(index + 1), "block.size": block.length, treatment };
      return stratum === undefined ? { id, ...cells } : { id, stratum, ...cells };
    }),
  );
  return { rows, warnings };
}

/** Rows per label of the next block. */
function sizeDrawn(sizes: readonly number[], version: BlockrandVersion, source: WordSource, kind: RSampleKind): number {
  const [only = 1] = sizes;
  if (sizes.length > 1) return sizes[rIndex(source, sizes.length, kind)] ?? only;
  // sample(k, 1) of one number k draws from 1 to k.
  return version === "1.3" ? rIndex(source, only, kind) + 1 : only;
}

function labelsOf({ levels, numLevels = 2 }: BlockrandCall): readonly string[] {
  if (levels === undefined) return Array.from({ length: numLevels }, (_, index) => String.fromCharCode(65 + index));
  return levels.map((level) => (typeof level === "number" ? numberLabel(level) : level));
}

function unevenBlock(
  labels: readonly string[],
  size: number,
  { uneqMin = 0, uneqMaxit = 10 }: BlockrandCall,
  source: WordSource,
  kind: RSampleKind,
): { block: string[]; reached: boolean } {
  let block: string[] = [];
  for (let tries = 0; tries < uneqMaxit; tries += 1) {
    block = sampleIndexes(source, { n: labels.length, size, replace: true, kind }).map((index) => labels[index] ?? "");
    const counts = new Map<string, number>();
    for (const label of block) counts.set(label, (counts.get(label) ?? 0) + 1);
    // A label that does not occur at all is not counted as the rarest.
    if (Math.max(...counts.values()) - Math.min(...counts.values()) >= uneqMin) return { block, reached: true };
  }
  return { block, reached: false };
}

function blockNumbering(prefix: string | number | undefined, blocks: number, path: string): (block: number) => string {
  if (typeof prefix !== "string") return (block) => numberLabel(block + (prefix ?? 0));
  if (blocks > LARGEST_PADDED_BLOCK) {
    fail("madeWith.unsupported", `${path}blockPrefix`, "R pads block numbers above 99,999 in scientific notation.", {
      expected: `at most ${LARGEST_PADDED_BLOCK} blocks beside a text prefix`,
      received: `${blocks} blocks`,
    });
  }
  const width = String(blocks).length;
  return (block) => `${prefix}${fourDigits(block).padStart(width, "0")}`;
}

/** A block's number as R's `formatC()` writes a double: up to four digits as they are, more in the notation of C's %.4g. */
function fourDigits(block: number): string {
  if (block < 10_000) return String(block);
  const power = String(block).length - 1;
  const unit = 10 ** (power - 3);
  const rest = block % unit;
  const low = Math.floor(block / unit);
  // To the nearest; a half goes to the even digit.
  const rounded = low + (2 * rest > unit || (2 * rest === unit && low % 2 === 1) ? 1 : 0);
  const [digits, exponent] = rounded === 10_000 ? ["1000", power + 1] : [String(rounded), power];
  const tail = digits.slice(1).replace(/0+$/, "");
  return `${digits.slice(0, 1)}${tail === "" ? "" : `.${tail}`}e+${String(exponent).padStart(2, "0")}`;
}

import { deepFreeze, describeReceived, fail } from "../../foundation/index.js";
import { blockrand } from "./blockrand.js";
import type { RandomizeROptions } from "./genSeq/options.js";
import { randomizeR } from "./genSeq/randomizeR.js";
import type { RSampleKind } from "../../random/index.js";
import type { MadeWithList, MadeWithRow } from "./madeWithList.js";
import type { BlockrandOptions, RandolistOptions } from "./options.js";
import { randolist } from "./randolist.js";

/** Where a list first departs from what its program makes. */
export interface MadeWithDifference {
  /** 1 for the first row below the header. */
  readonly row: number;
  readonly column: string;
  /** What the program makes; null where it makes no such row or column. */
  readonly expected: string | number | null;
  /** What stands in the list; null where the row or column is missing. */
  readonly received: string | number | null;
}

/** With what a list was made, and what of it is there. */
export interface MadeWithFit {
  /** The first version whose rules give the list; of several that draw alike the one that is named here stands for all. */
  readonly programVersion: string;
  readonly sampleKind: RSampleKind;
  /** Columns of the program that the list does not have. */
  readonly columnsMissing: readonly string[];
  /** Rows of whole last blocks that the list leaves out: it ends with the n rows that were asked for. */
  readonly rowsCut: number;
  /** Whether the strata stand in the order in which they were drawn. */
  readonly strataInOrder: boolean;
}

/**
 * Whether a list is the one that its program makes, and with which settings; otherwise its first difference.
 * UNBLINDED: a difference names treatments.
 */
export type MadeWithVerdict =
  | { readonly identical: true; readonly fits: MadeWithFit }
  | { readonly identical: false; readonly firstDifference: MadeWithDifference };

/**
 * Whether a list is, cell by cell and row by row, one that its program makes with these options.
 *
 * Rows are compared in order and, within a row, columns in the program's order; then come columns that the program does
 * not make. A number equals the text of the same number ("1e+05" is 100000); text must be the same text, so ids with
 * their leading zeros are not lost unnoticed. An unnamed column, as `write.csv()` writes it, must count the rows from 1.
 *
 * Columns other than that of the treatments may be missing, each stratum (or the list, without a column of strata) may
 * end with its n rows, and whole strata may stand in another order. Where the list is not what the stated kind of
 * `sample()` makes, the other kind is tried, and without a stated `version` of blockrand the rules of both; `fits` says
 * what gives the list.
 *
 * @param program - `blockrand`, `randotools` or `randomizeR`
 * @param options - as for {@link blockrand}, {@link randolist} and {@link randomizeR}
 * @param rows - records by column name, cells as text (read from CSV) or as numbers
 * @returns frozen verdict; the difference is that from the options as stated. It names treatments, so it is for unblinded
 *   persons only
 * @throws AllocellError as blockrand, randolist and randomizeR; `madeWith.program_unknown`; `madeWith.rows_invalid` if rows are no
 *   list of records
 */
export function verifyMadeWith(
  program: "blockrand",
  options: BlockrandOptions,
  rows: readonly unknown[],
): MadeWithVerdict;
export function verifyMadeWith(
  program: "randotools",
  options: RandolistOptions,
  rows: readonly unknown[],
): MadeWithVerdict;
export function verifyMadeWith(
  program: "randomizeR",
  options: RandomizeROptions,
  rows: readonly unknown[],
): MadeWithVerdict;
export function verifyMadeWith(program: string, options: Options, rows: readonly unknown[]): MadeWithVerdict;
export function verifyMadeWith(program: string, options: Options, rows: readonly unknown[]): MadeWithVerdict {
  const records = parseRows(rows);
  let firstDifference: MadeWithDifference | undefined;
  for (const tried of waysOf(program, options)) {
    const made = make(program, tried);
    const compared = compareLists(made, tried, records);
    if ("columnsMissing" in compared) {
      const { sampleKind } = tried;
      return deepFreeze({ identical: true, fits: { programVersion: made.programVersion, sampleKind, ...compared } });
    }
    firstDifference ??= compared;
  }
  return deepFreeze({ identical: false, firstDifference: firstDifference as MadeWithDifference });
}

type Options = BlockrandOptions | RandolistOptions | RandomizeROptions;

/** What makes the lists of a program, and the column that names their treatments. */
interface Maker {
  readonly make: (options: never) => MadeWithList;
  readonly treatment: string;
}

const MAKERS: Readonly<Record<MadeWithList["program"], Maker>> = {
  blockrand: { make: blockrand, treatment: "treatment" },
  randotools: { make: randolist, treatment: "arm" },
  randomizeR: { make: randomizeR, treatment: "Treatment" },
};

/** The options as stated, then with what may differ where nobody wrote it down. */
function waysOf(program: string, options: Options): readonly Options[] {
  // What is no map, or has no such kind, is refused by the maker.
  const stated = typeof options === "object" && (options as Options | null) !== null ? options : ({} as Options);
  const other: RSampleKind = stated.sampleKind === "Rejection" ? "Rounding" : "Rejection";
  const isOpen = program === "blockrand" && !("version" in stated);
  const versions = isOpen ? (["1.5", "1.3"] as const).map((version) => ({ ...stated, version })) : [options];
  return [...versions, ...versions.map((each) => ({ ...each, sampleKind: other }))];
}

function make(program: string, options: Options): MadeWithList {
  // Each maker reads its options as untrusted input.
  if (Object.hasOwn(MAKERS, program)) return MAKERS[program as MadeWithList["program"]].make(options as never);
  const known = Object.keys(MAKERS);
  return fail("madeWith.program_unknown", "program", `Lists of ${known.join(", ")} can be made again.`, {
    expected: `one of ${known.join(", ")}`,
    received: describeReceived(program),
  });
}

type Cells = Readonly<Record<string, unknown>>;

function parseRows(rows: unknown): readonly Cells[] {
  const isRecord = (row: unknown): boolean => typeof row === "object" && row !== null && !Array.isArray(row);
  if (!Array.isArray(rows) || !rows.every(isRecord)) {
    return fail("madeWith.rows_invalid", "rows", "The list is a list of rows, each with its cells by column name.", {
      expected: "a list of records",
      received: describeReceived(rows),
    });
  }
  return rows as readonly Cells[];
}

/** The list by strata as it was drawn, with the least number of rows of each. */
interface Part {
  readonly rows: readonly MadeWithRow[];
  readonly least: number;
}

/** What of the list is there, or where it first departs. */
function compareLists(
  made: MadeWithList,
  options: Options,
  received: readonly Cells[],
): Omit<MadeWithFit, "programVersion" | "sampleKind"> | MadeWithDifference {
  const given = new Set(received.flatMap((row) => Object.keys(row)));
  const { treatment } = MAKERS[made.program];
  const columns = made.columns.filter((column) => received.length === 0 || given.has(column) || column === treatment);
  const columnsMissing = made.columns.filter((column) => !columns.includes(column));
  const parts = partsOf(made, options, columns);
  const inOrder = orderedAs(parts, columns, received);
  const expected: MadeWithRow[] = [];
  let at = 0;
  for (const { rows, least } of inOrder) {
    // A stratum that stops after its n rows, where the next one or the end of the list follows.
    const next = received[at + least];
    const after = rows[least];
    const isCut = after !== undefined && (next === undefined || !sameStratum(after, next, columns));
    const kept = isCut ? rows.slice(0, least) : rows;
    for (const row of kept) expected.push(row);
    at += kept.length;
  }
  const difference = findDifference({ columns, rows: expected }, received);
  if (difference !== undefined) return difference;
  const strataInOrder = inOrder.every((part, i) => part === parts[i]);
  return { columnsMissing, rowsCut: made.rows.length - expected.length, strataInOrder };
}

/** The columns that name a stratum. */
const STRATUM_COLUMNS = ["stratum", "strata_txt"];
const sameStratum = (made: MadeWithRow, given: Cells, columns: readonly string[]): boolean =>
  STRATUM_COLUMNS.every((column) => !columns.includes(column) || agrees(made[column] ?? null, given[column]));

function partsOf({ rows }: MadeWithList, options: Options, columns: readonly string[]): readonly Part[] {
  // The lists of randomizeR end with their N participants as they are made.
  if ("procedure" in options) return [{ rows, least: rows.length }];
  const calls = "calls" in options ? options.calls : [options];
  const column = STRATUM_COLUMNS.find((name) => columns.includes(name));
  if (column === undefined || new Set(rows.map((row) => row[column])).size === 1) {
    // Where several lists are joined and no column tells them apart, an end of one inside would be a gap.
    const isOne = calls.length === 1 && !("strata" in options);
    return [{ rows, least: isOne ? (calls[0]?.n ?? 0) : rows.length }];
  }
  const parts: { rows: MadeWithRow[]; least: number }[] = [];
  for (const row of rows) {
    const last = parts[parts.length - 1];
    if (last !== undefined && last.rows[0]?.[column] === row[column]) last.rows.push(row);
    else parts.push({ rows: [row], least: ("calls" in options ? calls[parts.length]?.n : calls[0]?.n) ?? 0 });
  }
  return parts;
}

/** The parts in the order in which the list has them; as they were drawn where it has others. */
function orderedAs(parts: readonly Part[], columns: readonly string[], received: readonly Cells[]): readonly Part[] {
  if (parts.length < 2) return parts;
  const left = [...parts];
  const found: Part[] = [];
  let before: Part | undefined;
  for (const row of received) {
    if (before !== undefined && sameStratum(before.rows[0] as MadeWithRow, row, columns)) continue;
    const index = left.findIndex(({ rows: [first] }) => first !== undefined && sameStratum(first, row, columns));
    if (index < 0) return parts;
    [before] = left.splice(index, 1) as [Part];
    found.push(before);
  }
  return left.length === 0 ? found : parts;
}

function findDifference(
  { columns, rows }: Pick<MadeWithList, "columns" | "rows">,
  received: readonly Cells[],
): MadeWithDifference | undefined {
  const first = columns[0] ?? "";
  const length = Math.max(rows.length, received.length);
  for (let index = 0; index < length; index += 1) {
    const row = index + 1;
    const made = rows[index];
    const given = received[index];
    if (made === undefined || given === undefined) {
      return { row, column: first, expected: made?.[first] ?? null, received: cell(given?.[first]) };
    }
    const different = findInRow(row, made, given, columns);
    if (different !== undefined) return different;
  }
  return undefined;
}

/** The first cell that differs; what is given beside the made columns is nothing, or the number of the row. */
function findInRow(
  row: number,
  made: MadeWithRow,
  given: Cells,
  columns: readonly string[],
): MadeWithDifference | undefined {
  const expectedIn = (column: string): string | number | null => {
    if (columns.includes(column)) return made[column] ?? null;
    return column === "" ? row : null;
  };
  const column = [...columns, ...Object.keys(given)].find((name) => !agrees(expectedIn(name), given[name]));
  if (column === undefined) return undefined;
  return { row, column, expected: expectedIn(column), received: cell(given[column]) };
}

function agrees(expected: string | number | null, received: unknown): boolean {
  if (typeof received !== "string" && typeof received !== "number") return false;
  if (typeof expected === "string") return String(received) === expected;
  if (expected === null) return false;
  if (typeof received === "number") return received === expected;
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(received) && Number(received) === expected;
}

function cell(value: unknown): string | number | null {
  if (value === undefined || value === null) return null;
  return typeof value === "string" || typeof value === "number" ? value : describeReceived(value);
}

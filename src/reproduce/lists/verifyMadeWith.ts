import { deepFreeze, describeReceived, fail } from "../../foundation/index.js";
import { blockrand } from "./blockrand.js";
import type { MadeWithList } from "./madeWithList.js";
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

export type MadeWithVerdict =
  { readonly identical: true } | { readonly identical: false; readonly firstDifference: MadeWithDifference };

/**
 * Whether a list is, cell by cell and row by row, the one that its program makes with these options.
 *
 * Rows are compared in order and, within a row, columns in the program's order; then come columns that the program does
 * not make. A number equals the text of the same number ("1e+05" is 100000); text must be the same text, so ids with
 * their leading zeros are not lost unnoticed. An unnamed column, as `write.csv()` writes it, must count the rows from 1.
 *
 * @param program - `blockrand` or `randotools`
 * @param options - as for {@link blockrand} and {@link randolist}
 * @param rows - records by column name, cells as text (read from CSV) or as numbers
 * @returns frozen verdict; it names treatments, so it is for unblinded persons only
 * @throws AllocellError as blockrand and randolist; `madeWith.program_unknown`; `madeWith.rows_invalid` if rows are no
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
  program: string,
  options: BlockrandOptions | RandolistOptions,
  rows: readonly unknown[],
): MadeWithVerdict;
export function verifyMadeWith(
  program: string,
  options: BlockrandOptions | RandolistOptions,
  rows: readonly unknown[],
): MadeWithVerdict {
  const made = make(program, options);
  const records = parseRows(rows);
  const firstDifference = findDifference(made, records);
  return deepFreeze(firstDifference === undefined ? { identical: true } : { identical: false, firstDifference });
}

function make(program: string, options: BlockrandOptions | RandolistOptions): MadeWithList {
  // Each maker reads its options as untrusted input.
  if (program === "blockrand") return blockrand(options);
  if (program === "randotools") return randolist(options as RandolistOptions);
  return fail("madeWith.program_unknown", "program", "Lists of blockrand and of randotools can be made again.", {
    expected: "blockrand or randotools",
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

function findDifference({ columns, rows }: MadeWithList, received: readonly Cells[]): MadeWithDifference | undefined {
  const first = columns[0] ?? "";
  const length = Math.max(rows.length, received.length);
  for (let index = 0; index < length; index += 1) {
    const row = index + 1;
    const made = rows[index];
    const given = received[index];
    if (made === undefined || given === undefined) {
      return { row, column: first, expected: made?.[first] ?? null, received: cell(given?.[first]) };
    }
    for (const column of columns) {
      const expected = made[column] ?? null;
      if (!agrees(expected, given[column])) return { row, column, expected, received: cell(given[column]) };
    }
    for (const column of Object.keys(given)) {
      if (columns.includes(column)) continue;
      const expected = column === "" ? row : null;
      if (!agrees(expected, given[column])) return { row, column, expected, received: cell(given[column]) };
    }
  }
  return undefined;
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

import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { Io } from "./io.js";
import { utf8Text } from "./utf8Text.js";
import { failAt, fromFileSystem, touching } from "../store/disk/index.js";

/** The columns of a participants file; any order, none twice, no others. */
export const REQUIRED_COLUMNS: readonly string[] = ["participant", "arm", "weight_kg"];
export const OPTIONAL_COLUMNS: readonly string[] = ["part", "age_years", "first_administration"];

/** The columns that a file may have. */
export interface Columns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const COLUMNS: Columns = { required: REQUIRED_COLUMNS, optional: OPTIONAL_COLUMNS };

/** One line of a participants file as text, not yet judged. */
export interface ParticipantRow {
  /** Line of the file on which the row begins, from 1; the header is line 1. */
  readonly line: number;
  /** By column name; undefined if the number of cells is not that of the header. */
  readonly cells?: Readonly<Record<string, string>>;
  readonly cellCount: number;
  readonly headerCount: number;
}

/** @throws AllocellError `cli.csv_broken`, `cli.csv_header`, `cli.file_*` */
export async function* participantRows(
  io: Io,
  file: string,
  columns: Columns = COLUMNS,
): AsyncGenerator<ParticipantRow, void, undefined> {
  let header: readonly string[] | undefined;
  // Counted here: the parser's own account of each record takes as long as its reading.
  let lastLine = 0;
  try {
    const parser = pipeline(
      Readable.from(utf8Text(io, file)),
      parse({
        record_delimiter: "\n",
        relax_column_count: true,
        max_record_size: 100_000,
      }),
      () => undefined, // the loop below throws what either end throws
    );
    for await (const record of parser as AsyncIterable<string[]>) {
      const line = lastLine + 1;
      lastLine = line + lineEndsIn(record);
      if (record.length === 1 && record[0] === "") continue;
      if (header === undefined) {
        header = checkHeader(record, file, columns);
        continue;
      }
      const names = header;
      const [cellCount, headerCount] = [record.length, names.length];
      yield cellCount === headerCount
        ? { line, cells: cellsOf(names, record), cellCount, headerCount }
        : { line, cellCount, headerCount };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw fromFileSystem(error, file);
    const isOpen = error.code === "CSV_QUOTE_NOT_CLOSED";
    // An open quote swallows all that follows: the row with it is the one after the last that could be read.
    const line = isOpen ? lastLine + 1 : Number(error["lines"]);
    failAt({
      code: isOpen ? "cli.csv_truncated" : "cli.csv_broken",
      path: file,
      file,
      ...(Number.isInteger(line) ? { line } : {}),
      message: isOpen
        ? "The file ends inside a quoted cell: it was cut off, or a quote is missing."
        : "The CSV cannot be read here: a quote or a cell is malformed.",
      expected: "comma-separated cells; a cell with a comma in double quotes",
    });
  }
  if (header === undefined) checkHeader([], file, columns);
}

/** The cells under their column names; a loop, because it runs for every row of a long file. */
function cellsOf(names: readonly string[], record: readonly string[]): Readonly<Record<string, string>> {
  const cells: Record<string, string> = {};
  for (let k = 0; k < names.length; k += 1) cells[names[k] as string] = (record[k] as string).trim();
  return cells;
}

/** Line ends inside quoted cells: the row ends so many lines after it begins. */
function lineEndsIn(record: readonly string[]): number {
  let sum = 0;
  for (const cell of record) if (cell.includes("\n")) sum += cell.split("\n").length - 1;
  return sum;
}

function checkHeader(record: readonly string[], file: string, { required, optional }: Columns): readonly string[] {
  const names = record.map((name) => name.trim());
  const known = [...required, ...optional];
  const fault = (message: string): never =>
    failAt({
      code: "cli.csv_header",
      path: file,
      file,
      line: 1,
      message,
      expected: `${required.join(",")} and, where needed, ${optional.join(",")}`,
    });
  if (names.length === 0) return fault("The file is empty: the line of column names is missing.");
  if (names.length === 1 && /[;\t]/.test(names[0] ?? "")) {
    return fault("The columns are separated by semicolons or tabs; commas are needed.");
  }
  const twice = names.find((name, k) => names.indexOf(name) !== k);
  if (twice !== undefined) return fault(`Column "${twice}" stands twice.`);
  const folded = names.map((name) => name.toLowerCase());
  const alike = names.find((_, k) => folded.indexOf(folded[k] as string) !== k);
  if (alike !== undefined) {
    const first = names[folded.indexOf(alike.toLowerCase())] ?? "";
    return fault(`Columns "${first}" and "${alike}" differ in case only: which is meant?`);
  }
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) return fault(`The column ${missing.map((name) => `"${name}"`).join(", ")} is missing.`);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return fault(`Column "${unknown}" is not known here; nothing is read from a guess.`);
  return names;
}

/**
 * Goes through the whole file before anything is computed: header, quotes, and whether the end was cut off.
 *
 * @param isComplete - the user has checked the last row of a file whose last line has no line end
 * @returns the number of rows
 * @throws AllocellError `cli.csv_truncated`, `cli.csv_no_rows`, and those of {@link participantRows}
 */
export async function checkParticipantsFile(
  io: Io,
  file: string,
  isComplete: boolean,
  columns: Columns = COLUMNS,
): Promise<number> {
  let last: ParticipantRow | undefined;
  let rows = 0;
  for await (const row of participantRows(io, file, columns)) {
    last = row;
    rows += 1;
  }
  requireEnd(io, file, last, isComplete);
  return rows;
}

/**
 * Refuses a file whose end is missing, or may be.
 *
 * @param last - the last row that was read
 * @throws AllocellError `cli.csv_no_rows`, `cli.csv_truncated`
 */
export function requireEnd(io: Io, file: string, last: ParticipantRow | undefined, isComplete: boolean): void {
  if (last === undefined) {
    return failAt({ code: "cli.csv_no_rows", path: file, file, message: "The file has column names and no rows." });
  }
  if (endsWithLineEnd(io, file)) return;
  const { line } = last;
  if (last.cells === undefined) {
    return failAt({
      code: "cli.csv_truncated",
      path: file,
      file,
      line,
      message: `The file was cut off: its last row has ${last.cellCount} of ${last.headerCount} cells.`,
      expected: "the whole file",
    });
  }
  if (isComplete) return;
  return failAt({
    code: "cli.csv_truncated",
    path: file,
    file,
    line,
    message: "The last line has no line end, so the file may have been cut off, in the middle of a weight for example.",
    expected: "a line end after the last row, or --complete once somebody has checked that row",
  });
}

function endsWithLineEnd(io: Io, file: string): boolean {
  return touching(file, () => {
    const fd = openSync(resolve(io.cwd, file), "r");
    try {
      const { size } = fstatSync(fd);
      const last = Buffer.alloc(1);
      readSync(fd, last, 0, 1, size - 1);
      return last[0] === 0x0a || last[0] === 0x0d;
    } finally {
      closeSync(fd);
    }
  });
}

/** Lines of a file, roughly: for a progress bar. */
export async function countLines(io: Io, file: string): Promise<number> {
  let lines = 0;
  try {
    for await (const chunk of createReadStream(resolve(io.cwd, file)) as AsyncIterable<Buffer>) {
      for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines += 1;
    }
  } catch (error) {
    throw fromFileSystem(error, file);
  }
  return lines;
}

const LINE_FEED = 0x0a;

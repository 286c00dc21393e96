import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { AllocellError, type Issue } from "../foundation/index.js";
import { PLAIN_CSV, readDate, readDecimal, type CsvForm } from "./csvForm.js";
import { filePieces } from "./filePieces.js";
import type { Io } from "./io.js";
import { counted } from "./textTable.js";
import { utf8Text } from "./utf8Text.js";
import { failAt, fromFileSystem, touching } from "../store/disk/index.js";

/** The columns of a participants file; any order, none twice, no others. */
export const REQUIRED_COLUMNS: readonly string[] = ["participant", "arm", "weight_kg"];
export const OPTIONAL_COLUMNS: readonly string[] = ["part", "age_years", "height_cm", "first_administration"];

/** The columns that a file may have, and which of them are numbers and dates. */
export interface Columns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly numbers?: readonly string[];
  readonly dates?: readonly string[];
}

const COLUMNS: Columns = {
  required: REQUIRED_COLUMNS,
  optional: OPTIONAL_COLUMNS,
  numbers: ["weight_kg", "age_years", "height_cm"],
  dates: ["first_administration"],
};

/** One line of a participants file as text, not yet judged. */
export interface ParticipantRow {
  /** Line of the file on which the row begins, from 1; the header is line 1. */
  readonly line: number;
  /** By column name; undefined if the number of cells is not that of the header. */
  readonly cells?: Readonly<Record<string, string>>;
  /** The cells of the columns that are passed through, in the file's order. */
  readonly kept?: readonly (readonly [name: string, cell: string])[];
  /** Cells that are not in the stated form. */
  readonly faults?: readonly [Issue, ...Issue[]];
  readonly cellCount: number;
  readonly headerCount: number;
}

/**
 * @param onBlank - told of each row without any text, which is skipped
 * @throws AllocellError `cli.csv_broken`, `cli.csv_header`, `cli.file_*`
 */
export async function* participantRows(
  io: Io,
  file: string,
  columns: Columns = COLUMNS,
  form: CsvForm = PLAIN_CSV,
  onBlank: () => void = () => undefined,
): AsyncGenerator<ParticipantRow, void, undefined> {
  let header: readonly string[] | undefined;
  let readCells: ReadCells = () => ({ cells: {} });
  // Counted here: the parser's own account of each record takes as long as its reading.
  let lastLine = 0;
  try {
    for await (const record of form.rows ?? csvRecords(io, file, form)) {
      const line = lastLine + 1;
      lastLine = form.rows === undefined ? line + lineEndsIn(record) : line;
      if (record.every((cell) => cell.trim() === "")) {
        // A line end alone is no row of a table.
        if (record.length > 1) onBlank();
        continue;
      }
      if (header === undefined) {
        header = checkHeader(record, file, columns, form);
        readCells = cellReader(header, columns, form);
        continue;
      }
      const [cellCount, headerCount] = [record.length, header.length];
      yield cellCount === headerCount
        ? { line, ...readCells(record), cellCount, headerCount }
        : { line, cellCount, headerCount };
    }
  } catch (error) {
    failAtRecord(error, file, lastLine);
  }
  if (header === undefined) checkHeader([], file, columns, form);
}

function failAtRecord(error: unknown, file: string, lastLine: number): never {
  if (!(error instanceof CsvError)) throw fromFileSystem(error, file);
  const isOpen = error.code === "CSV_QUOTE_NOT_CLOSED";
  // An open quote swallows all that follows: the row with it is the one after the last that could be read.
  const line = isOpen ? lastLine + 1 : Number(error["lines"]);
  return failAt({
    code: isOpen ? "cli.csv_truncated" : "cli.csv_broken",
    path: file,
    file,
    ...(Number.isInteger(line) ? { line } : {}),
    message: isOpen
      ? "The file ends inside a quoted cell: it was cut off, or a quote is missing."
      : "The CSV cannot be read here: a quote or a cell is malformed.",
    expected: "separated cells; a cell with the separator in it in double quotes",
  });
}

/** The end comes only when what stands before it was taken: an open quote, found at the end, drops every record that was not. */
async function* inTurn(pieces: Iterable<string>): AsyncGenerator<string, void, undefined> {
  for (const piece of pieces) {
    yield piece;
    await new Promise((taken) => setTimeout(taken));
  }
}

function csvRecords(io: Io, file: string, form: CsvForm): AsyncIterable<string[]> {
  return pipeline(
    Readable.from(inTurn(utf8Text(io, file))),
    parse({
      record_delimiter: "\n",
      delimiter: form.separator,
      relax_column_count: true,
      max_record_size: 100_000,
    }),
    () => undefined, // who reads throws what either end throws
  );
}

/** The cells under their column names; a loop, because it runs for every row of a long file. */
function cellsOf(names: readonly string[], record: readonly string[]): Readonly<Record<string, string>> {
  const cells: Record<string, string> = {};
  for (let k = 0; k < names.length; k += 1) cells[names[k] as string] = (record[k] as string).trim();
  return cells;
}

type ReadCells = (record: readonly string[]) => Pick<ParticipantRow, "cells" | "kept" | "faults">;

/** Reads records with one header in one form. The plain form, which long files have, costs nothing more. */
function cellReader(names: readonly string[], columns: Columns, form: CsvForm): ReadCells {
  const { required, optional, numbers = [], dates = [] } = columns;
  const known = [...required, ...optional];
  const others = names.flatMap((name, k) => (known.includes(name) ? [] : [k]));
  if (others.length === 0 && form.decimal === "." && form.date === undefined) {
    return (record) => ({ cells: cellsOf(names, record) });
  }
  return (record) => {
    const cells = { ...cellsOf(names, record) };
    const kept = others.map((k) => [names[k] ?? "", (record[k] ?? "").trim()] as const);
    const faults: Issue[] = [];
    for (const name of numbers) {
      const number = readDecimal(cells[name] ?? "", form);
      if (typeof number !== "string") faults.push({ ...number, path: name });
      else if (name in cells) cells[name] = number;
    }
    for (const name of dates) if (name in cells) cells[name] = readDate(cells[name] ?? "", form);
    const [first, ...more] = faults;
    return { cells, kept, ...(first === undefined ? {} : { faults: [first, ...more] as const }) };
  };
}

/** Line ends inside quoted cells: the row ends so many lines after it begins. */
function lineEndsIn(record: readonly string[]): number {
  let sum = 0;
  for (const cell of record) if (cell.includes("\n")) sum += cell.split("\n").length - 1;
  return sum;
}

function checkHeader(
  record: readonly string[],
  file: string,
  { required, optional }: Columns,
  form: CsvForm,
): readonly string[] {
  const names = record.map((name) => name.trim());
  const known = [...required, ...optional];
  const fault = (message: string, expected = `${required.join(",")} and, where needed, ${optional.join(",")}`): never =>
    failAt({ code: "cli.csv_header", path: file, file, line: 1, message, expected });
  if (names.length === 0) return fault("The file is empty: the line of column names is missing.");
  const [other, option] = names.length === 1 ? otherSeparator(names[0] ?? "") : [];
  if (other !== undefined) return fault(`The columns are separated by ${other}.`, option);
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
  if (unknown !== undefined && !form.keep) {
    return fault(
      `Column "${unknown}" is not known here; nothing is read from a guess.`,
      `${known.join(",")}; --keep passes further columns through`,
    );
  }
  if (names.includes("")) return fault("A column has no name.", "a name for each column");
  return names;
}

/** What separates the names in a line that was read as one column, and the option that reads it. */
function otherSeparator(line: string): readonly [name: string, option: string] | readonly [] {
  if (line.includes(";")) return ["semicolons", '--separator ";" (and --decimal "," where numbers have a comma)'];
  if (line.includes("\t")) return ["tabs", "--separator tab"];
  return line.includes(",") ? ["commas", "the file without --separator"] : [];
}

/**
 * Goes through the whole file before anything is computed: header, quotes, and whether the end was cut off.
 *
 * @param isComplete - the user has checked the last row of a file whose last line has no line end
 * @returns the number of rows, and the columns that are passed through
 * @throws AllocellError `cli.csv_truncated`, `cli.csv_no_rows`, and those of {@link participantRows}
 */
export async function checkParticipantsFile(
  io: Io,
  file: string,
  isComplete: boolean,
  columns: Columns = COLUMNS,
  form: CsvForm = PLAIN_CSV,
): Promise<{ readonly rows: number; readonly kept: readonly string[] }> {
  let last: ParticipantRow | undefined;
  let rows = 0;
  let kept: readonly string[] = [];
  for await (const row of participantRows(io, file, columns, form)) {
    last = row;
    rows += 1;
    if (row.kept !== undefined && kept.length === 0) kept = row.kept.map(([name]) => name);
  }
  requireEnd(io, file, last, isComplete, form);
  return { rows, kept };
}

/** A column that is passed through must not stand twice in the answer. @throws AllocellError `cli.csv_header` */
export function requireOwnNames(kept: readonly string[], answer: readonly string[], file: string): void {
  const twice = kept.find((name) => answer.some((own) => own.toLowerCase() === name.toLowerCase()));
  if (twice === undefined) return;
  failAt({
    code: "cli.csv_header",
    path: file,
    file,
    line: 1,
    message: `Column "${twice}" cannot be passed through: the answer has a column of that name.`,
    expected: "another name for it",
    parameters: { column: twice },
  });
}

const PARTICIPANT = /^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,39}$/u;

/**
 * The cells of a row that has all of them, in the stated form, and names a participant.
 *
 * @throws AllocellError `cli.csv_ragged`, `cli.csv_decimal`, `cli.participant_invalid`
 */
export function requireCells({ cells, cellCount, headerCount, faults }: ParticipantRow): Cells {
  if (cells === undefined) {
    const hint = cellCount > headerCount ? " A comma in a number is one cell too many: write 72.4, not 72,4." : "";
    return failAt({
      code: "cli.csv_ragged",
      path: "",
      message: `This row has ${counted(cellCount, "cell")}, the line of column names has ${headerCount}.${hint}`,
      expected: counted(headerCount, "cell"),
      parameters: { cells: cellCount },
    });
  }
  if (faults !== undefined) throw new AllocellError(faults);
  const { participant = "" } = cells;
  if (PARTICIPANT.test(participant)) return cells;
  return failAt({
    code: "cli.participant_invalid",
    path: "participant",
    message: participant === "" ? "The participant is missing." : "This is not the code of a participant.",
    expected: "1 to 40 letters, digits, spaces or . _ / - and a letter or digit first",
  });
}

type Cells = Readonly<Record<string, string>>;

/**
 * Refuses a file whose end is missing, or may be.
 *
 * @param last - the last row that was read
 * @throws AllocellError `cli.csv_no_rows`, `cli.csv_truncated`
 */
export function requireEnd(
  io: Io,
  file: string,
  last: ParticipantRow | undefined,
  isComplete: boolean,
  form: CsvForm = PLAIN_CSV,
): void {
  if (last === undefined) {
    return failAt({ code: "cli.csv_no_rows", path: file, file, message: "The file has column names and no rows." });
  }
  if (form.rows !== undefined || endsWithLineEnd(io, file)) return;
  const { line } = last;
  if (last.cells === undefined) {
    return failAt({
      code: "cli.csv_truncated",
      path: file,
      file,
      line,
      message: `The file was cut off: its last row has ${last.cellCount} of ${last.headerCount} cells.`,
      expected: "the whole file",
      parameters: { cells: last.cellCount, columns: last.headerCount },
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
export function countLines(io: Io, file: string): number {
  let lines = 0;
  for (const chunk of filePieces(io, file)) {
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines += 1;
  }
  return lines;
}

const LINE_FEED = 0x0a;

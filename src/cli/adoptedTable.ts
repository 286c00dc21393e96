import { parse } from "csv-parse/sync";
import type { SourceLine } from "../exchange/index.js";
import { fail, pathTo } from "../foundation/index.js";
import { failAt, relocated } from "../store/disk/index.js";
import { placedIn, type DataFile } from "./dataFile.js";
import { isWorkbook } from "./tableFile.js";
import { failNotUtf8 } from "./utf8Text.js";

/**
 * The lines of another system's table, header first: of a CSV file, or of a sheet of an .xlsx file, whose lines are its
 * rows. Empty lines are left out.
 *
 * @throws AllocellError `cli.not_utf8`, `cli.csv_broken`, `cli.xlsx_unreadable`, `cli.sheet_unknown`, `cli.option_unneeded`
 */
export async function sourceLines(
  file: string,
  bytes: Uint8Array,
  separator: string,
  sheet: string | undefined,
): Promise<readonly SourceLine[]> {
  if (isWorkbook(file)) {
    const { sheetRows } = await import("./readWorkbook.js");
    const { rows } = await sheetRows(bytes, file, sheet);
    return withCells(rows.map((cells, i) => ({ line: i + 1, cells })));
  }
  if (sheet !== undefined) {
    fail("cli.option_unneeded", "--sheet", "A sheet is one of an .xlsx file, and this file is none.");
  }
  return withCells(csvLines(file, textOf(file, bytes), separator));
}

const withCells = (lines: readonly SourceLine[]): readonly SourceLine[] =>
  lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));

function textOf(file: string, bytes: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Told below, as a NUL is.
  }
  return failNotUtf8(file, bytes, 1);
}

function csvLines(file: string, text: string, separator: string): readonly SourceLine[] {
  try {
    const records = parse(text, { bom: true, delimiter: separator, relax_column_count: true, info: true }) as unknown;
    return (records as readonly { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failAt({ code: "cli.csv_broken", path: file, file, message: `The file cannot be read: ${message}` });
  }
}

/** Gives each fault its place: one of a row at its line and column of the table, any other at its field of the plan. */
export function inTable<T>(plan: DataFile, table: string, act: () => T): T {
  return relocated((issue) => {
    const [, line, column = ""] = /^line (\d+)(?:, (.*))?$/su.exec(issue.path) ?? [];
    if (line !== undefined)
      return { ...issue, path: column === "" ? "" : pathTo("", column), file: table, line: Number(line) };
    return issue.code.startsWith("exchange.") ? { ...issue, file: table } : placedIn(plan, "", issue);
  }, act);
}

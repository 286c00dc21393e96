import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fail } from "../foundation/index.js";
import { touching } from "../store/disk/index.js";
import { csvFormOf, type CsvForm, type CsvOptions } from "./csvForm.js";
import type { Io, Output } from "./io.js";
import { writeWhole, type FileToWrite } from "./wholeFile.js";

/** A file of rows: how it is read, and what faults call it. */
export interface TableFile {
  /** The file; of a workbook with its sheet. */
  readonly name: string;
  readonly form: CsvForm;
}

export const isWorkbook = (file: string): boolean => /\.xlsx$/iu.test(file);

const unneeded = (option: string, message: string): never => fail("cli.option_unneeded", option, message);

/** Options that say how a CSV file is written have nothing to say of a workbook, and the other way round. */
function requireOwnOptions(file: string, options: CsvOptions): void {
  const { separator, decimal, date, sheet } = options;
  if (!isWorkbook(file)) {
    if (sheet !== undefined) unneeded("--sheet", "A sheet is one of an .xlsx file, and this file is none.");
    return;
  }
  for (const [option, value] of Object.entries({ "--separator": separator, "--decimal": decimal, "--date": date })) {
    if (value !== undefined) unneeded(option, "An .xlsx file has cells, dates and numbers of its own.");
  }
}

/**
 * A CSV file with its form, or a sheet of an .xlsx file with its rows.
 *
 * @throws AllocellError `cli.option_unneeded`, `cli.option_invalid`, `cli.file_*`, `cli.xlsx_unreadable`,
 *   `cli.sheet_unknown`
 */
export async function tableFile(io: Io, file: string, options: CsvOptions & { out?: string }): Promise<TableFile> {
  requireOwnOptions(file, options);
  if (options.out !== undefined && isWorkbook(options.out)) {
    if (options.json === true) unneeded("--json", "The answer is to be an .xlsx file, and JSON is none.");
    if (options.bom === true) unneeded("--bom", "A byte-order mark is for a CSV file.");
  }
  const form = csvFormOf(options);
  if (!isWorkbook(file)) return { name: file, form };
  const bytes = touching(file, () => readFileSync(resolve(io.cwd, file)));
  const { sheetRows } = await import("./readWorkbook.js");
  const { sheet, rows } = await sheetRows(bytes, file, options.sheet);
  return { name: `${file}, sheet "${sheet}"`, form: { ...form, rows } };
}

/** Writes an answer in CSV; into a file whose name ends in .xlsx as a workbook of texts. */
export async function writeTable<T>(
  io: Io,
  file: FileToWrite,
  { separator }: CsvForm,
  fill: (output: Output) => Promise<T>,
): Promise<T> {
  if (!isWorkbook(file.out)) return writeWhole(io, file, fill);
  return writeWhole(io, file, async ({ writeBytes }) => {
    let csv = "";
    const result = await fill({
      write: (text) => {
        csv += text;
        return Promise.resolve();
      },
    });
    const { parse } = await import("csv-parse/sync");
    const rows: string[][] = parse(csv, { delimiter: separator, relax_column_count: true });
    const { workbookOfSheets } = await import("./writeWorkbook.js");
    await writeBytes(workbookOfSheets([{ sheet: "allocell", rows }]));
    return result;
  });
}

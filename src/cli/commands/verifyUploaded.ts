import { parse } from "csv-parse/sync";
import { compareTable, type TableComparison } from "../../exchange/index.js";
import { fail } from "../../foundation/index.js";
import { failAt } from "../../store/disk/index.js";
import { readText } from "../dataFile.js";
import { readFolderTable } from "../exportInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { counted } from "../textTable.js";

export interface VerifyUploadedOptions extends CommonOptions {
  readonly uploaded?: string;
  readonly from?: string;
  readonly map?: string;
}

/** A table of a million rows. */
const LARGEST_BYTES = 500_000_000;
const MOST_SHOWN = 20;

/** `allocell verify FOLDER --uploaded FILE`: what another system exports back, against the list, row by row. */
export async function verifyUploaded(io: Io, folder: string, options: VerifyUploadedOptions): Promise<number> {
  const { uploaded = "", from, map } = options;
  if (from === undefined || map === undefined) {
    return fail("cli.option_missing", "--uploaded", "A file of another system is compared by its format and its map.", {
      expected: "--from FORMAT --map MAP.yaml",
    });
  }
  const { manifest, table } = await readFolderTable(io, folder, from, map);
  const compared = compareTable(table, readCells(io, uploaded, table.separator));
  const isSame = compared.issues.length === 0 && compared.firstDifference === undefined;
  const { list } = manifest.plan;
  const answer = {
    command: "verify",
    ...(isSame ? {} : { world: "unblinded" }),
    same: isSame,
    list,
    uploaded,
    from,
    ...compared,
  };
  await io.stdout.write(options.json === true ? jsonText(answer) : comparisonText(compared, uploaded, list, isSame));
  return isSame ? 0 : 1;
}

function readCells(io: Io, file: string, separator: string): readonly (readonly string[])[] {
  const text = readText(io, file, LARGEST_BYTES);
  try {
    return parse(text, { bom: true, delimiter: separator, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failAt({ code: "cli.csv_broken", path: file, file, message: `The file cannot be read: ${message}` });
  }
}

function comparisonText(compared: TableComparison, file: string, list: string, isSame: boolean): string {
  const { rows, issues, firstDifference: first, surplusColumns } = compared;
  const surplus = surplusColumns.length === 0 ? [] : [`Not compared: column ${surplusColumns.join(", ")}.`];
  if (isSame)
    return [`VERIFIED: ${file} holds the ${counted(rows.expected, "row")} of list ${list}.`, ...surplus, ""].join("\n");
  return [
    `NOT VERIFIED: ${file} is not list ${list} (UNBLINDED: what follows may tell treatments).`,
    `  rows: ${rows.expected} in the list, ${rows.received} in the file`,
    ...issues.slice(0, MOST_SHOWN).map(({ code, message }) => `  ${code}: ${message}`),
    ...(issues.length > MOST_SHOWN ? [`  and ${issues.length - MOST_SHOWN} more`] : []),
    ...(first === undefined ? [] : [differenceLine(first)]),
    ...surplus,
    "",
  ].join("\n");
}

function differenceLine({
  kind,
  row,
  column,
  expected,
  received,
}: NonNullable<TableComparison["firstDifference"]>): string {
  const place = column === undefined ? `row ${row}` : `row ${row}, column ${column}`;
  return `  first deviation (${kind}): ${place}: expected ${expected}, found ${received}`;
}

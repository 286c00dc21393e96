import { parse } from "csv-parse/sync";
import {
  verifyMadeWith as compare,
  type BlockrandOptions,
  type MadeWithFit,
  type RandolistOptions,
} from "../../reproduce/index.js";
import { failAt } from "../../store/disk/index.js";
import { inFile, readDataFile, readText } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";

export interface VerifyMadeWithOptions extends CommonOptions {
  readonly madeWith?: string;
  readonly options?: string;
}

/** `allocell verify LIST.csv --made-with PROGRAM --options FILE`: makes a peer's list again, without R, and compares. */
export async function verifyMadeWith(io: Io, list: string, options: VerifyMadeWithOptions): Promise<number> {
  const { madeWith: program = "", options: optionsFile } = options;
  if (optionsFile === undefined) {
    return failAt({
      code: "cli.usage",
      path: "--options",
      message: "--made-with needs --options: a YAML or JSON file with the R seed and the arguments of the call.",
      expected: "--options FILE",
    });
  }
  const call = await readDataFile(io, optionsFile);
  const rows = readRows(io, list);
  const verdict = inFile(call, "", () => compare(program, call.data as BlockrandOptions | RandolistOptions, rows));
  if (options.json === true) {
    const { identical, ...difference } = verdict;
    await io.stdout.write(jsonText({ command: "verify", madeWith: program, list, same: identical, ...difference }));
  } else {
    await io.stdout.write(
      verdict.identical
        ? `VERIFIED: all ${rows.length} rows of ${list} are what ${program} makes with ${optionsFile}.\n${fitText(program, verdict.fits)}`
        : `${list} is not what ${program} makes with ${optionsFile}. UNBLINDED, the first difference:\n` +
            `  Row ${verdict.firstDifference.row}, column "${verdict.firstDifference.column}": ` +
            `expected ${shown(verdict.firstDifference.expected)}, found ${shown(verdict.firstDifference.received)}.\n`,
    );
  }
  return verdict.identical ? 0 : 1;
}

/** With what the list was made, and what of it is not there. */
function fitText(
  program: string,
  { programVersion, sampleKind, columnsMissing, rowsCut, strataInOrder }: MadeWithFit,
): string {
  return [
    `It fits ${program} ${programVersion} with sample() of the kind ${sampleKind}.`,
    ...(columnsMissing.length === 0 ? [] : [`Columns that the list does not have: ${columnsMissing.join(", ")}.`]),
    ...(rowsCut === 0 ? [] : [`${rowsCut} rows of last blocks are cut off.`]),
    ...(strataInOrder ? [] : ["The strata stand in another order than they were drawn in."]),
    "",
  ].join("\n");
}

const shown = (cell: string | number | null): string => (cell === null ? "nothing" : JSON.stringify(cell));

/** The list's rows as text by column; a ragged row, a broken quote or a column that stands twice is refused. */
function readRows(io: Io, file: string): readonly Readonly<Record<string, string>>[] {
  // A list that another program made has no size that would not fit.
  const text = readText(io, file, 2_000_000_000);
  const [columns = ""] = text.split("\n", 1);
  if (!columns.includes(",") && /[;\t]/.test(columns)) {
    return failAt({
      code: "cli.csv_header",
      path: file,
      file,
      line: 1,
      message: "The columns are separated by semicolons or tabs; commas are needed.",
      expected: "the file as the program wrote it, with commas",
    });
  }
  let records: string[][];
  try {
    records = parse(text, { bom: true, skip_empty_lines: true });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return failAt({ code: "cli.csv_broken", path: file, file, message: `The list cannot be read: ${said}.` });
  }
  const [header = [], ...rows] = records;
  const folded = header.map((name) => name.trim().toLowerCase());
  const twice = header.find((_, k) => folded.indexOf(folded[k] as string) !== k);
  if (header.length === 0 || twice !== undefined) {
    return failAt({
      code: "cli.csv_header",
      path: file,
      file,
      line: 1,
      message: twice === undefined ? "The list is empty." : `Column "${twice}" stands twice, perhaps in another case.`,
      expected: "one line of column names, none twice",
      parameters: twice === undefined ? {} : { column: twice },
    });
  }
  return rows.map((row) => Object.fromEntries(header.map((name, k) => [name, row[k] ?? ""])));
}

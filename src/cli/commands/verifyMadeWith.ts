import { parse } from "csv-parse/sync";
import {
  verifyMadeWith as compare,
  type BlockrandOptions,
  type MadeWithFit,
  type RandolistOptions,
  type RandomizeROptions,
} from "../../reproduce/index.js";
import { failAt } from "../../store/disk/index.js";
import { inFile, readDataFile, readText } from "../dataFile.js";
import { sayIn, type Say, type Texts } from "../answers/say.js";
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
  const rows = readRows(io, list, program);
  const given = call.data as BlockrandOptions | RandolistOptions | RandomizeROptions;
  const verdict = inFile(call, "", () => compare(program, given, rows));
  if (options.json === true) {
    const { identical, ...difference } = verdict;
    await io.stdout.write(jsonText({ command: "verify", madeWith: program, list, same: identical, ...difference }));
  } else {
    const say = sayIn(TEXTS, io.language ?? "en");
    await io.stdout.write(
      verdict.identical
        ? `${say("verified", { rows: rows.length, list, program, options: optionsFile })}\n${fitText(program, verdict.fits, say)}`
        : differenceText(verdict.firstDifference, { list, program, options: optionsFile }, say),
    );
  }
  return verdict.identical ? 0 : 1;
}

const TEXTS = {
  verified: {
    en: "VERIFIED: all {rows} rows of {list} are what {program} makes with {options}.",
    zh: "核实无误：{list} 的全部 {rows} 行均与 {program} 按 {options} 生成的相同。",
  },
  notVerified: {
    en: "{list} is not what {program} makes with {options}. UNBLINDED, the first difference:",
    zh: "{list} 与 {program} 按 {options} 生成的不同。第一处不同（非盲）：",
  },
  difference: {
    en: 'Row {row}, column "{column}": expected {expected}, found {received}.',
    zh: "第 {row} 行，{column} 列：应为 {expected}，实际为 {received}。",
  },
  fits: {
    en: "It fits {program} {version} with sample() of the kind {kind}.",
    zh: "符合 {program} {version}，sample() 的抽样方式为 {kind}。",
  },
  missing: { en: "Columns that the list does not have: {columns}.", zh: "随机分配表没有的列：{columns}。" },
  cut: { en: "{rows} rows of last blocks are cut off.", zh: "最后区组有 {rows} 行被截去。" },
  order: {
    en: "The strata stand in another order than they were drawn in.",
    zh: "各层的排列次序与抽取次序不同。",
  },
  nothing: { en: "nothing", zh: "无" },
} as const satisfies Texts;

/** With what the list was made, and what of it is not there. */
function fitText(
  program: string,
  { programVersion: version, sampleKind: kind, columnsMissing, rowsCut, strataInOrder }: MadeWithFit,
  say: Say<typeof TEXTS>,
): string {
  return [
    say("fits", { program, version, kind }),
    ...(columnsMissing.length === 0 ? [] : [say("missing", { columns: columnsMissing.join(", ") })]),
    ...(rowsCut === 0 ? [] : [say("cut", { rows: rowsCut })]),
    ...(strataInOrder ? [] : [say("order")]),
    "",
  ].join("\n");
}

type Cell = string | number | null;

function differenceText(
  {
    row,
    column,
    expected,
    received,
  }: {
    readonly row: number;
    readonly column: string;
    readonly expected: Cell;
    readonly received: Cell;
  },
  of: { readonly list: string; readonly program: string; readonly options: string },
  say: Say<typeof TEXTS>,
): string {
  const shown = (cell: Cell): string => (cell === null ? say("nothing") : JSON.stringify(cell));
  const said = say("difference", { row, column, expected: shown(expected), received: shown(received) });
  return `${say("notVerified", of)}\n  ${said}\n`;
}

const SAVED_HEADER = /^"?Allocation"?\t"?Treatment"?\r?$/m;

/** The list's rows as text by column; a ragged row, a broken quote or a column that stands twice is refused. */
function readRows(io: Io, file: string, program: string): readonly Readonly<Record<string, string>>[] {
  // A list that another program made has no size that would not fit.
  const whole = readText(io, file, 2_000_000_000);
  // What saveRand() of randomizeR writes: the parameters in lines of their own, then a table with tabs.
  const table = program === "randomizeR" ? whole.search(SAVED_HEADER) : -1;
  const text = table < 0 ? whole : whole.slice(table);
  const [columns = ""] = text.split("\n", 1);
  if (table < 0 && !columns.includes(",") && /[;\t]/.test(columns)) {
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
    records = parse(text, { bom: true, skip_empty_lines: true, delimiter: table < 0 ? "," : "\t" });
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

import { parse } from "csv-parse/sync";
import { compareTable, type TableComparison } from "../../exchange/index.js";
import { fail } from "../../foundation/index.js";
import { failAt } from "../../store/disk/index.js";
import { countIn, sayIn, type Texts } from "../answers/say.js";
import { speechOf, type Speech } from "../answers/speech.js";
import { readText } from "../dataFile.js";
import { readFolderTable } from "../exportInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";

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
  const speech = await speechOf(io);
  await io.stdout.write(
    options.json === true ? jsonText(answer) : comparisonText(compared, uploaded, list, isSame, speech),
  );
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

const TEXTS = {
  surplus: { en: "Not compared: column {columns}.", zh: "没有比对的列：{columns}。" },
  verified: {
    en: "VERIFIED: {file} holds the {rows} of list {list}.",
    zh: "核实无误：{file} 含随机分配表 {list} 的 {rows}。",
  },
  notVerified: {
    en: "NOT VERIFIED: {file} is not list {list} (UNBLINDED: what follows may tell treatments).",
    zh: "未能核实：{file} 不是随机分配表 {list}（非盲：以下内容可能透露治疗）。",
  },
  rows: {
    en: "rows: {expected} in the list, {received} in the file",
    zh: "行数：随机分配表 {expected}，文件 {received}",
  },
  issue: { en: "{code}: {message}", zh: "{code}：{message}" },
  more: { en: "and {count} more", zh: "另有 {count} 处" },
  row: { en: "row {row}", zh: "第 {row} 行" },
  cell: { en: "row {row}, column {column}", zh: "第 {row} 行，{column} 列" },
  first: {
    en: "first deviation ({kind}): {place}: expected {expected}, found {received}",
    zh: "第一处不同：{place}：应为 {expected}，实际为 {received}",
  },
} as const satisfies Texts;

function comparisonText(
  compared: TableComparison,
  file: string,
  list: string,
  isSame: boolean,
  speech: Speech,
): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const { rows, issues, firstDifference: first, surplusColumns } = compared;
  const columns = surplusColumns.join(language === "zh" ? "，" : ", ");
  const surplus = columns === "" ? [] : [say("surplus", { columns })];
  if (isSame) {
    const counted = countIn(language, rows.expected, "row", "行");
    return [say("verified", { file, rows: counted, list }), ...surplus, ""].join("\n");
  }
  const placeOf = ({ row, column }: NonNullable<typeof first>): string =>
    column === undefined ? say("row", { row }) : say("cell", { row, column });
  return [
    say("notVerified", { file, list }),
    `  ${say("rows", { ...rows })}`,
    ...issues
      .slice(0, MOST_SHOWN)
      .map((issue) => `  ${say("issue", { code: issue.code, message: speech.issue(issue) })}`),
    ...(issues.length > MOST_SHOWN ? [`  ${say("more", { count: issues.length - MOST_SHOWN })}`] : []),
    ...(first === undefined ? [] : [`  ${say("first", { ...first, place: placeOf(first) })}`]),
    ...surplus,
    "",
  ].join("\n");
}

import { join, resolve } from "node:path";
import { toTableCsv, type Language, type NamedTable } from "../report/index.js";
import { writeFolder, writeNewFile } from "../store/disk/index.js";
import type { Io } from "./io.js";
import { requireNewFolder } from "./requireNewFolder.js";

/** A file of a report beside its tables. */
export interface ReportFile {
  /** Such as `decisions.svg`. */
  readonly file: string;
  readonly text: string;
}

/** `decisions.csv`, in Chinese `decisions.zh.csv`. */
export const inLanguage = (name: string, ending: string, language: Language): string =>
  language === "en" ? `${name}.${ending}` : `${name}.${language}.${ending}`;

/**
 * Writes each table as CSV, and the other files, into a new folder, whole or not at all.
 *
 * @returns the paths as the user would write them
 */
export async function writeReportFolder(
  io: Io,
  folder: string,
  language: Language,
  tables: readonly NamedTable[],
  others: readonly ReportFile[],
): Promise<string[]> {
  requireNewFolder(io, folder, "--out");
  const files = [
    ...tables.map((table) => ({ file: inLanguage(table.name, "csv", language), text: toTableCsv(table) })),
    ...others,
  ];
  await writeFolder(resolve(io.cwd, folder), folder, false, (unfinished) => {
    for (const { file, text } of files) writeNewFile(join(unfinished, file), [text], 0o644);
  });
  return files.map(({ file }) => join(folder, file));
}

/** The files of an answer, for people. */
export const writtenLines = (files: readonly string[], language: Language = "en"): string =>
  files.length === 0
    ? ""
    : `\n${language === "zh" ? "已写入：" : "Written:"}\n${files.map((file) => `  ${file}\n`).join("")}`;

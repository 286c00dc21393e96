import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { exportFormat, parseExportMap, readTable } from "../exchange/index.js";
import { AllocellError, fail, throwIfAny } from "../foundation/index.js";
import { adoptedFromTable, compareListFile, toMasterCsv, type MasterList } from "../list/index.js";
import { touching } from "../store/disk/index.js";
import { sourceLines } from "./adoptedTable.js";
import { sha256Of } from "./custodyFiles.js";
import type { FileVerdict, VerifyNote } from "./fileComparison.js";
import type { Io } from "./io.js";

/**
 * Compares an adopted list with the table that it was taken from: the table is read again by the map in the manifest,
 * and its rows must be those of the list. A file of other bytes with the same rows is the same list, and is said so.
 */
export async function verifySource(
  io: Io,
  made: MasterList,
  source: string,
): Promise<{ readonly verdict: FileVerdict; readonly note: VerifyNote }> {
  const bytes = touching(source, () => readFileSync(resolve(io.cwd, source)));
  const { adopted, plan, status } = made.unblindedRecord();
  const file = basename(source);
  try {
    const again = await adoptedFrom(made, source, bytes);
    const difference = compareListFile(toMasterCsv(made), toMasterCsv(again));
    if (difference !== undefined) {
      const note = {
        en: `The table ${file} has other rows than list ${plan.list}; lines are those of the master list.`,
        zh: `表 ${file} 的行与随机分配表 ${plan.list} 不同；行号为非盲随机分配表的行号。`,
      };
      return { verdict: { file, verdict: "differs", difference }, note };
    }
    const isFile = sha256Of(bytes) === adopted?.source.sha256;
    const which = isFile ? "and is the file that was adopted, byte for byte" : "in a file of other bytes";
    const chinese = isFile ? "且与当时接收的文件逐字节相同" : "但文件的字节不同";
    return {
      verdict: { file, verdict: "same" },
      note: {
        en: `The table ${file} has every row of ${status} list ${plan.list}, ${which}.`,
        zh: `表 ${file} 含 ${status} 随机分配表 ${plan.list} 的全部行，${chinese}。`,
      },
    };
  } catch (error) {
    if (!AllocellError.is(error) || !/^(?:exchange|list)\./.test(error.code)) throw error;
    const { issues } = error;
    const more = issues.length === 1 ? "" : `, for ${issues.length} reasons`;
    const note = {
      en: `The table ${file} cannot be the source of list ${plan.list}${more}.`,
      zh: `表 ${file} 不可能是随机分配表 ${plan.list} 的来源，共 ${issues.length} 处问题。`,
    };
    return { verdict: { file, verdict: "differs", difference: issues[0] }, note };
  }
}

/** The list that the table gives now, by the plan, the map and the key of the one that was adopted. */
async function adoptedFrom(made: MasterList, file: string, bytes: Uint8Array): Promise<MasterList> {
  const record = made.unblindedRecord();
  const { map: recorded, source } = record.adopted ?? {};
  if (recorded === undefined) {
    return fail(
      "cli.option_unneeded",
      "--source",
      "A program took this list over, and no map says how to read a table.",
    );
  }
  const format = exportFormat(String(recorded["to"]));
  const map = parseExportMap(format, recorded, record.plan);
  const lines = await sourceLines(file, bytes, format.separator?.(map) ?? ",", source?.sheet);
  const table = readTable(format, map, record.plan, record.status, lines);
  throwIfAny(table.issues);
  return adoptedFromTable(record, table.rows, table.titles);
}

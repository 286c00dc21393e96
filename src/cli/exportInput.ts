import { listFileNames } from "../list/index.js";
import { join, resolve } from "node:path";
import {
  exportFormat,
  exportTable,
  parseExportMap,
  readMasterCsv,
  type ExportMap,
  type ExportTable,
  type TableFormat,
  type UnblindedRows,
} from "../exchange/index.js";
import type { Plan, ReadManifest } from "../list/index.js";
import { failAt, touching } from "../store/disk/index.js";
import { inFile, mapOf, readDataFile } from "./dataFile.js";
import { hashOfFile, textPieces } from "./fileComparison.js";
import type { Io } from "./io.js";
import { readManifest } from "./listManifest.js";

/** A list's table in another system's format, with what it was made of. */
export interface FolderTable {
  readonly manifest: ReadManifest;
  readonly list: UnblindedRows;
  readonly format: TableFormat;
  readonly map: ExportMap;
  readonly table: ExportTable;
}

/**
 * The path of a file of a list's folder, after the proof that it is the one that the manifest names.
 *
 * @throws AllocellError `cli.list_differs`
 */
export function manifestedFile(io: Io, folder: string, { files }: ReadManifest, name: string): string {
  const file = join(folder, name);
  const path = resolve(io.cwd, file);
  const sha256 = touching(file, () => hashOfFile(path));
  if (files.some((one) => one.file === name && one.sha256 === sha256)) return path;
  return failAt({
    code: "cli.list_differs",
    path: file,
    file,
    message: "This file is not the one that its manifest names; nothing was written.",
    expected: `a list that \`allocell verify ${folder}\` finds right`,
  });
}

/** The rows of the list in a folder, after the proof that its master list is the one that its manifest names. */
export async function readListRows(
  io: Io,
  folder: string,
): Promise<{ readonly manifest: ReadManifest; readonly list: UnblindedRows }> {
  const manifest = await readManifest(io, folder);
  const { masterCsv } = listFileNames(manifest.plan.list, manifest.status);
  const path = manifestedFile(io, folder, manifest, masterCsv);
  return { manifest, list: readMasterCsv(manifest, () => textPieces(path)) };
}

/** The table of the list in a folder, in a format, by a map file. */
export async function readFolderTable(io: Io, folder: string, to: string, mapFile: string): Promise<FolderTable> {
  exportFormat(to);
  const { manifest, list } = await readListRows(io, folder);
  const { format, map } = await readExportMap(io, mapFile, manifest.plan, to);
  return { manifest, list, format, map, table: exportTable(list, format, map) };
}

/**
 * The map of an export with its format: the one that is asked for, or the one that the map names.
 *
 * @throws AllocellError `exchange.format_unknown`, `exchange.map_invalid`, `cli.*`, each with its place
 */
export async function readExportMap(
  io: Io,
  file: string,
  plan: Plan,
  to?: string,
): Promise<{ readonly format: TableFormat; readonly map: ExportMap }> {
  const source = await readDataFile(io, file);
  const { to: named } = mapOf(source, "the map of an export", "to, arms, factors");
  return inFile(source, "", () => {
    const format = exportFormat(to ?? String(named));
    return { format, map: parseExportMap(format, source.data, plan) };
  });
}

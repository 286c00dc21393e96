import { join } from "node:path";
import {
  bindingOf,
  blindedManifest,
  listFileNames,
  rowFiles,
  unblindedManifest,
  type BlindedManifest,
  type Generation,
  type HashedFile,
  type MasterList,
  type UnblindedManifest,
} from "../list/index.js";
import { writeLongFile } from "../store/disk/index.js";
import { jsonText } from "./io.js";

/** A list's files with a treatment are their owner's alone; the others are as the system makes files. */
const UNBLINDED_MODE = 0o600;
const BLINDED_MODE = 0o644;

const modeOf = (isBlinded: boolean): number => (isBlinded ? BLINDED_MODE : UNBLINDED_MODE);

/** The text of either manifest. */
export function manifestText(manifest: BlindedManifest | UnblindedManifest): string {
  return jsonText(manifest);
}

/** Those of the files of rows that blinded people may have. */
export function blindedFilesOf(list: MasterList, files: readonly HashedFile[]): readonly HashedFile[] {
  const blinded = rowFiles(list).flatMap(({ file, isBlinded }) => (isBlinded ? [file] : []));
  return files.filter(({ file }) => blinded.includes(file));
}

/** Writes the files of a list into an empty folder; the unblinded manifest, last, holds the hashes of the others. */
export async function writeListFiles(
  folder: string,
  list: MasterList,
  trialHash: string,
  generation: Generation,
): Promise<readonly HashedFile[]> {
  const names = listFileNames(list.list, list.status);
  const write = async (file: string, pieces: Iterable<string>, mode: number): Promise<HashedFile> => ({
    file,
    sha256: await writeLongFile(join(folder, file), pieces, mode),
  });
  const rows: HashedFile[] = [];
  for (const { file, pieces, isBlinded } of rowFiles(list)) rows.push(await write(file, pieces(), modeOf(isBlinded)));
  const blinded = await write(
    names.blindedManifest,
    [manifestText(blindedManifest(list, blindedFilesOf(list, rows), bindingOfFiles(list, rows)))],
    BLINDED_MODE,
  );
  const hashed = [...rows, blinded];
  const record = manifestText(unblindedManifest(list, trialHash, hashed, generation));
  return [...hashed, await write(names.unblindedManifest, [record], UNBLINDED_MODE)];
}

/** The binding of a list whose master files have been written, without writing them once more. */
export function bindingOfFiles(list: MasterList, files: readonly HashedFile[]): string {
  const { plan, opening, extends: before } = list.unblindedRecord();
  const names = listFileNames(list.list, list.status);
  const hashOf = (name: string): string => files.find(({ file }) => file === name)?.sha256 ?? "";
  const parts = { opening, plan, csv: hashOf(names.masterCsv), json: hashOf(names.masterJson) };
  return bindingOf({ ...parts, ...(before === undefined ? {} : { extends: before }) });
}

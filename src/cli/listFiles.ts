import { join } from "node:path";
import {
  bindingOf,
  blindedManifest,
  toBlindedCsv,
  toBlindedJson,
  toMasterCsv,
  toMasterJson,
  unblindedManifest,
  type BlindedManifest,
  type Generation,
  type HashedFile,
  type MasterList,
  type UnblindedManifest,
} from "../list/index.js";
import { writeLongFile } from "../store/disk/index.js";
import { jsonText } from "./io.js";

/** The names of a list's six files. Those with a treatment say UNBLINDED, those of a test say TEST. */
export interface ListFileNames {
  readonly masterCsv: string;
  readonly masterJson: string;
  readonly unblindedManifest: string;
  readonly blindedCsv: string;
  readonly blindedJson: string;
  readonly blindedManifest: string;
}

export function listFileNames(list: string, status: "LIVE" | "TEST"): ListFileNames {
  const base = status === "TEST" ? `${list}.TEST` : list;
  return {
    masterCsv: `${base}.UNBLINDED.master.csv`,
    masterJson: `${base}.UNBLINDED.master.json`,
    unblindedManifest: `${base}.UNBLINDED.manifest.json`,
    blindedCsv: `${base}.blinded.csv`,
    blindedJson: `${base}.blinded.json`,
    blindedManifest: `${base}.blinded.manifest.json`,
  };
}

const ANY_LIST_FILE =
  /^(?<list>[A-Za-z][A-Za-z0-9-]{0,39})(?<test>\.TEST)?\.(?:UNBLINDED\.(?:master\.csv|master\.json|manifest\.json|regenerate\.(?:py|R))|blinded\.(?:csv|json|manifest\.json))$/;

/** Of which list a file is by its name; undefined for any other file. */
export function listOfFileName(name: string): { readonly list: string; readonly status: "LIVE" | "TEST" } | undefined {
  const groups = ANY_LIST_FILE.exec(name)?.groups;
  if (groups === undefined) return undefined;
  return { list: groups["list"] ?? "", status: groups["test"] === undefined ? "LIVE" : "TEST" };
}

/** A list's files with a treatment are their owner's alone; the others are as the system makes files. */
const UNBLINDED_MODE = 0o600;
const BLINDED_MODE = 0o644;

/** The four files of rows: name, pieces of text, permission bits. */
export function rowFiles(
  list: MasterList,
): readonly { readonly file: string; readonly pieces: () => Iterable<string>; readonly mode: number }[] {
  const names = listFileNames(list.list, list.status);
  const blinded = list.blinded();
  return [
    { file: names.masterCsv, pieces: () => toMasterCsv(list), mode: UNBLINDED_MODE },
    { file: names.masterJson, pieces: () => toMasterJson(list), mode: UNBLINDED_MODE },
    { file: names.blindedCsv, pieces: () => toBlindedCsv(blinded), mode: BLINDED_MODE },
    { file: names.blindedJson, pieces: () => toBlindedJson(blinded), mode: BLINDED_MODE },
  ];
}

/** The text of either manifest. */
export function manifestText(manifest: BlindedManifest | UnblindedManifest): string {
  return jsonText(manifest);
}

/** Writes the six files into an empty folder; the unblinded manifest, last, holds the hashes of the other five. */
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
  for (const { file, pieces, mode } of rowFiles(list)) rows.push(await write(file, pieces(), mode));
  const blindedRows = rows.filter(({ file }) => file === names.blindedCsv || file === names.blindedJson);
  const blinded = await write(
    names.blindedManifest,
    [manifestText(blindedManifest(list, blindedRows, bindingOfFiles(list, rows)))],
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

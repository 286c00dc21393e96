import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  deriveAgain,
  keyOfAdopted,
  parseUnblindedManifest,
  toMasterJson,
  type MasterList,
  listFileNames,
  listOfFileName,
  type ListFileNames,
} from "../list/index.js";
import type { Seed } from "../random/index.js";
import { exists, failAt, touching, writeOneFile } from "../store/disk/index.js";
import { adoptedMaster, refuseSeed } from "./adoptedFolder.js";
import { inFile, readDataFile } from "./dataFile.js";
import type { Io } from "./io.js";
import { readSeed, type SeedOptions } from "./seedInput.js";

/** A folder's list, with the secret from which its keys are derived. */
export interface FolderList {
  readonly master: MasterList;
  /** The seed of the list or, where another system made it, the key in its place. */
  readonly seed: Seed;
  /** The beginning of the names of the list's files. */
  readonly base: string;
}

/** The names of the files of the one list that a folder holds. @throws AllocellError `cli.not_a_list` */
export function listNames(io: Io, folder: string): ListFileNames & { readonly list: string; readonly base: string } {
  const entries = touching(folder, () => readdirSync(resolve(io.cwd, folder)));
  const found = entries.flatMap((name) => listOfFileName(name) ?? []);
  const [first] = found;
  if (first === undefined || found.some(({ list, status }) => list !== first.list || status !== first.status)) {
    return failAt({
      code: "cli.not_a_list",
      path: folder,
      file: folder,
      message: "This folder does not hold the files of one list.",
      expected: "a folder that `allocell list` wrote",
    });
  }
  const { list, status } = first;
  return { ...listFileNames(list, status), list, base: status === "TEST" ? `${list}.TEST` : list };
}

/**
 * The list of a folder: derived again from manifest and seed or, where another system made it, read again from its
 * master file. A folder whose master list is not that is refused.
 *
 * @throws AllocellError `list.*`; `cli.list_differs`
 */
export async function deriveFolder(io: Io, folder: string, options: SeedOptions): Promise<FolderList> {
  const names = listNames(io, folder);
  const source = await readDataFile(io, join(folder, names.unblindedManifest));
  const manifest = inFile(source, "", () => parseUnblindedManifest(source.data));
  const file = join(folder, names.masterJson);
  if (manifest.adopted !== undefined) {
    refuseSeed(manifest, options);
    const master = inFile(source, "", () => adoptedMaster(io, folder, manifest));
    return master === undefined ? differs(folder, file) : { master, seed: keyOfAdopted(master), base: names.base };
  }
  const { seed } = readSeed(io, options);
  const master = inFile(source, "", () => deriveAgain(manifest, seed));
  const hash = createHash("sha256");
  for (const piece of toMasterJson(master)) hash.update(piece, "utf8");
  if (sha256Of(readBytes(io, file)) !== hash.digest("hex")) differs(folder, file);
  return { master, seed, base: names.base };
}

function differs(folder: string, file: string): never {
  return failAt({
    code: "cli.list_differs",
    path: file,
    file,
    message: "This master list is not what plan and seed give, or not the one that was adopted; nothing was written.",
    expected: `a list that \`allocell verify ${folder}\` finds right`,
  });
}

/** The bytes of a file of at most 2 GiB. */
export function readBytes(io: Io, file: string): Uint8Array {
  const path = resolve(io.cwd, file);
  return touching(file, () => Uint8Array.from(readFileSync(path)));
}

/** SHA-256 of bytes, 64 lowercase hex digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Whether a path is a folder. */
export function isFolder(io: Io, path: string): boolean {
  return touching(path, () => statSync(resolve(io.cwd, path)).isDirectory());
}

/** Refuses the name of something that is there. @throws AllocellError `cli.output_exists` */
export function requireNew(io: Io, out: string): void {
  if (!exists(resolve(io.cwd, out), out)) return;
  failAt({
    code: "cli.output_exists",
    path: "--out",
    file: out,
    message: "This exists already and is never written over.",
    expected: "a new name (--out)",
  });
}

/** Writes one new file, whole or not at all, and brings it to the disk. @returns its SHA-256 */
export function writeOne(io: Io, out: string, content: string | Uint8Array, mode: number): string {
  requireNew(io, out);
  return writeOneFile({ path: resolve(io.cwd, out), shown: out, content, mode });
}

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readMasterCsv } from "../exchange/index.js";
import {
  adoptedAgain,
  parseUnblindedManifest,
  requireMadeFromSeed,
  type MasterList,
  type MasterRow,
  type ReadManifest,
  isListFile,
  listFileNames,
} from "../list/index.js";
import type { Trial } from "../trial/index.js";
import { exists, touching } from "../store/disk/index.js";
import { readText } from "./dataFile.js";
import { hashOfFile, textPieces } from "./fileComparison.js";
import type { Io } from "./io.js";
import type { SeedOptions } from "./seedInput.js";

/**
 * The list of a folder that was adopted, from whichever of its two master files is the one that the manifest names;
 * undefined where neither is.
 *
 * @throws AllocellError `list.adopted_*`, `list.manifest_altered`
 */
export function adoptedMaster(io: Io, folder: string, manifest: ReadManifest, trial?: Trial): MasterList | undefined {
  const names = listFileNames(manifest.plan.list, manifest.status);
  const isNamed = (name: string): boolean => {
    const path = resolve(io.cwd, folder, name);
    if (!exists(path, name)) return false;
    const sha256 = touching(join(folder, name), () => hashOfFile(path));
    return manifest.files.some((one) => one.file === name && one.sha256 === sha256);
  };
  if (isNamed(names.masterCsv)) {
    const path = resolve(io.cwd, folder, names.masterCsv);
    return adoptedAgain(manifest, readMasterCsv(manifest, () => textPieces(path)).rows(), trial);
  }
  if (isNamed(names.masterJson)) return adoptedAgain(manifest, jsonRows(io, join(folder, names.masterJson)), trial);
  return undefined;
}

/** The manifest of a folder's list, if that was adopted; undefined of any other folder, whatever is wrong with it. */
export function adoptedManifest(io: Io, folder: string): ReadManifest | undefined {
  try {
    const path = resolve(io.cwd, folder);
    const name = readdirSync(path).find((each) => isListFile(each, "unblindedManifest"));
    if (name === undefined) return undefined;
    const manifest = parseUnblindedManifest(JSON.parse(readFileSync(join(path, name), "utf8")));
    return manifest.adopted === undefined ? undefined : manifest;
  } catch {
    return undefined;
  }
}

/** Refuses a seed for a list that has none. @throws AllocellError `list.adopted_has_no_seed` */
export function refuseSeed(manifest: Pick<ReadManifest, "adopted">, { seedFile, testSeed }: SeedOptions): void {
  if (seedFile !== undefined) requireMadeFromSeed(manifest, "This option", "--seed-file");
  // A page passes its empty field on.
  if (testSeed !== undefined && testSeed !== "") requireMadeFromSeed(manifest, "This option", "--test-seed");
}

/** The rows of a master list in JSON, whose SHA-256 has been compared. */
function jsonRows(io: Io, file: string): readonly MasterRow[] {
  const { rows } = JSON.parse(readText(io, file, 500_000_000)) as {
    readonly rows: readonly (Omit<MasterRow, "stratum"> & { readonly stratum: Readonly<Record<string, string>> })[];
  };
  return rows.map((row) => ({ ...row, stratum: Object.entries(row.stratum) }));
}

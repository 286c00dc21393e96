import { createHash, type Hash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fromFileSystem, touching } from "./located.js";
import { makeFolders } from "./makeFolders.js";
import { beginUnfinished, endUnfinished, noteLeftover } from "./unfinished.js";

const CHUNK_CHARACTERS = 1 << 16;

/** Joins the small pieces of a text into larger ones: a hash or a disk takes one long text faster than a thousand short ones. */
export function* chunksOf(pieces: Iterable<string>): Generator<string, void, undefined> {
  let chunk = "";
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield chunk;
      chunk = "";
    }
  }
  if (chunk !== "") yield chunk;
}

/** The bytes of a text in pieces, or of a file that is no text. */
function* bytesOf(pieces: Iterable<string> | readonly [Uint8Array]): Generator<Uint8Array, void, undefined> {
  const [first] = Array.isArray(pieces) ? (pieces as readonly (string | Uint8Array)[]) : [];
  if (typeof first === "object") yield first;
  else for (const chunk of chunksOf(pieces as Iterable<string>)) yield Buffer.from(chunk, "utf8");
}

/** Writes all of it: the system may take less than it is given. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}

/** Writes a file and stops after each piece, with the bytes written. */
function* writing(
  path: string,
  pieces: Iterable<string> | readonly [Uint8Array],
  mode: number,
  hash: Hash,
): Generator<number, void, undefined> {
  const fd = openSync(path, "wx", mode);
  try {
    for (const bytes of bytesOf(pieces)) {
      hash.update(bytes);
      writeAll(fd, bytes);
      yield bytes.length;
    }
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Writes a new file piece by piece, never over another one, and brings it to the disk. A fault leaves a piece of it, so
 * this is for files in a folder, or under a name, that is not yet in its place.
 *
 * @param mode - permission bits, for example 0o600
 * @returns SHA-256 of its bytes, 64 lowercase hex digits
 */
export function writeNewFile(path: string, pieces: Iterable<string> | readonly [Uint8Array], mode: number): string {
  const hash = createHash("sha256");
  const steps = writing(path, pieces, mode, hash);
  while (steps.next().done !== true);
  return hash.digest("hex");
}

/** {@link writeNewFile} for a long file: between its pieces a signal can be heard. */
export async function writeLongFile(path: string, pieces: Iterable<string>, mode: number): Promise<string> {
  const hash = createHash("sha256");
  const steps = writing(path, pieces, mode, hash);
  while (steps.next().done !== true) await setImmediate();
  return hash.digest("hex");
}

/** A file to be written where nothing stands yet. */
export interface NewFile {
  /** Absolute path, and the same as the user wrote it. */
  readonly path: string;
  readonly shown: string;
  readonly content: string | Uint8Array;
  readonly mode: number;
}

/**
 * Writes one new file, whole or not at all, never over another one; it is on the disk when this returns. An answer of
 * several files is a folder: {@link writeFolder}.
 *
 * @returns its SHA-256
 * @throws AllocellError `cli.output_exists`, `cli.folder_missing`, `cli.file_*`, `cli.disk_full`
 */
export function writeOneFile({ path, shown, content, mode }: NewFile): string {
  const unfinished = beginUnfinished(path, shown);
  try {
    return touching(shown, () => {
      const sha256 =
        typeof content === "string"
          ? writeNewFile(unfinished, [content], mode)
          : writeNewFile(unfinished, [content], mode);
      placeNew(unfinished, path);
      try {
        syncFolder(dirname(path));
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      }
      return sha256;
    });
  } finally {
    endUnfinished(unfinished);
  }
}

/** Whether link(2) failed because the disk has no hard links (FAT, some shares). */
export function lacksHardLinks(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EINVAL)$/.test(code);
}

/** Gives a file its name if nothing has it: link(2) never replaces, as rename(2) does. The hidden name may stay. */
export function placeNew(unfinished: string, target: string): void {
  try {
    linkSync(unfinished, target);
  } catch (error) {
    if (!lacksHardLinks(error)) throw error;
    if (exists(target)) throw Object.assign(new Error("exists"), { code: "EEXIST" });
    renameSync(unfinished, target);
  }
}

/** Brings the names in a folder to the disk. Windows cannot, and does not need it. */
export function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(path, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Whether something stands at that path, a broken link included. @throws AllocellError `cli.file_refused` and its kin */
export function exists(path: string, shown: string = path): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // A part of the path is a file: nothing stands behind it, and whoever wants to write there is told so.
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return false;
    throw fromFileSystem(error, shown);
  }
}

/**
 * Makes a folder whole or not at all: it is filled beside its place under another name, brought to the disk, and given
 * its name in one step. Every answer of several files is written so. Where a link stands, the folder that it leads to
 * is replaced, not the link.
 *
 * @param path - absolute path of the folder
 * @param shown - the same as the user wrote it, for messages
 * @param replace - whether a folder that stands there is replaced; it is removed only after the new one stands. Without
 *   it an empty folder may stand there, and nothing else
 * @param fill - writes the files into the folder whose path it gets
 */
export async function writeFolder<T>(
  path: string,
  shown: string,
  replace: boolean,
  fill: (folder: string) => T | Promise<T>,
): Promise<T> {
  const target = behindLinks(path, shown);
  const parent = dirname(target);
  const madeAbove = touching(shown, () => makeFolders(folderOrFault(parent)));
  const unfinished = beginUnfinished(target, shown);
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    const result = await fill(unfinished);
    syncFolder(unfinished);
    const former = replace && exists(target) ? `${unfinished}-replaced` : undefined;
    if (former !== undefined) renameSync(target, former);
    takePlace(unfinished, target, former);
    if (former !== undefined) removeFormer(former, `${unfinished}-removed`);
    return result;
  } catch (error) {
    endUnfinished(unfinished);
    if (madeAbove !== undefined) removeEmpty(parent, madeAbove);
    throw fromFileSystem(error, shown);
  } finally {
    endUnfinished(unfinished);
  }
}

/** The path to which the links of an existing path lead. @throws AllocellError `cli.file_missing` for one that leads nowhere */
export function behindLinks(path: string, shown: string): string {
  return exists(path, shown) ? touching(shown, () => realpathSync(path)) : path;
}

/** Gives a folder its name, on the disk; if that fails, all is as before. */
function takePlace(unfinished: string, target: string, former: string | undefined): void {
  let isPlaced = false;
  try {
    renameSync(unfinished, target);
    isPlaced = true;
    syncFolder(dirname(target));
  } catch (error) {
    if (isPlaced) renameSync(target, unfinished);
    if (former !== undefined) renameSync(former, target);
    throw error;
  }
}

/** Removes a folder that was replaced, under another name: what a killed run leaves of it is not taken for the folder. */
function removeFormer(former: string, removed: string): void {
  try {
    renameSync(former, removed);
    rmSync(removed, { recursive: true });
  } catch {
    // The new folder stands, so the answer is good.
    noteLeftover(exists(removed) ? removed : former);
  }
}

/** Removes folders that were made for an answer, from the lowest up, as long as nobody else has put anything there. */
function removeEmpty(lowest: string, uppermost: string): void {
  try {
    for (let folder = lowest; folder.startsWith(uppermost); folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // Somebody uses it.
  }
}

/** A path at which a folder stands, or can be made: mkdir says of a file there only that something exists. */
function folderOrFault(path: string): string {
  if (exists(path)) readdirSync(path);
  return path;
}

import { createHash, type Hash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fromFileSystem, touching } from "./failure.js";
import { makeFolders } from "./makeFolders.js";
import { beginUnfinished, endUnfinished } from "./unfinished.js";

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
 * Writes new files, all or none, each whole or not at all, never over another one; they are on the disk when it returns.
 *
 * @returns SHA-256 of each
 * @throws AllocellError `cli.output_exists`, `cli.folder_missing`, `cli.file_*`, `cli.disk_full`
 */
export function writeNewFiles(files: readonly NewFile[]): readonly string[] {
  const beside: string[] = [];
  const placed: string[] = [];
  try {
    const hashes = files.map(({ path, shown, content, mode }) => {
      const unfinished = beginUnfinished(path, shown);
      beside.push(unfinished);
      return touching(shown, () =>
        typeof content === "string"
          ? writeNewFile(unfinished, [content], mode)
          : writeNewFile(unfinished, [content], mode),
      );
    });
    files.forEach(({ path, shown }, index) => {
      touching(shown, () => {
        placeNew(beside[index] as string, path);
      });
      placed.push(path);
    });
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) syncFolder(folder);
    return hashes;
  } catch (error) {
    for (const path of placed) rmSync(path, { force: true });
    throw error;
  } finally {
    beside.forEach(endUnfinished);
  }
}

/** Whether link(2) failed because the disk has no hard links (FAT, some shares). */
export function lacksHardLinks(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EINVAL)$/.test(code);
}

/** Gives a file its name if nothing has it: link(2) never replaces, as rename(2) does. */
export function placeNew(unfinished: string, target: string): void {
  try {
    linkSync(unfinished, target);
  } catch (error) {
    if (!lacksHardLinks(error)) throw error;
    if (exists(target)) throw Object.assign(new Error("exists"), { code: "EEXIST" });
    renameSync(unfinished, target);
    return;
  }
  unlinkSync(unfinished);
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
 * Makes a folder whole or not at all: it is filled beside its place under another name, and then renamed.
 *
 * @param target - absolute path of the folder
 * @param shown - the same as the user wrote it, for messages
 * @param fill - writes the files into the folder whose path it gets
 * @param replace - whether a folder that stands there is replaced; it is removed only after the new one stands
 */
export async function writeFolder<T>(
  target: string,
  shown: string,
  replace: boolean,
  fill: (folder: string) => T | Promise<T>,
): Promise<T> {
  const parent = dirname(target);
  const madeAbove = touching(shown, () => makeFolders(folderOrFault(parent)));
  const unfinished = beginUnfinished(target, shown);
  let aside: string | undefined;
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    const result = await fill(unfinished);
    syncFolder(unfinished);
    if (replace && exists(target)) {
      aside = `${unfinished}-replaced`;
      renameSync(target, aside);
    }
    try {
      renameSync(unfinished, target);
    } catch (error) {
      if (aside !== undefined) renameSync(aside, target);
      throw error;
    }
    syncFolder(parent);
    if (aside !== undefined) rmSync(aside, { recursive: true });
    return result;
  } catch (error) {
    endUnfinished(unfinished);
    if (madeAbove !== undefined) rmSync(madeAbove, { recursive: true, force: true });
    throw fromFileSystem(error, shown);
  } finally {
    endUnfinished(unfinished);
  }
}

/** A path at which a folder stands, or can be made: mkdir says of a file there only that something exists. */
function folderOrFault(path: string): string {
  if (exists(path)) readdirSync(path);
  return path;
}

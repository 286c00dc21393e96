import { createHash } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fromFileSystem, touching } from "./failure.js";

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
function* bytesOf(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array, void, undefined> {
  const [first] = Array.isArray(pieces) ? (pieces as readonly (string | Uint8Array)[]) : [];
  if (typeof first === "object") yield first;
  else for (const chunk of chunksOf(pieces as Iterable<string>)) yield Buffer.from(chunk, "utf8");
}

/**
 * Writes a new file piece by piece, never over another one, and brings it to the disk.
 *
 * @param mode - permission bits, for example 0o600
 * @returns SHA-256 of its bytes, 64 lowercase hex digits
 */
export function writeNewFile(path: string, pieces: Iterable<string> | readonly [Uint8Array], mode: number): string {
  const hash = createHash("sha256");
  const fd = openSync(path, "wx", mode);
  try {
    for (const bytes of bytesOf(pieces)) {
      hash.update(bytes);
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    }
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return hash.digest("hex");
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

/** Whether something stands at that path, a broken link included. */
export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * Makes a folder whole or not at all: it is filled beside its place under another name, and then renamed.
 *
 * @param target - absolute path of the folder
 * @param shown - the same as the user wrote it, for messages
 * @param fill - writes the files into the folder whose path it gets
 * @param replace - whether a folder that stands there is replaced; it is removed only after the new one stands
 */
export function writeFolder<T>(target: string, shown: string, replace: boolean, fill: (folder: string) => T): T {
  const parent = dirname(target);
  touching(shown, () => mkdirSync(parent, { recursive: true }));
  const unfinished = touching(shown, () => mkdtempSync(join(parent, `.${basename(target)}.unfinished-`)));
  let aside: string | undefined;
  try {
    const result = fill(unfinished);
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
    rmSync(unfinished, { recursive: true, force: true });
    throw fromFileSystem(error, shown);
  }
}

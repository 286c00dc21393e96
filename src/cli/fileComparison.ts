import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import type { Issue } from "../foundation/index.js";
import { compareListFile, type ListDifference } from "../list/index.js";
import { chunksOf, exists, touching } from "../store/disk/index.js";

/** What was found of one file. */
export interface FileVerdict {
  readonly file: string;
  readonly verdict: "same" | "differs" | "missing";
  /** The first deviating place. */
  readonly difference?: ListDifference | Issue;
}

/** What is to be known beside the verdicts, in both languages. */
export interface VerifyNote {
  readonly en: string;
  readonly zh: string;
}

/** SHA-256 of a text in pieces, 64 lowercase hex digits. */
export function hashOfPieces(pieces: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const chunk of chunksOf(pieces)) hash.update(chunk, "utf8");
  return hash.digest("hex");
}

/** SHA-256 of a file of any length. */
export function hashOfFile(path: string): string {
  const hash = createHash("sha256");
  const chunk = Buffer.alloc(1 << 16);
  const fd = openSync(path, "r");
  try {
    for (let n = readSync(fd, chunk); n > 0; n = readSync(fd, chunk)) hash.update(chunk.subarray(0, n));
  } finally {
    closeSync(fd);
  }
  return hash.digest("hex");
}

/** By hash, and by pieces where the hash differs, so that a long list is never held in memory. */
export function compareFile(path: string, file: string, sha256: string, pieces: () => Iterable<string>): FileVerdict {
  if (!exists(path)) return { file, verdict: "missing" };
  return touching(file, () => {
    if (hashOfFile(path) === sha256) return { file, verdict: "same" };
    const difference = compareListFile(pieces(), textPieces(path));
    return { file, verdict: "differs", ...(difference === undefined ? {} : { difference }) };
  });
}

/** The text of a file in pieces; what is not UTF-8 in it becomes U+FFFD, which no list holds. */
export function* textPieces(path: string): Generator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const chunk = Buffer.alloc(1 << 16);
  const fd = openSync(path, "r");
  try {
    for (let n = readSync(fd, chunk); n > 0; n = readSync(fd, chunk)) {
      yield decoder.decode(chunk.subarray(0, n), { stream: true });
    }
    yield decoder.decode();
  } finally {
    closeSync(fd);
  }
}

import { closeSync, fsyncSync, openSync, realpathSync, renameSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { PlainCode } from "../foundation/index.js";
import {
  beginUnfinished,
  endUnfinished,
  exists,
  failAt,
  placeNew,
  syncFolder,
  touching,
  writeAll,
} from "../store/disk/index.js";
import type { Io, Output } from "./io.js";

/** What a command reads and where it writes. */
export interface FileToWrite {
  /** The file, as the user wrote it. */
  readonly out: string;
  readonly force: boolean;
  /** The files that the command reads: none of them is ever written over. */
  readonly inputs: readonly (string | undefined)[];
}

/** A file that is being written. */
export interface FileOutput extends Output {
  readonly writeBytes: (bytes: Uint8Array) => Promise<void>;
}

/**
 * The absolute path of a file that may be written.
 *
 * @throws AllocellError `cli.output_is_input`, `cli.output_exists`, `cli.file_is_folder`, `cli.output_not_a_file`
 */
export function outputFile(io: Io, { out, force, inputs }: FileToWrite): string {
  const target = resolve(io.cwd, out);
  const fault = (code: PlainCode, message: string, expected: string): never =>
    failAt({ code, path: "--out", file: out, message, expected });
  if (/[/\\]$/.test(out)) fault("cli.file_is_folder", "This names a folder; the answer is one file.", "a file name");
  if (!exists(target, out)) return target;
  const stat = statSync(target, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) {
    fault("cli.file_is_folder", "This is a folder; the answer is one file.", `a file name, such as ${out}/answer.csv`);
  }
  const real = (path: string): string | undefined =>
    exists(path) && statSync(path, { throwIfNoEntry: false }) !== undefined ? realpathSync(path) : undefined;
  const written = real(target);
  if (
    written !== undefined &&
    inputs.some((input) => input !== undefined && real(resolve(io.cwd, input)) === written)
  ) {
    fault("cli.output_is_input", "This is a file that is read: the answer would replace it.", "another file name");
  }
  if (stat !== undefined && !stat.isFile()) {
    fault("cli.output_not_a_file", "This is a device or a pipe; files are written whole, under their name.", "a file");
  }
  if (!force) {
    fault("cli.output_exists", "This file exists already; nothing was written.", "a new file, or --force");
  }
  // The file that a link leads to is replaced, not the link.
  return written ?? target;
}

/**
 * Writes a file piece by piece, whole or not at all, for its owner alone; over an existing file only with `force`.
 *
 * @throws AllocellError those of {@link outputFile}; `cli.folder_missing`, `cli.file_*`, `cli.disk_full`
 */
export async function writeWhole<T>(io: Io, file: FileToWrite, fill: (output: FileOutput) => Promise<T>): Promise<T> {
  const { out, force } = file;
  const target = outputFile(io, file);
  const unfinished = beginUnfinished(target, out);
  try {
    const fd = touching(out, () => openSync(unfinished, "wx", 0o600));
    let result: T;
    try {
      const writeBytes = async (bytes: Uint8Array): Promise<void> => {
        touching(out, () => {
          writeAll(fd, bytes);
        });
        // So that a signal is heard.
        await setImmediate();
      };
      result = await fill({ write: (text) => writeBytes(Buffer.from(text, "utf8")), writeBytes });
      touching(out, () => {
        fsyncSync(fd);
      });
    } finally {
      closeSync(fd);
    }
    touching(out, () => {
      if (force) renameSync(unfinished, target);
      else placeNew(unfinished, target);
      syncFolder(dirname(target));
    });
    return result;
  } finally {
    endUnfinished(unfinished);
  }
}

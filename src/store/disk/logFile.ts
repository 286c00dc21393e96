import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { lacksLineEnd, readLog, toLogLine, type ReadLog } from "../../allocation/index.js";
import { keysOfPath } from "../../foundation/index.js";
import { withLock } from "./fileLock.js";
import { failAt, relocated } from "./located.js";
import { beginUnfinished, endUnfinished } from "./unfinished.js";
import { placeNew, syncFolder, writeNewFile } from "./writeFiles.js";

/** A log as it stands in its file. */
export interface OpenLog {
  readonly log: ReadLog;
  /** Where the next event begins, in bytes; what stands behind that was never answered. */
  readonly end: number;
}

/** The text of a log: its end may lie within a character, so what stands behind the last line end is read leniently. */
export function logText(bytes: Uint8Array, shown: string): string {
  const lines = bytes.lastIndexOf(0x0a) + 1;
  return utf8(bytes.subarray(0, lines), shown) + Buffer.from(bytes.subarray(lines)).toString("utf8");
}

/** Reads the bytes of a log, or with `read` those of what follows a part that was read. */
export function readLogBytes(bytes: Uint8Array, shown: string, read: (text: string) => ReadLog = readLog): OpenLog {
  const log = inLog(shown, () => read(logText(bytes, shown)));
  const lines = bytes.lastIndexOf(0x0a) + 1;
  const last = log.events.at(-1);
  if (last === undefined || !lacksLineEnd(log)) return { log, end: lines };
  // Behind the last line end a damaged character reads as another one, so the event is compared byte by byte.
  const event = Buffer.from(toLogLine(last).trimEnd(), "utf8");
  const end = lines + event.length;
  if (!event.equals(bytes.subarray(lines, end))) utf8(bytes.subarray(lines), shown);
  return { log, end };
}

function utf8(bytes: Uint8Array, shown: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return failAt({
      code: "cli.not_utf8",
      path: shown,
      file: shown,
      message: "This file is no text in UTF-8, so no log.",
    });
  }
}

/** Gives each fault of a log its file and line. */
function inLog<T>(shown: string, act: () => T): T {
  return relocated((issue) => {
    const [lines, line] = keysOfPath(issue.path);
    return lines !== "lines" || line === undefined ? issue : { ...issue, file: shown, line: Number(line) };
  }, act);
}

/** A log that nobody else can write at the moment. */
export interface HeldLog extends OpenLog {
  /**
   * Appends whole lines, and brings them to the disk.
   *
   * @returns a fault where all was written, is not certain to be on the disk, and could not be taken back either
   */
  readonly append: (lines: string) => unknown;
  /** Brings to the disk what stands there already: its writer may have been stopped before. */
  readonly sync: () => void;
}

/**
 * The one way to write into a log that is there: it is read and written while nobody else can. If the process ends at
 * any moment, the log holds the new lines whole, or a piece of them that the next append removes; what was there before
 * is there in either case.
 *
 * @param path - absolute, its links followed; `shown` is the same as the user wrote it
 * @param now - the instant, for the lock
 * @param read - reads the bytes; a caller who has read a part of them reads on from there
 * @throws AllocellError `cli.log_busy`; `conduct.*`; the system's own errors
 */
export function holdLog<T>(
  path: string,
  shown: string,
  now: string,
  act: (held: HeldLog) => T,
  read: (fd: number) => OpenLog = (fd) => readLogBytes(readFileSync(fd), shown),
): T {
  return withLock(path, shown, now, () => {
    const fd = openSync(path, "r+");
    try {
      const { log, end } = read(fd);
      const append = (lines: string): unknown => writeAt(fd, end, lacksLineEnd(log) ? `\n${lines}` : lines);
      return act({
        log,
        end,
        append,
        sync: () => {
          fsyncSync(fd);
        },
      });
    } finally {
      closeSync(fd);
    }
  });
}

/**
 * Makes a new log of whole lines. The file appears whole or not at all, and never over another one.
 *
 * @param written - called when the file stands; its name may not be on the disk yet
 * @param mode - permission bits: 0o600 for a log that will hold treatments
 */
export function makeLog(
  path: string,
  shown: string,
  now: string,
  lines: string,
  mode: number,
  written: () => void,
): void {
  withLock(path, shown, now, () => {
    const unfinished = beginUnfinished(path, shown);
    try {
      writeNewFile(unfinished, [lines], mode);
      placeNew(unfinished, path);
      written();
      syncFolder(dirname(path));
    } finally {
      endUnfinished(unfinished);
    }
  });
}

/**
 * Cuts off what was never finished, writes in one go, and brings it to the disk.
 *
 * @returns a fault where all was written, is not certain to be on the disk, and could not be taken back either
 */
function writeAt(fd: number, end: number, text: string): unknown {
  const bytes = Buffer.from(text, "utf8");
  if (fstatSync(fd).size !== end) {
    ftruncateSync(fd, end);
    // Before anything is written: else a piece of the old end could stand behind a new event after a power failure.
    fsyncSync(fd);
  }
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at, bytes.length - at, end + at);
    fsyncSync(fd);
    return undefined;
  } catch (error) {
    // A full disk: the log goes back to what was answered. If even that fails, the next append removes the piece.
    try {
      ftruncateSync(fd, end);
      fsyncSync(fd);
    } catch {
      if (fstatSync(fd).size >= end + bytes.length) return error;
    }
    throw error;
  }
}

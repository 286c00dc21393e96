import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  readFileSync,
  realpathSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { AllocellError } from "../foundation/index.js";
import {
  applyEvent,
  chainEvent,
  EMPTY_CONDUCT,
  lacksLineEnd,
  needsSalt,
  readLog,
  toLogLine,
  type ConductBody,
  type ConductEvent,
  type ConductState,
  type ReadLog,
} from "../allocation/index.js";
import { failAt, fromFileSystem, mapIssues, touching } from "./failure.js";
import { withLock } from "./fileLock.js";
import type { Io } from "./io.js";
import { exists, syncFolder, writeNewFile } from "./writeFiles.js";

/** What was appended, already on the disk. */
export interface Appended {
  readonly event: ConductEvent;
  readonly state: ConductState;
}

/** Who writes, and when. */
export interface Writer {
  readonly at: string;
  readonly actor: string;
}

interface OpenLog {
  readonly log: ReadLog;
  /** Where the next event begins, in bytes; what stands behind that was never answered. */
  readonly end: number;
}

/** 128 random bits for an event that needs them. */
function saltOf(io: Io, body: ConductBody): { readonly salt?: string } {
  return needsSalt(body) ? { salt: Buffer.from(io.entropy(16)).toString("hex") } : {};
}

/** Reads a log without changing it. @throws AllocellError `conduct.*` with the line; `cli.file_*`, `cli.not_utf8` */
export function readLogFile(io: Io, file: string): ReadLog {
  return readLogBytes(
    touching(file, () => readFileSync(resolve(io.cwd, file))),
    file,
  ).log;
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
  try {
    return act();
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    throw mapIssues(error, (issue) => {
      const line = /^lines\.(\d+)/.exec(issue.path)?.[1];
      return line === undefined ? issue : { ...issue, file: shown, line: Number(line) };
    });
  }
}

/**
 * Appends one event to a log: what it says is decided from the log as it stands, while nobody else can write.
 *
 * When this returns, the event is on the disk. If the process ends at any moment before, the log holds the event
 * whole, or a piece of it that the next append removes; everything that was answered before is there in either case.
 *
 * @param decide - the body of the event, from the log
 * @throws AllocellError `cli.log_busy`; `conduct.*`; `cli.file_missing` and its kin: nothing was written then
 */
export function appendToLog(io: Io, file: string, writer: Writer, decide: (log: ReadLog) => ConductBody): Appended {
  const path = touching(file, () => realpathSync(resolve(io.cwd, file)));
  return touching(file, () =>
    withLock(path, file, io.now().toISOString(), () => {
      const fd = openSync(path, "r+");
      try {
        const { log, end } = readLogBytes(readFileSync(fd), file);
        const body = decide(log);
        const event = chainEvent(log.state, body, { ...writer, ...saltOf(io, body) });
        const state = applyEvent(log.state, event);
        const line = toLogLine(event);
        writeAt(fd, end, lacksLineEnd(log) ? `\n${line}` : line);
        syncFolder(dirname(path));
        return { event, state };
      } finally {
        closeSync(fd);
      }
    }),
  );
}

/** Cuts off what was never finished, writes in one go, and brings it to the disk. */
function writeAt(fd: number, end: number, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  if (fstatSync(fd).size !== end) {
    ftruncateSync(fd, end);
    // Before anything is written: else a piece of the old end could stand behind a new event after a power failure.
    fsyncSync(fd);
  }
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at, bytes.length - at, end + at);
    fsyncSync(fd);
  } catch (error) {
    // A full disk: the log goes back to what was answered. If even that fails, the next append removes the piece.
    try {
      ftruncateSync(fd, end);
      fsyncSync(fd);
    } catch {
      // The first error says what happened.
    }
    throw error;
  }
}

/**
 * Makes a new log with its first event. The file appears whole or not at all, and never over another one.
 *
 * @param mode - permission bits: 0o600 for a log that will hold treatments
 */
export function createLog(io: Io, file: string, writer: Writer, body: ConductBody, mode: number): Appended {
  const path = resolve(io.cwd, file);
  return touching(file, () => {
    const event = chainEvent(EMPTY_CONDUCT, body, { ...writer, ...saltOf(io, body) });
    const state = applyEvent(EMPTY_CONDUCT, event);
    return withLock(path, file, io.now().toISOString(), () => {
      const unfinished = `${path}.unfinished-${process.pid}`;
      if (exists(unfinished)) unlinkSync(unfinished);
      writeNewFile(unfinished, [toLogLine(event)], mode);
      try {
        linkSync(unfinished, path);
      } catch (error) {
        throw fromFileSystem(error, file);
      } finally {
        unlinkSync(unfinished);
      }
      syncFolder(dirname(path));
      return { event, state };
    });
  });
}

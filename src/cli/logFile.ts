import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  realpathSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { AllocellError, type Issue } from "../foundation/index.js";
import {
  applyEvent,
  chainEvent,
  EMPTY_CONDUCT,
  endIssues,
  lastTimeIssues,
  lacksLineEnd,
  needsSalt,
  readLog,
  toLogLine,
  type ConductBody,
  type ConductEvent,
  type ConductState,
  type ReadLog,
} from "../allocation/index.js";
import { failAt, mapIssues, touching } from "./failure.js";
import { withLock } from "./fileLock.js";
import type { Io } from "./io.js";
import { beginUnfinished, endUnfinished } from "./unfinished.js";
import { placeNew, syncFolder, writeNewFile } from "./writeFiles.js";

/** What was appended, already on the disk. */
export interface Appended {
  readonly event: ConductEvent;
  readonly state: ConductState;
  /** What was found behind the last event before, and what is odd about the new one's time. */
  readonly warnings: readonly Issue[];
  /** The event was in the log before: nothing was written. */
  readonly wasThere?: true;
  /** The event is in the log, but what came after failed: the file could not be closed, or its lock not be removed. */
  readonly fault?: unknown;
}

/** What is to be appended; or an event of the log, where what was asked for stands there already. */
export type Decision = ConductBody | { readonly standing: ConductEvent };

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
 * @param decide - the body of the event, from the log; or the event that stands there already
 * @throws AllocellError `cli.log_busy`; `conduct.*`; `cli.file_missing` and its kin: nothing was written then
 */
export function appendToLog(io: Io, file: string, writer: Writer, decide: (log: ReadLog) => Decision): Appended {
  const path = touching(file, () => realpathSync(resolve(io.cwd, file)));
  const now = io.now().toISOString();
  return finishing(file, (done) => {
    withLock(path, file, now, () => {
      const fd = openSync(path, "r+");
      try {
        const { log, end } = readLogBytes(readFileSync(fd), file);
        const decision = decide(log);
        if ("standing" in decision) {
          // Its writer may have been stopped before it was on the disk.
          fsyncSync(fd);
          done({ event: decision.standing, state: log.state, warnings: endIssues(log), wasThere: true });
          return;
        }
        const event = chainEvent(log.state, decision, { ...writer, ...saltOf(io, decision) });
        const state = applyEvent(log.state, event);
        const warnings = [...endIssues(log), ...lastTimeIssues([...log.events, event], now)];
        const line = toLogLine(event);
        const fault = writeAt(fd, end, lacksLineEnd(log) ? `\n${line}` : line);
        done({ event, state, warnings, ...(fault === undefined ? {} : { fault }) });
      } finally {
        closeSync(fd);
      }
    });
  });
}

/** Runs what writes an event. A fault after `done` no longer means that nothing was written. */
function finishing(file: string, act: (done: (appended: Appended) => void) => void): Appended {
  const written: Appended[] = [];
  try {
    touching(file, () => {
      act((appended) => written.push(appended));
    });
  } catch (error) {
    const [appended] = written;
    if (appended === undefined) throw error;
    return { fault: error, ...appended };
  }
  return written[0] as Appended;
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

/**
 * Makes a new log with its first event. The file appears whole or not at all, and never over another one.
 *
 * @param mode - permission bits: 0o600 for a log that will hold treatments
 */
export function createLog(io: Io, file: string, writer: Writer, body: ConductBody, mode: number): Appended {
  const path = resolve(io.cwd, file);
  const now = io.now().toISOString();
  return finishing(file, (done) => {
    const event = chainEvent(EMPTY_CONDUCT, body, { ...writer, ...saltOf(io, body) });
    const state = applyEvent(EMPTY_CONDUCT, event);
    withLock(path, file, now, () => {
      const unfinished = beginUnfinished(path, file);
      try {
        writeNewFile(unfinished, [toLogLine(event)], mode);
        placeNew(unfinished, path);
        done({ event, state, warnings: lastTimeIssues([event], now) });
        syncFolder(dirname(path));
      } finally {
        endUnfinished(unfinished);
      }
    });
  });
}

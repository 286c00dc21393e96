import { readFileSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import type { Issue } from "../foundation/index.js";
import {
  applyEvent,
  chainEvent,
  EMPTY_CONDUCT,
  endIssues,
  lastTimeIssues,
  needsSalt,
  toLogLine,
  type ConductBody,
  type ConductEvent,
  type ConductState,
  type ReadLog,
} from "../allocation/index.js";
import { holdLog, makeLog, readLogBytes, touching } from "../store/disk/index.js";
import type { Io } from "./io.js";

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
    holdLog(path, file, now, ({ log, append, sync }) => {
      const decision = decide(log);
      if ("standing" in decision) {
        sync();
        done({ event: decision.standing, state: log.state, warnings: endIssues(log), wasThere: true });
        return;
      }
      const event = chainEvent(log.state, decision, { ...writer, ...saltOf(io, decision) });
      const state = applyEvent(log.state, event);
      const warnings = [...endIssues(log), ...lastTimeIssues([...log.events, event], now)];
      const fault = append(toLogLine(event));
      done({ event, state, warnings, ...(fault === undefined ? {} : { fault }) });
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
    makeLog(path, file, now, toLogLine(event), mode, () => {
      done({ event, state, warnings: lastTimeIssues([event], now) });
    });
  });
}

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  answerOf,
  EMPTY_CONDUCT,
  lacksLineEnd,
  NO_EVENT,
  readOn,
  toLogLine,
  type ConductEvent,
  type ConductState,
  type ReadLog,
} from "../../allocation/index.js";
import { exists, holdLog, makeLog, readLogBytes, touching, type HeldLog, type OpenLog } from "../disk/index.js";
import { AllocellError, fail } from "../../foundation/index.js";
import { chainBroken, requireLogName, type AllocationStore, type NewEvents } from "../index.js";

/** How {@link fileStore} keeps logs as files. */
export interface FileStoreOptions {
  /** Whether the logs may hold treatments: their files then say UNBLINDED, and only their owner may read them. */
  readonly unblinded?: boolean;
  /** The instant, ISO 8601, for the lock of a file; by the clock where absent. */
  readonly now?: () => string;
}

/** The lines of a file that were read and are whole, so that the next reading begins behind them. */
interface Known {
  readonly log: { readonly events: ConductEvent[]; readonly state: ConductState };
  /** Their length in bytes. */
  readonly length: number;
  /** The last of them; where it no longer stands, the file was exchanged, and is read anew. */
  readonly last: Buffer;
}

const nothing = (): Known => ({ log: { events: [], state: EMPTY_CONDUCT }, length: 0, last: Buffer.alloc(0) });

/**
 * Keeps logs in a folder, each in a file of its own: the same files that the command `allocell` writes, with the same
 * lock, so that both may write one log. A process reads of a file only what was added since it read it last.
 *
 * @param folder - must exist; log `SLE-SD-01` is the file `SLE-SD-01.log`, or `SLE-SD-01.UNBLINDED.log` with `unblinded`
 * @throws AllocellError (each function) `conduct.*` for a file that is no whole log; `cli.file_*`;
 *   `store.treatments_closed` for an event with a treatment without `unblinded`; `store.unavailable` if the event may or
 *   may not be on the disk
 * @example
 * const log = new StoredLog({ store: fileStore("logs"), log: "SLE-SD-01" });
 */
export function fileStore(folder: string, options: FileStoreOptions = {}): AllocationStore {
  const known = new Map<string, Known>();
  const fileOf = (log: string): string =>
    resolve(join(folder, `${requireLogName(log)}${options.unblinded === true ? ".UNBLINDED" : ""}.log`));

  const readFrom = (path: string, fd: number): OpenLog => {
    const last = known.get(path) ?? nothing();
    const before = isStill(fd, last) ? last : nothing();
    // What was read is neither read nor copied again: a long log costs no more than a short one.
    const next = { events: [], state: before.log.state };
    const added = readLogBytes(bytesFrom(fd, before.length), path, (text) => readOn(next, text));
    const { events, state, ...end } = added.log;
    const length = before.length + added.end;
    if (lacksLineEnd(added.log))
      return { log: { events: [...before.log.events, ...events], state, ...end }, end: length };
    for (const event of events) before.log.events.push(event);
    const log = { events: before.log.events, state };
    known.set(path, { log, length, last: lastLineOf(log) });
    return { log: { ...log, ...end }, end: length };
  };
  const read = (log: string): ReadLog => {
    const path = fileOf(log);
    if (!exists(path)) return nothing().log;
    return touching(path, () => withFile(path, (fd) => readFrom(path, fd))).log;
  };

  return Object.freeze<AllocationStore>({
    head: (log) => answer(() => headOf(read(log))),
    events: (log, from, most = Infinity) => answer(() => read(log).events.slice(from - 1, from - 1 + most)),
    once: (log, request) =>
      answer(() => {
        const { events, state } = read(log);
        return events[(answerOf(state, request) ?? 0) - 1];
      }),
    append: (log, expectedHead, events) =>
      answer(() => append({ path: fileOf(log), options, readFrom }, expectedHead, events)),
  });
}

/** What the function throws rejects the promise. */
const answer = <T>(act: () => T): Promise<T> =>
  new Promise((done) => {
    done(act());
  });

interface Place {
  readonly path: string;
  readonly options: FileStoreOptions;
  readonly readFrom: (path: string, fd: number) => OpenLog;
}

function append({ path, options, readFrom }: Place, expectedHead: string, events: NewEvents): boolean {
  const lines = events.map(toLogLine).join("");
  const now = options.now?.() ?? new Date().toISOString();
  const isAllowed = (log: ReadLog): boolean => {
    if (!isNext(log, expectedHead, events)) return false;
    // Read as a file would be: what no reader took would close the log for ever.
    const { state } = readOn({ events: [], state: log.state }, lines);
    if (state.holdsTreatment && options.unblinded !== true) closed();
    return true;
  };
  const appendTo = ({ log, append: write }: HeldLog): boolean => {
    if (!isAllowed(log)) return false;
    if (write(lines) !== undefined) unavailable();
    return true;
  };
  try {
    return touching(path, () => {
      if (exists(path)) return holdLog(path, path, now, appendTo, (fd) => readFrom(path, fd));
      if (!isAllowed(nothing().log)) return false;
      makeLog(path, path, now, lines, options.unblinded === true ? 0o600 : 0o644, () => undefined);
      return true;
    });
  } catch (error) {
    // Somebody else is writing, or made the file first: another attempt may do.
    if (AllocellError.is(error) && ["cli.log_busy", "cli.output_exists"].includes(error.code)) return false;
    throw error;
  }
}

/** Whether the events come next. @throws AllocellError `store.chain_broken` if they follow none of the log */
function isNext({ events: standing, state }: ReadLog, expectedHead: string, events: NewEvents): boolean {
  const wasHead = expectedHead === NO_EVENT || standing.some(({ hash }) => hash === expectedHead);
  const isChained = events.every(({ previous }, i) => previous === (events[i - 1]?.hash ?? expectedHead));
  if (!wasHead || !isChained) return chainBroken();
  const isAnswered = events.some(({ request }) => request !== undefined && answerOf(state, request) !== undefined);
  return expectedHead === state.head && !isAnswered;
}

const headOf = ({ state }: ReadLog): { readonly events: number; readonly hash: string } => ({
  events: state.events,
  hash: state.head,
});

function lastLineOf({ events }: ReadLog): Buffer {
  const last = events.at(-1);
  return Buffer.from(last === undefined ? "" : toLogLine(last), "utf8");
}

/** Whether the lines that were read stand where they stood, as far as the last of them tells: it holds their hash. */
function isStill(fd: number, { length, last }: Known): boolean {
  return fstatSync(fd).size >= length && bytesFrom(fd, length - last.length, last.length).equals(last);
}

function bytesFrom(fd: number, start: number, length: number = fstatSync(fd).size - start): Buffer {
  const bytes = Buffer.alloc(length);
  let at = 0;
  for (let took = 1; at < length && took > 0; at += took) took = readSync(fd, bytes, at, length - at, start + at);
  return bytes.subarray(0, at);
}

function withFile<T>(path: string, act: (fd: number) => T): T {
  const fd = openSync(path, "r");
  try {
    return act(fd);
  } finally {
    closeSync(fd);
  }
}

function closed(): never {
  return fail(
    "store.treatments_closed",
    "treatments",
    "This event holds a treatment; this folder is for logs without.",
    {
      expected: "fileStore(folder, { unblinded: true }), for unblinded people only",
    },
  );
}

function unavailable(): never {
  return fail(
    "store.unavailable",
    "store",
    "Whether the event is on the disk is not known: send the same request again.",
  );
}

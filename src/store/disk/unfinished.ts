import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { failAt } from "./located.js";
import { isRunning, thisProcess } from "./runningProcess.js";

/*
 * What is being written stands beside its place under another name until it is whole. Here those names are made and
 * remembered, so that an interrupted run can take them away, and a later run can tell of those that a killed one left.
 */

const unfinished = new Set<string>();
/** Messages, by the name of what was found. */
const leftovers = new Map<string, string>();
let watchesSignals = false;
let isWatching = false;

/** Exit codes as a shell gives them: 128 and the number of the signal. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * From now on a run that is interrupted while it writes removes what is unfinished and ends with 128 + the signal. The
 * listeners are set with the first unfinished thing and not before: until then the system ends the process at once,
 * also in the middle of a long calculation.
 */
export function removeUnfinishedOnSignals(): void {
  watchesSignals = true;
}

function watch(): void {
  if (!watchesSignals || isWatching) return;
  isWatching = true;
  for (const [signal, exitCode] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      for (const path of unfinished) rmSync(path, { recursive: true, force: true });
      process.exit(exitCode);
    });
  }
}

/** The name under which something is written until it is whole: in the same folder, hidden, with the mark of this process. */
export function beginUnfinished(target: string, shown: string): string {
  const folder = dirname(target);
  if (!existsSync(folder)) {
    failAt({
      code: "cli.folder_missing",
      path: shown,
      file: shown,
      message: "The folder in which this is to be written does not exist.",
      expected: "an existing folder",
    });
  }
  findLeftovers(folder);
  const path = join(folder, `.${basename(target)}.unfinished-${ownMark()}-${randomBytes(4).toString("hex")}`);
  watch();
  unfinished.add(path);
  return path;
}

/** Removes what is left of it: nothing, or a second name, if it took its place. */
export function endUnfinished(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Whether the answer stands does not hang on it.
    noteLeftover(path);
  }
  unfinished.delete(path);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The write itself tells what is wrong with the folder.
    return [];
  }
}

/** Eight digits that stand for a text, so that a name stays short. */
const markOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** Of the process that writes: machine, number, start. */
function ownMark(): string {
  const { machine, pid, started } = thisProcess();
  return `${markOf(machine)}-${pid}-${markOf(started)}`;
}

const UNFINISHED =
  /^\..+\.unfinished-(?<machine>[0-9a-f]{8})-(?<pid>\d+)-(?<start>[0-9a-f]{8})-[0-9a-f]{8}(?<what>-replaced|-removed)?$/;

/** Remembers what runs left in a folder that were killed, or that may have been. */
function findLeftovers(folder: string): void {
  const own = markOf(thisProcess().machine);
  for (const name of namesIn(folder)) {
    const { machine, pid, start, what = "" } = UNFINISHED.exec(name)?.groups ?? {};
    if (machine === undefined) continue;
    const isOwnMachine = machine === own;
    if (isOwnMachine && isRunning(Number(pid), (started) => markOf(started) === start)) continue;
    const by = isOwnMachine
      ? "was left by a run that was killed"
      : "is of a run on another machine or in another container, which is writing it or was killed";
    const message =
      what === "-replaced"
        ? `${name} ${by} while it replaced a folder: it is the former one, whole. Keep or remove it.`
        : what === "-removed"
          ? `${name} ${by} while it removed a former folder: it is not whole, and the new folder stands. Remove it.`
          : `${name} ${by} while it wrote: it is not whole, and nothing uses it. Remove it.`;
    leftovers.set(name, isOwnMachine ? message : `${message} First make sure that nobody is writing it.`);
  }
}

/** Tells of something that this run could not take away. */
export function noteLeftover(path: string): void {
  const name = basename(path);
  leftovers.set(name, `${name} could not be removed, and nothing uses it. Remove it.`);
}

/** What killed runs left where this run wrote, in words for a person; each is told once. */
export function takeLeftoverNotes(): readonly string[] {
  const notes = [...leftovers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, message]) => message);
  leftovers.clear();
  return notes;
}

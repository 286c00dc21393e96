import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { failAt } from "./failure.js";

/*
 * What is being written stands beside its place under another name until it is whole. Here those names are made and
 * remembered, so that an interrupted run can take them away, and a later run can tell of those that a killed one left.
 */

const unfinished = new Set<string>();
const leftovers = new Set<string>();
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

/** The name under which something is written until it is whole: in the same folder, hidden, with this process's number. */
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
  const stem = `.${basename(target)}.unfinished-`;
  for (const name of namesIn(folder)) if (name.startsWith(stem) && !isBeingWritten(name)) leftovers.add(name);
  const path = join(folder, `${stem}${process.pid}-${randomBytes(4).toString("hex")}`);
  watch();
  unfinished.add(path);
  return path;
}

/** Removes what is left of it: nothing if it took its place. */
export function endUnfinished(path: string): void {
  rmSync(path, { recursive: true, force: true });
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

/** Whether the process in the name is there: then it is no left-over, but another run. */
function isBeingWritten(name: string): boolean {
  const pid = Number(/\.unfinished-(\d+)-/.exec(name)?.[1] ?? "0");
  if (pid === 0) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process is there, but is somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** What killed runs left where this run wrote, in words for a person; each is told once. */
export function takeLeftoverNotes(): readonly string[] {
  const notes = [...leftovers]
    .sort()
    .map((name) =>
      name.endsWith("-replaced")
        ? `${name} was left by a run that was killed while it replaced a folder: it is the former one. Keep or remove it.`
        : `${name} was left by a run that was killed while it wrote: it is not whole, and nothing uses it. Remove it.`,
    );
  leftovers.clear();
  return notes;
}

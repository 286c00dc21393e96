import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { failAt } from "./located.js";
import { isRunning, thisProcess, type ProcessIdentity } from "./runningProcess.js";
import { lacksHardLinks } from "./writeFiles.js";

/*
 * One writer at a time, by a lock file beside the file that is written.
 *
 * Taking. The lock's text is written into a file with a unique name, and link(2) then gives that file the lock's name.
 * link fails if the name is taken, and whoever reads a lock finds its whole text, never a part of it. On a disk without
 * hard links the lock is made by open(2) with O_EXCL, and its text written after: a writer that is killed in between
 * leaves a lock that nobody takes over, and that a person removes.
 *
 * A dead holder. A writer that was killed leaves its lock. It is dead if no process has its number, or if that process
 * started at another time (numbers are used again) or is a zombie. Then the lock is taken over by rename(2) of one's
 * own text over it. Two who found the same dead lock must not both do so: the second would take the lock from the
 * first. So a take-over needs a second lock first, the guard, whose name holds the nonce of the dead lock. Under the
 * guard the lock is read again, and replaced only if it still has that nonce. A nonce never comes back, so whoever
 * gets the guard late finds another nonce and gives up. If a process dies that holds a guard, the guard is a lock with
 * a nonce like any other, and is taken over by the same rule.
 *
 * What cannot be told. A process on another machine, or in another process namespace, counts as alive: its lock is
 * never taken over, the message names it, and a person decides. Such doubt only ever makes a writer wait.
 */

/** Who holds a lock. */
interface Holder extends ProcessIdentity {
  readonly nonce: string;
  readonly since: string;
}

const LOCK_FIELDS = ["machine", "nonce", "pid", "since", "started"];

/**
 * Runs `act` while this process alone holds the lock `<path>.lock`.
 *
 * @param path - the file that is written, its links followed; `shown` is the same as the user wrote it
 * @throws AllocellError `cli.log_busy` at once if somebody else holds the lock, naming the process
 */
export function withLock<T>(path: string, shown: string, since: string, act: () => T): T {
  const lock = `${path}.lock`;
  const self = { ...thisProcess(), since };
  const busy = acquire(lock, path, self);
  if (busy !== undefined) refuse(lock, shown, busy);
  let result: T;
  try {
    removeLeftovers(lock);
    result = act();
  } catch (error) {
    // What went wrong first is told; a lock that stays is taken over when this process has ended.
    attempt(() => {
      unlinkSync(lock);
    });
    throw error;
  }
  unlinkSync(lock);
  return result;
}

/** Takes a lock; returns its holder if somebody else has it, or "unreadable" if nobody can be named. */
function acquire(lock: string, path: string, self: Omit<Holder, "nonce">): Holder | "unreadable" | undefined {
  const nonce = randomBytes(16).toString("hex");
  const own = `${path}.lock-new.${self.pid}.${nonce}`;
  writeWhole(own, `${JSON.stringify({ ...self, nonce })}\n`);
  try {
    // A holder may let go between the failed link and the reading, hence another try; and another.
    for (let tries = 0; tries < 20; tries += 1) {
      if (tryLink(own, lock)) return undefined;
      const holder = readHolder(lock);
      if (holder === undefined) continue;
      if (holder === "unreadable" || isAlive(holder)) return holder;
      const guard = `${path}.lock.${holder.nonce}`;
      const busy = acquire(guard, path, self);
      if (busy !== undefined) return busy;
      try {
        const now = readHolder(lock);
        if (now !== undefined && now !== "unreadable" && now.nonce === holder.nonce) {
          renameSync(own, lock);
          return undefined;
        }
      } finally {
        unlinkIfThere(guard);
      }
    }
    return "unreadable";
  } finally {
    unlinkIfThere(own);
  }
}

function writeWhole(path: string, text: string): void {
  const fd = openSync(path, "wx", 0o644);
  try {
    writeSync(fd, text);
    // Were only the name on the disk after a power failure, nobody could tell that the holder is gone.
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function tryLink(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    if (!lacksHardLinks(error)) throw error;
    return tryWrite(readFileSync(own, "utf8"), lock);
  }
}

/** Without hard links the name is taken first and the text follows: who reads in between finds a lock of nobody known. */
function tryWrite(text: string, lock: string): boolean {
  try {
    writeWhole(lock, text);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    unlinkIfThere(lock);
    throw error;
  }
}

/** The holder of a lock file, undefined if there is no such file. */
function readHolder(file: string): Holder | "unreadable" | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    const keys = typeof read === "object" && read !== null ? Object.keys(read).sort() : [];
    return keys.join() === LOCK_FIELDS.join() ? (read as Holder) : "unreadable";
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    if (error instanceof SyntaxError) return "unreadable";
    throw error;
  }
}

function isAlive({ machine, pid, started }: Holder): boolean {
  if (machine !== thisProcess().machine) return true;
  return isRunning(pid, (now) => started === "unknown" || now === started);
}

/**
 * Removes what killed processes left: guards and unlinked lock texts. Only the holder of the lock does so, and for it
 * every guard is void: a guard is for replacing a lock with another nonce, and the lock that stands is ours.
 */
function removeLeftovers(lock: string): void {
  const folder = dirname(lock);
  const name = basename(lock);
  for (const entry of readdirSync(folder)) {
    const isGuard = entry.startsWith(`${name}.`);
    if (!isGuard && !entry.startsWith(`${name}-new.`)) continue;
    const file = join(folder, entry);
    const holder = attempt(() => readHolder(file));
    if (holder === undefined) continue;
    // A text without an end may be one that is just being written; after a minute it is not.
    const isGone = holder === "unreadable" ? isOld(file) : !isAlive(holder);
    if (isGone) unlinkIfThere(file);
  }
}

function isOld(file: string): boolean {
  const modified = attempt(() => statSync(file).mtimeMs);
  return modified !== undefined && Date.now() - modified > 60_000;
}

function unlinkIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function refuse(lock: string, shown: string, holder: Holder | "unreadable"): never {
  if (holder === "unreadable") {
    return failAt({
      code: "cli.log_busy",
      path: shown,
      file: shown,
      message: "Somebody else is writing this log, or left a lock that cannot be read.",
      expected: `one writer at a time: try again; if nobody writes, remove ${basename(lock)}`,
    });
  }
  const [machine = ""] = holder.machine.split(" ");
  return failAt({
    code: "cli.log_busy",
    path: shown,
    file: shown,
    message: `Process ${holder.pid} on ${machine} is writing this log since ${holder.since}; nothing was written.`,
    expected: `one writer at a time: try again; if that machine is gone, remove ${basename(lock)}`,
    parameters: { process: holder.pid, since: holder.since },
  });
}

import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process, so that it can be told from another one that got its number later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started and in which boot, as far as the system tells. */
  readonly started: string;
  /** The machine and, on Linux, the namespace in which process numbers mean anything. */
  readonly machine: string;
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) ?? "unknown", machine: machineName() };
}

function machineName(): string {
  const namespace = attempt(() => readlinkSync("/proc/self/ns/pid"));
  return namespace === undefined ? hostname() : `${hostname()} ${namespace}`;
}

/** Start of a process as Linux counts it, with the id of the boot; undefined elsewhere or for a process that is gone. */
export function startOf(pid: number): string | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "latin1"));
  if (stat === undefined) return undefined;
  // The second field is the program's name in brackets and may hold spaces; state is the third, start the 22nd field.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return "ended";
  const boot = attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()) ?? "";
  return `${boot} ${fields[19] ?? ""}`;
}

/** Whether a process of this machine runs, by its number and start; in containers the number alone says nothing. */
export function isRunning(pid: number, isStart: (started: string) => boolean): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process is there, but is somebody else's.
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
  }
  const started = startOf(pid);
  return started === undefined || isStart(started);
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

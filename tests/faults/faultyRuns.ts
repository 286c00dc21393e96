import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildCommand } from "../support/buildCommand.js";

/** Calls that change what is on a disk; every state that a killed run can leave stands before one of them. */
const CHANGING =
  "open,openat,creat,write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,link,linkat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir";

/** Whether strace can be used here; `.ci/run` demands it. */
export const hasStrace: boolean = spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;
if (!hasStrace && process.env["ALLOCELL_FAULTS"] === "required")
  throw new Error("strace is missing, or may trace nothing here");
if (!hasStrace) process.stderr.write("SKIPPED: the fault injection needs strace\n");

/** What a run of the command ended with. */
export interface Ended {
  /** null: it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One system call of a run: the nth of its name. */
export interface Call {
  readonly name: string;
  readonly nth: number;
}

export interface Runs {
  /** A new folder with a copy of another. */
  readonly copyOf: (folder: string) => string;
  readonly run: (cwd: string, argv: readonly string[], inject?: string) => Promise<Ended>;
  /** The calls by which a run changes its disk, in order, from the first that names its folder. */
  readonly callsOf: (from: string, argv: readonly string[]) => Promise<readonly Call[]>;
  readonly main: string;
  readonly end: () => void;
}

export async function faultyRuns(name: string): Promise<Runs> {
  const bundle = resolve("node_modules/.cache/allocell-faults", `${name}-${process.pid}`);
  await buildCommand(bundle);
  const place = mkdtempSync(join(tmpdir(), "allocell-faults-"));
  const main = join(bundle, "main.js");
  let copies = 0;
  const start = (cwd: string, command: readonly string[]): Promise<Ended> => {
    const child = spawn(command[0] as string, command.slice(1), { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
    child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
    return new Promise((done) =>
      child.on("close", (code) => {
        done({ code, stdout, stderr });
      }),
    );
  };
  const copyOf = (folder: string): string => {
    const copy = join(place, String((copies += 1)));
    mkdirSync(copy);
    cpSync(folder, copy, { recursive: true });
    return copy;
  };
  // Only the thread that runs the program: it is the one that touches files.
  const traced = (trace: string, argv: readonly string[], more: readonly string[]): string[] => [
    ...["strace", "-qq", "-s", "4096", "-e", `trace=${CHANGING}`, "-e", "signal=none", ...more, "-o", trace],
    ...[process.execPath, main, ...argv],
  ];
  return {
    main,
    copyOf,
    run: (cwd, argv, inject) =>
      start(
        cwd,
        inject === undefined
          ? [process.execPath, main, ...argv]
          : traced("/dev/null", argv, ["-e", `inject=${inject}`]),
      ),
    callsOf: async (from, argv) => {
      const cwd = copyOf(from);
      const trace = `${cwd}.trace`;
      await start(cwd, traced(trace, argv, []));
      const counts = new Map<string, number>();
      let hasBegun = false;
      const calls: Call[] = [];
      for (const line of readFileSync(trace, "utf8").split("\n")) {
        const call = /^(\w+)\(/.exec(line)?.[1];
        if (call === undefined) continue;
        const nth = (counts.get(call) ?? 0) + 1;
        counts.set(call, nth);
        hasBegun ||= line.includes(`${cwd}/`) && /O_CREAT|O_RDWR|^mkdir|^link|^rename|^unlink/.test(line);
        if (hasBegun && !(call.startsWith("open") && !line.includes("O_CREAT"))) calls.push({ name: call, nth });
      }
      return calls;
    },
    end: () => {
      rmSync(bundle, { recursive: true, force: true });
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Runs two at a time: as many as a small machine has processors. */
export async function eachOf<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await act(item);
  };
  await Promise.all([lane(), lane()]);
}

/** The files of a folder and their bytes, or undefined if there is no such folder. */
export function contentOf(folder: string): ReadonlyMap<string, string> | undefined {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return undefined;
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), "latin1")]),
  );
}

/** The hidden names in a folder under which something is written. */
export const hiddenIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.includes(".unfinished-"));

import { randomFillSync } from "node:crypto";
import { fstatSync } from "node:fs";
import type { Io, Output } from "./io.js";
import { run } from "./run.js";
import { fromFileSystem, removeUnfinishedOnSignals, writeAll } from "../store/disk/index.js";

/**
 * Where `allocell ... | head` closes the pipe early there is just nobody left to write to: the command goes on, writes
 * its files whole, and its exit code is that of its answer. Any other fault of standard output is told as such.
 */
function outputTo(stream: NodeJS.WriteStream & { readonly fd: 1 | 2 }, name: string | undefined): Output {
  // The callback of the failing write says it; without a listener the event would end the process too.
  stream.on("error", () => undefined);
  let isOpen = true;
  const isFile = isRegularFile(stream.fd);
  const send = (text: string, done: (error?: Error | null) => void): void => {
    if (!isFile) {
      stream.write(text, done);
      return;
    }
    // The stream would take a part of it for the whole: a disk that gets full takes less than it is given.
    try {
      writeAll(stream.fd, Buffer.from(text, "utf8"));
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return {
    ...(stream.isTTY ? { terminal: stream } : {}),
    isClosed: () => !isOpen,
    write: (text) =>
      new Promise((resolve, reject) => {
        if (!isOpen) {
          resolve();
          return;
        }
        send(text, (error) => {
          if (error === undefined || error === null) {
            resolve();
            return;
          }
          isOpen = false;
          const isGone = "code" in error && error.code === "EPIPE";
          const fault = name === undefined ? error : fromFileSystem(error, name);
          if (isGone || name === undefined) resolve();
          else reject(fault instanceof Error ? fault : error);
        });
      }),
  };
}

function isRegularFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

/** Runs the command line in this process, with its real files, clock and entropy. */
export async function processRun(argv: readonly string[]): Promise<void> {
  removeUnfinishedOnSignals();
  const io: Io = {
    stdout: outputTo(process.stdout, "standard output"),
    // If not even a fault can be told, the exit code is left.
    stderr: outputTo(process.stderr, undefined),
    cwd: process.cwd(),
    env: process.env,
    now: () => new Date(),
    entropy: (bytes) => randomFillSync(new Uint8Array(bytes)),
    runtime: `node ${process.versions.node}`,
  };
  process.exitCode = await run(argv, io);
}

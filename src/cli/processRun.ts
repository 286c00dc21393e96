import { randomFillSync } from "node:crypto";
import type { Io, Output } from "./io.js";
import { run } from "./run.js";

function outputTo(stream: NodeJS.WriteStream): Output {
  // `allocell doses ... | head` closes the pipe early: that is no fault, there is just nobody left to write to.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  return {
    ...(stream.isTTY ? { terminal: stream } : {}),
    write: (text) =>
      new Promise((resolve) => {
        stream.write(text, () => {
          resolve();
        });
      }),
  };
}

/** Runs the command line in this process, with its real files, clock and entropy. */
export async function processRun(argv: readonly string[]): Promise<void> {
  const io: Io = {
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    cwd: process.cwd(),
    env: process.env,
    now: () => new Date(),
    entropy: (bytes) => randomFillSync(new Uint8Array(bytes)),
    runtime: `node ${process.versions.node}`,
  };
  process.exitCode = await run(argv, io);
}

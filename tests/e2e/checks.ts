import { execFile } from "node:child_process";

/** What a finished command printed. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

const firstLines = (text: string): string => text.trim().split("\n").slice(0, 40).join("\n");

/** Runs a program without a shell; rejects with the first lines of its output if it fails. */
export function run(program: string, args: readonly string[], directory: string): Promise<Output> {
  return new Promise((resolve, reject) => {
    const options = { cwd: directory, maxBuffer: 2 ** 26, env: { ...process.env, NO_COLOR: "1" } };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(new Error([`${program} ${args.join(" ")}`, firstLines(stdout), firstLines(stderr)].join("\n")));
    });
  });
}

/** Thrown by a check for which this machine lacks something. */
export class Missing extends Error {}

const counts = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs one check and prints how it ended. What is missing on the machine is a skip, shown as such, and a failure where
 * CI is set.
 *
 * @returns what the check returned; undefined if it did not pass
 */
export async function check<T>(name: string, act: () => Promise<T>): Promise<T | undefined> {
  try {
    const result = await act();
    counts.passed += 1;
    console.log(`ok       ${name}${typeof result === "string" ? `: ${result}` : ""}`);
    return result;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isSkip = error instanceof Missing && process.env["CI"] === undefined;
    counts[isSkip ? "skipped" : "failed"] += 1;
    console.log(`${isSkip ? "SKIPPED " : "FAILED  "} ${name}: ${reason}`);
    return undefined;
  }
}

/** Prints the sums and sets the exit code. */
export function finish(): void {
  const { passed, failed, skipped } = counts;
  console.log(`package checks: ${passed} ok, ${failed} failed${skipped === 0 ? "" : `, ${skipped} SKIPPED`}`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

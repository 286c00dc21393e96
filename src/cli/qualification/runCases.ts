import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AllocellError } from "../../foundation/index.js";
import type { Io } from "../io.js";
import { CALLS } from "./calls.js";
import { firstDifference, type OqCase, type OqFile } from "./caseFile.js";

/** Runs one command line: handed over, because it is the one that called this. */
export type Run = (argv: readonly string[], io: Io) => Promise<number>;

/** One case that was run. A case that could not run has not passed. */
export interface OqResult extends OqCase {
  readonly group: string;
  readonly found: unknown;
  readonly isPassed: boolean;
  /** Where expected and found first differ, as a path in them. */
  readonly differsAt?: string;
}

/** Runs every case of every file, one after another, without a network. */
export async function runCases(files: readonly OqFile[], run: Run): Promise<readonly OqResult[]> {
  const results: OqResult[] = [];
  for (const { group, cases } of files) {
    for (const one of cases) {
      const found = await foundOf(one, run);
      const differsAt = firstDifference(one.expected, found);
      const where = differsAt === undefined ? {} : { differsAt };
      results.push({ ...one, group, found, isPassed: differsAt === undefined, ...where });
    }
  }
  return results;
}

/** The answer as plain JSON; of a refusal its code; of anything else that is thrown what was said, which no case expects. */
async function foundOf({ call, given }: OqCase, run: Run): Promise<unknown> {
  try {
    if (call === "command") return await commandsOf(given as unknown as Commands, run);
    const act = CALLS[call];
    if (act === undefined) return { couldNotRun: `There is no call "${call}".` };
    const answer: unknown = JSON.parse(JSON.stringify({ answer: act(given as never) }));
    return (answer as { readonly answer?: unknown }).answer;
  } catch (error) {
    if (AllocellError.is(error)) return { refused: error.code };
    return { couldNotRun: String(error) };
  }
}

/** Steps in an empty folder: a file is written, one character of a file is changed, or a command is run. */
interface Commands {
  readonly steps: readonly {
    readonly write?: Readonly<Record<string, string>>;
    readonly change?: string;
    readonly run?: readonly string[];
  }[];
}

async function commandsOf({ steps }: Commands, run: Run): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "allocell-oq-"));
  const found: unknown[] = [];
  try {
    for (const { write = {}, change, run: argv } of steps) {
      for (const [name, text] of Object.entries(write)) writeFileSync(join(folder, name), text);
      if (change !== undefined) changeOne(join(folder, change));
      if (argv !== undefined) found.push(await commandIn(folder, argv, run));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
}

/** One digit in the middle of a file becomes another one. */
function changeOne(file: string): void {
  const text = readFileSync(file, "utf8");
  const at = [...text.matchAll(/\d/g)].map(({ index }) => index);
  const place = at[Math.floor(at.length / 2)] ?? 0;
  writeFileSync(file, `${text.slice(0, place)}${text[place] === "1" ? "2" : "1"}${text.slice(place + 1)}`);
}

async function commandIn(cwd: string, argv: readonly string[], run: Run): Promise<unknown> {
  let [stdout, stderr] = ["", ""];
  const exit = await run([...argv, "--json"], {
    stdout: { write: (text) => ((stdout += text), Promise.resolve()) },
    stderr: { write: (text) => ((stderr += text), Promise.resolve()) },
    cwd,
    env: {},
    now: () => new Date("2026-01-10T08:00:00Z"),
    entropy: (bytes) => Uint8Array.from({ length: bytes }, (_, i) => (i * i * 37 + i * 11 + 5) & 255),
    runtime: "oq",
  });
  const said: unknown = JSON.parse(stdout === "" ? stderr : stdout);
  return { exit, answer: said };
}

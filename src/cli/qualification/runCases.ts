import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "../io.js";
import { CALLS } from "./calls.js";
import type { OqFile } from "./caseFile.js";
import { callOf, foundOf, resultOf, type OqResult } from "./runCase.js";

/** Runs one command line: handed over, because it is the one that called this. */
export type Run = (argv: readonly string[], io: Io) => Promise<number>;

/** Runs every case of every file, one after another, without a network. */
export async function runCases(files: readonly OqFile[], run: Run): Promise<readonly OqResult[]> {
  const results: OqResult[] = [];
  for (const { group, cases } of files) {
    for (const one of cases) {
      const command = (): Promise<unknown> => commandsOf(one.given as unknown as Commands, run);
      results.push(resultOf(one, group, await foundOf(one.call === "command" ? command : () => callOf(CALLS, one))));
    }
  }
  return results;
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

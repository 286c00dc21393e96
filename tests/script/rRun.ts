/* Writing R programs to a folder and running them, for the tests beside this file. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parsePlan, type Plan } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import { masterCsvName, toScript } from "../../src/reproduce/programs/index.js";
import { toCase, type RegenerationCase } from "../support/randomPlan.js";

const RSCRIPT = process.env["ALLOCELL_RSCRIPT"] ?? "Rscript";
const version = spawnSync(RSCRIPT, ["--version"], { encoding: "utf8" });

/** Whether there is no R; says so loudly, so that a machine without R cannot pass for one that compared. */
export function isWithoutR(what: string): boolean {
  const isAbsent = version.error !== undefined || version.status !== 0;
  if (isAbsent) console.warn(`SKIPPED: ${what} in R, because ${RSCRIPT} does not run.`);
  return isAbsent;
}

const RUNNER = join(import.meta.dirname, "rRunner.R");

export interface Answer {
  readonly code: number | null;
  readonly output: string;
}

export const textOf = ({ plan, status, algorithm }: RegenerationCase): string =>
  toScript(plan, { status, algorithm, language: "r" });

interface CaseFiles {
  readonly program: string;
  readonly csv: string;
  readonly seedFile: string;
}

/** Writes a case's program and list into a folder of their own, the list where the program looks for it. */
export function writeCase(folder: string, name: string, one: RegenerationCase): CaseFiles {
  const own = mkdtempSync(join(folder, `${name}-`));
  const files = {
    program: join(own, "program.R"),
    csv: join(own, masterCsvName(one.plan.list, one.status)),
    seedFile: join(own, "seed.txt"),
  };
  writeFileSync(files.program, textOf(one));
  writeFileSync(files.csv, one.masterCsv);
  // Base R cannot bring a text into form NFC, so its user has to.
  writeFileSync(files.seedFile, one.seedText.normalize("NFC"));
  return files;
}

/** Starts a program as a person would; the locale is the barest one, which knows no letter beyond ASCII. */
export function start(program: string, args: readonly string[], input: string): Answer {
  const env = { ...process.env, LC_ALL: "C" };
  const { status, stdout, stderr } = spawnSync(RSCRIPT, [program, ...args], { input, env, encoding: "utf8" });
  return { code: status, output: stdout + stderr };
}

export const rowsOf = (csv: string): number => csv.split("\r\n").length - 2;
export const agreement = ({ plan, status, masterCsv }: RegenerationCase): string =>
  `${rowsOf(masterCsv)} rows agree: this is ${status} list ${plan.list}.`;

/** Runs all programs in one process of R, because it takes R longer to start than to draw most lists. */
export function runAll(cases: readonly RegenerationCase[]): readonly Answer[] {
  const folder = mkdtempSync(join(tmpdir(), "allocell-r-"));
  const jobs = join(folder, "jobs.txt");
  const files = cases.map((one, i) => writeCase(folder, String(i), one));
  writeFileSync(jobs, files.map(({ program, csv, seedFile }) => `${program}\n${csv}\n${seedFile}\n`).join(""));
  const { stdout, stderr } = spawnSync(RSCRIPT, ["--vanilla", RUNNER, jobs], { encoding: "utf8", maxBuffer: 1e9 });
  rmSync(folder, { recursive: true, force: true });
  const answers = stdout.split(/^== (\d)\n/m);
  const results = cases.map((_, i) => ({ code: Number(answers[2 * i + 1]), output: (answers[2 * i] ?? "").trim() }));
  if (answers.length !== 2 * cases.length + 1) throw new Error(`R stopped early: ${stdout.slice(-500)}${stderr}`);
  return results;
}

/** Four arms in blocks of two sizes, stratified. */
export const BLOCKS: Plan = parsePlan({
  trial: "TRIAL-1",
  part: "main",
  list: "DEMO-A",
  arms: { low: 1, medium: 1, high: 1, placebo: 1 },
  procedure: { kind: "permuted-block", sizes: [4, 8], lastBlock: "cut" },
  strata: [{ factor: "site", levels: ["上海", "Zürich"] }],
  length: 30,
});
export const TEST_SEED = "hand example TEST";
export const test: RegenerationCase = toCase(BLOCKS, Seed.test(TEST_SEED), TEST_SEED);
const liveSeed = Seed.live(Uint8Array.from({ length: 32 }, (_, i) => (i * 97 + i * i * 31 + 200) % 256));
export const live: RegenerationCase = toCase(BLOCKS, liveSeed, liveSeed.revealText());

/*
 * The R programs in real R: every plan's list regenerated from its seed, and damaged lists found. Without Rscript the
 * tests are skipped, and the number of them is shown.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { toScript } from "../../src/script/index.js";
import { regenerationCases, type RegenerationCase } from "../support/randomPlan.js";

const hasR = spawnSync("Rscript", ["--version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "allocell-r-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scriptOf = ({ plan, status, algorithm }: RegenerationCase): string =>
  toScript(plan, { status, algorithm, language: "r" });

/** One run of a program: the file that it is to compare, and the seed that it is given. */
interface Run {
  readonly script: string;
  readonly csv: string | Buffer;
  readonly seedText: string;
}

/* Starting R takes longer than most lists: so one process runs them all, each where it sees its own arguments. */
const DRIVER = String.raw`
folder <- commandArgs(TRUE)[1]
for (i in seq_len(as.integer(commandArgs(TRUE)[2]))) {
  file <- function(end) file.path(folder, paste0(i, end))
  own <- new.env()
  own$commandArgs <- function(...) c("--seed-file", file(".seed"), file(".csv"))
  own$quit <- function(save, status) own$ended <- status
  started <- proc.time()[["elapsed"]]
  sys.source(file(".R"), envir = own)
  cat(sprintf("\n== %d %d %.2f\n", i, as.integer(own$ended), proc.time()[["elapsed"]] - started))
}
`;

function runAll(runs: readonly Run[]): { readonly exit: number; readonly text: string; readonly seconds: number }[] {
  runs.forEach(({ script, csv, seedText }, i) => {
    writeFileSync(join(folder, `${i + 1}.R`), script);
    writeFileSync(join(folder, `${i + 1}.csv`), csv);
    // Base R cannot normalise: its user has to.
    writeFileSync(join(folder, `${i + 1}.seed`), seedText.normalize("NFC"));
  });
  writeFileSync(join(folder, "driver.R"), DRIVER);
  const run = spawnSync("Rscript", ["--vanilla", join(folder, "driver.R"), folder, String(runs.length)], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C" },
  });
  const results: { exit: number; text: string; seconds: number }[] = [];
  let text = "";
  for (const line of run.stdout.split("\n")) {
    const end = /^== (\d+) (\d) ([\d.]+)$/.exec(line);
    if (end === null) text += `${line}\n`;
    else {
      results.push({ exit: Number(end[2]), text: text.trim(), seconds: Number(end[3]) });
      text = "";
    }
  }
  if (results.length !== runs.length) throw new Error(`R stopped after ${results.length} runs: ${run.stderr}${text}`);
  return results;
}

describe.skipIf(!hasR)("R regenerates", () => {
  const cases = regenerationCases();

  it(`${cases.length} random plans of every procedure, byte for byte`, { timeout: 600_000 }, () => {
    const results = runAll(cases.map((each) => ({ ...each, script: scriptOf(each), csv: each.masterCsv })));
    results.forEach(({ exit, text, seconds }, i) => {
      if (seconds > 1) console.log(seconds, JSON.stringify(cases[i]!.plan.procedure), cases[i]!.plan.length);
      const { plan, masterCsv } = cases[i]!;
      const rows = masterCsv.split("\r\n").length - 2;
      expect({ procedure: plan.procedure, exit, text }).toMatchObject({ exit: 0, text: expect.stringContaining(`${rows} rows agree`) as string });
    });
  });
});

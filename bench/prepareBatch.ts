import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { measure, printTable, show, type Timing } from "./measure.js";

/**
 * `allocell prepare-batch` as people run it, from the start of the process to the written file, beside the parsing of
 * the same CSV alone: with weights that recur, as on scales that show 0.1 kg, and with another weight in every row.
 */
const smoke = process.argv.includes("--smoke");
const rows = smoke ? 2_000 : 100_000;
const rounds = smoke ? 1 : 3;
const ARMS = ["low", "medium", "high", "placebo"];
const HEAD = "participant,kit,visit,arm,weight_kg,weighed_on,weighed_by,planned_on";
/** Told by the process itself when it ends, since nobody outside of it can see how large it grew. */
const TELL_PEAK = "process.on('exit',()=>console.error('peak '+process.resourceUsage().maxRSS))";

const folder = mkdtempSync(join(tmpdir(), "allocell-bench-"));
const table: string[][] = [["what", "median", "best", "CSV alone", "ratio", "target"]];
let peakMb = 0;

function csvOf(weightOf: (row: number) => string): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const id = String(row).padStart(6, "0");
    return `S${id},K-${id},Visit 2,${ARMS[row % 4]!},${weightOf(row)},2026-03-19,EXAMPLE nurse,2026-03-19\n`;
  });
  return [`${HEAD}\n`, ...lines].join("");
}

function runOnce(file: string): void {
  const argv = ["prepare-batch", file, "--order", "examples/sle/order-batch.yaml", "--out", `${file}.out`, "--force"];
  const started = [`--import=data:text/javascript,${TELL_PEAK}`, "dist/cli/main.js", ...argv];
  const { status, stderr } = spawnSync(process.execPath, started, { encoding: "utf8" });
  const told = /^(\d+) ready, (\d+) with an open warning, (\d+) refused;/mu.exec(stderr)?.slice(1) ?? [];
  const done = told.reduce((sum, count) => sum + Number(count), 0);
  // 1: some rows are open or refused, as they have to be.
  if (status !== 1 || done !== rows) throw new Error(`prepare-batch went wrong: ${stderr.slice(-500)}`);
  peakMb = Math.max(peakMb, Number(/^peak (\d+)$/mu.exec(stderr)?.[1]) / 1024);
}

function report(what: string, weightOf: (row: number) => string): void {
  const file = join(folder, "rows.csv");
  writeFileSync(file, csvOf(weightOf));
  const csv: Timing = measure(rounds, 1, () => parse(readFileSync(file, "utf8")));
  const { median, best } = measure(rounds, 1, () => {
    runOnce(file);
  });
  table.push([what, show(median), show(best), show(csv.median), (median / csv.median).toFixed(1), "<= 5 s"]);
}

try {
  report(`prepare-batch, ${rows} rows, weights to 0.1 kg`, (row) => (40 + ((row * 79) % 800) / 10).toFixed(1));
  report("  another weight in every row", (row) => (20 + ((row * 7919) % rows) / 1000).toFixed(3));
  table.push(["  peak memory of that process", `${peakMb.toFixed(0)} MB`, "", "", "", ""]);
  printTable(table);
} finally {
  rmSync(folder, { recursive: true });
}

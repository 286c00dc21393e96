import { spawnSync, type SpawnSyncReturns, type StdioOptions } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drawList } from "../src/list/generateList.js";
import { generateSequence, permutedBlock, type SequenceSources } from "../src/procedure/index.js";
import { arc4Stream, deriveStreamKey, Seed, type StreamPurpose } from "../src/random/index.js";
import { measure, printTable, show, type Timing } from "./measure.js";
import { benchPlan } from "./plan.js";
import { procedureRows } from "./procedures.js";

/**
 * Times and memory beside a plain loop in the same process: `npm run bench`, or with `-- --smoke` small sizes.
 * Nothing is asserted: the targets are printed beside what was measured.
 */
const smoke = process.argv.includes("--smoke");
const million = smoke ? 10_000 : 1_000_000;
const rounds = smoke ? 3 : 7;
const table: string[][] = [["what", "median", "best", "baseline", "ratio", "target"]];

/** The plain loop: a multiplicative generator and a shuffle of blocks of ten, as one would write it without a library. */
function plainLoop(rows: number): number {
  const block = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4];
  const arms = new Uint8Array(rows);
  let x = 12345;
  for (let row = 0; row < rows; row += 10) {
    for (let i = 9; i > 0; i -= 1) {
      x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
      const j = x % (i + 1);
      [block[i], block[j]] = [block[j]!, block[i]!];
    }
    for (let i = 0; i < 10 && row + i < rows; i += 1) arms[row + i] = block[i]!;
  }
  return arms[rows - 1]!;
}

function report(what: string, { median, best }: Timing, baseline: number, target: string): void {
  table.push([what, show(median), show(best), show(baseline), (median / baseline).toFixed(1), target]);
}

const seed = Seed.test("bench");
const keyOf = (purpose: StreamPurpose): string =>
  deriveStreamKey(seed, { algorithm: "allocell-pb-1", list: "BENCH-1", purpose, stratum: [] });
const keys = { allocation: keyOf("allocation"), blockSizes: keyOf("block-sizes") };
const keyed = (): SequenceSources => ({
  allocation: arc4Stream(keys.allocation),
  blockSizes: arc4Stream(keys.blockSizes),
});
const sequence = (rows: number, sources: SequenceSources): unknown =>
  generateSequence(permutedBlock({ ratio: [1, 1, 1, 1, 1], sizes: [5, 10] }), { rows }, sources);

const plainSmall = measure(rounds, 1000, () => {
  for (let i = 0; i < 1000; i += 1) plainLoop(58);
}).median;
const plainRow = measure(rounds, million, () => plainLoop(million)).median;
const repeat = smoke ? 50 : 500;
const times = (act: () => unknown): Timing =>
  measure(rounds, repeat, () => {
    for (let i = 0; i < repeat; i += 1) act();
  });

const small = benchPlan(58);
report(
  "list of 58 rows, 5 arms, with keys",
  times(() => drawList(small, seed)),
  plainSmall,
  "<= 100 µs",
);
const ready = Array.from({ length: repeat }, keyed);
let next = 0;
const fresh = (): SequenceSources => (ready[next++ % repeat] ??= keyed());
report(
  "the same, once keyed",
  times(() => sequence(58, fresh())),
  plainSmall,
  "<= 15 µs",
);

report(
  `a row, arms only, of ${million}`,
  measure(rounds, million, () => sequence(million, keyed())),
  plainRow,
  "<= 40 ns",
);
const many = 10 * million;
report(
  `a row, arms only, of ${many}`,
  measure(3, many, () => sequence(many, keyed())),
  plainRow,
  "as above",
);
const stream = arc4Stream(keys.allocation);
const words = measure(rounds, million, () => {
  for (let i = 0; i < million; i += 1) stream.nextWord();
});
report("(of it: a word of the stream)", words, plainRow, "");

const list = drawList(benchPlan(million), seed);
const fullRows = measure(Math.min(rounds, 5), million, () => {
  let length = 0;
  for (const row of list.unblindedRows()) length += row.number.length;
  return length;
});
report(`a full row with its number, of ${million}`, fullRows, plainRow, "<= 350 ns");

table.push(...procedureRows(rounds, million));

/** Another file of this benchmark in a process of its own, where its memory is measured. */
const inChild = (file: string, argument: string, stdio: StdioOptions = "pipe"): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), argument], { encoding: "utf8", stdio });
const child = inChild("./writeCsv.js", String(million));
if (child.status === 0) {
  const { nsPerRow, peakMb } = JSON.parse(child.stdout) as { nsPerRow: number; peakMb: number };
  report(`a row of CSV in a file, of ${million}`, { median: nsPerRow, best: nsPerRow }, plainRow, "");
  table.push(["  peak memory of that process", `${peakMb.toFixed(0)} MB`, "", "", "", "<= 300 MB"]);
} else console.log(`skipped: writing CSV (${child.stderr.trim().slice(0, 200)})`);

const command = "dist/cli/main.js";
if (existsSync(command)) {
  const run = (args: string[]): Timing => measure(rounds, 1, () => spawnSync(process.execPath, args));
  report("allocell --version", run([command, "--version"]), run(["-e", "0"]).median, "beside `node -e 0`");
} else console.log("skipped: allocell --version and prepare-batch (dist/cli/main.js is not built)");

printTable(table);
inChild("./doses.js", smoke ? "--smoke" : "", "inherit");
if (existsSync(command)) inChild("./prepareBatch.js", smoke ? "--smoke" : "", "inherit");
inChild("./assessment.js", smoke ? "--smoke" : "", "inherit");
inChild("./wholeTrials.js", smoke ? "--smoke" : "", "inherit");
const storeSize = smoke ? "--smoke" : process.argv.includes("--long") ? "--long" : "";
inChild("./store.js", storeSize, "inherit");
inChild("./escalation.js", "", "inherit");
inChild("./exports.js", smoke ? "--smoke" : "", "inherit");

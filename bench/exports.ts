import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { workbookOfSheets } from "../src/cli/writeWorkbook.js";
import { EXPORT_FORMATS, exportTable, parseExportMap, toExportCsv, unblindedRowsOf } from "../src/exchange/index.js";
import { drawList } from "../src/list/generateList.js";
import { toMasterCsv } from "../src/list/index.js";
import { Seed } from "../src/random/index.js";
import { printTable, show } from "./measure.js";
import { benchPlan } from "./plan.js";

// A process of its own, because its peak memory is a measure: rows are made and written one at a time.
const isSmoke = process.argv[2] === "--smoke";
const ROUNDS = isSmoke ? 1 : 3;

/** Nanoseconds of writing a file of these pieces. */
async function written(pieces: Iterable<string>): Promise<number> {
  const file = join(tmpdir(), `allocell-bench-export-${process.pid}.csv`);
  const start = process.hrtime.bigint();
  await pipeline(Readable.from(pieces), createWriteStream(file));
  const ns = Number(process.hrtime.bigint() - start);
  await rm(file);
  return ns;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const OWN = {
  redcap: { target: "open", targetField: "target", header: "14.7" },
  csv: {
    separator: "comma",
    columns: ["number", "arm", "sequence", "block", "block_size", "position"].map((from) => ({ title: from, from })),
  },
} as const;

/** Master CSV and table in turn, so that both have the machine as it is at that time; the median of the rounds. */
async function row(format: (typeof EXPORT_FORMATS)[number]): Promise<readonly string[]> {
  const rows = Math.min(isSmoke ? 10_000 : 1_000_000, format.mostRows ?? Infinity);
  const list = drawList(benchPlan(rows), Seed.test("bench"));
  const arms = { low: "1", medium: "2", high: "3", double: "4", placebo: "5" };
  const own = Object.hasOwn(OWN, format.id) ? OWN[format.id as keyof typeof OWN] : {};
  const map = parseExportMap(format, { to: format.id, arms, factors: {}, ...own }, list.unblindedRecord().plan);
  const [masters, tables, ratios]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const master = await written(toMasterCsv(list));
    const table = await written(toExportCsv(exportTable(unblindedRowsOf(list), format, map)));
    masters.push(master);
    tables.push(table);
    ratios.push(table / master);
  }
  const beside = `master CSV ${show(median(masters))}, ${median(ratios).toFixed(2)} times`;
  return [`${rows} rows as ${format.title}`, show(median(tables)), beside, "<= 2 times the master CSV"];
}

const table: (readonly string[])[] = [];
for (const format of EXPORT_FORMATS) table.push(await row(format));
const peakMb = process.resourceUsage().maxRSS / 1024;
const sheet = Array.from({ length: 10_000 }, (_, i) => ["TEST", "BENCH-1", "01", String(i), `TR01${i}`, "low"]);
const start = process.hrtime.bigint();
workbookOfSheets([{ sheet: "allocell", rows: sheet }]);
const workbook = Number(process.hrtime.bigint() - start);
printTable([
  ["export", "time", "beside", "target"],
  ...table,
  ["  peak memory of that process", `${peakMb.toFixed(0)} MB`, "", "<= 300 MB"],
  ["10000 rows as a workbook", show(workbook), "", "<= 2 s"],
]);

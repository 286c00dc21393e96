import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { workbookOfSheets } from "../src/cli/writeWorkbook.js";
import { exportFormat, exportTable, parseExportMap, toExportCsv, unblindedRowsOf } from "../src/exchange/index.js";
import { drawList } from "../src/list/generateList.js";
import { toMasterCsv } from "../src/list/index.js";
import { Seed } from "../src/random/index.js";
import { printTable, show } from "./measure.js";
import { benchPlan } from "./plan.js";

// A process of its own, because its peak memory is a measure: rows are made and written one at a time.
const rows = process.argv[2] === "--smoke" ? 10_000 : 1_000_000;
const list = drawList(benchPlan(rows), Seed.test("bench"));
const format = exportFormat("medidata-balance");
const arms = { low: "A", medium: "B", high: "C", double: "D", placebo: "E" };
const map = parseExportMap(format, { to: format.id, arms, factors: {} }, benchPlan(rows));

/** Nanoseconds of writing a file of these pieces. */
async function written(pieces: Iterable<string>): Promise<number> {
  const file = join(tmpdir(), `allocell-bench-export-${process.pid}.csv`);
  const start = process.hrtime.bigint();
  await pipeline(Readable.from(pieces), createWriteStream(file));
  const ns = Number(process.hrtime.bigint() - start);
  await rm(file);
  return ns;
}

const master = await written(toMasterCsv(list));
const table = await written(toExportCsv(exportTable(unblindedRowsOf(list), format, map)));
const peakMb = process.resourceUsage().maxRSS / 1024;
const sheet = Array.from({ length: 10_000 }, (_, i) => ["TEST", "BENCH-1", "01", String(i), `TR01${i}`, "low"]);
const start = process.hrtime.bigint();
workbookOfSheets([{ sheet: "allocell", rows: sheet }]);
const workbook = Number(process.hrtime.bigint() - start);
printTable([
  ["export", "time", "beside", "target"],
  [
    `${rows} rows as a table of ${format.title}`,
    show(table),
    `master CSV ${show(master)}`,
    "<= 2 times the master CSV",
  ],
  ["  peak memory of that process", `${peakMb.toFixed(0)} MB`, "", "<= 300 MB"],
  ["10000 rows as a workbook", show(workbook), "", "<= 2 s"],
]);

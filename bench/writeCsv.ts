import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { drawList } from "../src/list/generateList.js";
import { toMasterCsv } from "../src/list/index.js";
import { Seed } from "../src/random/index.js";
import { benchPlan } from "./plan.js";

// A child process of its own, because its peak memory is what is measured: rows are made and written one at a time.
const rows = Number(process.argv[2]);
const file = join(tmpdir(), `allocell-bench-${process.pid}.csv`);
const list = drawList(benchPlan(rows), Seed.test("bench"));
const start = process.hrtime.bigint();
await pipeline(Readable.from(toMasterCsv(list)), createWriteStream(file));
const nsPerRow = Number(process.hrtime.bigint() - start) / rows;
await rm(file);
console.log(JSON.stringify({ nsPerRow, peakMb: process.resourceUsage().maxRSS / 1024 }));

import { setTimeout as pause } from "node:timers/promises";
import { Pool } from "pg";
import { eventHash, NO_EVENT, openListLog, type ConductBody, type ConductEvent } from "../src/allocation/index.js";
import { allocate, migrate, postgresStore, record, StoredLog, type AllocationStore } from "../src/store/index.js";
import { blindedShape } from "../tests/support/conductDesk.js";
import { hasPostgres, makeServer } from "../tests/postgres/server.js";
import { printTable } from "./measure.js";

/*
 * The store on a real PostgreSQL, beside a plain `INSERT ... RETURNING` of the same text in the same run: a child of
 * main.ts. `--smoke` for small sizes, `--long` for a log of a million events too. Nothing is asserted.
 */
const [, , size = ""] = process.argv;
const requests = size === "--smoke" ? 200 : 4_000;
const lengths = size === "--smoke" ? [100, 1_000] : [100, 10_000, 100_000, ...(size === "--long" ? [1_000_000] : [])];
const LIST = { ...blindedShape(10, 1_000_000), numbers: { prefix: "R", digits: 7 } };
const WHO = { actor: "bench" };

const stratumOf = (n: number): Readonly<Record<string, string>> => ({
  site: String((n % 10) + 1).padStart(2, "0"),
  sex: n % 2 === 0 ? "F" : "M",
});

interface Rate {
  readonly perSecond: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

type Send = (n: number) => Promise<unknown>;

/** So many clients that each send one request after the other; adds the time that each took, and gives that of all. */
async function sendAll(clients: number, from: number, to: number, send: Send, times: number[]): Promise<number> {
  let next = from;
  const start = performance.now();
  const client = async (): Promise<void> => {
    while (next < to) {
      const n = (next += 1);
      const begin = performance.now();
      await send(n);
      times.push(performance.now() - begin);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return performance.now() - start;
}

/** Two ways in turn, a tenth of the requests each, so that what else the machine does meanwhile slows both. */
async function ratesOf(clients: number, ways: readonly [Send, Send]): Promise<readonly [Rate, Rate]> {
  const times: readonly [number[], number[]] = [[], []];
  const total: [number, number] = [0, 0];
  const slice = requests / 10;
  for (let from = 0; from < requests; from += slice) {
    for (const i of [0, 1] as const) total[i] += await sendAll(clients, from, from + slice, ways[i], times[i]);
  }
  const rate = (i: 0 | 1): Rate => {
    const sorted = times[i].sort((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * sorted.length)] ?? 0;
    return { perSecond: (1000 * requests) / total[i], medianMs: at(0.5), p95Ms: at(0.95) };
  };
  return [rate(0), rate(1)];
}

/** A log of so many events, made without the reducer's checks, which the first request does. */
async function fill(store: AllocationStore, log: string, events: number): Promise<void> {
  let previous = NO_EVENT;
  const chain = (seq: number, body: ConductBody): ConductEvent => {
    const unhashed = { ...body, seq, at: "2026-03-01T09:00:00Z", ...WHO, previous };
    previous = eventHash(unhashed);
    return { ...unhashed, hash: previous };
  };
  const rows = new Map<string, number>();
  const assigned = (seq: number): ConductEvent => {
    const stratum = stratumOf(seq);
    const code = `${stratum["site"] ?? ""}${stratum["sex"] === "F" ? "01" : "02"}`;
    const sequence = (rows.get(code) ?? 0) + 1;
    rows.set(code, sequence);
    const number = `TR${code}${String(sequence).padStart(7, "0")}`;
    return chain(seq, { type: "assigned", participant: `Q-${seq}`, stratum, sequence, number });
  };
  for (let seq = 1; seq <= events;) {
    const head = previous;
    const batch: ConductEvent[] = [];
    for (; batch.length < 1_000 && seq <= events; seq += 1) {
      batch.push(seq === 1 ? chain(1, openListLog(LIST)) : assigned(seq));
    }
    const [first, ...others] = batch;
    if (first !== undefined) await store.append(log, head, [first, ...others]);
  }
}

async function writers(pool: Pool, store: AllocationStore): Promise<void> {
  await pool.query("CREATE TABLE plain (id bigserial PRIMARY KEY, log text NOT NULL, body text NOT NULL)");
  const body = "x".repeat(350);
  const show = ({ perSecond, medianMs, p95Ms }: Rate): string[] => [
    perSecond.toFixed(0),
    medianMs.toFixed(1),
    p95Ms.toFixed(1),
  ];
  const table = [["clients", "what", "a second", "median ms", "95 % ms", "of plain"]];
  const insert: Send = () => pool.query("INSERT INTO plain (log, body) VALUES ($1, $2) RETURNING id", ["bench", body]);
  const allocator = async (name: string): Promise<Send> => {
    const log = new StoredLog({ store, log: name });
    await record(log, openListLog(LIST), { ...WHO, request: "open" });
    return (n) => allocate(log, { participant: `P-${n}`, stratum: stratumOf(n), ...WHO, request: `r-${n}` });
  };
  // A service runs for days: what both do before their code is compiled is not counted.
  await ratesOf(1, [insert, await allocator("warm-up")]);
  for (const clients of [1, 8, 50]) {
    const [plain, ours] = await ratesOf(clients, [insert, await allocator(`bench-${clients}`)]);
    table.push([String(clients), "INSERT ... RETURNING", ...show(plain), ""]);
    const share = ((100 * ours.perSecond) / plain.perSecond).toFixed(0);
    table.push([String(clients), "allocate", ...show(ours), `${share} % (aim: 50 %)`]);
  }
  printTable(table);
}

async function growth(store: AllocationStore): Promise<void> {
  const table = [["events", "first request of a process", "every other one"]];
  for (const events of lengths) {
    const name = `long-${events}`;
    await fill(store, name, events);
    const log = new StoredLog({ store, log: name });
    const send = (n: number): Promise<unknown> =>
      allocate(log, { participant: `P-${n}`, stratum: stratumOf(n), ...WHO, request: `r-${n}` });
    const start = performance.now();
    await send(0);
    const first = performance.now() - start;
    const times: number[] = [];
    for (let n = 1; n <= 100; n += 1) {
      const begin = performance.now();
      await send(n);
      times.push(performance.now() - begin);
    }
    times.sort((a, b) => a - b);
    table.push([String(events), `${(first / 1000).toFixed(2)} s`, `${(times[50] ?? 0).toFixed(1)} ms`]);
  }
  printTable(table);
}

if (!hasPostgres) console.log("skipped: the store (Debian's postgresql is not installed)");
else {
  const server = makeServer(true);
  try {
    await server.start();
    const pool = new Pool({ ...server.address, max: 50 });
    // The server ends before the last of its connections does.
    pool.on("error", () => undefined);
    await migrate(pool);
    const store = postgresStore(pool);
    console.log("\nThe store on PostgreSQL (each commit on the disk, on a socket)");
    await writers(pool, store);
    if (size !== "--writers") await growth(store);
    await pool.end();
    await pause(50);
  } finally {
    await server.end();
  }
}

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { build } from "esbuild";
import { Pool, type PoolConfig } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLog, toLogLine, type AssignedBody, type ConductEvent } from "../../src/allocation/index.js";
import {
  allocate,
  memoryStore,
  migrate,
  PLAIN_TREATMENTS,
  postgresStore,
  record,
  STORE_LAWS,
  StoredLog,
  type SqlClient,
} from "../../src/store/index.js";
import { makeDesk } from "../unit/cli/harness.js";
import { hasPostgres, makeServer, type Server } from "./server.js";
import { basisOf, KINDS, opening, PLAN_FILE, requestOf, TEST_SEED, type Kind } from "./trial.js";
import type { Work } from "./worker.js";

const CLIENTS = 50;
const REQUESTS = Number(process.env["ALLOCELL_POSTGRES_REQUESTS"] ?? "200");
const OPEN = { actor: "N. Berg", request: "open" };

/** A pool whose idle connections may be cut. */
function poolOf(more: PoolConfig = {}): Pool {
  const made = new Pool({ ...server.address, max: 4, ...more });
  made.on("error", () => undefined);
  return made;
}

let server: Server;
let pool: Pool;
let place: string;
let program: string;

beforeAll(async () => {
  if (!hasPostgres) return;
  place = mkdtempSync(join(tmpdir(), "allocell-writers-"));
  // Inside node_modules, so that the bundle finds the packages.
  program = resolve("node_modules/.cache/allocell-postgres", `worker-${process.pid}.mjs`);
  const bundled = { bundle: true, platform: "node", format: "esm", packages: "external" } as const;
  await build({
    ...bundled,
    entryPoints: ["tests/postgres/worker.ts"],
    outfile: program,
    loader: { ".sql": "text", ".py": "text", ".R": "text" },
  });
  server = makeServer();
  await server.start();
  pool = poolOf();
  await migrate(pool);
});
afterAll(async () => {
  if (!hasPostgres) return;
  await pool.end();
  await server.end();
  rmSync(place, { recursive: true, force: true });
  rmSync(program, { force: true });
});

interface Worker {
  readonly child: ChildProcess;
  /** Number by request, as it was answered. */
  readonly answers: Map<string, string>;
  readonly ended: Promise<number | null>;
}

const errors: string[] = [];

function startWorker(work: Omit<Work, "address">): Worker {
  const child = spawn(process.execPath, [program, JSON.stringify({ ...work, address: server.address })]);
  const answers = new Map<string, string>();
  let rest = "";
  child.stdout.on("data", (text: Buffer) => {
    const lines = (rest + text.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [request = "", number = ""] = line.split(" ");
      // The same request, answered again, has the same number.
      if ((answers.get(request) ?? number) !== number)
        errors.push(`${request}: ${String(answers.get(request))}, ${number}`);
      answers.set(request, number);
    }
  });
  child.stderr.on("data", (text: Buffer) => errors.push(text.toString()));
  return { child, answers, ended: new Promise((done) => child.once("close", done)) };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await pause(20);
};

/** Fifty clients in six processes; one process is killed and started anew, connections are cut, the server is killed. */
async function runTrial(kind: Kind): Promise<Map<string, string>> {
  const shared = { kind, requests: REQUESTS };
  const works: Omit<Work, "address">[] = [
    { ...shared, clients: range(0, 12) },
    { ...shared, clients: range(12, 24) },
    { ...shared, clients: range(24, 36) },
    { ...shared, clients: range(36, 46), isolation: "serializable" },
    { ...shared, clients: range(46, 48), apart: true },
    { ...shared, clients: range(48, 50), apart: true, isolation: "serializable" },
  ];
  const workers = works.map(startWorker);
  const answered = (): number => workers.reduce((sum, { answers }) => sum + answers.size, 0);
  const all = CLIENTS * REQUESTS;
  const over = new AbortController();
  const cutting = (async () => {
    while (!over.signal.aborted) {
      await pause(300);
      const text = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'allocell'
        ORDER BY random() LIMIT 1`;
      await pool.query(text).catch(() => undefined);
    }
  })();
  await until(() => answered() > all * 0.2);
  workers[0]?.child.kill("SIGKILL");
  await workers[0]?.ended;
  // From its first request on: what was answered before is answered again.
  workers.push(startWorker(works[0] as Omit<Work, "address">));
  await until(() => answered() > all * 0.5);
  await server.kill();
  await pause(200);
  await server.start();
  const codes = await Promise.all(workers.map(({ ended }) => ended));
  over.abort();
  await cutting;
  expect(errors).toEqual([]);
  expect(codes).toEqual([null, ...works.slice(1).map(() => 0), 0]);
  const answers = new Map<string, string>();
  for (const worker of workers) {
    for (const [request, number] of worker.answers) {
      expect(answers.get(request) ?? number).toBe(number);
      answers.set(request, number);
    }
  }
  return answers;
}

describe.skipIf(!hasPostgres)("PostgreSQL", { tags: ["LOG-004", "LOG-007"] }, () => {
  it.each(STORE_LAWS.map(({ name, check }, i) => [name, check, i] as const))("%s", async (_, check, i) => {
    await check(postgresStore(pool, PLAIN_TREATMENTS), `law-${i}`);
  });

  describe.each(KINDS)(`${CLIENTS} clients × ${REQUESTS} allocations, %s`, (kind) => {
    const store = (): ReturnType<typeof postgresStore> => postgresStore(pool, PLAIN_TREATMENTS);
    let answers: Map<string, string>;
    let events: readonly ConductEvent[];

    beforeAll(async () => {
      await record(new StoredLog({ store: store(), log: kind, ...basisOf(kind) }), opening(kind), OPEN);
      answers = await runTrial(kind);
      events = await store().events(kind, 1);
    }, 600_000);

    const assigned = (): readonly (ConductEvent & AssignedBody)[] =>
      events.slice(1) as readonly (ConductEvent & AssignedBody)[];

    it("no position twice, none lost, every answer in the log", () => {
      expect(answers.size).toBe(CLIENTS * REQUESTS);
      expect(events).toHaveLength(CLIENTS * REQUESTS + 1);
      expect(new Set(assigned().map(({ number }) => number)).size).toBe(CLIENTS * REQUESTS);
      for (const { request = "", number } of assigned()) expect(answers.get(request)).toBe(number);
    });

    it("the chain is whole, and `log verify` of the exported file agrees", async () => {
      const text = events.map(toLogLine).join("");
      const file = join(place, `${kind}.UNBLINDED.log`);
      writeFileSync(file, text);
      const { state } = readLog(text);
      const desk = makeDesk();
      writeFileSync(desk.path("plan.yaml"), JSON.stringify(PLAN_FILE));
      const basis = kind === "list" ? [] : ["--plan", "plan.yaml", "--test-seed", TEST_SEED];
      const verified = await desk.json("log", "verify", file, "--head", state.head, ...basis);
      expect(verified).toMatchObject({ code: 0, answer: { whole: true, events: events.length, receipt: state.head } });
    });

    it("a sequential replay gives the same numbers and treatments", async () => {
      const alone = memoryStore();
      const log = new StoredLog({ store: alone, log: kind, ...basisOf(kind) });
      await record(log, opening(kind), OPEN);
      for (const { participant, stratum, actor, request = "" } of assigned()) {
        await allocate(log, { participant, stratum, actor, request });
      }
      const replayed = (await alone.events(kind, 2)) as readonly (ConductEvent & AssignedBody)[];
      const shown = (all: readonly AssignedBody[]): unknown =>
        all.map(({ number, sequence, arm }) => [number, sequence, arm]);
      expect(shown(replayed)).toEqual(shown(assigned()));
    });

    it("a request that is sent again gets its number, and nothing is written", async () => {
      const log = new StoredLog({ store: store(), log: kind, ...basisOf(kind) });
      for (const client of range(0, CLIENTS)) {
        const request = requestOf(client, client % REQUESTS);
        const again = await allocate(log, request);
        expect(again).toMatchObject({ number: answers.get(request.request), repeated: true });
      }
      expect((await store().head(kind)).events).toBe(events.length);
    });
  });

  it("two copies of a database that went different ways are told apart", async () => {
    const home = new StoredLog({ store: postgresStore(pool), log: "split" });
    await record(home, opening("list"), OPEN);
    const client = poolOf({ database: "template1", max: 1 });
    // A copy needs that nobody is connected to what is copied.
    await pool.end();
    await client.query("CREATE DATABASE other TEMPLATE postgres");
    await client.end();
    pool = poolOf();
    const other = poolOf({ database: "other" });
    try {
      let current: Pool = pool;
      const moving: SqlClient = { query: (text, values) => current.query(text, values) };
      const traveller = new StoredLog({ store: postgresStore(moving), log: "split" });
      const ask = (log: StoredLog, n: number): ReturnType<typeof allocate> => allocate(log, requestOf(1, n));
      await ask(traveller, 0);
      // The copy has fewer events, then as many, then more.
      current = other;
      await expect(ask(traveller, 1)).rejects.toMatchObject({ code: "store.chain_broken" });
      const elsewhere = new StoredLog({ store: postgresStore(other), log: "split" });
      await ask(elsewhere, 2);
      await expect(ask(traveller, 3)).rejects.toMatchObject({ code: "store.chain_broken" });
      await ask(elsewhere, 4);
      await expect(ask(traveller, 5)).rejects.toMatchObject({ code: "store.chain_broken" });
      expect((await postgresStore(other).head("split")).events).toBe(3);
    } finally {
      await other.end();
    }
  });
});

import { PGlite } from "@electric-sql/pglite";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDynamicLog, openListLog, readLog, toLogLine } from "../../../src/allocation/index.js";
import { parseDynamicPlan } from "../../../src/list/index.js";
import { Seed } from "../../../src/random/index.js";
import {
  ageTreatments,
  allocate,
  migrate,
  MIGRATIONS,
  PLAIN_TREATMENTS,
  postgresStore,
  record,
  STORE_LAWS,
  StoredLog,
  type SqlClient,
} from "../../../src/store/index.js";
import type { StoreConnection } from "../../../src/cli/io.js";
import { blindedShape } from "../../support/conductDesk.js";
import { makeDesk, PLAN, type Desk } from "../cli/harness.js";

const ACTOR = "N. Berg";
const plan = parseDynamicPlan({
  trial: "DEMO",
  part: "main",
  list: "DEMO-D",
  arms: { cells: 1, placebo: 1 },
  procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } },
  factors: [{ factor: "site", levels: ["01", "02"] }],
  length: 40,
});
const seed = Seed.test("store TEST");

// One database for all tests of this file: to start one takes seconds.
let db: PGlite;
let holder: { readonly identity: string; readonly recipient: string };
beforeAll(async () => {
  db = await PGlite.create();
  await migrate(db);
  const identity = await generateX25519Identity();
  holder = { identity, recipient: await identityToRecipient(identity) };
}, 120_000);
afterAll(() => db.close());

const sealed = (): ReturnType<typeof ageTreatments> => ageTreatments([holder.recipient], holder.identity);
const rowsOf = async (text: string): Promise<unknown[]> => (await db.query(text)).rows;

async function dynamicLog(name: string, treatments = PLAIN_TREATMENTS): Promise<StoredLog> {
  const log = new StoredLog({ store: postgresStore(db, treatments), log: name, basis: { plan, seed } });
  await record(log, openDynamicLog(plan, seed), { actor: ACTOR, request: "open" });
  for (const [i, site] of ["01", "02", "01"].entries()) {
    await allocate(log, { participant: `P-${i}`, stratum: { site }, actor: ACTOR, request: `r-${i}` });
  }
  return log;
}

async function listLog(name: string, client: SqlClient = db): Promise<StoredLog> {
  const log = new StoredLog({ store: postgresStore(client), log: name });
  await record(log, openListLog(blindedShape(2, 50)), { actor: ACTOR, request: "open" });
  const stratum = { site: "01", sex: "F" };
  await allocate(log, { participant: "P-1", stratum, actor: ACTOR, request: "r-1" });
  return log;
}

const LAWS = STORE_LAWS.map(({ name, check }, i) => [name, check, i] as const);

describe("PostgreSQL (PGlite)", { tags: ["LOG-004", "LOG-007"] }, () => {
  it.each(LAWS)("%s", async (_, check, i) => {
    await check(postgresStore(db, PLAIN_TREATMENTS), `plain-${i}`);
  });

  it.each(LAWS)("treatments encrypted: %s", async (_, check, i) => {
    await check(postgresStore(db, sealed()), `sealed-${i}`);
  });

  it("is made ready once, however often it is asked for, each step as one statement", async () => {
    await migrate(db);
    const numbers = await rowsOf("SELECT number FROM allocell.migration ORDER BY number");
    expect(numbers).toEqual(MIGRATIONS.map((_, i) => ({ number: i + 1 })));
  });

  it("takes a client that answers with bare rows, as postgres.js does", async () => {
    const bare: SqlClient = { query: async (text, values) => (await db.query(text, values)).rows };
    await listLog("bare", bare);
    expect((await postgresStore(bare).head("bare")).events).toBe(2);
  });

  it("gives a log that readLog takes to the byte", async () => {
    const log = await dynamicLog("whole", sealed());
    const events = await postgresStore(db, sealed()).events("whole", 1);
    expect(readLog(events.map(toLogLine).join("")).state.head).toBe((await log.state()).head);
  });
});

describe("what the database holds by itself", { tags: ["LOG-004", "LOG-007"] }, () => {
  beforeAll(() => listLog("guarded"));

  it.each([
    "UPDATE allocell.event SET body = '{}' WHERE log = 'guarded'",
    "DELETE FROM allocell.event WHERE log = 'guarded'",
    "TRUNCATE allocell.event CASCADE",
    "TRUNCATE allocell.treatment",
    "UPDATE allocell.treatment SET fields = '{}'",
    "DELETE FROM allocell.treatment",
  ])("nothing is changed or taken out, not even by the owner: %s", async (text) => {
    await expect(db.query(text)).rejects.toMatchObject({ code: "AC002" });
  });

  const copy = (seq: string, previous: string, hash: string, body: string): string =>
    `INSERT INTO allocell.event (log, seq, previous, hash, request, body, has_treatment)
     SELECT log, ${seq}, ${previous}, ${hash}, NULL, ${body}, false FROM allocell.event WHERE log = 'guarded' AND seq = 2`;

  it.each([
    ["behind a gap", copy("4", "hash", "hash", "body")],
    ["behind another event", copy("3", "previous", "hash", "body")],
    ["whose text has another hash", copy("3", "hash", "repeat('ab', 32)", "body")],
    [
      "whose hash is not that of its text",
      copy("3", "hash", "repeat('ab', 32)", "replace(replace(body, previous, hash), hash, repeat('ab', 32))"),
    ],
  ])("no event is taken %s", async (_, text) => {
    await expect(db.query(text)).rejects.toMatchObject({ code: "AC001" });
  });

  it.each([
    ["log", "'another log'"],
    ["log", "repeat('a', 101)"],
    ["seq", "0"],
    ["hash", "repeat('AB', 32)"],
    ["hash", "'ab'"],
    ["request", "''"],
    ["request", "'two words'"],
    ["request", "repeat('r', 129)"],
  ])("no event is taken whose %s is %s", async (column, value) => {
    const columns = ["log", "seq", "previous", "hash", "request", "body", "has_treatment"];
    const values = columns.map((name) => (name === column ? value : name));
    const text = `INSERT INTO allocell.event (${columns.join(", ")})
      SELECT ${values.join(", ")} FROM allocell.event WHERE log = 'guarded' AND seq = 2`;
    await expect(db.query(text)).rejects.toMatchObject({ code: "23514" });
  });

  it("no place and no request is taken twice", async () => {
    const again = copy("2", "previous", "hash", "body");
    await expect(db.query(again)).rejects.toMatchObject({ code: "23505" });
    await expect(db.query(again.replace("NULL", "request").replace("seq = 2", "seq = 1"))).rejects.toThrow();
  });
});

describe("roles", { tags: ["LOG-004", "LOG-007"] }, () => {
  async function as<T>(role: string, act: () => Promise<T>): Promise<T> {
    await db.query(`SET ROLE ${role}`);
    try {
      return await act();
    } finally {
      await db.query("RESET ROLE");
    }
  }
  const DENIED = { code: "42501" };

  beforeAll(async () => {
    await dynamicLog("roles-dynamic");
    await listLog("roles-list");
  });

  it("the writer of a list's log reads and appends, and has no right to treatments", async () => {
    await as("allocell_writer", async () => {
      const log = new StoredLog({ store: postgresStore(db), log: "roles-list" });
      const stratum = { site: "01", sex: "M" };
      const answer = await allocate(log, { participant: "P-2", stratum, actor: ACTOR, request: "r-2" });
      expect(answer.number).toBe("TR01020001");
      await expect(db.query("SELECT fields FROM allocell.treatment")).rejects.toMatchObject(DENIED);
      const dynamic = new StoredLog({ store: postgresStore(db), log: "roles-dynamic" });
      await expect(dynamic.state()).rejects.toMatchObject({ code: "store.treatments_closed" });
      const asked = { type: "wrong-treatment", participant: "P-1", given: "cells", reason: "bag" } as const;
      const head = { actor: ACTOR, request: "r-3" };
      await expect(record(log, asked, head)).rejects.toMatchObject({ code: "store.treatments_closed" });
      await expect(db.query("DELETE FROM allocell.event")).rejects.toMatchObject(DENIED);
    });
  });

  it("an unblinded writer allocates dynamically", async () => {
    await as("allocell_unblinded", async () => {
      const store = postgresStore(db, PLAIN_TREATMENTS);
      const log = new StoredLog({ store, log: "roles-dynamic", basis: { plan, seed } });
      const answer = await allocate(log, { participant: "P-9", stratum: { site: "01" }, actor: ACTOR, request: "r-9" });
      expect(answer.sequence).toBe(4);
    });
  });

  it("a blinded reader sees participants and numbers, and no treatment, reason or salt", async () => {
    const rows = await as("allocell_blinded", async () => {
      for (const table of ["event", "treatment", "migration"]) {
        await expect(db.query(`SELECT * FROM allocell.${table}`)).rejects.toMatchObject(DENIED);
      }
      return rowsOf("SELECT * FROM allocell.blinded_event WHERE log = 'roles-dynamic' ORDER BY seq");
    });
    expect(rows[0]).toMatchObject({ type: "assigned", participant: "P-0", number: "TR0001", stratum: '{"site":"01"}' });
    expect(JSON.stringify(rows)).not.toMatch(/cells|placebo|salt|planHash|seedMark/);
  });
});

describe("treatments", { tags: ["LOG-004", "LOG-007"] }, () => {
  it("stand in a table of their own; beside blinded people there is no trace of them", async () => {
    await dynamicLog("split");
    const events = JSON.stringify(await rowsOf("SELECT * FROM allocell.event WHERE log = 'split'"));
    expect(events).not.toMatch(/cells|placebo|"salt|planHash|ruleHash|seedMark/);
    const treatments = JSON.stringify(await rowsOf("SELECT fields FROM allocell.treatment WHERE log = 'split'"));
    expect(treatments).toMatch(/cells.*planHash/);
  });

  it("encrypted, tell the administrator nothing, not even by their length", async () => {
    await dynamicLog("hidden", sealed());
    const rows = (await rowsOf("SELECT seq, fields FROM allocell.treatment WHERE log = 'hidden' AND seq > 1")) as {
      readonly fields: string;
    }[];
    const plain = rows.map(({ fields }) => Buffer.from(fields, "base64").toString("latin1"));
    expect(plain.join()).not.toMatch(/cells|placebo/);
    expect(plain.every((text) => text.startsWith("age-encryption.org/v1"))).toBe(true);
    expect(new Set(rows.map(({ fields }) => fields.length)).size).toBe(1);
  });

  it("open with their holder's key only, and the key shows in no error", async () => {
    await dynamicLog("keyed", sealed());
    const other = await generateX25519Identity();
    const stranger = postgresStore(db, ageTreatments([holder.recipient], other));
    await expect(stranger.events("keyed", 1)).rejects.toMatchObject({ code: "store.treatment_not_opened" });
    for (const make of [() => ageTreatments(["age1x"], other), () => ageTreatments([holder.recipient], "KEY")]) {
      expect(make).toThrow(expect.objectContaining({ code: "store.key_invalid" }) as Error);
    }
    expect(() => ageTreatments([], holder.identity)).toThrow();
  });
});

describe("a database that fails", { tags: ["LOG-004", "LOG-007"] }, () => {
  const failing = (error: object): SqlClient => ({ query: () => Promise.reject(Object.assign(new Error("x"), error)) });

  it("is told by its code; what it says of its rows is not repeated", async () => {
    const secret = { code: "23514", message: "Failing row contains (cells)", detail: "cells" };
    const told = await postgresStore(failing(secret))
      .head("x")
      .catch((error: unknown) => error);
    expect(told).toMatchObject({ code: "store.unavailable", received: "the code 23514" });
    expect(JSON.stringify(told) + String(told) + String((told as Error).stack)).not.toContain("cells");
  });

  it.each([["40001"], ["40P01"], ["23505"]])("starts again after %s", async (code) => {
    let left = 2;
    const client: SqlClient = {
      query: (text, values) =>
        text.includes("INSERT") && left-- > 0 ? failing({ code }).query(text, values) : db.query(text, values),
    };
    await listLog(`again-${code}`, client);
    expect(left).toBeLessThan(0);
  });

  it("passes on that nobody knows, and the same request then gets its number", async () => {
    await listLog("lost");
    let isCut = true;
    const client: SqlClient = {
      query: async (text, values) => {
        const answer = await db.query(text, values);
        if (!isCut || !text.includes("INSERT")) return answer;
        isCut = false;
        throw Object.assign(new Error("cut"), { code: "ECONNRESET" });
      },
    };
    const log = new StoredLog({ store: postgresStore(client), log: "lost" });
    const request = { participant: "P-2", stratum: { site: "01", sex: "F" }, actor: ACTOR, request: "r-2" };
    await expect(allocate(log, request)).rejects.toMatchObject({ code: "store.unavailable" });
    expect(await allocate(log, request)).toMatchObject({ sequence: 2, repeated: true });
  });
});

describe("the command", { tags: ["LOG-004", "LOG-007"] }, () => {
  const connect = (): Promise<StoreConnection> =>
    Promise.resolve({ query: (text, values) => db.query(text, values), end: () => Promise.resolve() });
  const URL = ["--store", "postgres://db/trial"];
  const WHO = ["--actor", ACTOR];

  /** A list's log in a file, with one participant. */
  async function listDesk(): Promise<Desk> {
    const desk = makeDesk({ connect });
    desk.write("plan.yaml", PLAN);
    await desk.run("list", "plan.yaml", "--test-seed", "x", "--out", "LIST");
    await desk.run("log", "open", "trial.log", "--list", "LIST", ...WHO);
    await desk.run("assign", "trial.log", "--participant", "P-1", "--stratum", "site=01", ...WHO);
    return desk;
  }

  it("imports a log, assigns in the store, exports it, and log verify agrees", async () => {
    const desk = await listDesk();
    const imported = await desk.json("log", "import", "trial.log", "cli-list", ...URL);
    expect(imported).toMatchObject({ code: 0, answer: { events: 2, added: 2 } });
    expect(await desk.json("log", "import", "trial.log", "cli-list", ...URL)).toMatchObject({ answer: { added: 0 } });
    const ask = ["assign", "cli-list", ...URL, "--participant", "P-2", "--stratum", "site=01", ...WHO];
    const first = await desk.json(...ask, "--request", "r-2");
    expect(first).toMatchObject({ code: 0, answer: { number: "TR010002", event: 3, request: "r-2" } });
    expect(await desk.json(...ask, "--request", "r-2")).toMatchObject({ answer: { event: 3, assignedBefore: true } });
    // Without the id of a request the participant is known all the same.
    expect(await desk.json(...ask)).toMatchObject({ answer: { number: "TR010002", assignedBefore: true } });
    const shown = await desk.json(...ask, "--unblinded", "LIST");
    expect(shown.answer["arm"]).toMatch(/^(low|medium|high|placebo)$/);
    expect(JSON.stringify(first)).not.toMatch(/low|medium|high|placebo/);
    expect(await desk.json("log", "export", "cli-list", "out.log", ...URL)).toMatchObject({ answer: { events: 3 } });
    expect(await desk.json("log", "verify", "out.log", "--list", "LIST")).toMatchObject({ answer: { whole: true } });
    expect((await desk.run("log", "export", "cli-list", "out.log", ...URL)).stderr).toContain("cli.output_exists");
    expect((await desk.run("log", "export", "nobody", "new.log", ...URL)).stderr).toContain("cli.log_empty");
  });

  it("refuses a file that is not the store's log, or has fewer events", async () => {
    const desk = await listDesk();
    await desk.run("log", "import", "trial.log", "cli-differ", ...URL);
    const whole = desk.read("trial.log");
    desk.write("short.log", `${whole.split("\n")[0] ?? ""}\n`);
    expect((await desk.run("log", "import", "short.log", "cli-differ", ...URL)).stderr).toContain("cli.logs_differ");
    await desk.run("assign", "short.log", "--participant", "P-9", "--stratum", "site=02", ...WHO);
    const other = await desk.run("log", "import", "short.log", "cli-differ", ...URL);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("another event 2")]);
  });

  it("keeps a dynamic allocation with its treatments encrypted", async () => {
    const desk = makeDesk({ connect });
    desk.write("plan.json", JSON.stringify({ ...plan, arms: { cells: 1, placebo: 1 } }));
    desk.write("key.txt", `# made by age-keygen\n${holder.identity}\n`);
    const basis = ["--plan", "plan.json", "--test-seed", "store TEST"];
    const log = await dynamicLog("cli-key", sealed());
    const { head } = await log.state();
    const key = ["--identity-file", "key.txt"];
    const ask = ["assign", "cli-key", ...URL, ...key, ...basis, "--participant", "P-7", "--stratum", "site=02", ...WHO];
    expect((await desk.run("log", "export", "cli-key", "x.log", ...URL, ...key)).stderr).toContain("cli.log_name");
    const answer = await desk.json(...ask, "--unblinded");
    expect(answer.answer["arm"]).toMatch(/cells|placebo/);
    await desk.run("log", "export", "cli-key", "x.UNBLINDED.log", ...URL, ...key);
    const verified = await desk.json("log", "verify", "x.UNBLINDED.log", "--head", head, ...basis);
    expect(verified).toMatchObject({ code: 0, answer: { whole: true, events: 5 } });
    const blind = await desk.run("log", "export", "cli-key", "y.log", ...URL);
    expect(blind.stderr).toContain("store.treatments_closed");
  });

  it.each([
    [["--store", "mysql://db"], "cli.store_url"],
    [["--store", "postgres://nobody:Xy7pw@127.0.0.1:1/x"], "cli.store_refused"],
    [[...URL, "--recipient", "age1x"], "cli.option_missing"],
    [["--request", "r-1"], "cli.option_surplus"],
  ])("refuses %j, and repeats no password", async (options, code) => {
    const desk = makeDesk();
    const outcome = await desk.run("assign", "x", ...options, "--participant", "P-1", ...WHO);
    expect([outcome.code, outcome.stderr]).toEqual([2, expect.stringContaining(code)]);
    expect(outcome.stderr).not.toContain("Xy7pw");
  });
});

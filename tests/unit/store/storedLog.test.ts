import { describe, expect, it } from "vitest";
import {
  blindedConduct,
  participantsOf,
  readLog,
  toLogLine,
  type ConductEvent,
} from "../../../src/allocation/index.js";
import { openDynamicLog, openListLog } from "../../../src/allocation/index.js";
import { allocateNext, parseDynamicPlan } from "../../../src/list/index.js";
import { Seed } from "../../../src/random/index.js";
import { allocate, memoryStore, record, StoredLog } from "../../../src/store/index.js";
import type { AllocationStore, Allocated } from "../../../src/store/index.js";
import { blindedShape } from "../../support/conductDesk.js";
import { issueOf } from "../../support/issueOf.js";

const ACTOR = "N. Berg";
let count = 0;
const head = (): { actor: string; request: string } => ({ actor: ACTOR, request: `h-${(count += 1)}` });

async function listLog(store: AllocationStore = memoryStore(), rows = 50): Promise<StoredLog> {
  const log = new StoredLog({ store, log: "DEMO-A" });
  await record(log, openListLog(blindedShape(2, rows)), head());
  return log;
}

const ask = (log: StoredLog, participant: string, request = `r-${participant}`, site = "01"): Promise<Allocated> =>
  allocate(log, { participant, stratum: { site, sex: "F" }, actor: ACTOR, request });

const plan = parseDynamicPlan({
  trial: "DEMO",
  part: "main",
  list: "DEMO-D",
  arms: { cells: 1, placebo: 1 },
  procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } },
  factors: [
    { factor: "site", levels: ["01", "02"], weight: 2 },
    { factor: "sex", levels: ["F", "M"] },
  ],
  length: 400,
});
const seed = Seed.test("store TEST");

describe("allocate", { tags: ["LOG-004", "LOG-007"] }, () => {
  it("gives positions in order, and the log is one that readLog takes", async () => {
    const store = memoryStore();
    const log = await listLog(store);
    const answers = await Promise.all(["P-1", "P-2", "P-3"].map((participant) => ask(log, participant)));
    expect(answers.map(({ number }) => number)).toEqual(["TR01010001", "TR01010002", "TR01010003"]);
    const text = (await store.events("DEMO-A", 1)).map(toLogLine).join("");
    expect(readLog(text).state.head).toBe(answers[2]?.receipt);
    expect(answers[2]).toMatchObject({ event: 4, repeated: false, sequence: 3, stratum: { site: "01", sex: "F" } });
  });

  it("answers a repeated request with the same number, at once and later, here and in another process", async () => {
    const store = memoryStore();
    const log = await listLog(store);
    const [first, again] = await Promise.all([ask(log, "P-1"), ask(log, "P-1")]);
    expect([first, again]).toMatchObject([{ repeated: false }, { repeated: true, receipt: first.receipt }]);
    const elsewhere = await ask(new StoredLog({ store, log: "DEMO-A" }), "P-1");
    expect(elsewhere).toEqual({ ...first, repeated: true });
    expect((await store.head("DEMO-A")).events).toBe(2);
  });

  it("answers a second click that made a new request, but nobody who was withdrawn or is in another stratum", async () => {
    const log = await listLog();
    const first = await ask(log, "P-1");
    expect(await ask(log, "P-1", "another")).toEqual({ ...first, repeated: true });
    await expect(ask(log, "P-1", "third", "02")).rejects.toMatchObject({ code: "conduct.participant_assigned" });
    await record(log, { type: "withdrawn", participant: "P-1", reason: "consent" }, head());
    await expect(ask(log, "P-1", "fourth")).rejects.toMatchObject({ code: "conduct.participant_assigned" });
    // The very request is still answered as it was.
    expect(await ask(log, "P-1")).toEqual({ ...first, repeated: true });
  });

  it.each(["p-1", "Ｐ-1", " P-1 "])("answers %j as P-1: the same request, and another one", async (spelling) => {
    const log = await listLog();
    const first = await ask(log, "P-1", "one");
    expect(await ask(log, spelling, "one")).toEqual({ ...first, repeated: true });
    expect(await ask(log, spelling, "two")).toEqual({ ...first, repeated: true });
    const remark = { type: "ineligible-kept", participant: spelling, reason: "why" } as const;
    const told = await record(log, remark, { actor: ACTOR, request: "three" });
    expect(await record(log, { ...remark, participant: "P-1" }, { actor: ACTOR, request: "three" })).toEqual({
      ...told,
      repeated: true,
    });
    const replacement = { type: "replaced", participant: spelling, by: "P-9", reason: "left" } as const;
    await record(log, { ...replacement, stratum: { site: "01", sex: "F" } }, head());
    const { participants } = blindedConduct(await log.state());
    expect(participants.map(({ participant }) => participant)).toEqual(["P-1", "P-9"]);
    await expect(ask(log, "P-2", "one")).rejects.toMatchObject({ code: "store.request_differs" });
  });

  it("refuses the id of a request that asked for something else", async () => {
    const log = await listLog();
    await ask(log, "P-1", "one");
    await expect(ask(log, "P-2", "one")).rejects.toMatchObject({ code: "store.request_differs" });
    await expect(
      record(log, { type: "withdrawn", participant: "P-1", reason: "x" }, { actor: ACTOR, request: "one" }),
    ).rejects.toMatchObject({ code: "store.request_differs" });
  });

  it("refuses one of many that ask together, and answers the others", async () => {
    const log = await listLog(memoryStore(), 2);
    const asked = await Promise.allSettled(["P-1", "P-2", "P-3"].map((participant) => ask(log, participant)));
    expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(asked[2]).toMatchObject({ reason: { code: "conduct.stratum_exhausted" } });
  });

  it.each([
    [{ request: "" }, "conduct.request_invalid"],
    [{ request: "two words" }, "conduct.request_invalid"],
    [{ request: undefined }, "input.invalid"],
    [{ actor: "" }, "conduct.actor_missing"],
    [{ at: "yesterday" }, "conduct.instant_invalid"],
    [{ stratum: { site: "09", sex: "F" } }, "conduct.stratum_unknown"],
    [{ participant: "" }, "conduct.participant_invalid"],
  ])("refuses %j", async (change, code) => {
    const log = await listLog();
    const request = { participant: "P-1", stratum: { site: "01", sex: "F" }, actor: ACTOR, request: "r", ...change };
    await expect(allocate(log, request as never)).rejects.toMatchObject({ code });
  });
});

describe("record", { tags: ["LOG-004", "LOG-007"] }, () => {
  it("computes what follows from the log: the positions of replacements, forced assignments and gaps", async () => {
    const store = memoryStore();
    const log = await listLog(store);
    const stratum = { site: "01", sex: "F" };
    await ask(log, "P-1");
    await record(log, { type: "replaced", participant: "P-1", by: "P-2", stratum, reason: "5.3" }, head());
    await record(log, { type: "skipped", stratum, reason: "bag broke" }, head());
    await record(log, { type: "forced", participant: "P-3", stratum, position: "used", reason: "kit" }, head());
    const events = await store.events("DEMO-A", 3);
    expect(events.map((event) => [event.type, "sequence" in event && event.sequence])).toEqual([
      ["replaced", 2],
      ["skipped", 3],
      ["forced", 4],
    ]);
  });

  it("records a code break once for each request, however often it is sent", async () => {
    const store = memoryStore();
    const log = await listLog(store);
    await ask(log, "P-1");
    const broken = { type: "code-broken", participant: "P-1", reason: "SAE 4" } as const;
    const once = { actor: ACTOR, request: "break-1" };
    const [first, second] = [await record(log, broken, once), await record(log, broken, once)];
    expect(second).toEqual({ ...first, repeated: true });
    await record(log, broken, { actor: ACTOR, request: "break-2" });
    expect((await store.head("DEMO-A")).events).toBe(4);
  });
});

describe("several processes", { tags: ["LOG-004", "LOG-007"] }, () => {
  it("give the numbers that one alone would give, and lose none", async () => {
    const store = memoryStore();
    await listLog(store);
    const wait = (): Promise<void> => Promise.resolve();
    const desks = Array.from({ length: 5 }, () => new StoredLog({ store, log: "DEMO-A", platform: { wait } }));
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) => ask(desks[i % 5]!, `P-${i}`, `r-${i}`, i % 3 === 0 ? "02" : "01")),
    );
    expect(new Set(answers.map(({ number }) => number)).size).toBe(60);
    const alone = await listLog();
    const events = await store.events("DEMO-A", 2);
    for (const event of events as (ConductEvent & Allocated)[]) {
      const { number } = await ask(alone, event.participant, event.request, event.stratum["site"]);
      expect(number).toBe(event.number);
    }
    expect(events).toHaveLength(60);
  });

  it("give up after the stated number of attempts, with a pause of random length before each", async () => {
    const store = memoryStore();
    await listLog(store);
    const pauses: number[] = [];
    const platform = {
      wait: (ms: number): Promise<void> => (pauses.push(ms), Promise.resolve()),
      entropy: (bytes: number) => new Uint8Array(bytes).fill(255),
    };
    const beaten: AllocationStore = { ...store, append: () => Promise.resolve(false) };
    const log = new StoredLog({ store: beaten, log: "DEMO-A", attempts: 4, platform });
    await expect(ask(log, "P-1")).rejects.toMatchObject({ code: "store.busy" });
    expect(pauses).toEqual([2, 4, 8]);
  });

  it("are told when two copies of a store went different ways", async () => {
    const [one, other] = [memoryStore(), memoryStore()];
    const log = await listLog(one);
    await other.append("DEMO-A", "0".repeat(64), (await one.events("DEMO-A", 1)) as never);
    await ask(log, "P-1");
    await ask(new StoredLog({ store: other, log: "DEMO-A" }), "P-2");
    // A process that has read the one store now talks to the other: fewer events, as many, more.
    const moved = new StoredLog({ store: { ...one, append: other.append }, log: "DEMO-A" });
    await expect(ask(moved, "P-3")).rejects.toMatchObject({ code: "store.chain_broken" });
    await ask(new StoredLog({ store: other, log: "DEMO-A" }), "P-4");
    const mixed = { ...other, events: (name: string, from: number) => (from < 3 ? one : other).events(name, from) };
    const late = new StoredLog({ store: mixed, log: "DEMO-A" });
    await late.state();
    await expect(late.state()).rejects.toMatchObject({ code: "conduct.chain_broken" });
  });
});

describe("the log of a dynamic allocation", { tags: ["LOG-004", "LOG-007"] }, () => {
  it("allocates as plan, seed and past say, whoever wrote the past", async () => {
    const store = memoryStore();
    const open = (): StoredLog => new StoredLog({ store, log: "DEMO-D", basis: { plan, seed } });
    const [one, two] = [open(), open()];
    await record(one, openDynamicLog(plan, seed), head());
    for (let i = 0; i < 30; i += 1) {
      const stratum = { site: i % 3 === 0 ? "02" : "01", sex: i % 2 === 0 ? "F" : "M" };
      const answer = await allocate(i % 2 === 0 ? one : two, { participant: `P-${i}`, stratum, ...head() });
      expect(Object.keys(answer)).not.toContain("arm");
    }
    const past: { stratum: Record<string, string>; arm: string }[] = [];
    for (const event of (await store.events("DEMO-D", 2)) as (ConductEvent & { stratum: never; arm: string })[]) {
      expect(event.arm).toBe(allocateNext(plan, seed, past, event.stratum).arm);
      past.push({ stratum: event.stratum, arm: event.arm });
    }
  });

  it("needs its plan and seed, and no other ones", async () => {
    const store = memoryStore();
    const log = new StoredLog({ store, log: "DEMO-D", basis: { plan, seed } });
    await record(log, openDynamicLog(plan, seed), head());
    await allocate(log, { participant: "P-1", stratum: { site: "02", sex: "F" }, ...head() });
    const stratum = { site: "01", sex: "F" };
    const without = new StoredLog({ store, log: "DEMO-D" });
    await expect(allocate(without, { participant: "P-2", stratum, ...head() })).rejects.toMatchObject({
      code: "store.plan_missing",
    });
    const shorter = parseDynamicPlan({ ...plan, factors: [{ factor: "site", levels: ["01"] }] });
    for (const basis of [
      { plan: shorter, seed },
      { plan, seed: Seed.test("another TEST") },
    ]) {
      const wrong = new StoredLog({ store, log: "DEMO-D", basis });
      await expect(allocate(wrong, { participant: "P-2", stratum, ...head() })).rejects.toMatchObject({
        code: basis.seed === seed ? "conduct.rule_changed" : "conduct.seed_differs",
      });
      expect(blindedConduct(await wrong.state()).participants).toHaveLength(1);
    }
  });
});

describe("a stored log", { tags: ["LOG-004", "LOG-007"] }, () => {
  it.each(["", "-a", "a b", "x".repeat(101), "a/b"])("refuses the name %j", (log) => {
    expect(issueOf(() => new StoredLog({ store: memoryStore(), log })).code).toBe("store.log_name");
  });

  it("reads only what others wrote since, however long the log is", async () => {
    const store = memoryStore();
    await listLog(store);
    const from: number[] = [];
    const counted: AllocationStore = {
      ...store,
      events: (log, first, most) => (from.push(first), store.events(log, first, most)),
    };
    const log = new StoredLog({ store: counted, log: "DEMO-A" });
    await ask(log, "P-1");
    await ask(new StoredLog({ store, log: "DEMO-A" }), "P-2");
    await ask(log, "P-3");
    await ask(log, "P-4");
    expect(from).toEqual([1, 3]);
  });

  it("tells of an event that was changed in the store", async () => {
    const store = memoryStore();
    const log = await listLog(store);
    await ask(log, "P-1");
    const changed = (event: ConductEvent | undefined): ConductEvent => ({ ...event, participant: "P-9" }) as never;
    const forged: AllocationStore = {
      ...store,
      events: async (name, from, most) =>
        (await store.events(name, from, most)).map((event) => (event.seq === 2 ? changed(event) : event)),
    };
    await expect(new StoredLog({ store: forged, log: "DEMO-A" }).state()).rejects.toMatchObject({
      code: "conduct.event_edited",
    });
  });
});

describe("a snapshot for another process", { tags: ["LOG-004", "LOG-007"] }, () => {
  const reading = (store: AllocationStore): { readonly store: AllocationStore; readonly asked: number[][] } => {
    const asked: number[][] = [];
    const events: AllocationStore["events"] = (log, from, most) => {
      asked.push([from, most ?? 0]);
      return store.events(log, from, most);
    };
    return { store: { ...store, events }, asked };
  };
  const filled = async (): Promise<{ readonly store: AllocationStore; readonly snapshot: string }> => {
    const store = memoryStore();
    const log = await listLog(store);
    for (const name of ["P-1", "P-2", "P-3"]) await ask(log, name);
    await record(log, { type: "withdrawn", participant: "P-2", reason: "moved" }, head());
    return { store, snapshot: (await log.snapshot())! };
  };

  it("saves it the reading of all that came before", async () => {
    const { store, snapshot } = await filled();
    const { store: counted, asked } = reading(store);
    const log = new StoredLog({ store: counted, log: "DEMO-A", snapshot });
    expect((await ask(log, "P-4")).sequence).toBe(4);
    expect(asked).toEqual([
      [5, 1],
      [6, 5000],
    ]);
    expect(await log.state()).toEqual(await new StoredLog({ store, log: "DEMO-A" }).state());
    expect(await ask(log, "P-3", "r-P-3")).toMatchObject({ sequence: 3, repeated: true });
    await expect(ask(log, "P-1", "again", "02")).rejects.toMatchObject({ code: "conduct.participant_assigned" });
  });

  it("is not taken where it was changed, is of another version, or does not fit the log", async () => {
    const { store, snapshot } = await filled();
    const other = memoryStore();
    const otherLog = await listLog(other);
    for (const name of ["Q-1", "Q-2", "Q-3", "Q-4"]) await ask(otherLog, name);
    const short = memoryStore();
    await listLog(short);
    for (const [held, text] of [
      [store, snapshot.replace('"next":4', '"next":3')],
      [store, snapshot.replace('"P-3"', '"P-9"')],
      [store, snapshot.replace(/"version":"[^"]+"/, '"version":"0.0.9"')],
      [store, snapshot.slice(0, -40)],
      [store, ""],
      [store, "{}\n{}"],
      [other, snapshot],
      [short, snapshot],
    ] as const) {
      expect(text === snapshot && held === store).toBe(false);
      const { store: counted, asked } = reading(held);
      const log = new StoredLog({ store: counted, log: "DEMO-A", snapshot: text });
      expect(await log.state()).toEqual(await new StoredLog({ store: held, log: "DEMO-A" }).state());
      expect(asked.at(-1)).toEqual([1, 5000]);
    }
  });

  const FORCED = {
    type: "forced",
    participant: "P-7",
    stratum: { site: "01", sex: "F" },
    position: "none",
    arm: "cells",
    reason: "x",
  } as const;

  it("holds a treatment only where that was asked for", async () => {
    const log = await listLog();
    expect(await log.snapshot()).toContain("allocell-snapshot-1");
    await record(log, FORCED, head());
    expect(await log.snapshot()).toBeUndefined();
    expect(await log.snapshot({ unblinded: true })).toContain("cells");
    const dynamic = new StoredLog({ store: memoryStore(), log: "DEMO-D", basis: { plan, seed } });
    expect(await dynamic.snapshot({ unblinded: true })).toBeUndefined();
    await record(dynamic, openDynamicLog(plan, seed), head());
    expect(await dynamic.snapshot()).toBeUndefined();
  });

  it.each([
    ["a list with a treatment", {}, [openListLog(blindedShape(2, 50)), FORCED]],
    ["a dynamic allocation", { basis: { plan, seed } }, [openDynamicLog(plan, seed), { ...FORCED, position: "used" }]],
  ] as const)("of %s goes on as the whole log does", async (_, basis, bodies) => {
    const [store, { store: counted, asked }] = [memoryStore(), reading(memoryStore())];
    const both = [store, counted].map((held) => new StoredLog({ store: held, log: "A", ...basis }));
    for (const log of both) {
      for (const [i, body] of bodies.entries()) await record(log, body, { actor: ACTOR, request: `b-${i}` });
      for (let n = 10; n < 30; n += 1) await ask(log, `P-${n}`, `r-${n}`, n % 3 === 0 ? "01" : "02");
    }
    const snapshot = (await both[1]!.snapshot({ unblinded: true }))!;
    const anew = new StoredLog({ store: counted, log: "A", ...basis, snapshot });
    asked.length = 0;
    for (let n = 30; n < 50; n += 1) {
      for (const log of [both[0]!, anew]) await ask(log, `P-${n}`, `r-${n}`, n % 5 === 0 ? "01" : "02");
    }
    // The last event of the snapshot, and what came after it.
    expect(asked).toEqual([
      [22, 1],
      [23, 5000],
    ]);
    const told = (log: StoredLog): Promise<unknown> =>
      log.state().then((state) => participantsOf(state).map(({ seq, number, arm }) => [seq, number, arm]));
    expect(await told(anew)).toEqual(await told(both[0]!));
    expect(await anew.state()).toEqual(await new StoredLog({ store: counted, log: "A", ...basis }).state());
  });

  it("of a dynamic allocation is not taken by whoever has another plan", async () => {
    const store = memoryStore();
    const log = new StoredLog({ store, log: "DEMO-D", basis: { plan, seed } });
    await record(log, openDynamicLog(plan, seed), head());
    await ask(log, "P-1");
    const snapshot = (await log.snapshot({ unblinded: true }))!;
    const longer = { ...plan, length: plan.length + 10 };
    for (const basis of [{}, { basis: { plan: longer, seed } }]) {
      const { store: counted, asked } = reading(store);
      await new StoredLog({ store: counted, log: "DEMO-D", ...basis, snapshot }).state();
      expect(asked).toEqual([[1, 5000]]);
    }
  });
});

import type * as Fs from "node:fs";
import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { readLog } from "../../../src/allocation/index.js";
import type { Output } from "../../../src/cli/io.js";
import { makeDesk, type Desk } from "./harness.js";

/** Calls of the file system that are to fail, by name; of fsync also from which call of that file on. */
const faults = vi.hoisted(() => ({ failing: new Map<string, { on: RegExp; code: string; after: number }>() }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof Fs>();
  const paths = new Map<number, string>();
  const maybe = (call: string, path: string): void => {
    const fault = faults.failing.get(call);
    if (!fault?.on.test(path)) return;
    fault.after -= 1;
    if (fault.after < 0) throw Object.assign(new Error(fault.code), { code: fault.code, syscall: call });
  };
  return {
    ...fs,
    openSync: (path: string, flags: string, mode?: number) => {
      const fd = fs.openSync(path, flags, mode);
      paths.set(fd, path);
      return fd;
    },
    closeSync: (fd: number) => {
      fs.closeSync(fd);
      maybe("close", paths.get(fd) ?? "");
    },
    fsyncSync: (fd: number) => {
      maybe("fsync", paths.get(fd) ?? "");
      fs.fsyncSync(fd);
    },
    ftruncateSync: (fd: number, length: number) => {
      maybe("ftruncate", paths.get(fd) ?? "");
      fs.ftruncateSync(fd, length);
    },
    unlinkSync: (path: string) => {
      maybe("unlink", path);
      fs.unlinkSync(path);
    },
    linkSync: (from: string, to: string) => {
      maybe("link", to);
      fs.linkSync(from, to);
    },
  };
});
beforeEach(() => {
  faults.failing.clear();
});
const fail = (call: string, on: RegExp, code = "EIO", after = 0): void => {
  faults.failing.set(call, { on, code, after });
};

const PLAN = `trial: NCT06853522
part: main
list: UC-01
arms: { exosome: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [2] }
strata: [{ factor: site, levels: ["01", "02"] }]
length: 8
`;
const ACTOR = ["--actor", "N. Berg"];
const assignTo = (participant: string, ...more: string[]): string[] => [
  ...["assign", "uc.log", "--participant", participant, "--stratum", "site=01", ...ACTOR],
  ...more,
];

/** A desk with an open log, and the same desk with a standard output that fails. */
async function withLog(stdout?: Output): Promise<{ readonly here: Desk; readonly events: () => number }> {
  let isBroken = false;
  const here = makeDesk({
    entropy: (bytes) => new Uint8Array(bytes).fill(7),
    ...(stdout === undefined
      ? {}
      : {
          stdout: {
            write: (text: string) => (isBroken ? stdout.write(text) : Promise.resolve()),
            isClosed: () => isBroken && stdout.isClosed?.() === true,
          },
        }),
  });
  here.write("plan.yaml", PLAN);
  await here.run("list", "plan.yaml", "--test-seed", "x", "--out", "list", "--quiet");
  expect(
    (await here.run("log", "open", "uc.log", "--list", "list", "--at", "2026-01-01T08:00:00Z", ...ACTOR)).code,
  ).toBe(0);
  isBroken = true;
  return { here, events: () => readLog(here.read("uc.log")).events.length };
}

const fullDisk: Output = {
  write: () => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC", syscall: "write" })),
};
const closedPipe: Output = { write: () => Promise.resolve(), isClosed: () => true };

describe("an event that is in the log and could not be shown", { tags: ["LOG-002", "LOG-003"] }, () => {
  it.each([
    ["a full disk", fullDisk, "The disk is full."],
    ["a closed pipe", closedPipe, "Nobody reads this any more."],
  ])("under %s: exit code 4 names participant, number and event", async (_, stdout, why) => {
    const { here, events } = await withLog(stdout);
    const { code, stderr } = await here.run(...assignTo("P-1"));
    expect(code).toBe(4);
    const told = stderr.replace(/\s+/g, " ");
    expect(told).toContain("this is written, but could not be finished");
    expect(told).toContain("Event 2 (assigned) of participant P-1, number TR010001 is in the log");
    expect(told).toContain(why);
    expect(told).toContain("Run the same command again: it answers the same number.");
    expect(events()).toBe(2);
    const json = await here.json(
      "log",
      "record",
      "uc.log",
      "withdrawn",
      "--participant",
      "P-1",
      "--reason",
      "left",
      ...ACTOR,
    );
    expect(json).toMatchObject({
      code: 4,
      answer: { error: { code: "cli.written_not_finished" }, recorded: { event: 3, participant: "P-1" } },
    });
    const broken = await here.json(
      "unblind",
      "uc.log",
      "--participant",
      "P-1",
      "--reason",
      "SAE",
      "--master",
      "list",
      ...ACTOR,
    );
    expect(broken).toMatchObject({ code: 4, answer: { recorded: { event: 4 } } });
    expect(JSON.stringify(broken.answer)).not.toMatch(/exosome|placebo/);
  });

  it.each([
    ["a lock that cannot be removed", "unlink", /\.lock$/],
    ["a file that cannot be closed", "close", /uc\.log$/],
  ])("with %s: the number is shown all the same, with exit code 4", async (_, call, on) => {
    const { here, events } = await withLog();
    fail(call, on);
    const { code, stdout, stderr } = await here.run(...assignTo("P-1"));
    expect([code, stdout.split("\n")[0], events()]).toEqual([4, "TR010001", 2]);
    expect(stderr).toContain("cli.written_not_finished");
  });

  it("of a new log: the log is there", async () => {
    const { here } = await withLog();
    fail("unlink", /new\.log\.lock$/);
    const { code, stderr } = await here.run("log", "open", "new.log", "--list", "list", ...ACTOR, "--json");
    expect([code, JSON.parse(stderr)]).toMatchObject([4, { recorded: { event: 1 } }]);
    expect(readLog(here.read("new.log")).events).toHaveLength(1);
  });
});

describe("an event that is not certain to be on the disk", { tags: ["LOG-002", "LOG-003"] }, () => {
  it("is taken back: nothing was written, exit code 2", async () => {
    const { here, events } = await withLog();
    fail("fsync", /uc\.log$/);
    expect((await here.run(...assignTo("P-1"))).code).toBe(2);
    expect(events()).toBe(1);
    faults.failing.clear();
    expect((await here.json(...assignTo("P-1"))).answer).toMatchObject({ number: "TR010001", event: 2 });
  });

  it("and cannot be taken back is in the log: exit code 4, and the number again when asked again", async () => {
    const { here, events } = await withLog();
    fail("fsync", /uc\.log$/);
    fail("ftruncate", /uc\.log$/);
    expect((await here.run(...assignTo("P-1"))).code).toBe(4);
    expect(events()).toBe(2);
    faults.failing.clear();
    expect((await here.json(...assignTo("P-1"))).answer).toMatchObject({ number: "TR010001", event: 2 });
    expect(events()).toBe(2);
  });
});

describe("assign, asked again", { tags: ["LOG-002", "LOG-003"] }, () => {
  it("answers the same number and writes nothing; another stratum, or a withdrawn participant, is refused", async () => {
    const { here } = await withLog();
    const first = (await here.json(...assignTo("P-1", "--unblinded", "list"))).answer;
    const log = here.read("uc.log");
    const again = (await here.json(...assignTo("P-1", "--unblinded", "list"))).answer;
    expect(again).toEqual({ ...first, assignedBefore: true });
    expect((await here.run(...assignTo("P-1"))).stdout).toContain("nothing was written");
    const other = await here.json("assign", "uc.log", "--participant", "P-1", "--stratum", "site=02", ...ACTOR);
    expect(other).toMatchObject({ code: 2, answer: { error: { code: "conduct.participant_assigned" } } });
    expect(here.read("uc.log")).toBe(log);
    await here.run("log", "record", "uc.log", "withdrawn", "--participant", "P-1", "--reason", "left", ...ACTOR);
    expect((await here.run(...assignTo("P-1"))).code).toBe(2);
  });

  it("brings an event to the disk that a killed writer may not have", async () => {
    const { here } = await withLog();
    await here.run(...assignTo("P-1"));
    fail("fsync", /uc\.log$/);
    expect((await here.run(...assignTo("P-1"))).code).toBe(2);
  });
});

describe("a disk without hard links", { tags: ["LOG-002", "LOG-003"] }, () => {
  it.each(["EPERM", "ENOTSUP", "ENOSYS"])("(%s) holds logs and their locks", async (code) => {
    fail("link", /./, code);
    const { here, events } = await withLog();
    expect((await here.json(...assignTo("P-1"))).answer).toMatchObject({ number: "TR010001" });
    writeFileSync(here.path("uc.log.lock"), "");
    expect((await here.json(...assignTo("P-2"))).answer).toMatchObject({ error: { code: "cli.log_busy" } });
    expect(events()).toBe(2);
    expect(readdirSync(here.cwd).filter((name) => name.includes("lock"))).toEqual(["uc.log.lock"]);
    const twice = await here.json("log", "open", "list", "--list", "list", ...ACTOR);
    expect(twice).toMatchObject({ code: 2, answer: { error: { code: "cli.output_exists" } } });
  });
});

describe("the time of an event", { tags: ["LOG-002", "LOG-003"] }, () => {
  const at = (participant: string, time: string): string[] => assignTo(participant, "--at", time);

  it("before the opening, before the event ahead of it, or after the clock, is recorded and told everywhere", async () => {
    const { here } = await withLog();
    const codes = async (...argv: string[]): Promise<readonly unknown[]> =>
      ((await here.json(...argv)).answer["warnings"] as { code: string }[]).map(({ code }) => code);
    expect(await codes(...at("P-1", "2026-01-02T09:00:00+09:00"))).toEqual([]);
    // The same instant, written otherwise.
    expect(await codes(...at("P-2", "2026-01-02T00:00:00.000Z"))).toEqual([]);
    expect(await codes(...at("P-3", "2026-01-01T23:59:59.999Z"))).toEqual(["conduct.time_backwards"]);
    expect(await codes(...at("P-4", "2025-12-31T23:00:00-08:00"))).toEqual([
      "conduct.time_before_opening",
      "conduct.time_backwards",
    ]);
    // The clock of the test stands at 2026-01-10T08:00:00Z.
    expect((await here.run(...at("P-5", "2099-01-01T00:00:00Z"))).stdout).toContain(
      "Event 6 is dated 2099-01-01T00:00:00Z, after the computer's clock (2026-01-10T08:00:00.000Z).",
    );
    const all = [
      "conduct.time_backwards",
      "conduct.time_before_opening",
      "conduct.time_backwards",
      "conduct.time_after_clock",
    ];
    expect(await codes("log", "verify", "uc.log")).toEqual(all);
    expect(await codes("log", "show", "uc.log")).toEqual(all);
    expect((await here.run("log", "verify", "uc.log")).stdout).toContain("VERIFIED: 6 events");
    expect((await here.run("log", "show", "uc.log")).stdout).toContain("Event 4 is dated");
    const audit = await here.json("audit", "list", "--test-seed", "x", "--log", "uc.log");
    const rule = (audit.answer["findings"] as { rule: number; verdict: string; evidence: string }[]).find(
      ({ rule: n }) => n === 22,
    );
    expect(rule?.verdict).toBe("warn");
    for (const seq of [4, 5, 6]) expect(rule?.evidence).toContain(`Event ${seq} is dated`);
  });

  it("what stands behind the last event is told by the answer, log show, log verify and the audit", async () => {
    const { here } = await withLog();
    appendFileSync(here.path("uc.log"), "\0\0\0");
    for (const argv of [["log", "verify", "uc.log"], ["log", "show", "uc.log"], at("P-1", "2026-01-02T09:00:00Z")]) {
      const { code, answer } = await here.json(...argv);
      expect([code, answer["warnings"]], argv.join(" ")).toMatchObject([0, [{ code: "conduct.unfinished" }]]);
    }
    writeFileSync(here.path("uc.log"), `${here.read("uc.log").slice(0, -1)}\u000b`);
    expect((await here.json("log", "verify", "uc.log")).answer).toMatchObject({
      events: 2,
      warnings: [{ code: "conduct.line_end_damaged" }],
    });
    expect((await here.json(...at("P-2", "2026-01-02T09:00:00Z"))).answer).toMatchObject({
      number: "TR010002",
      event: 3,
    });
    expect((await here.json("log", "verify", "uc.log")).answer).toMatchObject({ events: 3, warnings: [] });
  });
});

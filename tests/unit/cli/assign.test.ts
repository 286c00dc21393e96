import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withLock } from "../../../src/store/disk/index.js";
import { openListLog, participantsOf, readLog, toLogLine } from "../../../src/allocation/index.js";
import { buildCommand } from "../../support/buildCommand.js";
import { blindedShape, openDesk } from "../../support/conductDesk.js";
import { issueOf } from "../../support/issueOf.js";
import { ENTROPY, makeDesk, type Desk } from "./harness.js";

const bundles = resolve("node_modules/.cache/allocell-conduct", String(process.pid));
const folder = mkdtempSync(join(tmpdir(), "allocell-conduct-"));

beforeAll(() => buildCommand(bundles, { appendLoop: "tests/unit/cli/appendLoop.ts" }));
afterAll(() => {
  rmSync(bundles, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** A new log of two sites, as a file. */
function newLog(name: string, rows = 5000): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    openDesk(openListLog(blindedShape(2, rows)))
      .events.map(toLogLine)
      .join(""),
  );
  return file;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ended(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (stderr += text.toString()));
  return new Promise((done) =>
    child.on("close", (code) => {
      done({ code, stdout, stderr });
    }),
  );
}

const allocell = (...argv: string[]): ChildProcess => spawn(process.execPath, [join(bundles, "main.js"), ...argv]);
const positionsOf = (file: string): string[] =>
  participantsOf(readLog(readFileSync(file, "utf8")).state).flatMap(({ number }) => number ?? []);
const leftovers = (file: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith(file.split("/").at(-1)! + "."));

describe("many writers at once", { tags: ["LOG-004"] }, () => {
  it("get a position each, or a clear answer that somebody else writes", async () => {
    const log = newLog("many.log");
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      const answers: Ended[] = [];
      for (let i = 0; i < 5; i += 1) {
        const argv = ["assign", log, "--participant", `W${writer}-${i}`, "--stratum", "site=01,sex=F", "--actor", "N"];
        answers.push(await ended(allocell(...argv, "--json")));
      }
      return answers;
    });
    const answers = (await Promise.all(writers)).flat();
    const given = answers
      .filter(({ code }) => code === 0)
      .map(({ stdout }) => (JSON.parse(stdout) as { number: string }).number);
    expect(new Set(given).size).toBe(given.length);
    expect([...positionsOf(log)].sort()).toEqual([...given].sort());
    expect(given.length).toBeGreaterThan(4);
    for (const { code, stderr } of answers.filter((answer) => answer.code !== 0)) {
      expect(code).toBe(2);
      expect((JSON.parse(stderr) as { error: { code: string } }).error.code, stderr).toBe("cli.log_busy");
    }
    expect(leftovers(log)).toEqual([]);
  });
});

/** Counted in lines that it printed, and not in time: however slow the machine is, it has written before it dies. */
function killAfter(child: ChildProcess, lines: number, milliseconds: number): void {
  let seen = 0;
  child.stdout?.on("data", (text: Buffer) => {
    const before = seen;
    seen += text.toString().split("\n").length - 1;
    if (before < lines && seen >= lines) setTimeout(() => child.kill("SIGKILL"), milliseconds);
  });
}

describe("a writer that is killed", { tags: ["LOG-003"] }, () => {
  it("leaves a log that opens with every answer in it, no position twice, and no obstacle", async () => {
    const log = newLog("killed.log");
    let answers = 0;
    for (let round = 0; round < 10; round += 1) {
      // Two at a time, so that locks of the dead are fought for too.
      const children = ["a", "b"].map((name) =>
        spawn(process.execPath, [join(bundles, "appendLoop.js"), log, `${name}${round}`]),
      );
      const ends = children.map(ended);
      children.forEach((child, i) => {
        killAfter(child, 2 + ((round * 3 + i * 2) % 5), (round * 37 + i * 53) % 23);
      });
      const told = (await Promise.all(ends)).map(({ stdout, stderr }) => {
        expect(stderr).toBe("");
        return stdout.split("\n").slice(1, -1);
      });
      const read = readLog(readFileSync(log, "utf8"));
      const hashes = new Set(read.events.map(({ hash }) => hash));
      for (const hash of told.flat()) expect(hashes.has(hash)).toBe(true);
      answers += told.flat().length;
    }
    const numbers = positionsOf(log);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(answers).toBeGreaterThan(10);
    const last = spawnSync(process.execPath, [
      join(bundles, "main.js"),
      "assign",
      log,
      "--participant",
      "last",
      "--stratum",
      "site=01,sex=M",
      "--actor",
      "N",
    ]);
    expect(last.stderr.toString()).toBe("");
    expect(last.status).toBe(0);
    // A lock text of which not a byte was written names nobody; it goes after a minute.
    expect(leftovers(log).filter((name) => !name.includes(".lock-new."))).toEqual([]);
  });
});

describe("the lock", () => {
  const inLock = (file: string): string => withLock(file, file, "now", () => "done");

  it("is one process's, and named in the refusal", () => {
    const log = newLog("lock.log");
    withLock(log, log, "2026-03-01T09:00:00Z", () => {
      const issue = issueOf(() => inLock(log));
      expect(issue.code).toBe("cli.log_busy");
      expect(issue.message).toContain(`Process ${process.pid} `);
      expect(issue.message).toContain("since 2026-03-01T09:00:00Z");
    });
    expect(inLock(log)).toBe("done");
    expect(leftovers(log)).toEqual([]);
  });

  it("is let go when the work fails", () => {
    const log = newLog("fails.log");
    expect(() =>
      withLock(log, log, "now", () => {
        throw new Error("broken");
      }),
    ).toThrow("broken");
    expect(inLock(log)).toBe("done");
  });

  const dead = (): { pid: number; machine: string } => {
    const { pid } = spawnSync(process.execPath, ["-e", "0"]);
    // The machine as this process would write it, read from a lock of its own.
    const own = newLog("own.log");
    const machine = withLock(
      own,
      own,
      "now",
      () => (JSON.parse(readFileSync(`${own}.lock`, "utf8")) as { machine: string }).machine,
    );
    return { pid, machine };
  };
  const lockText = (nonce: string, change: object = {}): string =>
    JSON.stringify({ ...dead(), nonce, since: "then", started: "some boot 1", ...change });

  it("of a dead process is taken over, with the locks of those who died while they took it over", () => {
    const log = newLog("dead.log");
    writeFileSync(`${log}.lock`, lockText("n1"));
    writeFileSync(`${log}.lock.n1`, lockText("n2"));
    writeFileSync(`${log}.lock.n2`, lockText("n3"));
    writeFileSync(`${log}.lock-new.1.n4`, lockText("n4"));
    expect(inLock(log)).toBe("done");
    expect(leftovers(log)).toEqual([]);
  });

  it("of a process whose number is used again is taken over", () => {
    const log = newLog("again.log");
    writeFileSync(`${log}.lock`, lockText("n1", { pid: process.pid }));
    if (process.platform === "linux") expect(inLock(log)).toBe("done");
  });

  it("of another machine, or one that cannot be read, is never taken over", () => {
    const log = newLog("elsewhere.log");
    writeFileSync(`${log}.lock`, lockText("n1", { machine: "elsewhere" }));
    expect(issueOf(() => inLock(log)).message).toContain("on elsewhere");
    writeFileSync(`${log}.lock`, "");
    expect(issueOf(() => inLock(log)).code).toBe("cli.log_busy");
    expect(existsSync(`${log}.lock`)).toBe(true);
  });

  it("whose guard a living process holds is left to that process", () => {
    const log = newLog("guarded.log");
    writeFileSync(`${log}.lock`, lockText("n1"));
    withLock(`${log}.lock.n1`.replace(/\.lock$/, ""), "guard", "now", () => undefined);
    writeFileSync(`${log}.lock.n1`, lockText("n2", { machine: "elsewhere" }));
    expect(issueOf(() => inLock(log)).code).toBe("cli.log_busy");
    expect((JSON.parse(readFileSync(`${log}.lock`, "utf8")) as { nonce: string }).nonce).toBe("n1");
  });
});

const PLAN = `trial: NCT06853522
part: main
list: UC-01
arms: { exosome: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [2] }
strata: [{ factor: site, levels: ["01", "02"] }]
length: 4
`;
const DYNAMIC = `trial: NCT06853522
part: main
list: UC-DYN
arms: { exosome: 1, placebo: 1 }
procedure: { kind: minimization, measure: range, law: { kind: fixed, probability: "0.8" } }
factors: [{ factor: site, levels: ["01", "02"] }, { factor: sex, levels: [F, M] }]
length: 10
`;
const desk = (): Desk => makeDesk({ entropy: (bytes) => ENTROPY.subarray(0, bytes) });
const ACTOR = ["--actor", "N. Berg"];
const WHY = ["--reason", "as agreed"];

async function withList(): Promise<Desk> {
  const here = desk();
  here.write("plan.yaml", PLAN);
  expect(await here.run("list", "plan.yaml", "--test-seed", "x", "--out", "list", "--quiet")).toMatchObject({
    code: 0,
  });
  expect(await here.run("log", "open", "uc.log", "--list", "list", ...ACTOR)).toMatchObject({ code: 0, stderr: "" });
  return here;
}

describe("allocell assign, record and log", { tags: ["LOG-002"] }, () => {
  it("give numbers in order and never an arm, unless it is asked for", async () => {
    const here = await withList();
    const first = await here.run("assign", "uc.log", "--participant", "P-1", "--stratum", "site=01", ...ACTOR);
    expect(first.stdout).toMatch(
      /^TR010001\n {2}participant {2}P-1\n {2}event {8}2\n {2}receipt {6}[0-9a-f]{64}\n\nExplained in\n/,
    );
    const { answer } = await here.json(
      "assign",
      "uc.log",
      "--participant",
      "P-2",
      "--stratum",
      "site=01",
      "--unblinded",
      "list",
      ...ACTOR,
    );
    const row = here.read("list/UC-01.TEST.UNBLINDED.master.csv").split("\r\n")[2]!.split(",");
    expect(answer).toMatchObject({ number: "TR010002", sequence: 2, arm: row.at(-1) });
    const all = [
      here.read("uc.log"),
      (await here.run("log", "show", "uc.log")).stdout,
      (await here.run("log", "show", "uc.log", "--json")).stdout,
    ];
    for (const text of all) expect(text).not.toMatch(/exosome|placebo/);
  });

  it("record what happened, refuse what does not belong, and write nothing then", async () => {
    const here = await withList();
    await here.run("assign", "uc.log", "--participant", "P-1", "--stratum", "site=01", ...ACTOR);
    const rec = (...argv: string[]): Promise<{ code: number; answer: Record<string, unknown> }> =>
      here.json("log", "record", "uc.log", ...argv, ...WHY, ...ACTOR);
    const good: string[][] = [
      ["withdrawn", "--participant", "P-1"],
      ["ineligible-kept", "--participant", "P-1"],
      ["code-broken", "--participant", "P-1"],
      ["wrong-stratum", "--participant", "P-1", "--true-stratum", "site=02"],
      ["wrong-treatment", "--participant", "P-1"],
      ["replaced", "--participant", "P-1", "--by", "P-2"],
      ["forced", "--participant", "P-3", "--stratum", "site=02", "--position", "skipped"],
      ["skipped", "--stratum", "site=02"],
      ["cap-set", "--stratum", "site=02", "--most", "1"],
    ];
    for (const argv of good) expect(await rec(...argv), argv[0]).toMatchObject({ code: 0 });
    const before = here.read("uc.log");
    const bad: [string, ...string[]][] = [
      ["conduct.cap_reached", "replaced", "--participant", "P-3", "--by", "P-4"],
      ["conduct.participant_unknown", "withdrawn", "--participant", "P-9"],
      ["cli.kind_unknown", "lost", "--participant", "P-1"],
      ["cli.option_missing", "withdrawn"],
      ["cli.option_surplus", "withdrawn", "--participant", "P-2", "--stratum", "site=01"],
      ["cli.log_name", "wrong-treatment", "--participant", "P-2", "--arm", "placebo"],
      ["cli.stratum_invalid", "skipped", "--stratum", "01"],
      ["cli.position_unknown", "forced", "--participant", "P-5", "--stratum", "site=01", "--position", "taken"],
      ["cli.cap_invalid", "cap-set", "--stratum", "site=01", "--most", "-1"],
    ];
    for (const [code, ...argv] of bad) {
      const { code: exit, answer } = await rec(...argv);
      expect([exit, (answer["error"] as { code: string }).code], argv.join(" ")).toEqual([2, code]);
    }
    expect(here.read("uc.log")).toBe(before);
    const shown = (await here.run("log", "show", "uc.log")).stdout;
    expect(shown).toMatch(/TR010001 {2}P-1 .*replaced by P-2; in truth site=02; withdrawn; ineligible; code broken/);
    expect(shown).toMatch(/- {9}P-3 .*forced/);
  });

  it("extend a list by a late site and rows, leaving what was issued", async () => {
    const here = await withList();
    for (let i = 1; i <= 4; i += 1)
      await here.run("assign", "uc.log", "--participant", `P-${i}`, "--stratum", "site=01", ...ACTOR);
    const full = await here.json("assign", "uc.log", "--participant", "P-5", "--stratum", "site=01", ...ACTOR);
    expect((full.answer["error"] as { code: string }).code).toBe("conduct.stratum_exhausted");
    here.write("longer.yaml", PLAN.replace('"02"', '"02", "03"').replace("length: 4", "length: 8"));
    await here.run("list", "longer.yaml", "--test-seed", "x", "--extends", "list", "--out", "longer", "--quiet");
    expect(await here.run("log", "extend", "uc.log", "--list", "longer", ...WHY, ...ACTOR)).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(
      (await here.json("assign", "uc.log", "--participant", "P-5", "--stratum", "site=01", ...ACTOR)).answer,
    ).toMatchObject({ number: "TR010005" });
    expect(
      (await here.json("assign", "uc.log", "--participant", "P-6", "--stratum", "site=03", ...ACTOR)).answer,
    ).toMatchObject({ number: "TR030001" });
    const back = await here.json("log", "extend", "uc.log", "--list", "list", ...WHY, ...ACTOR);
    expect((back.answer["error"] as { code: string }).code).toBe("custody.list_differs");
  });

  it("verify the chain and a receipt, and cut an unfinished end with the next event", async () => {
    const here = await withList();
    const { answer } = await here.json("assign", "uc.log", "--participant", "P-1", "--stratum", "site=01", ...ACTOR);
    const receipt = answer["receipt"] as string;
    const text = here.read("uc.log");
    appendFileSync(here.path("uc.log"), '{"actor":"N. Ø'.slice(0, -1) + "\xc3");
    expect(await here.run("log", "verify", "uc.log", "--head", receipt)).toMatchObject({ code: 0 });
    await here.run("assign", "uc.log", "--participant", "P-2", "--stratum", "site=01", ...ACTOR);
    expect(here.read("uc.log").startsWith(text)).toBe(true);
    expect((await here.json("log", "verify", "uc.log", "--head", receipt)).answer).toMatchObject({
      whole: true,
      events: 3,
    });
    writeFileSync(here.path("uc.log"), text.split("\n").slice(0, 1).join("") + "\n");
    expect((await here.run("log", "verify", "uc.log")).code).toBe(0);
    const cut = await here.json("log", "verify", "uc.log", "--head", receipt);
    expect(cut).toMatchObject({ code: 1, answer: { whole: false, faults: [{ code: "conduct.receipt_not_found" }] } });
    writeFileSync(here.path("uc.log"), text.replace("P-1", "P-9"));
    expect((await here.json("log", "verify", "uc.log")).answer).toMatchObject({
      whole: false,
      faults: [{ code: "conduct.event_edited", line: 2 }],
    });
    const refused = await here.json("assign", "uc.log", "--participant", "P-3", "--stratum", "site=01", ...ACTOR);
    expect(refused).toMatchObject({ code: 2, answer: { error: { code: "conduct.event_edited" } } });
  });

  it("take a last line without its line end for the event that it is", async () => {
    const here = await withList();
    await here.run("assign", "uc.log", "--participant", "P-1", "--stratum", "site=01", ...ACTOR);
    writeFileSync(here.path("uc.log"), here.read("uc.log").slice(0, -1));
    const { answer } = await here.json("assign", "uc.log", "--participant", "P-2", "--stratum", "site=01", ...ACTOR);
    expect(answer).toMatchObject({ number: "TR010002", event: 3 });
    expect((await here.run("log", "verify", "uc.log")).code).toBe(0);
  });

  it("never make a log over another file, and lock a log under all its names", async () => {
    const here = await withList();
    const again = await here.json("log", "open", "uc.log", "--list", "list", ...ACTOR);
    expect(again).toMatchObject({ code: 2, answer: { error: { code: "cli.output_exists" } } });
    symlinkSync("uc.log", here.path("other.log"));
    withLock(here.path("uc.log"), "uc.log", "now", () => undefined);
    writeFileSync(here.path("uc.log.lock"), "{}");
    const busy = await here.json("assign", "other.log", "--participant", "P-1", "--stratum", "site=01", ...ACTOR);
    expect(busy).toMatchObject({ code: 2, answer: { error: { code: "cli.log_busy" } } });
  });

  it("allocate dynamically from plan, seed and log, and make the whole trial again", async () => {
    const here = desk();
    here.write("dynamic.yaml", DYNAMIC);
    const basis = ["--plan", "dynamic.yaml", "--test-seed", "x"];
    const log = "uc.UNBLINDED.log";
    const named = await here.json("log", "open", "uc.log", ...basis, ...ACTOR);
    expect(named).toMatchObject({ code: 2, answer: { error: { code: "cli.log_name" } } });
    expect(await here.run("log", "open", log, ...basis, ...ACTOR)).toMatchObject({ code: 0, stderr: "" });
    const first = await here.run(
      "assign",
      log,
      "--participant",
      "P-1",
      "--stratum",
      "site=01,sex=F",
      ...basis,
      ...ACTOR,
    );
    expect(first.stdout).toMatch(/^TR0001\n/);
    expect(first.stdout).not.toMatch(/exosome|placebo/);
    const second = await here.run(
      "assign",
      log,
      "--participant",
      "P-2",
      "--stratum",
      "site=01,sex=M",
      "--unblinded",
      ...basis,
      ...ACTOR,
    );
    expect(second.stdout).toMatch(/P\((exosome|placebo)\) = 4\/5, score 1/);
    await here.run(
      "log",
      "record",
      log,
      "forced",
      "--participant",
      "P-3",
      "--stratum",
      "site=02,sex=F",
      "--position",
      "used",
      "--arm",
      "placebo",
      ...WHY,
      ...ACTOR,
    );
    await here.run(
      "log",
      "record",
      log,
      "replaced",
      "--participant",
      "P-1",
      "--by",
      "P-4",
      "--stratum",
      "site=01,sex=F",
      ...basis,
      ...WHY,
      ...ACTOR,
    );
    expect(await here.json("log", "verify", log, ...basis)).toMatchObject({
      code: 0,
      answer: { whole: true, events: 5 },
    });
    const missing = await here.json("assign", log, "--participant", "P-5", "--stratum", "site=01,sex=F", ...ACTOR);
    expect(missing).toMatchObject({ code: 2, answer: { error: { code: "cli.plan_missing" } } });
    here.write("longer.yaml", DYNAMIC.replace("length: 10", "length: 20").replace('"02"', '"02", "03"'));
    expect((await here.run("log", "extend", log, "--plan", "longer.yaml", ...WHY, ...ACTOR)).code).toBe(0);
    expect(await here.json("log", "verify", log, "--plan", "longer.yaml", "--test-seed", "x")).toMatchObject({
      code: 0,
    });
    const shown = (await here.run("log", "show", log)).stdout;
    expect(shown).not.toMatch(/exosome|placebo/);
    expect((await here.run("log", "show", log, "--unblinded")).stdout).toMatch(/exosome|placebo/);
  });
});

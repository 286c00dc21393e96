import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLog } from "../../src/allocation/index.js";
import { readLogBytes } from "../../src/store/disk/index.js";
import { eachOf, faultyRuns, hasStrace, type Runs } from "./faultyRuns.js";
import { PLAN } from "./plan.js";

const ACTOR = ["--actor", "N. Berg"];
const to = (participant: string): string[] => [
  "assign",
  "uc.log",
  "--participant",
  participant,
  "--stratum",
  "site=01",
  ...ACTOR,
];
const UNBLIND = ["unblind", "uc.log", "--participant", "P-1", "--reason", "SAE", "--master", "list", ...ACTOR];
const OPEN = ["log", "open", "new.log", "--list", "list", ...ACTOR];
const from = mkdtempSync(join(tmpdir(), "allocell-faults-log-"));
let runs: Runs;

beforeAll(async () => {
  runs = await faultyRuns("log");
  writeFileSync(join(from, "plan.yaml"), PLAN);
  for (const argv of [
    ["list", "plan.yaml", "--test-seed", "x", "--out", "list"],
    ["log", "open", "uc.log", "--list", "list", ...ACTOR],
    to("P-1"),
  ]) {
    expect(await runs.run(from, argv)).toMatchObject({ code: 0 });
  }
});
afterAll(() => {
  runs.end();
  rmSync(from, { recursive: true, force: true });
});

const eventsOf = (cwd: string, log = "uc.log"): number =>
  readLogBytes(readFileSync(join(cwd, log)), log).log.events.length;

describe.skipIf(!hasStrace)("a writer of a log", { tags: ["LOG-003"] }, () => {
  it("that is killed at any call leaves every answered event, and answers when asked again", async () => {
    const calls = await runs.callsOf(from, to("P-2"));
    expect(calls.length).toBeGreaterThan(8);
    await eachOf(calls, async ({ name, nth }) => {
      const cwd = runs.copyOf(from);
      const at = `${name} ${nth}`;
      const { code, stdout } = await runs.run(cwd, to("P-2"), `${name}:signal=KILL:when=${nth}`);
      expect([2, 3], at).toContain(eventsOf(cwd));
      if (stdout !== "") expect(eventsOf(cwd), at).toBe(3);
      if (code !== null) return;
      const again = await runs.run(cwd, to("P-2"));
      expect([again.code, again.stdout.split("\n")[0], again.stderr], at).toEqual([0, "TR010002", ""]);
      expect(readLog(readFileSync(join(cwd, "uc.log"), "utf8")).events, at).toHaveLength(3);
    });
  });

  it.each([
    ["assign", to("P-2"), "uc.log", 2],
    ["unblind", UNBLIND, "uc.log", 2],
    ["log open", OPEN, "new.log", 0],
  ] as const)(
    "%s, told of a fault at any call: 2 and nothing written, or 4 and the event is there",
    async (_, argv, log, before) => {
      const calls = (await runs.callsOf(from, argv)).filter(({ name }) => name !== "write" && !name.startsWith("open"));
      const faults = calls.flatMap(({ name, nth }) => ["EIO", "EPERM"].map((error) => ({ name, nth, error })));
      const seen = new Set<number | null>();
      await eachOf(faults, async ({ name, nth, error }) => {
        const cwd = runs.copyOf(from);
        const at = `${name} ${nth} ${error}`;
        const { code, stdout, stderr } = await runs.run(cwd, argv, `${name}:error=${error}:when=${nth}`);
        seen.add(code);
        const events = code === 2 && before === 0 && !hasFile(cwd, log) ? 0 : eventsOf(cwd, log);
        expect({ at, code, events }).toEqual({ at, code, events: code === 2 ? before : before + 1 });
        if (code === 4) expect(stderr, at).toContain(`Event ${before + 1} `);
        if (code === 2) expect(stdout, at).toBe("");
        if (argv === UNBLIND) expect(stderr, at).not.toMatch(/exosome|placebo/);
        if (log === "uc.log" && argv !== UNBLIND) {
          expect((await runs.run(cwd, argv)).stdout.split("\n")[0], at).toBe("TR010002");
          expect(eventsOf(cwd), at).toBe(3);
        }
      });
      expect([...seen].sort()).toEqual([0, 2, 4]);
    },
  );

  it("whose every fsync fails, or whose disk has no hard links, says what is so", async () => {
    const failing = runs.copyOf(from);
    expect((await runs.run(failing, to("P-2"), "fsync:error=EIO:when=2+")).code).toBe(2);
    expect(eventsOf(failing)).toBe(2);
    const linkless = runs.copyOf(from);
    expect(await runs.run(linkless, to("P-2"), "link,linkat:error=EPERM")).toMatchObject({ code: 0, stderr: "" });
    expect(await runs.run(linkless, OPEN, "link,linkat:error=EPERM")).toMatchObject({ code: 0, stderr: "" });
    expect(eventsOf(linkless, "new.log")).toBe(1);
  });
});

function hasFile(cwd: string, name: string): boolean {
  try {
    readFileSync(join(cwd, name));
    return true;
  } catch {
    return false;
  }
}

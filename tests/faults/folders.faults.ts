import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentOf, eachOf, faultyRuns, hasStrace, hiddenIn, type Call, type Runs } from "./faultyRuns.js";
import { PLAN } from "./plan.js";

const LIST = ["list", "plan.yaml", "--test-seed", "x", "--out", "out", "--quiet"];
const from = mkdtempSync(join(tmpdir(), "allocell-faults-folder-"));
let runs: Runs;

beforeAll(async () => {
  runs = await faultyRuns("folders");
  writeFileSync(join(from, "plan.yaml"), PLAN);
  copyFileSync(resolve("examples/uc/order.yaml"), join(from, "order.yaml"));
  expect(await runs.run(from, [...LIST.slice(0, -2), "list"])).toMatchObject({ code: 0 });
});
afterAll(() => {
  runs.end();
  rmSync(from, { recursive: true, force: true });
});

/** Before an fsync a killed run leaves what it leaves before the call after it. */
const killsOf = (calls: readonly Call[]): readonly Call[] => calls.filter(({ name }) => name !== "fsync");

/** Names of the files of an answer, which is all that a run with other times or salts has in common. */
const namesOf = (folder: string): readonly string[] | undefined => {
  const content = contentOf(folder);
  return content === undefined ? undefined : [...content.keys()];
};

describe.skipIf(!hasStrace)("an answer of several files", { tags: ["FILE-001"] }, () => {
  it.each([
    ["list", LIST, 1],
    ["prepare", ["prepare", "order.yaml", "--out", "out"], 1],
    ["envelopes", ["envelopes", "list", "--test-seed", "x", "--out", "out"], 1],
    ["assess --plots", ["assess", "plan.yaml", "--plots", "out"], 8],
  ] as const)(
    "%s: killed at any call it is whole or not at all, and the next run names what is left",
    async (_, argv, step) => {
      const whole = runs.copyOf(from);
      const good = (await runs.run(whole, argv)).code;
      const names = namesOf(join(whole, "out"));
      expect(names?.length).toBeGreaterThan(1);
      const known = [...readdirSync(from), "out"];
      const calls = killsOf(await runs.callsOf(from, argv)).filter((_call, i) => i % step === 0);
      await eachOf(calls, async ({ name, nth }) => {
        const cwd = runs.copyOf(from);
        const at = `${name} ${nth}`;
        const { code } = await runs.run(cwd, argv, `${name}:signal=KILL:when=${nth}`);
        if (code !== null) return;
        const left = hiddenIn(cwd);
        expect(
          readdirSync(cwd).filter((entry) => !known.includes(entry) && !left.includes(entry)),
          at,
        ).toEqual([]);
        const standing = namesOf(join(cwd, "out"));
        if (standing !== undefined) expect(standing, at).toEqual(names);
        const next = await runs.run(
          cwd,
          argv.map((word) => (standing !== undefined && word === "out" ? "other" : word)),
        );
        expect(next.code, at).toBe(good);
        for (const hidden of left) expect(next.stderr, at).toContain(hidden);
      });
    },
  );

  it("list --force: the former folder is whole under a name that says so, or the new one stands", async () => {
    const base = runs.copyOf(from);
    await runs.run(base, LIST);
    const former = contentOf(join(base, "out"));
    const argv = [...LIST.map((word) => (word === "x" ? "another" : word)), "--force"];
    const done = runs.copyOf(base);
    await runs.run(done, argv);
    const masterOf = (folder: string): string | undefined => contentOf(folder)?.get("UC-01.TEST.UNBLINDED.master.csv");
    const names = [...(former?.keys() ?? [])];
    await eachOf(killsOf(await runs.callsOf(base, argv)), async ({ name, nth }) => {
      const cwd = runs.copyOf(base);
      const at = `${name} ${nth}`;
      const { code } = await runs.run(cwd, argv, `${name}:signal=KILL:when=${nth}`);
      if (code !== null) return;
      const left = hiddenIn(cwd);
      const replaced = left.filter((hidden) => hidden.endsWith("-replaced"));
      for (const hidden of replaced) expect(contentOf(join(cwd, hidden)), at).toEqual(former);
      const standing = namesOf(join(cwd, "out"));
      if (standing === undefined) expect(replaced, at).toHaveLength(1);
      else {
        expect(standing, at).toEqual(names);
        expect([masterOf(join(base, "out")), masterOf(join(done, "out"))], at).toContain(masterOf(join(cwd, "out")));
      }
      const next = await runs.run(cwd, argv);
      expect(next.code, at).toBe(0);
      for (const hidden of left) {
        const what = hidden.endsWith("-replaced") ? "it is the former one, whole" : "it is not whole";
        expect(next.stderr, at).toMatch(new RegExp(`${hidden.replaceAll(".", "\\.")} [^\\n]*${what}`));
      }
    });
  });

  it("in a container, where each run has the same number: what a killed one left is named", () => {
    const cwd = runs.copyOf(from);
    const inContainer = (words: readonly string[]): string => {
      const { stderr } = spawnSync("unshare", ["--pid", "--fork", "--mount-proc", ...words], { cwd, encoding: "utf8" });
      return stderr;
    };
    const command = [process.execPath, runs.main, ...LIST];
    inContainer(["strace", "-o", "/dev/null", "-e", "inject=rename:signal=KILL:when=1", ...command]);
    const [left = "none"] = hiddenIn(cwd);
    expect(left).toMatch(/^\.out\.unfinished-/);
    expect(inContainer(["strace", "-o", "/dev/null", ...command])).toContain(left);
  });
});

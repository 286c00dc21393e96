import { spawn, type ChildProcess } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCommand } from "../../support/buildCommand.js";
import { ASSUMPTIONS, PLAN } from "./harness.js";

const bundles = resolve("node_modules/.cache/allocell-process", String(process.pid));
const place = mkdtempSync(join(tmpdir(), "allocell-process-"));
let folders = 0;

beforeAll(() => buildCommand(bundles));
afterAll(() => {
  rmSync(bundles, { recursive: true, force: true });
  rmSync(place, { recursive: true, force: true });
});

/** A new folder with a plan, an assumptions file and participants, the second of whom is refused. */
function newFolder(rows = 24, participants = 3): string {
  const cwd = join(place, String((folders += 1)));
  mkdirSync(cwd);
  writeFileSync(join(cwd, "plan.yaml"), PLAN.replace("length: 24", `length: ${rows}\nnumbers: { digits: 8 }`));
  writeFileSync(join(cwd, "assumptions.yaml"), ASSUMPTIONS);
  const lines = Array.from({ length: participants }, (_, i) => `P${i},low,${i === 1 ? "160 lb" : "72.4"}\n`);
  writeFileSync(join(cwd, "people.csv"), `participant,arm,weight_kg\n${lines.join("")}`);
  return cwd;
}

const DOSES = ["doses", "people.csv", "--trial", "NCT07041801", "--assumptions", "assumptions.yaml"];
const LIST = ["list", "plan.yaml", "--test-seed", "x", "--out", "list"];

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(cwd: string, argv: readonly string[], stdout: "pipe" | number = "pipe"): ChildProcess {
  return spawn(process.execPath, [join(bundles, "main.js"), ...argv], { cwd, stdio: ["ignore", stdout, "pipe"] });
}

function ended(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr?.on("data", (text: Buffer) => (stderr += text.toString()));
  return new Promise((done) =>
    child.on("close", (code, signal) => {
      done({ code, signal, stdout, stderr });
    }),
  );
}

/** Waits until a list is being written in the folder. */
async function writing(cwd: string): Promise<void> {
  const isWriting = (): boolean =>
    readdirSync(cwd).some((name) => name.includes(".unfinished-") && readdirSync(join(cwd, name)).length > 0);
  while (!isWriting()) await new Promise((wait) => setTimeout(wait, 5));
}

describe("a reader that closes its end of the pipe", () => {
  it("does not turn a no into a yes", async () => {
    const child = start(newFolder(24, 4000), DOSES);
    child.stdout?.once("data", () => child.stdout?.destroy());
    const { code } = await ended(child);
    expect(code).toBe(1);
  });

  it("does not keep a file from being written whole", async () => {
    const cwd = newFolder(24, 4000);
    const child = start(cwd, [...DOSES, "--out", "answer.csv"]);
    child.stderr?.destroy();
    child.stdout?.destroy();
    const { code } = await ended(child);
    expect(code).toBe(1);
    expect(readFileSync(join(cwd, "answer.csv"), "utf8").trimEnd().split("\r\n")).toHaveLength(4001);
  });
});

describe.skipIf(!existsSync("/dev/full"))("a full device", () => {
  it("under standard output is told, with exit code 2", async () => {
    const full = openSync("/dev/full", "w");
    const { code, stderr } = await ended(start(newFolder(), DOSES, full));
    expect(code).toBe(2);
    expect(stderr).toContain("The disk is full.\n  where  standard output\n  code   cli.disk_full");
  });

  it("is never replaced by a file", async () => {
    const { code, stderr } = await ended(start(newFolder(), [...DOSES, "--out", "/dev/full", "--force"]));
    expect([code, stderr.includes("cli.output_not_a_file")]).toEqual([2, true]);
  });
});

describe("verify of a long list that differs", () => {
  it("takes little memory, and names the first row that differs", async () => {
    const cwd = newFolder(150_000);
    await ended(start(cwd, LIST));
    const file = join(cwd, "list/SLE-SD-01.TEST.UNBLINDED.master.csv");
    const text = readFileSync(file, "utf8");
    const last = text.lastIndexOf("\n", text.length - 2) + 1;
    writeFileSync(file, text.slice(0, last) + text.slice(last).replace(/\w+(?=\r\n$)/, "other"));
    const heap = ["--max-old-space-size=48", join(bundles, "main.js")];
    const child = spawn(process.execPath, [...heap, "verify", "list", "--test-seed", "x"], { cwd });
    const { code, stdout } = await ended(child);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Line 30000\d, column "arm": /);
  });
});

describe("a run that is interrupted while it writes a list", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s: takes away what is unfinished, and ends with %i", async (signal, expected) => {
    const cwd = newFolder(400_000);
    const before = readdirSync(cwd);
    const child = start(cwd, LIST);
    const end = ended(child);
    await writing(cwd);
    child.kill(signal);
    const { code, signal: by } = await end;
    expect([code, by]).toEqual([expected, null]);
    expect(readdirSync(cwd)).toEqual(before);
  });

  it("SIGKILL: leaves no list, and the next run tells what is left", async () => {
    const cwd = newFolder(400_000);
    const child = start(cwd, LIST);
    const end = ended(child);
    await writing(cwd);
    child.kill("SIGKILL");
    await end;
    const [left = ""] = readdirSync(cwd).filter((name) => name.startsWith(".list.unfinished-"));
    expect(left).not.toBe("");
    expect(readdirSync(cwd)).not.toContain("list");

    writeFileSync(join(cwd, "plan.yaml"), PLAN);
    const again = await ended(start(cwd, LIST));
    expect([again.code, again.stderr]).toEqual([
      0,
      `Note: ${left} was left by a run that was killed while it wrote: it is not whole, and nothing uses it. Remove it.\n`,
    ]);
    const json = await ended(start(cwd, [...LIST, "--force", "--json"]));
    expect(JSON.parse(json.stderr)).toMatchObject({ warnings: [{ code: "cli.left_over" }] });
  });
});

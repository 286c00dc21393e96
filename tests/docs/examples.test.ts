import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { Io } from "../../src/cli/io.js";
import { run } from "../../src/cli/run.js";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const examples = join(root, "examples");
mkdirSync(join(examples, "out"), { recursive: true });
const out = mkdtempSync(join(examples, "out", "test-"));
afterAll(() => {
  rmSync(out, { recursive: true });
});

const FOLDERS: readonly (readonly [folder: string, trial: string, list: string, rows: number, participants: number])[] =
  [
    ["sle", "NCT07041801", "SLE-SD-01", 48, 12],
    ["uc", "NCT06853522", "UC-01", 40, 5],
    ["t1d", "NCT06407297", "T1D-R-01", 15, 5],
    ["t2d", "NCT06727721", "T2D-01", 10, 4],
  ];

const scripts = FOLDERS.flatMap(([folder]) =>
  readdirSync(join(examples, folder))
    .filter((name) => name.endsWith(".mjs"))
    .map((name) => `${folder}/${name}`),
);

/** The example as a copy whose imports of the package lead to its sources. */
async function runScript(name: string): Promise<string[]> {
  const text = readFileSync(join(examples, name), "utf8").replace(
    /from "allocell(?:\/(\w+))?"/g,
    (_, room: string | undefined) => `from ${JSON.stringify(join(root, "src", room ?? "", "index.ts"))}`,
  );
  const copy = join(out, name.replace("/", "-"));
  writeFileSync(copy, text);
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: unknown) => {
    lines.push(...String(line).split(/\r?\n/));
  });
  try {
    await import(/* @vite-ignore */ pathToFileURL(copy).href);
  } finally {
    log.mockRestore();
  }
  return lines;
}

describe("the numbered examples", () => {
  it.each(scripts)("%s prints what it says", async (name) => {
    const text = readFileSync(join(examples, name), "utf8");
    const expected = (text.split("\n// Output:\n")[1] ?? "").trimEnd().split("\n");
    expect((await runScript(name)).map((line) => `// ${line}`)).toEqual(expected);
  });

  it("are numbered from 001 in every folder", () => {
    for (const [folder] of FOLDERS) {
      const numbers = scripts
        .filter((name) => name.startsWith(`${folder}/`))
        .map((name) => name.split("/")[1]?.slice(0, 3));
      expect(numbers.length).toBeGreaterThan(0);
      expect(numbers).toEqual(numbers.map((_, i) => String(i + 1).padStart(3, "0")));
    }
  });
});

describe.each(FOLDERS)("examples/%s on the command line", (folder, trial, list, rows, participants) => {
  async function allocell(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    let stdout = "";
    let stderr = "";
    const io: Io = {
      stdout: { write: (text) => ((stdout += text), Promise.resolve()) },
      stderr: { write: (text) => ((stderr += text), Promise.resolve()) },
      cwd: join(examples, folder),
      env: {},
      now: () => new Date(0),
      entropy: () => new Uint8Array(32),
      runtime: "test",
    };
    return { code: await run(argv, io), stdout, stderr };
  }

  it("generates and verifies the list", async () => {
    const to = resolve(out, list);
    const made = await allocell("list", "plan.yaml", "--test-seed", "allocell demo", "--out", to, "--quiet");
    expect(made).toEqual({ code: 0, stdout: `${rows} rows\n`, stderr: "" });
    expect((await allocell("verify", to, "--test-seed", "allocell demo")).code).toBe(0);
  });

  it("doses every participant", async () => {
    const decision = folder === "sle" ? ["--decision", "decision.yaml"] : [];
    const { code, stderr } = await allocell(
      "doses",
      "participants.csv",
      "--trial",
      trial,
      "--assumptions",
      "assumptions.yaml",
      ...decision,
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(
      new RegExp(`^${participants} participants done(?: [(]1 with a warning[)])?, 0 refused[.]$`, "mu"),
    );
  });

  it("marks its assumptions as examples", () => {
    for (const name of ["plan.yaml", "assumptions.yaml"]) {
      expect(readFileSync(join(examples, folder, name), "utf8")).toContain("EXAMPLE");
    }
  });
});

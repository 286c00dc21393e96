import { listFileNames } from "../../../src/list/index.js";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { masterCsvName } from "../../../src/reproduce/programs/index.js";
import { makeDesk, PLAN, type Desk } from "./harness.js";

async function deskWithList(): Promise<Desk & { folder: string; manifest: string }> {
  const desk = makeDesk();
  desk.write("plan.yaml", PLAN);
  const { code, stderr } = await desk.run("list", "plan.yaml", "--test-seed", "a test", "--out", "made");
  expect([code, stderr]).toEqual([0, ""]);
  const folder = desk.path("made");
  const list = /^list: (\S+)/m.exec(PLAN)![1]!;
  return { ...desk, folder, manifest: join(folder, listFileNames(list, "TEST").unblindedManifest) };
}

describe("script", { tags: ["REPRO-001"] }, () => {
  it("looks for the list under the name that the list command gives it", () => {
    for (const status of ["TEST", "LIVE"] as const) {
      expect(masterCsvName("A-1", status)).toBe(listFileNames("A-1", status).masterCsv);
    }
  });

  it(
    "writes a program into the current folder, for its owner alone, and says how to run it",
    { tags: ["SEC-003"] },
    async () => {
      const { json, run, folder } = await deskWithList();
      const { code, answer } = await json("script", "made", "--lang", "python");
      expect(code).toBe(0);
      expect(answer).toMatchObject({
        command: "script",
        status: "TEST",
        language: "python",
        algorithm: "allocell-pb-1",
      });
      const { file } = answer as { file: string };
      expect(file).toMatch(/^[A-Za-z0-9-]+\.TEST\.UNBLINDED\.regenerate\.py$/);
      const path = join(folder, "..", file);
      expect(readFileSync(path, "utf8")).toContain("UNBLINDED");
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const { stdout } = await run("script", "made", "--lang", "python", "--out", "other.py");
      expect(stdout).toMatch(/python3 other\.py made\/[\w-]+\.TEST\.UNBLINDED\.master\.csv/);
      expect((await json("verify", "made", "--test-seed", "a test")).answer).toMatchObject({ same: true });
    },
  );

  it("refuses to write over a file, a folder without a list, and a plan that was altered", async () => {
    const { json, run, write, manifest } = await deskWithList();
    await run("script", "made", "--lang", "python");
    const codeOf = async (...argv: string[]): Promise<unknown> => {
      const { code, answer } = await json(...argv);
      expect(code).toBe(2);
      return (answer as { error: { code: string } }).error.code;
    };
    expect(await codeOf("script", "made", "--lang", "python")).toBe("cli.output_exists");
    write("plan.yaml", PLAN);
    expect(await codeOf("script", ".", "--lang", "python")).toBe("cli.not_a_list");
    expect(await codeOf("script", "missing", "--lang", "python")).toBe("cli.file_missing");
    expect(await codeOf("script", "made")).toBe("cli.usage");
    expect(await codeOf("script", "made", "--lang", "perl")).toBe("cli.usage");
    const text = readFileSync(manifest, "utf8");
    writeFileSync(manifest, text.replace('"length": 24', '"length": 32'));
    expect(await codeOf("script", "made", "--lang", "python", "--out", "new.py")).toBe("list.manifest_altered");
    writeFileSync(manifest, text.replace('"allocell-pb-1"', '"allocell-pb-2"'));
    expect(await codeOf("script", "made", "--lang", "python", "--out", "new.py")).toBe("script.algorithm_unknown");
  });
});

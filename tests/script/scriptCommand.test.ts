import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { makeDesk, PLAN } from "../unit/cli/harness.js";

const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("the program that `allocell script` writes", { tags: ["REPRO-001"] }, () => {
  it.skipIf(!hasPython)("finds the list right (skipped without python3)", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN);
    await desk.run("list", "plan.yaml", "--test-seed", "a test", "--out", "made");
    const { file } = (await desk.json("script", "made", "--lang", "python")).answer as { file: string };
    const list = desk.path(`made/${file.replace("regenerate.py", "master.csv")}`);
    const { status, stdout } = spawnSync("python3", [desk.path(file), list], { input: "a test\n", encoding: "utf8" });
    expect(stdout).toMatch(/^\d+ rows agree/);
    expect(status).toBe(0);
  });
});

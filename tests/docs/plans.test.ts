import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { drawList } from "../../src/list/generateList.js";
import { parsePlan, toMasterCsv, type Plan } from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import { toScript } from "../../src/reproduce/index.js";

/** The plans of docs/plans.md, in order. */
const PLANS: readonly Plan[] = [
  ...readFileSync(new URL("../../docs/plans.md", import.meta.url), "utf8").matchAll(/```yaml\n([^`]*)```/g),
].map(([, text = ""]) => parsePlan(parse(text)));

const folder = mkdtempSync(join(tmpdir(), "allocell-plans-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const has = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;

describe("the plans of docs/plans.md", { tags: ["LIST-001", "REPRO-001"] }, () => {
  it("are there", () => {
    expect(PLANS.length).toBeGreaterThan(4);
    expect(new Set(PLANS.map(({ list }) => list)).size).toBe(PLANS.length);
  });

  it.each(PLANS.map((plan) => [plan.list, plan] as const))("%s is drawn, and made again in Python and R", (_, plan) => {
    const list = drawList(plan, Seed.test("the page of plans"));
    const { status, algorithm } = list.unblindedRecord();
    const csv = join(folder, `${plan.list}.csv`);
    const seed = join(folder, "seed.txt");
    writeFileSync(csv, [...toMasterCsv(list)].join(""));
    writeFileSync(seed, "the page of plans");
    for (const [language, program, name] of [
      ["python", "python3", "py"],
      ["r", "Rscript", "R"],
    ] as const) {
      const script = join(folder, `${plan.list}.${name}`);
      writeFileSync(script, toScript(plan, { status, algorithm, language }));
      if (!has(program)) continue;
      const { stdout, stderr } = spawnSync(program, [script, csv, "--seed-file", seed], { encoding: "utf8" });
      expect(`${stdout}${stderr}`).toBe(`${list.unblindedRowCount} rows agree: this is TEST list ${plan.list}.\n`);
    }
  });
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { drawList } from "../../src/list/generateList.js";
import { parsePlan, toMasterCsv, type MasterList, type Plan } from "../../src/list/index.js";
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
const PROGRAMS = [
  ["python", "python3", "py"],
  ["r", "Rscript", "R"],
] as const;
const draw = (plan: Plan): MasterList => drawList(plan, Seed.test("the page of plans"));

describe("the plans of docs/plans.md", { tags: ["LIST-001", "REPRO-001"] }, () => {
  it("are there, and each is drawn", () => {
    expect(PLANS.length).toBeGreaterThan(4);
    expect(new Set(PLANS.map(({ list }) => list)).size).toBe(PLANS.length);
    for (const plan of PLANS) expect(draw(plan).unblindedRowCount, plan.list).toBeGreaterThan(0);
  });

  describe.each(PROGRAMS)("are made again in %s (skipped without %s)", (language, program, name) => {
    const isAbsent = spawnSync(program, ["--version"]).status !== 0;
    if (isAbsent) console.warn(`SKIPPED: the plans of docs/plans.md in ${language}, because ${program} does not run.`);

    it.skipIf(isAbsent).each(PLANS.map((plan) => [plan.list, plan] as const))("%s", (_, plan) => {
      const list = draw(plan);
      const { status, algorithm } = list.unblindedRecord();
      const [csv, seed, script] = [`${plan.list}.${name}.csv`, `${name}.seed.txt`, `${plan.list}.${name}`].map((file) =>
        join(folder, file),
      );
      writeFileSync(csv!, [...toMasterCsv(list)].join(""));
      writeFileSync(seed!, "the page of plans");
      writeFileSync(script!, toScript(plan, { status, algorithm, language }));
      const { stdout, stderr } = spawnSync(program, [script!, csv!, "--seed-file", seed!], { encoding: "utf8" });
      expect(`${stdout}${stderr}`).toBe(`${list.unblindedRowCount} rows agree: this is TEST list ${plan.list}.\n`);
    });
  });
});

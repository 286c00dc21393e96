/* What the programs in Python and R print is frozen with the lists: each makes the very bytes of algorithms.json. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/foundation/index.js";
import { parsePlan } from "../../src/list/index.js";
import { ALGORITHMS, type ProcedureKind } from "../../src/procedure/index.js";
import { Seed } from "../../src/random/index.js";
import { toScript } from "../../src/reproduce/programs/index.js";
import { agreement, isWithoutR, runAll } from "../script/rRun.js";
import { toCase, type RegenerationCase } from "../support/randomPlan.js";
import { FROZEN_SEED, procedurePlan, STREAMS } from "./procedurePlans.js";

const frozen = JSON.parse(readFileSync(new URL("./algorithms.json", import.meta.url), "utf8")) as Readonly<
  Record<string, string>
>;
const CASES: readonly (readonly [id: string, one: RegenerationCase])[] = (
  Object.keys(ALGORITHMS) as ProcedureKind[]
).flatMap((kind) =>
  Object.entries(STREAMS).map(([end, more]) => {
    const plan = parsePlan(procedurePlan(kind, more));
    return [`${ALGORITHMS[kind]}${end}`, toCase(plan, Seed.test(FROZEN_SEED), FROZEN_SEED)] as const;
  }),
);

const python = process.env["ALLOCELL_PYTHON"] ?? "python3";
const isWithoutPython = spawnSync(python, ["--version"]).status !== 0;
if (isWithoutPython) console.warn(`SKIPPED: the frozen lists in Python, because ${python} does not run.`);
const withoutR = isWithoutR("the frozen lists");

const folder = mkdtempSync(join(tmpdir(), "allocell-frozen-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the programs", { tags: ["REPRO-001", "LIST-006"] }, () => {
  it.skipIf(isWithoutPython)(
    "in Python write the frozen bytes of every algorithm id",
    () => {
      const jobs = CASES.map(([, { plan, status, algorithm, seedText }], i) => {
        const program = join(folder, `${i}.py`);
        writeFileSync(program, toScript(plan, { status, algorithm, language: "python" }));
        return { program, arguments: ["--write"], input: `${seedText}\n` };
      });
      const runner = join(import.meta.dirname, "../script/pythonRunner.py");
      const { stdout } = spawnSync(python, ["-I", runner], { input: JSON.stringify(jobs), encoding: "utf8" });
      const answers = JSON.parse(stdout) as readonly { readonly code: number; readonly output: string }[];
      expect(Object.fromEntries(answers.map(({ output }, i) => [CASES[i]?.[0], sha256Hex(output)]))).toEqual(frozen);
    },
    120_000,
  );

  it.skipIf(withoutR)(
    "in R find the frozen bytes of every algorithm id",
    () => {
      expect(Object.fromEntries(CASES.map(([id, { masterCsv }]) => [id, sha256Hex(masterCsv)]))).toEqual(frozen);
      const cases = CASES.map(([, one]) => one);
      expect(runAll(cases).map(({ output }) => output)).toEqual(cases.map(agreement));
    },
    240_000,
  );
});

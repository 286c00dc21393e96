/* The text of the R programs, which needs no R to be looked at. */
import { describe, expect, it } from "vitest";
import { parsePlan } from "../../src/list/index.js";
import { ALGORITHMS, type ProcedureKind } from "../../src/procedure/index.js";
import { Seed } from "../../src/random/index.js";
import { toScript } from "../../src/reproduce/programs/index.js";
import { regenerationCases, toCase } from "../support/randomPlan.js";
import { BLOCKS, live, test, textOf } from "./rRun.js";

describe("the text of an R program", { tags: ["REPRO-001"] }, () => {
  it("says UNBLINDED in its header, and its status", () => {
    expect(textOf(test).split("\n")[1]).toMatch(/^# UNBLINDED/);
    expect(textOf(test)).toContain('STATUS <- "TEST"');
    expect(textOf(live)).toContain('STATUS <- "LIVE"');
  });

  it("depends on nothing but plan, status and algorithm, so it holds no seed and no assignment", () => {
    const another = toCase(BLOCKS, Seed.test("another TEST"), "another TEST");
    expect(another.masterCsv).not.toBe(test.masterCsv);
    expect(textOf(another)).toBe(textOf(test));
    expect(textOf(live)).not.toContain(live.seedText.slice(0, 64));
    // Each arm stands once: in the plan.
    for (const { arm } of BLOCKS.arms) expect(textOf(test).split(`"${arm}"`)).toHaveLength(2);
  });

  it("is ASCII in short lines, with the plan's own procedure only, and loads no package", () => {
    for (const kind of Object.keys(ALGORITHMS) as readonly ProcedureKind[]) {
      const one = regenerationCases(Object.keys(ALGORITHMS).length).find(({ plan }) => plan.procedure.kind === kind)!;
      const text = textOf(one);
      expect(text).toMatch(/^[\n -~]*$/);
      expect(text.split("\n").filter((line) => line.length > 120)).toEqual([]);
      expect(text.match(/^procedure <- function/gm)).toHaveLength(1);
      expect(text).not.toMatch(/\b(?:library|require|requireNamespace|loadNamespace|install\.packages)\(|::/);
      expect(text.match(/^streams_of <- function/gm)).toHaveLength(1);
      expect(text.includes("set.seed(")).toBe(one.plan.stream === "r-mersenne-twister");
      expect(text.includes("merged_arms <-")).toBe(one.plan.procedure.mergedArms === true);
    }
  });

  it("cannot be made to run what a plan's free texts say", () => {
    const trap = 'x")\nquit()\u202e # \\" 🎲';
    const text = toScript(parsePlan({ ...BLOCKS, trial: trap, part: trap }), { ...test, language: "r" });
    expect(text).toContain(String.raw`trial = "x\")\u000aquit()\u202e # \\\" \U0001f3b2",`);
    expect(text).not.toMatch(/^quit/m);
  });

  it("is refused for another algorithm than the plan's", () => {
    const request = { status: "TEST", algorithm: "allocell-pb-2", language: "r" } as const;
    expect(() => toScript(BLOCKS, request)).toThrow(expect.objectContaining({ code: "script.algorithm_unknown" }));
  });
});

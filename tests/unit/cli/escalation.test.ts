import { readdirSync } from "node:fs";
import { copyFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeDesk, type Desk } from "./harness.js";

const withRule = (name = "t1d/escalation.yaml"): Desk => {
  const desk = makeDesk();
  copyFileSync(new URL(`../../../examples/${name}`, import.meta.url), desk.path("rule.yaml"));
  return desk;
};

describe("allocell escalation", () => {
  it("shows the decisions of a rule, and writes tables, figure and page into a new folder", async () => {
    const desk = withRule("sle/escalation.yaml");
    const { code, stdout } = await desk.run("escalation", "table", "rule.yaml", "--out", "appendix");
    expect(code).toBe(0);
    expect(stdout).toContain("Escalate if DLTs <=");
    expect(readdirSync(desk.path("appendix")).sort()).toEqual([
      ...["decisions-at-a-level.csv", "decisions.svg", "escalation.html", "the-design.csv"],
    ]);
    expect((await desk.run("escalation", "table", "rule.yaml", "--out", "appendix")).code).toBe(2);
  });

  it("computes what 3 x 3 and 3 + 3 need of the nine places of T1D", async () => {
    const truth = ["--truth", "0.08,0.16,0.32"];
    const fixed = await withRule().json("escalation", "assess", "rule.yaml", ...truth, "--fractions");
    expect(fixed.answer["characteristics"]).toMatchObject([
      { none: { exact: "284/15625" }, moreThan: { participants: 9, probability: { value: 0 } } },
    ]);
    const three = await withRule("t1d/escalation-3plus3.yaml").json("escalation", "assess", "rule.yaml", ...truth);
    const [found] = three.answer["characteristics"] as [
      { moreThan: { probability: { value: number } }; total: unknown[] },
    ];
    expect(found.moreThan.probability.value).toBeCloseTo(0.73, 2);
    expect(found.total.at(-1)).toMatchObject({ participants: 18 });
  });

  it("simulates where asked, the same numbers each time, with standard errors", async () => {
    const desk = withRule();
    const argv = ["escalation", "assess", "rule.yaml", "--truth", "0.08,0.16,0.32", "--simulate", "500"];
    const [first, second] = [await desk.run(...argv), await desk.run(...argv)];
    expect(first.stdout).toBe(second.stdout);
    expect(first.stdout).toContain("(SE 0.0");
  });

  it("shows the present step and its pathways, and waits for pending outcomes", async () => {
    const desk = withRule("t1d/escalation-3plus3.yaml");
    const paths = await desk.run("escalation", "paths", "rule.yaml", "--history", "1NNN 2NNT", "--depth", "1");
    expect(paths.stdout).toContain("NOW: stay: 3 at level 2 (medium)");
    expect(paths.stdout).toContain("escalate: level 3 (high)");
    const all = await desk.json("escalation", "paths", "rule.yaml", "--all");
    expect(all.answer["pathways"]).toHaveLength(118);
    const waiting = await desk.run("escalation", "paths", "rule.yaml", "--history", "1NNN 2NNP");
    expect(waiting.stdout).toContain("1 of 1 pending at level 2 with a DLT: stay, level 2 (medium)");
  });

  it("refuses a rule file with its line, and a part that is randomized", async () => {
    const desk = withRule();
    desk.write("bad.yaml", desk.read("rule.yaml").replace("startLevel: 1", "startLevel: 4"));
    const bad = await desk.run("escalation", "table", "bad.yaml");
    expect([bad.code, bad.stderr.includes("bad.yaml"), bad.stderr.includes("startLevel")]).toEqual([2, true, true]);
    desk.write("part.yaml", desk.read("rule.yaml").replace("part: open", "part: randomized"));
    expect((await desk.run("escalation", "table", "part.yaml")).stderr).toContain("is randomized");
  });
});

describe("allocell init escalation", () => {
  it.each(["3+3", "own-table", "boin", "i3+3", "mtpi-2"])(
    "writes a file of %s in which nothing is filled in",
    async (rule) => {
      const desk = makeDesk();
      const made = await desk.run("init", "escalation", "--trial", "NCT06407297", "--rule", rule);
      expect(made.code).toBe(0);
      const text = desk.read("escalation.yaml");
      expect(text).toContain("trial: NCT06407297");
      expect(text).toContain("has 9 places");
      const { code, answer } = await desk.json("escalation", "table", "escalation.yaml");
      expect(code).toBe(2);
      // Every TO-STATE is asked for, and no field is unknown or missing.
      const issues = (answer["error"] as { issues: { path: string; message: string }[] } | undefined)?.issues ?? [];
      expect(issues.length).toBeGreaterThan(2);
      for (const { message } of issues) expect(message).toMatch(/TO-STATE/);
      expect((await desk.run("init", "escalation")).code).toBe(2);
    },
  );
});

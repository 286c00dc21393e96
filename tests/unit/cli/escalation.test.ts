import { createHash } from "node:crypto";
import { copyFileSync, readdirSync } from "node:fs";
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
      ...["decisions.csv", "decisions.svg", "design.csv", "escalation.html"],
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
    expect(waiting.stdout).toContain("1 of 1 pending at level 2 with a DLT: stay: level 2 (medium)");
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

describe("--lang zh", () => {
  it("says decisions, characteristics and pathways in Chinese, and writes them so", async () => {
    const desk = withRule("t1d/escalation-3plus3.yaml");
    const { stdout } = await desk.run(
      "escalation",
      "assess",
      "rule.yaml",
      "--truth",
      "0.08,0.16,0.32",
      "--lang",
      "zh",
      "--out",
      "A",
    );
    expect(stdout).toContain("操作特性");
    expect(stdout).not.toMatch(/participants|recommended|expected|escalate if|option/i);
    expect(readdirSync(desk.path("A")).sort()).toEqual([
      ...["characteristics.zh.csv", "decisions.zh.csv", "decisions.zh.svg", "design.zh.csv", "escalation.zh.html"],
    ]);
    expect(desk.read("A/decisions.zh.svg")).toContain("可评价受试者数");
    expect(desk.read("A/escalation.zh.html")).toContain("剂量递增");
    const paths = await desk.run("escalation", "paths", "rule.yaml", "--history", "1NNN 2NNP", "--lang", "zh");
    expect(paths.stdout).toContain("当前：等待");
    expect((await desk.run("escalation", "table", "rule.yaml", "--lang", "fr")).code).toBe(2);
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

describe("what people did otherwise", () => {
  it.each([
    ["1TTT 1NNN", "closed_level_treated", "永久关闭"],
    ["1NNN 2TTN 1NNN 1NNN", "treated_after_stop", "已经结束"],
    ["1NNN 3NNN", "level_skipped", "跳过"],
    ["1NN 2NNN", "cohort_incomplete", "尚未完成"],
    ["2NNN", "other_level", "另一剂量水平"],
    ["1NNNN", "cohort_too_large", "多于规则"],
  ])("is told by `escalation paths`, in Chinese where asked: %s", async (history, reason, chinese) => {
    const desk = withRule("t1d/escalation-3plus3.yaml");
    const told = (await desk.run("escalation", "paths", "rule.yaml", "--history", history)).stdout;
    expect(told).toMatch(new RegExp(`\\nWarnings:\\n.*escalation\\.${reason}: Cohort \\d`));
    const inChinese = await desk.run("escalation", "paths", "rule.yaml", "--history", history, "--lang", "zh");
    expect(inChinese.stdout).toMatch(new RegExp(`\\n警告：\\n.*escalation\\.${reason}: 第 \\d 队列：.*${chinese}`));
  });
});

describe("allocell init escalation --lang zh", () => {
  const fieldsOf = (text: string): string => text.replace(/ ?# .*$/gm, "");

  it.each(["3+3", "own-table", "boin", "i3+3", "mtpi-2"])("comments a file of %s in Chinese", async (rule) => {
    const desk = makeDesk();
    await desk.run("init", "escalation", "--trial", "NCT06407297", "--rule", rule, "--out", "en.yaml");
    const made = await desk.run(
      ...["init", "escalation", "--trial", "NCT06407297", "--rule", rule, "--out", "zh.yaml", "--lang", "zh"],
    );
    expect(made.stdout).toContain(
      "zh.yaml\n  请按方案填写每个 TO-STATE，然后运行： allocell escalation table zh.yaml\n\n",
    );
    const [english, chinese] = [desk.read("en.yaml"), desk.read("zh.yaml")];
    expect(fieldsOf(chinese)).toBe(fieldsOf(english));
    // The trial's own texts stay as the trial has them; commented fields of `conduct` have a comment of their own.
    const comments = chinese.match(/# .*$/gm) ?? [];
    for (const comment of comments.filter((own) => !/^# (conduct:|NCT06407297|方案未定)/.test(own))) {
      if (!comment.includes("TO-STATE, such")) expect(comment).toMatch(/\p{Script=Han}|^# 例如/u);
    }
    expect(english).not.toMatch(/\p{Script=Han}/u);
  });
});

describe("allocell select", () => {
  const withChoice = (): Desk => {
    const desk = makeDesk();
    for (const name of ["select.yaml", "results.yaml"]) {
      copyFileSync(new URL(`../../../examples/sle/${name}`, import.meta.url), desk.path(name));
    }
    return desk;
  };

  it("proposes the dose of SLE, names the tie rule, and writes a report that says UNBLINDED", async () => {
    const desk = withChoice();
    const argv = ["select", "select.yaml", "--results", "results.yaml"];
    const { code, stdout } = await desk.run(...argv, "--out", "choice.UNBLINDED.json");
    expect(code).toBe(0);
    expect(stdout).toContain("UNBLINDED");
    expect(stdout).toContain("PROPOSED: medium");
    expect(stdout).toContain("A tie of medium, high: the lowest dose.");
    const hash = createHash("sha256").update(desk.read("choice.UNBLINDED.json")).digest("hex");
    expect(stdout).toContain(hash);
    expect((await desk.run(...argv, "--out", "choice.json")).stderr).toContain("UNBLINDED");
    const chinese = await desk.run(...argv, "--lang", "zh");
    expect(chinese.stdout).toContain("medium, high 并列：取最低剂量。");
    expect(chinese.stdout).toContain("建议：medium");
  });

  it("shows that with 12 in each arm the tie rule moves the answer by 17 points", async () => {
    const desk = withChoice();
    desk.write("open.yaml", desk.read("select.yaml").replace(/gate: .*/, "gate: { kind: none }"));
    desk.write("high.yaml", desk.read("open.yaml").replace("tie: lowest", "tie: highest"));
    const truth = ["low=12:0.35", "medium=12:0.5", "high=12:0.55"].flatMap((own) => ["--truth", own]);
    const top = async (rule: string): Promise<number> => {
      const { answer } = await desk.json("select", rule, ...truth);
      const { chosen } = answer["characteristics"] as { chosen: { probability: { value: number } }[] };
      return chosen[2]!.probability.value;
    };
    expect((await top("high.yaml")) - (await top("open.yaml"))).toBeCloseTo(0.169, 3);
  });

  it("refuses results with unknown fields, no day, or nothing to compute from", async () => {
    const desk = withChoice();
    expect((await desk.run("select", "select.yaml")).code).toBe(2);
    desk.write("day.yaml", desk.read("results.yaml").replace("2026-01-15", "2026-02-30"));
    expect((await desk.run("select", "select.yaml", "--results", "day.yaml")).stderr).toContain("calendar.no_such_day");
    desk.write("field.yaml", desk.read("results.yaml").replace("events: 0", "deaths: 0"));
    expect((await desk.run("select", "select.yaml", "--results", "field.yaml")).stderr).toContain("deaths");
    expect((await desk.run("select", "select.yaml", "--truth", "low=x")).stderr).toContain("cli.truth_invalid");
  });
});

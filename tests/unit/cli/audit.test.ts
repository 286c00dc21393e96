import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { auditPlan } from "../../../src/audit/index.js";
import { issueOf } from "../../support/issueOf.js";
import { sle } from "../audit/exampleAudit.js";
import { DECISION, ASSUMPTIONS, makeDesk, PLAN, type Desk } from "./harness.js";

async function withList(): Promise<Desk> {
  const desk = makeDesk();
  desk.write("plan.yaml", PLAN);
  desk.write("assumptions.yaml", ASSUMPTIONS);
  await desk.run("list", "plan.yaml", "--test-seed", "x", "--out", "out");
  return desk;
}

describe("allocell audit", () => {
  it("passes a list that was just made, and a plan", async () => {
    const desk = await withList();
    const { code, stdout } = await desk.run("audit", "out", "--test-seed", "x", "--assumptions", "assumptions.yaml");
    expect(code).toBe(0);
    expect(stdout).toContain("AUDIT of TEST list SLE-SD-01 (UNBLINDED");
    expect(stdout).toContain("0 failures, 1 warning");
    const { code: planCode, stdout: planText } = await desk.run("audit", "plan.yaml");
    expect([planCode, planText.split("\n")[0]]).toEqual([0, expect.stringContaining("AUDIT of PLAN")]);
  });

  it("knows allocell's own files beside the list, and warns of names that a spreadsheet changes", async () => {
    const desk = await withList();
    const made = ["out", "--test-seed", "x"];
    await desk.run("commit", ...made, "--out", "out/commitment.json");
    await desk.run("envelopes", ...made, "--out", "env");
    for (const name of readdirSync(desk.path("env"))) desk.write(`out/${name}`, desk.read(`env/${name}`));
    const { answer } = await desk.json("audit", ...made);
    const findings = answer["findings"] as { rule: number; verdict: string; evidence: string; path?: string }[];
    expect(readdirSync(desk.path("out")).length).toBeGreaterThan(8);
    expect(findings.filter(({ rule }) => rule === 2)).toMatchObject([{ verdict: "pass" }]);

    desk.write("dates.yaml", PLAN.replace('["01", "02"]', '["1-2", "01", "1"]'));
    const { answer: ofPlan } = await desk.json("audit", "dates.yaml");
    const ofRule = (ofPlan["findings"] as typeof findings).filter(({ rule }) => rule === 25);
    expect(ofRule.map(({ verdict, path }) => `${verdict} ${path ?? ""}`)).toEqual([
      "warn strata.0.levels.0",
      "warn strata.0.levels.2",
    ]);
  });

  it("answers in Chinese on the screen, in English as JSON, and writes no keys of texts into it", async () => {
    const desk = await withList();
    const { stdout } = await desk.run("audit", "out", "--test-seed", "x", "--lang", "zh");
    expect(stdout).toContain("泄盲审核：TEST 随机分配表 SLE-SD-01（非盲，UNBLINDED：");
    expect(stdout).toContain(" 1  通过      更换组别名称，盲态文件不变");
    expect(stdout).toContain("不通过 0 项，警示 1 项");
    const english = await desk.json("audit", "out", "--test-seed", "x");
    expect(await desk.json("audit", "out", "--test-seed", "x", "--lang", "zh")).toEqual(english);
    const findings = english.answer["findings"] as Record<string, unknown>[];
    for (const found of findings) expect(Object.keys(found)).not.toContain("said");
  });

  it("takes no log for a plan, from which nobody was assigned", async () => {
    const desk = await withList();
    desk.write("a.log", "");
    const { code, answer } = await desk.json("audit", "plan.yaml", "--log", "a.log");
    expect([code, (answer["error"] as { code: string }).code]).toEqual([2, "cli.option_unneeded"]);
    const { plan, trial } = sle;
    expect(issueOf(() => auditPlan(plan, trial, { log: "" }))).toMatchObject({ path: "log" });
  });

  it("exits with 1 when a rule fails", async () => {
    const desk = await withList();
    const csv = desk.read("out/SLE-SD-01.TEST.blinded.csv");
    desk.write("out/SLE-SD-01.TEST.blinded.csv", csv.replace("01,1,TR010001", "01,1,TR010001-placebo"));
    const { code, answer } = await desk.json("audit", "out");
    expect(code).toBe(1);
    expect(answer).toMatchObject({ command: "audit", verdict: "fail", from: "files" });
    const failed = (answer["findings"] as { rule: number; verdict: string }[]).filter(
      ({ verdict }) => verdict === "fail",
    );
    expect(failed.map(({ rule }) => rule)).toEqual([3, 23, 26]);
  });

  it("finds the double dose beside a single placebo", async () => {
    const desk = makeDesk();
    desk.write(
      "plan.yaml",
      `${PLAN.replace("single-dose", "multiple-dose").replace("low: 1, medium: 1, high: 1", "double: 1")}numbers: { prefix: M }
`,
    );
    desk.write("assumptions.yaml", `${ASSUMPTIONS}  dose.administrations.placebo: "1"\n`);
    desk.write("decision.yaml", DECISION);
    const { code, stdout } = await desk.run(
      "audit",
      "plan.yaml",
      "--decision",
      "decision.yaml",
      "--assumptions",
      "assumptions.yaml",
    );
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, " ")).toContain("double 2 (Days 1 and 29), placebo 1 (Day 1)");
  });

  it("reads facts and another list, and refuses what does not belong", async () => {
    const desk = await withList();
    desk.write("facts.yaml", "thresholds: { forcedShare: 0.1 }\n");
    const { stdout } = await desk.run("audit", "out", "--facts", "facts.yaml", "--other", "out");
    expect(stdout).toContain("Both lists are TEST");
    expect(stdout).toMatch(/13 {2}WARN/);
    desk.write("wrong.yaml", "threshold: 1\n");
    expect(await desk.run("audit", "out", "--facts", "wrong.yaml")).toMatchObject({ code: 2 });
    expect(await desk.run("audit", "plan.yaml", "--other", "out")).toMatchObject({ code: 2 });
    expect(await desk.run("audit", "nowhere")).toMatchObject({ code: 2 });
  });
});

describe("allocell describe", () => {
  it("writes each document, of a folder and of a plan", async () => {
    const desk = await withList();
    for (const [name, words] of [
      ["protocol", "## Randomization"],
      ["specification", "| Block sizes | 4, 8 |"],
      ["spirit", "SPIRIT 2025"],
      ["consort", "CONSORT 2025"],
      ["record", "| Generated at | 2026-01-10T08:00:00.000Z |"],
      ["sealed-code", "## Outside: copy 2 of 2"],
      ["blinding-record", "| Result (allocell audit, without the seed) | failed 0, warnings 1, "],
    ] as const) {
      const { code, stdout } = await desk.run("describe", "out", "--document", name);
      expect([code, stdout.includes(words)], name).toEqual([0, true]);
    }
    const { answer } = await desk.json("describe", "plan.yaml");
    expect(answer).toMatchObject({ command: "describe", document: "protocol" });
    expect(answer["markdown"]).not.toMatch(/\bsizes?\b|4, 8/);
  });

  it("writes its own documents in Chinese, with the hashes of kit lists in the folder, and no checklist of others", async () => {
    const desk = await withList();
    desk.write("out/K1.TEST.UNBLINDED.kits.csv", "code,arm\r\n");
    for (const [name, words] of [
      ["protocol", "## 随机化与盲法（试验方案正文）"],
      ["specification", "| 区组长度 | 4、8 |"],
      ["sealed-code", "# 盲底（非盲，保密）：SLE-SD-01"],
      ["blinding-record", "| K1.TEST.UNBLINDED.kits.csv | "],
      ["record", "| 生成时间 | 2026-01-10T08:00:00.000Z |"],
    ] as const) {
      const { code, stdout } = await desk.run("describe", "out", "--document", name, "--lang", "zh");
      expect([code, stdout.includes(words)], name).toEqual([0, true]);
    }
    for (const name of ["spirit", "consort", "m11", "usdm"]) {
      const refused = await desk.run("describe", "out", "--document", name, "--lang", "zh");
      expect([refused.code, refused.stderr.includes("cli.option_unneeded")], name).toEqual([2, true]);
    }
  });

  it("refuses a folder without a list, and an unknown document", async () => {
    const desk = await withList();
    expect((await desk.run("describe", ".")).stderr).toContain("cli.not_a_list");
    expect(await desk.run("describe", "out", "--document", "poem")).toMatchObject({ code: 2 });
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toBagCode } from "../../../src/report/index.js";
import { englishOf, written } from "../report/englishOf.js";
import { plainText, SLE_BAG as CODE } from "../report/exampleOrders.js";
import { makeDesk, type Desk } from "./harness.js";

const ORDER = readFileSync("examples/sle/order.yaml", "utf8");

function desk(): Desk {
  const made = makeDesk();
  made.write("order.yaml", ORDER);
  return made;
}

async function scanned(text: string, ...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return desk().run("scan", text, "--order", "order.yaml", ...options);
}

describe("a scanned label", { tags: ["LABEL-002"] }, () => {
  it("is of the right bag and person, and in time", async () => {
    const answer = await scanned(toBagCode(CODE), "--at", "2026-03-19T12:15", "--subject", "s02-003");
    expect([answer.code, answer.stdout]).toEqual([0, expect.stringMatching(/^Right bag, right person, in time\./)]);
    expect(answer.stdout).not.toMatch(/low|cells|EX-2401|8\.5/);
  });

  it.each([
    ["bag", { kit: "K-1048" }, "2026-03-19T12:10", undefined],
    ["bag", { administration: "2" }, "2026-03-19T12:10", undefined],
    ["bag", { trialCode: "NCT1" }, "2026-03-19T12:10", undefined],
    ["bag", { expiresAt: "2026-03-19T14:00" }, "2026-03-19T12:10", undefined],
    ["person", { subject: "S02-004" }, "2026-03-19T12:10", undefined],
    ["person", {}, "2026-03-19T12:10", "S02-004"],
    ["time", {}, "2026-03-19T12:16", undefined],
  ])("says that the %s is wrong", async (what, change, at, wristband) => {
    const people = wristband === undefined ? [] : ["--subject", wristband];
    const answer = await scanned(toBagCode({ ...CODE, ...change }), "--at", at, "--json", ...people);
    const { isRight, findings } = JSON.parse(answer.stdout) as {
      isRight: boolean;
      findings: { what: string; isRight: boolean }[];
    };
    expect([answer.code, isRight]).toEqual([1, false]);
    expect(findings.filter((finding) => !finding.isRight).map((finding) => finding.what)).toEqual([what]);
  });

  it("is refused where a sign was lost, and where the time is none", async () => {
    expect((await scanned(toBagCode(CODE).slice(1))).stderr).toContain("report.code_unreadable");
    expect((await scanned(toBagCode(CODE), "--at", "12:15")).stderr).toContain("calendar.time_invalid");
  });
});

describe("the printed second check and administration record", () => {
  const second = ORDER.replace("by: EXAMPLE pharmacist A", "by: EXAMPLE pharmacist B").replace(
    'weightKg: "72.4"',
    'weightKg: "74.2"',
  );

  it.each(["en", "zh"])("say what agrees and what does not: %s", async (lang) => {
    const made = desk();
    made.write("second.yaml", second);
    const answer = await made.run("check", "order.yaml", "second.yaml", "--out", "check.html", "--lang", lang);
    expect(answer.code).toBe(1);
    const text = plainText(made.read("check.html"));
    for (const part of [
      "72.4",
      "74.2",
      "EXAMPLE pharmacist A",
      "EXAMPLE pharmacist B",
      lang === "en" ? "STOP" : "停止配制",
    ])
      expect(text).toContain(part);
    for (const part of ["S02-003", "K-1047"]) expect(text).toContain(part);
    if (lang === "zh") expect(englishOf(made.read("check.html"), [...written(ORDER), ...written(second)])).toEqual([]);
    expect((await made.run("check", "order.yaml", "second.yaml", "--out", "check.html")).stderr).toContain(
      "cli.output_exists",
    );
  });

  it.each(["en", "zh"])("take subject and kit from the order where the record states none: %s", async (lang) => {
    const made = desk();
    const given = 'number: 1\nadministeredOn: "2026-03-19"\nadministeredBy: EXAMPLE nurse\ninfusedMl: "96"\n';
    made.write("record.yaml", `${given}kit: K-1048\n`);
    const answer = await made.run("record", "record.yaml", "--order", "order.yaml", "--out", "r.html", "--lang", lang);
    expect([answer.code, answer.stderr]).toEqual([0, ""]);
    const text = plainText(made.read("r.html"));
    expect(text).toContain(lang === "en" ? "S02-003 (of the order)" : "S02-003（依配制单）");
    expect(text).toContain("K-1048");
    expect(text).not.toMatch(/K-1048 ?[(（]/u);
    if (lang === "zh") expect(englishOf(made.read("r.html"), [...written(ORDER), "K-1048"])).toEqual([]);
  });

  it.each(["en", "zh"])("show what was given: %s", async (lang) => {
    const made = desk();
    made.write(
      "record.yaml",
      'number: 1\nsubject: S02-003\nadministeredOn: "2026-03-19"\nadministeredBy: EXAMPLE nurse\ninfusedMl: "96"\nreason: EXAMPLE leak\n',
    );
    const answer = await made.run("record", "record.yaml", "--order", "order.yaml", "--out", "r.html", "--lang", lang);
    expect([answer.code, answer.stderr]).toEqual([0, ""]);
    const text = plainText(made.read("r.html"));
    for (const part of [
      "96 mL",
      lang === "en" ? "69,360,000 viable cells" : "69,360,000 个活细胞（6936 万）",
      "EXAMPLE leak",
      "S02-003",
      lang === "en" ? "Dose given" : "实际给药剂量",
    ])
      expect(text).toContain(part);
    if (lang === "zh") expect(englishOf(made.read("r.html"), [...written(ORDER), "EXAMPLE leak"])).toEqual([]);
  });
});

/* What an audit says in Chinese: by the same keys, with the same values, and in no word of English. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AUDIT_RULES,
  auditDynamic,
  auditList,
  writeAuditText,
  writtenFinding,
  type AuditReport,
  type AuditTextKey,
} from "../../../src/audit/index.js";
import { AUDIT_TEXTS } from "../../../src/audit/auditTexts.js";
import { parseDynamicPlan, parsePlan } from "../../../src/list/index.js";
import { AUDIT_IN_CHINESE as chinese } from "../../../src/cli/chinese/auditTexts.js";
import { auditPlanOf, auditSle, edited, example, filesOf, sle, sleFiles, testSeed } from "./exampleAudit.js";

const KEYS = Object.keys(AUDIT_TEXTS) as AuditTextKey[];
const placesOf = (template: string): readonly string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

/** What another room says in English: the Chinese text names its code, which the page of codes explains. */
const OF_OTHERS: readonly AuditTextKey[] = ["fault", "fault.withCode", "log.unread", "dynamic.differs"];

/** Names of files' formats, options, commands and marks that stand in both languages. */
const SHARED =
  /`allocell [^`]*`|--[a-z-]+|\b(?:CSV|JSON|SHA-256|TEST|LIVE|UNBLINDED|Python|blindSafeCalendar|base64|mL|min|kg|R|T|p)\b/g;

describe("the Chinese texts of the audit", { tags: ["BLIND-005", "PAPER-002"] }, () => {
  it.each(KEYS)("%s has the places of the English text and no word of it", (key) => {
    const zh = chinese.texts[key];
    if (OF_OTHERS.includes(key)) expect(["code", "meaning"]).toEqual(expect.arrayContaining([...placesOf(zh)]));
    else expect(placesOf(zh)).toEqual(placesOf(AUDIT_TEXTS[key]));
    expect(zh.replace(/\{\w+\}/g, "").replace(SHARED, "")).not.toMatch(/[A-Za-z]{2,}/u);
    expect(AUDIT_TEXTS[key]).not.toMatch(/\p{Script=Han}/u);
  });

  it("exist for every rule", () => {
    expect(AUDIT_RULES.map((_, i) => chinese.texts[`rule.${i + 1}` as AuditTextKey]).every(Boolean)).toBe(true);
  });

  it("take any name for what stands in a place, and read nothing in it", () => {
    const name = fc.oneof(fc.string(), fc.constantFrom("{arm}", "$1", "组别", "arm", "{count}"));
    fc.assert(
      fc.property(fc.constantFrom(...KEYS.filter((key) => !OF_OTHERS.includes(key))), name, (key, given) => {
        const values = Object.fromEntries(placesOf(AUDIT_TEXTS[key]).map((place) => [place, given]));
        for (const language of [undefined, chinese]) {
          const template = (language?.texts ?? AUDIT_TEXTS)[key];
          expect(writeAuditText({ key, values }, language)).toBe(template.split(/\{\w+\}/).join(given));
        }
      }),
      { numRuns: 500, seed: 20261130 },
    );
  });
});

const dynamic = parseDynamicPlan({
  ...{ trial: sle.trial.id, part: "single-dose", list: "SLE-D", length: 20 },
  arms: { low: 1, medium: 1, high: 1, placebo: 1 },
  procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } },
  factors: [{ factor: "site", levels: ["01", "02"] }],
});
const preparations = [
  { arm: "low", weightKg: "60", totalVolumeMl: "100", containers: 1, administrationDays: [1, 8, 29] },
  { arm: "placebo", weightKg: "60", totalVolumeMl: "50", containers: 2, administrationDays: [1] },
];
const kits = Array.from({ length: 12 }, (_, i) => ({ code: `K${100 + i}`, arm: i < 6 ? "low" : "placebo" }));
const one = parsePlan({ ...sle.plan, strata: [], procedure: { kind: "permuted-block", sizes: [4] }, length: 8 });

const REPORTS: Readonly<Record<string, () => AuditReport>> = {
  "a good list": () => auditSle(sleFiles),
  "a list without its seed": () => auditList(sleFiles),
  "another list beside it": () => auditList(sleFiles, { seed: testSeed, other: sleFiles, trial: sle.trial }),
  "a plan": () => auditPlanOf(sle),
  "an open trial": () => auditPlanOf(example("t1d")),
  "one block size, one stratum": () => auditPlanOf({ ...sle, plan: one }),
  "a plan by big stick": () =>
    auditPlanOf({
      ...sle,
      plan: parsePlan({ ...one, arms: { low: 1, placebo: 1 }, procedure: { kind: "big-stick", tolerance: 3 } }),
    }),
  "a random allocation rule": () =>
    auditPlanOf({ ...sle, plan: parsePlan({ ...one, procedure: { kind: "random-allocation-rule" } }) }),
  "facts of every kind": () =>
    auditSle(sleFiles, {
      preparations,
      kits,
      blindedDoseRecords: [{ arm: "low", cells: "1" }],
      sentinels: [{ counts: { low: 1, placebo: 1 } }, { stratum: { site: "01" }, counts: { low: 1, placebo: 1 } }],
      log: "not a log",
    }),
  "changed files": () =>
    auditSle(edited(sleFiles, ".blinded.csv", (text) => text.replace("sequence,number", "block_size,low"))),
  "changed rows": () => auditSle(edited(sleFiles, ".master.csv", (text) => text.replace(/,1,(\d),/g, ",1,6,"))),
  "a cut stratum": () =>
    auditList(
      edited(
        filesOf(one, sle.trial, testSeed),
        ".master.csv",
        (text) => text.split("\r\n").slice(0, -3).join("\r\n") + "\r\n",
      ),
    ),
  "a dynamic allocation": () => auditDynamic(dynamic, sle.trial),
  "a log that is none": () => auditDynamic(dynamic, sle.trial, { seed: testSeed, facts: { log: "x" } }),
};

describe("an audit in Chinese", { tags: ["BLIND-005", "PAPER-002"] }, () => {
  it.each(Object.keys(REPORTS))("says of %s what it says in English", (name) => {
    const { findings } = REPORTS[name]!();
    for (const found of findings) {
      const [english, zh] = [writtenFinding(found), writtenFinding(found, chinese)];
      expect(english).toEqual({ ...found, said: undefined });
      expect(Object.keys(english)).not.toContain("said");
      expect([zh.rule, zh.verdict, zh.path === undefined]).toEqual([
        found.rule,
        found.verdict,
        found.path === undefined,
      ]);
      expect(zh.title).toMatch(/\p{Script=Han}/u);
      expect(zh.evidence).toMatch(/\p{Script=Han}/u);
      const numbers = (text: string): readonly string[] => (text.match(/\d+\.\d+|[0-9a-f]{16}/g) ?? []).sort();
      expect(numbers(zh.evidence), found.evidence).toEqual(numbers(found.evidence));
    }
  });
});

/* Every rule of the table has a list that breaks it and a row in the docs; a number without them is a type error or red. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULE_NUMBERS, type Finding, type RuleNumber } from "../../../src/audit/finding.js";
import { dryRun } from "../../../src/audit/readSubject.js";
import { RULES } from "../../../src/audit/rules.js";
import { ruleDoseBoundaries } from "../../../src/audit/rulesDoses.js";
import type { AuditFacts, AuditSubject } from "../../../src/audit/subject.js";
import { prescribe } from "../../../src/dose/index.js";
import { AllocellError, type Issue } from "../../../src/foundation/index.js";
import { generateList, parsePlan, type MasterList } from "../../../src/list/index.js";
import { Seed } from "../../../src/random/index.js";
import { liveSeed } from "../../support/plans.js";
import { example, sle } from "./exampleAudit.js";

const t1d = example("t1d");

/** A good list with what is known of it. */
const good = dryRun(sle.plan, sle.trial, {
  assumptions: sle.assumptions,
  kits: [
    { code: "ACDEF", arm: "low" },
    { code: "GHJKM", arm: "high" },
  ],
});
const rows = good.rows ?? [];
const inBlinded = (text: string): Partial<AuditSubject> => ({
  files: good.files.map((file) => (file.name.endsWith(".blinded.json") ? { ...file, text } : file)),
});
const withFile = (name: string, text: string): Partial<AuditSubject> => ({ files: [...good.files, { name, text }] });
const withFacts = (facts: AuditFacts): Partial<AuditSubject> => ({ facts: { ...good.facts, ...facts } });
const planOf = (more: object): AuditSubject["plan"] => parsePlan({ ...sle.plan, ...more });
/** What reading of a log stopped at. */
const withLog = (code: string, path: string): Partial<AuditSubject> => ({
  ...withFacts({ log: "read" }),
  log: new AllocellError({ code, path, message: "broken on purpose" } as Issue),
});
const sameArms: Partial<AuditSubject> = { rows: rows.map((row) => ({ ...row, arm: "low" })) };

/**
 * What breaks each rule: a good list with this changed, or a check of the broken. `person`: no program decides it.
 * A rule has its own mutant here, and more of them beside its other tests.
 */
const MUTANTS: Readonly<Record<RuleNumber, Partial<AuditSubject> | (() => readonly Finding[]) | "person">> = {
  1: inBlinded("{}"),
  2: inBlinded('{"ratio":"1:1"}'),
  3: inBlinded('{"status":"placebo"}'),
  4: { derived: { toString: () => "placebo first" } as unknown as MasterList },
  5: sameArms,
  6: { rows: rows.slice(0, -9) },
  7: { rows: rows.map((row) => ({ ...row, number: "TR010001" })) },
  8: { other: { status: "TEST", rows, ...(good.seedMark === undefined ? {} : { seedMark: good.seedMark }) } },
  9: {
    files: good.files.map((file) => ({ ...file, text: file.text.replace(/,low\r\n/, ",high\r\n") })),
    from: "files",
  },
  10: { derived: generateList({ plan: sle.plan, trial: sle.trial, seed: Seed.test("another") }) },
  11: { rows: rows.map((row) => ({ ...row, arm: rows[row.sequence - 1]?.arm ?? "" })) },
  12: withFile("SLE-SD-01.TEST.note.csv", liveSeed.revealText()),
  13: { plan: planOf({ procedure: { kind: "permuted-block", sizes: [4] } }) },
  14: { kits: [{ code: "AC0EA", arm: "low" }] },
  15: { kits: [{ code: rows[0]?.number ?? "", arm: "low" }] },
  16: withFacts({
    preparations: ["low", "high"].map((arm, i) => ({ arm, weightKg: "70", totalVolumeMl: String(100 + i) })),
  }),
  17: withFacts({ blindedDoseRecords: [{ cells: "1" }] }),
  18: () =>
    ruleDoseBoundaries(dryRun(t1d.plan, t1d.trial, { assumptions: t1d.assumptions }), (request) => {
      const right = prescribe(request);
      return { ...right, target: { ...right.target, amount: `${right.target.amount}0` } };
    }),
  19: withLog("conduct.position_order", "sequence"),
  20: withLog("conduct.event_invalid", "reason"),
  21: "person",
  22: withLog("conduct.chain_broken", "hash"),
  23: { files: good.files.map((file) => ({ ...file, text: `${file.text} ` })) },
  24: "person",
  25: withFile("SLE-SD-01.TEST.sites.csv", 'site\r\n"=1+1"\r\n'),
  26: withFile("SLE-SD-01.TEST.dm.csv", "USUBJID,ACTARM\r\n1,x\r\n"),
  27: withFile("SLE-SD-01.TEST.summary.json", '{"remaining":3}'),
  28: withFacts({ sentinels: [{ counts: { low: 1, placebo: 1 } }] }),
};

const BROKEN = ["fail", "warn"];

describe.each(RULE_NUMBERS)("rule %s", { tags: ["BLIND-005"] }, (number) => {
  const check = RULES[number].ofList;

  it("has at least one finding of its own number, with its title, and does not fail a good list", () => {
    const findings = check(good);
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ rule, said }) => `${rule} ${said.title.key}`))).toEqual(
      new Set([`${number} rule.${number}`]),
    );
    expect(findings.map(({ verdict }) => verdict)).not.toContain("fail");
  });

  it("finds what breaks it, or is a person's", () => {
    const mutant = MUTANTS[number];
    if (mutant === "person") {
      expect(check(good).map(({ verdict }) => verdict)).toEqual(["needs-person"]);
      return;
    }
    const findings = typeof mutant === "function" ? mutant() : check({ ...good, ...mutant });
    const worse = findings.filter(
      ({ verdict, evidence }) => BROKEN.includes(verdict) && !check(good).some((one) => one.evidence === evidence),
    );
    expect(worse.length, findings.map(({ evidence }) => evidence).join("\n")).toBeGreaterThan(0);
    expect(new Set(worse.map(({ rule }) => rule))).toEqual(new Set([number]));
  });
});

describe("docs/audit.md", { tags: ["BLIND-005"] }, () => {
  const page = readFileSync("docs/audit.md", "utf8");

  it("has a row for each rule and for no other, with what is checked and what to do", () => {
    const rowsOfPage = [...page.matchAll(/^\| (\d+) +\| ([^|]*?) +\| ([^|]*?) +\|[^|]*\| ([^|]*?) +\|$/gmu)];
    expect(rowsOfPage.map(([, number]) => Number(number))).toEqual(RULE_NUMBERS);
    for (const [row, , checked = "", by = "", remedy = ""] of rowsOfPage) {
      expect(
        [checked, by, remedy].every((cell) => cell.length > 3),
        row,
      ).toBe(true);
    }
  });

  it("says how many there are", () => {
    expect(page).toContain(`goes through ${RULE_NUMBERS.length} numbered rules`);
  });
});

/* Every rule of the table has a list that breaks it and a row in the docs; and is held to what the examples have; a number without them is a type error or red. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
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
import { holdTable } from "../../docs/heldTable.js";
import { auditPlanOf, example, sle, verdictOf } from "./exampleAudit.js";

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

type Mutant = Partial<AuditSubject> | (() => readonly Finding[]) | "person";

interface Expected {
  /**
   * Verdicts on the plans of the examples, in the order of {@link EXAMPLES}: p pass, w warn, F fail, n not applicable, ? for
   * a person.
   */
  readonly examples: string;
  /**
   * What breaks the rule: a good list with this changed, or a check of the broken. `person`: no program decides it. More
   * mutants of a rule stand beside its other tests.
   */
  readonly broken: Mutant;
}

const EXAMPLES = ["sle", "t1d", "t2d", "uc"] as const;

/** What is expected of each rule: one without it is a type error. */
const EXPECTED: Readonly<Record<RuleNumber, Expected>> = {
  1: { examples: "pppp", broken: inBlinded("{}") },
  2: { examples: "pppp", broken: inBlinded('{"ratio":"1:1"}') },
  3: { examples: "pppp", broken: inBlinded('{"status":"placebo"}') },
  4: { examples: "pppp", broken: { derived: { toString: () => "placebo first" } as unknown as MasterList } },
  // In t2d: the last block is cut.
  5: { examples: "ppwp", broken: sameArms },
  // In t2d: the last block is cut.
  6: { examples: "ppwp", broken: { rows: rows.slice(0, -9) } },
  7: { examples: "pppp", broken: { rows: rows.map((row) => ({ ...row, number: "TR010001" })) } },
  8: {
    examples: "nnnn",
    broken: { other: { status: "TEST", rows, ...(good.seedMark === undefined ? {} : { seedMark: good.seedMark }) } },
  },
  9: {
    examples: "????",
    broken: {
      files: good.files.map((file) => ({ ...file, text: file.text.replace(/,low\r\n/, ",high\r\n") })),
      from: "files",
    },
  },
  // In t1d and uc: lists filled to their length.
  10: {
    examples: "pwpw",
    broken: { derived: generateList({ plan: sle.plan, trial: sle.trial, seed: Seed.test("another") }) },
  },
  // In t1d, t2d and uc: one stratum.
  11: { examples: "pnnn", broken: { rows: rows.map((row) => ({ ...row, arm: rows[row.sequence - 1]?.arm ?? "" })) } },
  12: { examples: "pppp", broken: withFile("SLE-SD-01.TEST.note.csv", liveSeed.revealText()) },
  // In sle: blocks of 4 among four arms; t1d: 2:1 in blocks of 3; t2d: one size.
  13: { examples: "wwww", broken: { plan: planOf({ procedure: { kind: "permuted-block", sizes: [4] } }) } },
  14: { examples: "????", broken: { kits: [{ code: "AC0EA", arm: "low" }] } },
  15: { examples: "????", broken: { kits: [{ code: rows[0]?.number ?? "", arm: "low" }] } },
  16: {
    examples: "????",
    broken: withFacts({
      preparations: ["low", "high"].map((arm, i) => ({ arm, weightKg: "70", totalVolumeMl: String(100 + i) })),
    }),
  },
  17: { examples: "????", broken: withFacts({ blindedDoseRecords: [{ cells: "1" }] }) },
  // In uc: a flat dose.
  18: {
    examples: "pppn",
    broken: () =>
      ruleDoseBoundaries(dryRun(t1d.plan, t1d.trial, { assumptions: t1d.assumptions }), (request) => {
        const right = prescribe(request);
        return { ...right, target: { ...right.target, amount: `${right.target.amount}0` } };
      }),
  },
  19: { examples: "????", broken: withLog("conduct.position_order", "sequence") },
  20: { examples: "????", broken: withLog("conduct.event_invalid", "reason") },
  21: { examples: "????", broken: "person" },
  22: { examples: "????", broken: withLog("conduct.chain_broken", "hash") },
  23: { examples: "pppp", broken: { files: good.files.map((file) => ({ ...file, text: `${file.text} ` })) } },
  24: { examples: "????", broken: "person" },
  25: { examples: "pppp", broken: withFile("SLE-SD-01.TEST.sites.csv", 'site\r\n"=1+1"\r\n') },
  26: { examples: "pppp", broken: withFile("SLE-SD-01.TEST.dm.csv", "USUBJID,ACTARM\r\n1,x\r\n") },
  27: { examples: "pppp", broken: withFile("SLE-SD-01.TEST.summary.json", '{"remaining":3}') },
  28: { examples: "?nn?", broken: withFacts({ sentinels: [{ counts: { low: 1, placebo: 1 } }] }) },
};

const LETTERS = { pass: "p", warn: "w", fail: "F", "not-applicable": "n", "needs-person": "?" } as const;
const reports = EXAMPLES.map((name) => auditPlanOf(example(name)));

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
    const { broken: mutant } = EXPECTED[number];
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

  it("finds of the plans of the examples what is expected", () => {
    expect(reports.map((report) => LETTERS[verdictOf(report, number)]).join("")).toBe(EXPECTED[number].examples);
  });
});

/** The cells of a rule's row: what stands above its line in the file of its check. */
function rowsInSources(): readonly (readonly string[])[] {
  const texts = readdirSync("src/audit").map((file) => readFileSync(`src/audit/${file}`, "utf8"));
  const rows = texts.flatMap((text) => [...text.matchAll(/^ {2}\/\*\*\n((?: {3}\*.*\n)+?) {3}\*\/\n {2}(\d+): /gmu)]);
  const cells = rows.map(([, comment = "", number = ""]) => {
    const [checked = "", ...others] = comment.replace(/^ {3}\* ?/gmu, "").split(/\n\n?- /u);
    const one = (name: string): string =>
      others.find((own) => own.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
    return [number, checked, one("by"), one("threshold"), one("to do")].map((own) => own.replace(/\s+/gu, " ").trim());
  });
  return cells.sort(([a], [b]) => Number(a) - Number(b));
}

describe("docs/audit.md", { tags: ["BLIND-005"] }, () => {
  it("has a row for each rule and for no other, with what is checked and what to do", async () => {
    const rows = rowsInSources();
    const said = "what docs/audit.md says of a rule stands above its line in src/audit";
    expect(
      rows.map(([number]) => Number(number)),
      said,
    ).toEqual(RULE_NUMBERS);
    for (const [number, checked = "", by = "", , remedy = ""] of rows) {
      expect(
        [checked, by, remedy].every((cell) => cell.length > 3),
        number,
      ).toBe(true);
    }
    await holdTable("audit.md", ["no.", "what is checked", "by", "threshold", "remedy"], rows);
  });

  it("says how many there are", () => {
    const page = readFileSync("docs/audit.md", "utf8");
    const told = page.replace(/goes through \d+ numbered rules/u, `goes through ${RULE_NUMBERS.length} numbered rules`);
    if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync("docs/audit.md", told);
    expect(readFileSync("docs/audit.md", "utf8")).toBe(told);
  });
});

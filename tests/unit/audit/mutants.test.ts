import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { AUDIT_RULES, auditList, type AuditedKit } from "../../../src/audit/index.js";
import { agreementDistribution } from "../../../src/audit/agreement.js";
import { dryRun } from "../../../src/audit/readSubject.js";
import { ruleSilentObjects } from "../../../src/audit/rulesArtefacts.js";
import { rulePrefixStability } from "../../../src/audit/rulesReproduce.js";
import { generateList, parsePlan, type MasterList } from "../../../src/list/index.js";
import { permutedBlock } from "../../../src/procedure/index.js";
import { Seed } from "../../../src/random/index.js";
import { liveSeed } from "../../support/plans.js";
import {
  auditPlanOf,
  auditSle,
  changed,
  edited,
  filesOf,
  said,
  sle,
  sleFiles,
  testSeed,
  verdictOf,
} from "./exampleAudit.js";

const good = auditSle(sleFiles);
const failing = (rule: number, report: ReturnType<typeof auditSle>): string => {
  expect(verdictOf(report, rule), said(report, rule).join("\n")).toBe("fail");
  return said(report, rule).join("\n");
};
const longPlan = parsePlan({ ...sle.plan, length: 48 });

describe("the audit of a good list", { tags: ["BLIND-005"] }, () => {
  it("speaks of all rules and fails none", () => {
    expect([...new Set(good.findings.map(({ rule }) => rule))]).toEqual(AUDIT_RULES.map((_, i) => i + 1));
    expect(good.findings.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    for (const rule of [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 16, 18, 23, 25, 26, 27]) {
      expect(said(good, rule)[0], String(rule)).toMatch(/^pass/);
    }
  });

  it("is the same twice, frozen, and counts what it found", () => {
    expect(auditSle(sleFiles)).toEqual(good);
    expect(Object.isFrozen(good.findings[0])).toBe(true);
    expect(Object.values(good.counts).reduce((sum, n) => sum + n, 0)).toBe(good.findings.length);
  });

  it("says of each rule that it cannot decide what a person is to look at", () => {
    for (const { verdict, evidence } of good.findings)
      if (verdict === "needs-person") expect(evidence.length).toBeGreaterThan(30);
    for (const rule of [1, 4, 9, 10]) expect(verdictOf(auditList(sleFiles), rule)).toBe("needs-person");
  });
});

describe("broken on purpose", { tags: ["BLIND-005"] }, () => {
  it("rule 1: a blinded file that depends on the arm", () => {
    // Another order of the rows is enough: it could follow the arms.
    const swapped = edited(sleFiles, ".blinded.csv", (text) => text.replace(/^(.*\r\n)(.*\r\n)(.*\r\n)/, "$1$3$2"));
    expect(failing(1, auditSle(swapped))).toContain("not what the list gives");
  });

  it.each([
    ["a column", ".blinded.csv", (text: string) => text.replace("sequence,number", "block_size,number")],
    ["a field", ".blinded.json", (text: string) => text.replace('"format"', '"ratio":"1:1","format"')],
    [
      "the seed's mark",
      ".blinded.manifest.json",
      (text: string) => text.replace('"status"', '"seedMark": "0", "status"'),
    ],
  ])("rule 2: %s that is not allowed", (_, ending, edit) => {
    failing(2, auditSle(edited(sleFiles, ending, edit)));
  });

  it("rule 2: warns of a field it does not know, and takes one that is declared", () => {
    const files = edited(sleFiles, ".blinded.json", (text) => text.replace('"format"', '"colour":"x","format"'));
    expect(verdictOf(auditSle(files), 2)).toBe("warn");
    expect(verdictOf(auditSle(files, { allowedFields: ["colour"] }), 2)).toBe("pass");
  });

  it.each([
    ["an arm", "x PLACEBO x"],
    ["a dose", "5,000,000 cells/kg"],
    ["an intervention as base64", Buffer.from("zz hUC-MSCs, low dose").toString("base64")],
    ["an arm as hex", Buffer.from("medium").toString("hex")],
  ])("rule 3: %s in a comment of a blinded file", (_, text) => {
    const found = failing(
      3,
      auditSle(edited(sleFiles, ".blinded.manifest.json", (old) => old.replace('"SLE', `"${text} SLE`))),
    );
    expect(found).toContain("Found:");
  });

  it.each(["sle-block8.blinded.csv", "sle-1-1-1-1.TEST.csv", "sle-placebo.TEST.csv"])(
    "rule 3: the file name %s",
    (name) => {
      failing(3, auditSle([...sleFiles, { name, text: "status\r\nTEST\r\n" }]));
    },
  );

  it("rule 4: a list that shows itself", () => {
    const subject = dryRun(sle.plan, sle.trial, {});
    const leaks: readonly object[] = [
      { toJSON: () => ({ arms: ["placebo"] }) },
      { toString: () => "placebo first" },
      { rows: ["placebo"] },
    ];
    for (const leak of leaks) {
      const found = ruleSilentObjects({ ...subject, derived: leak as MasterList });
      expect(found[0]?.verdict).toBe("fail");
    }
    expect(ruleSilentObjects(subject)[0]?.verdict).toBe("pass");
  });

  it.each([
    ["an arm", (text: string) => text.replace(/,low\r\n/, ",high\r\n"), "does not hold the ratio"],
    ["a size", (text: string) => text.replace(/,1,(\d),/g, ",1,6,"), "does not declare"],
    ["a lost last row", (text: string) => text.replace(/[^\n]*\r\n$/, ""), "rows"],
  ])("rule 5: a block with %s changed", (_, edit, words) => {
    expect(failing(5, auditSle(edited(sleFiles, ".master.csv", edit)))).toContain(words);
  });

  it("rule 6: a stratum that is too short, and one that strays", () => {
    const short = edited(sleFiles, ".master.csv", (text) => text.split("\r\n").slice(0, -9).join("\r\n") + "\r\n");
    expect(failing(6, auditSle(short))).toContain("asks for 24");
    const plan = parsePlan({
      ...sle.plan,
      list: "P",
      arms: { low: 1, placebo: 1 },
      procedure: { kind: "permuted-block", sizes: [4] },
    });
    const files = edited(filesOf(plan, sle.trial, testSeed), ".master.csv", (text) =>
      text.replaceAll(/,01,([1-6]),(\w+),(\d),4,(\d),\w+\r/g, ",01,$1,$2,$3,4,$4,low\r"),
    );
    expect(failing(6, auditSle(files))).toContain("above half the largest block");
  });

  it.each([
    ["twice the same", (text: string) => text.replace(/TR010002/, "TR010001"), "stands twice"],
    ["like a number", (text: string) => text.replace(/TR010002/, "12E5"), "not portable"],
    ["made of something else", (text: string) => text.replace(/TR010002/, "TR019999"), "not that of its place"],
  ])("rule 7: a number that is %s", (_, edit, words) => {
    expect(failing(7, auditSle(edited(sleFiles, ".master.csv", edit)))).toContain(words);
  });
});

describe("rule 8: TEST beside LIVE", { tags: ["BLIND-005"] }, () => {
  const liveFiles = filesOf(longPlan, sle.trial, liveSeed);
  const testFiles = filesOf(longPlan, sle.trial, testSeed);
  const live = { trial: sle.trial, seed: liveSeed };

  it("passes two lists from two seeds, with an exact probability", () => {
    const report = auditList(liveFiles, { ...live, other: testFiles });
    expect(verdictOf(report, 8), said(report, 8).join("\n")).toBe("pass");
    expect(said(report, 8)[0]).toMatch(/\d+ of 96 positions agree; p = 0\.\d+ by exact enumeration/);
  });

  it("fails the LIVE list that repeats the TEST list's arms", () => {
    const arms = testFiles[0]!.text.split("\r\n").map((line) => line.split(",").at(-1)!);
    const copied = edited(liveFiles, ".master.csv", (text) =>
      text
        .split("\r\n")
        .map((line, i) => line.replace(/,\w+$/, i === 0 ? "$&" : `,${arms[i]!}`))
        .join("\r\n"),
    );
    expect(failing(8, auditList(copied, { trial: sle.trial, other: testFiles }))).toContain("this is no chance");
  });

  it("fails a list beside itself: status, numbers, seed mark", () => {
    const found = failing(8, auditList(liveFiles, { ...live, other: liveFiles }));
    for (const words of ["Both lists are LIVE", " numbers, such as R010001", "one seed"])
      expect(found).toContain(words);
  });

  it("fails a TEST file whose name does not say so, and a LIVE number with the mark of TEST", () => {
    const renamed = changed(testFiles, ".blinded.csv", ({ text }) => ({ name: "SLE-SD-01.blinded.csv", text }));
    expect(failing(8, auditSle(renamed))).toContain("name of a file");
    const marked = edited(liveFiles, ".master.csv", (text) => text.replace("R010001", "TR010001"));
    expect(failing(8, auditList(marked, { trial: sle.trial }))).toContain("T marks TEST");
  });

  it("says where lists are too short to tell", () => {
    const plan = parsePlan({ ...sle.plan, strata: [], length: 4, procedure: { kind: "permuted-block", sizes: [4] } });
    const report = auditList(filesOf(plan, sle.trial, liveSeed), {
      ...live,
      other: filesOf(plan, sle.trial, testSeed),
    });
    expect(said(report, 8).join()).toContain("too short to tell: even full agreement has p = 0.0417");
    expect(
      [...agreementDistribution(permutedBlock({ ratio: [1, 1, 1, 1], sizes: [4] }), [0, 1, 2, 3])!][4],
    ).toBeCloseTo(1 / 24, 12);
  });
});

describe("broken on purpose, seeds and files", { tags: ["BLIND-005"] }, () => {
  it("rule 9: a master list that is not what plan and seed give", () => {
    expect(
      failing(9, auditSle(edited(sleFiles, ".master.csv", (text) => text.replace(/,low\r\n/, ",high\r\n")))),
    ).toContain("verify");
  });

  it("rule 10: a list whose earlier rows depend on what was added later", () => {
    const subject = dryRun(sle.plan, sle.trial, {});
    const derived = generateList({ plan: sle.plan, trial: sle.trial, seed: Seed.test("another") });
    expect(rulePrefixStability({ ...subject, derived })[0]).toMatchObject({ verdict: "fail" });
    expect(rulePrefixStability(subject)[0]).toMatchObject({ verdict: "pass" });
  });

  it("rule 11: two strata with one sequence: certain from 64 bits on, a warning below", () => {
    const copySite = (text: string): string => {
      const lines = text.split("\r\n");
      const own = lines.filter((line) => line.includes(",01,"));
      const twins = own.map((line) => line.replace(",01,", ",02,").replace("TR01", "TR02"));
      return [lines[0], ...own, ...twins, ""].join("\r\n");
    };
    const long = edited(filesOf(longPlan, sle.trial, testSeed), ".master.csv", copySite);
    expect(failing(11, auditSle(long))).toContain("this is no chance");
    expect(verdictOf(auditSle(edited(sleFiles, ".master.csv", copySite)), 11)).toBe("warn");
  });

  it("rule 12: the seed in a file, known or not, and a list of the other kind", { tags: ["SEC-004"] }, () => {
    const files = filesOf(sle.plan, sle.trial, liveSeed);
    const leaked = edited(files, ".blinded.manifest.json", (text) =>
      text.replace('"SLE', `"${liveSeed.revealText()} SLE`),
    );
    failing(12, auditList(leaked, { trial: sle.trial }));
    const half = edited(files, ".master.csv", (text) => `${text}# ${liveSeed.revealText().slice(0, 64)}`);
    failing(12, auditList(half, { trial: sle.trial, seed: liveSeed }));
    expect(verdictOf(auditList(files, { trial: sle.trial, seed: liveSeed }), 12)).toBe("needs-person");
    const reason = `kept as ${liveSeed.revealText()}`;
    const assumptions = {
      ...sle.plan.assumptions,
      "allocation.seed": { value: "held apart from this record", reason },
    };
    failing(12, auditPlanOf({ ...sle, plan: { ...sle.plan, assumptions } }));
  });

  it("rule 13: small blocks, one size, many strata, each by its own threshold", () => {
    const warned = (procedure: object, more: object = {}): string =>
      said(auditPlanOf({ ...sle, plan: parsePlan({ ...sle.plan, procedure, ...more }) }), 13)
        .filter((text) => text.startsWith("warn"))
        .join("\n");
    expect(warned({ kind: "permuted-block", sizes: [8, 12] })).toBe("");
    expect(warned({ kind: "permuted-block", sizes: [8] })).toContain("one size, 8");
    expect(warned({ kind: "permuted-block", sizes: [4, 8] })).toContain("smallest block, 4");
    const levels = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, "0"));
    expect(
      warned(
        { kind: "permuted-block", sizes: [8, 12] },
        {
          strata: [{ factor: "site", levels }],
          length: 16,
          procedure: { kind: "permuted-block", sizes: [8, 12], lastBlock: "cut" },
        },
      ),
    ).toContain("12 strata × largest block 12 = 144");
    const strict = auditPlanOf(sle, { thresholds: { forcedShare: 0.1 } });
    expect(said(strict, 13)[0]).toMatch(/^warn: Forced \(certain\) share 0\.173/);
  });
});

const ALPHABET = "ACDEFGHJKMNPQRTUVWXY";
/** Codes at distance 2 or more: the last character is a check on the others. */
function kitsOf(count: number, armOf: (i: number) => string): AuditedKit[] {
  let x = 7;
  return Array.from({ length: count }, (_, i) => {
    const digits = Array.from({ length: 4 }, () => (x = (x * 1103 + 12345) % 65521) % 19);
    const check = (digits.reduce((sum, d, k) => sum + (k + 1) * d, 0) % 19) + 0;
    return { code: [...digits, check].map((d) => ALPHABET.charAt(d)).join(""), arm: armOf(i) };
  });
}
const ARMS = ["low", "medium", "high", "placebo"];
const scrambled = kitsOf(60, (i) => ARMS[(i * i * 7 + i * 3 + (i >> 2)) % 4]!);

describe("rule 14: kits", { tags: ["BLIND-005"] }, () => {
  const kitsFail = (kits: readonly AuditedKit[]): string => failing(14, auditSle(sleFiles, { kits }));

  it("passes scrambled kits", () => {
    const report = auditSle(sleFiles, { kits: scrambled });
    expect(verdictOf(report, 14), said(report, 14).join("\n")).toBe("pass");
    expect(auditSle(sleFiles, { kits: scrambled })).toEqual(report);
  });

  it("finds kits sorted by arm, alternating, or with a character of the arm", () => {
    const sorted = [...scrambled].sort((a, b) => (a.code < b.code ? -1 : 1));
    expect(kitsFail(sorted.map(({ code }, i) => ({ code, arm: ARMS[Math.floor(i / 15)]! })))).toContain(
      "order of the codes",
    );
    expect(kitsFail(sorted.map(({ code }, i) => ({ code, arm: ARMS[i % 4]! })))).toContain("turn in the order");
    expect(kitsFail(scrambled.map(({ code }, i) => ({ code, arm: ARMS[Math.floor(i / 15)]! })))).toContain(
      "order in the file",
    );
    expect(kitsFail(scrambled.map(({ code }) => ({ code, arm: ARMS[code.charCodeAt(4) % 4]! })))).toContain(
      "last character",
    );
    expect(kitsFail(scrambled.map(({ code }) => ({ code, arm: code < "H" ? "low" : "high" })))).toContain(
      "first character",
    );
  });

  it.each([
    [
      "a code twice",
      [
        { code: "ACDEA", arm: "low" },
        { code: "ACDEA", arm: "high" },
      ],
      "stand twice",
    ],
    [
      "a code twice, once in full-width letters",
      [
        { code: "ACDEA", arm: "low" },
        { code: "ＡCDEA", arm: "high" },
      ],
      "stand twice",
    ],
    ["an unclear character", [{ code: "AC0EA", arm: "low" }], "read as another"],
    ["a number", [{ code: "23E45", arm: "low" }], "not portable"],
    ["a date", [{ code: "MAR22", arm: "low" }], "not portable"],
    [
      "twins",
      [
        { code: "ACDEF", arm: "low" },
        { code: "FEDCA", arm: "high" },
      ],
      "backwards",
    ],
    [
      "near codes",
      [
        { code: "ACDEF", arm: "low" },
        { code: "ACDEG", arm: "high" },
      ],
      "one character",
    ],
    [
      "swapped codes",
      [
        { code: "ACDEF", arm: "low" },
        { code: "CADEF", arm: "high" },
      ],
      "one swap",
    ],
  ])("finds %s", (_, kits, words) => {
    expect(kitsFail(kits)).toContain(words);
  });

  it("warns of codes without gaps", () => {
    const kits = ["K222AB", "K333CD", "K444EF"].map((code, i) => ({ code: `${code}${i + 2}`, arm: "low" }));
    expect(verdictOf(auditSle(sleFiles, { kits }), 14)).toBe("warn");
  });

  it("rule 15: kits and numbers in one file, or of one code", () => {
    const text = "kit,number\r\nACDEF,TR010001\r\n";
    const together = [...sleFiles, { name: "SLE-SD-01.TEST.pharmacy.csv", text }];
    expect(failing(15, auditSle(together, { kits: scrambled }))).toContain("links participants to kits");
    expect(failing(15, auditSle(sleFiles, { kits: [{ code: "TR010001", arm: "low" }] }))).toContain(
      "randomization numbers too",
    );
    expect(verdictOf(auditSle(sleFiles, { kits: scrambled }), 15)).toBe("pass");
  });
});

describe("broken on purpose, records", { tags: ["BLIND-005"] }, () => {
  it("rule 23: one byte, the order of rows, a line end", () => {
    for (const edit of [
      (text: string) => text.replace("TR010003", "TR010033"),
      (text: string) => text.replace(/^(.*\r\n)(.*\r\n)(.*\r\n)/, "$1$3$2"),
      (text: string) => text.replaceAll("\r\n", "\n"),
    ]) {
      failing(23, auditSle(edited(sleFiles, ".blinded.csv", edit)));
    }
    expect(verdictOf(auditSle(sleFiles.filter(({ name }) => !name.endsWith(".blinded.json"))), 23)).toBe("warn");
  });

  it("rule 24: is a person's, and says at what to look", () => {
    expect(said(good, 24)).toEqual([expect.stringMatching(/^needs-person: .*before the first participant/)]);
  });

  it.each(["=1+1", "+41", "-1", "@SUM(A1)", "\tx"])("rule 25: a cell %j", (cell) => {
    failing(25, auditSle([...sleFiles, { name: "SLE-SD-01.TEST.sites.csv", text: `site\r\n"${cell}"\r\n` }]));
  });

  it("rule 26: a file with treatments and a quiet name", () => {
    const renamed = changed(sleFiles, ".master.csv", ({ text }) => ({ name: "SLE-SD-01.TEST.pharmacy.csv", text }));
    expect(failing(26, auditSle(renamed))).toContain("UNBLINDED");
    failing(26, auditSle([...sleFiles, { name: "SLE-SD-01.TEST.dm.csv", text: "USUBJID,ACTARM\r\n1,x\r\n" }]));
  });

  it.each(["remaining", "countsByArm", "slots_left", "balance"])("rule 27: a summary with %s", (field) => {
    failing(27, auditSle([...sleFiles, { name: "SLE-SD-01.TEST.summary.json", text: JSON.stringify({ [field]: 3 }) }]));
  });

  it("rule 28: sentinels in the main list, and in a stratum of their own", () => {
    const counts = { low: 1, placebo: 1 };
    expect(failing(28, auditSle(sleFiles, { sentinels: [{ counts }] }))).toContain("forced share of 0.500");
    failing(28, auditSle(sleFiles, { sentinels: [{ counts, stratum: { site: "sentinel" } }] }));
    expect(verdictOf(auditSle(sleFiles, { sentinels: [{ counts, stratum: { site: "01" } }] }), 28)).toBe("pass");
  });
});

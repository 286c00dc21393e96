// The generator of the traceability matrix, broken on purpose: each hole in the evidence must be a fault.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PEOPLE } from "../../src/cli/people.js";
import { readKnownIssues, readRequirements } from "../../build/requirements.js";
import { joinedResults, traceMatrix, type Evidence, type TestResult } from "../../build/traceMatrix.js";

const requirement = (id: string, risk: "A" | "B"): Evidence["requirements"][number] => ({
  ...{ id, risk, text: "do what this test is about", clause: "made up", docs: "docs/cli.md" },
  methods: id === "CCC-001" ? ["unit", "oq"] : ["unit"],
});
const passed = (file: string, ...tags: readonly string[]): TestResult => ({
  ...{ file: `tests/${file}`, name: `of ${tags.join()}`, status: "passed", tags },
});

const GOOD: Evidence = {
  requirements: [requirement("AAA-001", "A"), requirement("BBB-001", "B"), requirement("CCC-001", "A")],
  issues: [],
  results: [
    passed("unit/a.test.ts", "AAA-001", "CCC-001"),
    passed("independent/a.test.ts", "AAA-001"),
    passed("unit/b/a.test.ts", "BBB-001"),
    passed("unit/free.test.ts"),
  ],
  cases: [{ id: "Z-001", requirement: "CCC-001" }],
  changed: [],
  earlier: [],
};

const withResult = (index: number, change: Partial<TestResult>): Evidence => ({
  ...GOOD,
  results: GOOD.results.map((one, at) => (at === index ? { ...one, ...change } : one)),
});

const issue = {
  id: "KI-001",
  since: "0",
  text: "made up",
  risk: "C",
  mitigation: "none",
  requirements: ["BBB-001"],
} as const;

const BROKEN: Readonly<Record<string, readonly [fault: string, evidence: Evidence]>> = {
  "a tag is deleted": ["BBB-001 has no passed test", withResult(2, { tags: [] })],
  "a test is skipped": ["skipped: tests/unit/b/a.test.ts", withResult(2, { status: "skipped" })],
  "a test is to do": ["todo: tests/unit/b/a.test.ts", withResult(2, { status: "todo" })],
  "a test fails": ["failed: tests/unit/b/a.test.ts", withResult(2, { status: "failed" })],
  "a test without a tag fails": ["failed: tests/unit/free.test.ts", withResult(3, { status: "failed" })],
  "a tag is no requirement": ["BBB-002, which is no requirement", withResult(2, { tags: ["BBB-001", "BBB-002"] })],
  "a result is of another place": ["is no file of tests/", withResult(2, { file: "elsewhere/a.test.ts" })],
  "a requirement is renamed": [
    "AAA-001, which is no requirement",
    { ...GOOD, requirements: [requirement("AAA-002", "A"), ...GOOD.requirements.slice(1)] },
  ],
  "a requirement of the last release is gone": [
    "ZZZ-001 of the last release is no requirement any more",
    { ...GOOD, last: { rows: [{ id: "ZZZ-001", kinds: { unit: 1 } }], changes: "" } },
  ],
  "a requirement has fewer tests than in the last release": [
    "AAA-001 has 1 tests of kind unit, the last release had 2",
    { ...GOOD, last: { rows: [{ id: "AAA-001", kinds: { unit: 2, independent: 1 } }], changes: "BBB-001" } },
  ],
  "a requirement has lost a kind of test": [
    "BBB-001 has 0 tests of kind laws, the last release had 1",
    { ...GOOD, last: { rows: [{ id: "BBB-001", kinds: { laws: 1 } }], changes: "" } },
  ],
  "an id stands twice": [
    "BBB-001 stands twice",
    { ...GOOD, requirements: [...GOOD.requirements, requirement("BBB-001", "B")] },
  ],
  "risk A has one kind of test": ["one kind of test alone", { ...GOOD, cases: [] }],
  "risk A has no test of another origin": [
    "no test of another origin",
    withResult(1, { file: "tests/backEnd/a.test.ts" }),
  ],
  "a case names no requirement": [
    "case Z-002 names DDD-001",
    { ...GOOD, cases: [...GOOD.cases, { id: "Z-002", requirement: "DDD-001" }] },
  ],
  "a known issue names no requirement": [
    "known issue KI-001 names DDD-001",
    { ...GOOD, issues: [{ ...issue, requirements: ["DDD-001"] }] },
  ],
  "a kind of test that was named is gone": ["CCC-001 has no passed test of kind oq", { ...GOOD, cases: [] }],
  "a file was changed after its commit": [
    "src/index.ts is not as the commit has it",
    { ...GOOD, changed: ["src/index.ts"] },
  ],
  "the results are of an earlier commit": ["began before the commit", { ...GOOD, earlier: ["results/tests.json"] }],
  "nothing was run": ["the run has no results", { ...GOOD, results: [] }],
};

describe("the traceability matrix", { tags: ["SYS-003"] }, () => {
  it("has no fault where every requirement is proved, and shows tests by kind, cases and known issues", () => {
    const last = { rows: [{ id: "AAA-001", kinds: { unit: 5 } }], changes: "Tests of AAA-001 were joined." };
    const issues = [{ ...issue, requirements: ["BBB-001"] }];
    const { rows, faults, untagged } = traceMatrix({ ...GOOD, issues, last });
    expect(faults).toEqual([]);
    expect(rows.map(({ id, kinds, passed: count, knownIssues }) => [id, kinds, count, knownIssues])).toEqual([
      ["AAA-001", { unit: 1, independent: 1 }, 2, []],
      ["BBB-001", { unit: 1 }, 1, ["KI-001"]],
      ["CCC-001", { unit: 1, oq: 1 }, 1, []],
    ]);
    expect(untagged).toEqual(["tests/unit/free.test.ts"]);
  });

  it.each(Object.entries(BROKEN))("fails where %s", (_, [fault, evidence]) => {
    expect(traceMatrix(evidence).faults.join("\n")).toContain(fault);
  });

  it("takes a test of two runs for one: failed where it failed in one, skipped where it passed in none", () => {
    const [one, two] = [GOOD.results[0]!, GOOD.results[1]!];
    const as = (result: TestResult, status: string): TestResult => ({ ...result, status });
    const statuses = (...runs: readonly (readonly TestResult[])[]): readonly string[] =>
      joinedResults(runs).map(({ status }) => status);
    expect(statuses([one, as(two, "skipped")], [as(one, "failed"), two])).toEqual(["failed", "passed"]);
    expect(statuses([as(one, "skipped")], [as(one, "skipped")])).toEqual(["skipped"]);
    expect(statuses([as(one, "failed")], [one])).toEqual(["failed"]);
  });

  it("takes files of one name in two folders for two", () => {
    const results = [...GOOD.results.filter(({ file }) => file !== "tests/unit/b/a.test.ts")];
    expect(traceMatrix({ ...GOOD, results }).faults).toEqual(["BBB-001 has no passed test"]);
  });

  it("need not ask for retries, since no run of tests makes any", () => {
    const configs = ["", ...["faults", "postgres", "pages"].map((name) => `tests/${name}/`)];
    for (const folder of configs) expect(readFileSync(`${folder}vitest.config.ts`, "utf8")).not.toMatch(/\bretry\b/u);
  });

  it("reads the requirements and the known issues strictly; each page that they name is there", () => {
    const requirements = readRequirements();
    expect(requirements.length).toBeGreaterThanOrEqual(100);
    for (const { docs } of requirements) expect(existsSync(docs), docs).toBe(true);
    expect(readKnownIssues().map(({ id }) => id)).toContain("KI-001");
  });

  it("finds each requirement and each file of tests that the risk assessment names, and no line without one", () => {
    const known = readRequirements().map(({ id }) => id);
    const [hazards = ""] = readFileSync("docs/validation/risk.md", "utf8").split("## Commands and entries");
    const rows = hazards
      .split("\n")
      .filter((line) => line.startsWith("| ") && !/^\| (?:-|What went wrong|Function )/u.test(line));
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows) {
      const last = row.split("|").at(-2) ?? "";
      const ids = last.match(/[A-Z]+-\d{3}/gu) ?? [];
      expect(ids, row).not.toEqual([]);
      expect(known).toEqual(expect.arrayContaining(ids));
      for (const [, file = ""] of last.matchAll(/`([^`]+)`/gu)) expect(existsSync(file), file).toBe(true);
    }
  });

  it("finds in the risk assessment each command and each entry, and for each a line of its function", () => {
    const [hazards = "", table = ""] = readFileSync("docs/validation/risk.md", "utf8").split("## Commands and entries");
    const cellsOf = (text: string): readonly (readonly string[])[] =>
      text
        .split("\n")
        .filter((line) => line.startsWith("| ") && !/^\| (?:-|Function )/u.test(line))
        .map((line) =>
          line
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim()),
        );
    const [, functions = ""] = hazards.split("## By function");
    const rows = cellsOf(table);
    expect(rows.map(([name]) => name).sort()).toEqual(
      cellsOf(functions)
        .map(([name]) => name)
        .sort(),
    );
    const namedIn = (column: number): readonly string[] =>
      [...new Set(rows.flatMap((row) => (row[column] ?? "").split(", ")))].filter(
        (name) => !["", "all"].includes(name),
      );
    expect([...namedIn(1)].sort()).toEqual(PEOPLE.flatMap(({ commands }) => commands).sort());
    const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly exports: object };
    const entries = Object.keys(exports).map((name) => name.replace("./", ""));
    expect([...namedIn(2)].sort()).toEqual(entries.filter((name) => ![".", "package.json"].includes(name)).sort());
  });
});

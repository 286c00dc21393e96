import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeDesk, PLAN } from "./harness.js";

const SMALL = `trial: NCT06853522
part: main
list: UC-8
arms: { exosome: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [4] }
length: 8
`;

describe("allocell assess", () => {
  it("prints the table, the warnings and who may read it", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", SMALL);
    const { code, stdout, stderr } = await desk.run("assess", "plan.yaml");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("ASSESSMENT (UNBLINDED");
    expect(stdout).toMatch(/Deterministic allocations +33\.3 %/);
    expect(stdout).toContain("All blocks have 4 rows");
    // The part has 40 participants by its record, the list 8 rows.
    expect(stdout).toContain("40 participants");
  });

  it("puts several plans beside each other, and refuses two of one name", async () => {
    const desk = makeDesk();
    desk.write("a.yaml", SMALL);
    desk.write("b.yaml", SMALL.replace("UC-8", "UC-8b").replace("[4]", "[2, 4]"));
    const { stdout } = await desk.run("assess", "a.yaml", "b.yaml");
    expect(stdout).toMatch(/Measure +UC-8 +UC-8b/);
    const { code, answer } = await desk.json("assess", "a.yaml", "a.yaml");
    expect([code, answer]).toMatchObject([2, { error: { code: "cli.list_twice" } }]);
  });

  it("writes a report and pictures with their data, and never over others", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN.replace("length: 24", "length: 8"));
    const { code, answer } = await desk.json("assess", "plan.yaml", "--html", "r.html", "--plots", "pictures");
    expect(code).toBe(0);
    const stems = ["fill", "imbalance", "predictability", "trade-off"].map((name) => `SLE-SD-01.${name}`);
    const names = stems.flatMap((stem) => [`${stem}.csv`, `${stem}.svg`, `${stem}.vl.json`]);
    expect(readdirSync(desk.path("pictures")).sort()).toEqual(names);
    expect((answer["files"] as string[]).length).toBe(names.length + 1);
    const html = desk.read("r.html");
    expect(html.match(/<svg/g)).toHaveLength(4);
    expect(html).not.toMatch(/<script|href="http/);
    expect(JSON.parse(desk.read("pictures/SLE-SD-01.fill.vl.json"))).toMatchObject({ data: { name: "rows" } });
    expect((await desk.json("assess", "plan.yaml", "--html", "r.html")).answer).toMatchObject({
      error: { code: "cli.output_exists" },
    });
    mkdirSync(desk.path("other"));
    desk.write("other/SLE-SD-01.fill.csv", "mine");
    expect((await desk.json("assess", "plan.yaml", "--plots", "other")).code).toBe(2);
    expect(readdirSync(desk.path("other"))).toEqual(["SLE-SD-01.fill.csv"]);
  });

  it("simulates up to a number or a precision, the same each time", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", SMALL);
    const first = await desk.run("assess", "plan.yaml", "--simulate", "50000", "--precision", "0.01");
    expect(first.stdout).toMatch(/; \d{4} simulated lists/);
    expect(await desk.run("assess", "plan.yaml", "--simulate", "50000", "--precision", "0.01")).toEqual(first);
    const other = await desk.run("assess", "plan.yaml", "--simulate", "3000", "--stream", "another");
    expect(other.stdout).toContain("3000 simulated lists");
  });

  it("shows progress where a person looks, and nothing of it elsewhere", async () => {
    let shown = "";
    const terminal = {
      isTTY: true,
      columns: 80,
      write: (text: string) => ((shown += text), true),
      cursorTo: () => true,
      on: () => undefined,
    } as unknown as NodeJS.WriteStream;
    const desk = makeDesk({ stderr: { write: () => Promise.resolve(), terminal } });
    desk.write("plan.yaml", SMALL);
    expect((await desk.run("assess", "plan.yaml", "--simulate", "30000")).code).toBe(0);
    expect(shown).toContain("of 30000 lists");
    shown = "";
    expect((await desk.run("assess", "plan.yaml", "--simulate", "1000")).code).toBe(0);
    expect(shown).toBe("");
  });

  it("asks the t test about bias", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", SMALL);
    const { stdout } = await desk.run(
      "assess",
      "plan.yaml",
      "--selection",
      "0.5",
      "--trend",
      "step:1@4",
      "--effect",
      "1",
    );
    expect(stdout).toMatch(/eta 0\.5, convergence +step 1 after row 4 +0 +0\.05/);
    expect(stdout).toMatch(/eta 0\.5, convergence +step 1 after row 4 +1 +0\.05/);
  });

  it.each([
    [["--simulate", "1000", "--precision", "0"], "assessment.precision_invalid"],
    [["--precision", "0.1"], "cli.option_missing"],
    [["--simulate", "10"], "assessment.trials_invalid"],
    [["--simulate", "many"], "cli.number_invalid"],
    [["--trend", "cubic:1"], "assessment.trend_unknown"],
    [["--trend", "linear:1e999"], "cli.number_invalid"],
    [["--shares", "1,2"], "cli.option_missing"],
    [["--participants", "8", "--shares", "1,2"], "assessment.enrolment_invalid"],
    [["--run-out", "0"], "assessment.option_invalid"],
    [["--knowledge", "all"], "cli.usage"],
    [["--simulate", "1000", "--fractions"], "assessment.option_conflict"],
  ])("refuses %j with %s", async (options, code) => {
    const desk = makeDesk();
    desk.write("plan.yaml", SMALL);
    const { code: exitCode, answer } = await desk.json("assess", "plan.yaml", ...options);
    expect([exitCode, answer]).toMatchObject([2, { error: { code } }]);
    expect(existsSync(desk.path("r.html"))).toBe(false);
  });

  it("says which measure is undefined and why, with the place in the plan's file", async () => {
    const desk = makeDesk();
    desk.write("plan.yaml", PLAN);
    const { code, answer } = await desk.json("assess", "plan.yaml", "--trend", "linear:1");
    expect([code, answer]).toMatchObject([
      2,
      { error: { code: "assessment.measure_undefined", issues: [{ file: "plan.yaml" }] } },
    ]);
    desk.write("one.yaml", SMALL.replace(", placebo: 1", ""));
    const one = await desk.run("assess", "one.yaml");
    expect([one.code, one.stderr]).toEqual([2, expect.stringContaining("one.yaml, line") as string]);
    expect((await desk.run("assess", "plan.yaml", "--knowledge", "hidden")).stdout).toMatch(/not computed: .*forced/i);
  });
});

describe("allocell suggest", () => {
  it("ranks designs with reasons", async () => {
    const { code, stdout } = await makeDesk().run(
      ...["suggest", "--n", "24", "--ratio", "1:1", "--limit-forced", "0.25", "--limit-imbalance", "3", "--top", "2"],
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /Rank +Design[^]*Recommended: [^]*allocations are deterministic \(limit 25\.0 %\)[^]*\n2\. /,
    );
    expect(stdout).not.toMatch(/\n3\. /);
  });

  it("takes strata, sites, own candidates and fixed sizes", async () => {
    const { code, answer } = await makeDesk().json(
      ...["suggest", "--n", "58", "--ratio", "1:1:1:1:1", "--strata", "2", "--sites", "2", "--fixed-sizes"],
      ...["--candidate", '{"kind":"permuted-block","sizes":[15],"lastBlock":"cut"}'],
    );
    expect(code).toBe(0);
    const suggestions = answer["suggestions"] as { rank: number; design: string }[];
    expect(suggestions.map(({ rank }) => rank)).toEqual(suggestions.map((_, i) => i + 1));
    expect(suggestions.filter(({ design }) => design.includes("permuted blocks of 15,"))).not.toEqual([]);
    expect(answer["recommended"]).toBeGreaterThan(0);
  });

  it("answers no, exit code 1, where no design is within the limits", async () => {
    const { code, stdout } = await makeDesk().run(
      ...["suggest", "--n", "12", "--ratio", "1:1", "--limit-forced", "0", "--limit-imbalance", "0.5"],
    );
    expect(code).toBe(1);
    expect(stdout).toContain("No design does what is asked");
  });

  it.each([
    [["--n", "0", "--ratio", "1:1"], "assessment.rows_invalid"],
    [["--n", "10", "--ratio", "1"], "procedure.ratio_invalid"],
    [["--n", "10", "--ratio", "1:x"], "cli.number_invalid"],
    [["--n", "10", "--ratio", "1:1", "--limit-forced", "2"], "assessment.option_invalid"],
    [["--n", "10", "--ratio", "1:1", "--candidate", "big stick"], "cli.json_invalid"],
    [["--n", "10", "--ratio", "1:1", "--candidate", '{"kind":"none"}'], "procedure.spec_invalid"],
    [["--n", "10"], "cli.usage"],
  ])("refuses %j with %s", async (options, code) => {
    const { code: exitCode, answer } = await makeDesk().json("suggest", ...options);
    expect([exitCode, answer]).toMatchObject([2, { error: { code } }]);
  });
});

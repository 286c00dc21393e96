import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { englishWords } from "../../support/englishWords.js";
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
    const names = stems.flatMap((stem) => [`${stem}.csv`, `${stem}.svg`]);
    expect(readdirSync(desk.path("pictures")).sort()).toEqual(names);
    expect((answer["files"] as string[]).length).toBe(names.length + 1);
    const html = desk.read("r.html");
    expect(html.match(/<svg/g)).toHaveLength(4);
    expect(html).not.toMatch(/<script|href="http/);
    expect(desk.read("pictures/SLE-SD-01.fill.svg")).toMatch(/^<svg [^]*<\/svg>\n$/u);
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
    await desk.run("suggest", "--n", "24", "--ratio", "1:1");
    expect(shown).toMatch(/of \d+ designs/u);
    shown = "";
    await desk.run("assess", "plan.yaml");
    expect(shown).toMatch(/of \d+ rows/u);
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

const wordsOf = (text: string): readonly string[] =>
  englishWords(text, ["UC-8", "UC", "UC-2", "exosome", "placebo", "t", "site", "SLE-SD-01", "P", "p"]);

describe("the answers in Chinese", { tags: ["LANG-001"] }, () => {
  it.each([
    ["one list", SMALL, ["--selection", "0.3", "--trend", "linear:0.5", "--effect", "0.5"]],
    ["a guesser who knows the ratio alone", SMALL, ["--knowledge", "hidden"]],
    ["blocks in order, simulated", SMALL.replace("permuted-block", "ordered-blocks"), ["--simulate", "200"]],
    [
      "several strata with an own length",
      `${SMALL}strata: [{ factor: site, levels: ["01", "02"] }]\n`,
      ["--participants", "12", "--shares", "2,1"],
    ],
  ])("of assess: %s", async (_, plan, options) => {
    const desk = makeDesk();
    desk.write("plan.yaml", plan);
    const english = await desk.run("assess", "plan.yaml", ...options);
    const { code, stdout, stderr } = await desk.run("assess", "plan.yaml", ...options, "--lang", "zh");
    expect([code, stderr, english.code]).toEqual([0, "", 0]);
    expect(stdout).toMatch(/^设计评价（非盲：[^]*确定性分配[^]*项警示/u);
    expect(wordsOf(stdout)).toEqual([]);
    expect(stdout).not.toMatch(/\{\w+\}|undefined/u);
    const json = await desk.run("assess", "plan.yaml", ...options, "--json");
    expect((await desk.run("assess", "plan.yaml", ...options, "--json", "--lang", "zh")).stdout).toBe(json.stdout);
  });

  it("of suggest: reasons with the numbers of the English ones, and both sentences", async () => {
    const line = ["suggest", "--n", "24", "--ratio", "1:1", "--sites", "2", "--limit-imbalance", "3", "--top", "30"];
    const [english, chinese] = [await makeDesk().run(...line), await makeDesk().run(...line, "--lang", "zh")];
    expect([chinese.code, chinese.stderr]).toEqual([0, ""]);
    expect(wordsOf(chinese.stdout)).toEqual([]);
    expect(chinese.stdout).not.toMatch(/\{\w+\}|undefined/u);
    const percentsOf = (text: string): readonly string[] =>
      [...text.matchAll(/^ {2}- (?!Warning|警示)[^%\n]*?(\d+\.\d) ?%/gmu)].map(([, share]) => share ?? "");
    expect(percentsOf(chinese.stdout)).toEqual(percentsOf(english.stdout));
    const distances = (text: string): readonly string[] =>
      [...text.matchAll(/(?:Distance from the ideal|与理想值的距离为) (\d\.\d{3})/gu)].map(([, own]) => own ?? "");
    expect(distances(chinese.stdout)).toEqual(distances(english.stdout));
    expect(distances(chinese.stdout).length).toBeGreaterThan(10);
    expect(chinese.stdout).toMatch(/可写入试验方案：\n[^]*受试者按 1:1 的比例[^]*绝不提供给入组受试者的人员：\n/u);
    const json = [...line, "--json"];
    expect((await makeDesk().run(...json, "--lang", "zh")).stdout).toBe((await makeDesk().run(...json)).stdout);
  });

  it("of suggest: the sentence for the protocol is the same for every parameter", async () => {
    const sentence = async (candidate: string): Promise<string> => {
      const limits = ["--limit-forced", "1", "--weight", "predictability=0", "--weight", "deterministic=0"];
      const line = ["suggest", "--n", "24", "--ratio", "1:1", ...limits, "--candidate", candidate, "--lang", "zh"];
      const { stdout } = await makeDesk().run(...line);
      return /可写入试验方案：\n([^]*?)\n\n/u.exec(stdout)?.[1] ?? "";
    };
    const texts = [await sentence('{"kind":"permuted-block","sizes":[2]}')];
    expect(texts[0]).toContain("区组随机化（置换区组）");
    expect(texts[0]?.replace("1:1", "")).not.toMatch(/\d/u);
  });

  it("of suggest: no design within the limits", async () => {
    const line = ["suggest", "--n", "12", "--ratio", "1:1", "--limit-forced", "0", "--limit-imbalance", "0.5"];
    const { code, stdout } = await makeDesk().run(...line, "--lang", "zh");
    expect([code, wordsOf(stdout)]).toEqual([1, []]);
    expect(stdout).toContain("没有设计满足要求");
  });
});

describe("allocell suggest", () => {
  it("knows centres that open late by the names that the plan gives them, and refuses others", async () => {
    const desk = makeDesk();
    const planOf = (levels: string): string =>
      `trial: NCT06853522\npart: main\nlist: L\narms: { exosome: 1, placebo: 1 }\nprocedure: { kind: permuted-block, sizes: [4] }\nstrata: [{ factor: site, levels: ${levels} }]\nlength: 12\n`;
    desk.write("numbers.yaml", planOf('["2", "1"]'));
    desk.write("words.yaml", planOf("[north, south]"));
    const ranked = async (...argv: readonly string[]): Promise<unknown> =>
      (await desk.json("suggest", ...argv, "--top", "3")).answer["suggestions"];
    // The second centre of either plan; "1" is not the first one.
    const late = await ranked("numbers.yaml", "--late", "1=10");
    expect(late).toEqual(await ranked("words.yaml", "--late", "south=10"));
    expect(late).not.toEqual(await ranked("numbers.yaml", "--late", "2=10"));
    const { code, answer } = await desk.json("suggest", "words.yaml", "--late", "2=10");
    expect(code).toBe(2);
    expect(answer["error"]).toMatchObject({
      issues: [{ code: "assessment.enrolment_invalid", path: "--late", expected: "north, south", received: "2" }],
    });
  });

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

  it("reads what a guesser knows from the masking of a trial's part, says so, and lets an option override it", async () => {
    const line = ["suggest", "--n", "24", "--ratio", "1:1", "--trial", "NCT06853522"];
    const { code, stdout } = await makeDesk().run(...line);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/gu, " ")).toMatch(
      /The masking of part "main" of NCT06853522 is [a-z]+(?: [^:]*)?: a guesser is taken to know [^.]+\. --guesser overrides that\./,
    );
    const { answer } = await makeDesk().json(...line, "--guesser", "everything");
    expect(answer["guesser"]).toMatchObject({ knows: "everything", from: "option", part: "main" });
    const own = await makeDesk().json(...line);
    expect(own.answer["guesser"]).toMatchObject({ from: "masking", trial: "NCT06853522" });
    const several = await makeDesk().json("suggest", "--n", "24", "--ratio", "1:1", "--trial", "NCT07041801");
    expect(several.answer).toMatchObject({ error: { code: "cli.option_missing", issues: [{ path: "--part" }] } });
    const alone = await makeDesk().json("suggest", "--n", "24", "--ratio", "1:1", "--part", "main");
    expect(alone.answer).toMatchObject({ error: { code: "cli.option_missing", issues: [{ path: "--trial" }] } });
  });

  it("ranks minimization where there are factors, with reasons as data and in words", async () => {
    const { answer } = await makeDesk().json(
      ...["suggest", "--n", "24", "--ratio", "1:1", "--factors", "2,2", "--sites", "2", "--limit-pooled", "2"],
      ...["--candidate", '{"kind":"minimization","measure":"variance","law":{"kind":"fixed","probability":"0.75"}}'],
    );
    const suggestions = answer["suggestions"] as {
      design: string;
      reasons: { code: string; limit?: number; text: string }[];
    }[];
    const stated = suggestions.find(({ design }) => design.includes("variance, p = 0.75"))!;
    expect(stated.design).toBe("minimization (variance, p = 0.75) over site, factor 1, factor 2");
    expect(stated.reasons.map(({ code }) => code).slice(0, 7)).toEqual([
      "deterministic",
      "imbalance",
      "pooled",
      "margins",
      "loss",
      "predictability",
      "score",
    ]);
    expect(stated.reasons[2]).toMatchObject({ limit: 2 });
    expect(stated.reasons[2]!.text).toContain("(limit 2), over 8 strata");
  });

  const DYNAMIC = [
    "trial: NCT06853522",
    "part: main",
    "list: UC-DYN",
    "arms: { exosome: 1, placebo: 1 }",
    'procedure: { kind: minimization, measure: range, law: { kind: fixed, probability: "0.8" } }',
    "factors:",
    "  - { factor: severity, levels: [moderate, severe], weight: 3 }",
    '  - { factor: site, levels: ["01", "02"], weight: 2 }',
    "length: 24",
    "",
  ].join("\n");

  it("takes a dynamic plan, and compares its design with lists and other dynamic designs, in a figure too", async () => {
    const desk = makeDesk();
    desk.write("dynamic.yaml", DYNAMIC);
    const { answer } = await desk.json("suggest", "dynamic.yaml", "--plots", "figures", "--limit-final", "9");
    const suggestions = answer["suggestions"] as { rank: number; of: string; design: string }[];
    const planned = suggestions[(answer["planned"] as number) - 1]!;
    expect(planned.design).toBe("minimization (range, p = 0.8) over site (weight 2), severity (weight 3)");
    expect(new Set(suggestions.map(({ of }) => of))).toEqual(new Set(["list", "trial"]));
    // What a guesser knows follows from the trial that the plan names.
    expect(answer["guesser"]).toMatchObject({ trial: "NCT06853522", part: "main", from: "masking" });
    expect(answer["files"]).toEqual(["figures/suggest.trade-off.svg", "figures/suggest.trade-off.csv"]);
    const [header, first, ...others] = desk.read("figures/suggest.trade-off.csv").trim().split("\n");
    expect(header).toContain("predictability");
    expect(first).toContain("MIN 0.8 2:3");
    expect(others.some((row) => row.startsWith("CR,"))).toBe(true);
    expect(others).toHaveLength(suggestions.length - 1);
    const { stdout } = await desk.run("suggest", "dynamic.yaml", "--n", "48", "--limit-final", "9");
    expect(stdout).toContain(`The design of the plan: `);
    expect(stdout).toMatch(/The planned design, minimization/u);
  });

  it("takes the plan of a list, with the rows of all strata for participants", async () => {
    const desk = makeDesk();
    const plan = DYNAMIC.replace(/procedure:.*/u, "procedure: { kind: permuted-block, sizes: [4], lastBlock: cut }")
      .replaceAll(/, weight: \d/gu, "")
      .replace("factors:", "strata:")
      .replace("length: 24", "length: 12");
    desk.write("plan.yaml", plan);
    const { answer } = await desk.json("suggest", "plan.yaml");
    const suggestions = answer["suggestions"] as { design: string; reasons: { text: string }[]; of: string }[];
    const planned = suggestions[(answer["planned"] as number) - 1]!;
    expect(planned.design).toContain("permuted blocks of 4");
    expect(planned.of).toBe("list");
    // Four strata of 12 rows: 48 participants, and lists of 12 rows again.
    expect(planned.reasons.map(({ text }) => text).join()).toContain("a list of 12 rows");
    // Lengths of their own are the expected shares: site 02 has twice the rows.
    desk.write("uneven.yaml", `${plan}lengths: [{ stratum: { site: "02" }, length: 24 }]\n`);
    const uneven = await desk.json("suggest", "uneven.yaml");
    const stated = await desk.json(
      ...["suggest", "--n", "72", "--ratio", "1:1", "--sites", "2", "--factors", "2", "--shares", "12,12,24,24"],
      ...["--trial", "NCT06853522"],
    );
    const deviationOf = ({ answer: own }: typeof uneven): unknown =>
      (own["suggestions"] as { design: string; pooledDeviation: number }[]).find(({ design }) =>
        design.includes("blocks of 4 and 6"),
      )?.pooledDeviation;
    expect(deviationOf(uneven)).toBe(deviationOf(stated));
    // What is wrong with the plan has its place there.
    desk.write("long.yaml", plan.replace("length: 12", "length: 1600"));
    expect((await desk.json("suggest", "long.yaml")).answer).toMatchObject({
      error: { code: "assessment.rows_invalid", issues: [{ path: "length", file: "long.yaml", line: 9 }] },
    });
    const own = "{ kind: permuted-block, sizes: [2], lastBlock: cut }";
    desk.write("own.yaml", `${plan}procedures: [{ stratum: { site: "02" }, procedure: ${own} }]\n`);
    expect((await desk.json("suggest", "own.yaml")).answer).toMatchObject({
      error: { code: "assessment.option_invalid", issues: [{ path: "procedures" }] },
    });
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
    [["--n", "10"], "cli.option_missing"],
    [["--ratio", "1:1"], "cli.option_missing"],
    [["dynamic.yaml", "--ratio", "1:1"], "cli.option_unneeded"],
    [["--n", "10", "--ratio", "1:1", "--limit-final", "0"], "assessment.option_invalid"],
    [["--n", "10", "--ratio", "1:1", "--sites", "2", "--factor-weights", "1,2"], "assessment.option_invalid"],
  ])("refuses %j with %s", async (options, code) => {
    const desk = makeDesk();
    desk.write("dynamic.yaml", DYNAMIC);
    const { code: exitCode, answer } = await desk.json("suggest", ...options);
    expect([exitCode, answer]).toMatchObject([2, { error: { code } }]);
  });
});

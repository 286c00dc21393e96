import { readFileSync } from "node:fs";
import { stringify } from "csv-stringify/sync";
import { describe, expect, it } from "vitest";
import { makeDesk, type Desk } from "./harness.js";

interface GoldenCase {
  readonly call: string;
  readonly rngKind: readonly string[];
  readonly columns: Readonly<Record<string, readonly (string | number)[]>>;
}

const golden = (file: string): readonly GoldenCase[] => {
  const text = readFileSync(new URL(`../../golden/${file}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: readonly GoldenCase[] }).cases;
};

/** The list as `write.csv` or a spreadsheet would hold it. */
function csvOf({ columns }: GoldenCase): string {
  const names = Object.keys(columns);
  const rows = columns[names[0]!]!.map((_, row) => names.map((name) => columns[name]![row]!));
  return stringify([names, ...rows]);
}

// The calls of the golden lists, in the words of the options file.
const CALLS: Readonly<Record<string, readonly [program: string, options: string]>> = {
  "set.seed(12345); blockrand(n=20)": ["blockrand", "n: 20\nseed: 12345"],
  'set.seed(20250628); blockrand(n=60, levels=c("A","A","B"), num.levels=3, block.sizes=1:4)': [
    "blockrand",
    "n: 60\nseed: 20250628\nlevels: [A, A, B]\nnumLevels: 3\nblockSizes: [1, 2, 3, 4]",
  ],
  'set.seed(99); blockrand(n=40, id.prefix="S1-", block.prefix="B", stratum="Site 01; male", block.sizes=1:4)': [
    "blockrand",
    'n: 40\nseed: 99\nidPrefix: "S1-"\nblockPrefix: B\nstratum: "Site 01; male"\nblockSizes: [1, 2, 3, 4]',
  ],
  'set.seed(7); randolist(20, strata=list(sex=c("M","F")))': ["randotools", "n: 20\nseed: 7\nstrata: { sex: [M, F] }"],
};

function desk(call: string): { readonly desk: Desk; readonly argv: string[]; readonly csv: string } {
  const [program, options] = CALLS[call]!;
  const made = [...golden("blockrand"), ...golden("randotools")].find((known) => known.call === call)!;
  const here = makeDesk();
  here.write("options.yaml", `${options}\nsampleKind: ${made.rngKind[2]!}\n`);
  const csv = csvOf(made);
  here.write("list.csv", csv);
  return { desk: here, csv, argv: ["verify", "list.csv", "--made-with", program, "--options", "options.yaml"] };
}

describe("allocell verify --made-with", { tags: ["RAND-004"] }, () => {
  it.each(Object.keys(CALLS))("makes the list of %s again", async (call) => {
    const { desk: here, argv } = desk(call);
    const { code, stdout } = await here.run(...argv);
    expect(stdout).toMatch(/^VERIFIED: all \d+ rows of list\.csv/);
    expect(code).toBe(0);
  });

  it("names the first row and column that differ", async () => {
    const { desk: here, argv, csv } = desk("set.seed(12345); blockrand(n=20)");
    const lines = csv.split("\n");
    const swapped = lines[4]!.endsWith("A") ? lines[4]!.replace(/A$/, "B") : lines[4]!.replace(/B$/, "A");
    here.write("list.csv", [...lines.slice(0, 4), swapped, ...lines.slice(5)].join("\n"));
    const { code, answer } = await here.json(...argv);
    expect(code).toBe(1);
    expect(answer).toMatchObject({ same: false, firstDifference: { row: 4, column: "treatment" } });
  });

  it("finds a list that a spreadsheet re-sorted, and one that was cut", async () => {
    const { desk: here, argv, csv } = desk("set.seed(12345); blockrand(n=20)");
    const [header, ...rows] = csv.trimEnd().split("\n");
    here.write("list.csv", [header, ...rows.reverse()].join("\n"));
    expect((await here.run(...argv)).code).toBe(1);
    here.write("list.csv", [header, ...rows.reverse().slice(0, -1)].join("\n"));
    expect((await here.run(...argv)).code).toBe(1);
  });

  it("finds leading zeros that a spreadsheet dropped", async () => {
    const call = Object.keys(CALLS)[2]!;
    const { desk: here, argv, csv } = desk(call);
    here.write("list.csv", csv.replace("S1-01", "S1-1"));
    const { answer } = await here.json(...argv);
    expect(answer).toMatchObject({ firstDifference: { row: 1, column: "id", expected: "S1-01", received: "S1-1" } });
  });

  it.each([
    ["an unknown option", "n: 20\nseed: 1\nsampleKind: Rejection\nratio: 2", "madeWith.options_invalid"],
    ["no seed", "n: 20\nsampleKind: Rejection", "madeWith.options_invalid"],
    [
      "levels beside another number of levels",
      "n: 20\nseed: 1\nsampleKind: Rejection\nlevels: [A, B]\nnumLevels: 3",
      "madeWith.options_conflict",
    ],
  ])("refuses %s", async (_, options, expected) => {
    const { desk: here, argv } = desk("set.seed(12345); blockrand(n=20)");
    here.write("options.yaml", options);
    const { code, answer } = await here.json(...argv);
    expect(code).toBe(2);
    expect(answer).toMatchObject({ error: { code: expected } });
  });

  it("refuses a call without options, a ragged list and a column that stands twice", async () => {
    const { desk: here, argv } = desk("set.seed(12345); blockrand(n=20)");
    expect((await here.json(...argv.slice(0, 4))).answer).toMatchObject({ error: { code: "cli.usage" } });
    here.write("list.csv", "id,treatment\n1,A,B\n");
    expect((await here.json(...argv)).answer).toMatchObject({ error: { code: "cli.csv_broken" } });
    here.write("list.csv", '"";"id";"treatment"\n"1";1;"A"\n');
    expect((await here.json(...argv)).answer).toMatchObject({
      error: { code: "cli.csv_header", message: expect.stringContaining("semicolons") as string },
    });
    here.write("list.csv", "id,id\n1,A\n");
    expect((await here.json(...argv)).answer).toMatchObject({ error: { code: "cli.csv_header" } });
  });

  it("says with which version a list of blockrand 1.3 fits", async () => {
    // Drawn by blockrand 1.3 in R before 3.6: set.seed(2015); blockrand(n = 24, block.sizes = 4).
    const treatments = "BAABABABABABAABBABABABABBAAB";
    const blocks = [2, 2, 4, 4, 4, 4, 8].flatMap((size, i) => Array.from({ length: size }, () => [i + 1, size]));
    const desk = makeDesk();
    const lines = Array.from(treatments, (treatment, i) => [i + 1, ...blocks[i]!, treatment].join(","));
    desk.write("br13.csv", ["id,block.id,block.size,treatment", ...lines, ""].join("\n"));
    desk.write("call.yaml", "seed: 2015\nsampleKind: Rounding\nn: 24\nblockSizes: [4]\n");
    const argv = ["verify", "br13.csv", "--made-with", "blockrand", "--options", "call.yaml"];
    const { code, stdout } = await desk.run(...argv);
    expect(stdout).toContain("It fits blockrand 1.3 with sample() of the kind Rounding.");
    expect(code).toBe(0);
    desk.write("call.yaml", "seed: 2015\nsampleKind: Rejection\nn: 24\nblockSizes: [4]\n");
    expect((await desk.json(...argv)).answer).toMatchObject({
      same: true,
      fits: { programVersion: "1.3", sampleKind: "Rounding" },
    });
    desk.write("call.yaml", 'seed: 2015\nsampleKind: Rounding\nversion: "1.5"\nn: 24\nblockSizes: [4]\n');
    expect((await desk.run(...argv)).code).toBe(1);
  });

  it("compares the columns that a published list has", async () => {
    const desk = makeDesk();
    const lines = Array.from("BABAABBBAA", (treatment, i) => `${i + 1},${treatment}`);
    desk.write("sub.csv", ["id,treatment", ...lines, ""].join("\n"));
    desk.write("call.yaml", "seed: 1\nsampleKind: Rejection\nn: 8\nstratum: s\n");
    const argv = ["verify", "sub.csv", "--made-with", "blockrand", "--options", "call.yaml"];
    expect((await desk.run(...argv)).stdout).toContain("does not have: stratum, block.id, block.size.");
  });
});

describe("allocell verify --made-with randomizeR", { tags: ["RAND-004"] }, () => {
  it("reads the file of saveRand() and a CSV, and says with which kind of sample() it fits", async () => {
    const desk = makeDesk();
    const treatments = Array.from("BBAABBABAB", (arm) => arm);
    const saved = [
      "This document was generated on Mon Jan 01 2024 at 10:00:00.\n",
      "\nRandomization Method: BSD(2) \n",
      "groups:\tA, B",
      '"Allocation"\t"Treatment"',
      ...treatments.map((arm, i) => `${i + 1}\t"${arm}"`),
      "",
    ];
    desk.write("saved.csv", saved.join("\n"));
    desk.write("call.yaml", "seed: 42\nsampleKind: Rejection\nprocedure: BSD\nN: 10\nmti: 2\n");
    const argv = ["--made-with", "randomizeR", "--options", "call.yaml"];
    const { code, stdout } = await desk.run("verify", "saved.csv", ...argv);
    expect(stdout).toContain("VERIFIED: all 10 rows of saved.csv");
    expect(code).toBe(0);
    desk.write("list.csv", ["Treatment", ...treatments, ""].join("\n"));
    expect((await desk.run("verify", "list.csv", ...argv)).stdout).toContain("does not have: Allocation.");
    desk.write("list.csv", ["Treatment", ...treatments.slice(1), "A", ""].join("\n"));
    expect((await desk.run("verify", "list.csv", ...argv)).code).toBe(1);
  });
});

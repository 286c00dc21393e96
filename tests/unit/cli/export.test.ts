import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sheetRows } from "../../../src/cli/readWorkbook.js";
import { makeDesk, PLAN, type Desk } from "./harness.js";

const MAP = `to: redcap
target: open
targetField: treatment
header: "14.7"
arms: { low: "1", medium: "2", high: "3", placebo: "4" }
factors:
  site: { field: redcap_data_access_group, codes: { "01": "101", "02": "102" } }
`;

async function desk(): Promise<Desk> {
  const made = makeDesk();
  made.write("plan.yaml", PLAN);
  made.write("map.yaml", MAP);
  await made.run("list", "plan.yaml", "--test-seed", "export", "--out", "T");
  await made.run("seed", "--out", "seed.txt");
  await made.run("list", "plan.yaml", "--seed-file", "seed.txt", "--out", "L");
  return made;
}

const filesIn = (path: string): readonly string[] => readdirSync(path).sort();
const export_ = ["export", "L", "--to", "redcap", "--map", "map.yaml"];

describe("allocell export", () => {
  it(
    "writes production and development tables and a manifest with their hashes, for their owner alone",
    { tags: ["SEC-003"] },
    async () => {
      const at = await desk();
      const { code, stdout } = await at.run(...export_, "--development", "T", "--out", "X");
      expect([code, stdout.split("\n")[0]]).toEqual([
        0,
        "X (UNBLINDED: every row tells a treatment that is still to come)",
      ]);
      const names = filesIn(at.path("X"));
      expect(names).toEqual([
        "SLE-SD-01_LIVE_UNBLINDED_redcap-production.csv",
        "SLE-SD-01_LIVE_UNBLINDED_redcap.manifest.json",
        "SLE-SD-01_TEST_UNBLINDED_redcap-development.csv",
      ]);
      for (const name of names) expect(statSync(at.path(`X/${name}`)).mode & 0o077, name).toBe(0);
      const manifest = JSON.parse(at.read("X/SLE-SD-01_LIVE_UNBLINDED_redcap.manifest.json")) as Record<
        string,
        unknown
      >;
      expect(manifest).toMatchObject({
        format: "allocell-export-1",
        to: "redcap",
        lists: [{ status: "LIVE" }, { status: "TEST" }],
      });
      expect(manifest["files"]).toHaveLength(2);
    },
  );

  it("writes into a folder named after list, status and format where --out is not given, and never over one", async () => {
    const at = await desk();
    expect((await at.run(...export_)).code).toBe(0);
    expect(filesIn(at.path("SLE-SD-01_LIVE_UNBLINDED_redcap"))).toHaveLength(2);
    const { code, answer } = await at.json(...export_);
    expect([code, (answer["error"] as { code: string }).code]).toEqual([2, "cli.output_exists"]);
  });

  it.each([
    ["two arms with one code", MAP.replace('"2"', '"1"'), "exchange.map_invalid", "arms.medium"],
    ["a missing level", MAP.replace(', "02": "102"', ""), "exchange.map_invalid", "factors.site.codes.02"],
    ["an unknown column", `${MAP}columns: []\n`, "exchange.map_invalid", "columns"],
    ["no map at all", "- 1\n", "cli.not_a_map", "map.yaml"],
  ])("with %s says where, and writes nothing", async (_, map, code, path) => {
    const at = await desk();
    at.write("map.yaml", map);
    const before = filesIn(at.cwd);
    const { answer } = await at.json(...export_, "--out", "X");
    const [issue] = (answer["error"] as { issues: [{ code: string; path: string; file: string }] }).issues;
    expect(issue).toMatchObject({ code, path, file: "map.yaml" });
    expect(filesIn(at.cwd)).toEqual(before);
  });

  it("refuses a master list that is not the one of its manifest", async () => {
    const at = await desk();
    const file = "L/SLE-SD-01.UNBLINDED.master.csv";
    at.write(file, at.read(file).replace(",low\r", ",placebo\r"));
    const { answer } = await at.json(...export_, "--out", "X");
    expect((answer["error"] as { code: string }).code).toBe("cli.list_differs");
  });

  it("refuses a LIVE list for development, and a TEST list for production", async () => {
    const at = await desk();
    for (const [folder, other] of [
      ["L", "L"],
      ["T", "T"],
      ["T", "L"],
    ] as const) {
      const { answer } = await at.json("export", folder, "--to", "redcap", "--map", "map.yaml", "--development", other);
      expect((answer["error"] as { code: string }).code).toBe("exchange.development_not_test");
    }
  });

  it("refuses two equal tables, as REDCap does, and leaves nothing", async () => {
    const at = makeDesk();
    // One row, no numbers: the two tables are equal for half of all seeds.
    at.write(
      "map.yaml",
      MAP.replace('"14.7"', "before-14.7")
        .replace(/medium.*placebo: "4"/, 'placebo: "4"')
        .replace(/factors[^]*/, ""),
    );
    at.write(
      "plan.yaml",
      PLAN.replace(/medium: 1, high: 1, /, "")
        .replace(/strata[^]*/, "length: 1\n")
        .replace("8]", "8], lastBlock: cut"),
    );
    await at.run("seed", "--out", "seed.txt");
    await at.run("list", "plan.yaml", "--seed-file", "seed.txt", "--out", "L");
    const codes = new Set<unknown>();
    for (let i = 0; i < 8; i += 1) {
      await at.run("list", "plan.yaml", "--test-seed", `seed ${i}`, "--out", `T${i}`);
      const { code, answer } = await at.json(...export_, "--development", `T${i}`, "--out", `X${i}`);
      codes.add(code === 0 ? 0 : (answer["error"] as { code: string }).code);
      if (code !== 0) expect(filesIn(at.cwd)).not.toContain(`X${i}`);
    }
    expect([...codes].sort()).toEqual([0, "exchange.tables_equal"]);
  });
});

describe("allocell verify --uploaded", () => {
  const verify = ["verify", "L", "--uploaded", "up.csv", "--from", "redcap", "--map", "map.yaml"];

  it("finds the same, an edited, a re-sorted and a cut file", async () => {
    const at = await desk();
    await at.run(...export_, "--out", "X");
    const text = at.read("X/SLE-SD-01_LIVE_UNBLINDED_redcap-production.csv");
    const [header = "", ...rows] = text.trimEnd().split("\r\n");
    const told: unknown[] = [];
    for (const lines of [
      rows,
      rows.map((row, i) => (i === 4 ? row.replace(/,\d,/, ",9,") : row)),
      [...rows].reverse(),
      rows.slice(1),
    ]) {
      at.write("up.csv", `\uFEFF${[header, ...lines].join("\n")}\n`);
      const { code, answer } = await at.json(...verify);
      told.push([
        code,
        answer["same"],
        answer["world"],
        (answer["firstDifference"] as { kind?: string } | undefined)?.kind,
      ]);
    }
    expect(told).toEqual([
      [0, true, undefined, undefined],
      [1, false, "unblinded", "edited"],
      [1, false, "unblinded", "re-sorted"],
      [1, false, "unblinded", "edited"],
    ]);
  });

  it("needs format and map, and a file that can be read", async () => {
    const at = await desk();
    const codeOf = async (...argv: string[]): Promise<unknown> =>
      ((await at.json(...argv)).answer["error"] as { code: string }).code;
    expect(await codeOf("verify", "L", "--uploaded", "up.csv")).toBe("cli.option_missing");
    at.write("up.csv", 'a,"b\n');
    expect(await codeOf(...verify)).toBe("cli.csv_broken");
  });
});

describe("allocell init map", () => {
  it("writes a template of a plan or of a list's folder, which is refused until it is filled in", async () => {
    const at = await desk();
    expect((await at.run("init", "map", "plan.yaml", "--to", "redcap", "--out", "a.yaml")).code).toBe(0);
    expect((await at.run("init", "map", "L", "--to", "redcap")).code).toBe(0);
    expect(at.read("SLE-SD-01.redcap.map.yaml")).toBe(at.read("a.yaml"));
    const { answer } = await at.json("export", "L", "--to", "redcap", "--map", "a.yaml");
    const { issues } = answer["error"] as { issues: { line: number }[] };
    expect(issues).toHaveLength(10);
    expect(issues.every(({ line }) => line > 2)).toBe(true);
  });
});

describe("allocell export --to edc-core", () => {
  const EXPORT = ["export", "T", "--to", "edc-core", "--log", "t.log"];
  const FILE = "SLE-SD-01_TEST_UNBLINDED_edc-core.jsonl";
  const assign = (at: Desk, participant: string): Promise<unknown> =>
    at.run("assign", "t.log", "--participant", participant, "--stratum", "site=01", "--actor", "Desk");
  const linesIn = (at: Desk, file: string): { receipt: string; assignment: Record<string, unknown> }[] =>
    at
      .read(file)
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { receipt: string; assignment: Record<string, unknown> });
  const opened = async (): Promise<Desk> => {
    const at = await desk();
    await at.run("log", "open", "t.log", "--list", "T", "--actor", "Desk");
    return at;
  };

  it("writes a line for each assignment, with its receipt and the arm of the list; later lines come at the end", async () => {
    const at = await opened();
    const first = (await at.json("assign", "t.log", "--participant", "P-1", "--stratum", "site=01", "--actor", "Desk"))
      .answer;
    await assign(at, "P-2");
    const { answer } = await at.json(...EXPORT, "--out", "A");
    expect(answer).toMatchObject({ world: "unblinded", to: "edc-core", status: "TEST", withoutArm: [] });
    const lines = linesIn(at, `A/${FILE}`);
    const rows = at.read("T/SLE-SD-01.TEST.UNBLINDED.master.csv").split("\r\n");
    const arm = rows
      .find((row) => row.includes(String(first["number"])))
      ?.split(",")
      .at(-1);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toEqual({
      receipt: first["receipt"],
      assignment: {
        subjectKey: "P-1",
        arm,
        randomizationId: first["number"],
        assignedAt: "2026-01-10T08:00:00.000Z",
        strata: { site: "01" },
        source: "allocell",
      },
    });
    const why = ["--reason", "why", "--actor", "Desk"];
    await at.run("log", "record", "t.log", "replaced", "--participant", "P-1", "--by", "P-3", ...why);
    const forced = ["--stratum", "site=02", "--position", "used"];
    await at.run("log", "record", "t.log", "forced", "--participant", "P-4", ...forced, ...why);
    const again = await at.json(...EXPORT, "--out", "B");
    expect(again.answer["withoutArm"]).toEqual(["P-4"]);
    expect(linesIn(at, `B/${FILE}`).map(({ assignment }) => assignment["subjectKey"])).toEqual(["P-1", "P-2", "P-3"]);
    expect(at.read(`B/${FILE}`).startsWith(at.read(`A/${FILE}`))).toBe(true);
  });

  it("refuses a list that is not the log's, and asks for the log", async () => {
    const at = await opened();
    const code = async (...argv: string[]): Promise<unknown> =>
      ((await at.json("export", ...argv)).answer["error"] as { code: string }).code;
    expect(await code("L", "--to", "edc-core", "--log", "t.log")).toMatch(/^c/);
    expect(await code("T", "--to", "edc-core")).toBe("cli.option_missing");
    expect(await code("T", "--to", "xlsx", "--log", "t.log")).toBe("cli.option_unneeded");
    expect(filesIn(at.cwd)).toEqual(["L", "T", "map.yaml", "plan.yaml", "seed.txt", "t.log"]);
  });
});

describe("allocell export --to xlsx", () => {
  const rowsIn = async (at: Desk, file: string, sheet?: string): Promise<readonly (readonly string[])[]> =>
    (await sheetRows(readFileSync(at.path(file)), file, sheet)).rows;
  const csvRows = (at: Desk, file: string): readonly (readonly string[])[] =>
    at
      .read(file)
      .split("\r\n")
      .filter((line) => line !== "")
      .map((line) => line.split(","));

  it("writes the master list and the blinded list as workbooks whose cells are the CSV's, as texts", async () => {
    const at = await desk();
    expect((await at.run("export", "T", "--to", "xlsx")).stdout).toContain("UNBLINDED");
    expect(filesIn(at.path("SLE-SD-01_TEST_UNBLINDED_xlsx"))).toEqual([
      "SLE-SD-01_TEST_UNBLINDED_master.xlsx",
      "SLE-SD-01_TEST_UNBLINDED_xlsx.manifest.json",
      "SLE-SD-01_TEST_blinded_list.xlsx",
    ]);
    const folder = "SLE-SD-01_TEST_UNBLINDED_xlsx/SLE-SD-01_TEST";
    expect(await rowsIn(at, `${folder}_UNBLINDED_master.xlsx`)).toEqual(
      csvRows(at, "T/SLE-SD-01.TEST.UNBLINDED.master.csv"),
    );
    const blinded = await rowsIn(at, `${folder}_blinded_list.xlsx`);
    expect(blinded).toEqual(csvRows(at, "T/SLE-SD-01.TEST.blinded.csv"));
    expect(blinded[1]?.[2]).toBe("01");
    expect(blinded.flat().join()).not.toMatch(/low|medium|high|placebo/);
    expect(JSON.parse(at.read(`${folder}_UNBLINDED_xlsx.manifest.json`))).toMatchObject({
      to: "xlsx",
      status: "TEST",
      files: [
        {
          file: "SLE-SD-01_TEST_UNBLINDED_master.xlsx",
          rows: csvRows(at, "T/SLE-SD-01.TEST.UNBLINDED.master.csv").length - 1,
          sheets: 1,
        },
        { rows: 48 },
      ],
    });
  });

  it("writes a sheet for each stratum, and the same bytes each time", async () => {
    const at = await desk();
    for (const out of ["A", "B"]) await at.run("export", "L", "--to", "xlsx", "--sheets", "strata", "--out", out);
    const file = "SLE-SD-01_LIVE_UNBLINDED_master.xlsx";
    expect(readFileSync(at.path(`A/${file}`))).toEqual(readFileSync(at.path(`B/${file}`)));
    const archive = readFileSync(at.path(`A/${file}`));
    for (let i = archive.indexOf("PK\x03\x04"); i >= 0; i = archive.indexOf("PK\x03\x04", i + 1)) {
      // Noon of 1 January 1980.
      expect(archive.readUInt32LE(i + 10)).toBe(0x00216000);
    }
    const [titles, ...rows] = csvRows(at, "L/SLE-SD-01.UNBLINDED.master.csv");
    for (const site of ["01", "02"]) {
      expect(await rowsIn(at, `A/${file}`, site)).toEqual([titles, ...rows.filter((row) => row[2] === site)]);
    }
  });

  it("writes kits too", async () => {
    const at = await desk();
    at.write("k.yaml", "{ trial: NCT07041801, list: K-1, prefix: KM, batches: [[{ arm: low, count: 3 }]] }");
    await at.run("kits", "k.yaml", "--test-seed", "x");
    const { answer } = await at.json("export", "K-1", "--to", "xlsx", "--out", "X");
    expect(answer).toMatchObject({ list: "K-1", status: "TEST", to: "xlsx" });
    expect(await rowsIn(at, "X/K-1_TEST_blinded_kits.xlsx")).toEqual(csvRows(at, "K-1/K-1.TEST.blinded.kits.csv"));
    expect(await rowsIn(at, "X/K-1_TEST_UNBLINDED_kits.xlsx")).toEqual(csvRows(at, "K-1/K-1.TEST.UNBLINDED.kits.csv"));
  });

  it("takes no map, needs one for every other system, and refuses a blinded list that is not its manifest's", async () => {
    const at = await desk();
    const code = async (...argv: string[]): Promise<unknown> =>
      ((await at.json("export", ...argv)).answer["error"] as { code: string }).code;
    expect(await code("L", "--to", "xlsx", "--map", "map.yaml")).toBe("cli.option_unneeded");
    expect(await code("L", "--to", "redcap")).toBe("cli.option_missing");
    expect(await code("map.yaml", "--to", "xlsx")).toBe("cli.folder_missing");
    const file = "L/SLE-SD-01.blinded.csv";
    at.write(file, at.read(file).replace("R010001", "R010009"));
    expect(await code("L", "--to", "xlsx")).toBe("cli.list_differs");
    expect(filesIn(at.cwd)).toEqual(["L", "T", "map.yaml", "plan.yaml", "seed.txt"]);
  });
});

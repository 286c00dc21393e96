/* A list that a vendor made, taken over and used: as its statistician would, with the commands alone. */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { listFileNames } from "../../../src/list/index.js";
import { workbookOfSheets } from "../../../src/cli/writeWorkbook.js";
import { makeDesk, type Desk, type Outcome } from "./harness.js";

const PLAN = `trial: NCT07041801
part: single-dose
list: V-01
arms: { low: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [4] }
strata: [{ factor: site, levels: ["01", "02"] }]
length: 8
`;
const MAP = `to: csv
separator: semicolon
columns:
  - { title: Rand_No, from: number }
  - { title: Group, from: arm }
  - { title: Centre, from: site }
  - { title: Block, from: block }
arms: { low: A, placebo: B }
factors: { site: { field: Centre, codes: { "01": Berlin, "02": Basel } } }
`;
const ARMS = Array.from("ABBAAABBBABABBAA");
const NUMBERS = [4898, 9916, 3136, 7061, 8766, 2073, 1215, 8687, 5249, 4839, 4141, 8704, 9863, 8804, 7506, 3467];
const lineOf = (i: number): string =>
  [NUMBERS[i], ARMS[i], i < 8 ? "Berlin" : "Basel", `B${Math.floor(i / 4)}`, "2026"].join(";");
const TABLE = ["Rand_No;Group;Centre;Block;Made", ...NUMBERS.map((_, i) => lineOf(i)), ""].join("\n");
const ANSWERS = ["--assume", "masking.unblindedRoles=statistician, pharmacy", "--assume", "placebo.composition=saline"];
const WHO = ["--actor", "Desk"];

let desk: Desk;
beforeEach(() => {
  desk = makeDesk();
  desk.write("plan.yaml", PLAN);
  desk.write("map.yaml", MAP);
  desk.write("vendor.csv", TABLE);
});
const adopt = (file: string, ...more: string[]): Promise<Outcome> =>
  desk.run("adopt", file, "--map", "map.yaml", "--plan", "plan.yaml", ...more);
const assign = (participant: string, site: string, ...more: string[]): Promise<Outcome> =>
  desk.run("assign", "t.log", "--participant", participant, "--stratum", `site=${site}`, ...WHO, ...more);

describe("adopt", { tags: ["EXCH-003"] }, () => {
  it("makes a list's folder that says where it comes from, and is verified without a seed", async () => {
    const made = await adopt("vendor.csv", "--system", "Vendor RTSM 4.1", "--by", "S. Tatistician");
    expect(made.stdout).toContain("LIVE LIST V-01, ADOPTED");
    expect(made.stdout).toContain("taken over from vendor.csv (Vendor RTSM 4.1); it has no seed");
    expect(made.stdout).toContain("the map does not name them: column Made");
    expect(readdirSync(desk.path("V-01")).sort()).toEqual(Object.values(listFileNames("V-01", "LIVE")).sort());
    const manifest = JSON.parse(desk.read("V-01/V-01.UNBLINDED.manifest.json")) as Record<string, unknown>;
    expect(manifest["generation"]).toMatchObject({ by: "S. Tatistician", at: "2026-01-10T08:00:00.000Z" });
    expect(manifest["adopted"]).toMatchObject({ system: "Vendor RTSM 4.1", source: { file: "vendor.csv" } });
    expect(manifest).not.toHaveProperty("seedMark");
    for (const name of ["V-01.blinded.csv", "V-01.blinded.json", "V-01.blinded.manifest.json"]) {
      expect(desk.read(`V-01/${name}`)).not.toMatch(/low|placebo|vendor|[0-9a-f]{64}.*source/iu);
    }
    const checked = await desk.run("verify", "V-01", "--source", "vendor.csv");
    expect(checked.code).toBe(0);
    expect(checked.stdout).toContain(
      "VERIFIED: all files of the adopted LIVE list V-01 (16 rows) are what manifest and source say (adopted, not made from a seed).",
    );
    expect(checked.stdout.replace(/\s+/gu, " ")).toContain("is the file that was adopted, byte for byte");
  });

  it("tells every fault at its line and column, and writes nothing", async () => {
    desk.write("bad.csv", TABLE.replace("9916;B", "4898;C").replace("7061;A;Berlin", "7061;A;Bern"));
    const { code, answer } = await (async () => {
      const { code: exit, stderr } = await adopt("bad.csv", "--json");
      return { code: exit, answer: JSON.parse(stderr) as { error: { issues: Record<string, unknown>[] } } };
    })();
    expect(code).toBe(2);
    expect(answer.error.issues.map(({ code: own, file, line, path }) => [own, file, line, path])).toEqual([
      ["exchange.cell_invalid", "bad.csv", 3, "Group"],
      ["exchange.cell_invalid", "bad.csv", 5, "Centre"],
      ["list.adopted_number_twice", "bad.csv", 3, "Rand_No"],
    ]);
    expect(existsSync(desk.path("V-01"))).toBe(false);
    desk.write("short.csv", TABLE.split("\n").slice(0, 12).join("\n"));
    const short = await adopt("short.csv");
    expect(short.stderr).toContain("the table has 3 rows, and the plan says 8");
    expect(short.stderr).toContain("plan.yaml, line 7");
  });

  it.each([
    ["a level that is missing", MAP.replace(', "02": Basel', ""), "factors.site.codes.02"],
    ["two arms with one code", MAP.replace("placebo: B", "placebo: A"), "arms.placebo"],
    ["a column that the table has not", MAP.replace("title: Group", "title: Treatment"), "Treatment"],
    ["no column of the arm", MAP.replace(/.*Group.*\n/u, ""), "arm"],
    ["a format that there is not", MAP.replace("to: csv", "to: excel"), "to"],
  ])("refuses a map with %s, and writes nothing", async (_, map, path) => {
    desk.write("map.yaml", map);
    const { code, stderr } = await adopt("vendor.csv");
    expect(code).toBe(2);
    expect(stderr).toContain(path);
    expect(existsSync(desk.path("V-01"))).toBe(false);
  });

  it("finds a file of the folder that was changed, and a table that is not the source", async () => {
    await adopt("vendor.csv");
    const files = ["UNBLINDED.master.csv", "UNBLINDED.master.json", "blinded.csv", "blinded.json"];
    for (const file of files) {
      const before = desk.read(`V-01/V-01.${file}`);
      desk.write(`V-01/V-01.${file}`, before.replace("4898", "4899"));
      const { code, stdout } = await desk.run("verify", "V-01");
      expect([file, code]).toEqual([file, 1]);
      expect(stdout).toMatch(new RegExp(`V-01\\.${file.replaceAll(".", "\\.")} +DIFFERS`, "u"));
      desk.write(`V-01/V-01.${file}`, before);
    }
    desk.write("other.csv", TABLE.replace("4898;A", "4898;B").replace("9916;B", "9916;A"));
    const { code, answer } = await desk.json("verify", "V-01", "--source", "other.csv");
    expect(code).toBe(1);
    expect(answer["files"]).toContainEqual(expect.objectContaining({ file: "other.csv", verdict: "differs" }));
    desk.write("spaced.csv", TABLE.replaceAll("\n", "\r\n"));
    const spaced = await desk.run("verify", "V-01", "--source", "spaced.csv");
    expect([spaced.code, spaced.stdout.replace(/\s+/gu, " ").includes("in a file of other bytes")]).toEqual([0, true]);
    await desk.run("list", "plan.yaml", "--test-seed", "x", "--out", "made");
    const made = await desk.run("verify", "made", "--test-seed", "x", "--source", "vendor.csv");
    expect([made.code, made.stderr.includes("cli.option_unneeded")]).toEqual([2, true]);
  });

  it("refuses whatever needs a seed", async () => {
    await adopt("vendor.csv");
    const calls = [
      ["verify", "V-01", "--test-seed", "x"],
      ["envelopes", "V-01", "--test-seed", "x"],
      ["audit", "V-01", "--test-seed", "x"],
      ["script", "V-01", "--lang", "python"],
      ["list", "plan.yaml", "--test-seed", "x", "--extends", "V-01", "--out", "longer"],
    ];
    for (const call of calls) {
      const { code, stderr } = await desk.run(...call);
      expect([call[0], code, stderr.includes("list.adopted_has_no_seed")]).toEqual([call[0], 2, true]);
    }
  });

  it("takes an empty seed, as a page passes it on, for none", async () => {
    await adopt("vendor.csv");
    expect((await desk.run("verify", "V-01", "--test-seed", "")).code).toBe(0);
  });

  it("reads a workbook, and takes TEST for the list of a trial run", async () => {
    const rows = TABLE.trimEnd()
      .split("\n")
      .map((line) => line.split(";"));
    writeFileSync(desk.path("vendor.xlsx"), workbookOfSheets([{ sheet: "vendor", rows }]));
    const { code, answer } = await desk.json(
      ...["adopt", "vendor.xlsx", "--map", "map.yaml", "--plan", "plan.yaml", "--test", "--out", "T"],
    );
    expect([code, answer["status"], answer["origin"]]).toEqual([0, "TEST", "adopted"]);
    const [first, second] = desk.read("T/V-01.TEST.UNBLINDED.master.csv").split("\r\n");
    expect(first).toBe("status,list,site,sequence,number,block,block_size,position,arm");
    expect(second).toBe("TEST,V-01,01,1,4898,1,4,1,low");
    expect((await desk.run("verify", "T", "--source", "vendor.xlsx")).code).toBe(0);
    expect((await desk.run("envelopes", "T")).code).toBe(0);
  });

  it("of a table without blocks has an audit that judges what can be judged, and fails nothing", async () => {
    desk.write("map.yaml", MAP.replace(/.*Block.*\n/u, ""));
    await adopt("vendor.csv");
    const audit = await desk.run("audit", "V-01");
    expect([audit.code, audit.stdout.includes("FAIL")]).toEqual([0, false]);
    expect(audit.stdout.replace(/\s+/gu, " ")).toMatch(
      / 5 n\/a Every block .* adopted from a table without blocks: what its blocks are is not known\. 6 pass /u,
    );
    const inChinese = await desk.run("--lang", "zh", "audit", "V-01");
    expect(inChinese.stdout.replace(/\s+/gu, "")).toContain("该随机分配表接收自没有区组列的表格，其区组未知。");
    desk.write("plan.yaml", PLAN.replace("sizes: [4]", "sizes: [4], lastBlock: cut").replace("length: 8", "length: 7"));
    desk.write(
      "cut.csv",
      TABLE.split("\n")
        .filter((_, i) => i !== 8 && i !== 16)
        .join("\n"),
    );
    await adopt("cut.csv", "--out", "cut");
    const cut = await desk.run("audit", "cut");
    expect([cut.code, cut.stdout.includes("FAIL")]).toEqual([0, false]);
    expect(cut.stdout).toMatch(/^ 6 {2}WARN /mu);
  });

  it("is audited by its own marks: a vendor's numbers do not say TEST, and are no fault", async () => {
    const PLAIN = / 8 person .* are another system's, and do not show whether they are (\w+): /u;
    const audit = async (folder: string, ...more: string[]): Promise<readonly [number, string]> => {
      const { code, stdout } = await desk.run("audit", folder, ...more);
      return [code, stdout.replace(/\s+/gu, " ")];
    };
    await adopt("vendor.csv", "--test", "--out", "T");
    const [code, said] = await audit("T");
    expect([code, said.includes("FAIL"), PLAIN.exec(said)?.[1]]).toEqual([0, false, "TEST"]);
    // A vendor's LIVE number may begin with T.
    desk.write("t.csv", TABLE.replaceAll(/^(\d{4});/gmu, "T$1;"));
    await adopt("t.csv", "--out", "L");
    const [live, saidOfLive] = await audit("L");
    expect([live, saidOfLive.includes("FAIL"), PLAIN.exec(saidOfLive)?.[1]]).toEqual([0, false, "LIVE"]);
    // What can be taken for the other list still fails: one number in both, and a file that does not say TEST.
    await adopt("vendor.csv", "--out", "same");
    const [shared, saidOfShared] = await audit("same", "--other", "T");
    expect([shared, saidOfShared]).toEqual([1, expect.stringMatching(/ 8 FAIL .*16 numbers/u)]);
    desk.write("T/V-01.envelopes.json", "{}\n");
    expect(await audit("T")).toEqual([1, expect.stringMatching(/ 8 FAIL .*name of a file of this TEST list/u)]);
    // Numbers that were made here are held to their form as before.
    desk.write("map.yaml", MAP.replace(/.*Rand_No.*\n/u, ""));
    await adopt("vendor.csv", "--test", "--out", "own");
    expect((await audit("own"))[1]).not.toMatch(PLAIN);
  });

  it("has a record that names the source as it is called, and the TEST list as what was made", async () => {
    desk.write("V_1_TEST.csv", TABLE);
    await adopt("V_1_TEST.csv", "--test", "--by", "S. Tatistician", "--out", "T");
    const made = await desk.run("describe", "T", "--document", "record");
    expect(made.stdout).toContain("V\\_1\\_TEST.csv (");
    expect(made.stdout).toContain("| TEST list made, format and upload checked | S. Tatistician | 2026-01-10 | ");
    expect(made.stdout).toMatch(/\| LIVE list generated \| _+ \| _+ \|/u);
    await adopt("vendor.csv");
    const live = await desk.run("describe", "V-01", "--document", "record");
    expect(live.stdout).toMatch(/checked \| _+ \| _+ \|.*\n\| LIVE list generated \| _+ \| 2026-01-10 \|/u);
  });

  it("gives back a list that this package exported, row by row", async () => {
    await desk.run("seed", "--out", "seed.txt");
    await desk.run("list", "plan.yaml", "--seed-file", "seed.txt", "--out", "own");
    await desk.run("export", "own", "--to", "csv", "--map", "map.yaml", "--out", "X");
    expect((await adopt("X/V-01_LIVE_UNBLINDED_table.csv", "--out", "again")).code).toBe(0);
    for (const file of ["UNBLINDED.master.csv", "UNBLINDED.master.json", "blinded.csv", "blinded.json"]) {
      expect(desk.read(`again/V-01.${file}`)).toBe(desk.read(`own/V-01.${file}`));
    }
  });
});

describe("an adopted list, from its log to its audit", { tags: ["EXCH-003"] }, () => {
  it("is used like any other", async () => {
    await adopt("vendor.csv", "--by", "S. Tatistician");
    const must = async (...argv: string[]): Promise<string> => {
      const { code, stdout, stderr } = await desk.run(...argv);
      expect([argv.join(" "), code, stderr]).toEqual([argv.join(" "), 0, ""]);
      return stdout;
    };
    await must("log", "open", "t.log", "--list", "V-01", ...WHO);
    expect((await assign("P-1", "01")).stdout).toContain("4898");
    expect((await assign("P-2", "02", "--unblinded", "V-01")).stdout).toMatch(/5249[\s\S]*placebo/u);
    expect(await must("log", "verify", "t.log", "--list", "V-01")).toContain("is the one of this log");
    desk.write(
      "kits.yaml",
      "{ trial: NCT07041801, list: KITS-1, prefix: KM, batches: [[{ arm: low, count: 4 }, { arm: placebo, count: 4 }]] }",
    );
    await desk.run("seed", "--out", "seed.txt");
    const kits = ["--kits", "kits.yaml", "--kits-seed-file", "seed.txt"];
    expect(await must("dispense", "P-1", "--log", "t.log", "--list", "V-01", ...kits, ...WHO)).toMatch(
      /KM[2-9A-Z]{7}/u,
    );
    const roles: readonly string[][] = [
      ...["statistician", "sponsor", "committee"].map((role) => [role]),
      ["pharmacy", ...kits],
      ...["site", "care-provider", "investigator"].map((role) => [role, "--where", "site=01"]),
      ...["participant", "outcomes-assessor"].map((role) => [role, "--participant", "P-1"]),
    ];
    for (const [role = "", ...where] of roles) {
      await must("view", "V-01", "--role", role, "--log", "t.log", "--out", `${role}.json`, ...where, ...ANSWERS);
      const isBlinded = (JSON.parse(desk.read(`${role}.json`)) as { world: string }).world === "blinded";
      if (isBlinded) expect(desk.read(`${role}.json`)).not.toMatch(/low|placebo/u);
    }
    expect(desk.read("statistician.json")).not.toMatch(/seedMark|"key"/u);
    expect(
      await must("unblind", "t.log", "--participant", "P-1", "--reason", "SAE", ...WHO, "--master", "V-01"),
    ).toMatch(/Allocated arm +low/u);
    await must("envelopes", "V-01");
    const [card = ""] = desk.read("V-01-envelopes/V-01.UNBLINDED.key-cards.jsonl").split("\n");
    desk.write("key.txt", (JSON.parse(card) as { key: string }).key);
    const envelopes = ["--envelopes", "V-01-envelopes/V-01.envelopes.json", "--key-file", "key.txt"];
    expect(await must("unblind", "t.log", "--participant", "P-1", "--reason", "SAE", ...WHO, ...envelopes)).toMatch(
      /Allocated arm +low/u,
    );
    expect(await must("cards", "V-01")).toContain("16 cards");
    expect(await must("commit", "V-01")).toContain("Keep the unblinded manifest");
    await must("prove-row", "V-01", "4898", "--commitment", "V-01.commitment.json");
    await must("export", "V-01", "--to", "csv", "--map", "map.yaml", "--out", "X");
    expect(desk.read("X/V-01_LIVE_UNBLINDED_table.csv")).toBe(
      `${TABLE.trimEnd()
        .split("\n")
        .map((line, i) => {
          const [number, arm, centre] = line.split(";");
          return [number, arm, centre, i === 0 ? "Block" : String(Math.ceil(i / 4))].join(";");
        })
        .join("\r\n")}\r\n`,
    );
    expect(desk.read("X/V-01_LIVE_UNBLINDED_csv.manifest.json")).toContain('"origin": "adopted"');
    await must("export", "V-01", "--to", "edc-core", "--log", "t.log", "--out", "XE");
    await must("assess", "--list", "V-01", "--log", "t.log");
    const audit = await must("audit", "V-01", "--log", "t.log");
    expect(audit).toMatch(/^ 1 {2}pass /mu);
    expect(audit).toMatch(/^ 2 {2}pass /mu);
    expect(audit).toMatch(/ 9 {2}n\/a {5}[\s\S]*The list was adopted: nothing makes its rows again/u);
    for (const document of ["protocol", "specification", "record", "consort", "spirit"]) {
      const text = await must("describe", "V-01", "--document", document);
      expect(text).not.toContain("from a secret random seed");
    }
  });
});

/* A workbook that was opened and saved by LibreOffice: every id and number comes back as it was written. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "csv-parse/sync";
import { afterAll, describe, expect, it } from "vitest";
import { sheetRows } from "../../src/cli/readWorkbook.js";
import { workbookOfSheets } from "../../src/cli/writeWorkbook.js";
import { makeDesk, type Desk } from "../unit/cli/harness.js";

const SOFFICE = process.env["ALLOCELL_SOFFICE"] ?? "soffice";
const isAbsent = spawnSync(SOFFICE, ["--version"], { encoding: "utf8" }).status !== 0;
if (isAbsent) console.warn(`SKIPPED: workbooks through LibreOffice, because ${SOFFICE} does not run.`);

const folder = mkdtempSync(join(tmpdir(), "allocell-office-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The workbooks as LibreOffice saves them again, by their names. */
function savedAgain(files: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, Uint8Array>> {
  const [before, after] = ["in", "out"].map((name) => mkdtempSync(join(folder, `${name}-`))) as [string, string];
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(before, name), bytes);
  const made = spawnSync(
    SOFFICE,
    [
      `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`,
      ...["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", after],
      ...Object.keys(files).map((name) => join(before, name)),
    ],
    { encoding: "utf8", timeout: 120_000 },
  );
  expect(made.status, made.stderr).toBe(0);
  return Object.fromEntries(Object.keys(files).map((name) => [name, readFileSync(join(after, name))]));
}

async function rowsOf(bytes: Uint8Array): Promise<readonly (readonly string[])[]> {
  const { rows } = await sheetRows(bytes, "file.xlsx", undefined);
  return rows.filter((row) => row.some((cell) => cell !== ""));
}

/** Every workbook of a folder, beside the CSV file that it was made of. */
function exported(desk: Desk, out: string, source: string): readonly (readonly [xlsx: string, csv: string])[] {
  return readdirSync(desk.path(out))
    .filter((name) => name.endsWith(".xlsx"))
    .map((name) => {
      const kind = name.includes("UNBLINDED") ? ".UNBLINDED." : ".blinded.";
      const csv = readdirSync(desk.path(source)).find((file) => file.endsWith(".csv") && file.includes(kind)) ?? "";
      return [name, csv] as const;
    });
}

describe.skipIf(isAbsent)("LibreOffice (skipped without it)", { tags: ["FILE-002"] }, () => {
  it("keeps every id of a list: levels 01 and 1E5, dates, formulas, long digits", async () => {
    const rows = [
      ["number", "site", "code", "day", "text"],
      ["000001", "01", "1E5", "2026-03-02", "'=1+1"],
      ["0002", "1-2", "00E1", "3/4", " TRUE "],
      ["12345678901234567890", "+1", "0x1F", "1.50", "72,4"],
      ["R010012", "JAN1", "1/2", "10:30", "#N/A text"],
    ];
    const bytes = workbookOfSheets([{ sheet: "list", rows }]);
    const again = savedAgain({ "ids.xlsx": bytes })["ids.xlsx"] as Uint8Array;
    expect(await rowsOf(again)).toEqual(await rowsOf(bytes));
    expect((await rowsOf(again))[1]?.slice(0, 3)).toEqual(["000001", "01", "1E5"]);
  }, 180_000);

  it("gives back master list, blinded list and kits as their CSV files have them", async () => {
    const desk = makeDesk();
    desk.write(
      "plan.yaml",
      [
        "trial: NCT07041801",
        "part: single-dose",
        "list: SLE-SD-01",
        "arms: { low: 1, medium: 1, high: 1, placebo: 1 }",
        "procedure: { kind: permuted-block, sizes: [4, 8], lastBlock: fill }",
        'strata: [{ factor: site, levels: ["01", "02", "1E5"] }]',
        "length: 24",
        "",
      ].join("\n"),
    );
    mkdirSync(desk.path("x"), { recursive: true });
    expect((await desk.run("list", "plan.yaml", "--test-seed", "office", "--out", "L")).stderr).toBe("");
    expect((await desk.run("export", "L", "--to", "xlsx", "--out", "books")).code).toBe(0);
    const pairs = exported(desk, "books", "L");
    expect(pairs).toHaveLength(2);
    const files = Object.fromEntries(pairs.map(([name]) => [name, readFileSync(desk.path(`books/${name}`))]));
    const again = savedAgain(files);
    for (const [name, csv] of pairs) {
      const text = desk.read(`L/${csv}`).replace(/^(?:#.*\r?\n)+/u, "");
      expect(await rowsOf(again[name] as Uint8Array)).toEqual(parse(text, { relax_column_count: true }));
    }
  }, 180_000);
});

/* An .xlsx file in and out: the same as the CSV of the same content. */
import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import readXlsx from "read-excel-file/universal";
import { describe, expect, it } from "vitest";
import writeXlsx from "write-excel-file/universal";
import { storedNumber } from "../../../src/cli/readWorkbook.js";
import { makeDesk, type Desk } from "./harness.js";

type Cell = string | number | Date | null;

const cellOf = (value: Cell): object | null =>
  value === null || value === ""
    ? null
    : typeof value === "string"
      ? { value, type: String }
      : value instanceof Date
        ? { value, type: Date, format: "dd.mm.yyyy" }
        : { value, type: Number };

async function workbook(sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): Promise<Uint8Array> {
  const made = Object.entries(sheets).map(([sheet, rows]) => ({ sheet, data: rows.map((row) => row.map(cellOf)) }));
  return new Uint8Array(await (await writeXlsx(made as never).toBlob()).arrayBuffer());
}

const csvOf = (name: string): string[][] => parse(readFileSync(`examples/sle/${name}`, "utf8"));

/** Cells as a spreadsheet program stores what somebody types: numbers and dates as such. */
const typed = (rows: readonly (readonly string[])[]): Cell[][] =>
  rows.map((row, line) =>
    row.map((cell) => {
      if (line === 0) return cell;
      if (/^\d{4}-\d{2}-\d{2}$/u.test(cell)) return new Date(`${cell}T00:00:00Z`);
      return /^[1-9]\d*(\.\d+)?$/u.test(cell) ? Number(cell) : cell;
    }),
  );

const BATCH = ["--order", "order.yaml", "--json"];
const DOSES = ["--trial", "NCT07041801", "--part", "single-dose", "--assumptions", "assumptions.yaml"];

function desk(): Desk {
  const made = makeDesk();
  const copied = { "order.yaml": "order-batch.yaml", "assumptions.yaml": "assumptions.yaml" };
  for (const [name, from] of Object.entries(copied)) made.write(name, readFileSync(`examples/sle/${from}`, "utf8"));
  for (const name of ["participants.csv", "batch.csv"]) made.write(name, readFileSync(`examples/sle/${name}`, "utf8"));
  return made;
}

describe("an .xlsx file of rows", () => {
  it.each([
    ["doses", "participants", [...DOSES, "--json"]],
    ["prepare-batch", "batch", BATCH],
  ])("gives %s what the CSV of the same content gives", async (command, name, options) => {
    const made = desk();
    const rows = typed(csvOf(`${name}.csv`));
    writeFileSync(made.path("rows.xlsx"), await workbook({ Notes: [["not", "this"]], Rows: rows }));
    const [csv, xlsx] = [
      await made.run(command, `${name}.csv`, ...options),
      await made.run(command, "rows.xlsx", "--sheet", "Rows", ...options),
    ];
    expect(csv.stdout).toContain('"rows":[');
    const said = xlsx.stdout.replaceAll(String.raw`rows.xlsx, sheet \"Rows\"`, `${name}.csv`);
    expect([xlsx.code, said]).toEqual([csv.code, csv.stdout]);
  });

  it("writes an answer as texts", async () => {
    const made = desk();
    await made.run("doses", "participants.csv", ...DOSES, "--out", "a.csv");
    await made.run("doses", "participants.csv", ...DOSES, "--out", "a.xlsx");
    const [sheet] = await readXlsx(new Uint8Array(readFileSync(made.path("a.xlsx"))).buffer);
    const texts = sheet?.data.map((row) => row.map((cell) => cell ?? ""));
    expect(texts).toEqual(parse(made.read("a.csv")));
    expect(texts?.flat().every((cell) => typeof cell === "string")).toBe(true);
  });

  it("keeps 01 as it stands, and names sheet, row and column of a fault", async () => {
    const made = desk();
    const rows = [
      ["participant", "arm", "weight_kg"],
      ["01", "low", 72.4],
      [null, null, null],
      ["02", "low", "72,4"],
    ];
    writeFileSync(made.path("rows.xlsx"), await workbook({ "Week 1": rows }));
    const { stdout, stderr } = await made.run("doses", "rows.xlsx", ...DOSES);
    expect(stdout).toMatch(/^ok,01,.*,72\.4,/mu);
    expect(stderr.replace(/\s+/gu, " ")).toContain('rows.xlsx, sheet "Week 1", line 4, weight_kg: ');
    expect(stderr).toContain("1 blank row skipped.");
  });

  it("refuses an error cell, such as #N/A, in its column, whether the column is needed or not", async () => {
    const made = desk();
    const rows = [
      ["participant", "arm", "weight_kg", "age_years"],
      ["01", "low", 72.4, 47],
    ];
    const files = unzipSync(await workbook({ S: rows }));
    const at = "xl/worksheets/sheet1.xml";
    const sheet = strFromU8(files[at] ?? new Uint8Array());
    for (const [number, column] of [
      ["72.4", "weight_kg"],
      ["47", "age_years"],
    ] as const) {
      const wrong = sheet.replace(new RegExp(`<c ([^>]*)><v>${number}</v>`, "u"), '<c $1 t="e"><v>#N/A</v>');
      const cell = wrong.replace(/ t="n"([^>]* t="e")/u, "$1");
      expect(cell).not.toBe(sheet);
      writeFileSync(made.path("rows.xlsx"), zipSync({ ...files, [at]: strToU8(cell) }));
      const { code, stderr } = await made.run("doses", "rows.xlsx", ...DOSES);
      expect(code).toBe(1);
      expect(stderr.replace(/\s+/gu, " ")).toContain(`rows.xlsx, sheet "S", line 2, ${column}: `);
      expect(stderr).toContain("#N/A");
    }
  });

  it("reads a number by its stored digits", async () => {
    const made = desk();
    const files = unzipSync(
      await workbook({
        S: [
          ["participant", "arm", "weight_kg"],
          ["01", "low", 1],
        ],
      }),
    );
    const at = "xl/worksheets/sheet1.xml";
    const stored = strFromU8(files[at] ?? new Uint8Array()).replace(
      "<v>1</v></c></row></sheetData>",
      "<v>72.400000000000006</v></c></row></sheetData>",
    );
    expect(stored).toContain("72.400000000000006");
    writeFileSync(made.path("rows.xlsx"), zipSync({ ...files, [at]: strToU8(stored) }));
    expect((await made.run("doses", "rows.xlsx", ...DOSES)).stdout).toMatch(/^ok,01,.*,72\.4,/mu);
  });

  it.each([
    ["72.4", "72.4"],
    ["72.400000000000006", "72.4"],
    ["0.10000000000000001", "0.1"],
    ["0.30000000000000004", "0.30000000000000004"],
    ["1234567890123456", "1234567890123456"],
    ["1.5E-3", "0.0015"],
    ["-2E2", "-200"],
    ["1E6", "1000000"],
    ["1.25e1", "12.5"],
    ["72.40", "72.40"],
  ])("a stored %s is %s", (stored, text) => {
    expect(storedNumber(stored)).toBe(text);
  });

  it.each([
    ["another sheet", ["--sheet", "Other"], "cli.sheet_unknown"],
    ["a separator", ["--separator", ";"], "cli.option_unneeded"],
    ["an order of dates", ["--date", "dmy"], "cli.option_unneeded"],
    ["JSON in a workbook", ["--out", "x.xlsx", "--json"], "cli.option_unneeded"],
  ])("is not read with %s", async (_, options, code) => {
    const made = desk();
    writeFileSync(made.path("rows.xlsx"), await workbook({ S: typed(csvOf("participants.csv")) }));
    const { stdout, stderr } = await made.run("doses", "rows.xlsx", ...DOSES, ...options);
    expect(stdout + stderr).toContain(code);
  });

  it("is not read where it is none, and a CSV has no sheet", async () => {
    const made = desk();
    made.write("rows.xlsx", made.read("participants.csv"));
    expect((await made.run("doses", "rows.xlsx", ...DOSES)).stderr).toContain("cli.xlsx_unreadable");
    const { stderr } = await made.run("doses", "participants.csv", ...DOSES, "--sheet", "S");
    expect(stderr).toContain("cli.option_unneeded");
  });
});

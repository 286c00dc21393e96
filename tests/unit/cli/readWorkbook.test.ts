/* Workbooks are read as another reader reads them: read-excel-file, which is in no part of the package. */
import * as fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import readXlsx from "read-excel-file/universal";
import { describe, expect, it } from "vitest";
import writeXlsx from "write-excel-file/universal";
import { isDateFormat } from "../../../src/cli/dateFormat.js";
import { sheetRows } from "../../../src/cli/readWorkbook.js";
import { readXml } from "../../../src/cli/xmlText.js";

type Value = string | number | boolean | Date | null;

const day = fc.integer({ min: 1, max: 73_000 }).map((days) => new Date(Date.UTC(1900, 2, 1) + days * 86_400_000));
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ unit: "binary" }).map((text) => text.replace(/[\p{C}\r]|_x[\dA-F]{4}_/gu, "")),
  fc.constantFrom("", " 01 ", "a<b&c>\"d'", "两个\n行", "=1+1", "#N/A"),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 100),
  fc.boolean(),
  day,
  fc.constant(null),
);
const rowsOf = fc.array(fc.array(value, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });

const cellOf = (own: Value): object | null =>
  own === null
    ? null
    : own instanceof Date
      ? { value: own, type: Date, format: "yyyy-mm-dd" }
      : { value: own, type: own.constructor };

async function workbookOf(rows: readonly (readonly Value[])[]): Promise<Uint8Array> {
  const data = rows.map((row) => row.map(cellOf));
  const file = writeXlsx([{ sheet: "A & B", data }] as never);
  return new Uint8Array(await (await file.toBlob()).arrayBuffer());
}

const told = (own: Value): string =>
  own instanceof Date ? own.toISOString().slice(0, 10) : own === null ? "" : String(own);

/** A workbook of one sheet, its parts as they are written. */
const made = (sheet: string, workbook = "", styles = ""): Uint8Array =>
  zipSync({
    "xl/workbook.xml": strToU8(
      `<?xml version="1.0"?><workbook>${workbook}<sheets><sheet name="S" r:id="r1"/></sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="/s.xml"/><Relationship Id="r2" Type="x/styles" Target="y.xml"/></Relationships>',
    ),
    "xl/y.xml": strToU8(`<styleSheet>${styles}</styleSheet>`),
    "s.xml": strToU8(sheet),
  });

async function rowsIn(sheet: string, workbook?: string, styles?: string): Promise<readonly (readonly string[])[]> {
  const bytes = made(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`, workbook, styles);
  return (await sheetRows(bytes, "f.xlsx", undefined)).rows;
}

describe("a workbook", { tags: ["FILE-002"] }, () => {
  it("is read as another reader reads it", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, async (rows) => {
        const bytes = await workbookOf(rows);
        const [other] = await readXlsx(bytes.slice().buffer, { trim: false });
        expect(await sheetRows(bytes, "f.xlsx", undefined)).toEqual({
          sheet: "A & B",
          rows: (other?.data ?? []).map((row) => row.map((own) => told(own as Value))),
        });
      }),
      { numRuns: 150 },
    );
  });

  it("has dates of both calendars, times of day, errors, formulas, texts in pieces, and gaps", async () => {
    const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs>';
    const cells =
      '<row r="2"><c r="B2" s="1"><v>46100</v></c><c s="2"><v>46100.375</v></c><c t="e"><v>#N/A</v></c>' +
      '<c t="str"><f>A&amp;B</f><v>x</v></c><c t="inlineStr"><is><r><t>a</t></r><rPh><t>no</t></rPh><r><t>_x0041_</t></r></is></c>' +
      '<c t="d"><v>2026-03-19</v></c><c t="b"><v>1</v></c></row><row><c r="A3"><f>1/3</f><v></v></c></row>';
    const row = ["", "2026-03-19", "2026-03-19T09:00", "#N/A", "x", "aA", "2026-03-19", "true"];
    expect(await rowsIn(cells, "", styles)).toEqual([row.map(() => ""), row]);
    const of1904 = await rowsIn('<row><c s="1"><v>44638</v></c></row>', '<workbookPr date1904="1"/>', styles);
    expect(of1904).toEqual([["2026-03-19"]]);
  });

  it.each([
    ["an element that is not closed", '<row r="1"><c></row>'],
    ["an entity of its own", '<row><c t="str"><v>&own;</v></c></row>'],
    ["a text that is not there", '<row><c t="s"><v>7</v></c></row>'],
    ["a row that no sheet has", '<row r="0"><c><v>1</v></c></row>'],
    ["a date that no calendar has", '<row><c s="0"><v>1e300</v></c></row>', '<cellXfs><xf numFmtId="14"/></cellXfs>'],
  ])("with %s is refused whole", async (_, cells, styles = "") => {
    await expect(rowsIn(cells, "", styles)).rejects.toThrow(expect.objectContaining({ code: "cli.xlsx_unreadable" }));
  });

  it("that is cut off, or another file, is refused", async () => {
    for (const bytes of [made("<worksheet/>").subarray(0, 90), strToU8("participant,arm"), zipSync({})]) {
      await expect(sheetRows(bytes, "f.xlsx", undefined)).rejects.toThrow(
        expect.objectContaining({ code: "cli.xlsx_unreadable" }),
      );
    }
  });
});

describe("an XML text", { tags: ["FILE-002"] }, () => {
  it("has no document type: a name that stands for much cannot be made", () => {
    expect(() => {
      readXml('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', {});
    }).toThrow("no XML that is read here");
  });

  it("tells elements without their prefix, attributes in either quotes, text, and data", () => {
    const said: unknown[] = [];
    readXml(`<?xml version="1.0"?><!-- n --><x:a b='1 &lt; "2"' c:d="&#x4e2d;"><b/>&#65;<![CDATA[<&]]></x:a>`, {
      open: (name, attributes) => said.push(name, attributes),
      text: (text) => said.push(text),
      close: (name) => said.push(`/${name}`),
    });
    expect(said).toEqual(["a", { b: '1 < "2"', d: "中" }, "b", {}, "/b", "A", "<&", "/a"]);
  });
});

describe("a number format", { tags: ["FILE-002"] }, () => {
  it.each([
    [true, 'dd"."mm"."yyyy'],
    [true, "[$-804]yyyy\\年m\\月;@"],
    [true, "[h]:mm:ss"],
    [true, "mm:ss.0"],
    [true, "h:mm AM/PM"],
    [true, "[Red]yyyy-mm-dd;0"],
    [false, "General"],
    [false, '0.0 "days"'],
    [false, "#,##0.00_);[Red]\\(#,##0.00\\)"],
    [false, "0.00E+00"],
    [false, '"dose"'],
    [false, "@"],
    [false, "0\\h"],
  ])("is a date's: %s for %s", (isDate, code) => {
    expect(isDateFormat(164, code)).toBe(isDate);
  });
});

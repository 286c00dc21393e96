import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import readXlsx from "read-excel-file/universal";
import { describe, expect, it } from "vitest";
import { workbookOfSheets, type SheetRows } from "../../../src/cli/writeWorkbook.js";

/** What another program reads from the file. */
const readBack = async (sheets: readonly SheetRows[]): Promise<unknown> =>
  readXlsx(new Uint8Array(workbookOfSheets(sheets)).buffer, { trim: false });

const rowOf = (...cells: readonly string[]): readonly string[] => cells;
/** Texts of XML's characters; a workbook has no empty text, and Excel reads _x0041_ as A. */
const cellText = fc
  .string({ unit: "grapheme-composite", minLength: 1, maxLength: 12 })
  // eslint-disable-next-line no-control-regex -- characters that XML does not have
  .filter((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|_x/u.test(text));

describe("a workbook of texts", { tags: ["EXCH-001"] }, () => {
  it("gives back every text as it was, read by another program", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cellText, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
        async (rows) => {
          expect(await readBack([{ sheet: "allocell", rows }])).toEqual([{ sheet: "allocell", data: rows }]);
        },
      ),
      { numRuns: 200, seed: 20261130 },
    );
  });

  it("keeps what a spreadsheet would change or run", async () => {
    const rows = [rowOf("01", "1E5", "2026-11-30", "=1+1", "00012345678901234567", "<&>\"'", "5/6", " a \r\n b\t")];
    expect(await readBack([{ sheet: "ids", rows }])).toEqual([{ sheet: "ids", data: rows }]);
  });

  it("has columns beyond Z and ZZ in their order", async () => {
    const row = Array.from({ length: 703 }, (_, i) => `c${i}`);
    expect(await readBack([{ sheet: "wide", rows: [row] }])).toEqual([{ sheet: "wide", data: [row] }]);
  });

  it("leaves an empty cell empty, and has its sheets in their order and by their names", async () => {
    const sheets = [
      { sheet: "site 01 & 02", rows: [rowOf("a", "", "c"), rowOf("", "b", "")] },
      { sheet: "第二", rows: [rowOf("x")] },
    ];
    expect(await readBack(sheets)).toEqual([
      {
        sheet: "site 01 & 02",
        data: [
          ["a", null, "c"],
          [null, "b", null],
        ],
      },
      { sheet: "第二", data: [["x"]] },
    ]);
  });

  it("takes more rows than a call takes arguments", () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => rowOf(`R${i}`));
    const sheet = strFromU8(unzipSync(workbookOfSheets([{ sheet: "long", rows }]))["xl/worksheets/sheet1.xml"]!);
    expect(sheet).toContain('<row r="10001"><c r="A10001" s="1" t="inlineStr"><is><t xml:space="preserve">R10000</t>');
    expect(sheet.match(/<row /gu)).toHaveLength(200_000);
    expect(sheet.endsWith("R199999</t></is></c></row></sheetData></worksheet>")).toBe(true);
  });

  it("is the same bytes each time", () => {
    const sheets = [{ sheet: "allocell", rows: [rowOf("01", "A")] }];
    expect(workbookOfSheets(sheets)).toEqual(workbookOfSheets(sheets));
  });
});

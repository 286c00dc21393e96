import { joined, zip } from "./zip.js";

/** One sheet of an .xlsx file as rows of texts, as a CSV file of the same content has them. */
export interface SheetRows {
  readonly sheet: string;
  readonly rows: readonly (readonly string[])[];
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const PARTS_OF_TEXT = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" } as const;

/** As XML has it; a character that XML does not have is left out. */
const xmlText = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- these are what XML 1.0 does not have
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, "")
    .replace(/[&<>"\r]/gu, (mark) => PARTS_OF_TEXT[mark as keyof typeof PARTS_OF_TEXT]);

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The second style of the workbook: "@", text. So "01" stays "01", also in a cell that somebody types over. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf numFmtId="49" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>`;

/** The letters of a column: A, B, ..., Z, AA. */
const columnName = (index: number): string =>
  index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);

/** Rows that are encoded at once: a text has an end, and the bytes of a sheet have none that matters. */
const ROWS_AT_ONCE = 10_000;

function sheetBytes({ rows }: SheetRows): Uint8Array {
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
  const columns = Array.from({ length: width }, (_, i) => columnName(i));
  const cell = (text: string, row: number, column: number): string =>
    text === ""
      ? ""
      : `<c r="${columns[column]}${row}" s="1" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
  const pieces = [bytesOf(`${XML}<worksheet xmlns="${MAIN}"><sheetData>`)];
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const lines = rows.slice(first, first + ROWS_AT_ONCE).map((cells, i) => {
      const row = first + i + 1;
      return `<row r="${row}">${cells.map((text, column) => cell(text, row, column)).join("")}</row>`;
    });
    pieces.push(bytesOf(lines.join("")));
  }
  pieces.push(bytesOf("</sheetData></worksheet>"));
  return joined(pieces);
}

const relations = (all: readonly (readonly [type: string, target: string])[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all
    .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;

/**
 * Sheets of texts as an .xlsx file: every cell is text, so that "01" stays "01" and nothing is run. The archive has no
 * clock: the same rows are the same bytes. By ECMA-376, parts 1 and 2.
 */
export function workbookOfSheets(sheets: readonly SheetRows[]): Uint8Array {
  const named = sheets.map((own, i) => ({ own, path: `worksheets/sheet${i + 1}.xml` }));
  const overrides = [
    ["workbook.xml", "sheet.main"],
    ["styles.xml", "styles"],
    ...named.map(({ path }) => [path, "worksheet"] as const),
  ].map(([path, kind]) => `<Override PartName="/xl/${path}" ContentType="${TYPE}.${kind}+xml"/>`);
  const entries = named.map(
    ({ own }, i) => `<sheet name="${xmlText(own.sheet)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  const files = {
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join("")}</Types>`,
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${entries.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...named.map(({ path }) => ["worksheet", path] as const),
      ["styles", "styles.xml"],
    ]),
    "xl/styles.xml": STYLES,
  };
  const archive = {
    ...Object.fromEntries(Object.entries(files).map(([path, xml]) => [path, bytesOf(xml)])),
    ...Object.fromEntries(named.map(({ own, path }) => [`xl/${path}`, sheetBytes(own)])),
  };
  return zip(archive);
}

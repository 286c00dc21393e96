import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import readXlsx from "read-excel-file/universal";
import { failAt } from "../store/disk/index.js";
import type { SheetRows } from "./writeWorkbook.js";

/** A number cell as the file has it: nothing is read through a float. */
class StoredNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const MOST_DIGITS = 15;

/**
 * A stored number as a plain decimal. Excel writes the 17 digits of a binary number, so 72.4 may stand in the file as
 * 72.400000000000006: what has more than 15 digits is read as the shortest decimal of the same binary number, which is
 * what was typed and what Excel shows. One that has no such decimal stays as it is stored.
 *
 * @example
 * storedNumber("72.400000000000006"); // "72.4"
 * storedNumber("1.5E-3"); // "0.0015"
 */
export function storedNumber(stored: string): string {
  const digits = stored.replace(/e.*$/iu, "").replace(/\D/gu, "").replace(/^0+/u, "");
  if (digits.length <= MOST_DIGITS) return plainDecimal(stored);
  const shortest = plainDecimal(String(Number(stored)));
  return shortest.replace(/\D/gu, "").replace(/^0+/u, "").length <= MOST_DIGITS ? shortest : plainDecimal(stored);
}

/** "1.5E-3" as "0.0015"; a number without an exponent as it is. */
function plainDecimal(text: string): string {
  const {
    sign = "",
    whole = "",
    part = "",
    exponent,
  } = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<part>\d*))?[eE](?<exponent>[+-]?\d+)$/u.exec(text)?.groups ?? {};
  if (exponent === undefined) return text;
  const point = whole.length + Number(exponent);
  const digits = (whole + part).padEnd(point, "0").padStart(whole.length + part.length - Math.min(point - 1, 0), "0");
  const at = Math.max(point, 1);
  const fraction = digits.slice(at).replace(/0+$/u, "");
  return `${sign}${digits.slice(0, at)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** A date cell is a date by its own format; one with a time of day keeps it, and no column takes it. */
function dateText(date: Date): string {
  const text = date.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 16);
}

type Cell = string | boolean | StoredNumber | Date | null | undefined;

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof StoredNumber) return storedNumber(cell.text);
  if (cell instanceof Date) return dateText(cell);
  return String(cell);
}

/** The file with each error cell, such as #N/A, as that text, which its column refuses. Otherwise it would be read as empty. */
function errorsAsTexts(bytes: Uint8Array): Uint8Array {
  const files = unzipSync(bytes);
  const changed = Object.entries(files).flatMap(([name, content]) => {
    if (!/^xl\/worksheets\/[^/]+\.xml$/u.test(name)) return [];
    const sheet = strFromU8(content);
    const told = sheet.replace(/(<c\b[^>]*\bt=)"e"/gu, '$1"str"');
    return told === sheet ? [] : [[name, strToU8(told)] as const];
  });
  return changed.length === 0 ? bytes : zipSync({ ...files, ...Object.fromEntries(changed) });
}

/**
 * The rows of a sheet: dates as YYYY-MM-DD, numbers as plain decimals, text as it stands.
 *
 * @param file - for faults
 * @param wanted - name of the sheet; the first one where nothing is said
 * @throws AllocellError `cli.xlsx_unreadable`, `cli.sheet_unknown`
 */
export async function sheetRows(bytes: Uint8Array, file: string, wanted: string | undefined): Promise<SheetRows> {
  const read = async (): ReturnType<typeof readXlsx> =>
    readXlsx(new Uint8Array(errorsAsTexts(bytes)).buffer, {
      parseNumber: (text: string) => new StoredNumber(text),
      trim: false,
    });
  const sheets = await read().catch(() =>
    failAt({
      code: "cli.xlsx_unreadable",
      path: file,
      file,
      message: "This is no .xlsx file that can be read: it is another kind of file, has a password, or was cut off.",
      expected: "an .xlsx file as Excel or LibreOffice saves it",
    }),
  );
  const found = wanted === undefined ? sheets[0] : sheets.find(({ sheet }) => sheet === wanted);
  if (found === undefined) {
    return failAt({
      code: "cli.sheet_unknown",
      path: "--sheet",
      file,
      message: wanted === undefined ? "The file has no sheet." : "The file has no sheet of this name.",
      expected: sheets.map(({ sheet }) => `"${sheet}"`).join(", ") || "a file with a sheet",
      received: wanted ?? "nothing",
    });
  }
  return { sheet: found.sheet, rows: found.data.map((row) => row.map((cell) => cellText(cell as Cell))) };
}

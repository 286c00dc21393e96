import { failAt } from "../store/disk/index.js";
import { isDateFormat } from "./dateFormat.js";
import type { SheetRows } from "./writeWorkbook.js";
import { readXml } from "./xmlText.js";
import { unzip, type Archive } from "./zip.js";

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

const DAY = 86_400_000;
/** Days from the two beginnings of a workbook's calendar to 1 January 1970. */
const DAYS_BEFORE = { from1900: 25_569, from1904: 24_107 } as const;

/** A date cell is a date by its own format; one with a time of day keeps it, and no column takes it. */
function dateText(time: number): string {
  const text = new Date(time).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 16);
}

/** What cells refer to. */
interface Shared {
  readonly strings: readonly string[];
  /** By the number of a style, whether its numbers are dates. */
  readonly isDate: readonly boolean[];
  readonly daysBefore: number;
}

function partOf(archive: Archive, path: string): string {
  const bytes = archive[path];
  if (bytes === undefined) throw new Error(`The workbook has no ${path}.`);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** A character that XML does not have stands as _xHHHH_. ECMA-376, part 1, 22.9.2.19. */
const unescaped = (text: string): string =>
  text.replace(/_x([\dA-Fa-f]{4})_/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The texts of `item` elements; how a text is pronounced stands in `rPh`, and is none of it. */
function textsOf(xml: string, item: string): readonly string[] {
  const texts: string[] = [];
  let [text, isText, isSound] = ["", false, false];
  readXml(xml, {
    open: (name) => {
      if (name === item) text = "";
      else if (name === "t") isText = true;
      else if (name === "rPh") isSound = true;
    },
    text: (own) => {
      if (isText && !isSound) text += own;
    },
    close: (name) => {
      if (name === "t") isText = false;
      else if (name === "rPh") isSound = false;
      else if (name === item) texts.push(unescaped(text));
    },
  });
  return texts;
}

/** Of each style, whether its number format is that of a date. */
function dateStyles(xml: string): readonly boolean[] {
  const formats = new Map<number, string>();
  const styles: number[] = [];
  let isInStyles = false;
  readXml(xml, {
    open: (name, { numFmtId, formatCode = "" }) => {
      if (name === "numFmt") formats.set(Number(numFmtId), formatCode);
      else if (name === "cellXfs") isInStyles = true;
      else if (name === "xf" && isInStyles) styles.push(Number(numFmtId ?? 0));
    },
    close: (name) => {
      if (name === "cellXfs") isInStyles = false;
    },
  });
  return styles.map((id) => isDateFormat(id, formats.get(id)));
}

/** What stands in a cell of a type, as text. An error, such as #N/A, is that text, which its column refuses. */
function cellText(type: string, style: string | undefined, value: string, shared: Shared): string {
  if (value === "") return "";
  switch (type) {
    case "s":
      return shared.strings[Number(value)] ?? missing(`the text ${value}`);
    case "b":
      return String(value === "1");
    case "d":
      return dateText(Date.parse(/T|Z/u.test(value) ? value : `${value}T00:00:00Z`));
    case "n": {
      if (!(shared.isDate[Number(style ?? -1)] ?? false)) return storedNumber(value);
      return dateText(Math.round((Number(value) - shared.daysBefore) * DAY));
    }
    default:
      return unescaped(value);
  }
}

function missing(what: string): never {
  throw new Error(`The workbook has no ${what}.`);
}

/** "BC" of "BC12" as 54: the column, from 0. */
const columnOf = (letters: string): number =>
  Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** As many rows as a sheet may have. */
const MOST_ROWS = 1_048_576;

/** The cells of a sheet as texts, in a rectangle up to the last cell with something in it. */
function readCells(xml: string, shared: Shared): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let [row, column, type, value] = [-1, -1, "n", ""];
  let style: string | undefined;
  let [isValue, isSound] = [false, false];
  readXml(xml, {
    open: (name, { r, t = "n", s }) => {
      if (name === "row") {
        [row, column] = [r === undefined ? row + 1 : Number(r) - 1, -1];
        if (!(row >= 0 && row < MOST_ROWS)) missing(`row ${r}`);
      } else if (name === "c") {
        const letters = /^([A-Z]{1,3})[1-9]\d*$/u.exec(r ?? "")?.[1];
        [column, type, value, style] = [letters === undefined ? column + 1 : columnOf(letters), t, "", s];
      } else if (name === "v" || name === "t") isValue = true;
      else if (name === "rPh") isSound = true;
    },
    text: (own) => {
      if (isValue && !isSound) value += own;
    },
    close: (name) => {
      if (name === "v" || name === "t") isValue = false;
      else if (name === "rPh") isSound = false;
      else if (name === "c") {
        const text = cellText(type, style, value, shared);
        if (text !== "") (rows[row] ??= [])[column] = text;
      }
    },
  });
  const width = rows.reduce((most, cells) => Math.max(most, cells.length), 0);
  // A row that the file leaves out is undefined here.
  const all = Array.from<readonly string[] | undefined>(rows);
  return all.map((cells) => Array.from({ length: width }, (_, at) => cells?.[at] ?? ""));
}

/** The parts of a workbook by their relation: id, last word of the type, and path. ECMA-376, part 2, 9. */
function relationsOf(archive: Archive): readonly Readonly<Record<"id" | "type" | "path", string>>[] {
  const found: Record<"id" | "type" | "path", string>[] = [];
  readXml(partOf(archive, "xl/_rels/workbook.xml.rels"), {
    open: (name, { Id: id = "", Type = "", Target = "" }) => {
      const path = Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`;
      if (name === "Relationship") found.push({ id, type: Type.replace(/^.*\//u, ""), path });
    },
  });
  return found;
}

/** The sheets of a workbook in their order, each read when it is asked for. */
function sheetsOf(archive: Archive): readonly { readonly sheet: string; readonly read: () => SheetRows["rows"] }[] {
  const relations = relationsOf(archive);
  const pathOf = (type: string): string | undefined => relations.find((own) => own.type === type)?.path;
  const [texts, styles] = [pathOf("sharedStrings"), pathOf("styles")];
  const named: { sheet: string; id: string }[] = [];
  let daysBefore: number = DAYS_BEFORE.from1900;
  readXml(partOf(archive, "xl/workbook.xml"), {
    open: (name, { name: sheet = "", id = "", date1904 }) => {
      if (name === "sheet") named.push({ sheet: unescaped(sheet), id });
      if (name === "workbookPr" && /^(?:1|true)$/u.test(date1904 ?? "")) daysBefore = DAYS_BEFORE.from1904;
    },
  });
  const shared: Shared = {
    strings: texts === undefined || archive[texts] === undefined ? [] : textsOf(partOf(archive, texts), "si"),
    isDate: styles === undefined || archive[styles] === undefined ? [] : dateStyles(partOf(archive, styles)),
    daysBefore,
  };
  return named.flatMap(({ sheet, id }) => {
    const own = relations.find((relation) => relation.id === id);
    if (own?.type !== "worksheet") return [];
    return [{ sheet, read: () => readCells(partOf(archive, own.path), shared) }];
  });
}

/**
 * The rows of a sheet: dates as YYYY-MM-DD, numbers as plain decimals, text as it stands. By ECMA-376, part 1, 18.
 *
 * @param file - for faults
 * @param wanted - name of the sheet; the first one where nothing is said
 * @throws AllocellError `cli.xlsx_unreadable`, `cli.sheet_unknown`
 */
export async function sheetRows(bytes: Uint8Array, file: string, wanted: string | undefined): Promise<SheetRows> {
  const read = async <T>(act: () => T | Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch {
      return failAt({
        code: "cli.xlsx_unreadable",
        path: file,
        file,
        message: "This is no .xlsx file that can be read: it is another kind of file, has a password, or was cut off.",
        expected: "an .xlsx file as Excel or LibreOffice saves it",
      });
    }
  };
  const sheets = await read(async () => sheetsOf(await unzip(bytes)));
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
  return { sheet: found.sheet, rows: await read(found.read) };
}

import { fail, type Issue } from "../foundation/index.js";
import type { LocatedIssue } from "../store/disk/index.js";

/** How a CSV file is written: stated, and never guessed from its cells. */
export interface CsvForm {
  readonly separator: "," | ";" | "\t";
  readonly decimal: "." | ",";
  /** The order of day, month and year; absent: YYYY-MM-DD. */
  readonly date?: "ymd" | "dmy" | "mdy";
  /** Columns that are not known are passed through to the answer. */
  readonly keep: boolean;
  /** The rows of a sheet of an .xlsx file, which takes the place of the file's text. */
  readonly rows?: readonly (readonly string[])[];
}

export const PLAIN_CSV: CsvForm = Object.freeze({ separator: ",", decimal: ".", keep: false });

export interface CsvOptions {
  readonly separator?: "," | ";" | "tab";
  readonly decimal?: "." | ",";
  readonly date?: "ymd" | "dmy" | "mdy";
  readonly keep?: boolean;
  readonly bom?: boolean;
  readonly sheet?: string;
  readonly json?: boolean;
}

/** @throws AllocellError `cli.option_invalid`, `cli.option_unneeded` */
export function csvFormOf({ separator = ",", decimal = ".", date, keep = false, bom, json }: CsvOptions): CsvForm {
  if (separator === decimal) {
    fail("cli.option_invalid", "--separator", "A comma cannot stand between columns and in numbers too.", {
      expected: '--separator ";" with --decimal ","',
    });
  }
  if (bom === true && json === true) {
    fail("cli.option_unneeded", "--bom", "A byte-order mark is for a CSV that Excel opens, not for JSON.", {
      expected: "--bom without --json",
    });
  }
  return { separator: separator === "tab" ? "\t" : separator, decimal, keep, ...(date === undefined ? {} : { date }) };
}

/** A number in the file's own decimal sign as one with a point. */
export function readDecimal(
  cell: string,
  form: CsvForm,
): string | Omit<Extract<Issue, { readonly code: "cli.csv_decimal" }>, "path"> {
  if (form.decimal === "." || cell === "") return cell;
  if (cell.includes(".")) {
    return {
      code: "cli.csv_decimal",
      message: `"${cell}" has a point, and the decimal sign of this file was stated to be a comma.`,
      expected: "72,4; or the file without --decimal",
      parameters: { cell },
    };
  }
  // Two commas are left for the reader of numbers to refuse.
  return cell.replace(/^(\d+),(\d+)(?![\d,])/u, "$1.$2");
}

const PARTS = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})$/u;
const PLACES = { ymd: [0, 1, 2], dmy: [2, 1, 0], mdy: [2, 0, 1] } as const;

/** A date in the file's order as YYYY-MM-DD; one that is none is left for the reader of dates to refuse. */
export function readDate(cell: string, { date }: CsvForm): string {
  const found = PARTS.exec(cell);
  if (date === undefined || found === null) return cell;
  const parts = [found[1], found[3], found[4]];
  const [year = "", month = "", day = ""] = PLACES[date].map((place) => parts[place] ?? "");
  return year.length === 4 ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : cell;
}

/** The fault of a cell, with the option that would read it. */
export function withOption(issue: LocatedIssue, cell: string | undefined, form: CsvForm): LocatedIssue {
  if (issue.code === "quantity.comma" && form.decimal === ".") {
    return {
      ...issue,
      expected: '72.4; where the decimal sign of the file is a comma, --decimal "," with --separator ";"',
    };
  }
  if (issue.code !== "calendar.date_invalid" || form.date !== undefined || !PARTS.test(cell ?? "")) return issue;
  const order = /^\d{4}/u.test(cell ?? "") ? "--date ymd" : "--date dmy, or --date mdy, as the file was written";
  return { ...issue, expected: `2026-03-02; or ${order}` };
}

/** A number of the answer in its decimal sign. */
export const inDecimal = (text: string, { decimal }: CsvForm): string =>
  decimal === "." ? text : text.replace(".", ",");

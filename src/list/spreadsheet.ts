import { type Issue, pathTo, requireFields } from "../foundation/index.js";
import type { ArmShare, Factor } from "./plan.js";

/** The texts of a plan that stand in the cells of its list. */
export interface ListedTexts {
  readonly list: string;
  readonly arms: readonly ArmShare[];
  readonly factors: readonly Factor[];
  /** Where the factors stand in the plan. */
  readonly factorsPath: "strata" | "factors";
}

const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const NAMED_DATE = new RegExp(`^(?:\\d{1,4}[ ./-]?${MONTH}|${MONTH}[ ./-]?\\d{1,4})(?:[ ./-]\\d{1,4})?$`, "i");

/** Two or three numbers of which each can be a day, a month or a year, and one a month. */
function isDate(cell: string): boolean {
  if (NAMED_DATE.test(cell)) return true;
  if (!/^(?:\d{1,4}[-/]){1,2}\d{1,4}$/.test(cell)) return false;
  const parts = cell.split(/[-/]/).map(Number);
  return parts.every((n) => (n >= 1 && n <= 99) || n >= 1900) && parts.some((n) => n <= 12);
}

/** What a spreadsheet that opens the file makes of a cell; undefined where it leaves it. Leading zeros are no case of their own. */
export function spreadsheetReads(cell: string): string | undefined {
  if (isDate(cell)) return "a date";
  if (/^\d+(?:\.\d+)?E[+-]?\d+$/i.test(cell)) return `the number ${String(Number(cell))}`;
  if (/^\d+\.\d*0$|^\d{16,}$/.test(cell)) return "another number";
  if (/^\(\d[\d.]*\)$/.test(cell)) return "a negative number";
  if (/^\d+ \d+\/\d+$/.test(cell)) return "a fraction";
  if (/^(?:true|false)$/i.test(cell)) return "true or false";
  return undefined;
}

/** A number without the zeros that a spreadsheet drops. */
function shortest(number: string): string {
  const digits = number.replace(/^0+(?=\d)/, "");
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

/** Texts of one fold are one to a spreadsheet or to a reader: `01` and `1`, `≥65` and `>= 65`, full width and plain. */
function foldOf(cell: string): string {
  const plain = cell.normalize("NFKC").replace(/≥/g, ">=").replace(/≤/g, "<=").replace(/\s+/g, "").toLowerCase();
  return plain.replace(/\d+(?:\.\d+)?/g, shortest);
}

/**
 * Warnings about what a spreadsheet changes in the files of a list when they are opened in it, and about levels that
 * cannot be told apart there.
 *
 * @example
 * // levels "1-2" and "3-4": both become dates; levels "01" and "1": both become 1
 */
export function spreadsheetIssues(texts: ListedTexts): readonly Issue[] {
  requireFields(texts, "the texts of a plan", { list: "text", arms: "a list", factors: "a list", factorsPath: "text" });
  const { list, arms, factors, factorsPath } = texts;
  const changed = (what: string, path: string, cell: string): readonly Issue[] => {
    const as = spreadsheetReads(cell);
    if (as === undefined) return [];
    const message = `A spreadsheet that opens the list reads ${what} "${cell}" as ${as}. Name it otherwise.`;
    return [{ code: "list.spreadsheet_changes", path, message, received: cell, parameters: { readAs: as } }];
  };
  return [
    ...changed("the list's id", "list", list),
    ...arms.flatMap(({ arm }) => changed("arm", pathTo("arms", arm), arm)),
    ...factors.flatMap(({ factor, levels }, i) => {
      const folds = levels.map(foldOf);
      return levels.flatMap((level, j) => {
        const path = `${factorsPath}.${i}.levels.${j}`;
        const first = folds.indexOf(folds[j] as string);
        return [
          ...changed(`level of "${factor}":`, path, level),
          ...(first === j ? [] : [alike(factor, levels[first] as string, level, path)]),
        ];
      });
    }),
  ];
}

function alike(factor: string, other: string, level: string, path: string): Issue {
  const message = `Levels "${other}" and "${level}" of "${factor}" are one to a spreadsheet or to a reader. Keep one, or name them otherwise.`;
  return { code: "list.levels_alike", path, message, received: level, parameters: { other, factor } };
}

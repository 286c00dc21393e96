import { isGivenNumber, type Plan } from "../list/index.js";
import type { ExportMap, ReadCell, TableColumn } from "./tableFormat.js";

/** More codes than that are counted, not named. */
const MOST_NAMED = 20;

/** The rule that a cell is one of some codes. */
export function oneOf(codes: readonly string[]): TableColumn["rule"] {
  const known = new Set(codes);
  const more = codes.length > MOST_NAMED ? ` or ${codes.length - MOST_NAMED} more` : "";
  return { isRight: (cell) => known.has(cell), says: `one of ${codes.slice(0, MOST_NAMED).join(", ")}${more}` };
}

const matching = (pattern: RegExp, says: string): TableColumn["rule"] => ({
  isRight: (cell) => pattern.test(cell),
  says,
});

export const WHOLE: TableColumn["rule"] = matching(/^[1-9]\d*$/, "a whole number from 1");
/** Without blocks their counts are 0. */
export const COUNT: TableColumn["rule"] = matching(/^(?:0|[1-9]\d*)$/, "a whole number");
/** What the other system fills in. */
export const ANYTHING: TableColumn["rule"] = { isRight: () => true, says: "anything" };

/** Letters and digits: the package's own numbers begin with a letter, those of a list made elsewhere are as they are. */
export const NUMBER: TableColumn["rule"] = {
  isRight: isGivenNumber,
  says: "at most 20 letters and digits, with single hyphens or underscores between them",
};

/** The randomization number of the row. */
export const numberColumn = (title: string): TableColumn => ({
  title,
  cell: ({ number }) => number,
  rule: NUMBER,
  isUnique: true,
  read: (cell) => ({ number: cell }),
  tells: "number",
});

/** The code of the row's arm. */
export function armColumn(title: string, { arms }: ExportMap): TableColumn {
  const armOf = new Map(Object.entries(arms).map(([arm, code]) => [code, arm]));
  return {
    title,
    cell: ({ arm }) => arms[arm] ?? "",
    rule: oneOf(Object.values(arms)),
    read: (cell) => oneField("arm", armOf.get(cell)),
    tells: "arm",
  };
}

const oneField = (name: keyof ReadCell, value: unknown): ReadCell => (value === undefined ? {} : { [name]: value });

/** A column of whole numbers. The block is counted over all strata; where a list has none, it is 0. */
export function wholeColumn(
  title: string,
  field: "blockId" | "blockSize" | "position" | "sequence",
  rule: TableColumn["rule"] = WHOLE,
): TableColumn {
  const tells = field === "blockId" ? "block" : field;
  return {
    title,
    cell: (row) => String(row[field]),
    rule,
    read: (cell) => (cell === "0" ? {} : { [tells]: tells === "block" ? cell : Number(cell) }),
    tells,
  };
}

/** A factor's column: the code of the row's level, in the form that `written` gives it. */
export function factorColumn(
  title: string,
  factor: string,
  { factors }: ExportMap,
  { strata }: Plan,
  written: (code: string) => string = (code) => code,
): TableColumn {
  const codes = factors[factor]?.codes ?? {};
  const at = strata.findIndex((one) => one.factor === factor);
  const cells = Object.fromEntries(Object.entries(codes).map(([level, code]) => [level, written(code)]));
  const levelOf = new Map(Object.entries(cells).map(([level, cell]) => [cell, level]));
  return {
    title,
    cell: ({ stratum }) => cells[stratum[at]?.[1] ?? ""] ?? "",
    rule: oneOf(Object.values(cells)),
    read: (cell) => ({ stratum: { [factor]: levelOf.get(cell) ?? "" } }),
    tells: "stratum",
    factors: [factor],
  };
}

import { deepFreeze, requireFields, type Issue } from "../foundation/index.js";
import type { AdoptedField, AdoptedRow, ColumnTitles, Plan } from "../list/index.js";
import { NUMBER } from "./cells.js";
import { headerIssues } from "./compareTable.js";
import type { ExportMap, ReadCell, TableColumn, TableFormat } from "./tableFormat.js";

/** A line of a table: its number in the file, from 1, and its cells. */
export interface SourceLine {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The rows of a foreign table, with what is wrong in its cells; what `adoptList` takes. UNBLINDED. */
export interface ReadTable {
  readonly rows: readonly AdoptedRow[];
  /** The titles of the columns that were read. */
  readonly titles: ColumnTitles;
  /** Columns of the file that the map does not name; nothing was read in them. */
  readonly surplusColumns: readonly string[];
  /** Faults of the header: a column that is missing or stands twice, and what no column tells. Without them rows are read. */
  readonly issues: readonly Issue[];
}

/**
 * Reads the table of another system by the map of an export, in the other direction: codes become the arms and levels of
 * the plan. Faults of cells stand with their rows, so that `adoptList` tells them together with all others.
 *
 * A randomization number may have any form that a list can hold, and where a cell names a list, any name.
 *
 * @param map - as `parseExportMap` returns it for this format and this plan
 * @param lines - header first
 */
export function readTable<M extends ExportMap>(
  format: TableFormat<M>,
  map: M,
  plan: Plan,
  status: "LIVE" | "TEST",
  lines: Iterable<SourceLine>,
): ReadTable {
  requireFields(format, "a format of EXPORT_FORMATS", { columns: "a function" });
  requireFields(plan, "a plan as parsePlan returns it", { arms: "a list", strata: "a list" });
  const columns = format.columns(map, plan, status).filter(({ tells }) => tells !== undefined);
  const [header, ...body] = lines;
  const names = (header?.cells ?? []).map((title) => title.trim());
  const known = format.columns(map, plan, status).map(({ title }) => title);
  const titles = Object.fromEntries(columns.map(({ title, tells }) => [tells, title])) as ColumnTitles;
  const surplusColumns = names.filter((title) => title !== "" && !known.includes(title));
  const issues = [...headerIssues(columns, names), ...untoldIssues(columns, plan)];
  if (issues.length > 0) return deepFreeze({ rows: [], titles, surplusColumns, issues });
  const places = columns.map(({ title }) => names.indexOf(title));
  const rows = body.map((line) => rowOf(line, columns, places, names.length));
  return { rows, titles, surplusColumns, issues };
}

/** What a list cannot do without, and no column of the table tells. */
function untoldIssues(columns: readonly TableColumn[], plan: Plan): readonly Issue[] {
  const told = new Set<string>(columns.flatMap(({ tells = "stratum", factors = [] }) => [tells, ...factors]));
  const untold = (name: string, what: string): readonly Issue[] =>
    told.has(name)
      ? []
      : [
          {
            code: "exchange.column_untold",
            path: name,
            message: `No column of this table tells ${what}, so that no list can be made of it.`,
            expected: "a table, and a map, in which every row tells its arm and the level of each factor",
          },
        ];
  return [
    ...untold("arm", "the arm"),
    ...plan.strata.flatMap(({ factor }) => untold(factor, `the level of "${factor}"`)),
  ];
}

function rowOf(
  { line, cells }: SourceLine,
  columns: readonly TableColumn[],
  places: readonly number[],
  width: number,
): AdoptedRow {
  const faults: Issue[] = [];
  const told: ReadCell[] = [];
  if (cells.length > width) {
    const message = `Line ${line} has more cells than the header.`;
    const [expected, received] = [`${width} cells`, `${cells.length} cells`];
    faults.push({ code: "exchange.cell_surplus", path: `line ${line}`, message, expected, received });
  }
  columns.forEach((column, k) => {
    const cell = (cells[places[k] as number] ?? "").trim();
    const rule = ruleOf(column);
    const read = rule.isRight(cell) ? (column.read?.(cell) ?? {}) : undefined;
    if (read !== undefined && agrees(read, told)) {
      told.push(read);
      return;
    }
    if (read !== undefined) {
      const message = `Line ${line}, column "${column.title}" says something else than a column before it.`;
      faults.push({ code: "exchange.cell_invalid", path: `line ${line}, ${column.title}`, message, received: cell });
      return;
    }
    faults.push({
      code: "exchange.cell_invalid",
      path: `line ${line}, ${column.title}`,
      message: `Line ${line}, column "${column.title}" must be ${rule.says}.`,
      expected: rule.says,
      received: cell === "" ? "nothing" : cell,
    });
  });
  const stratum = Object.assign({}, ...told.map((each) => each.stratum)) as Record<string, string>;
  return Object.freeze({ ...(Object.assign({}, ...told) as ReadCell), stratum, line, faults });
}

/** Whether what a cell says is what the cells before it say of the same field. */
function agrees({ stratum = {}, ...fields }: ReadCell, told: readonly ReadCell[]): boolean {
  const isSame = (own: object, other: object = {}): boolean =>
    Object.entries(own).every(
      ([name, value]) => !Object.hasOwn(other, name) || other[name as keyof typeof other] === value,
    );
  return told.every((other) => isSame(fields, other) && isSame(stratum, other.stratum));
}

/** What another system calls a block may be anything but nothing. */
const NAMED: TableColumn["rule"] = { isRight: (cell) => cell !== "", says: "the name of a block" };
/** A number is held to the rule of lists here, whatever the format takes. */
const OWN_RULES: Readonly<Partial<Record<AdoptedField, TableColumn["rule"]>>> = { number: NUMBER, block: NAMED };
const ruleOf = ({ tells, rule }: TableColumn): TableColumn["rule"] => (tells && OWN_RULES[tells]) ?? rule;

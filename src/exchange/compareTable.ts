import { deepFreeze, requireFields, type Issue, type PlainCode } from "../foundation/index.js";
import type { ExportTable } from "./exportTable.js";
import type { TableColumn } from "./tableFormat.js";

/** What a file of another system is, against the table that a list has there. */
export interface TableComparison {
  readonly rows: { readonly expected: number; readonly received: number };
  /** Faults of the file by itself: columns, cells, numbers that stand twice. */
  readonly issues: readonly Issue[];
  /** The first row that is not the list's; absent where every row agrees. UNBLINDED. */
  readonly firstDifference?: TableDifference;
  /** Columns of the file that the table does not have; they are not compared. */
  readonly surplusColumns: readonly string[];
}

/** `re-sorted`: the same rows stand in another order, and the other system would give them out in that order. */
export interface TableDifference {
  readonly kind: "edited" | "re-sorted" | "truncated" | "surplus-rows";
  /** Row of the file, from 1; the header is not counted. */
  readonly row: number;
  readonly column?: string;
  readonly expected: string;
  readonly received: string;
}

/**
 * Compares what another system holds with the table of a list, row by row. Columns may stand in another order; rows may
 * not, because the next free row is the next that is given out.
 *
 * @param received - the cells of the file, header first, each row a list of texts
 */
export function compareTable(table: ExportTable, received: Iterable<readonly string[]>): TableComparison {
  requireFields(table, "a table of exportTable", { columns: "a list", rows: "a function" });
  const file = received[Symbol.iterator]();
  const header = (file.next().value ?? []) as readonly string[];
  const places = table.columns.map(({ title }) => header.indexOf(title));
  const issues: Issue[] = [...headerIssues(table.columns, header)];
  const titles = table.columns.map(({ title }) => title);
  const surplusColumns = header.filter((title) => !titles.includes(title));
  if (places.includes(-1)) {
    return deepFreeze({ rows: { expected: 0, received: 0 }, issues, surplusColumns });
  }
  const counter = rowCounter();
  const checker = cellChecker(table.columns);
  const expected = table.rows()[Symbol.iterator]();
  let first: TableDifference | undefined;
  for (;;) {
    const want = expected.next().value as readonly string[] | undefined;
    const cells = file.next().value as readonly string[] | undefined;
    if (want === undefined && cells === undefined) break;
    const have = cells && places.map((place) => cells[place] ?? "");
    if (have !== undefined) for (const issue of checker(have, counter.received + 1)) issues.push(issue);
    counter.add(want, have);
    first ??= differenceOf(titles, want, have, Math.max(counter.expected, counter.received));
  }
  const { expected: asked, received: found, hasSameRows } = counter;
  const isSorted = first !== undefined && hasSameRows();
  const firstDifference =
    first === undefined ? {} : { firstDifference: isSorted ? { ...first, kind: "re-sorted" as const } : first };
  return deepFreeze({ rows: { expected: asked, received: found }, issues, surplusColumns, ...firstDifference });
}

export function headerIssues(columns: readonly TableColumn[], header: readonly string[]): readonly Issue[] {
  const twice = header.filter((title, i) => header.indexOf(title) !== i);
  const fault = (code: PlainCode, path: string, message: string): Issue => ({ code, path, message });
  return [
    ...columns
      .filter(({ title }) => !header.includes(title))
      .map(({ title }) => fault("exchange.column_missing", title, `The file has no column "${title}".`)),
    ...twice.map((title) => fault("exchange.column_twice", title, `Column "${title}" stands twice.`)),
  ];
}

/** Faults of cells, and numbers that stand twice, row by row. */
function cellChecker(columns: readonly TableColumn[]): (cells: readonly string[], row: number) => readonly Issue[] {
  const seen = columns.map(() => new Map<string, number>());
  return (cells, row) =>
    columns.flatMap(({ title, rule, isUnique }, k): Issue[] => {
      const cell = cells[k] ?? "";
      const path = `row ${row}, ${title}`;
      if (!rule.isRight(cell)) {
        return [
          {
            code: "exchange.cell_invalid",
            path,
            message: `Row ${row}, column "${title}" must be ${rule.says}.`,
            expected: rule.says,
          },
        ];
      }
      if (isUnique !== true) return [];
      const before = seen[k]?.get(cell);
      seen[k]?.set(cell, row);
      if (before === undefined) return [];
      return [
        {
          code: "exchange.number_twice",
          path,
          message: `Row ${row} has the number of row ${before}.`,
          received: cell,
          parameters: { before },
        },
      ];
    });
}

function differenceOf(
  titles: readonly string[],
  want: readonly string[] | undefined,
  have: readonly string[] | undefined,
  row: number,
): TableDifference | undefined {
  if (want === undefined)
    return { kind: "surplus-rows", row, expected: "the end of the file", received: (have ?? []).join(",") };
  if (have === undefined) return { kind: "truncated", row, expected: want.join(","), received: "the end of the file" };
  const at = want.findIndex((cell, k) => cell !== have[k]);
  if (at < 0) return undefined;
  return { kind: "edited", row, column: titles[at] ?? "", expected: want[at] ?? "", received: have[at] ?? "" };
}

/** Counts rows on both sides, and sums them up in a way in which their order does not count. */
function rowCounter(): {
  expected: number;
  received: number;
  add(want: readonly string[] | undefined, have: readonly string[] | undefined): void;
  readonly hasSameRows: () => boolean;
} {
  const [wanted, found] = [new Map<string, number>(), new Map<string, number>()];
  const count = (rows: Map<string, number>, cells: readonly string[]): void => {
    const key = cells.join("\u001f");
    rows.set(key, (rows.get(key) ?? 0) + 1);
  };
  return {
    expected: 0,
    received: 0,
    add(want, have) {
      if (want !== undefined) this.expected += 1;
      if (have !== undefined) this.received += 1;
      // Rows that agree in their place need not be kept.
      if (want !== undefined && have !== undefined && want.every((cell, k) => cell === have[k])) return;
      if (want !== undefined) count(wanted, want);
      if (have !== undefined) count(found, have);
    },
    hasSameRows: () => wanted.size === found.size && [...wanted].every(([key, n]) => found.get(key) === n),
  };
}

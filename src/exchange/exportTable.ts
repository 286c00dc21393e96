import { fail, requireFields, requireString } from "../foundation/index.js";
import { stratumText } from "../list/index.js";
import type { MasterRow, Unblinded } from "../list/index.js";
import type { ExportMap, TableColumn, ExportRow, TableFormat } from "./tableFormat.js";
import type { UnblindedRows } from "./unblindedRows.js";

/** A table for another system, not yet written. UNBLINDED. */
export interface ExportTable {
  /** Without folder: list, status, UNBLINDED, format. One period, as Oracle Clinical One asks for. */
  readonly file: string;
  readonly columns: readonly TableColumn[];
  readonly separator: string;
  /** The rows as cells, anew at each call. */
  readonly rows: () => Iterable<readonly string[]>;
}

const ANY_EXPORT =
  /^(?<list>[A-Za-z][A-Za-z0-9-]{0,39})_(?<status>LIVE|TEST)_(?:UNBLINDED|blinded)_(?<what>[a-z-]+)\.(?:csv|xlsx|jsonl|manifest\.json)$/;

/** Of which list an export is by its name, and what it is; undefined for any other file. */
export function exportOfFileName(
  name: string,
): { readonly list: string; readonly status: "LIVE" | "TEST"; readonly what: string } | undefined {
  requireString(name, "name", "the name of a file");
  const { list, status, what } = ANY_EXPORT.exec(name)?.groups ?? {};
  if (list === undefined || what === undefined) return undefined;
  return { list, status: status === "TEST" ? "TEST" : "LIVE", what };
}

/**
 * The table that a list has in a format. Its rows are those of the blinded list, in list order: those that can be issued.
 *
 * @param list - of type `Unblinded`: no table with treatments is made of anything else
 * @param map - as {@link parseExportMap} returns it for this format and this plan
 * @throws AllocellError `exchange.no_blocks` where the format has blocks and the list has none; while the rows are read
 *   `exchange.too_many_rows`, `exchange.cell_invalid`
 */
export function exportTable<M extends ExportMap>(
  list: UnblindedRows & Unblinded,
  format: TableFormat<M>,
  map: M,
): ExportTable {
  requireFields(list, "the rows of a list, as unblindedRowsOf returns them", { plan: "a map", rows: "a function" });
  requireFields(format, "a format of EXPORT_FORMATS", { columns: "a function" });
  const { plan, status } = list;
  const columns = format.columns(map, plan, status);
  return Object.freeze({
    file: `${plan.list}_${status}_UNBLINDED_${format.tableName(status)}.csv`,
    columns,
    separator: format.separator?.(map) ?? ",",
    rows: () => cellRows(list, format, columns),
  });
}

function* cellRows(
  list: UnblindedRows,
  { id, title, mostRows = Infinity, needsBlocks }: Pick<TableFormat, "id" | "title" | "mostRows" | "needsBlocks">,
  columns: readonly TableColumn[],
): Generator<readonly string[], void, undefined> {
  let count = 0;
  let blockId = 0;
  let before: MasterRow | undefined;
  for (const row of list.rows()) {
    count += 1;
    const { stratum, sequence, number, block, blockSize, position, arm } = row;
    if (needsBlocks === true && block === 0) {
      const message = `${title} needs blocks, and a list of the procedure ${list.plan.procedure.kind} has none.`;
      fail("exchange.no_blocks", "procedure", message, {
        expected: "a list of blocks, or another format",
        parameters: { title, procedure: list.plan.procedure.kind },
      });
    }
    if (count > mostRows) {
      fail("exchange.too_many_rows", "length", `${title} takes at most ${mostRows} rows.`, {
        expected: `${mostRows}`,
        parameters: { title },
      });
    }
    if (before?.block !== block || before.stratum !== stratum) blockId += 1;
    before = row;
    // Field by field: a spread of each row takes as long as all of its cells.
    const own = { stratum, sequence, number, block, blockSize, position, arm, blockId: block === 0 ? 0 : blockId };
    const cells: string[] = [];
    for (const column of columns) {
      const text = column.cell(own);
      if (!column.rule.isRight(text)) refuseCell(column, own, id);
      cells.push(text);
    }
    yield cells;
  }
}

function refuseCell({ title, rule }: TableColumn, row: ExportRow, format: string): never {
  return fail(
    "exchange.cell_invalid",
    title,
    `Row ${row.sequence} of ${stratumText(row.stratum)} cannot be written for ${format}.`,
    {
      expected: rule.says,
      parameters: { sequence: row.sequence, stratum: stratumText(row.stratum), format },
    },
  );
}

/** A table as CSV in pieces, one line a piece, each ended by CR LF. No cell needs quoting, because none that would is let in. */
export function toExportCsv(table: ExportTable): Iterable<string> {
  requireFields(table, "a table of an export", { columns: "a list", separator: "text", rows: "a function" });
  return csvLines(table);
}

function* csvLines({ columns, separator, rows }: ExportTable): Generator<string, void, undefined> {
  yield `${columns.map(({ title }) => title).join(separator)}\r\n`;
  for (const row of rows()) {
    let line = row[0] ?? "";
    for (let k = 1; k < row.length; k += 1) line += separator + (row[k] as string);
    yield `${line}\r\n`;
  }
}

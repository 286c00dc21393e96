import * as z from "zod/mini";
import type { Issue } from "../../foundation/index.js";
import type { Plan } from "../../list/index.js";
import { armColumn, COUNT, factorColumn, numberColumn, oneOf, WHOLE, wholeColumn } from "../cells.js";
import { codeSchema, commonFields, mapFault } from "../exportMap.js";
import type { ExportMap, TableColumn, TableFormat } from "../tableFormat.js";

/** One column: a title, and either what of the list stands in it or a text that is the same in every row. */
export type MappedColumn =
  { readonly title: string; readonly from: string } | { readonly title: string; readonly text: string };

/** The map of a table whose columns its author chooses. */
export interface CsvMap extends ExportMap {
  readonly to: "csv";
  readonly separator: "comma" | "semicolon" | "tab";
  readonly columns: readonly MappedColumn[];
}

const SEPARATORS = { comma: ",", semicolon: ";", tab: "\t" } as const;

/** What a column may be made of, beside the factors of the plan; `block` counts over all strata. */
const SOURCES = ["number", "arm", "sequence", "block", "block_size", "position", "list", "status"] as const;

const COUNTS = { sequence: "sequence", block: "blockId", block_size: "blockSize", position: "position" } as const;
const isCount = (from: string): from is keyof typeof COUNTS => Object.hasOwn(COUNTS, from);

function checkMap({ columns }: CsvMap, { strata }: Plan): readonly Issue[] {
  const known = [...SOURCES, ...strata.map(({ factor }) => factor)];
  return columns.flatMap((column, i) => [
    ...("from" in column && !known.includes(column.from)
      ? [mapFault(`columns.${i}.from`, `"${column.from}" is nothing that a list has.`, known.join(", "))]
      : []),
    ...(columns.findIndex(({ title }) => title === column.title) < i
      ? [mapFault(`columns.${i}.title`, `two columns are called "${column.title}".`, "another title")]
      : []),
  ]);
}

function columnOf(column: MappedColumn, map: CsvMap, plan: Plan, status: "LIVE" | "TEST"): TableColumn {
  const { title } = column;
  const constant = (text: string): TableColumn => ({ title, cell: () => text, rule: oneOf([text]) });
  if ("text" in column) return constant(column.text);
  if (column.from === "number") return numberColumn(title);
  if (column.from === "arm") return armColumn(title, map);
  if (column.from === "list") return constant(plan.list);
  if (column.from === "status") return { ...constant(status), rule: oneOf(["LIVE", "TEST"]) };
  const { from } = column;
  if (!isCount(from)) return factorColumn(title, from, map, plan);
  return wholeColumn(title, COUNTS[from], from === "sequence" ? WHOLE : COUNT);
}

/** A CSV file of any columns. The same map reads such a file back: see `allocell adopt`. */
export const csv: TableFormat<CsvMap> = {
  id: "csv",
  title: "CSV with your own columns",
  basis: "the columns that your map names",
  map: z.strictObject({
    to: z.literal("csv"),
    separator: z._default(z.enum(["comma", "semicolon", "tab"]), "comma"),
    columns: z
      .array(
        z.union([
          z.strictObject({ title: codeSchema, from: z.string() }),
          z.strictObject({ title: codeSchema, text: codeSchema }),
        ]),
      )
      .check(z.minLength(1, "needs at least one column")),
    ...commonFields,
  }),
  checkMap,
  tableName: () => "table",
  columns: (map, plan, status) => map.columns.map((column) => columnOf(column, map, plan, status)),
  separator: ({ separator }) => SEPARATORS[separator],
  template: [
    "separator: comma # comma, semicolon or tab",
    `columns: # title, and from: one of ${SOURCES.join(", ")} or a factor; or text: the same in every row`,
    "  - { title: TO-STATE, from: number }",
    "  - { title: TO-STATE, from: arm }",
  ],
  armHint: "what stands for the arm",
  factorHint: "field: any name, it is not written; codes: what stands for the level",
};

import type * as z from "zod/mini";
import type { Issue } from "../foundation/index.js";
import type { AdoptedField, AdoptedRow, MasterRow, Plan } from "../list/index.js";

/** How another system names what a plan names: arm to code, and for each factor its field there and level to code. */
export interface ExportMap {
  /** The format that the map is for. */
  readonly to: string;
  readonly arms: Readonly<Record<string, string>>;
  readonly factors: Readonly<
    Record<string, { readonly field: string; readonly codes: Readonly<Record<string, string>> }>
  >;
}

/** A row of a list as the columns of a format read it. UNBLINDED. */
export interface ExportRow extends MasterRow {
  /** Number of the block over all strata, from 1; 0 for procedures without blocks. */
  readonly blockId: number;
}

/** One column of a table for another system. */
export interface TableColumn {
  readonly title: string;
  readonly cell: (row: ExportRow) => string;
  /** What each cell must be, and in words for a fault: `a raw choice code: 1, 2 or 3`. */
  readonly rule: { readonly isRight: (cell: string) => boolean; readonly says: string };
  /** Whether no two rows may have the same cell. */
  readonly isUnique?: true;
  /** What a cell says of its row when such a table is read; absent where it says nothing that a list has. */
  readonly read?: (cell: string) => ReadCell;
  /** What of a row {@link read} tells, and of which factors it tells the level. */
  readonly tells?: AdoptedField;
  readonly factors?: readonly string[];
}

/** What a cell says of its row, in the words of the plan. */
export type ReadCell = Pick<AdoptedRow, "stratum" | "arm" | "number" | "sequence" | "block" | "blockSize" | "position">;

/**
 * A format of another system. Everything that depends on formats is made of the one table of them: the help of the
 * command, the template of its map, docs/exchange.md and the tests.
 */
export interface TableFormat<M extends ExportMap = ExportMap> {
  readonly id: string;
  readonly title: string;
  /** What is known of it, in one sentence; of which system's words it is made. */
  readonly basis: string;
  /** @internal */
  readonly map: z.ZodMiniType<M>;
  /** Faults of a map beyond the names that every map has; told with those. */
  readonly checkMap: (map: M, plan: Plan) => readonly Issue[];
  /** The beginning of the file's name after list, status and UNBLINDED. */
  readonly tableName: (status: "LIVE" | "TEST") => string;
  readonly columns: (map: M, plan: Plan, status: "LIVE" | "TEST") => readonly TableColumn[];
  /** Character between cells; a comma where absent. */
  readonly separator?: (map: M) => string;
  /** Whether it has columns about blocks, so that a procedure without blocks has no table of it. */
  readonly needsBlocks?: true;
  /** The most rows that the system takes, where it says so. */
  readonly mostRows?: number;
  /** Lines of the template of its map that only this format has, with their comments. */
  readonly template: readonly string[];
  /** What the field and the codes of a factor are in that system, for the template. */
  readonly factorHint: string;
  readonly armHint: string;
}

import type { Issue, PlainCode } from "../foundation/index.js";
import type { Stratum } from "./strata.js";

/** One row of a list that another system made, in the words of the plan. UNBLINDED. */
export interface AdoptedRow {
  /** The level of each factor of the plan. */
  readonly stratum?: Readonly<Record<string, string>>;
  readonly arm?: string;
  /** Of all rows or of none: where no row has one, the plan's own numbers are given. */
  readonly number?: string;
  /** Place within the stratum, from 1; where no row has one, the rows of a stratum stand in their order. */
  readonly sequence?: number;
  /** What the other system calls the block; no two blocks of the table are called the same. */
  readonly block?: string;
  /** Rows of the block when complete, where the table says so. */
  readonly blockSize?: number;
  /** Place within the block, from 1, where the table says so. */
  readonly position?: number;
  /** Line of the table, from 1, for faults. */
  readonly line?: number;
  /** What is wrong with the row's own cells. */
  readonly faults?: readonly Issue[];
}

/** What a column of the table says of its row. */
export type AdoptedField = "number" | "arm" | "sequence" | "block" | "blockSize" | "position" | "stratum";
/** The titles of the columns, for faults. */
export type ColumnTitles = Readonly<Partial<Record<AdoptedField, string>>>;

/** A fault at a field of a row. */
export type FaultAt = (
  row: AdoptedRow,
  field: AdoptedField,
  code: PlainCode,
  message: string,
  more?: Partial<Issue>,
) => Issue;

/** A stratum with its rows in order. */
export interface RowsOfStratum {
  readonly stratum: Stratum;
  readonly rows: readonly AdoptedRow[];
}

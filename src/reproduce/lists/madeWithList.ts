import type { Issue } from "../../foundation/index.js";

/** One row, its cells by the peer's own column names. */
export type MadeWithRow = Readonly<Record<string, string | number>>;

/** A complete list as another program makes it. It names treatments: it is for unblinded persons only. */
export interface MadeWithList {
  readonly program: "blockrand" | "randotools" | "randomizeR";
  /** The version whose rules were followed. */
  readonly programVersion: string;
  /** Column names in the peer's order. */
  readonly columns: readonly string[];
  readonly rows: readonly MadeWithRow[];
  /** What `runif(1)` gives in R right after the list was made: whoever has R can compare the end of the stream. */
  readonly runifAfter: number;
  readonly warnings: readonly Issue[];
}

import type { ReportTable } from "../assessment/assessmentTables.js";

/** A table with a name for its file, such as `decisions`, the same in every language. */
export interface NamedTable extends ReportTable {
  readonly name: string;
}

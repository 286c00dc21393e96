export { compareTable, type TableComparison, type TableDifference } from "./compareTable.js";
export { parseExportMap } from "./exportMap.js";
export { exportOfFileName, exportTable, toExportCsv, type ExportTable } from "./exportTable.js";
export { EXPORT_FORMATS, exportFormat } from "./formats/formats.js";
export type { CsvMap, MappedColumn } from "./formats/csv.js";
export type { RedcapMap } from "./formats/redcap.js";
export { toMapTemplate } from "./mapTemplate.js";
export type { ExportMap, ExportRow, TableColumn, TableFormat } from "./tableFormat.js";
export { readMasterCsv, unblindedRowsOf, type ListIdentity, type UnblindedRows } from "./unblindedRows.js";

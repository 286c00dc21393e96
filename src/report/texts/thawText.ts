import type { UnitKind } from "../../quantity/index.js";

const NOT_CELLS: readonly UnitKind[] = ["cell-equivalents", "islet-equivalents", "vector-genomes", "tissue-mm2"];

/** The Chinese word for thawing: only cells are brought back to life (复苏). */
export const thawText = (unitKind: UnitKind): string => (NOT_CELLS.includes(unitKind) ? "解冻" : "复苏");

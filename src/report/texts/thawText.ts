import type { UnitKind } from "../../quantity/index.js";

const NOT_CELLS: readonly UnitKind[] = ["cell-equivalents", "islet-equivalents", "vector-genomes", "tissue-mm2"];
const OF_CELLS = "复苏";

/** The Chinese word for thawing: only cells are brought back to life (复苏). */
export const thawText = (unitKind: UnitKind): string => (NOT_CELLS.includes(unitKind) ? "解冻" : OF_CELLS);

/**
 * A text of ours, which speaks of cells, for what is counted; never one that holds what people wrote.
 *
 * @param counted - what is thawed; undefined leaves the text as it is
 * @example
 * ofCounted("需复苏数量", "cell-equivalents"); // "需解冻数量"
 */
export const ofCounted = (text: string, counted: UnitKind | undefined): string =>
  counted === undefined ? text : text.replaceAll(OF_CELLS, thawText(counted));

/**
 * What a count counts. Kinds never convert into one another: 1E6 total nucleated cells say nothing about viable cells,
 * and the cell-equivalents of an exosome product are no cells at all.
 *
 * `cells` means that the source says "cells" and no more; the count basis is then an assumption that must be closed
 * (`dose.countBasis`) before anybody can be dosed.
 */
export type UnitKind =
  | "cells"
  | "viable-cells"
  | "total-nucleated-cells"
  | "car-positive-cells"
  | "cd34-cells"
  | "cd3-cells"
  | "cell-equivalents"
  | "islet-equivalents"
  | "vector-genomes"
  | "tissue-mm2";

/** Every unit kind, with the words in which a document names it. */
export const UNIT_KINDS: Readonly<Record<UnitKind, string>> = Object.freeze({
  cells: "cells",
  "viable-cells": "viable cells",
  "total-nucleated-cells": "total nucleated cells",
  "car-positive-cells": "CAR-positive cells",
  "cd34-cells": "CD34+ cells",
  "cd3-cells": "CD3+ cells",
  "cell-equivalents": "cell-equivalents",
  "islet-equivalents": "islet equivalents",
  "vector-genomes": "vector genomes",
  "tissue-mm2": "mm² of tissue",
});

/** Kinds that a bare "cells" can turn out to be; genomes, tissue and equivalents are no cells. */
export const CELL_KINDS: readonly UnitKind[] = Object.freeze([
  "viable-cells",
  "total-nucleated-cells",
  "car-positive-cells",
  "cd34-cells",
  "cd3-cells",
]);

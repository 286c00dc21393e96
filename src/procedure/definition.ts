import type * as z from "zod/mini";
import type { Urn } from "./urn.js";

/**
 * All that the package knows of a kind of list procedure, in the procedure's own file; whatever is asked of procedures
 * is answered from here. Its names are in `report/texts`, its programs in `reproduce/`: each a table that must have every
 * kind.
 */
export interface Definition<Spec extends { readonly kind: string }> {
  /** The frozen name of what is drawn and how: what an id produced once, it produces for ever. */
  readonly algorithm: string;
  /** The schema of each parameter in a plan. Ranges are the urn's own business. */
  readonly parameters: () => Readonly<Record<Exclude<keyof Spec, "kind">, z.ZodMiniType>>;
  /** The urn for arms in a ratio and a number of rows. */
  readonly urn: (spec: Spec, ratio: readonly number[], rows: number) => Urn<unknown>;
  /** Whether an unequal ratio is kept at every row; at an equal one symmetry sees to it. */
  readonly keepsUnequalRatio: boolean;
  /** The sizes of its blocks in rows, empty where the spec states none; absent: it never has blocks. */
  readonly blockSizes?: (spec: Spec) => readonly number[];
  /** How stated sizes of blocks follow each other: drawn, or in the order in which they stand; absent: it has no such list. */
  readonly sizesAre?: "drawn" | "in order";
  /** Whether a whole block holds each arm as often as the ratio says; absent: it does. */
  readonly isBlockInRatio?: false;
  /** Whether the rows are drawn for the length of the list, which then cannot be extended; absent: they are not. */
  readonly isDrawnForLength?: (spec: Spec) => boolean;
}

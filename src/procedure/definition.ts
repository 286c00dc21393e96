import type * as z from "zod/mini";
import type { ProcedureKind, ProcedureSpec } from "./spec.js";
import type { Urn } from "./urn.js";

/** A procedure of one kind, as a plan states it. */
export type SpecOf<Kind extends ProcedureKind> = Extract<ProcedureSpec, { readonly kind: Kind }>;

/**
 * All that the package knows of a kind of list procedure, in the procedure's own file; whatever is asked of procedures
 * is answered from here. Its names are in `report/texts`, its programs in `reproduce/`: each a table that must have every
 * kind.
 */
export interface Definition<Kind extends ProcedureKind> {
  /** The frozen name of what is drawn and how: what an id produced once, it produces for ever. */
  readonly algorithm: string;
  /** The schema of each parameter in a plan. Ranges are the urn's own business. */
  readonly parameters: () => Readonly<Record<Exclude<keyof SpecOf<Kind>, "kind" | "mergedArms">, z.ZodMiniType>>;
  /** The urn for arms in a ratio and a number of rows. */
  readonly urn: (spec: SpecOf<Kind>, ratio: readonly number[], rows: number) => Urn<unknown>;
  /** Whether an unequal ratio is kept at every row; at an equal one symmetry sees to it. */
  readonly keepsUnequalRatio: boolean;
  /** The sizes of its blocks in rows, empty where the spec states none; absent: it never has blocks. */
  readonly blockSizes?: (spec: SpecOf<Kind>) => readonly number[];
  /** How stated sizes of blocks follow each other: drawn, or in the order in which they stand; absent: it has no such list. */
  readonly sizesAre?: "drawn" | "in order";
  /** Whether a whole block holds each arm as often as the ratio says; absent: it does. */
  readonly isBlockInRatio?: false;
  /** Whether the rows are drawn for the length of the list, which then cannot be extended; absent: they are not. */
  readonly isDrawnForLength?: (spec: SpecOf<Kind>) => boolean;
}

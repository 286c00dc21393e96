import type { SpecByKind } from "./table.js";

/** The kind of a procedure as a plan names it, such as `permuted-block`. */
export type ProcedureKind = keyof SpecByKind;

/**
 * A randomization procedure with its parameters, as a plan states it.
 *
 * `mergedArms: true` runs the procedure for as many equal arms as the ratio has shares and merges them into the arms of
 * the plan, which keeps an unequal ratio at every row.
 */
export type ProcedureSpec = SpecByKind[ProcedureKind] & {
  readonly mergedArms?: true;
};

import type { Definition } from "./definition.js";
import type { ProcedureKind, ProcedureSpec } from "./spec.js";
import { DEFINITIONS } from "./table.js";

/** Frozen names of what is drawn and how: what an id produced once, it produces for ever. */
export const ALGORITHMS: Readonly<Record<ProcedureKind, string>> = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.fromEntries(
    /* @__PURE__ */ Object.entries(DEFINITIONS).map(([kind, { algorithm }]) => [kind, algorithm]),
  ) as Record<ProcedureKind, string>,
);

/** What is known of the kind of a procedure. */
export function definitionOf({ kind }: Pick<ProcedureSpec, "kind">): Definition<ProcedureSpec> {
  // The entry is that of the procedure's own kind, which the compiler cannot see through the union.
  return DEFINITIONS[kind] as unknown as Definition<ProcedureSpec>;
}

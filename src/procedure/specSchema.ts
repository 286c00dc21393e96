import * as z from "zod/mini";
import { nearName } from "../foundation/index.js";
import { ALGORITHMS, definitionOf } from "./definitions.js";
import type { ProcedureKind, ProcedureSpec } from "./spec.js";

/** What a procedure's `kind` must be, with the name that was probably meant. */
function unknownKind(input: unknown): string {
  const known = Object.keys(ALGORITHMS);
  const kind = typeof input === "object" && input !== null && "kind" in input ? input.kind : undefined;
  const near = typeof kind === "string" ? nearName(kind, known) : undefined;
  return (
    `must name a known procedure${near === undefined ? "" : ` (did you mean "${near}"?)`}: ${known.join(", ")}; ` +
    "minimization, hu-hu and atkinson have no list, their allocation is dynamic"
  );
}

const merged = { mergedArms: z.exactOptional(z.literal(true, { error: "must be true, or left out" })) };

const schemaOf = (kind: ProcedureKind): z.ZodMiniObject =>
  z.strictObject({ kind: z.literal(kind), ...merged, ...definitionOf({ kind }).parameters() });

/** Strict schema of a plan's `procedure`. Ranges are the procedures' own business. @internal */
export const procedureSchema: z.ZodMiniType<ProcedureSpec> = z.discriminatedUnion(
  "kind",
  (Object.keys(ALGORITHMS) as ProcedureKind[]).map(schemaOf) as [z.ZodMiniObject],
  { error: ({ input }) => unknownKind(input) },
  // What each kind has is held by the type of its definition.
) as unknown as z.ZodMiniType<ProcedureSpec>;

import { fail, requireFields } from "../../foundation/index.js";
import { DYNAMIC_ALGORITHMS, parseDynamicPlan, type DynamicPlan } from "../../list/index.js";
import { toPythonDynamic } from "./python/toPythonDynamic.js";
import { toRDynamic } from "./r/toRDynamic.js";
import type { ScriptRequest } from "./request.js";

/**
 * A standalone program that replays the log of a dynamic allocation from its seed, and names the first allocation that
 * is not what plan, seed and the allocations before give.
 *
 * It needs nothing but Python 3.8 (standard library) or R (base). It holds the ratio and the procedure's parameters, and
 * neither the seed nor an allocation.
 *
 * @param plan - the last one, with all levels that the log has
 * @throws AllocellError `list.plan_invalid`, `script.procedure_unsupported` for a law that R cannot follow exactly
 * @see docs/regeneration.md
 */
export function toDynamicScript(plan: DynamicPlan, request: Omit<ScriptRequest, "algorithm">): string {
  requireFields(request, "what a program is written from", { status: "text", language: "text" });
  const read = parseDynamicPlan(plan);
  const algorithm = DYNAMIC_ALGORITHMS[read.procedure.kind];
  const { procedure } = read;
  if (request.language === "python") return toPythonDynamic(read, request.status, algorithm);
  if (procedure.kind === "minimization" && procedure.measure === "sd" && procedure.law.kind === "proportional") {
    fail(
      "script.procedure_unsupported",
      "procedure.law",
      "R has no numbers in which this law could be followed exactly.",
      {
        expected: "the program in Python",
      },
    );
  }
  return toRDynamic(read, request.status, algorithm);
}

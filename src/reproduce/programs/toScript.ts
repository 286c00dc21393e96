import { requireFields } from "../../foundation/index.js";
import { parsePlan, type Plan } from "../../list/index.js";
import { toPythonScript } from "./python/toPythonScript.js";
import { requireRegenerable, type ScriptRequest } from "./request.js";
import { toRScript } from "./r/toRScript.js";

/**
 * A standalone program that holds a plan and the published algorithm, asks for the seed, regenerates the list and
 * compares it with the master list's CSV row by row.
 *
 * It needs nothing but Python 3.8 (standard library) or R (base), and nothing of this package. It holds the allocation
 * ratio and the procedure's parameters, so it is for unblinded people; it holds neither the seed nor an assignment.
 *
 * @param plan - as `parsePlan` gives it
 * @returns the program's text, lines ending in LF
 * @throws AllocellError `script.algorithm_unknown` if `algorithm` is not the plan's, `script.stream_test_only`;
 *   `list.plan_invalid`, `procedure.*` for a plan from which no list comes
 * @see docs/regeneration.md
 */
export function toScript(plan: Plan, request: ScriptRequest): string {
  requireFields(request, "what a program is written from", { status: "text", algorithm: "text", language: "text" });
  const checked = parsePlan(plan);
  requireRegenerable(checked, request);
  return request.language === "python" ? toPythonScript(checked, request) : toRScript(checked, request);
}

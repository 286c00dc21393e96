import { requireFields } from "../foundation/index.js";
import { firstStep } from "./firstStep.js";
import type { EscalationDesign } from "./model.js";
import { compileRule } from "./rules/rules.js";
import { walk, type OutcomeWalk } from "./walk.js";

/**
 * Everything that can happen in a design, for any true rates.
 *
 * @param most - states beyond which it is refused
 * @throws AllocellError `escalation.too_many_states`
 */
export function enumerateDesign(design: EscalationDesign, most?: number): OutcomeWalk {
  requireFields(design, "a design as parseEscalationDesign returns it", { levels: "a list", rule: "a map" });
  return walk(design, firstStep(design), compileRule(design).step, most);
}

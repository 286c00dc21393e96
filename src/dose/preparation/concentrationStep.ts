import { UNIT_KINDS } from "../../quantity/index.js";
import { addStep } from "../formula/step.js";
import type { DrawOrder } from "./model.js";
import type { Chosen } from "./selectContainers.js";
import type { Trace } from "./trace.js";

/** The concentration from which is drawn: measured, or by the rule that governs. */
export function addConcentration(
  trace: Trace,
  { governingRule }: Pick<DrawOrder, "governingRule">,
  { lot: { order, factor, byContent } }: Chosen,
  unit: string,
): void {
  const { measuredPerMl, labelPerMl, fillMl, lot } = order;
  const about = { unit, texts: { lot, counted: UNIT_KINDS[order.counted] } };
  if (measuredPerMl !== undefined) addStep(trace, "concentration:measured", { C: measuredPerMl }, about);
  else if (governingRule === "volume" && labelPerMl !== undefined)
    addStep(trace, "concentration:volume", { c: labelPerMl, q: factor }, about);
  else addStep(trace, "concentration:content", { u: byContent, f: fillMl }, about);
}

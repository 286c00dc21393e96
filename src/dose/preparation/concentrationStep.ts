import { decimalText } from "../../quantity/index.js";
import type { StepInput } from "../model.js";
import { readable } from "../shown.js";
import { input } from "../step.js";
import type { DrawOrder } from "./model.js";
import type { PreparationStep } from "./result.js";
import type { Chosen } from "./selectContainers.js";
import { writtenStep } from "./trace.js";

/** From what the concentration of a lot follows: formula, worked line and inputs. */
function basis(
  { governingRule }: Pick<DrawOrder, "governingRule">,
  { lot: { order, factor, byContent } }: Chosen,
  unit: string,
): { readonly formula: string; readonly worked: string; readonly inputs: readonly StepInput[] } {
  const { measuredPerMl, labelPerMl, fillMl } = order;
  if (measuredPerMl !== undefined) {
    return {
      formula: "C = measured after thawing",
      worked: "C",
      inputs: [input("C", "measured concentration", measuredPerMl, `${unit}/mL`)],
    };
  }
  if (governingRule === "volume" && labelPerMl !== undefined) {
    return {
      formula: "C = label concentration c × factor q",
      worked: `${readable(labelPerMl)} × ${readable(decimalText(factor))}`,
      inputs: [input("c", "label concentration", labelPerMl, "per mL"), input("q", "factor", decimalText(factor), "")],
    };
  }
  return {
    formula: "C = usable cells u / fill volume f",
    worked: `${readable(decimalText(byContent))} / ${fillMl}`,
    inputs: [
      input("u", "usable cells of one container", decimalText(byContent), unit),
      input("f", "fill volume", fillMl, "mL"),
    ],
  };
}

/** The concentration from which is drawn: measured, or by the rule that governs. */
export function concentrationStep(
  draw: Pick<DrawOrder, "governingRule">,
  chosen: Chosen,
  unit: string,
): PreparationStep {
  const { order, concentration } = chosen.lot;
  return writtenStep({
    id: "concentration",
    title: `Actual concentration of lot ${order.lot}`,
    ...basis(draw, chosen, unit),
    unit: `${unit}/mL`,
    source: order.measuredPerMl === undefined ? "label and recovery" : "measurement",
    exact: decimalText(concentration),
  });
}

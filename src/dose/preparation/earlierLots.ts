import { decimalText, floorTo, fraction, type Fraction, readFraction, times } from "../../quantity/index.js";
import { readable } from "../shown.js";
import { input } from "../step.js";
import type { PreparationStep } from "./result.js";
import type { Chosen } from "./selectContainers.js";
import { writtenStep } from "./trace.js";

/** A lot, or a size of one, that is emptied before the last one is drawn from. */
export interface EmptiedLot {
  readonly chosen: Chosen;
  readonly volume: Fraction;
}

/** What a lot gives when its containers are emptied: before the last one is drawn from, or all of them. */
export function emptiedStep(
  { lot, containers }: Chosen,
  volume: Fraction,
  unit: string,
  rounding = ", down to the graduation",
): PreparationStep {
  const { order, concentration } = lot;
  const [volumeText, concentrationText] = [decimalText(volume), decimalText(concentration)];
  return writtenStep({
    id: "emptied",
    title: `Cells of lot ${order.lot}, emptied`,
    formula: `y = emptied e × concentration C; e = containers n × extractable volume x${rounding}`,
    worked: `${volumeText} × ${readable(concentrationText)}`,
    inputs: [
      input("n", "containers", String(containers), ""),
      input("x", "extractable volume", order.extractableMl, "mL"),
      input("e", "emptied volume", volumeText, "mL"),
      input("C", "actual concentration", concentrationText, `${unit}/mL`),
    ],
    unit,
    source: order.measuredPerMl === undefined ? "label and recovery" : "measurement",
    exact: decimalText(times(volume, concentration)),
  });
}

/** What all but the last of the chosen containers give: they are emptied, down to a whole graduation. */
export function emptyEarlierLots(chosen: readonly Chosen[], graduation: Fraction): readonly EmptiedLot[] {
  return chosen.slice(0, -1).map((part) => ({
    chosen: part,
    volume: floorTo(times(readFraction(part.lot.order.extractableMl), fraction(part.containers)), graduation),
  }));
}

import { floorTo, fraction, type Fraction, readFraction, times } from "../../quantity/index.js";
import type { SourceWord } from "../formula/sources.js";
import { addStep } from "../formula/step.js";
import type { Chosen } from "./selectContainers.js";
import type { Trace } from "./trace.js";

/** A lot, or a size of one, that is emptied before the last one is drawn from. */
export interface EmptiedLot {
  readonly chosen: Chosen;
  readonly volume: Fraction;
}

/** What a lot gives when its containers are emptied: before the last one is drawn from, or all of them. */
export function addEmptied(
  trace: Trace,
  formula: "emptied" | "emptied:whole",
  { chosen: { lot, containers }, volume }: EmptiedLot,
  unit: string,
): void {
  const { order, concentration } = lot;
  const values = { n: String(containers), x: order.extractableMl, e: volume, C: concentration };
  const source: SourceWord = order.measuredPerMl === undefined ? "label and recovery" : "measurement";
  addStep(trace, formula, values, { unit, texts: { lot: order.lot }, source: [{ key: source }] });
}

/** What all but the last of the chosen containers give: they are emptied, down to a whole graduation. */
export function emptyEarlierLots(chosen: readonly Chosen[], graduation: Fraction): readonly EmptiedLot[] {
  return chosen.slice(0, -1).map((part) => ({
    chosen: part,
    volume: floorTo(times(readFraction(part.lot.order.extractableMl), fraction(part.containers)), graduation),
  }));
}

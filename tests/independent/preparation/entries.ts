import { ceiling, divided, isAbove, isSame, minus, read, show, size, times, whole, write } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import type { Kind, Lot, Order, Worksheet } from "./shape.js";

/** One entry of `lots`, in cells that the dose counts. */
export interface Entry {
  readonly lot: string;
  /** Its place in the order, from 0. */
  readonly place: number;
  readonly expiresOn: string;
  readonly atHand: number;
  /** Usable cells of one container, by the rule that governs. */
  readonly usable: Fraction;
  readonly concentration: Fraction;
  readonly isMeasured: boolean;
  readonly fill: Fraction;
  readonly extractable: Fraction;
}

type Factors = readonly ("viability" | "purity")[];
const VIABLE_SUBSETS: readonly Kind[] = ["car-positive-cells", "cd34-cells", "cd3-cells"];

/** The table "What is counted"; undefined where kinds never convert. */
const factorsOf = (label: Kind, dose: Kind): Factors | undefined => {
  if (label === dose) return [];
  if (label === "total-nucleated-cells" && (dose === "viable-cells" || VIABLE_SUBSETS.includes(dose)))
    return ["viability", "purity"];
  if (label === "viable-cells" && VIABLE_SUBSETS.includes(dose)) return ["purity"];
  return undefined;
};

/** Recovery × viability × purity, and the same without recovery: what the label has in all. */
const countedShare = (lot: Lot, dose: Kind, refusals: Set<string>): { usable: Fraction; inAll: Fraction } => {
  const factors = factorsOf(lot.counted, dose);
  if (lot.counted === "cells") refusals.add("dose.count_basis_missing");
  if (factors === undefined) refusals.add("dose.count_basis_conflict");
  for (const name of ["viability", "purity"] as const) {
    if (factors?.includes(name) === true && lot[name] === undefined) refusals.add("dose.conversion_missing");
    if (factors !== undefined && !factors.includes(name) && lot[name] !== undefined) refusals.add(`dose.${name}_twice`);
  }
  const stated = [lot.recovery, lot.viability, lot.purity, lot.testedViability?.fraction];
  for (const text of stated) {
    if (text === undefined) continue;
    const fraction = read(text);
    if (fraction.top <= 0n || isAbove(fraction, whole(1))) refusals.add("dose.impossible_value");
  }
  const inAll = times(...(factors ?? []).map((name) => read(lot[name] ?? "1")));
  return { usable: times(read(lot.recovery), inAll), inAll };
};

/** Steps `usable`, `usable-by-volume` and `label-difference`, and the tests of each lot by itself. */
export const readEntries = (
  order: Order,
  kind: Kind,
  needed: Fraction | "all of it",
  sheet: Worksheet,
): readonly Entry[] => {
  const { refusals, steps, warnings } = sheet;
  const { product, draw } = order;
  const rules: unknown[] = [];
  const entries = (order.lots ?? []).map((lot, place): Entry => {
    if (lot.expiresOn < order.preparedOn) refusals.add("dose.lot_expired");
    if (!lot.isReleased) refusals.add("dose.lot_not_released");
    const [fill, extractable, content] = [read(lot.fillMl), read(lot.extractableMl), read(lot.content)];
    if (isAbove(extractable, fill)) refusals.add("dose.extractable_above_fill");
    const { usable: share, inAll } = countedShare(lot, kind, refusals);
    const tested = lot.testedViability && read(lot.testedViability.fraction);
    if (product?.minimumViability !== undefined) {
      if (tested === undefined) refusals.add("dose.viability_missing");
      else if (isAbove(read(product.minimumViability), tested)) refusals.add("dose.viability_below_minimum");
    }
    // Only total nucleated cells are multiplied by a viability; any other one is refused.
    const multiplied =
      lot.viability !== undefined && factorsOf(lot.counted, kind)?.includes("viability") === true
        ? read(lot.viability)
        : undefined;
    if (product?.minimumViability !== undefined && multiplied !== undefined) {
      if (isAbove(read(product.minimumViability), multiplied)) refusals.add("dose.viability_below_minimum");
    }
    const { expectedViability } = product ?? {};
    for (const [viability, where] of [
      [tested, "testedViability.fraction"],
      [multiplied, "viability"],
    ] as const) {
      if (expectedViability !== undefined && viability !== undefined && isAbove(read(expectedViability), viability))
        warnings.push({ code: "dose.viability_below_expected", path: `lots.${place}.${where}` });
    }
    if (multiplied !== undefined && tested !== undefined && !isSame(multiplied, tested))
      warnings.push({ code: "dose.viabilities_differ", path: `lots.${place}.viability` });

    const byContent = times(content, share);
    steps.push(["usable", write(byContent), write(byContent)]);
    let usable = byContent;
    let concentration = divided(byContent, fill);
    if (lot.labelPerMl === undefined && draw?.governingRule === "volume")
      refusals.add("dose.label_concentration_missing");
    if (lot.labelPerMl !== undefined) {
      const labelled = read(lot.labelPerMl);
      const byVolume = times(labelled, extractable, share);
      steps.push(["usable-by-volume", write(byVolume), write(byVolume)]);
      const inContent = divided(content, fill);
      const difference = divided(times(whole(100), minus(labelled, inContent)), inContent);
      steps.push(["label-difference", write(difference), show(difference)]);
      const isFar = isAbove(size(difference), whole(1));
      // Of whole containers the content governs, and nothing is counted by volume.
      if (needed === "all of it" && isFar)
        warnings.push({ code: "dose.label_values_inconsistent", path: `lots.${place}` });
      if (needed !== "all of it") {
        const [countByContent, countByVolume] = [
          ceiling(divided(needed, byContent)),
          ceiling(divided(needed, byVolume)),
        ];
        const isConsistent = !isFar && countByContent === countByVolume;
        if (!isConsistent) {
          warnings.push({ code: "dose.label_values_inconsistent", path: `lots.${place}` });
          if (draw?.governingRule === undefined) refusals.add("dose.governing_rule_missing");
        }
        rules.push({
          lot: lot.lot,
          byContent: `${countByContent}`,
          byVolume: `${countByVolume}`,
          labelDifferencePercent: show(difference),
          isConsistent,
        });
        if (draw?.governingRule === "volume") [usable, concentration] = [byVolume, times(labelled, share)];
      }
    }
    if (lot.measuredPerMl !== undefined) {
      concentration = read(lot.measuredPerMl);
      if (isAbove(times(concentration, fill), times(content, inAll)))
        warnings.push({ code: "dose.measured_above_label", path: `lots.${place}.measuredPerMl` });
    }
    const isMeasured = lot.measuredPerMl !== undefined;
    return {
      lot: lot.lot,
      expiresOn: lot.expiresOn,
      atHand: lot.containers,
      usable,
      concentration,
      isMeasured,
      place,
      fill,
      extractable,
    };
  });
  for (const one of entries) {
    if (entries.some((other) => other.lot === one.lot && other.expiresOn !== one.expiresOn))
      refusals.add("dose.lot_sizes_differ");
  }
  sheet.results["rules"] = rules;
  return entries;
};

import { divided, minus, over, plus, read, sumOf, times, whole } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import {
  delivered,
  finalVolume,
  flat,
  isWeight,
  limitOf,
  near,
  perKg,
  rateOf,
  target,
  withDose,
  withDraw,
  withInfusion,
  withLots,
  withProduct,
  withRate,
} from "./near.js";
import type { Edge } from "./near.js";
import type { Computed } from "./secondProgram.js";

const doseEdge =
  (
    where: "range" | "hard" | "soft",
    end: "minimum" | "maximum",
    value: (now: Computed) => Fraction | undefined,
  ): Edge =>
  (order, now, side) =>
    limitOf(near(value(now), side), (text) => withDose(order, { [where]: { [end]: flat(text) } }));

/** Each puts one limit of dose, containers, bag or rate of an order on, or beside, the value that it tests. */
export const edges: Readonly<Record<string, Edge>> = {
  cap: (order, now, side) =>
    limitOf(near(target(now), side), (amount) =>
      withDose(order, { cap: { amount, unitKind: order.dose.rule.unitKind } }),
    ),
  capDelivered: (order, now, side) =>
    limitOf(near(delivered(now), side), (amount) =>
      withDose(order, { cap: { amount, unitKind: order.dose.rule.unitKind } }),
    ),
  rangeLow: doseEdge("range", "minimum", target),
  rangeHigh: doseEdge("range", "maximum", target),
  rangeLowDelivered: doseEdge("range", "minimum", delivered),
  rangeHighDelivered: doseEdge("range", "maximum", delivered),
  hardLow: doseEdge("hard", "minimum", target),
  hardHigh: doseEdge("hard", "maximum", delivered),
  softLow: doseEdge("soft", "minimum", target),
  softHigh: doseEdge("soft", "maximum", target),
  softLowDelivered: doseEdge("soft", "minimum", delivered),
  softHighDelivered: doseEdge("soft", "maximum", delivered),
  rangeHighPerKg: (order, now, side) =>
    limitOf(near(perKg(delivered(now), now), side), (amount) =>
      withDose(order, { range: { minimum: flat("1"), maximum: { kind: "per-kg", amount } } }),
    ),
  leastAboveCap: (order, now, side) =>
    limitOf(near(perKg(order.dose.cap && read(order.dose.cap.amount), now), side), (amount) =>
      withDose(order, { range: { minimum: { kind: "per-kg", amount } } }),
    ),
  bands: (order, now, side) =>
    limitOf(near(now.weighed?.dosing, side), (kg) =>
      isWeight(kg)
        ? withDose(order, {
            range: [
              {
                below: { kg, included: order.infusion.dropsPerMl === undefined },
                range: { maximum: { kind: "per-kg", amount: "2E7" } },
              },
              {
                above: { kg, included: order.infusion.longMinutes === undefined },
                range: { minimum: flat("1E4"), maximum: flat("3E9") },
              },
            ],
          })
        : undefined,
    ),
  beside: (order, now, side) =>
    order.dose.rule.kind === "flat"
      ? limitOf(
          near(perKg(times(read(order.dose.rule.amount), over(10n, side === 0 ? 11n : 9n)), now), side),
          (besidePerKg) => withDose(order, { besidePerKg }),
        )
      : undefined,
  contentExact: (order, now, side) => {
    const [dose, taken] = [target(now), now.drawn?.taken[0]];
    if (dose === undefined || taken === undefined || order.draw === undefined) return undefined;
    const needed = times(dose, plus(whole(1), divided(read(order.draw.overfillPercent), whole(100))));
    const entry = order.lots?.findIndex(({ lot }) => lot === taken.entry.lot) ?? 0;
    const lot = order.lots?.[entry];
    if (lot === undefined) return undefined;
    const share = divided(taken.entry.usable, read(lot.content));
    const content = near(divided(needed, times(whole(taken.count), share)), side);
    return limitOf(content, (text) =>
      withLots(order, (one, place) => (place === entry ? { ...one, content: text } : one)),
    );
  },
  atHand: (order, now, side) => {
    const taken = now.drawn?.taken.at(-1);
    if (taken === undefined || taken.count + side < 1) return undefined;
    return withLots(order, (lot) =>
      lot.lot === taken.entry.lot ? { ...lot, containers: Math.min(taken.count + side, 9) } : lot,
    );
  },
  extractable: (order, now, side) => {
    const taken = now.drawn?.taken.at(-1);
    if (now.drawn?.taken.length !== 1 || taken === undefined) return undefined;
    return limitOf(near(divided(now.drawn.volume, whole(taken.count)), side), (text) =>
      withLots(order, (lot) => ({ ...lot, extractableMl: text })),
    );
  },
  halfGraduation: (order, now, side) => {
    const exact = now.sheet.steps.find(([id]) => id === "draw")?.[1];
    if (exact === undefined || exact.length > 15) return undefined;
    return limitOf(near(divided(times(read(exact), whole(2)), whole(7)), side), (graduationMl) =>
      withDraw(order, { graduationMl }),
    );
  },
  tinyDraw: (order, now, side) => {
    const exact = now.sheet.steps.find(([id]) => id === "draw")?.[1];
    if (exact === undefined || exact.length > 15) return undefined;
    return limitOf(near(times(read(exact), whole(2)), side), (graduationMl) => withDraw(order, { graduationMl }));
  },
  deadVolume: (order, now, side) => {
    if (now.drawn === undefined) return undefined;
    const held = sumOf(now.drawn.taken.map(({ entry, count }) => times(whole(count), entry.fill)));
    return limitOf(near(minus(held, now.drawn.volume), side), (deadVolumeMl) => withDraw(order, { deadVolumeMl }));
  },
  labelOnePercent: (order, _now, side) =>
    withLots(order, (lot, place) => {
      const labelled = near(
        times(divided(read(lot.content), read(lot.fillMl)), read(place % 2 === 0 ? "1.01" : "0.99")),
        side,
      );
      return labelled === undefined ? lot : { ...lot, labelPerMl: labelled };
    }),
  finalVolume: (order, now, side) =>
    limitOf(near(now.drawn?.volume, side), (finalVolumeMl) => withInfusion(order, { finalVolumeMl })),
  otherArms: (order, now, side) =>
    limitOf(near(finalVolume(order, now), side), (finalVolumeMl) =>
      order.infusion.finalVolumeMl === undefined
        ? undefined
        : withInfusion(order, { otherArms: [{ arm: "other", finalVolumeMl }] }),
    ),
  mostConcentrated: (order, now, side) => {
    const volume = finalVolume(order, now);
    return limitOf(near(volume && now.drawn && divided(now.drawn.delivered, volume), side), (maximum) =>
      withProduct(order, { concentrationPerMl: { maximum } }),
    );
  },
  leastConcentrated: (order, now, side) => {
    const volume = finalVolume(order, now);
    return limitOf(near(volume && now.drawn && divided(now.drawn.delivered, volume), side), (minimum) =>
      withProduct(order, { concentrationPerMl: { minimum } }),
    );
  },
  fastest: (order, now, side) =>
    limitOf(near(rateOf(order, now), side), (text) => withRate(order, { maximumMlPerMin: text })),
  slowest: (order, now, side) =>
    limitOf(near(rateOf(order, now), side), (text) => withRate(order, { minimumMlPerMin: text })),
  longest: (order, now, side) => limitOf(near(now.minutes, side), (text) => withRate(order, { maximumMinutes: text })),
  shortest: (order, now, side) => limitOf(near(now.minutes, side), (text) => withRate(order, { minimumMinutes: text })),
  perKgPerHour: (order, now, side) => {
    const rate = rateOf(order, now);
    return limitOf(near(perKg(rate && times(rate, whole(60)), now), side), (text) =>
      withRate(order, { maximumMlPerKgPerHour: text }),
    );
  },
  cellsPerMinute: (order, now, side) => {
    const dose = perKg(delivered(now), now);
    return limitOf(near(dose && now.minutes && divided(dose, now.minutes), side), (text) =>
      withRate(order, { maximumCellsPerKgPerMin: text }),
    );
  },
  longMinutes: (order, now, side) =>
    limitOf(near(now.minutes, side), (longMinutes) => withInfusion(order, { longMinutes })),
  measuredAsLabelled: (order, _now, side) =>
    withLots(order, (lot) => {
      const inAll = times(read(lot.content), read(lot.viability ?? "1"), read(lot.purity ?? "1"));
      const measuredPerMl = near(divided(inAll, read(lot.fillMl)), side);
      return measuredPerMl === undefined ? lot : { ...lot, measuredPerMl };
    }),
};

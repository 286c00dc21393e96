import { divided, downTo, minus, over, plus, read, sumOf, times, whole, write, writeAsInput } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import { reckon } from "./secondProgram.js";
import type { Reckoned } from "./secondProgram.js";
import type { Limit, Lot, Order } from "./shape.js";

/** Where a limit is put: just below the value that it tests, on it, or just above. */
export type Side = -1 | 0 | 1;

/** "106" and "15.107" read like a power of ten that lost its superscript: the package refuses them on purpose. */
const looksLost = (text: string): boolean => /(^|\.)10\d{1,2}$/.test(text);

/** Text at, just below or just above a value; undefined where an order cannot hold one. */
const near = (value: Fraction | undefined, side: Side): string | undefined => {
  if (value === undefined || value.top <= 0n) return undefined;
  const exact = writeAsInput(value);
  if (side === 0 && exact !== undefined && !looksLost(exact)) return exact;
  const digits = String(value.top / value.bottom).length;
  if (digits > 14) return undefined;
  const step = over(1n, 10n ** BigInt(Math.min(6, 15 - digits)));
  const below = downTo(value, step);
  const shifted = side < 0 && exact !== undefined ? minus(below, step) : side > 0 ? plus(below, step) : below;
  const text = shifted.top <= 0n ? undefined : writeAsInput(shifted);
  return text === undefined || looksLost(text) ? undefined : text;
};

type Edge = (order: Order, now: Reckoned, side: Side) => Order | undefined;

const flat = (amount: string): Limit => ({ kind: "flat", amount });
const withDose = (order: Order, more: Partial<Order["dose"]>): Order => ({
  ...order,
  dose: { ...order.dose, ...more },
});
const withDraw = (order: Order, more: Partial<NonNullable<Order["draw"]>>): Order | undefined =>
  order.draw && { ...order, draw: { ...order.draw, ...more } };
const withInfusion = (order: Order, more: Partial<Order["infusion"]>): Order => ({
  ...order,
  infusion: { ...order.infusion, ...more },
});
const withProduct = (order: Order, more: Partial<NonNullable<Order["product"]>>): Order | undefined =>
  order.product && { ...order, product: { ...order.product, ...more } };
const withLots = (order: Order, change: (lot: Lot, place: number) => Lot): Order | undefined =>
  order.lots && { ...order, lots: order.lots.map(change) };
const limitOf = (text: string | undefined, make: (text: string) => Order | undefined): Order | undefined =>
  text === undefined ? undefined : make(text);
const withRate = (order: Order, more: NonNullable<Order["infusion"]["limits"]>): Order =>
  withInfusion(order, { limits: { ...order.infusion.limits, ...more } });

const doseEdge =
  (
    where: "range" | "hard" | "soft",
    end: "minimum" | "maximum",
    value: (now: Reckoned) => Fraction | undefined,
  ): Edge =>
  (order, now, side) =>
    limitOf(near(value(now), side), (text) => withDose(order, { [where]: { [end]: flat(text) } }));

const target = (now: Reckoned): Fraction | undefined =>
  now.ordered?.isPlacebo === false ? now.ordered.target : undefined;
const delivered = (now: Reckoned): Fraction | undefined => now.drawn?.delivered;
const finalVolume = (order: Order, now: Reckoned): Fraction | undefined => {
  const volume = order.infusion.finalVolumeMl === undefined ? now.drawn?.volume : read(order.infusion.finalVolumeMl);
  return volume === undefined || volume.top === 0n ? undefined : volume;
};
const rateOf = (order: Order, now: Reckoned): Fraction | undefined => {
  const volume = finalVolume(order, now);
  return volume && now.minutes && now.minutes.top !== 0n ? divided(volume, now.minutes) : undefined;
};
const perKg = (value: Fraction | undefined, now: Reckoned): Fraction | undefined =>
  value && now.weighed && divided(value, now.weighed.dosing);

/** Each puts one limit of an order on, or beside, the value that it tests. */
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
  stability: (order, now, side) => {
    const stability = now.sheet.results["stability"] as { readonly spareMinutes: number } | undefined;
    if (order.clock === undefined || stability === undefined) return undefined;
    const stabilityMinutes = order.clock.stabilityMinutes - stability.spareMinutes + side;
    return stabilityMinutes < 1 ? undefined : { ...order, clock: { ...order.clock, stabilityMinutes } };
  },
  overMidnight: (order, now, side) =>
    order.clock &&
    withLots(
      {
        ...order,
        clock: {
          ...order.clock,
          thawedAt: "2026-02-27T22:00",
          startAt: side === 0 ? "2026-02-27T22:00" : "2026-02-27T23:30",
        },
      },
      (lot, place) => (side > 0 && lot.lot === order.lots?.[place]?.lot ? { ...lot, expiresOn: "2026-02-27" } : lot),
    ),
  dmso: (order, now, side) => {
    if (now.weighed === undefined || now.drawn === undefined) return undefined;
    const withDmso = withProduct(order, {
      dmso: order.dose.cap === undefined ? { percentVv: "10" } : { mgPerMl: "55" },
    });
    const own = times(now.drawn.volume, read(order.dose.cap === undefined ? "0.11" : "0.055"));
    const limit = order.lots?.length === 1 ? "1" : "0.3";
    return limitOf(near(minus(times(read(limit), now.weighed.now), own), side), (otherDmsoG) =>
      withDmso === undefined
        ? undefined
        : {
            ...withDmso,
            dayTotals: {
              otherEndotoxinEu: "0",
              ...order.dayTotals,
              otherDmsoG,
              ...(limit === "1" ? {} : { dmsoLimitGPerKg: limit }),
            },
          },
    );
  },
  endotoxin: (order, now, side) => {
    if (now.weighed === undefined || now.drawn === undefined) return undefined;
    const own = times(now.drawn.volume, read("0.5"));
    return limitOf(near(minus(times(whole(5), now.weighed.now), own), side), (otherEndotoxinEu) => {
      const contaminated = withProduct(order, { endotoxinEuPerMl: "0.5" });
      return contaminated && { ...contaminated, dayTotals: { otherDmsoG: "0", ...order.dayTotals, otherEndotoxinEu } };
    });
  },
  viability: (order, _now, side) =>
    withProduct(
      withLots(order, (lot) => ({ ...lot, testedViability: { fraction: "0.8", method: "trypan blue" } })) ?? order,
      order.draw?.governingRule === undefined
        ? { minimumViability: near(read("0.8"), side) ?? "0.8" }
        : { minimumViability: "0.7", expectedViability: near(read("0.8"), side) ?? "0.8" },
    ),
  reweigh: (order, _now, side) => {
    if (order.weight === undefined) return undefined;
    const isUp = order.infusion.finalVolumeMl === undefined;
    const reference = near(divided(read(order.weight.weightKg), read(isUp ? "1.1" : "0.9")), side);
    return limitOf(reference, (referenceWeightKg) =>
      order.weight === undefined || !isWeight(referenceWeightKg)
        ? undefined
        : {
            ...order,
            weight: {
              ...order.weight,
              reweigh: {
                reference: "baseline",
                referenceWeightKg,
                referenceWeighedOn: "2026-01-05",
                thresholdPercent: "10",
                comparison: order.lots?.length === 1 ? ">" : ">=",
              },
            },
          },
    );
  },
  expectedKg: (order, _now, side) => {
    const { weight } = order;
    if (weight === undefined) return undefined;
    const end = near(read(weight.weightKg), side);
    if (end === undefined || !isWeight(end)) return undefined;
    const expectedKg =
      order.draw?.governingRule === undefined ? { minimum: end, maximum: "300" } : { minimum: "0.5", maximum: end };
    return { ...order, weight: { ...weight, expectedKg } };
  },
  weightAge: (order, _now, side) =>
    order.weight && { ...order, weight: { ...order.weight, weighedOn: "2026-02-20", maximumAgeDays: 7 + side } },
};

const isWeight = (text: string): boolean => {
  const kg = read(text);
  return kg.top * 2n >= kg.bottom && kg.top <= 300n * kg.bottom;
};

const inWeight = (order: Order, more: Partial<NonNullable<Order["weight"]>>): Order | undefined =>
  order.weight && { ...order, weight: { ...order.weight, ...more } };
const inFirstLot = (order: Order, more: Partial<Lot>): Order | undefined =>
  withLots(order, (lot, place) => (place === 0 ? { ...lot, ...more } : lot));
const withoutKey = <T extends object>(whole: T, key: keyof T): T =>
  Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key)) as T;

/** Each makes one mistake that the docs name. */
export const mistakes: Readonly<Record<string, (order: Order) => Order | undefined>> = {
  noWeight: (order) => withoutKey(order, "weight"),
  tooHeavy: (order) => inWeight(order, { weightKg: "300.1" }),
  tooLight: (order) => inWeight(order, { weightKg: "0.49" }),
  weighedLater: (order) => inWeight(order, { weighedOn: "2026-02-28" }),
  child: (order) =>
    order.weight?.descriptor === "actual"
      ? undefined
      : { ...order, participant: { ...order.participant, ageYears: "17.9" } },
  noHeight: (order) => order.participant && { ...order, participant: withoutKey(order.participant, "heightCm") },
  noAge: (order) => order.participant && { ...order, participant: withoutKey(order.participant, "ageYears") },
  noSex: (order) => order.participant && { ...order, participant: withoutKey(order.participant, "sex") },
  noFactor: (order) => order.weight && { ...order, weight: withoutKey(order.weight, "adjustmentFactor") },
  noConstant: (order) => order.weight && { ...order, weight: withoutKey(order.weight, "leanMaleConstant") },
  slippedLevel: (order) =>
    withDose(order, {
      levels: order.dose.levels.map((level) => ({ ...level, amount: write(times(read(level.amount), whole(10))) })),
    }),
  otherLevelKind: (order) =>
    withDose(order, { levels: order.dose.levels.map((level) => ({ ...level, unitKind: "cd3-cells" })) }),
  capOfOtherKind: (order) => withDose(order, { cap: { amount: "9E10", unitKind: "cell-equivalents" } }),
  noProduct: (order) => withoutKey(order, "product"),
  noLots: (order) => withoutKey(order, "lots"),
  noDraw: (order) => withoutKey(order, "draw"),
  expired: (order) => inFirstLot(order, { expiresOn: "2026-02-26" }),
  expiresToday: (order) => inFirstLot(order, { expiresOn: "2026-02-27" }),
  notReleased: (order) =>
    withLots(order, (lot, place) => (place === (order.lots?.length ?? 0) - 1 ? { ...lot, isReleased: false } : lot)),
  extractableAboveFill: (order) => inFirstLot(order, { extractableMl: "60.5" }),
  recoveryAboveOne: (order) => inFirstLot(order, { recovery: "1.000001" }),
  viabilityTwice: (order) => inFirstLot(order, { viability: "0.9" }),
  purityTwice: (order) => inFirstLot(order, { purity: "0.9" }),
  noPurity: (order) => withLots(order, (lot) => withoutKey(lot, "purity")),
  otherKind: (order) => inFirstLot(order, { counted: "cell-equivalents" }),
  unknownCells: (order) => inFirstLot(order, { counted: "cells" }),
  noGoverningRule: (order) => order.draw && { ...order, draw: withoutKey(order.draw, "governingRule") },
  leastViability: (order) => withProduct(order, { minimumViability: "0.7" }),
  rateAndMinutes: (order) => withInfusion(order, { rateMlPerMin: "2", minutes: "30" }),
  noDuration: (order) => ({ ...order, infusion: withoutKey(withoutKey(order.infusion, "rateMlPerMin"), "minutes") }),
  startsBeforeThaw: (order) => order.clock && { ...order, clock: { ...order.clock, startAt: "2026-02-27T08:59" } },
  noDayTotals: (order) => withoutKey(withProduct(order, { endotoxinEuPerMl: "0.01" }) ?? order, "dayTotals"),
  loosenedDmso: (order) =>
    withProduct(
      { ...order, dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0", dmsoLimitGPerKg: "1.01" } },
      { dmso: { percentVv: "5" } },
    ),
  strictDmso: (order) =>
    withProduct(
      { ...order, dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0", dmsoLimitGPerKg: "0.01" } },
      { dmso: { percentVv: "5" } },
    ),
  idleOverride: (order) => ({
    ...order,
    overrides: [{ code: "dose.long_infusion", reason: "slow by intent", by: "doctor C" }],
  }),
  overriddenError: (order) => ({
    ...order,
    overrides: [{ code: "dose.outside_range", reason: "needed", by: "doctor C" }],
  }),
  noFinalVolume: (order) => ({ ...order, infusion: withoutKey(order.infusion, "finalVolumeMl") }),
};

/** The order with every warning accepted by name. */
export const acceptWarnings = (order: Order): Order => ({
  ...order,
  overrides: [...new Set(reckon(order).sheet.warnings)].map((code) => ({ code, reason: "as agreed", by: "doctor C" })),
});

import { read, times, whole, write } from "./fraction.js";
import { flat, perKgOf, withDose, withDraw, withInfusion, withLots, withProduct, withRate } from "./near.js";
import { compute } from "./secondProgram.js";
import type { Lot, Order, Override, Warning } from "./shape.js";

const inWeight = (order: Order, more: Partial<NonNullable<Order["weight"]>>): Order | undefined =>
  order.weight && { ...order, weight: { ...order.weight, ...more } };
const inParticipant = (order: Order, more: NonNullable<Order["participant"]>): Order => ({
  ...order,
  participant: { ...order.participant, ...more },
});
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
  tooShort: (order) => inParticipant(order, { heightCm: "119.99" }),
  tooTall: (order) => inParticipant(order, { heightCm: "250.01" }),
  heightInMetres: (order) => inParticipant(order, { heightCm: "1.8" }),
  tooOld: (order) => inParticipant(order, { ageYears: "120.01" }),
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
  unlabelled: (order) =>
    withDraw(withLots(order, (lot, place) => (place === 0 ? withoutKey(lot, "labelPerMl") : lot)) ?? order, {
      governingRule: "volume",
    }),
  noGoverningRule: (order) => order.draw && { ...order, draw: withoutKey(order.draw, "governingRule") },
  leastViability: (order) => withProduct(order, { minimumViability: "0.7" }),
  rateAndMinutes: (order) => withInfusion(order, { rateMlPerMin: "2", minutes: "30" }),
  noDuration: (order) => ({
    ...order,
    infusion: ["rateMlPerMin", "rateMlPerHour", "minutes"].reduce(
      (infusion, way) => withoutKey(infusion, way as keyof Order["infusion"]),
      order.infusion,
    ),
  }),
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
  invertedWindow: (order) => ({
    ...order,
    identification: { window: { from: "2026-02-28", to: order.clock === undefined ? "2026-02-27" : "2026-01-31" } },
  }),
  reversedHard: (order) => withDose(order, { hard: { minimum: flat("3E12"), maximum: flat("1E4") } }),
  reversedSoft: (order) => withDose(order, { soft: { minimum: perKgOf("1000001"), maximum: perKgOf("1E6") } }),
  reversedRange: (order) => withDose(order, { range: { minimum: perKgOf("3E8"), maximum: perKgOf("1E3") } }),
  // In the band that does not hold the weight.
  reversedBand: (order) =>
    withDose(order, {
      range: [
        { below: { kg: "0.6", included: true }, range: { minimum: flat("2"), maximum: flat("1") } },
        { above: { kg: "0.6", included: false }, range: {} },
      ],
    }),
  reversedExpectedKg: (order) => inWeight(order, { expectedKg: { minimum: "300", maximum: "0.5" } }),
  reversedConcentration: (order) =>
    withProduct(order, { concentrationPerMl: { minimum: "1000001", maximum: "1000000" } }),
  reversedRate: (order) => withRate(order, { minimumMlPerMin: "9", maximumMlPerMin: "0.01" }),
  reversedMinutes: (order) => withRate(order, { minimumMinutes: "9", maximumMinutes: "8.99" }),
  pathOfNothing: (order) => ({
    ...order,
    overrides: compute(order).sheet.warnings.map(({ code }) => ({
      code,
      path: "lots.7",
      reason: "as agreed",
      by: "doctor C",
    })),
  }),
};

/** How the warnings of an order are accepted: each by itself; all but the first; by code alone. */
export type Acceptance = "each" | "all but one" | "by code";

const accepted = ({ code, path }: Warning, isSeveral: boolean): Override => ({
  code,
  ...(isSeveral && path !== undefined ? { path } : {}),
  reason: "as agreed",
  by: "doctor C",
});

/** Warnings accepted by name. A path is given only where several warnings have the code. */
export const acceptanceOf = (warnings: readonly Warning[], how: Acceptance): readonly Override[] => {
  if (how === "by code") return [...new Set(warnings.map(({ code }) => code))].map((code) => accepted({ code }, false));
  const isSeveral = ({ code }: Warning): boolean => warnings.filter((one) => one.code === code).length > 1;
  return warnings.slice(how === "each" ? 0 : 1).map((one) => accepted(one, isSeveral(one)));
};

export const acceptWarnings = (order: Order, how: Acceptance): Order => ({
  ...order,
  overrides: acceptanceOf(compute(order).sheet.warnings, how),
});

import { administrationDay } from "./dosingWeight.js";
import { dayBeside } from "./edgesOfDays.js";
import { divided, downTo, plus, read, sumOf, times, whole } from "./fraction.js";
import { limitOf, near, withDose, withDraw, withLots, withProduct } from "./near.js";
import type { Edge, Side } from "./near.js";
import type { Lot, Order } from "./shape.js";

/** A fraction beside another one, and never above 1. */
const fractionNear = (text: string, side: Side): string =>
  text === "1" && side > 0 ? text : (near(read(text), side) ?? text);

const tested = (order: Order, fraction: (lot: Lot) => string): Order =>
  withLots(order, (lot) => ({ ...lot, testedViability: { fraction: fraction(lot), method: "trypan blue" } })) ?? order;

/** Each puts one number, or day, on or beside the value at which it is taken for a slip. */
export const edgesOfSlips: Readonly<Record<string, Edge>> = {
  height: (order, _now, side) => {
    if (order.participant === undefined) return undefined;
    const heightCm = near(read(order.participant.sex === "male" ? "120" : "250"), side);
    return limitOf(heightCm, (text) => ({ ...order, participant: { ...order.participant, heightCm: text } }));
  },
  adultWeight: (order, _now, side) => {
    const { weight, participant } = order;
    if (weight === undefined) return undefined;
    const isAdult = weight.descriptor !== "actual" || order.infusion.dropsPerMl === undefined;
    return limitOf(near(read(order.infusion.finalVolumeMl === undefined ? "30" : "250"), side), (weightKg) => ({
      ...order,
      participant: { ...participant, ageYears: isAdult ? "18" : "17.999" },
      weight: { ...weight, weightKg },
    }));
  },
  /** The measured weight is the one looked at, also where the reference weight is computed with. */
  adultReference: (order, _now, side) => {
    const { weight, participant } = order;
    if (weight === undefined) return undefined;
    return limitOf(near(read("30"), side), (weightKg) => ({
      ...order,
      participant: { ...participant, ageYears: "19" },
      weight: {
        ...weight,
        weightKg,
        reweigh: {
          reference: "baseline",
          referenceWeightKg: side < 0 ? "30.5" : "29.5",
          referenceWeighedOn: "2026-01-05",
          thresholdPercent: "10",
          comparison: ">",
        },
      },
    }));
  },
  viabilities: (order, _now, side) =>
    withProduct(
      tested(order, (lot) => fractionNear(lot.viability ?? "0.93", side)),
      { minimumViability: "0.5", expectedViability: order.draw?.deadVolumeMl === undefined ? "0.95" : "0.9" },
    ),
  viabilityMultiplied: (order, _now, side) => {
    const limit = near(read("0.95"), side) ?? "0.95";
    return withProduct(
      tested(order, () => "1"),
      order.infusion.finalVolumeMl === undefined
        ? { minimumViability: limit }
        : { minimumViability: "0.9", expectedViability: limit },
    );
  },
  /** The dose is what the emptied entries give, and half a graduation more: the last entry gives that, or nothing. */
  nothingDrawn: (order, now, side) => {
    const { draw } = order;
    const last = now.drawn?.taken.at(-1);
    if (draw === undefined || last === undefined || now.drawn === undefined || now.drawn.taken.length < 2)
      return undefined;
    const graduation = read(draw.graduationMl);
    const emptied = now.drawn.taken
      .slice(0, -1)
      .map(({ entry, count }) =>
        times(downTo(times(whole(count), entry.extractable), graduation), entry.concentration),
      );
    const half = divided(times(graduation, last.entry.concentration), whole(2));
    return limitOf(near(plus(sumOf(emptied), half), side), (amount) => {
      const rule = { kind: "flat" as const, amount, unitKind: order.dose.rule.unitKind };
      return withDraw(withDose(order, { rule, levels: [rule] }), { overfillPercent: "20" });
    });
  },
  plannedDay: (order, _now, side) => ({
    ...order,
    identification: { ...order.identification, plannedOn: dayBeside(administrationDay(order), side) },
  }),
  plannedInWindow: (order, _now, side) => {
    const day = administrationDay(order);
    const isEarly = order.infusion.finalVolumeMl === undefined;
    const window = { from: dayBeside(day, -2), to: dayBeside(day, 1) };
    const plannedOn = isEarly ? dayBeside(window.from, side) : dayBeside(window.to, -side);
    return { ...order, identification: { window, plannedOn } };
  },
};

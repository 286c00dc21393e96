import { administrationDay } from "./dosingWeight.js";
import { ceiling, divided, minus, read, times, whole } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import { isWeight, limitOf, near, withLots, withProduct } from "./near.js";
import type { Edge } from "./near.js";
import type { Order } from "./shape.js";

export const dayBeside = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** DMSO of the drawn volume, in grams. */
const ownDmso = (order: Order, volume: Fraction | undefined): Fraction => {
  const { dmso } = order.product ?? {};
  if (volume === undefined || dmso === undefined) return whole(0);
  return "percentVv" in dmso
    ? times(volume, read(dmso.percentVv), read("0.011"))
    : times(volume, read(dmso.mgPerMl), read("0.001"));
};

/** The clock of an order, or an easy one where it has a duration and no clock. */
const clockOf = (order: Order): Order["clock"] => {
  const { minutes, rateMlPerMin } = order.infusion;
  if (order.clock !== undefined || (minutes === undefined && rateMlPerMin === undefined)) return order.clock;
  const thawedAt = `${order.preparedOn}T08:00`;
  return { thawedAt, startAt: `${order.preparedOn}T08:10`, stabilityMinutes: 1_440, lineFlushMinutes: 5 };
};

/** Each puts one limit of weight, clock, dates or day totals on, or beside, the value that it tests. */
export const edgesOfDays: Readonly<Record<string, Edge>> = {
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
  weightAge: (order, _now, side) => {
    const maximumAgeDays = daysBetween("2026-02-20", administrationDay(order)) + side;
    return order.weight && { ...order, weight: { ...order.weight, weighedOn: "2026-02-20", maximumAgeDays } };
  },
  weightAgeAfterMidnight: (order, _now, side) => {
    const clock = clockOf(order);
    if (clock === undefined || order.weight === undefined) return undefined;
    const startAt = `${dayBeside(order.preparedOn, 1)}T00:00`;
    const weighedOn = dayBeside(order.preparedOn, -2);
    return {
      ...order,
      weight: { ...order.weight, weighedOn, maximumAgeDays: 3 + side },
      clock: { ...clock, thawedAt: `${order.preparedOn}T23:55`, startAt },
    };
  },
  referenceDay: (order, _now, side) =>
    order.weight && {
      ...order,
      weight: {
        ...order.weight,
        reweigh: {
          reference: "last-dose",
          referenceWeightKg: order.weight.weightKg,
          thresholdPercent: "5",
          comparison: ">",
          ...order.weight.reweigh,
          referenceWeighedOn: dayBeside(order.weight.weighedOn, side),
        },
      },
    },
  longHold: (order, now, side) => {
    const clock = clockOf(order);
    if (clock === undefined || now.minutes === undefined) return undefined;
    const waited = Date.parse(`${clock.startAt}:00Z`) - Date.parse(`${clock.thawedAt}:00Z`);
    const longHoldMinutes = waited / 60_000 + Number(ceiling(now.minutes)) + side;
    return longHoldMinutes < 1 ? undefined : { ...order, clock: { ...clock, longHoldMinutes } };
  },
  thawDay: (order, _now, side) => {
    const clock = clockOf(order);
    if (clock === undefined) return undefined;
    const isEarly = order.infusion.dropsPerMl === undefined;
    const day = side < 0 ? (isEarly ? -1 : 2) : side > 0 ? 1 : 0;
    const time = side < 0 ? (isEarly ? "23:59" : "00:00") : isEarly ? "00:00" : "23:59";
    const thawedAt = `${dayBeside(order.preparedOn, day)}T${time}`;
    const startAt = new Date(Date.parse(`${thawedAt}:00Z`) + 300_000).toISOString().slice(0, 16);
    return { ...order, clock: { ...clock, thawedAt, startAt } };
  },
  window: (order, now, side) => {
    const day = administrationDay(order);
    const isEarly = now.sheet.warnings.length % 2 === 0;
    const end = dayBeside(day, isEarly ? side : -side);
    const window = isEarly ? { from: end, to: dayBeside(end, 3) } : { from: dayBeside(end, -3), to: end };
    return { ...order, identification: { ...order.identification, window } };
  },
  weekend: (order, _now, side) => {
    const preparedOn = side < 0 ? "2026-02-28" : side > 0 ? "2026-03-01" : order.preparedOn;
    const clock = clockOf(order);
    if (clock === undefined || order.infusion.dropsPerMl !== undefined) return { ...order, preparedOn };
    const thawedAt = side < 0 ? "2026-02-27T23:50" : side > 0 ? "2026-02-28T23:55" : "2026-02-27T23:30";
    const startAt = side < 0 ? "2026-02-28T00:00" : side > 0 ? "2026-03-01T00:00" : "2026-02-27T23:59";
    return { ...order, clock: { ...clock, thawedAt, startAt } };
  },
  otherDmso: (order, now, side) => {
    if (now.weighed === undefined) return undefined;
    const left = minus(now.weighed.now, ownDmso(order, now.drawn?.volume));
    return limitOf(near(left, side), (otherDmsoG) => ({
      ...order,
      dayTotals: { otherEndotoxinEu: "0", ...order.dayTotals, otherDmsoG },
    }));
  },
  otherEndotoxin: (order, now, side) => {
    if (now.weighed === undefined) return undefined;
    const own = times(now.drawn?.volume ?? whole(0), read(order.product?.endotoxinEuPerMl ?? "0"));
    return limitOf(near(minus(times(whole(5), now.weighed.now), own), side), (otherEndotoxinEu) => ({
      ...order,
      dayTotals: { otherDmsoG: "0", ...order.dayTotals, otherEndotoxinEu },
    }));
  },
  littleOfOthers: (order, _now, side) => ({
    ...order,
    dayTotals: { otherDmsoG: side > 0 ? "0.000001" : "0", otherEndotoxinEu: side < 0 ? "0.000001" : "0" },
  }),
};

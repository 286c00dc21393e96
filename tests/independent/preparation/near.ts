import { divided, downTo, minus, over, plus, read, writeAsInput } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import { volumeOf } from "./bag.js";
import type { Computed } from "./secondProgram.js";
import type { Limit, Lot, Order } from "./shape.js";

/** Where a limit is put: just below the value that it tests, on it, or just above. */
export type Side = -1 | 0 | 1;

/** "106" and "15.107" read like a power of ten that lost its superscript: the package refuses them on purpose. */
const looksLost = (text: string): boolean => /(^|\.)10\d{1,2}$/.test(text);

/** Text at, just below or just above a value; undefined where an order cannot hold one. */
export const near = (value: Fraction | undefined, side: Side): string | undefined => {
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

export const without = <T extends object>(value: T, ...keys: readonly string[]): T =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) as T;

export type Edge = (order: Order, now: Computed, side: Side) => Order | undefined;

export const flat = (amount: string): Limit => ({ kind: "flat", amount });
export const perKgOf = (amount: string): Limit => ({ kind: "per-kg", amount });
export const withDose = (order: Order, more: Partial<Order["dose"]>): Order => ({
  ...order,
  dose: { ...order.dose, ...more },
});
export const withDraw = (order: Order, more: Partial<NonNullable<Order["draw"]>>): Order | undefined =>
  order.draw && { ...order, draw: { ...order.draw, ...more } };
export const withInfusion = (order: Order, more: Partial<Order["infusion"]>): Order => ({
  ...order,
  infusion: { ...order.infusion, ...more },
});
export const withProduct = (order: Order, more: Partial<NonNullable<Order["product"]>>): Order | undefined =>
  order.product && { ...order, product: { ...order.product, ...more } };
export const withLots = (order: Order, change: (lot: Lot, place: number) => Lot): Order | undefined =>
  order.lots && { ...order, lots: order.lots.map(change) };
export const limitOf = (text: string | undefined, make: (text: string) => Order | undefined): Order | undefined =>
  text === undefined ? undefined : make(text);
export const withRate = (order: Order, more: NonNullable<Order["infusion"]["limits"]>): Order =>
  withInfusion(order, { limits: { ...order.infusion.limits, ...more } });

export const target = (now: Computed): Fraction | undefined =>
  now.ordered?.isPlacebo === false ? now.ordered.target : undefined;
export const delivered = (now: Computed): Fraction | undefined => now.drawn?.delivered;
export const finalVolume = (order: Order, now: Computed): Fraction | undefined => {
  const volume = volumeOf(order, now.drawn);
  return volume === undefined || volume.top === 0n ? undefined : volume;
};
export const rateOf = (order: Order, now: Computed): Fraction | undefined => {
  const volume = finalVolume(order, now);
  return volume && now.minutes && now.minutes.top !== 0n ? divided(volume, now.minutes) : undefined;
};
export const perKg = (value: Fraction | undefined, now: Computed): Fraction | undefined =>
  value && now.weighed && divided(value, now.weighed.dosing);

export const isWeight = (text: string): boolean => {
  const kg = read(text);
  return kg.top * 2n >= kg.bottom && kg.top <= 300n * kg.bottom;
};

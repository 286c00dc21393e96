import * as fc from "fast-check";
import { divided } from "./fraction.js";
import { delivered, near, without } from "./near.js";
import type { Side } from "./near.js";
import { orders } from "./orders.js";
import { computeSeveral } from "./several.js";
import { compute } from "./secondProgram.js";
import type { Component, Limits, Order, OrderOfSeveral, Range } from "./shape.js";

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const side = pick<Side>(-1, 0, 0, 1);

type End = "range above" | "range below" | "hard above" | "hard below" | "cap" | "soft" | "nothing";
const end = pick<End>("range above", "range below", "hard above", "hard below", "cap", "soft", "nothing");

const flat = (amount: string) => ({ kind: "flat", amount }) as const;
const WIDE: Range = { minimum: flat("1"), maximum: flat("9E12") };

/** Limits with one of them at, just below or just above what there is. */
const limitsNear = (
  what: End,
  cells: ReturnType<typeof delivered>,
  at: Side,
  kind: Order["dose"]["rule"]["unitKind"],
): Limits => {
  const text = near(cells, at);
  if (text === undefined || what === "nothing") return { range: WIDE };
  switch (what) {
    case "range above":
      return { range: { minimum: flat(text) } };
    case "range below":
      return { range: { maximum: flat(text) } };
    case "hard above":
      return { hard: { minimum: flat(text) } };
    case "hard below":
      return { range: WIDE, hard: { maximum: flat(text) } };
    case "cap":
      return { range: WIDE, cap: { amount: text, unitKind: kind } };
    case "soft":
      return { range: WIDE, soft: { maximum: flat(text) } };
  }
};

/** What is refused by itself is tried by itself: here it would hide what is looked for. */
const isPrepared = (order: Order): boolean => {
  const { sheet, isTied } = compute(order);
  return sheet.refusals.size === 0 && !isTied;
};
const isDrawn = (order: Order): boolean => "amount" in order.dose.rule && isPrepared(order);

/** An order whose containers are given whole: fewer of them, and a limit near what they hold. */
const toWhole = (order: Order, what: End, at: Side, has: "draw" | "limits" | "neither"): Order => {
  const { unitKind } = order.dose.rule;
  const lots = (order.lots ?? []).map((lot) => ({ ...lot, containers: Math.min(lot.containers, 3) }));
  const dose = { ...without(order.dose, "cap", "range", "hard", "soft", "besidePerKg"), levels: [] };
  const rule = { kind: "whole-containers", unitKind } as const;
  const product = order.product && { ...order.product, mayMixLots: at !== -1 || order.product.mayMixLots };
  const bare = { ...without(order, "draw", "overrides"), lots, ...(product === undefined ? {} : { product }) };
  const asWhole: Order = { ...bare, dose: { ...dose, rule, range: WIDE } };
  const limits = has === "limits" ? {} : limitsNear(what, delivered(compute(asWhole)), at, unitKind);
  const made: Order = { ...asWhole, dose: { ...dose, rule, ...limits } };
  return has === "draw" && order.draw !== undefined ? { ...made, draw: order.draw } : made;
};

const slip = pick("neither" as const, "neither" as const, "neither" as const, "draw" as const, "limits" as const);

/** Orders of whole containers; some still have a draw, or no limits. */
export const wholeOrders: fc.Arbitrary<Order> = fc
  .record({ order: orders.filter(isDrawn), what: end, at: side, has: slip })
  .map(({ order, what, at, has }) => toWhole(order, what, at, has));

const timeAfter = (time: string, minutes: number): string =>
  new Date(Date.parse(`${time}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);

/** What the further components of an order take from another order, with lots and a clock of their own. */
const componentOf = (order: Order, name: string, place: number): Component => {
  const own = without(order, "identification", "preparedOn", "participant", "weight", "dayTotals", "overrides");
  const lots = order.lots?.map((lot) => ({ ...lot, lot: `${lot.lot}-${place}` }));
  return { ...own, ...(lots === undefined ? {} : { lots }), component: name };
};

const drawn = orders.filter(isDrawn);
const toAllOfIt = (order: Order): Order => toWhole(order, "nothing", 0, "neither");

type Mistake = "none" | "no name" | "one name twice" | "a lot twice" | "no limits together";

/** Orders of two or three components, drawn or whole; many start on the last minute, or hold just what they may. */
export const severalOrders: fc.Arbitrary<OrderOfSeveral> = fc
  .record({
    all: fc.array(fc.oneof(drawn, drawn, drawn.map(toAllOfIt).filter(isPrepared)), { minLength: 2, maxLength: 3 }),
    isOneKind: pick(true, true, true, false),
    isClocked: pick(true, true, false),
    wait: pick(0, 0, 0, 30, 60, 60, -1, 61),
    within: pick(undefined, undefined, 60, 60, 60, 0),
    what: end,
    at: side,
    isHeld: fc.boolean(),
    isPerKg: fc.boolean(),
    mistake: pick<Mistake>(
      "none",
      "none",
      "none",
      "none",
      "none",
      "no name",
      "one name twice",
      "a lot twice",
      "no limits together",
    ),
  })
  .map(({ all, isOneKind, isClocked, wait, within, what, at, isHeld, isPerKg, mistake }): OrderOfSeveral => {
    const [first, ...others] = all;
    if (first === undefined) throw new Error("no component");
    const kind = first.dose.rule.unitKind;
    const same = others.map((one) => (isOneKind ? asKind(one, kind) : one));
    const start: OrderOfSeveral = {
      ...without(first, "overrides", ...(isClocked ? [] : ["clock"])),
      component: "A",
      then: [],
      dayTotals: first.dayTotals ?? { otherDmsoG: "0", otherEndotoxinEu: "0" },
    };
    const made = same.reduce<OrderOfSeveral>((order, one, place) => {
      const component = without(componentOf(one, `B${place}`, place), ...(isClocked ? [] : ["clock"]));
      return { ...order, then: [...order.then, timed(order, component, wait, within)] };
    }, start);
    const withSum = isHeld
      ? { ...made, together: { source: "protocol", ...sumLimits(made, what, at, isPerKg) } }
      : made;
    return mistaken(withSum, mistake);
  });

/** The other order, counting what the first one counts. */
const asKind = (order: Order, unitKind: Order["dose"]["rule"]["unitKind"]): Order => {
  const { rule, levels, cap } = order.dose;
  if (rule.unitKind === unitKind) return order;
  const lots = order.lots?.map((lot) => ({ ...without(lot, "viability", "purity"), counted: unitKind }));
  return {
    ...order,
    ...(lots === undefined ? {} : { lots }),
    dose: {
      ...order.dose,
      rule: { ...rule, unitKind },
      levels: levels.map((level) => ({ ...level, unitKind })),
      ...(cap === undefined ? {} : { cap: { ...cap, unitKind } }),
    },
  };
};

/** A component that starts so many minutes after the end of the one before it. */
const timed = (order: OrderOfSeveral, component: Component, wait: number, within: number | undefined): Component => {
  const { stability, then } = computeSeveral(order).sheet.results as {
    readonly stability?: { readonly finishAt: string };
    readonly then?: readonly { readonly stability?: { readonly finishAt: string } }[];
  };
  const finishAt = (then?.at(-1) ?? { stability }).stability?.finishAt;
  const own = within === undefined ? component : { ...component, startWithinMinutes: within };
  // Without both clocks nothing says when it starts: refused, where it is to start within so many minutes.
  if (component.clock === undefined || finishAt === undefined) return within === 0 ? own : component;
  const startAt = timeAfter(finishAt, wait);
  return { ...own, clock: { ...component.clock, thawedAt: timeAfter(startAt, -20), startAt } };
};

const sumLimits = (order: OrderOfSeveral, what: End, at: Side, isPerKg: boolean): Limits => {
  const { sum, weighed } = computeSeveral({ ...order, together: { source: "protocol", range: WIDE } });
  const limits = limitsNear(what, sum, at, order.dose.rule.unitKind);
  if (!isPerKg || weighed === undefined || what !== "range below") return limits;
  const most = near(divided(sum, weighed.dosing), at);
  return most === undefined ? limits : { range: { maximum: { kind: "per-kg", amount: most } } };
};

const mistaken = (order: OrderOfSeveral, mistake: Mistake): OrderOfSeveral => {
  const [next, ...others] = order.then;
  if (next === undefined) return order;
  switch (mistake) {
    case "none":
      return order;
    case "no name":
      return without(order, "component");
    case "one name twice":
      return { ...order, then: [{ ...next, component: " ａ" }, ...others] };
    case "a lot twice": {
      const lot = order.lots?.[0]?.lot.toLowerCase() ?? "L1";
      return { ...order, then: [{ ...next, lots: (next.lots ?? []).map((one) => ({ ...one, lot })) }, ...others] };
    }
    case "no limits together":
      return { ...order, together: { source: "protocol" } };
  }
};

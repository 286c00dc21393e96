import type { Fraction } from "./fraction.js";
import { isAbove, read, sumOf, whole, write } from "./fraction.js";
import { holdTarget } from "./ordered.js";
import { without } from "./near.js";
import { strangeTogether } from "./plausible.js";
import { compute } from "./secondProgram.js";
import type { Computed } from "./secondProgram.js";
import type { Component, Order, OrderOfSeveral, Warning, Worksheet } from "./shape.js";

const OF_PERSON = ["dose.weight_changed", "dose.weight_too_old"];

/** A warning of person, weight or days that the first component has already, or of day totals. */
const isSaid = ({ code, path = "" }: Warning, first: readonly Warning[], { clock }: Component): boolean => {
  if (path.startsWith("dayTotals")) return true;
  if (code === "calendar.weekend" && clock !== undefined) return false;
  const isOfAll =
    code.startsWith("calendar.") ||
    OF_PERSON.includes(code) ||
    /^(?:weight|participant|preparedOn|identification)\b/u.test(path);
  return isOfAll && first.some((one) => one.code === code && (one.path ?? "") === path);
};

/** A component as an order of its own, with the day totals of what is given before it. */
const orderOf = (order: OrderOfSeveral, component: Component, before: readonly Computed[]): Order => {
  const { identification, preparedOn, participant, weight, dayTotals } = order;
  const own = without(component, "component", "startWithinMinutes");
  const totals = before.map(({ sheet }) => sheet.results["dayTotals"] as Record<string, string> | undefined);
  const latest = (name: string): string | undefined =>
    totals.map((one) => one?.[name]).findLast((one) => one !== undefined);
  const [dmso, endotoxin] = [latest("dmsoG"), latest("endotoxinEu")];
  return {
    preparedOn,
    ...(identification === undefined ? {} : { identification }),
    ...(participant === undefined ? {} : { participant }),
    ...(weight === undefined ? {} : { weight }),
    ...(dayTotals === undefined
      ? {}
      : {
          dayTotals: {
            ...dayTotals,
            ...(dmso === undefined ? {} : { otherDmsoG: dmso }),
            ...(endotoxin === undefined ? {} : { otherEndotoxinEu: endotoxin }),
          },
        }),
    ...own,
  };
};

const minuteOf = (time: string): number => Date.parse(`${time}:00Z`) / 60_000;

/** "A component starts at or after the end of the one before it, and at most `startWithinMinutes` later." */
const lookAtStart = (component: Component, before: Computed | undefined, refusals: Set<string>): void => {
  const { finishAt } = (before?.sheet.results["stability"] ?? {}) as { readonly finishAt?: string };
  const { clock, startWithinMinutes } = component;
  if (clock === undefined || finishAt === undefined) {
    if (startWithinMinutes !== undefined) refusals.add("dose.clock_invalid");
    return;
  }
  const waits = minuteOf(clock.startAt) - minuteOf(finishAt);
  if (waits < 0 || (startWithinMinutes !== undefined && waits > startWithinMinutes)) refusals.add("dose.clock_invalid");
};

/** "`stability.startWithin` is the latest start that this leaves." */
const limitStart = ({ startWithinMinutes }: Component, before: Computed | undefined, { sheet }: Computed): void => {
  const { finishAt } = (before?.sheet.results["stability"] ?? {}) as { readonly finishAt?: string };
  const own = sheet.results["stability"] as Record<string, unknown> | undefined;
  if (own === undefined || finishAt === undefined || startWithinMinutes === undefined) return;
  const latest = new Date((minuteOf(finishAt) + startWithinMinutes) * 60_000).toISOString().slice(0, 16);
  sheet.results["stability"] = { ...own, startWithin: latest };
};

const fold = (text: string): string => text.normalize("NFKC").trim().toLowerCase();
const isTwice = (texts: readonly string[]): boolean => new Set(texts.map(fold)).size < texts.length;

/** What the order has to say of its components. */
const lookAtComponents = (order: OrderOfSeveral, refusals: Set<string>): void => {
  const names = [order.component ?? "", ...order.then.map(({ component }) => component)];
  if (order.component === undefined || isTwice(names)) refusals.add("dose.preparation_invalid");
  const lots = [order, ...order.then].map(({ lots: own = [] }) => [...new Set(own.map(({ lot }) => fold(lot)))]);
  if (isTwice(lots.flat())) refusals.add("dose.lot_in_two_components");
};

const deliveredOf = ({ drawn }: Computed): Fraction => drawn?.delivered ?? whole(0);

/** Step `together`, and the limits of the sum. */
const holdSum = (order: OrderOfSeveral, all: readonly Computed[], sheet: Worksheet): void => {
  const { together } = order;
  if (together === undefined) return;
  const kinds = new Set([order, ...order.then].map(({ dose }) => dose.rule.unitKind));
  if (kinds.size > 1) sheet.refusals.add("dose.count_basis_conflict");
  if (together.range === undefined && together.hard === undefined) sheet.refusals.add("dose.range_missing");
  const sum = sumOf(all.map(deliveredOf));
  const most = together.cap === undefined ? undefined : read(together.cap.amount);
  sheet.steps.push(["together", write(sum), write(sum)]);
  if (most !== undefined && isAbove(sum, most)) sheet.refusals.add("dose.whole_above_cap");
  const ofSum: Worksheet = { ...sheet, warnings: [] };
  holdTarget(together, sum, most, { kg: all[0]?.weighed?.dosing, surface: all[0]?.surface }, ofSum);
  sheet.warnings.push(...ofSum.warnings.map((one) => ({ ...one, path: "together" })));
  for (const path of strangeTogether(together, order.dose.rule.unitKind))
    sheet.warnings.push({ code: "dose.unlikely_value", path });
  sheet.results["together"] = write(sum);
};

/** "Several components" of docs/preparation.md: each by itself, one after the other, and then their sum. */
export const computeSeveral = (order: OrderOfSeveral): Computed & { readonly sum: Fraction } => {
  const { then } = order;
  const first = compute(without<Order>(order, "then", "component", "together"));
  const all: Computed[] = [first];
  const sheet: Worksheet = {
    ...first.sheet,
    refusals: new Set(first.sheet.refusals),
    warnings: [...first.sheet.warnings],
  };
  lookAtComponents(order, sheet.refusals);
  for (const component of then) {
    lookAtStart(component, all.at(-1), sheet.refusals);
    const further = compute(orderOf(order, component, all));
    limitStart(component, all.at(-1), further);
    all.push(further);
  }
  const further = all.slice(1).map(({ sheet: own }, place) => {
    for (const code of own.refusals) sheet.refusals.add(code);
    const warnings = own.warnings.filter((one) => {
      const component = then[place];
      return component === undefined || !isSaid(one, first.sheet.warnings, component);
    });
    sheet.warnings.push(
      ...warnings.map(({ code, path }) => ({ code, ...(path === undefined ? {} : { path: `then.${place}.${path}` }) })),
    );
    return { ...own.results, isReady: warnings.length === 0, steps: own.steps };
  });
  holdSum(order, all, sheet);
  sheet.results["then"] = further;
  sheet.results["isReady"] = sheet.warnings.length === 0;
  return { ...first, sheet, sum: sumOf(all.map(deliveredOf)), isTied: all.some(({ isTied }) => isTied) };
};

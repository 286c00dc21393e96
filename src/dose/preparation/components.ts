import { ALL_FORMULAS } from "../formula/formulas.js";
import type { Step } from "../formula/model.js";
import { addMinutes, type LocalTime, minutesBetween } from "../../calendar/index.js";
import { deepFreeze, fail, foldId, movePaths, throwIfAny, type Issue } from "../../foundation/index.js";
import { type Fraction, plus, ZERO } from "../../quantity/index.js";
import { judgeEnds } from "../plausibility/dose.js";
import { shownCount } from "../shown.js";
import { productById } from "../products/productById.js";
import type { Body } from "./bodySurface.js";
import { resolveDoseOrder, type ResolvedDose } from "./doseSource.js";
import type { ComponentOrder, DayTotalsOrder, Override, PreparationOrder } from "./model.js";
import type { Preparation } from "./result.js";
import { findTarget } from "./target.js";
import { warnOnce } from "./trace.js";
import { acceptWarnings } from "./warnings.js";

/** Which one of several components. */
type Place = NonNullable<Preparation["component"]>;

/** What a component has of its own; everything else is the order's, and is told once. */
const OWN = new Set(["dose", "product", "lots", "draw", "infusion", "clock"]);
const isOwn = (path: string): boolean => OWN.has(path.split(".")[0] ?? "");

const refuse = (path: string, message: string, expected: string): never =>
  fail("dose.preparation_invalid", path, message, { expected });

/** One lot is never of two components: what is meant for the one would be drawn into the other. */
function requireSeparateLots(order: PreparationOrder): void {
  const places = [order, ...(order.then ?? [])].flatMap(({ lots = [] }, part) =>
    lots.map(({ lot }, index) => ({ lot, part, path: `${part === 0 ? "" : `then.${part - 1}.`}lots.${index}.lot` })),
  );
  throwIfAny(
    places.flatMap(({ lot, part, path }): Issue[] => {
      const isTaken = places.some((other) => other.part < part && foldId(other.lot) === foldId(lot));
      const message = `Lot ${lot} is listed under two components: a container belongs to one of them.`;
      return isTaken ? [{ code: "dose.lot_in_two_components", path, message, received: lot, parameters: { lot } }] : [];
    }),
  );
}

/**
 * What an order of several components has to say: a name for each, no trial's arm, and no lot twice.
 *
 * @throws AllocellError `dose.preparation_invalid`, `dose.lot_in_two_components`
 */
export function requireComponents(order: PreparationOrder): void {
  const { then, component, together, dose } = order;
  if (then === undefined) {
    for (const [path, value] of Object.entries({ component, together })) {
      if (value !== undefined)
        refuse(path, `"${path}" is of an order with several components, and "then" names no other.`, "a list `then`");
    }
    return;
  }
  if (component === undefined) refuse("component", "Of several components each has a name: this one has none.", "text");
  const names = [component ?? "", ...then.map((part) => part.component)];
  const twice = names.find((name, index) => names.findIndex((other) => foldId(other) === foldId(name)) < index);
  if (twice !== undefined) refuse("then", `Two components are called ${twice}.`, "a name for each");
  const sources = [dose, ...then.map((part) => part.dose)].map((one) =>
    one.from === "product" ? `${one.product} ${one.regimen ?? ""}` : one.from,
  );
  if (sources.includes("trial"))
    refuse("dose", "The arm of a trial has one dose, not components.", "protocol, product");
  if (new Set(sources).size > 1)
    refuse("then", "The doses of all components come from the protocol, or from one regimen of one product.", "one");
  if (dose.from === "product" && together !== undefined)
    refuse("together", "What holds for all components together is what the product's label says.", "no `together`");
  requireSeparateLots(order);
}

const OF_ALL = new Set<string>(["range", "cap", "aimedAt"] satisfies (keyof ResolvedDose)[]);

/** What a label says of a dose holds for all components together; of one of them its own dose is stated. */
export function ofComponent(order: PreparationOrder, dose: ResolvedDose): ResolvedDose {
  if (order.component === undefined || order.dose.from !== "product") return dose;
  if (order.dose.rule === undefined)
    fail("dose.rule_missing", "dose.rule", "A component of a product states its own dose.", { expected: "a rule" });
  return Object.fromEntries(Object.entries(dose).filter(([key]) => !OF_ALL.has(key))) as unknown as ResolvedDose;
}

/** The day's totals before a component: what is given otherwise, and what the components before it hold. */
function totalsBefore(stated: DayTotalsOrder, before: readonly Preparation[]): DayTotalsOrder {
  const known = [...before].reverse();
  const otherDmsoG = known.find(({ dayTotals }) => dayTotals?.dmsoG !== undefined)?.dayTotals?.dmsoG;
  const otherEndotoxinEu = known.find(({ dayTotals }) => dayTotals?.endotoxinEu !== undefined)?.dayTotals?.endotoxinEu;
  return {
    ...stated,
    ...(otherDmsoG === undefined ? {} : { otherDmsoG }),
    ...(otherEndotoxinEu === undefined ? {} : { otherEndotoxinEu }),
  };
}

/**
 * The latest start that the component before leaves to one, where the order states `startWithinMinutes`.
 *
 * @throws AllocellError `dose.clock_invalid` for a component that starts before the one before it ends, or too late
 */
function startWithinOf(
  clock: ComponentOrder["clock"],
  startWithinMinutes: number | undefined,
  before: Preparation | undefined,
): LocalTime | undefined {
  const finishAt = before?.stability?.finishAt;
  if (clock === undefined || finishAt === undefined) {
    if (startWithinMinutes === undefined) return undefined;
    const message = "When a component may start at the latest goes by the clocks of both: state them.";
    return fail("dose.clock_invalid", "clock", message, { expected: "a clock of each component", received: "nothing" });
  }
  const waits = minutesBetween(finishAt, clock.startAt);
  if (waits >= 0 && waits <= (startWithinMinutes ?? waits))
    return startWithinMinutes === undefined ? undefined : addMinutes(finishAt, startWithinMinutes);
  const expected =
    startWithinMinutes === undefined ? `${finishAt} or later` : `within ${startWithinMinutes} min after ${finishAt}`;
  const message = `The component before this one ends at ${finishAt}; this one starts at ${clock.startAt}.`;
  return fail("dose.clock_invalid", "clock.startAt", message, { expected, received: clock.startAt });
}

const PLACED = /^then\.(?<index>\d+)\.(?<path>.*)$/u;

function ofFurther(
  { path = "" }: Override,
  count: number,
): { readonly index: number; readonly path: string } | undefined {
  const { index, path: own = "" } = PLACED.exec(path)?.groups ?? {};
  return index === undefined || Number(index) >= count ? undefined : { index: Number(index), path: own };
}

const isOfAll = ({ path = "" }: Override): boolean => path.split(".")[0] === "together";

/** An override of a further component, or of all together, names it in its path; every other is of the first. */
export const ownOverrides = ({ overrides = [], then }: PreparationOrder): readonly Override[] =>
  then === undefined
    ? overrides
    : overrides.filter((one) => ofFurther(one, then.length) === undefined && !isOfAll(one));

/**
 * What was said of person, weight and days of the first component is not said again of a further one, whose day totals
 * are computed.
 *
 * @param said - of the first component; undefined: this is the first
 */
export const ownWarnings = (warnings: readonly Issue[], said: readonly Issue[] | undefined): readonly Issue[] =>
  said === undefined
    ? warnings
    : warnings.filter(
        ({ code, path }) =>
          isOwn(path) || !(path.startsWith("dayTotals") || said.some((one) => one.code === code && one.path === path)),
      );

/**
 * Which of several components one is.
 *
 * @param number - from 1; the first is that of the order itself
 */
export function placeOf({ component = "", then }: PreparationOrder, number: number): Place | undefined {
  if (then === undefined) return undefined;
  return Object.freeze({ name: then[number - 2]?.component ?? component, number, of: then.length + 1 });
}

/**
 * The order of one further component by itself, and the latest start that the one before leaves to it.
 *
 * @param before - the components that are given before it
 */
export function componentOrder(
  order: PreparationOrder,
  { startWithinMinutes, ...own }: ComponentOrder,
  index: number,
  before: readonly Preparation[],
): { readonly further: PreparationOrder; readonly startWithin: LocalTime | undefined } {
  const { identification, preparedOn, participant, weight, dayTotals, overrides = [], then = [] } = order;
  const accepted = overrides.flatMap((override): Override[] => {
    const place = ofFurther(override, then.length);
    return place?.index === index ? [{ ...override, path: place.path }] : [];
  });
  const startWithin = startWithinOf(own.clock, startWithinMinutes, before.at(-1));
  const further = deepFreeze({
    ...(identification === undefined ? {} : { identification }),
    preparedOn,
    ...(participant === undefined ? {} : { participant }),
    ...(weight === undefined ? {} : { weight }),
    ...(dayTotals === undefined ? {} : { dayTotals: totalsBefore(dayTotals, before) }),
    ...own,
    overrides: accepted,
  });
  return { further, startWithin };
}

/** Faults of a further component are told at its place in the order. */
export const inComponent = <T>(index: number, act: () => T): T =>
  movePaths((path) => (isOwn(path) || path.startsWith("overrides") ? `then.${index}.${path}` : path), act);

/** What holds for all components together: the label's, or what the order says under `together`. */
function limitsOfAll(
  { dose, product, together }: PreparationOrder,
  { unitKind }: Preparation,
): ResolvedDose | undefined {
  const rule = { kind: "whole-containers", unitKind } as const;
  if (dose.from === "product") {
    const { product: id, regimen } = dose;
    // What the sources state no dose of has no sum: each component has limits of its own.
    if (productById(id).regimens.length === 0) return undefined;
    const stated = { ...(regimen === undefined ? {} : { regimen }), countBasis: unitKind };
    return resolveDoseOrder({ from: "product", product: id, ...stated, rule }, product?.name);
  }
  return together === undefined
    ? undefined
    : resolveDoseOrder({ from: "protocol", rule, levels: [], ...together }, undefined);
}

/** What holds of all components. */
interface Together {
  readonly together?: NonNullable<Preparation["together"]>;
  readonly steps: readonly Step[];
  readonly warnings: readonly Issue[];
}

/**
 * What all components deliver, held against what is to hold for them together.
 *
 * @throws AllocellError `dose.count_basis_conflict`, `dose.outside_range`, `dose.outside_hard_limit`, `dose.whole_above_cap`
 */
export function holdTogether(
  order: PreparationOrder,
  parts: readonly Fraction[],
  made: readonly Preparation[],
  body: Body,
): Together {
  const [first] = made;
  const own = { formulas: ALL_FORMULAS, steps: [] as Step[], warnings: [] as Issue[] };
  const dose = first === undefined ? undefined : limitsOfAll(order, first);
  if (first === undefined || dose === undefined) return own;
  const other = made.find(({ unitKind }) => unitKind !== first.unitKind);
  if (other !== undefined) {
    const message = "Components that count different kinds have no sum.";
    fail("dose.count_basis_conflict", "then", message, { expected: first.unitKind, received: other.unitKind });
  }
  const cells = parts.reduce(plus, ZERO);
  findTarget(own, dose, body, { cells, parts, isTogether: true });
  const { together } = order;
  if (together !== undefined) warnOnce(own, judgeEnds(together, together.cap?.amount, first.unitKind, "together"));
  return { ...own, together: shownCount(cells, first.unitKind) };
}

/** The first component with the others behind it, and the warnings of all of them. */
export function joinComponents(
  { overrides = [] }: PreparationOrder,
  [first, ...then]: readonly Preparation[],
  { together, steps, warnings }: Together,
  isOfBatch: boolean,
): Preparation {
  if (first === undefined) throw new Error("A preparation has a first component.");
  const ofAll = acceptWarnings(
    warnings.map((one) => (one.path.startsWith("together") ? one : { ...one, path: "together" })),
    overrides.filter(isOfAll),
    isOfBatch,
  );
  const ofThen = then.flatMap(({ warnings }, index) =>
    warnings.map((warning) => ({ ...warning, path: `then.${index}.${warning.path}` })),
  );
  return Object.freeze({
    ...first,
    then: Object.freeze(then),
    ...(together === undefined ? {} : { together }),
    ...(isOfBatch ? {} : { steps: Object.freeze([...first.steps, ...steps]) }),
    warnings: deepFreeze([...first.warnings, ...ofThen, ...ofAll]),
    isReady: [...first.warnings, ...ofThen, ...ofAll].every(({ override }) => override !== undefined),
  });
}

import { AllocellError, deepFreeze, fail, requireFields, type Issue } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  floor,
  type Fraction,
  minus,
  over,
  parsePositiveDecimal,
  parseWeightKg,
  plus,
  readFraction,
  sign,
  times,
  fraction,
} from "../../quantity/index.js";
import { resolveDoseOrder } from "../preparation/doseSource.js";
import { bandsAt } from "../preparation/limits.js";
import type { PreparationOrder, WeightOrder } from "../preparation/model.js";
import { prepareWithoutSteps } from "../preparation/prepare.js";
import type { Preparation } from "../preparation/result.js";
import { BORDER_KINDS, type BorderKind, type BorderPart, type BorderRow, type WeightBorders } from "./model.js";

/** So many weights are prepared at most: 0.5 to 300 kg in steps of 5 g. */
const MOST_WEIGHTS = 60_000;

/**
 * Every weight of a range at which something of a preparation changes, with the weight one step below and above.
 *
 * Each weight from `fromKg` to `toKg` in steps of `stepKg` is prepared, so nothing between two rows is missed; beside
 * them one step outside each end. A change is one against the weight one step below.
 *
 * @param order - as `parsePreparationOrder` returns it, with a weighing, whose weight is not used
 * @param query.fromKg - kg, as are `toKg` and `stepKg`, the resolution of the scale; both ends included
 * @param query.kinds - which changes are wanted; all where absent
 * @returns frozen, unblinded rows in rising weight; the first and the last weight of the range are always among them
 * @throws AllocellError `dose.borders_invalid`, and codes of weights
 * @example
 * findWeightBorders(order, { fromKg: "40", toKg: "100", stepKg: "0.1" }).rows[0]?.weightKg; // "39.9"
 */
export function findWeightBorders(
  order: PreparationOrder,
  query: {
    readonly fromKg: string;
    readonly toKg: string;
    readonly stepKg: string;
    readonly kinds?: readonly BorderKind[];
  },
): WeightBorders {
  requireFields(order, "an order, as parsePreparationOrder returns it", { dose: "a map" });
  requireFields(query, "a query for borders", { fromKg: "text", toKg: "text", stepKg: "text" });
  const { weight } = order;
  if (weight === undefined) {
    return fail("dose.borders_invalid", "weight", "The order has no weighing: nothing in it changes with the weight.", {
      expected: "weight: { descriptor, weighedOn, weighedBy, ... }",
    });
  }
  const { weights, fromKg, toKg, stepKg } = weightsOf(query);
  const { kinds = BORDER_KINDS } = query;
  const found = weights.map((kg) => attempt(order, weight, kg));
  const changes = found.map((one, index) => {
    const below = found[index - 1];
    return below === undefined ? [] : changesBetween(below, one, kinds);
  });
  const isShown = (index: number): boolean =>
    [index - 1, index, index + 1].some((near) => (changes[near] ?? []).length > 0) ||
    [0, 1, found.length - 2, found.length - 1].includes(index);
  const rows = found.flatMap(({ row }, index) => (isShown(index) ? [{ ...row, changes: changes[index] ?? [] }] : []));
  return deepFreeze({ fromKg, toKg, stepKg, kinds, weightsPrepared: found.length, rows });
}

/** The weights to be prepared, one step outside each end included. */
function weightsOf(query: { readonly fromKg: string; readonly toKg: string; readonly stepKg: string }): {
  readonly weights: readonly string[];
  readonly fromKg: string;
  readonly toKg: string;
  readonly stepKg: string;
} {
  const fromKg = parseWeightKg(query.fromKg, "fromKg", { unitInName: true });
  const toKg = parseWeightKg(query.toKg, "toKg", { unitInName: true });
  const stepKg = parsePositiveDecimal(query.stepKg, "stepKg");
  const [from, to, step] = [readFraction(fromKg), readFraction(toKg), readFraction(stepKg)];
  const steps = over(minus(to, from), step);
  const count = Number(decimalText(floor(steps)));
  const isWhole = compare(floor(steps), steps) === 0;
  if (count < 0 || !isWhole || count > MOST_WEIGHTS) {
    const message = "The range is a whole number of steps, from the least weight up to the greatest, and not too many.";
    return fail("dose.borders_invalid", count < 0 ? "toKg" : "stepKg", message, {
      expected: `0 to ${MOST_WEIGHTS} steps`,
      received: `${fromKg} to ${toKg} kg in steps of ${stepKg} kg`,
    });
  }
  const at = (index: number): Fraction => plus(from, times(fraction(index), step));
  const all = Array.from({ length: count + 3 }, (_, index) => at(index - 1));
  return { weights: all.filter((one) => sign(one) > 0).map(decimalText), fromKg, toKg, stepKg };
}

interface Attempt {
  readonly row: Omit<BorderRow, "changes">;
  /** What is compared with the weight below, one text a kind; absent where it is refused. */
  readonly state?: Readonly<Record<BorderKind, string>>;
}

/** From or to a refusal there is that one change, whatever is wanted. */
function changesBetween(below: Attempt, one: Attempt, kinds: readonly BorderKind[]): readonly BorderKind[] {
  if (below.row.refused === undefined && one.row.refused === undefined)
    return kinds.filter((kind) => one.state?.[kind] !== below.state?.[kind]);
  const reasons = [below, one].map(({ row }) => (row.refused ?? []).map(codeOf).join("; "));
  return reasons[0] === reasons[1] ? [] : ["limits"];
}

/** One weight prepared, or refused. */
function attempt(order: PreparationOrder, weighing: WeightOrder, kg: string): Attempt {
  try {
    const weightKg = parseWeightKg(kg, "weight.weightKg", { unitInName: true });
    const made = prepareWithoutSteps({ ...order, weight: { ...weighing, weightKg } });
    return prepared(order, kg, made);
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return { row: { weightKg: kg, refused: error.issues } };
  }
}

const codeOf = ({ code, path }: Issue): string => `${code} ${path}`;

function prepared(order: PreparationOrder, weightKg: string, made: Omit<Preparation, "steps">): Attempt {
  const components = [made, ...(made.then ?? [])];
  const doses = [order, ...(order.then ?? [])].map(({ dose, product }) => resolveDoseOrder(dose, product?.name).range);
  const bands = components.map(({ weight }, index) =>
    weight === undefined ? [] : bandsAt(doses[index], readFraction(weight.dosingKg)),
  );
  const parts = components.map((one, index) => partOf(one, bands[index] ?? []));
  const warnings = made.warnings.map(codeOf);
  const graduations = components.map(({ delivered }) => [delivered.isOneGraduationLess, delivered.isOneGraduationMore]);
  return {
    row: { weightKg, parts, warnings: made.warnings.map(({ code }) => code) },
    state: {
      containers: JSON.stringify(parts.map(({ containers }) => containers)),
      draw: JSON.stringify(components.map(({ containers }) => containers.map(({ draws }) => draws))),
      cap: JSON.stringify(components.map(({ target }) => target.isCapped)),
      band: JSON.stringify(bands),
      limits: JSON.stringify([warnings, graduations]),
    },
  };
}

function partOf(made: Omit<Preparation, "steps">, bands: readonly number[]): BorderPart {
  const { component, weight, target, containers, delivered, infusion } = made;
  const [band] = bands;
  return {
    ...(component === undefined ? {} : { component: component.name }),
    dosingKg: weight?.dosingKg ?? "",
    target: target.amount.amount,
    isCapped: target.isCapped,
    ...(band === undefined ? {} : { band }),
    containers: containers.map(({ lot, containers: count }) => ({ lot, containers: count })),
    drawMl: delivered.drawMl,
    delivered: delivered.amount.amount,
    diluentMl: infusion.diluentMl,
    finalVolumeMl: infusion.finalVolumeMl,
  };
}

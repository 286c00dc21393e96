import type { LocalTime } from "../../calendar/index.js";
import { deepFreeze, fail, foldId, requireFields, type Issue } from "../../foundation/index.js";
import {
  componentOrder,
  holdTogether,
  inComponent,
  joinComponents,
  ofComponent,
  ownOverrides,
  ownWarnings,
  placeOf,
  requireComponents,
} from "./components.js";
import { ALL_FORMULAS } from "../formula/formulas.js";
import { findSurface, type Body } from "./bodySurface.js";
import { activeOrder, findContainers, type ActiveOrder } from "./containers.js";
import { administrationDate, warnOfDate } from "./dateChecks.js";
import { checkDayTotals, type Bags } from "./dayTotals.js";
import { sourceInWords } from "../formula/sources.js";
import { resolveDoseOrder, type ResolvedDose } from "./doseSource.js";
import { findDraw, type FoundDraw } from "./draw.js";
import { compare, decimalText, type Fraction, readFraction, ZERO, type WithDecimals } from "../../quantity/index.js";
import { planInfusion } from "./infusion.js";
import { requireActualConcentration, statesOf, warnOfIndication, warnOfLabel } from "./labelChecks.js";
import { requireAnswersAgree } from "./answersAgree.js";
import type { PreparationInput, PreparationOrder } from "./model.js";
import type { Preparation, RuleComparison, UsedWeight } from "./result.js";
import { parsePreparationOrder } from "./orderSchema.js";
import { shownCount } from "../shown.js";
import { planStability } from "./stability.js";
import { findTarget, type FoundTarget } from "./target.js";
import { judgeComputed, judgeOrder } from "../plausibility/order.js";
import { warnOnce, type Trace } from "./trace.js";
import { warnOfTrial } from "./trialChecks.js";
import { acceptWarnings } from "./warnings.js";
import { useWeight } from "./weight.js";
import { giveWhole } from "./wholeContainers.js";

interface Weighed {
  readonly weight: Fraction;
  readonly used: UsedWeight;
}

function weigh(trace: Trace, order: PreparationOrder, dose: ResolvedDose): Weighed | undefined {
  const { weight, participant = {}, preparedOn } = order;
  if (weight === undefined) return undefined;
  const { descriptor, sources } = dose;
  if (descriptor !== undefined && descriptor !== weight.descriptor) {
    const weightSource = sourceInWords(sources.weight);
    const message = `The dose goes by the ${descriptor} weight (${weightSource}), not by the ${weight.descriptor} one.`;
    return fail("dose.descriptor_differs", "weight.descriptor", message, {
      expected: descriptor,
      received: weight.descriptor,
      parameters: { weightSource },
    });
  }
  const days = { preparedOn, givenOn: administrationDate(order) };
  return useWeight(trace, weight, participant, days, sources.weight);
}

/** The weight and, where the order names its formula, the body surface. */
function bodyOf(trace: Trace, order: PreparationOrder, { surface }: ResolvedDose, weight: Fraction | undefined): Body {
  return surface === undefined
    ? { weight }
    : { weight, surface: findSurface(trace, surface, weight, order.participant?.heightCm) };
}

const surfaceOf = ({ surface: asked }: ResolvedDose, { surface }: Body): Preparation["surface"] | undefined =>
  asked && surface && Object.freeze({ formula: asked.formula, m2: decimalText(surface) });

function nothingDrawn(dose: ResolvedDose): FoundDraw {
  const shown = {
    drawMl: "0",
    exactDrawMl: "0",
    amount: shownCount(ZERO, dose.unitKind),
    roundingErrorPercent: "0",
    isOneGraduationLess: false,
    isOneGraduationMore: false,
  };
  return { drawMl: ZERO, delivered: ZERO, shown, containers: [] };
}

interface Filled {
  readonly found: FoundTarget;
  readonly drawn: FoundDraw;
  readonly rules: readonly RuleComparison[];
}

/** From the target by way of the containers to the syringe; of a placebo nothing; whole containers make the target. */
function fill(
  trace: Trace,
  active: ActiveOrder | undefined,
  dose: ResolvedDose,
  body: Body,
  preparedOn: string,
): Filled {
  if (active !== undefined && active.draw === undefined)
    return { ...giveWhole(trace, active, dose, body, preparedOn), rules: [] };
  const found = findTarget(trace, dose, body);
  if (active?.draw === undefined) return { found, drawn: nothingDrawn(dose), rules: [] };
  const { value, limits } = found;
  const { draw } = active;
  const { chosen, rules } = findContainers(trace, { ...active, draw }, dose, { target: value, limits }, preparedOn);
  return { found, drawn: findDraw(trace, draw, dose.unitKind, chosen, value, limits), rules };
}

/**
 * As {@link prepare}, of an order that {@link parsePreparationOrder} returned: for many participants at once.
 *
 * @throws AllocellError as {@link prepare} does
 */
export function prepareRead(order: PreparationOrder): Preparation {
  return compute({ formulas: ALL_FORMULAS, steps: [], warnings: [] }, order) as Preparation;
}

/**
 * As {@link prepareRead} without the steps, in a fraction of the time: for a row of a batch, which shows no calculation.
 * Everything is checked and warned of all the same. The overrides are those of the batch: one that this row does not ask
 * for is passed over.
 *
 * @throws AllocellError as {@link prepare} does
 */
export function prepareWithoutSteps(order: PreparationOrder): Omit<Preparation, "steps"> {
  return compute({ formulas: ALL_FORMULAS, steps: undefined, warnings: [] }, order);
}

/** A preparation of one component, with what the components together need of it. */
interface Computation {
  readonly made: Omit<Preparation, "steps">;
  readonly delivered: Fraction;
  readonly body: Body;
}

function compute(trace: Trace, order: PreparationOrder): Omit<Preparation, "steps"> {
  requireFields(order, "an order, as parsePreparationOrder returns it", { dose: "a map" });
  requireComponents(order);
  const { then } = order;
  const first = computeOne(trace, order, placeOf(order, 1));
  if (then === undefined) return first.made;
  const all = then.reduce<readonly Computation[]>(
    (before, own, index) => [
      ...before,
      inComponent(index, () => {
        const made = before.map((one) => one.made as Preparation);
        const ownTrace: Trace = { ...trace, steps: trace.steps && [], warnings: [] };
        const { further, startWithin } = componentOrder(order, own, index, made);
        return computeOne(ownTrace, further, placeOf(order, index + 2), { said: first.made.warnings, startWithin });
      }),
    ],
    [first],
  );
  const parts = all.map(({ delivered }) => delivered);
  const made = all.map((one) => one.made as Preparation);
  return joinComponents(order, made, holdTogether(order, parts, made, first.body), trace.steps === undefined);
}

/** What a further component takes from those before it. */
interface Further {
  /** The warnings of the first. */
  readonly said?: readonly Issue[];
  readonly startWithin?: LocalTime | undefined;
}

function computeOne(
  trace: Trace,
  order: PreparationOrder,
  place: Preparation["component"],
  { said, startWithin }: Further = {},
): Computation {
  const dose = ofComponent(order, resolveDoseOrder(order.dose, order.product?.name));
  checkStated(trace, order, dose);
  const active = activeOrder(order, dose);
  const weighed = weigh(trace, order, dose);
  const body = bodyOf(trace, order, dose, weighed?.weight);
  const { found, drawn, rules } = fill(trace, active, dose, body, order.preparedOn);
  const { delivered, drawMl: draw } = drawn;
  const { plan, ...computed } = planInfusion(
    trace,
    order.infusion,
    active?.product,
    dose.unitKind,
    { draw, delivered, containers: drawn.containers.reduce((sum, one) => sum + one.containers, 0) },
    weighed?.weight,
  );
  const stability =
    order.clock === undefined
      ? undefined
      : {
          ...planStability(trace, order.clock, computed.minutes, order.preparedOn, usedLots(order, drawn)),
          ...(startWithin === undefined ? {} : { startWithin }),
        };
  if (dose.product !== undefined) {
    warnOfIndication(trace, dose.product, dose.indication, order);
    warnOfLabel(trace, dose.product, order, { ...computed, target: found.value });
  }
  const measured = order.weight === undefined ? undefined : readFraction(order.weight.weightKg);
  const made = { containers: drawn.containers, ...body, ...computed };
  warnOnce(
    trace,
    judgeComputed(order, made, (of) => dose.product !== undefined && statesOf(dose.product, of)),
  );
  const dayTotals = checkDayTotals(trace, active?.product, order.dayTotals, draw, measured, bagsOf(order, drawn));
  const parts = {
    place,
    said,
    weight: weighed?.used,
    surface: surfaceOf(dose, body),
    found,
    drawn,
    rules,
    plan,
    stability,
    dayTotals,
  };
  return { made: toPreparation(trace, order, dose, parts), delivered, body };
}

/** What can be held against the trial, the product and what is usual before anything is computed. */
function checkStated(trace: Trace, order: PreparationOrder, { trial, product, rule, unitKind }: ResolvedDose): void {
  if (trial !== undefined) {
    requireAnswersAgree(trial, order);
    warnOfTrial(trace, trial, order);
  }
  if (product !== undefined) requireActualConcentration(product, order);
  warnOnce(trace, judgeOrder(order, rule, unitKind));
  warnOfDate(trace, order);
}

/** What was computed, part by part. */
interface Parts {
  readonly place: Preparation["component"] | undefined;
  /** Of a further component: the warnings of the first. */
  readonly said: readonly Issue[] | undefined;
  readonly weight: UsedWeight | undefined;
  readonly surface: Preparation["surface"] | undefined;
  readonly found: FoundTarget;
  readonly drawn: FoundDraw;
  readonly rules: readonly RuleComparison[];
  readonly plan: Preparation["infusion"];
  readonly stability: Preparation["stability"] | undefined;
  readonly dayTotals: Preparation["dayTotals"] | undefined;
}

function toPreparation(
  trace: Trace,
  order: PreparationOrder,
  dose: ResolvedDose,
  { place, said, weight, surface, found, drawn, rules, plan, stability, dayTotals }: Parts,
): Omit<Preparation, "steps"> {
  const warnings = acceptWarnings(ownWarnings(trace.warnings, said), ownOverrides(order), trace.steps === undefined);
  // Part by part: the order is frozen already and need not be walked through again.
  return Object.freeze({
    order,
    unitKind: dose.unitKind,
    ...(place === undefined ? {} : { component: place }),
    ...(dose.trial === undefined ? {} : { trial: dose.trial.trial, arm: dose.trial.arm }),
    isPlacebo: dose.isPlacebo,
    ...(weight === undefined ? {} : { weight: deepFreeze(weight) }),
    ...(surface === undefined ? {} : { surface }),
    ...(dose.regimen === undefined ? {} : { regimen: deepFreeze(dose.regimen) }),
    target: deepFreeze(found.target),
    containers: deepFreeze(drawn.containers),
    rules: deepFreeze(rules),
    delivered: Object.freeze(drawn.shown),
    infusion: Object.freeze(plan),
    ...(stability === undefined ? {} : { stability: Object.freeze(stability) }),
    ...(dayTotals === undefined ? {} : { dayTotals: Object.freeze(dayTotals) }),
    ...(trace.steps === undefined ? {} : { steps: Object.freeze(trace.steps) }),
    warnings: deepFreeze(warnings),
    isReady: warnings.every(({ override }) => override !== undefined),
    assumptions: deepFreeze(dose.assumptions),
    openQuestions: deepFreeze(dose.openQuestions),
    ...(dose.product === undefined ? {} : { labelFacts: dose.product.facts }),
  });
}

/** The largest of the containers that are used. */
function bagsOf(order: PreparationOrder, drawn: FoundDraw): Bags | undefined {
  const volumes = usedLots(order, drawn).map(({ extractableMl }) => readFraction(extractableMl));
  const [first, ...others] = volumes;
  if (first === undefined) return undefined;
  const largestMl = others.reduce((most, one) => (compare(one, most) > 0 ? one : most), first);
  return { largestMl, isWhole: order.draw === undefined };
}

function usedLots(order: PreparationOrder, drawn: FoundDraw): NonNullable<PreparationOrder["lots"]> {
  const used = new Set(drawn.containers.map(({ lot }) => foldId(lot)));
  return (order.lots ?? []).filter(({ lot }) => used.has(foldId(lot)));
}

/**
 * One administration from the dose to the bag: weight, target, containers, draw, diluent, rate, clock, day totals.
 *
 * Fraction arithmetic; rounded are only the number of containers (up), the drawn volume (half-up to the graduation) and
 * values that are marked for reading. The rounded dose is tested again against cap, range and hard limits.
 *
 * @param order - untrusted plain data; amounts are text, or each a `Decimal`
 * @returns a frozen, unblinded record with every step; its warnings wait for a reason and a name, see
 *   {@link requireReady}
 * @throws AllocellError the hard errors of docs/errors/dose.md, and codes of quantities, dates and trials
 * @example
 * prepare(order).delivered.drawMl; // "20"
 * @remarks Not modelled: pooling of lots before the draw; loss in filters and lines.
 */
export function prepare(order: WithDecimals<PreparationInput>): Preparation {
  return prepareRead(parsePreparationOrder(order));
}

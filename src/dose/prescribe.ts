import { checkActualDate, planAdministrations } from "../calendar/index.js";
import { deepFreeze, fail, requireFields, type Issue } from "../foundation/index.js";
import { compare, type Fraction, fraction, over, readFraction, times, ZERO } from "../quantity/index.js";
import { closeAssumptions, type Arm, type ClosedAssumption, type Trial } from "../trial/index.js";
import { decidedDose, decisionWarnings } from "./decidedDose.js";
import type {
  ArmOrder,
  Cap,
  DosingWeight,
  Order,
  ParticipantOrder,
  PrescribedAdministration,
  Prescription,
  ShownCount,
} from "./model.js";
import { readArm, readParticipant, type ReadParticipant } from "./order.js";
import { judgeDates, judgeInTrial } from "./plausibility/dates.js";
import { judgeAdministrations, judgeRule } from "./plausibility/dose.js";
import { agesOfTrial, judgeWeight } from "./plausibility/person.js";
import { isPlacebo, resolveDose, type ResolvedRule } from "./resolve.js";
import { shownInFull, shownRate } from "./shown.js";
import { capSteps, cumulativeSteps, scheduleSteps, targetSteps } from "./steps.js";

function computeTarget({ rule }: ResolvedRule, weight: Fraction | undefined): Fraction {
  if (isPlacebo(rule)) return ZERO;
  const amount = readFraction(rule.amount);
  if (rule.kind === "flat") return amount;
  if (weight !== undefined) return times(amount, weight);
  return fail("dose.weight_missing", "weightKg", "A dose per kg needs the body weight in kilograms.", {
    expected: 'kilograms as text, for example "72.4"',
    received: "nothing",
  });
}

function applyCap(
  uncapped: Fraction,
  { cap, rule, unitKind }: ResolvedRule,
  weight: Fraction | undefined,
): Cap | undefined {
  if (cap === undefined) return undefined;
  const limit = readFraction(cap.amount);
  const isApplied = compare(uncapped, limit) > 0;
  const isPerKg = isApplied && rule.kind === "per-kg" && weight !== undefined;
  return Object.freeze({
    limit: shownInFull(limit, cap.unitKind),
    isApplied,
    uncapped: shownInFull(uncapped, unitKind),
    ...(isPerKg ? { resultingPerKg: shownRate(over(limit, weight), unitKind) } : {}),
  });
}

function planDates(
  resolved: ResolvedRule,
  order: ReadParticipant,
  target: ShownCount,
): readonly PrescribedAdministration[] {
  const { count, intervalDays = 0 } = resolved.administrations;
  const { firstAdministration, window, minimumSpacingDays, actual } = order;
  const planned: PrescribedAdministration[] = [];
  if (firstAdministration === undefined) {
    for (let index = 0; index < count; index += 1) {
      planned.push(Object.freeze({ number: index + 1, studyDay: 1 + index * intervalDays, target }));
    }
    return Object.freeze(planned);
  }
  const dates = planAdministrations({
    first: firstAdministration,
    ...resolved.administrations,
    ...(window === undefined ? {} : { window }),
    ...(minimumSpacingDays === undefined ? {} : { minimumSpacingDays }),
    ...(actual === undefined ? {} : { actual }),
  });
  for (const date of dates) planned.push(Object.freeze({ ...date, target }));
  return Object.freeze(planned);
}

function capWarnings(cap: Cap | undefined): readonly Issue[] {
  if (cap?.isApplied !== true) return [];
  const rate = cap.resultingPerKg === undefined ? "" : `, which is ${cap.resultingPerKg.digits}`;
  const message = `The cap acts: ${cap.uncapped.digits} became ${cap.limit.digits}${rate}.`;
  const [expected, received] = [`at most ${cap.limit.digits}`, cap.uncapped.digits];
  return [
    {
      code: "dose.cap_applied",
      path: "cap",
      message,
      expected,
      received,
      parameters: { uncapped: cap.uncapped.digits, limit: cap.limit.digits },
    },
  ];
}

function eligibilityWarnings({ eligibility }: Trial, weight: DosingWeight | undefined): readonly Issue[] {
  return eligibility.numeric.flatMap((criterion): readonly Issue[] => {
    if (criterion.measure !== "weight" || weight === undefined) return [];
    const { minimum, maximum, minimumExcluded, maximumExcluded } = criterion;
    const { weightKg } = weight;
    const isBelow =
      minimum !== undefined && compare(readFraction(weightKg), readFraction(minimum)) < (minimumExcluded ? 1 : 0);
    const isAbove =
      maximum !== undefined && compare(readFraction(weightKg), readFraction(maximum)) > (maximumExcluded ? -1 : 0);
    if (!isBelow && !isAbove) return [];
    const limit = isBelow ? `a minimum of ${minimum} kg` : `a maximum of ${maximum ?? ""} kg`;
    const message = `${weightKg} kg does not meet eligibility criterion "${criterion.id}", ${limit}.`;
    const received = `${weightKg} kg`;
    return [
      {
        code: "dose.weight_outside_eligibility",
        path: "weightKg",
        message,
        expected: limit,
        received,
        parameters: { criterion: criterion.id },
      },
    ];
  });
}

function dateWarnings(order: ReadParticipant, administrations: readonly PrescribedAdministration[]): readonly Issue[] {
  return (order.actual ?? []).flatMap((date, index): readonly Issue[] => {
    const planned = administrations[index];
    return planned?.date === undefined ? [] : checkActualDate({ ...planned, date: planned.date }, date);
  });
}

/** What is unusual of the weight, the dose rule and the dates. */
function unlikelyValues(
  trial: Trial,
  { rule, unitKind, cap, administrations }: ResolvedRule,
  order: ReadParticipant,
): readonly Issue[] {
  const { weight, ageYears, firstAdministration: first, actual = [] } = order;
  const ages =
    ageYears === undefined ? agesOfTrial(trial.eligibility.numeric) : { minimum: ageYears, maximum: ageYears };
  const others = [
    ...(weight?.weighedOn === undefined ? [] : [{ path: "weighedOn", date: weight.weighedOn }]),
    ...actual.map((date, index) => ({ path: `actual.${index}`, date })),
  ];
  return [
    ...(weight === undefined ? [] : judgeWeight(weight.weightKg, "weightKg", ages)),
    ...judgeRule(rule, unitKind, "rule"),
    ...(cap === undefined ? [] : judgeRule({ kind: "flat", amount: cap.amount }, unitKind, "cap")),
    ...judgeAdministrations(administrations.count, "administrations"),
    ...(first === undefined
      ? []
      : [
          ...judgeInTrial({ path: "firstAdministration", date: first }, trial.dates ?? {}),
          ...judgeDates(first, others),
        ]),
  ];
}

/**
 * What one participant of an arm is to get at each administration, in cells (or what the arm counts), and when.
 *
 * target = dose per kg × weightKg, or the flat dose, or 0 for a placebo; if a cap is stated, the smaller of it and the
 * target. cumulative = target × number of administrations. Fraction decimals: no number of cells is rounded; only the
 * quotients per kg that are shown are, half-up to 0.01.
 *
 * @param order - a trial, an arm and, for a dose per kg, `weightKg`: 0.5 kg to 300 kg, both included, as text
 * @returns a frozen, unblinded record with every step, the assumptions that it rests on, and warnings
 * @throws AllocellError `dose.order_invalid`, `dose.arm_not_in_part`, `dose.part_needed`,
 *   `dose.dates_without_first`, `dose.weight_missing`,
 *   `dose.rule_missing`, `dose.nothing_to_prescribe`, `dose.unit_never_per_kg`, `dose.count_basis_missing`,
 *   `dose.count_basis_invalid`, `dose.count_basis_conflict`, `dose.weight_descriptor_unsupported`,
 *   `dose.cap_unit_differs`, `dose.administrations_missing`, `dose.assumption_ambiguous`; `trial.arm_unknown`,
 *   `trial.arm_closed`, `trial.assumption_missing` and the other codes of the trial, of quantities and of dates
 * @example
 * prescribe({ trial, arm: "low", weightKg: "72.4", assumptions }).target.digits; // "72,400,000 viable cells"
 * @remarks Not modelled here: product weight bands, a range of allowed doses, vials and volumes.
 */
export function prescribe(order: Order): Prescription {
  requireFields(order, "an order of a dose", {});
  return prescriber(order)(order);
}

/**
 * Prescribes for many participants of one arm: the arm, its rule and its assumptions are read once.
 *
 * @returns a function of the participant; it throws what {@link prescribe} throws of weight and dates
 * @throws AllocellError what {@link prescribe} throws of trial, arm, part and assumptions
 * @example
 * const dose = prescriber({ trial, arm: "low", assumptions });
 * dose({ weightKg: "72.4" }).target.digits; // "72,400,000 viable cells"
 */
export function prescriber(order: ArmOrder): (participant: ParticipantOrder) => Prescription {
  requireFields(order, "an order of a dose", {});
  const { arm, part } = readArm(order);
  const { trial } = order;
  const assumptions = closeAssumptions(trial, order.assumptions, { use: "dose", arm: arm.id, part });
  const resolved = resolveDose(trial, arm, assumptions);
  return (participant) => prescribeOne(trial, arm, part, assumptions, resolved, readParticipant(participant));
}

function prescribeOne(
  trial: Trial,
  arm: Arm,
  part: string,
  assumptions: readonly ClosedAssumption[],
  resolved: ResolvedRule,
  read: ReadParticipant,
): Prescription {
  const { weight } = read;
  const { rule, unitKind } = resolved;
  const kg = weight === undefined ? undefined : readFraction(weight.weightKg);

  const uncapped = computeTarget(resolved, kg);
  const cap = applyCap(uncapped, resolved, kg);
  const isCapped = cap?.isApplied === true;
  const amount = isCapped ? readFraction(cap.limit.amount) : uncapped;
  const target = isCapped ? cap.limit : shownInFull(uncapped, unitKind);
  const administrations = planDates(resolved, read, target);
  const total = times(amount, fraction(administrations.length));
  const isPerKg = rule.kind === "per-kg" && kg !== undefined;
  const cumulative = Object.freeze({
    total: shownInFull(total, unitKind),
    ...(isPerKg ? { perKg: shownRate(over(total, kg), unitKind) } : {}),
  });
  return Object.freeze({
    trial: trial.id,
    trialTitle: trial.title,
    part,
    arm: arm.id,
    armLabel: arm.label,
    rule,
    ...(arm.decision === undefined ? {} : { decision: arm.decision }),
    unitKind,
    ...(weight === undefined ? {} : { weight }),
    target,
    ...(cap === undefined ? {} : { cap }),
    administrations,
    cumulative,
    steps: Object.freeze([
      ...targetSteps(resolved, weight, cap?.uncapped ?? target),
      ...capSteps(cap, weight, resolved.sources.cap),
      ...scheduleSteps(administrations, resolved),
      ...cumulativeSteps(target, administrations.length, cumulative, weight),
    ]),
    assumptions,
    warnings: deepFreeze([
      ...decisionWarnings(decidedDose(trial, arm), administrations[0]?.date, "firstAdministration"),
      ...capWarnings(cap),
      ...eligibilityWarnings(trial, weight),
      ...unlikelyValues(trial, resolved, read),
      ...dateWarnings(read, administrations),
    ]),
  });
}

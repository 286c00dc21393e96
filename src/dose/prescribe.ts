import { checkActualDate, planAdministrations, type PlannedAdministration } from "../calendar/index.js";
import { deepFreeze, fail, type Issue } from "../foundation/index.js";
import {
  compareDecimal,
  divideDecimal,
  formatCount,
  formatDoseRate,
  multiplyDecimal,
  roundHalfUp,
  type Count,
} from "../quantity/index.js";
import { closeAssumptions, type Arm, type ClosedAssumption, type Trial } from "../trial/index.js";
import type {
  ArmOrder,
  Cap,
  Order,
  ParticipantOrder,
  PrescribedAdministration,
  Prescription,
  ShownCount,
  ShownRate,
  Step,
} from "./model.js";
import { readArm, readParticipant, type ReadParticipant } from "./order.js";
import { isPlacebo, resolveDose, type ResolvedRule } from "./resolve.js";
import { capSteps, cumulativeSteps, scheduleStep, targetSteps } from "./steps.js";

const READING_STEP = "0.01";

const shown = (count: Count): ShownCount => ({ ...count, ...formatCount(count) });

/** A total spread over the kilograms, exact if it ends within two places, else half-up: for reading, never reckoned on. */
function perKgForReading(total: Count, weightKg: string): ShownRate {
  const amount = roundHalfUp(divideDecimal(total.amount, weightKg), READING_STEP);
  const count = { amount, unitKind: total.unitKind };
  const isExact = multiplyDecimal(amount, weightKg) === total.amount;
  const { words, digits } = formatDoseRate(count);
  return isExact
    ? { ...count, words, digits, isExact }
    : { ...count, words: `about ${words}`, digits: `about ${digits}`, isExact };
}

function computeTarget(resolved: ResolvedRule, order: ReadParticipant): Count {
  const { rule, unitKind } = resolved;
  if (isPlacebo(rule)) return { amount: "0", unitKind };
  if (rule.kind === "flat") return { amount: rule.amount, unitKind };
  if (order.weight === undefined) {
    return fail("dose.weight_missing", "weightKg", "A dose per kg needs the body weight in kilograms.", {
      expected: 'kilograms as text, for example "72.4"',
      received: "nothing",
    });
  }
  return { amount: multiplyDecimal(rule.amount, order.weight.weightKg), unitKind };
}

function applyCap(uncapped: Count, resolved: ResolvedRule, order: ReadParticipant): Cap | undefined {
  if (resolved.cap === undefined) return undefined;
  const isApplied = compareDecimal(uncapped.amount, resolved.cap.amount) > 0;
  return {
    limit: shown(resolved.cap),
    isApplied,
    uncapped: shown(uncapped),
    ...(isApplied && resolved.rule.kind === "per-kg" && order.weight !== undefined
      ? { resultingPerKg: perKgForReading(resolved.cap, order.weight.weightKg) }
      : {}),
  };
}

function planDates(resolved: ResolvedRule, order: ReadParticipant): readonly Omit<PlannedAdministration, "date">[] {
  const { count, intervalDays = 0 } = resolved.administrations;
  const { firstAdministration, window, minimumSpacingDays, actual } = order;
  if (firstAdministration === undefined) {
    return Array.from({ length: count }, (_, index) => ({ number: index + 1, studyDay: 1 + index * intervalDays }));
  }
  return planAdministrations({
    first: firstAdministration,
    ...resolved.administrations,
    ...(window === undefined ? {} : { window }),
    ...(minimumSpacingDays === undefined ? {} : { minimumSpacingDays }),
    ...(actual === undefined ? {} : { actual }),
  });
}

function collectWarnings(
  trial: Trial,
  order: ReadParticipant,
  cap: Cap | undefined,
  administrations: readonly PrescribedAdministration[],
  decidedOn: string | undefined,
): readonly Issue[] {
  const warnings: Issue[] = [];
  const first = administrations[0]?.date;
  if (decidedOn !== undefined && first !== undefined && first < decidedOn) {
    warnings.push({
      code: "dose.before_decision",
      path: "firstAdministration",
      message: `The first administration on ${first} is before the decision of ${decidedOn} that opened the arm.`,
      expected: `${decidedOn} or later`,
      received: first,
    });
  }
  if (cap?.isApplied === true) {
    const rate = cap.resultingPerKg === undefined ? "" : `, which is ${cap.resultingPerKg.digits}`;
    warnings.push({
      code: "dose.cap_applied",
      path: "cap",
      message: `The cap acts: ${cap.uncapped.digits} became ${cap.limit.digits}${rate}.`,
      expected: `at most ${cap.limit.digits}`,
      received: cap.uncapped.digits,
    });
  }
  for (const criterion of trial.eligibility.numeric) {
    if (criterion.measure !== "weight" || order.weight === undefined) continue;
    const { minimum, maximum, minimumExcluded, maximumExcluded } = criterion;
    const { weightKg } = order.weight;
    const isBelow = minimum !== undefined && compareDecimal(weightKg, minimum) < (minimumExcluded ? 1 : 0);
    const isAbove = maximum !== undefined && compareDecimal(weightKg, maximum) > (maximumExcluded ? -1 : 0);
    if (!isBelow && !isAbove) continue;
    const limit = isBelow ? `a minimum of ${minimum} kg` : `a maximum of ${maximum ?? ""} kg`;
    warnings.push({
      code: "dose.weight_outside_eligibility",
      path: "weightKg",
      message: `${weightKg} kg does not meet eligibility criterion "${criterion.id}", ${limit}.`,
      expected: limit,
      received: `${weightKg} kg`,
    });
  }
  order.actual?.forEach((date, index) => {
    const planned = administrations[index];
    if (planned?.date !== undefined) warnings.push(...checkActualDate({ ...planned, date: planned.date }, date));
  });
  return warnings;
}

/**
 * What one participant of an arm is to get at each administration, in cells (or what the arm counts), and when.
 *
 * target = dose per kg × weightKg, or the flat dose, or 0 for a placebo; if a cap is stated, the smaller of it and the
 * target. cumulative = target × number of administrations. Exact decimals: no number of cells is rounded; only the
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
  const { trial } = order;
  const { arm, part } = readArm(order);
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

  const uncapped = computeTarget(resolved, read);
  const cap = applyCap(uncapped, resolved, read);
  const target = shown(cap?.isApplied === true ? cap.limit : uncapped);
  const administrations = planDates(resolved, read).map((planned): PrescribedAdministration => ({
    ...planned,
    target,
  }));
  const total = shown({ amount: multiplyDecimal(target.amount, String(administrations.length)), unitKind });
  const perKg = rule.kind === "per-kg" && weight !== undefined ? perKgForReading(total, weight.weightKg) : undefined;
  const cumulative = { total, ...(perKg === undefined ? {} : { perKg }) };

  const steps: readonly Step[] = [
    ...targetSteps(resolved, weight, uncapped),
    ...capSteps(cap, weight, resolved.sources.cap),
    ...scheduleStep(administrations, resolved),
    ...cumulativeSteps(target, administrations.length, cumulative, weight),
  ];
  return deepFreeze({
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
    steps,
    assumptions,
    warnings: collectWarnings(trial, read, cap, administrations, arm.decision?.decidedOn),
  });
}

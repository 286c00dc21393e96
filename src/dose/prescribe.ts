import { checkActualDate, planAdministrations } from "../calendar/index.js";
import { deepFreeze, fail, requireFields, type Issue } from "../foundation/index.js";
import { compare, decimalText, type Fraction, readFraction, UNIT_KINDS } from "../quantity/index.js";
import { closeAssumptions, type Arm, type ClosedAssumption, type Trial } from "../trial/index.js";
import { addCap, addTarget } from "./firstSteps.js";
import type { Step } from "./formula/model.js";
import { PRESCRIPTION_FORMULAS, type PrescriptionFormulaId } from "./formula/prescriptionFormulas.js";
import type { StepSource } from "./formula/sources.js";
import { addStep, type Steps } from "./formula/step.js";
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
import { findSurface } from "./preparation/bodySurface.js";
import { judgeDates, judgeInTrial } from "./plausibility/dates.js";
import { judgePrescribed } from "./plausibility/hold.js";
import { judgeAdministrations, judgeRule } from "./plausibility/dose.js";
import { agesOfTrial, judgeBodyMass, judgeWeight } from "./plausibility/person.js";
import { resolveDose, type ResolvedRule } from "./resolve.js";
import { shownInFull, shownRate } from "./shown.js";

/** The weight by which a dose per kg goes, with its step. @throws AllocellError `dose.weight_missing` */
function addWeight(
  trace: Steps<PrescriptionFormulaId>,
  weight: DosingWeight | undefined,
  source: StepSource,
): Fraction {
  if (weight !== undefined) return addStep(trace, "weight", { a: weight.weightKg }, { source });
  return fail("dose.weight_missing", "weightKg", "A dose per kg needs the body weight in kilograms.", {
    expected: 'kilograms as text, for example "72.4"',
    received: "nothing",
  });
}

function applyCap(
  trace: Steps<PrescriptionFormulaId>,
  resolved: ResolvedRule,
  uncapped: Fraction,
  weight: Fraction | undefined,
): Cap | undefined {
  const { cap, unitKind } = resolved;
  if (cap === undefined) return undefined;
  const limit = readFraction(cap.amount);
  const { isApplied, perKg } = addCap(trace, resolved, uncapped, limit, weight);
  return Object.freeze({
    limit: shownInFull(limit, cap.unitKind),
    isApplied,
    uncapped: shownInFull(uncapped, unitKind),
    ...(perKg === undefined ? {} : { resultingPerKg: shownRate(perKg, unitKind) }),
  });
}

/** The study day of the last administration, and the exposure over all of them, with their steps. */
function addExposure(
  trace: Steps<PrescriptionFormulaId>,
  { administrations: { count, intervalDays }, sources }: ResolvedRule,
  target: ShownCount,
  weight: Fraction | undefined,
): Prescription["cumulative"] {
  const n = String(count);
  if (count > 1 && intervalDays !== undefined)
    addStep(trace, "study-day", { n, i: String(intervalDays) }, { source: sources.administrations });
  const unit = UNIT_KINDS[target.unitKind];
  const total = addStep(trace, "cumulative:planned", { t: target.amount, n }, { unit });
  const shown = shownInFull(total, target.unitKind);
  if (weight === undefined) return Object.freeze({ total: shown });
  const perKg = addStep(trace, "cumulative-per-kg:planned", { T: total, w: weight }, { unit });
  return Object.freeze({ total: shown, perKg: shownRate(perKg, target.unitKind) });
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

/** What is unusual of weight and height, of one against the other, and of the surface that follows. */
function unlikelyBody(
  trial: Trial,
  { weight, ageYears, heightCm }: ReadParticipant,
  surface: Fraction | undefined,
): readonly Issue[] {
  const ages =
    ageYears === undefined ? agesOfTrial(trial.eligibility.numeric) : { minimum: ageYears, maximum: ageYears };
  const one = (row: string, value: Fraction | undefined): readonly Issue[] =>
    value === undefined ? [] : judgePrescribed({ row, path: "heightCm", value });
  return [
    ...(weight === undefined ? [] : judgeWeight(weight.weightKg, "weightKg", ages)),
    ...one("height", heightCm === undefined ? undefined : readFraction(heightCm)),
    ...(weight === undefined || heightCm === undefined ? [] : judgeBodyMass(weight.weightKg, heightCm, "heightCm")),
    ...one("bodySurface", surface),
  ];
}

/** What is unusual of the person, the dose rule and the dates. */
function unlikelyValues(
  trial: Trial,
  { rule, unitKind, cap, administrations }: ResolvedRule,
  order: ReadParticipant,
  surface: Fraction | undefined,
): readonly Issue[] {
  const { weight, firstAdministration: first, actual = [] } = order;
  const others = [
    ...(weight?.weighedOn === undefined ? [] : [{ path: "weighedOn", date: weight.weighedOn }]),
    ...actual.map((date, index) => ({ path: `actual.${index}`, date })),
  ];
  return [
    ...unlikelyBody(trial, order, surface),
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
 * target = dose per kg × weightKg, or dose per m² × body surface (by the formula of the trial), or the flat dose, or 0 for a placebo; if a cap is stated, the smaller of it and the
 * target. cumulative = target × number of administrations. Fraction decimals: no number of cells is rounded; only the
 * quotients per kg that are shown are, half-up to 0.01.
 *
 * @param order - a trial, an arm and, for a dose per kg, `weightKg`: 0.5 kg to 300 kg, both included, as text
 * @returns a frozen, unblinded record with every step, the assumptions that it rests on, and warnings
 * @throws AllocellError `dose.order_invalid`, `dose.arm_not_in_part`, `dose.part_needed`,
 *   `dose.dates_without_first`, `dose.weight_missing`, `dose.surface_missing`, `dose.impossible_value`,
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
  const trace = { formulas: PRESCRIPTION_FORMULAS, steps: [] as Step[] };
  const kg = weight === undefined ? undefined : readFraction(weight.weightKg);
  const { heightCm } = read;
  const sized = (): Fraction => addWeight(trace, weight, resolved.sources.weight);
  const surface = rule.kind === "per-m2" ? findSurface(trace, rule.surface, sized(), heightCm, "heightCm") : undefined;
  const uncapped = addTarget(trace, resolved, () => surface ?? sized());
  const cap = applyCap(trace, resolved, uncapped, kg);
  const target = cap?.isApplied === true ? cap.limit : shownInFull(uncapped, unitKind);
  const administrations = planDates(resolved, read, target);
  const cumulative = addExposure(trace, resolved, target, rule.kind === "per-kg" ? kg : undefined);
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
    ...(heightCm === undefined ? {} : { heightCm }),
    ...(rule.kind === "per-m2" && surface !== undefined
      ? { surface: Object.freeze({ formula: rule.surface.formula, m2: decimalText(surface) }) }
      : {}),
    target,
    ...(cap === undefined ? {} : { cap }),
    administrations,
    cumulative,
    steps: Object.freeze(trace.steps),
    assumptions,
    warnings: deepFreeze([
      ...decisionWarnings(decidedDose(trial, arm), administrations[0]?.date, "firstAdministration"),
      ...capWarnings(cap),
      ...eligibilityWarnings(trial, weight),
      ...unlikelyValues(trial, resolved, read, surface),
      ...dateWarnings(read, administrations),
    ]),
  });
}

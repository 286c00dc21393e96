import { fail } from "../../foundation/index.js";
import {
  absolute,
  compare,
  decimalText,
  type Fraction,
  minus,
  ONE,
  over,
  readFraction,
  smaller,
  times,
  UNIT_KINDS,
  ZERO,
} from "../../quantity/index.js";
import { addCap, addTarget } from "../firstSteps.js";
import { addStep } from "../formula/step.js";
import { formulaMissing, type Body } from "./bodySurface.js";
import type { ResolvedDose } from "./doseSource.js";
import { HUNDRED } from "../constants.js";
import { limitsAt, requireWithin, warnOutsideSoft, type ActiveLimits } from "./limits.js";
import type { Target } from "./result.js";
import { hundredths, readable, shownCount, shownRate } from "../shown.js";
import type { Trace } from "./trace.js";

export interface FoundTarget {
  readonly value: Fraction;
  readonly target: Target;
  readonly limits: ActiveLimits;
}

/** What the emptied containers of all lots hold. */
export interface Given {
  readonly cells: Fraction;
  /** Of each entry, or of each component. */
  readonly parts: readonly Fraction[];
  /** Of several components. */
  readonly isTogether?: true;
}

const FLAT_DIFFERENCE_PERCENT = readFraction("10");

function rawTarget(trace: Trace, dose: ResolvedDose, { weight, surface }: Body): Fraction {
  const { rule, unitKind } = dose;
  const sizeOf = (): Fraction => {
    const size = rule.kind === "per-m2" ? (surface ?? formulaMissing()) : weight;
    if (size === undefined) {
      return fail(
        "dose.weight_missing",
        "weight",
        "A dose per kg needs the body weight, with its date and who measured it.",
      );
    }
    if (unitKind !== "cell-equivalents") return size;
    return fail(
      "dose.unit_never_per_kg",
      "dose.rule",
      "Cell-equivalents are a flat dose: no rule counts them for each kilogram.",
    );
  };
  return addTarget(trace, dose, sizeOf);
}

/** What whole containers hold is the target. @throws AllocellError `dose.whole_above_cap` */
function wholeTarget(trace: Trace, { unitKind, cap }: ResolvedDose, given: Given): Fraction {
  const unit = UNIT_KINDS[unitKind];
  const exact = decimalText(given.cells);
  if (given.isTogether) addStep(trace, "together", { delivered: given.parts }, { unit });
  else addStep(trace, "target:whole", { y: given.parts }, { unit });
  if (cap !== undefined && compare(given.cells, readFraction(cap.amount)) > 0) {
    const [expected, received] = [`at most ${readable(cap.amount)} ${unit}`, `${readable(exact)} ${unit}`];
    const holders = given.isTogether ? "components" : "containers";
    const message = `The ${holders} hold ${received}, above the cap of ${readable(cap.amount)}: not all of that may be given.`;
    const parameters = { cap: readable(cap.amount) };
    return fail("dose.whole_above_cap", given.isTogether ? "together" : "lots", message, {
      expected,
      received,
      parameters,
    });
  }
  return given.cells;
}

/** Whole containers that hold another dose than the label aims at. */
function warnOffAim(trace: Trace, dose: ResolvedDose, weight: Fraction | undefined, value: Fraction): void {
  const { aimedAt, cap, unitKind } = dose;
  if (aimedAt === undefined || dose.rule.kind !== "whole-containers") return;
  if (aimedAt.kind === "per-kg" && weight === undefined) {
    return fail("dose.weight_missing", "weight", "The label's dose per kg needs the body weight.");
  }
  const raw = times(readFraction(aimedAt.amount), aimedAt.kind === "flat" ? ONE : (weight ?? ONE));
  const aim = cap === undefined ? raw : smaller(raw, readFraction(cap.amount));
  const percent = times(HUNDRED, over(minus(value, aim), aim));
  if (compare(absolute(percent), FLAT_DIFFERENCE_PERCENT) <= 0) return;
  const unit = UNIT_KINDS[unitKind];
  trace.warnings.push({
    code: "dose.whole_differs_from_target",
    path: "lots",
    message: `What the containers hold differs by ${hundredths(percent)} % from the dose that the label aims at.`,
    expected: `${readable(decimalText(aim))} ${unit}`,
    received: `${readable(decimalText(value))} ${unit}`,
  });
}

/** A flat dose that stands beside a dose per kg, for example "5E7 for 50 to 90 kg" beside 1E6/kg. */
function warnBesidePerKg(trace: Trace, dose: ResolvedDose, weight: Fraction | undefined, value: Fraction): void {
  if (dose.besidePerKg === undefined || dose.rule.kind !== "flat") return;
  if (weight === undefined) {
    return fail("dose.weight_missing", "weight", "A dose per kg to compare the flat dose with needs the body weight.", {
      expected: "the weighing, or no besidePerKg",
      received: "nothing",
    });
  }
  const byWeight = times(readFraction(dose.besidePerKg), weight);
  const percent = times(HUNDRED, over(minus(value, byWeight), byWeight));
  const size = absolute(percent);
  if (compare(size, FLAT_DIFFERENCE_PERCENT) <= 0) return;
  const unit = UNIT_KINDS[dose.unitKind];
  trace.warnings.push({
    code: "dose.flat_differs_from_per_kg",
    path: "dose.besidePerKg",
    message: `The flat dose is ${hundredths(percent)} % of difference from ${readable(dose.besidePerKg)} ${unit} for each kilogram at this weight.`,
    expected: `${readable(decimalText(byWeight))} ${unit}`,
    received: `${readable(decimalText(value))} ${unit}`,
    parameters: { percent: hundredths(percent), perKg: readable(dose.besidePerKg) },
  });
}

function applyCap(
  trace: Trace,
  dose: ResolvedDose,
  raw: Fraction,
  weight: Fraction | undefined,
  cap: Fraction,
): Fraction {
  const unit = UNIT_KINDS[dose.unitKind];
  const [rawText, capText] = [decimalText(raw), decimalText(cap)];
  const { isApplied, perKg } = addCap(trace, dose, raw, cap, weight);
  if (!isApplied) return raw;
  const rate = perKg === undefined ? "" : `, which is ${shownRate(perKg, dose.unitKind).digits}`;
  trace.warnings.push({
    code: "dose.cap_applied",
    path: "dose.cap",
    message: `The cap acts: ${readable(rawText)} ${unit} became ${readable(capText)}${rate}.`,
    expected: `at most ${readable(capText)} ${unit}`,
    received: `${readable(rawText)} ${unit}`,
  });
  return cap;
}

/** The range that holds at this weight, undefined where there is none. */
function addRangeStep(
  trace: Trace,
  { unitKind, sources }: ResolvedDose,
  { range: { minimum, maximum } }: ActiveLimits,
  value: Fraction,
): Target["range"] {
  if (minimum === undefined && maximum === undefined) return undefined;
  const unit = UNIT_KINDS[unitKind];
  const ends = {
    ...(minimum === undefined ? {} : { minimum: decimalText(minimum) }),
    ...(maximum === undefined ? {} : { maximum: decimalText(maximum) }),
  };
  addStep(trace, "range", { lo: minimum, hi: maximum, t: value }, { unit, source: sources.range });
  return ends;
}

/**
 * The target of one administration, capped, and inside its range and hard limits.
 *
 * @throws AllocellError `dose.weight_missing`, `dose.surface_missing`, `dose.unit_never_per_kg`, `dose.weight_band`, `dose.minimum_above_cap`,
 *   `dose.outside_hard_limit`, `dose.outside_range`, `dose.whole_above_cap`
 * @param given - what whole containers hold, which is the target then
 */
export function findTarget(trace: Trace, dose: ResolvedDose, body: Body, given?: Given): FoundTarget {
  const { rule, unitKind, isPlacebo, cap } = dose;
  const { weight } = body;
  const raw = given === undefined ? rawTarget(trace, dose, body) : wholeTarget(trace, dose, given);
  if (isPlacebo) {
    const none = shownCount(ZERO, unitKind);
    const target = { rule, uncapped: none, isCapped: false, amount: none };
    return { value: ZERO, target, limits: { range: {}, hard: {}, soft: {} } };
  }
  const unit = UNIT_KINDS[unitKind];
  const limits = limitsAt(dose, body);
  const value = limits.cap === undefined || given !== undefined ? raw : applyCap(trace, dose, raw, weight, limits.cap);
  requireWithin(value, limits, unit);
  const ends = addRangeStep(trace, dose, limits, value);
  warnOutsideSoft(trace, value, limits, unit);
  warnOffAim(trace, dose, weight, value);
  warnBesidePerKg(trace, dose, weight, value);
  const uncapped = shownCount(raw, unitKind);
  const isCapped = value !== raw;
  const target: Target = {
    rule,
    uncapped,
    ...(cap === undefined ? {} : { cap: shownCount(readFraction(cap.amount), unitKind) }),
    isCapped,
    ...(isCapped && rule.kind === "per-kg" && weight !== undefined
      ? { cappedPerKg: shownRate(over(value, weight), unitKind) }
      : {}),
    amount: isCapped ? shownCount(value, unitKind) : uncapped,
    ...(ends === undefined ? {} : { range: ends }),
  };
  return { value, target, limits };
}

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
import { formulaMissing, type Body } from "./bodySurface.js";
import type { PerKgDose } from "../../trial/index.js";
import type { ResolvedDose } from "./doseSource.js";
import { HUNDRED } from "../constants.js";
import { limitsAt, requireWithin, warnOutsideSoft, type ActiveLimits } from "./limits.js";
import type { PerM2Dose } from "./model.js";
import type { Target } from "./result.js";
import { hundredths, readable, shownCount, shownRate } from "../shown.js";
import { FOR_READING, input } from "../step.js";
import { writtenStep, type Trace } from "./trace.js";

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

const TARGET = "Target of one administration";

function rawTarget(trace: Trace, dose: ResolvedDose, body: Body): Fraction {
  const { rule, unitKind, sources } = dose;
  const unit = UNIT_KINDS[unitKind];
  const common = { id: "target", title: TARGET, unit, source: sources.rule };
  if (!("amount" in rule)) {
    trace.steps?.push(
      writtenStep({
        formula: "target = 0",
        worked: "target",
        inputs: [],
        ...common,
        title: "Target: placebo",
        exact: "0",
      }),
    );
    return ZERO;
  }
  const amount = readFraction(rule.amount);
  if (rule.kind === "flat") {
    const inputs = [input("D", "flat dose", rule.amount, unit)];
    trace.steps?.push(
      writtenStep({
        formula: "target = flat dose D",
        worked: "target",
        inputs,
        ...common,
        exact: rule.amount,
      }),
    );
    return amount;
  }
  return ratedTarget(trace, dose, rule, body);
}

/** A dose per kg or per m², times what it goes by. */
function ratedTarget(
  trace: Trace,
  { unitKind, sources }: ResolvedDose,
  rule: PerKgDose | PerM2Dose,
  { weight, surface }: Body,
): Fraction {
  const unit = UNIT_KINDS[unitKind];
  const isPerM2 = rule.kind === "per-m2";
  const size = isPerM2 ? (surface ?? formulaMissing()) : weight;
  if (size === undefined) {
    return fail(
      "dose.weight_missing",
      "weight",
      "A dose per kg needs the body weight, with its date and who measured it.",
    );
  }
  if (unitKind === "cell-equivalents") {
    return fail(
      "dose.unit_never_per_kg",
      "dose.rule",
      "Cell-equivalents are a flat dose: no rule counts them for each kilogram.",
    );
  }
  const text = decimalText(size);
  const value = times(readFraction(rule.amount), size);
  const per = isPerM2 ? "m²" : "kg";
  trace.steps?.push(
    writtenStep({
      formula: isPerM2 ? "target = dose per m² d × body surface s" : "target = dose per kg d × weight w",
      worked: `${readable(rule.amount)} × ${readable(text)}`,
      inputs: [
        input("d", `dose per ${per}`, rule.amount, `${unit}/${per}`),
        isPerM2 ? input("s", "body surface", text, per) : input("w", "dosing weight", text, per),
      ],
      id: "target",
      title: TARGET,
      unit,
      source: sources.rule,
      exact: decimalText(value),
    }),
  );
  return value;
}

/** What whole containers hold is the target. @throws AllocellError `dose.whole_above_cap` */
function wholeTarget(trace: Trace, { unitKind, cap }: ResolvedDose, given: Given): Fraction {
  const unit = UNIT_KINDS[unitKind];
  const exact = decimalText(given.cells);
  trace.steps?.push(
    writtenStep({
      id: given.isTogether ? "together" : "target",
      title: given.isTogether ? "All components together" : "Target: all that the containers hold",
      formula: given.isTogether ? "sum = Σ delivered over the components" : "target = Σ y over the lots",
      worked: given.parts.map((part) => readable(decimalText(part))).join(" + "),
      inputs: given.parts.map((part) =>
        given.isTogether
          ? input("delivered", "delivered", decimalText(part), unit)
          : input("y", "cells of the emptied containers", decimalText(part), unit),
      ),
      unit,
      source: given.isTogether ? "definition" : "label and recovery",
      exact,
    }),
  );
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
  const isCapped = compare(raw, cap) > 0;
  trace.steps?.push(
    writtenStep({
      id: "cap",
      title: `Cap of one administration: ${isCapped ? "acts" : "does not act"}`,
      formula: "target = the smaller of the uncapped target T and the cap M",
      worked: `${readable(rawText)} is ${isCapped ? "above" : "not above"} ${readable(capText)}: target`,
      inputs: [input("T", "uncapped target", rawText, unit), input("M", "cap", capText, unit)],
      unit,
      source: dose.sources.cap,
      exact: isCapped ? capText : rawText,
    }),
  );
  if (!isCapped) return raw;
  let rate = "";
  if (dose.rule.kind === "per-kg" && weight !== undefined) {
    const perKg = over(cap, weight);
    rate = `, which is ${shownRate(perKg, dose.unitKind).digits}`;
    trace.steps?.push(
      writtenStep({
        id: "capped-per-kg",
        title: "Dose per kg that the cap leaves",
        formula: "dose per kg = cap M / weight w",
        worked: `${readable(capText)} / ${readable(decimalText(weight))}`,
        inputs: [input("M", "cap", capText, unit), input("w", "dosing weight", decimalText(weight), "kg")],
        unit: `${unit}/kg`,
        rounding: FOR_READING,
        exact: decimalText(perKg),
        result: hundredths(perKg),
      }),
    );
  }
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
  const text = [ends.minimum ?? "", ends.maximum ?? ""].map((end) => (end === "" ? "no limit" : readable(end)));
  trace.steps?.push(
    writtenStep({
      id: "range",
      title: "Range of the dose at this weight",
      formula: "least dose lo <= target <= greatest dose hi",
      worked: `${text[0] ?? ""} to ${text[1] ?? ""}: the target`,
      inputs: [
        ...(ends.minimum === undefined ? [] : [input("lo", "least dose", ends.minimum, unit)]),
        ...(ends.maximum === undefined ? [] : [input("hi", "greatest dose", ends.maximum, unit)]),
      ],
      unit,
      source: sources.range,
      exact: decimalText(value),
    }),
  );
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

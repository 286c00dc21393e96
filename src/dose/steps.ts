import { formatDecimal, formatDoseRate, UNIT_KINDS } from "../quantity/index.js";
import type {
  Cap,
  DosingWeight,
  PrescribedAdministration,
  PrescribedRule,
  Prescription,
  ShownCount,
  ShownRate,
  Step,
  StepInput,
} from "./model.js";
import { isPlacebo, type ResolvedRule } from "./resolve.js";
import { DEFINITION, FOR_READING, frozenStep, input, NO_ROUNDING } from "./step.js";

/** What a placebo is, in the words that its source allows. */
export function placeboText(rule: Exclude<PrescribedRule, { readonly amount: string }>): string {
  if (rule.kind === "placebo") return "placebo, no active ingredient; its sources state no amount";
  const composition = rule.composition === undefined ? "" : ` (${rule.composition})`;
  return `placebo, the same amount without the active ingredient${composition}`;
}

/** How the target of one administration comes about, before a cap. */
export function targetSteps(
  { rule, unitKind, sources }: ResolvedRule,
  weight: DosingWeight | undefined,
  target: ShownCount,
): readonly Step[] {
  if (isPlacebo(rule)) {
    const worked = `${placeboText(rule)}: ${target.digits}; no volume follows from this`;
    return [targetStep("Target of one administration: placebo", "target = 0", worked, [], target, sources.rule)];
  }
  const title = "Target of one administration";
  const unit = UNIT_KINDS[unitKind];
  if (rule.kind === "flat") {
    const inputs = [input("D", "flat dose", rule.amount, unit)];
    const worked = `${target.digits}, whatever the participant weighs`;
    return [targetStep(title, "target = flat dose D", worked, inputs, target, sources.rule)];
  }
  if (weight === undefined) return [];
  const { weightKg } = weight;
  const kilograms = `${formatDecimal(weightKg)} kg`;
  const inputs = [input("d", "dose per kg", rule.amount, `${unit}/kg`), input("w", "dosing weight", weightKg, "kg")];
  const worked = `${formatDoseRate({ amount: rule.amount, unitKind }).digits} × ${kilograms} = ${target.digits}`;
  return [
    frozenStep({
      id: "weight",
      title: "Dosing weight",
      formula: "w = actual (measured) weight",
      worked: kilograms,
      inputs: [input("w", "actual weight", weightKg, "kg")],
      result: { value: weightKg, unit: "kg" },
      rounding: NO_ROUNDING,
      source: sources.weight,
    }),
    targetStep(title, "target = dose per kg d × weight w", worked, inputs, target, sources.rule),
  ];
}

function targetStep(
  title: string,
  formula: string,
  worked: string,
  inputs: readonly StepInput[],
  { amount, unitKind }: ShownCount,
  source: string,
): Step {
  const result = { value: amount, unit: UNIT_KINDS[unitKind] };
  return frozenStep({ id: "target", title, formula, worked, inputs, result, rounding: NO_ROUNDING, source });
}

/** The comparison with a stated cap, and what the dose per kg becomes where it acts. */
export function capSteps(cap: Cap | undefined, weight: DosingWeight | undefined, source: string): readonly Step[] {
  if (cap === undefined) return [];
  const { limit, uncapped, isApplied, resultingPerKg } = cap;
  const unit = UNIT_KINDS[limit.unitKind];
  const capped = isApplied ? limit : uncapped;
  const comparison = frozenStep({
    id: "cap",
    title: "Cap of one administration",
    formula: "target = the smaller of the uncapped target T and the cap M",
    worked: `${uncapped.digits} is ${isApplied ? "above" : "not above"} ${limit.digits}: ${capped.digits}`,
    inputs: [input("T", "uncapped target", uncapped.amount, unit), input("M", "cap", limit.amount, unit)],
    result: { value: capped.amount, unit },
    rounding: NO_ROUNDING,
    source,
  });
  if (resultingPerKg === undefined || weight === undefined) return [comparison];
  const rest = perKgStep("capped-per-kg", "Dose per kg that the cap leaves", "dose per kg = cap M / weight w", {
    total: limit,
    totalInput: input("M", "cap", limit.amount, unit),
    weight,
    perKg: resultingPerKg,
  });
  return [comparison, rest];
}

/** The study day of the last administration; nothing to compute for a single one. */
export function scheduleSteps(
  administrations: readonly PrescribedAdministration[],
  { administrations: { count, intervalDays }, sources }: ResolvedRule,
): readonly Step[] {
  const last = administrations.at(-1);
  if (last === undefined || intervalDays === undefined || count < 2) return [];
  return [
    frozenStep({
      id: "study-day",
      title: "Study day of the last administration",
      formula: "day = 1 + (n - 1) × interval i; the first administration is Day 1, there is no Day 0",
      worked: `1 + (${count} - 1) × ${intervalDays} = Day ${last.studyDay}${last.date === undefined ? "" : `, ${last.date}`}`,
      inputs: [
        input("n", "administrations", String(count), "administrations"),
        input("i", "interval", String(intervalDays), "days"),
      ],
      result: { value: String(last.studyDay), unit: "study day" },
      rounding: NO_ROUNDING,
      source: sources.administrations,
    }),
  ];
}

/** The planned exposure over all administrations. */
export function cumulativeSteps(
  target: ShownCount,
  count: number,
  { total, perKg }: Prescription["cumulative"],
  weight: DosingWeight | undefined,
): readonly Step[] {
  const unit = UNIT_KINDS[target.unitKind];
  const sum = frozenStep({
    id: "cumulative",
    title: "Planned cumulative exposure",
    formula: "total = target t × number of administrations n",
    worked: `${target.digits} × ${count} = ${total.digits}`,
    inputs: [
      input("t", "target of one administration", target.amount, unit),
      input("n", "administrations", String(count), "administrations"),
    ],
    result: { value: total.amount, unit },
    rounding: NO_ROUNDING,
    source: DEFINITION,
  });
  if (perKg === undefined || weight === undefined) return [sum];
  const title = "Planned cumulative exposure per kg";
  const totalInput = input("T", "total", total.amount, unit);
  return [
    sum,
    perKgStep("cumulative-per-kg", title, "total per kg = total / weight w", { total, totalInput, weight, perKg }),
  ];
}

/** A total spread over the kilograms. */
function perKgStep(
  id: string,
  title: string,
  formula: string,
  {
    total,
    totalInput,
    weight: { weightKg },
    perKg,
  }: {
    readonly total: ShownCount;
    readonly totalInput: StepInput;
    readonly weight: DosingWeight;
    readonly perKg: ShownRate;
  },
): Step {
  return frozenStep({
    id,
    title,
    formula,
    worked: `${total.digits} / ${formatDecimal(weightKg)} kg = ${perKg.digits}`,
    inputs: [totalInput, input("w", "dosing weight", weightKg, "kg")],
    result: { value: perKg.amount, unit: totalInput.unit + "/kg" },
    rounding: perKg.isExact ? NO_ROUNDING : FOR_READING,
    source: DEFINITION,
  });
}

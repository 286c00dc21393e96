import { formatCount, formatDecimal, formatDoseRate, UNIT_KINDS, type Count } from "../quantity/index.js";
import type {
  Cap,
  DosingWeight,
  PrescribedAdministration,
  PrescribedRule,
  Prescription,
  ShownCount,
  Step,
  StepInput,
} from "./model.js";
import { isPlacebo, type ResolvedRule } from "./resolve.js";

const FOR_READING = "half-up to 0.01, for reading only: no later step uses it";

function weightInput({ weightKg }: DosingWeight): StepInput {
  return { symbol: "w", name: "dosing weight", value: weightKg, unit: "kg" };
}

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
  target: Count,
): readonly Step[] {
  const unit = UNIT_KINDS[unitKind];
  const result = { value: target.amount, unit };
  const { digits } = formatCount(target);
  if (isPlacebo(rule)) {
    const preparation = placeboText(rule);
    return [
      {
        id: "target",
        title: "Target of one administration: placebo",
        formula: "target = 0",
        worked: `${preparation}: ${digits}; no volume follows from this`,
        inputs: [],
        result,
        rounding: "none",
        source: sources.rule,
      },
    ];
  }
  if (rule.kind === "flat") {
    return [
      {
        id: "target",
        title: "Target of one administration",
        formula: "target = flat dose D",
        worked: `${digits}, whatever the participant weighs`,
        inputs: [{ symbol: "D", name: "flat dose", value: rule.amount, unit }],
        result,
        rounding: "none",
        source: sources.rule,
      },
    ];
  }
  if (weight === undefined) return [];
  const kilograms = `${formatDecimal(weight.weightKg)} kg`;
  return [
    {
      id: "weight",
      title: "Dosing weight",
      formula: "w = actual (measured) weight",
      worked: kilograms,
      inputs: [{ symbol: "w", name: "actual weight", value: weight.weightKg, unit: "kg" }],
      result: { value: weight.weightKg, unit: "kg" },
      rounding: "none",
      source: sources.weight,
    },
    {
      id: "target",
      title: "Target of one administration",
      formula: "target = dose per kg d × weight w",
      worked: `${formatDoseRate({ amount: rule.amount, unitKind }).digits} × ${kilograms} = ${digits}`,
      inputs: [{ symbol: "d", name: "dose per kg", value: rule.amount, unit: `${unit}/kg` }, weightInput(weight)],
      result,
      rounding: "none",
      source: sources.rule,
    },
  ];
}

/** The comparison with a stated cap, and what the dose per kg becomes where it acts. */
export function capSteps(cap: Cap | undefined, weight: DosingWeight | undefined, source: string): readonly Step[] {
  if (cap === undefined) return [];
  const { limit, uncapped, isApplied, resultingPerKg } = cap;
  const unit = UNIT_KINDS[limit.unitKind];
  const capped = isApplied ? limit : uncapped;
  const steps: Step[] = [
    {
      id: "cap",
      title: "Cap of one administration",
      formula: "target = the smaller of the uncapped target T and the cap M",
      worked: `${uncapped.digits} is ${isApplied ? "above" : "not above"} ${limit.digits}: ${capped.digits}`,
      inputs: [
        { symbol: "T", name: "uncapped target", value: uncapped.amount, unit },
        { symbol: "M", name: "cap", value: limit.amount, unit },
      ],
      result: { value: capped.amount, unit },
      rounding: "none",
      source,
    },
  ];
  if (resultingPerKg !== undefined && weight !== undefined) {
    steps.push({
      id: "capped-per-kg",
      title: "Dose per kg that the cap leaves",
      formula: "dose per kg = cap M / weight w",
      worked: `${limit.digits} / ${formatDecimal(weight.weightKg)} kg = ${resultingPerKg.digits}`,
      inputs: [{ symbol: "M", name: "cap", value: limit.amount, unit }, weightInput(weight)],
      result: { value: resultingPerKg.amount, unit: `${unit}/kg` },
      rounding: resultingPerKg.isExact ? "none" : FOR_READING,
      source: "definition",
    });
  }
  return steps;
}

/** The study day of the last administration; nothing to reckon for a single one. */
export function scheduleStep(
  administrations: readonly PrescribedAdministration[],
  { administrations: { count, intervalDays }, sources }: ResolvedRule,
): readonly Step[] {
  const last = administrations.at(-1);
  if (last === undefined || intervalDays === undefined || count < 2) return [];
  return [
    {
      id: "study-day",
      title: "Study day of the last administration",
      formula: "day = 1 + (n - 1) × interval i; the first administration is Day 1, there is no Day 0",
      worked: `1 + (${count} - 1) × ${intervalDays} = Day ${last.studyDay}${last.date === undefined ? "" : `, ${last.date}`}`,
      inputs: [
        { symbol: "n", name: "administrations", value: String(count), unit: "administrations" },
        { symbol: "i", name: "interval", value: String(intervalDays), unit: "days" },
      ],
      result: { value: String(last.studyDay), unit: "study day" },
      rounding: "none",
      source: sources.administrations,
    },
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
  const steps: Step[] = [
    {
      id: "cumulative",
      title: "Planned cumulative exposure",
      formula: "total = target t × number of administrations n",
      worked: `${target.digits} × ${count} = ${total.digits}`,
      inputs: [
        { symbol: "t", name: "target of one administration", value: target.amount, unit },
        { symbol: "n", name: "administrations", value: String(count), unit: "administrations" },
      ],
      result: { value: total.amount, unit },
      rounding: "none",
      source: "definition",
    },
  ];
  if (perKg !== undefined && weight !== undefined) {
    steps.push({
      id: "cumulative-per-kg",
      title: "Planned cumulative exposure per kg",
      formula: "total per kg = total / weight w",
      worked: `${total.digits} / ${formatDecimal(weight.weightKg)} kg = ${perKg.digits}`,
      inputs: [{ symbol: "T", name: "total", value: total.amount, unit }, weightInput(weight)],
      result: { value: perKg.amount, unit: `${unit}/kg` },
      rounding: perKg.isExact ? "none" : FOR_READING,
      source: "definition",
    });
  }
  return steps;
}

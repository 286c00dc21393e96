import { fail } from "../../foundation/index.js";
import { compare, exact, type Exact } from "./exact.js";
import type { PreparationOrder, TrialDose } from "./model.js";
import type { Trace } from "./trace.js";

/** Ledger lines that a field of an order answers too, with the unit in which a ledger writes them. */
const SHARED = [
  { key: "infusion.finalVolume", unit: "mL", path: "infusion.finalVolumeMl" },
  { key: "infusion.rate", unit: "mL/min", path: "infusion.rateMlPerMin" },
  { key: "product.recovery", unit: "", path: "lots.0.recovery" },
  { key: "product.minViability", unit: "", path: "product.minimumViability" },
] as const;

const NUMBER = /^(?<number>(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?: (?<unit>.+))?$/u;

function stated(order: PreparationOrder, path: string): string | undefined {
  if (path === "lots.0.recovery") return order.lots?.[0]?.recovery;
  if (path === "product.minimumViability") return order.product?.minimumViability;
  return path === "infusion.rateMlPerMin" ? order.infusion.rateMlPerMin : order.infusion.finalVolumeMl;
}

/**
 * Where a line of the ledger is a plain number with its unit ("100 mL", "0.85"), the order must say the same.
 *
 * @throws AllocellError `dose.assumption_conflict`
 */
export function requireLedgerAgrees(trial: TrialDose, order: PreparationOrder): void {
  for (const { key, unit, path } of SHARED) {
    const line = trial.assumptions.find((closed) => closed.key === key);
    const value = stated(order, path);
    const groups = line === undefined ? undefined : NUMBER.exec(line.value)?.groups;
    if (line === undefined || value === undefined || groups === undefined || (groups["unit"] ?? "") !== unit) continue;
    if (compare(exact(groups["number"] ?? "0"), exact(value)) === 0) continue;
    fail("dose.assumption_conflict", path, `The ledger says ${key} = "${line.value}", the order says ${value}.`, {
      expected: line.value,
      received: value,
    });
  }
}

/** Weight and age outside the trial's criteria, and sources that contradict themselves. */
export function warnOfTrial(trace: Trace, trial: TrialDose, order: PreparationOrder): void {
  const measures = { weight: order.weight?.weightKg, age: order.participant?.ageYears, bmi: undefined };
  for (const { id, measure, unit, minimum, maximum, minimumExcluded, maximumExcluded } of trial.criteria) {
    const text = measures[measure];
    if (text === undefined) continue;
    const value: Exact = exact(text);
    const isBelow = minimum !== undefined && compare(value, exact(minimum)) < (minimumExcluded ? 1 : 0);
    const isAbove = maximum !== undefined && compare(value, exact(maximum)) > (maximumExcluded ? -1 : 0);
    if (!isBelow && !isAbove) continue;
    const limit = isBelow ? `a minimum of ${minimum} ${unit}` : `a maximum of ${maximum ?? ""} ${unit}`;
    trace.warnings.push({
      code: `dose.${measure}_outside_eligibility`,
      path: measure === "weight" ? "weight.weightKg" : "participant.ageYears",
      message: `${text} ${unit} does not meet eligibility criterion "${id}", ${limit}.`,
      expected: limit,
      received: `${text} ${unit}`,
    });
  }
  if (trial.contradictions.length > 0) {
    trace.warnings.push({
      code: "dose.registry_contradiction",
      path: "dose.trial",
      message: `The sources of ${trial.trial} contradict themselves (${trial.contradictions.join(", ")}): see that none of it concerns this dose.`,
    });
  }
}

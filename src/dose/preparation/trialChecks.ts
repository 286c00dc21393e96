import { fail } from "../../foundation/index.js";
import { compare, exact, type Exact } from "../exact.js";
import type { PreparationOrder, TrialDose } from "./model.js";
import type { Trace } from "./trace.js";

/** Ledger lines that a field of an order answers too, with the unit in which a ledger writes them. */
const SHARED: ReadonlyMap<
  string,
  { readonly unit: string; readonly path: string; readonly of: (order: PreparationOrder) => string | undefined }
> = new Map([
  [
    "infusion.finalVolume",
    { unit: "mL", path: "infusion.finalVolumeMl", of: ({ infusion }) => infusion.finalVolumeMl },
  ],
  ["infusion.rate", { unit: "mL/min", path: "infusion.rateMlPerMin", of: ({ infusion }) => infusion.rateMlPerMin }],
  ["product.recovery", { unit: "", path: "lots.0.recovery", of: ({ lots }) => lots?.[0]?.recovery }],
  [
    "product.minViability",
    { unit: "", path: "product.minimumViability", of: ({ product }) => product?.minimumViability },
  ],
]);

const NUMBER = /^(?<number>(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?: (?<unit>.+))?$/u;

/**
 * Where a line of the ledger is a plain number with its unit ("100 mL", "0.85"), the order must say the same.
 *
 * @throws AllocellError `dose.assumption_conflict`
 */
export function requireLedgerAgrees(trial: TrialDose, order: PreparationOrder): void {
  for (const { key, value: said } of trial.assumptions) {
    const shared = SHARED.get(key);
    if (shared === undefined) continue;
    const { unit, path } = shared;
    const value = shared.of(order);
    const groups = NUMBER.exec(said)?.groups;
    if (value === undefined || groups === undefined || (groups["unit"] ?? "") !== unit) continue;
    if (compare(exact(groups["number"] ?? "0"), exact(value)) === 0) continue;
    fail("dose.assumption_conflict", path, `The ledger says ${key} = "${said}", the order says ${value}.`, {
      expected: said,
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

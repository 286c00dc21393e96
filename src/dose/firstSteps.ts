import { compare, type Fraction, UNIT_KINDS, type UnitKind } from "../quantity/index.js";
import type { PrescriptionFormulaId } from "./formula/prescriptionFormulas.js";
import type { StepSource } from "./formula/sources.js";
import { addStep, type Steps } from "./formula/step.js";
import type { PrescribedRule } from "./model.js";
import type { PreparedRule } from "./preparation/model.js";

/** A dose with its sources, as a prescription and a preparation know it. */
interface Dose {
  readonly rule: PreparedRule | PrescribedRule;
  readonly unitKind: UnitKind;
  readonly sources: { readonly rule: StepSource; readonly cap: StepSource };
}

/**
 * The target of one administration before a cap, with its step.
 *
 * @param sizeOf - what a dose goes by: kg, or m²; asked for only where it is needed
 */
export function addTarget(
  trace: Steps<PrescriptionFormulaId>,
  { rule, unitKind, sources }: Dose,
  sizeOf: () => Fraction,
): Fraction {
  const about = { unit: UNIT_KINDS[unitKind], source: sources.rule };
  if (!("amount" in rule)) return addStep(trace, "target:placebo", {}, about);
  if (rule.kind === "flat") return addStep(trace, "target:flat", { D: rule.amount }, about);
  return rule.kind === "per-m2"
    ? addStep(trace, "target:per-m2", { d: rule.amount, s: sizeOf() }, about)
    : addStep(trace, "target:per-kg", { d: rule.amount, w: sizeOf() }, about);
}

/** The target that a cap leaves, and where it acts on a dose per kg, the dose per kg that is left. */
export interface Capped {
  readonly value: Fraction;
  readonly isApplied: boolean;
  readonly perKg?: Fraction;
}

/** The comparison with a cap, with its steps. */
export function addCap(
  trace: Steps<PrescriptionFormulaId>,
  { rule, unitKind, sources }: Dose,
  uncapped: Fraction,
  cap: Fraction,
  weight: Fraction | undefined,
): Capped {
  const unit = UNIT_KINDS[unitKind];
  const isApplied = compare(uncapped, cap) > 0;
  const values = { T: uncapped, M: cap };
  const value = addStep(trace, isApplied ? "cap:acts" : "cap:does-not-act", values, { unit, source: sources.cap });
  if (!isApplied || rule.kind !== "per-kg" || weight === undefined) return { value, isApplied };
  return { value, isApplied, perKg: addStep(trace, "capped-per-kg", { M: cap, w: weight }, { unit }) };
}

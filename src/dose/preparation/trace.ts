import type { Issue } from "../../foundation/index.js";
import type { StepInput } from "../model.js";
import type { PreparationStep } from "./result.js";
import { readable } from "./shown.js";

export const NO_ROUNDING = "none";
export const FOR_READING = "half-up to 0.01, for reading only: no later step uses it";
export const DEFINITION = "definition";

/** Steps and warnings of one preparation, in the order in which they come about. */
export interface Trace {
  readonly steps: PreparationStep[];
  readonly warnings: Issue[];
}

export interface StepText {
  readonly id: string;
  readonly title: string;
  readonly formula: string;
  /** Without the result, which is added. */
  readonly worked: string;
  readonly inputs: readonly StepInput[];
  readonly unit: string;
  readonly rounding?: string;
  readonly source?: string;
}

/** Adds a step; `result` differs from `exact` only where `rounding` says so. */
export function addStep(trace: Trace, text: StepText, exact: string, result: string = exact): void {
  const { id, title, formula, worked, inputs, unit, rounding = NO_ROUNDING, source = DEFINITION } = text;
  const before = exact === result ? "" : `${readable(exact)} → `;
  // Frozen here, so that the whole need not be walked through again.
  Object.freeze(inputs);
  const step: PreparationStep = {
    id,
    title,
    formula,
    worked: `${worked} = ${before}${readable(result)} ${unit}`,
    inputs,
    exact,
    result: Object.freeze({ value: result, unit }),
    rounding,
    source,
  };
  trace.steps.push(Object.freeze(step));
}

export const input = (symbol: string, name: string, value: string, unit: string): StepInput =>
  Object.freeze({ symbol, name, value, unit });

import type { Step, StepInput } from "./model.js";

export const NO_ROUNDING = "none";
export const FOR_READING = "half-up to 0.01, for reading only: no later step uses it";
export const DEFINITION = "definition";

export const input = (symbol: string, name: string, value: string, unit: string): StepInput =>
  Object.freeze({ symbol, name, value, unit });

/** Freezes a step with all that is in it; here, so that a whole record of steps need not be walked through again. */
export function frozenStep<S extends Step>(step: S): S {
  Object.freeze(step.inputs);
  Object.freeze(step.result);
  return Object.freeze(step);
}

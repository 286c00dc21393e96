import type { Issue } from "../../foundation/index.js";
import type { StepInput } from "../model.js";
import type { PreparationStep } from "./result.js";
import { readable } from "../shown.js";
import { DEFINITION, frozenStep, NO_ROUNDING } from "../step.js";

/** Steps and warnings of one preparation, in the order in which they come about. */
export interface Trace {
  /**
   * Absent where nobody reads them: most of the time of a preparation goes into their texts. A step is added by
   * `trace.steps?.push(writtenStep({ ... }))`, which writes nothing where there are no steps.
   */
  readonly steps: PreparationStep[] | undefined;
  readonly warnings: Issue[];
}

/** Adds warnings; of several with one code at one field the first says enough, and one override accepts it. */
export function warnOnce({ warnings }: Trace, found: readonly Issue[]): void {
  for (const issue of found) {
    const isKnown = warnings.some(({ code, path }) => code === issue.code && path === issue.path);
    if (!isKnown) warnings.push(issue);
  }
}

export interface StepText {
  readonly id: string;
  readonly title: string;
  readonly formula: string;
  /** Without the result, which is added. */
  readonly worked: string;
  readonly inputs: readonly StepInput[];
  readonly unit: string;
  /** Decimal text before a rounding. */
  readonly exact: string;
  /** What later steps use; differs from `exact` only where `rounding` says so. */
  readonly result?: string;
  readonly rounding?: string;
  readonly source?: string;
}

/** The step with its result at the end of the worked line, frozen. */
export function writtenStep(text: StepText): PreparationStep {
  const { id, title, formula, worked, inputs, unit, exact, result = exact } = text;
  const { rounding = NO_ROUNDING, source = DEFINITION } = text;
  const before = exact === result ? "" : `${readable(exact)} → `;
  return frozenStep({
    id,
    title,
    formula,
    worked: `${worked} = ${before}${readable(result)} ${unit}`,
    inputs,
    exact,
    result: { value: result, unit },
    rounding,
    source,
  });
}

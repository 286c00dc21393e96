import type { Issue } from "../../foundation/index.js";

/** What of a preparation may change with the weight; `limits`: whether it is refused, its warnings, a graduation less or more. */
export type BorderKind = "containers" | "draw" | "cap" | "band" | "limits";

/**
 * The kinds of borders, in the order in which {@link findWeightBorders} tells them: containers, draw, cap, band of weights,
 * limits of weight.
 */
export const BORDER_KINDS: readonly BorderKind[] = Object.freeze(["containers", "draw", "cap", "band", "limits"]);

/** What one component comes to at one weight; numbers are decimal text, cells in the dose's unit. */
export interface BorderPart {
  /** Of several. */
  readonly component?: string;
  readonly dosingKg: string;
  readonly target: string;
  readonly isCapped: boolean;
  /** Which of the order's weight bands, from 1. */
  readonly band?: number;
  readonly containers: readonly { readonly lot: string; readonly containers: number }[];
  readonly drawMl: string;
  readonly delivered: string;
  readonly diluentMl: string;
  readonly finalVolumeMl: string;
}

/** One weight: either `parts` and `warnings`, or `refused`. */
export interface BorderRow {
  /** Measured weight. */
  readonly weightKg: string;
  /** What is not as it is one step below. */
  readonly changes: readonly BorderKind[];
  readonly parts?: readonly BorderPart[];
  /** Codes. */
  readonly warnings?: readonly string[];
  readonly refused?: readonly Issue[];
}

/** The weights at which a preparation changes, unblinded. */
export interface WeightBorders {
  readonly fromKg: string;
  readonly toKg: string;
  readonly stepKg: string;
  readonly kinds: readonly BorderKind[];
  /** How many weights were prepared to find them. */
  readonly weightsPrepared: number;
  readonly rows: readonly BorderRow[];
}

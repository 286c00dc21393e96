import type { PreparationOrder } from "../preparation/model.js";

/** One person's own inputs. Nothing here fills in one check from another. */
export interface PreparationCheck {
  readonly by: string;
  /** From which sources the values were taken: scale print-out, lot sheet, protocol. */
  readonly enteredFrom: string;
  readonly order: PreparationOrder;
  /** A check that says it was copied is refused. */
  readonly copiedFrom?: string;
}

/** One field in which two checks differ, both values side by side; `undefined`: not stated. */
export interface CheckDifference {
  readonly field: string;
  readonly first: string | undefined;
  readonly second: string | undefined;
}

export interface CheckComparison {
  readonly first: string;
  readonly second: string;
  readonly agree: boolean;
  readonly fieldsCompared: number;
  readonly differences: readonly CheckDifference[];
}

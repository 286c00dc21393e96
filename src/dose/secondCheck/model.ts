import type { Issue } from "../../foundation/index.js";
import type { PreparationOrder } from "../preparation/model.js";

/** One person's own inputs. Nothing here fills in one check from another. */
export interface PreparationCheck {
  readonly by: string;
  /** From which sources the values were taken: scale print-out, lot sheet, protocol. */
  readonly enteredFrom: string;
  readonly order: PreparationOrder;
  /** What the documents say beside the order, as route, storage and diluent; compared too, but for `comments`. */
  readonly document?: Readonly<Record<string, unknown>>;
  /** A check that says it was copied is refused. */
  readonly copiedFrom?: string;
}

/** One field in which two checks differ, both values side by side; `undefined`: not stated. */
export interface CheckDifference {
  readonly field: string;
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/** What is to be said of the order of one of the two. */
export interface CheckFault {
  readonly by: string;
  readonly issue: Issue;
}

/** What comes out when two people's orders are compared field by field, and both are prepared. */
export interface CheckComparison {
  /** For whom and for which kit, as the first states them; where the second states others, `differences` has both. */
  readonly subject?: string;
  readonly kit?: string;
  readonly first: string;
  readonly second: string;
  readonly agree: boolean;
  /** How many fields were compared. */
  readonly fieldsCompared: number;
  readonly differences: readonly CheckDifference[];
  /** Of an order that cannot be prepared; two that agree in a fault are no agreement. */
  readonly faults: readonly CheckFault[];
  /** Warnings of each order that wait for a reason and a name. */
  readonly openWarnings: readonly CheckFault[];
}

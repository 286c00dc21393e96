import type { FormulaId } from "./formulas.js";
import type { RoundingPart } from "./rounding.js";
import type { StepSource } from "./sources.js";

/**
 * A value that a step of a calculation starts from: its symbol in the formula, its name, its exact value as decimal
 * text, and its unit (empty: a pure number).
 */
export interface StepInput {
  readonly symbol: string;
  readonly name: string;
  /** Decimal text, exact. */
  readonly value: string;
  readonly unit: string;
}

/** One step of a calculation, complete enough to be followed by hand. */
export interface Step {
  readonly id: string;
  /** The line of the table of formulas; its part before a colon is the id. */
  readonly formulaId: FormulaId;
  readonly title: string;
  /** In words and in the symbols of the inputs. */
  readonly formula: string;
  /** The formula with its numbers, as people read them, and its result. */
  readonly worked: string;
  readonly inputs: readonly StepInput[];
  /** Before a rounding: decimal text of at most 40 digits. */
  readonly exact: string;
  /** What later steps use; differs from `exact` only where `rounding` says so. */
  readonly result: { readonly value: string; readonly unit: string };
  /** "none", or the rule in words. */
  readonly rounding: string;
  /** Where the rule comes from. */
  readonly source: string;
  /** What `rounding` and `source` are put together of, for other languages. */
  readonly parts: { readonly rounding: readonly RoundingPart[]; readonly source: StepSource };
  /** What title and formula name, such as a lot. */
  readonly texts: Readonly<Record<string, string>>;
}

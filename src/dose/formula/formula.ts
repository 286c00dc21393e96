import type { ROUNDINGS } from "./rounding.js";
import type { SourceWord } from "./sources.js";

/** An input's name and unit. `{unit}` is what the dose counts; other names in braces come with the step. */
export type FormulaInput = readonly [name: string, unit: string];

export interface Formula {
  readonly title: string;
  /** See {@link readLine}. */
  readonly line: string;
  /** What computes, where the line says it in words. */
  readonly expression?: string;
  /** A relation that stands before the result, such as "{T} > {M}". */
  readonly before?: string;
  /** What stands after the result. */
  readonly after?: string;
  readonly inputs: Readonly<Record<string, FormulaInput>>;
  readonly unit: string;
  readonly rounding?: keyof typeof ROUNDINGS;
  /** Where it comes from, in a general word; without one, and without a citation, it is a definition. */
  readonly source?: SourceWord;
  /** Where it was published. */
  readonly citation?: string;
}

export const input = (name: string, unit: string): FormulaInput => [name, unit];

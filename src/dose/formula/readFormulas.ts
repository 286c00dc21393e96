import { type Fraction, readFraction } from "../../quantity/index.js";
import { readExpression, readLine } from "./expression.js";
import type { Formula } from "./formula.js";

export type Quantity = Fraction | string;

/** What is put into a formula, by its symbols: exact, or as decimal text; several for a sum. */
export type Values = Readonly<Record<string, Quantity | readonly Quantity[] | undefined>>;

/** A formula whose line was read. */
export interface ReadFormula extends Formula {
  /** What computes. */
  readonly expression: string;
  readonly valueOf: (values: Values) => Fraction;
}

/** Formulas by their ids. */
export type ReadFormulas<Id extends string> = Readonly<Record<Id, ReadFormula>>;

const asFraction = (value: Quantity): Fraction => (typeof value === "string" ? readFraction(value) : value);

export const readFormulas = <Id extends string>(formulas: Readonly<Record<Id, Formula>>): ReadFormulas<Id> =>
  Object.fromEntries(
    Object.entries<Formula>(formulas).map(([id, formula]): readonly [string, ReadFormula] => {
      const { expression = readLine(formula.line).expression } = formula;
      return [id, { ...formula, expression, valueOf: readExpression<Quantity>(expression, asFraction) }];
    }),
  ) as ReadFormulas<Id>;

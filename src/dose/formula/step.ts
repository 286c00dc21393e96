import { decimalText, type Fraction, readFraction, roundedText, ceiling, floor } from "../../quantity/index.js";
import { hundredths, readable } from "../shown.js";
import { eachOf, filled, formulaText, readLine, valueOf } from "./expression.js";
import { FORMULAS, type Formula, type FormulaId, ROUNDINGS } from "./formulas.js";

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
  /** What title and formula name, such as a lot. */
  readonly texts: Readonly<Record<string, string>>;
}

type Quantity = Fraction | string;

/** What is put into a formula, by its symbols: exact, or as decimal text; several for a sum. */
export type Values = Readonly<Record<string, Quantity | readonly Quantity[] | undefined>>;

export interface About {
  /** What the dose counts, such as "viable cells". */
  readonly unit?: string;
  /** Of the title and the inputs; several of a sum, in its order. */
  readonly texts?: Readonly<Record<string, string | readonly string[]>>;
  /** In place of the formula's own. */
  readonly source?: string;
  /** Where the order says how is rounded: the rule in words, and what comes of it. */
  readonly rounded?: { readonly rule: string; readonly result: Fraction };
  /** Of a formula with a root, which no fraction gives. */
  readonly exact?: Fraction;
}

/** Steps are kept where they are read; without them most of the time of a preparation is saved. */
export interface Steps {
  readonly steps: Step[] | undefined;
}

const asText = (value: Quantity): string => (typeof value === "string" ? value : decimalText(value));
const asFraction = (value: Quantity): Fraction => (typeof value === "string" ? readFraction(value) : value);

const each = <T>(values: Values, of: (value: Quantity) => T): Readonly<Record<string, T | readonly T[] | undefined>> =>
  Object.fromEntries(
    Object.entries(values).map(([symbol, value]) => [
      symbol,
      value === undefined ? undefined : Array.isArray(value) ? value.map(of) : of(value as Quantity),
    ]),
  );

export const expressionOf = ({ line, expression }: Formula): string => expression ?? readLine(line).expression;

const ROUND: Readonly<Record<keyof typeof ROUNDINGS, (exact: Fraction) => string>> = {
  none: decimalText,
  reading: hundredths,
  percent: hundredths,
  percentOfClass: hundredths,
  fourPlaces: (exact) => roundedText(exact, 4),
  up: (exact) => decimalText(ceiling(exact)),
  down: (exact) => decimalText(floor(exact)),
  minutesUp: decimalText,
};

/** A text with what stands for its names in braces; others stay. */
export const withTexts = (text: string, texts: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/gu, (whole, name: string) => texts[name] ?? whole);

/** How numbers and units are said: as English reads them, unless told otherwise. */
export interface Saying {
  readonly number: (decimal: string) => string;
  readonly unit: (unit: string) => string;
}

const PLAIN: Saying = { number: readable, unit: (unit) => unit };

type Filled = Pick<Step, "inputs" | "exact" | "result" | "texts" | "formulaId">;

/** Inputs by the symbols of their formula: y1 and y2 as y. */
export function bySymbol({
  formulaId,
  inputs,
}: Pick<Step, "formulaId" | "inputs">): Readonly<Record<string, string | readonly string[]>> {
  const known = FORMULAS[formulaId].inputs;
  const found: Record<string, string | string[]> = {};
  for (const { symbol, value } of inputs) {
    if (known[symbol] !== undefined) found[symbol] = value;
    else {
      const of = symbol.replace(/\d+$/u, "");
      const before = found[of];
      found[of] = Array.isArray(before) ? [...before, value] : [value];
    }
  }
  return found;
}

/** The formula with its numbers: "100 - 7.24 = 92.76 mL"; of one quantity alone "w = 72.4 kg". */
export function workedLine(step: Filled, { number, unit }: Saying = PLAIN): string {
  const formula = FORMULAS[step.formulaId];
  const given = each(bySymbol(step), (value) => number(asText(value)));
  const expression = expressionOf(formula);
  const isAlone = /^(?:\{\w+\}|0)$/u.test(expression);
  const left = isAlone ? readLine(formula.line).left || "target" : filled(expression, given);
  const before = formula.before === undefined ? "" : `${filled(formula.before, given)}: `;
  const { value, unit: of } = step.result;
  const exact = step.exact === value ? "" : `${number(step.exact)} → `;
  const after =
    formula.after === undefined ? "" : `; ${withTexts(filled(withTexts(formula.after, step.texts), given), {})}`;
  return `${before}${left} = ${exact}${number(value)}${of === "" ? "" : ` ${unit(of)}`}${after}`;
}

function inputsOf({ inputs }: Formula, values: Values, unit: string, texts: About["texts"] = {}): readonly StepInput[] {
  return eachOf(each(values, asText)).map(([symbol, of, value, index]) => {
    const [name, own] = inputs[of] ?? [of, ""];
    const named = Object.fromEntries(
      Object.entries<string | readonly string[]>({ unit, ...texts }).map(([key, text]) => [
        key,
        (typeof text === "string" ? text : text[index]) ?? "",
      ]),
    );
    return Object.freeze({ symbol, name: withTexts(name, named), value, unit: withTexts(own, named) });
  });
}

function writtenStep(formulaId: FormulaId, values: Values, exact: Fraction, about: About): Step {
  const formula = FORMULAS[formulaId];
  const { unit = "", rounded, source = formula.source ?? "definition" } = about;
  const own = Object.entries({ unit, ...about.texts }).filter(([, text]) => typeof text === "string");
  const texts = Object.freeze(Object.fromEntries(own) as Record<string, string>);
  const rule = formula.rounding ?? "none";
  const result = {
    value: rounded === undefined ? ROUND[rule](exact) : decimalText(rounded.result),
    unit: withTexts(formula.unit, texts),
  };
  const inputs = Object.freeze(inputsOf(formula, values, unit, about.texts));
  const step = { formulaId, inputs, exact: decimalText(exact), result: Object.freeze(result), texts };
  const numbers = each(values, (value) => readable(asText(value))) as Readonly<Record<string, string>>;
  return Object.freeze({
    id: formulaId.replace(/:.*/u, ""),
    title: withTexts(formula.title, { ...numbers, ...texts }),
    formula: formulaText(withTexts(formula.line, texts), values),
    worked: workedLine(step),
    rounding: rounded?.rule ?? ROUNDINGS[rule],
    source,
    ...step,
  });
}

/**
 * Computes a formula for what is given, and writes its step where steps are kept.
 *
 * @returns the exact value, before a rounding
 */
export function addStep({ steps }: Steps, formulaId: FormulaId, values: Values, about: About = {}): Fraction {
  const exact = about.exact ?? valueOf(expressionOf(FORMULAS[formulaId]), values, asFraction);
  steps?.push(writtenStep(formulaId, values, exact, about));
  return exact;
}

import { fail, requireEach, requireFields } from "../../foundation/index.js";
import { decimalText, type Fraction, readFraction, roundedText, ceiling, floor } from "../../quantity/index.js";
import type { Step, StepInput } from "./model.js";
import { hundredths, readable } from "../shown.js";
import { eachOf, filled, formulaText, type FormulaLine, readExpression, readLine } from "./expression.js";
import { FORMULAS, type Formula, type FormulaId, ROUNDINGS } from "./formulas.js";

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

interface ReadFormula extends FormulaLine {
  readonly valueOf: (values: Values) => Fraction;
}

/** Each formula read once, when the program starts. */
const READ = /* @__PURE__ */ Object.fromEntries(
  Object.entries(FORMULAS).map(([id, { line, expression }]): readonly [string, ReadFormula] => {
    const read = { ...readLine(line), ...(expression === undefined ? {} : { expression }) };
    return [id, { ...read, valueOf: readExpression<Quantity>(read.expression, asFraction) }];
  }),
) as Readonly<Record<FormulaId, ReadFormula>>;

/** A text with what stands for its names in braces; others stay. */
const withTexts = (text: string, texts: Readonly<Record<string, string>>): string =>
  !text.includes("{") ? text : text.replace(/\{(\w+)\}/gu, (whole, name: string) => texts[name] ?? whole);

/** A formula in the words of a language; numbers and symbols are those of the step. */
export interface FormulaWords {
  /** Names in braces stand for texts of the step and for its inputs. */
  readonly title: string;
  /** The formula, with ` = ` behind what is computed. */
  readonly line: string;
  /** In place of the step's own texts. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Before a number that is not shown in full, with its space: "about ". */
  readonly about: string;
  /** Before a bracket whose value is rounded up: "ceiling". */
  readonly ceiling: string;
  readonly unit: (unit: string) => string;
}

type Computed = Pick<Step, "inputs" | "exact" | "result" | "texts" | "formulaId">;

/** Inputs by the symbols of their formula: y1 and y2 as y. */
function bySymbol({
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

const WORDS = { title: "text", line: "text", about: "text", ceiling: "text", unit: "a function" } as const;

/**
 * Title, formula and worked line of a step in the words of a language: the line is "100 - 7.24 = 92.76 mL", of one
 * quantity alone "w = 72.4 kg".
 *
 * @throws AllocellError `input.invalid`
 * @example
 * const words = { title: "Poids", line: "w = poids mesuré a", about: "environ ", ceiling: "plafond" };
 * stepInWords(step, { ...words, unit: (text) => text }).worked; // "w = 72.4 kg"
 */
export function stepInWords(step: Computed, words: FormulaWords): Pick<Step, "title" | "formula" | "worked"> {
  const what = "a step of a calculation";
  requireFields(step, what, { formulaId: "text", inputs: "a list", exact: "text", result: "a map", texts: "a map" });
  requireFields(words, "the words of a formula", WORDS);
  if (!Object.hasOwn(FORMULAS, step.formulaId)) {
    return fail("input.invalid", "formulaId", `This is not ${what}: no formula has its id.`, {
      expected: "a formula of the table",
      received: step.formulaId,
    });
  }
  requireEach(step.inputs, "an input of a step", { symbol: "text", value: "text" });
  const { line, about, ceiling, unit } = words;
  const { before, after }: Formula = FORMULAS[step.formulaId];
  const { expression } = READ[step.formulaId];
  const texts = words.texts === undefined ? step.texts : { ...step.texts, ...words.texts };
  const given = bySymbol(step);
  const numbers = each(given, (value) => readable(asText(value), about));
  const isAlone = /^(?:\{\w+\}|0)$/u.test(expression);
  const { left } = readLine(line);
  const { value, unit: of } = step.result;
  const worked = [
    before === undefined ? "" : `${filled(before, numbers)}: `,
    isAlone && left !== "" ? left : filled(expression, numbers).replace("ceiling(", `${ceiling}(`),
    " = ",
    step.exact === value ? "" : `${readable(step.exact, about)} → `,
    readable(value, about),
    of === "" ? "" : ` ${unit(of)}`,
    after === undefined ? "" : `; ${filled(after, { ...numbers, ...texts })}`,
  ];
  return {
    title: filled(words.title, { ...numbers, ...texts }),
    formula: formulaText(line, given, texts),
    worked: worked.join(""),
  };
}

const asIs = (unit: string): string => unit;

function inputsOf({ inputs }: Formula, values: Values, { unit = "", texts = {} }: About): readonly StepInput[] {
  const all = Object.entries<string | readonly string[]>({ unit, ...texts });
  // In the order of the table, whatever the order in which they are handed over.
  const ordered = Object.fromEntries(Object.keys(inputs).map((symbol) => [symbol, values[symbol]]));
  return eachOf(ordered).map(([symbol, of, value, index]) => {
    const [name, own] = inputs[of] ?? [of, ""];
    const named = Object.fromEntries(
      all.map(([key, text]) => [key, typeof text === "string" ? text : (text[index] ?? "")]),
    );
    return Object.freeze({ symbol, name: withTexts(name, named), value: asText(value), unit: withTexts(own, named) });
  });
}

function writtenStep(formulaId: FormulaId, values: Values, exact: Fraction, about: About): Step {
  const formula = FORMULAS[formulaId];
  const { title, line } = formula;
  const { unit = "", rounded, source = formula.source ?? formula.citation ?? "definition" } = about;
  const own = Object.entries({ unit, ...about.texts }).filter(([, text]) => typeof text === "string");
  const texts = Object.freeze(Object.fromEntries(own) as Record<string, string>);
  const rule = formula.rounding ?? "none";
  const value = rounded === undefined ? ROUND[rule](exact) : decimalText(rounded.result);
  const computed = {
    formulaId,
    inputs: Object.freeze(inputsOf(formula, values, about)),
    exact: decimalText(exact),
    result: Object.freeze({ value, unit: withTexts(formula.unit, texts) }),
    texts,
  };
  return Object.freeze({
    id: formulaId.replace(/:.*/u, ""),
    ...stepInWords(computed, { title, line, about: "about ", ceiling: "ceiling", unit: asIs }),
    rounding: rounded?.rule ?? ROUNDINGS[rule],
    source,
    ...computed,
  });
}

/**
 * Computes a formula for what is given, and writes its step where steps are kept.
 *
 * @returns the exact value, before a rounding
 */
export function addStep({ steps }: Steps, formulaId: FormulaId, values: Values, about: About = {}): Fraction {
  const exact = about.exact ?? READ[formulaId].valueOf(values);
  steps?.push(writtenStep(formulaId, values, exact, about));
  return exact;
}

import { deepFreeze } from "../../foundation/index.js";
import { decimalText, type Fraction, roundedText, ceiling, floor } from "../../quantity/index.js";
import type { Step, StepInput } from "./model.js";
import { hundredths, readable } from "../shown.js";
import { eachOf, filled, formulaText, readLine } from "./expression.js";
import type { Formula } from "./formula.js";
import type { FormulaId } from "./formulas.js";
import { roundingInWords, type RoundingPart, type ROUNDINGS, type RoundingTexts } from "./rounding.js";
import { sourceInWords, type StepSource, type SourceTexts } from "./sources.js";
import type { Quantity, ReadFormula, ReadFormulas, Values } from "./readFormulas.js";

export interface About {
  /** What the dose counts, such as "viable cells". */
  readonly unit?: string;
  /** Of the title and the inputs; several of a sum, in its order. */
  readonly texts?: Readonly<Record<string, string | readonly string[]>>;
  /** In place of the formula's own. */
  readonly source?: StepSource;
  /** Where the order says how is rounded: the rule, and what comes of it. */
  readonly rounded?: { readonly rule: readonly RoundingPart[]; readonly result: Fraction };
  /** Of a formula with a root, which no fraction gives. */
  readonly exact?: Fraction;
}

/** The steps of a calculation, and the formulas that it has. */
export interface Steps<Id extends FormulaId = FormulaId> {
  readonly formulas: ReadFormulas<Id>;
  /** Kept where they are read; without them most of the time of a preparation is saved. */
  readonly steps: Step[] | undefined;
}

const asText = (value: Quantity): string => (typeof value === "string" ? value : decimalText(value));

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
  /** Absent: English. */
  readonly rounding?: RoundingTexts;
  /** Absent: English. */
  readonly source?: SourceTexts;
}

/** What a step has whatever the language. */
export type Computed = Pick<Step, "inputs" | "exact" | "result" | "texts" | "formulaId" | "parts">;

/** What a step says in the words of a language. */
export type Said = Pick<Step, "title" | "formula" | "worked" | "rounding" | "source">;

/** Inputs by the symbols of their formula: y1 and y2 as y. */
function bySymbol(
  known: Formula["inputs"],
  inputs: Step["inputs"],
): Readonly<Record<string, string | readonly string[]>> {
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

/** Title, formula, worked line, rounding and source of a step of the formula. */
export function inWords({ before, after, expression, inputs }: ReadFormula, step: Computed, words: FormulaWords): Said {
  const { line, about, ceiling, unit } = words;
  const texts = words.texts === undefined ? step.texts : { ...step.texts, ...words.texts };
  const given = bySymbol(inputs, step.inputs);
  const numbers = each(given, (value) => readable(asText(value), about));
  const isAlone = /^(?:\{\w+\}|0)$/u.test(expression);
  const left = isAlone ? readLine(line).left : "";
  const { value, unit: of } = step.result;
  const worked = [
    before === undefined ? "" : `${filled(before, numbers)}: `,
    left !== "" ? left : filled(expression, numbers).replace("ceiling(", `${ceiling}(`),
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
    rounding: roundingInWords(step.parts.rounding, words.rounding),
    source: sourceInWords(step.parts.source, words.source),
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

const ownSource = ({ source = "definition", citation }: Formula): StepSource => [
  citation === undefined ? { key: source } : { key: "citation", text: citation },
];

function writtenStep(formulaId: FormulaId, formula: ReadFormula, values: Values, exact: Fraction, about: About): Step {
  const { title, line } = formula;
  const { unit = "", rounded, source = ownSource(formula) } = about;
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
    parts: deepFreeze({ rounding: rounded?.rule ?? [{ key: rule }], source }),
  };
  return Object.freeze({
    id: formulaId.replace(/:.*/u, ""),
    ...inWords(formula, computed, { title, line, about: "about ", ceiling: "ceiling", unit: asIs }),
    ...computed,
  });
}

/**
 * Computes a formula for what is given, and writes its step where steps are kept.
 *
 * @returns the exact value, before a rounding
 */
export function addStep<Id extends FormulaId>(
  { steps, formulas }: Steps<Id>,
  formulaId: Id,
  values: Values,
  about: About = {},
): Fraction {
  const formula = formulas[formulaId];
  const exact = about.exact ?? formula.valueOf(values);
  steps?.push(writtenStep(formulaId, formula, values, exact, about));
  return exact;
}

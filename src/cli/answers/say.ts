import { assumptionText, stepText, type Language } from "../../report/index.js";
import type { Step } from "../../dose/index.js";
import type { UnitKind } from "../../quantity/index.js";
import { wrapWide } from "../chinese/wrapWide.js";
import { counted, widthOf, wrapText } from "../textTable.js";

/** Texts of an answer by their keys, each in both languages; `{name}` is a place for a value. */
export type Texts = Readonly<Record<string, { readonly en: string; readonly zh: string }>>;

type Values = Readonly<Record<string, string | number | undefined>>;

/** Gives the text of a key with its places filled in. */
export type Say<T extends Texts> = (key: keyof T & string, values?: Values) => string;

/** What says these texts in a language; a value that is missing leaves its place empty. */
export function sayIn<T extends Texts>(texts: T, language: Language): Say<T> {
  return (key, values = {}) =>
    (texts[key]?.[language] ?? "").replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ""));
}

/** Breaks a text into lines as its language does. */
export const wrapIn = (language: Language): typeof wrapText => (language === "zh" ? wrapWide : wrapText);

/** `1 row`, `2 rows`; in Chinese the number with its measure word. */
export const countIn = (language: Language, count: number, one: string, chinese: string): string =>
  language === "zh" ? `${count} ${chinese}` : counted(count, one);

/** A text that is filled up to so many places of a terminal. */
export const padTo = (text: string, places: number): string => text + " ".repeat(Math.max(0, places - widthOf(text)));

/** The steps of a calculation, numbered: title, formula with rounding and source, and the formula filled in. */
export function stepLines(language: Language, steps: readonly Step[], unitKind: UnitKind): readonly string[] {
  const wrap = wrapIn(language);
  return steps.flatMap((step, index) => {
    const { title, formula, worked, rounding, source } = stepText(language, step, unitKind);
    const basis = language === "zh" ? `${formula}［${rounding}；${source}］` : `${formula} [${rounding}; ${source}]`;
    return [...wrap(title, `${String(index + 1).padStart(2)}. `), ...wrap(basis, "      "), ...wrap(worked, "      ")];
  });
}

/** Assumptions that an answer rests on, one a line. */
export const assumptionLines = (
  language: Language,
  assumptions: readonly { readonly key: string; readonly value: string }[],
): readonly string[] =>
  assumptions.flatMap(({ key, value }) => wrapIn(language)(assumptionText(language, key, value), "  - "));

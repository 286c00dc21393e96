import { bracketed } from "../texts/signs.js";
import {
  compare,
  decimalText,
  fraction,
  type Fraction,
  groupThousands,
  over,
  readFraction,
  roundedText,
  times,
  type Count,
  type UnitKind,
} from "../../quantity/index.js";
import { say } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";

/** `2026-02-27T09:30` as people write it. */
export const localTimeText = (time: string): string => time.replace("T", " ");

const LONGEST = 6;

const MILLION = /* @__PURE__ */ fraction(1_000_000);

/** A large number as it is said, and how many places it may have. */
interface LargeUnit {
  readonly word: string;
  readonly size: Fraction;
  readonly places: number;
}

/** From the largest down. Chinese says 万 and 亿, and never 百万; 亿 only where it leaves no long fraction. */
const LARGE: Readonly<Record<Language, readonly LargeUnit[]>> = /* @__PURE__ */ (() => ({
  en: [{ word: "million", size: MILLION, places: Infinity }],
  zh: [
    { word: "亿", size: fraction(100_000_000), places: 4 },
    { word: "万", size: fraction(10_000), places: Infinity },
  ],
}))();

/** A unit kind behind a number. */
export const unitText = (language: Language, unitKind: UnitKind): string => say(language, `unit.${unitKind}`);

/** A signed number of per cent as the steps show it. */
export const percentText = (language: Language, text: string): string =>
  language === "zh" ? `${text.replace("-", "−")}%` : `${text} %`;

/**
 * A decimal as the steps show it: with thousands commas; as it is if it ends within 6 places, otherwise "about",
 * half-up to 0.0001. Nothing is cut off.
 */
export function numberText(language: Language, decimal: string): string {
  const places = decimal.split(".")[1]?.length ?? 0;
  if (places <= LONGEST) return groupThousands(decimal);
  return `${say(language, "word.about")} ${groupThousands(roundedText(readFraction(decimal), 4))}`;
}

/**
 * A number in millions, in Chinese in 万 or 亿; undefined below one million. Exact, but for what `numberText` shows as
 * "about".
 *
 * @example
 * largeText("zh", "72400000"); // "7240 万"
 */
export function largeText(language: Language, decimal: string): string | undefined {
  const value = readFraction(decimal);
  if (compare(value, MILLION) < 0) return undefined;
  for (const { word, size, places } of LARGE[language]) {
    const quotient = decimalText(over(value, size));
    if (compare(value, size) < 0 || (quotient.split(".")[1]?.length ?? 0) > places) continue;
    return `${word === "万" ? numberText(language, quotient).replaceAll(",", "") : numberText(language, quotient)} ${word}`;
  }
  return undefined;
}

/**
 * Digits with the unit, and beside them the millions, in Chinese 万 or 亿: nobody has to count zeros.
 *
 * @param per - behind the unit, such as "/kg"
 */
export function countText(language: Language, { amount, unitKind }: Count, per = ""): string {
  const large = largeText(language, amount);
  const digits = `${numberText(language, amount)} ${unitText(language, unitKind)}${per}`;
  return large === undefined ? digits : `${digits}${bracketed(language, large)}`;
}

/** A speed in mL/min, and as a pump is set: "2.5 mL/min = 150 mL/h". */
export function rateText(rateMlPerMin: string | undefined): string | undefined {
  if (rateMlPerMin === undefined) return undefined;
  const perHour = decimalText(times(readFraction(rateMlPerMin), fraction(60)));
  return `${groupThousands(rateMlPerMin)} mL/min = ${groupThousands(perHour)} mL/h`;
}

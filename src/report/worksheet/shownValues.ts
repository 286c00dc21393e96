import type { Preparation } from "../../dose/index.js";
import {
  compare,
  decimalText,
  fraction,
  groupThousands,
  over,
  readFraction,
  roundedText,
  times,
  UNIT_KINDS,
  type Count,
} from "../../quantity/index.js";
import { say } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";

/** `2026-02-27T09:30` as people write it. */
export const localTimeText = (time: string): string => time.replace("T", " ");

const LONGEST = 6;
const MILLION = /* @__PURE__ */ fraction(1_000_000);

/**
 * A decimal as the steps show it: with thousands commas; as it is if it ends within 6 places, otherwise "about",
 * half-up to 0.0001. Nothing is cut off.
 */
export function numberText(language: Language, decimal: string): string {
  const places = decimal.split(".")[1]?.length ?? 0;
  if (places <= LONGEST) return groupThousands(decimal);
  return `${say(language, "word.about")} ${groupThousands(roundedText(readFraction(decimal), 4))}`;
}

/** A number in millions; undefined below one million. */
export function millionsText(language: Language, decimal: string): string | undefined {
  const value = readFraction(decimal);
  if (compare(value, MILLION) < 0) return undefined;
  return `${numberText(language, decimalText(over(value, MILLION)))} ${say(language, "word.million")}`;
}

/**
 * Digits with the unit, and beside them the millions: nobody has to count zeros.
 *
 * @param per - behind the unit, such as "/kg"
 */
export function countText(language: Language, { amount, unitKind }: Count, per = ""): string {
  const millions = millionsText(language, amount);
  const digits = `${numberText(language, amount)} ${UNIT_KINDS[unitKind]}${per}`;
  return millions === undefined ? digits : `${digits} (${millions})`;
}

/** A speed in mL/min, and as a pump is set: "2.5 mL/min = 150 mL/h". */
export function rateText(rateMlPerMin: string | undefined): string | undefined {
  if (rateMlPerMin === undefined) return undefined;
  const perHour = decimalText(times(readFraction(rateMlPerMin), fraction(60)));
  return `${groupThousands(rateMlPerMin)} mL/min = ${groupThousands(perHour)} mL/h`;
}

const UNIT_WORDS: readonly string[] = Object.values(UNIT_KINDS);

/** Everything in the texts of a preparation that people wrote, and units: never put into another language. */
export function keptTexts({ order }: Preparation): readonly string[] {
  const { lots = [], product } = order;
  const own = lots.flatMap(({ lot, testedViability }) => [lot, testedViability?.method ?? ""]);
  return [...UNIT_WORDS, ...own, product?.name ?? "", product?.source ?? ""];
}

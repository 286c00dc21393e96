import type { Preparation, ShownCount } from "../../dose/index.js";
import { UNIT_KINDS } from "../../quantity/index.js";
import { say } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";

/** `2026-02-27T09:30` as people write it. */
export const localTimeText = (time: string): string => time.replace("T", " ");

/** Digits, and beside them millions in words: nobody has to count zeros. */
export function countText(language: Language, { digits, words }: ShownCount): string {
  const million = /^(?<about>about )?(?<number>[\d,.]+) million /.exec(words)?.groups?.["number"];
  return million === undefined ? digits : `${digits} (${million} ${say(language, "word.million")})`;
}

const UNIT_WORDS: readonly string[] = Object.values(UNIT_KINDS);

/** Everything in the texts of a preparation that people wrote, and units: never put into another language. */
export function keptTexts({ order }: Preparation): readonly string[] {
  const { lots = [], product } = order;
  const own = lots.flatMap(({ lot, testedViability }) => [lot, testedViability?.method ?? ""]);
  return [...UNIT_WORDS, ...own, product?.name ?? "", product?.source ?? ""];
}

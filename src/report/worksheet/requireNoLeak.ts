import type { Preparation } from "../../dose/index.js";
import { foldText, namePattern, throwIfAny, type Issue } from "../../foundation/index.js";
import type { DocumentTexts } from "../../trial/index.js";
import { compare, readFraction, times } from "../../quantity/index.js";
import { findNumber, tellingNumbers } from "./tellingNumbers.js";
import { TELLING_PATTERNS, withoutEverydayWords } from "./tellingPatterns.js";

/** Numbers of people and kits; the other texts are sentences. */
const CODES: readonly string[] = ["subject", "kit"];

interface Found {
  readonly what: string;
  readonly text: string;
}

interface Name extends Found {
  readonly pattern: RegExp;
}

/** Names that tell the arm of this very preparation: the trial's arms, the product, the lots. */
function tellingNames({ order, arm }: Preparation): readonly Name[] {
  const words = new Map<string, string>();
  const add = (word: string | undefined, what: string): void => {
    const text = foldText(word ?? "");
    if (text !== "") words.set(text, what);
  };
  add(arm, "an arm");
  // Of every arm, not only of this one: what is refused is the same in all of them.
  for (const name of order.dose.from === "trial" ? order.dose.trial.armNames : []) add(name, "an arm");
  for (const { arm: other } of order.infusion.otherArms ?? []) add(other, "an arm");
  add(order.product?.name, "the product");
  for (const { lot } of order.lots ?? []) add(lot, "a lot");
  return [...words].flatMap(([text, what]): Name[] => {
    // A name of one letter or digit is told by what stands beside it ("arm A"): it is in every second number of a visit.
    if (/^[^\p{L}\p{N}]*(?!\p{Script=Han})[\p{L}\p{N}][^\p{L}\p{N}]*$/u.test(text)) return [];
    const pattern = namePattern(text, true);
    return pattern === undefined ? [] : [{ what, text, pattern: new RegExp(pattern, "iu") }];
  });
}

const FLUSH = /flush|rinse|saline|冲管|冲洗|沖管|生理盐水/iu;

const VOLUME =
  /(?<!\d|\d\.)(\d+(?:\.\d+)?)\s*(?:(?:mL|cc|millilitres?|milliliters?)(?!\p{Script=Latin})|毫升)(\s*\/\s*(?:min|h|hr|hour|分钟|小时)(?!\p{Script=Latin}))?/giu;

/**
 * A volume that is not the final one, or a speed that is not the stated one: those two are the same in every arm. What a
 * line is flushed with is no part of the bag.
 */
function otherVolume(text: string, infusion: Preparation["infusion"]): Found | undefined {
  for (const clause of text.split(/[;,()。、]|\s\/\s/u)) {
    for (const [found, number = "", per] of clause.matchAll(VOLUME)) {
      const isFlush = per === undefined && FLUSH.test(clause);
      if (isFlush || isOfEveryArm(number.replace(/^0+(?=\d)/u, ""), per, infusion)) continue;
      return { what: per === undefined ? "a volume" : "a rate", text: found };
    }
  }
  return undefined;
}

/** Whether a number of millilitres is the final volume, or, in a time, the stated speed. */
function isOfEveryArm(
  number: string,
  per: string | undefined,
  { finalVolumeMl, rateMlPerMin }: Preparation["infusion"],
): boolean {
  const value = readFraction(number);
  if (per === undefined) return compare(value, readFraction(finalVolumeMl)) === 0;
  const minutes = readFraction(/min|分钟/iu.test(per) ? "1" : "60");
  return rateMlPerMin !== undefined && compare(value, times(readFraction(rateMlPerMin), minutes)) === 0;
}

function findTelling(
  isCode: boolean,
  written: string,
  names: readonly Name[],
  numbers: ReadonlySet<string>,
): Found | undefined {
  const text = foldText(written);
  const asRead = isCode ? (sentence: string): string => sentence : withoutEverydayWords;
  const [searched, asWritten] = [asRead(text), asRead(written)];
  const name = names.find(({ pattern }) => pattern.test(searched));
  if (name !== undefined) return name;
  const elsewhere = isCode ? "sentences" : "codes";
  for (const { what, pattern } of TELLING_PATTERNS.filter(({ tellsIn }) => tellsIn !== elsewhere)) {
    // As it was written, too: folding makes 10⁶ a number of three digits.
    const found = (pattern.exec(searched) ?? pattern.exec(asWritten))?.[0];
    if (found !== undefined) return { what, text: found };
  }
  const number = findNumber(text, numbers);
  return number === undefined ? undefined : { what: "a number of the preparation", text: number };
}

/**
 * Refuses a text that could tell the arm. It errs to the side of the blind: a harmless text that holds such a word has to
 * be written otherwise.
 *
 * @throws AllocellError `report.blinded_leak`, one issue for each field
 */
export function requireNoLeak(written: Readonly<Record<string, string>>, preparation: Preparation): void {
  throwIfAny(leakSearch(preparation)(written));
}

/** Made once for a preparation: finds the fields whose texts could tell its arm. */
export function leakSearch(preparation: Preparation): (written: Readonly<Record<string, string>>) => readonly Issue[] {
  const names = tellingNames(preparation);
  const numbers = tellingNumbers(preparation);
  return (written) =>
    Object.entries(written).flatMap(([field, text]): Issue[] => {
      const found =
        findTelling(CODES.includes(field), text, names, numbers) ?? otherVolume(foldText(text), preparation.infusion);
      if (found === undefined) return [];
      return [
        {
          code: "report.blinded_leak",
          path: field,
          message: `The ${field} "${text}" names ${found.what} ("${found.text}"), and a blinded record would show it: write it otherwise.`,
          expected: "a text that is the same in every arm",
          received: text,
          parameters: { found: found.text },
        },
      ];
    });
}

/**
 * Names of products stand on a label together, those of all arms: they may say what is given, and no level, amount or
 * number of this preparation.
 *
 * @throws AllocellError `report.blinded_leak`
 */
export function requireNamesOfAllArms({ products = [] }: DocumentTexts, preparation: Preparation): void {
  const numbers = tellingNumbers(preparation);
  throwIfAny(
    products.flatMap(({ name }, index): Issue[] => {
      const text = foldText(name);
      const pattern = TELLING_PATTERNS.filter(({ what }) => /level|amount|count|number/u.test(what)).find((one) =>
        one.pattern.test(text),
      );
      const found =
        pattern?.what ?? (findNumber(text, numbers) === undefined ? undefined : "a number of the preparation");
      if (found === undefined) return [];
      return [
        {
          code: "report.blinded_leak",
          path: `texts.products.${index}.name`,
          message: `The product's name "${name}" tells ${found}, and a blinded label would show it: write it otherwise.`,
          expected: "a name that is the same at every dose",
          received: name,
        },
      ];
    }),
  );
}

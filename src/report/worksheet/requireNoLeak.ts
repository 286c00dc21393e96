import type { Preparation } from "../../dose/index.js";
import { throwIfAny, type Issue } from "../../foundation/index.js";
import { compareDecimal } from "../../quantity/index.js";
import { TELLING_PATTERNS } from "./tellingPatterns.js";

/** Fields that people write, and in which a treatment could be written by mistake. */
const WRITTEN = ["subject", "kit", "visit", "route", "storage"] as const;
type WrittenField = (typeof WRITTEN)[number];
const NUMBERS: readonly WrittenField[] = ["subject", "kit"];

export type Written = Readonly<Record<WrittenField, string>>;

interface Found {
  readonly what: string;
  readonly text: string;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Full-width letters, other spaces and capitals make no other text. */
const folded = (text: string): string => text.normalize("NFKC").replace(/\s+/gu, " ").trim();

/**
 * A word is found where no letter continues it, a number where no digit does, so that "low" is not in "slow" and is in
 * "low1"; Chinese is written without spaces, so there a word is found anywhere.
 */
function asWord(word: string): RegExp {
  const [first = "", last = ""] = [word[0], word[word.length - 1]];
  const isIn = (character: string): "han" | "word" | "number" =>
    /\p{Script=Han}/u.test(character) ? "han" : /\p{L}/u.test(character) ? "word" : "number";
  const before = { han: "", word: "(?<!\\p{L})", number: "(?<!\\p{N}|\\p{N}[.,])" }[isIn(first)];
  const after = { han: "", word: "(?!\\p{L})", number: "(?!\\p{N}|[.,]\\p{N})" }[isIn(last)];
  return new RegExp(`${before}${escaped(word)}${after}`, "iu");
}

/** What tells the arm of this very preparation: names of the trial's arms, product, lots, and the numbers of the dose. */
function tellingWords({ order, arm, target, delivered, isPlacebo }: Preparation): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const add = (word: string | undefined, what: string): void => {
    const text = folded(word ?? "");
    if (text !== "") words.set(text, what);
  };
  add(arm, "an arm");
  // Of every arm, not only of this one: what is refused is the same in all of them.
  for (const name of order.dose.from === "trial" ? order.dose.trial.armNames : []) add(name, "an arm");
  for (const { arm: other } of order.infusion.otherArms ?? []) add(other, "an arm");
  add(order.product?.name, "the product");
  for (const { lot } of order.lots ?? []) add(lot, "a lot");
  if (isPlacebo) return words;
  for (const { amount, digits } of [target.amount, delivered.amount]) {
    add(amount, "the dose");
    add(digits.split(" ")[0], "the dose");
  }
  if ("amount" in target.rule) add(target.rule.amount, "the dose level");
  return words;
}

/** A volume that is not the final one, which is the same in every arm. */
function otherVolume(text: string, finalVolumeMl: string): Found | undefined {
  for (const [found, number = ""] of text.matchAll(/(\d+(?:\.\d+)?)\s*(?:mL\b|毫升)/giu)) {
    if (compareDecimal(number.replace(/^0+(?=\d)/u, ""), finalVolumeMl) !== 0) return { what: "a volume", text: found };
  }
  return undefined;
}

function findTelling(field: WrittenField, written: string, preparation: Preparation): Found | undefined {
  const text = folded(written);
  for (const [word, what] of tellingWords(preparation)) if (asWord(word).test(text)) return { what, text: word };
  for (const { what, pattern, isForSentences } of TELLING_PATTERNS) {
    if (isForSentences === true && NUMBERS.includes(field)) continue;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { what, text: found };
  }
  return otherVolume(text, preparation.infusion.finalVolumeMl);
}

/**
 * Refuses a text that could tell the arm. It errs to the side of the blind: a harmless text that holds such a word has to
 * be written otherwise.
 *
 * @throws AllocellError `report.blinded_leak`, one issue for each field
 */
export function requireNoLeak(blinded: Written, preparation: Preparation): void {
  throwIfAny(
    WRITTEN.flatMap((field): Issue[] => {
      const found = findTelling(field, blinded[field], preparation);
      if (found === undefined) return [];
      return [
        {
          code: "report.blinded_leak",
          path: field,
          message: `The ${field} "${blinded[field]}" names ${found.what} ("${found.text}"), and a blinded record would show it: write it otherwise.`,
          expected: "a text that is the same in every arm",
          received: blinded[field],
        },
      ];
    }),
  );
}

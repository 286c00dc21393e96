import type { Preparation } from "../../dose/index.js";
import { throwIfAny, type Issue } from "../../foundation/index.js";
import { compareDecimal, multiplyDecimal } from "../../quantity/index.js";
import { TELLING_PATTERNS, withoutEverydayWords } from "./tellingPatterns.js";

/** Fields that people write, and in which a treatment could be written by mistake. */
const WRITTEN = ["subject", "kit", "visit", "route", "storage"] as const;
type WrittenField = (typeof WRITTEN)[number];
const CODES: readonly WrittenField[] = ["subject", "kit"];

export type Written = Readonly<Record<WrittenField, string>>;

interface Found {
  readonly what: string;
  readonly text: string;
}

interface Name extends Found {
  readonly pattern: RegExp;
}

const HAN = /\p{Script=Han}/u;

/** Full-width letters, other spaces, invisible characters and capitals make no other text. */
const folded = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/\p{Cf}+/gu, "")
    .replace(/\s+/gu, " ")
    .trim();

/**
 * A name wherever it stands, with whatever between its words and numbers: `EX-2401` is in "ex 2401" too.
 *
 * A word is found where no letter continues it, a number where no digit does, so that "low" is not in "slow" and is in
 * "low1"; Chinese is written without spaces, so there a word is found anywhere. A name of a single letter or digit is
 * told by what stands beside it ("arm A"), not by itself: it is in every second number of a visit.
 */
function asName(name: string): RegExp | undefined {
  const parts = name.match(/\p{Script=Han}+|(?!\p{Script=Han})\p{L}+|\p{N}+/gu) ?? [];
  const [first = "", last = ""] = [parts[0], parts[parts.length - 1]];
  if (parts.length === 0 || (parts.length === 1 && first.length === 1 && !HAN.test(first))) return undefined;
  const isIn = (part: string): "han" | "word" | "number" =>
    HAN.test(part) ? "han" : /\p{L}/u.test(part) ? "word" : "number";
  const before = { han: "", word: "(?<!\\p{L})", number: "(?<!\\p{N}|\\p{N}\\.)" }[isIn(first)];
  const after = { han: "", word: "(?!\\p{L})", number: "(?!\\p{N}|\\.\\p{N})" }[isIn(last)];
  return new RegExp(`${before}${parts.join("[^\\p{L}\\p{N}]*")}${after}`, "iu");
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

const FLUSH = /flush|rinse|saline|冲管|冲洗|生理盐水/iu;

/**
 * A volume that is not the final one, or a speed that is not the stated one: those two are the same in every arm. What a
 * line is flushed with is no part of the bag.
 */
function otherVolume(text: string, { finalVolumeMl, rateMlPerMin }: Preparation["infusion"]): Found | undefined {
  for (const clause of text.split(/[;,()。]|\s\/\s/u)) {
    const volumes = clause.matchAll(
      /(?<!\d|\d\.)(\d+(?:\.\d+)?)\s*(?:mL(?!\p{L})|毫升)(\s*\/\s*(?:min|h|hr|hour|分钟|小时)(?!\p{L}))?/giu,
    );
    for (const [found, number = "", per] of volumes) {
      const value = number.replace(/^0+(?=\d)/u, "");
      if (per === undefined) {
        if (compareDecimal(value, finalVolumeMl) === 0 || FLUSH.test(clause)) continue;
        return { what: "a volume", text: found };
      }
      const minutes = /min|分钟/iu.test(per) ? "1" : "60";
      const isStated =
        rateMlPerMin !== undefined && compareDecimal(value, multiplyDecimal(rateMlPerMin, minutes)) === 0;
      if (!isStated) return { what: "a rate", text: found };
    }
  }
  return undefined;
}

function findTelling(
  field: WrittenField,
  written: string,
  names: readonly Name[],
  infusion: Preparation["infusion"],
): Found | undefined {
  const text = folded(written);
  const isCode = CODES.includes(field);
  const named = isCode ? text : withoutEverydayWords(text);
  for (const { what, text: name, pattern } of names) if (pattern.test(named)) return { what, text: name };
  for (const { what, pattern, isForSentences, isForCodes } of TELLING_PATTERNS) {
    if (isCode ? isForSentences === true : isForCodes === true) continue;
    // As it was written, too: folding makes 10⁶ a number of three digits.
    const found = (pattern.exec(text) ?? pattern.exec(written))?.[0];
    if (found !== undefined) return { what, text: found };
  }
  return otherVolume(text, infusion);
}

/**
 * Refuses a text that could tell the arm. It errs to the side of the blind: a harmless text that holds such a word has to
 * be written otherwise.
 *
 * @throws AllocellError `report.blinded_leak`, one issue for each field
 */
export function requireNoLeak(blinded: Written, preparation: Preparation): void {
  const names = [...tellingWords(preparation)].flatMap(([text, what]): Name[] => {
    const pattern = asName(text);
    return pattern === undefined ? [] : [{ what, text, pattern }];
  });
  throwIfAny(
    WRITTEN.flatMap((field): Issue[] => {
      const found = findTelling(field, blinded[field], names, preparation.infusion);
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

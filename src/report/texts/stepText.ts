import type { Language } from "./language.js";
import { PHRASES } from "./phrases.js";

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const isLetter = (character: string | undefined): boolean => /[A-Za-z]/.test(character ?? "");

/** A phrase is no part of a longer word. */
function pattern(phrase: string): string {
  const before = isLetter(phrase[0]) ? "(?<![A-Za-z-])" : "";
  const after = isLetter(phrase[phrase.length - 1]) ? "(?![A-Za-z-])" : "";
  return `${before}${escaped(phrase)}${after}`;
}

const CHINESE: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(PHRASES);
const ANY: string = /* @__PURE__ */ [...CHINESE.keys()]
  .sort((a, b) => b.length - a.length)
  .map(pattern)
  .join("|");

/**
 * A generated text of a step or a warning in a language: words change; numbers, symbols, units and codes do not.
 *
 * @param kept - texts that other people gave, such as lot numbers: they stay as they are, whatever words are in them
 */
export function stepText(language: Language, text: string, kept: readonly string[]): string {
  if (language === "en") return text;
  const own = kept.filter((name) => name !== "").sort((a, b) => b.length - a.length);
  const names = new Set(own);
  const any = new RegExp([...own.map(escaped), ANY].join("|"), "g");
  return text.replace(any, (found) => (names.has(found) ? found : (CHINESE.get(found) ?? found)));
}

/** The source of a step: a citation or a file stays as it is, a general word is said in the language. */
export function sourceText(language: Language, source: string): string {
  if (language === "en") return source;
  return (
    CHINESE.get(source) ??
    source
      .replace(/\bassumption (?=[\w.]+ = ")/g, "假设 ")
      .replace(/, version of (?=\d)/g, "，版本 ")
      .replace(/^the order, within /, "医嘱，不超出 ")
      .replace(/^practice from /, "惯例，见 ")
      .replace(/: label$/, "：标签")
      .replace(/^(.*?); formula: /, (_, head: string) => `${sourceText(language, head)}；公式：`)
  );
}

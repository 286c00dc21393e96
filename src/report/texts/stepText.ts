import { assumptionText } from "./assumptionTexts.js";
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
const ANY = /* @__PURE__ */ new RegExp(
  [...CHINESE.keys()]
    .sort((a, b) => b.length - a.length)
    .map(pattern)
    .join("|"),
  "g",
);

/** Signs as Chinese writes them; those of formulas stay half-width. */
const chineseSigns = (text: string): string =>
  text
    .replace(/(?<=^|[\s(=])-(?=[\s\d])/g, "−")
    .replace(/<=/g, "≤")
    .replace(/>=/g, "≥")
    .replace(/(?<=\d) %/g, "%")
    .replace(/(?<=\p{Script=Han}|（|）) (?=\p{Script=Han}|（)/gu, "")
    .replace(/\?/g, "？")
    .replace(/(?<=\p{Script=Han}|）), |, (?=\p{Script=Han})/gu, "，")
    .replace(/(?<=\p{Script=Han}|）); |; (?=\p{Script=Han})/gu, "；")
    .replace(/(?<=\p{Script=Han}|）): |: (?=\p{Script=Han})/gu, "：");

const inChinese = (text: string): string => chineseSigns(text.replace(ANY, (found) => CHINESE.get(found) ?? found));

/**
 * A generated text of a step or a warning in a language: words, units and signs change; numbers, symbols and codes do not.
 *
 * @param kept - texts that other people gave, such as lot numbers: they stay as they are, whatever words are in them
 */
export function stepText(language: Language, text: string, kept: readonly string[]): string {
  if (language === "en") return text;
  const own = kept.filter((name) => name !== "").sort((a, b) => b.length - a.length);
  if (own.length === 0) return inChinese(text);
  // Every second part is a name, since the pattern is one group.
  const parts = text.split(new RegExp(`(${own.map(escaped).join("|")})`));
  return parts.map((part, index) => (index % 2 === 0 ? inChinese(part) : part)).join("");
}

/** The source of a step: a citation or a file stays as it is, a general word is said in the language. */
export function sourceText(language: Language, source: string): string {
  if (language === "en") return source;
  return (
    CHINESE.get(source) ??
    source
      .replace(/\bassumption ([\w.]+) = "([^"]*)"/g, (_, key: string, value: string) =>
        ["假设：", assumptionText(language, key, value)].join(""),
      )
      .replace(/, version of (?=\d)/g, "，版本日期 ")
      .replace(/; (?=假设)/g, "；")
      .replace(/^the order, within /, "配制指令，不超出 ")
      .replace(/^practice from /, "惯例，依据 ")
      .replace(/\/kg\/day\b/, "/(kg·d)")
      .replace(/: label$/, "：标签")
      .replace(/^(.*?); formula: /, (_, head: string) => `${sourceText(language, head)}；公式：`)
  );
}

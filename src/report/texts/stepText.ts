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
const longestFirst = (): string =>
  [...CHINESE.keys()]
    .sort((a, b) => b.length - a.length)
    .map(pattern)
    .join("|");
const ANY: RegExp = /* @__PURE__ */ new RegExp(longestFirst(), "g");
const STANDS_FOR = "\uE000";

/**
 * A generated text of a step or a warning in a language: words change; numbers, symbols, units and codes do not.
 *
 * @param kept - texts that other people gave, such as lot numbers: they stay as they are, whatever words are in them
 */
export function stepText(language: Language, text: string, kept: readonly string[]): string {
  if (language === "en") return text;
  const held: string[] = [];
  let open = text;
  for (const own of [...new Set(kept)].sort((a, b) => b.length - a.length)) {
    if (own !== "") {
      open = open.replaceAll(own, () => {
        held.push(own);
        return `${STANDS_FOR}${held.length - 1}${STANDS_FOR}`;
      });
    }
  }
  const said = open.replace(ANY, (phrase) => CHINESE.get(phrase) ?? phrase);
  return said.replace(/\uE000(\d+)\uE000/g, (_, index: string) => held[Number(index)] ?? "");
}

import type { Language } from "./language.js";

interface Signs {
  readonly colon: string;
  readonly comma: string;
  readonly semicolon: string;
  /** Between things of which each could stand alone. */
  readonly between: string;
}

/** Signs between words, as each language writes them: Chinese has no space beside them. */
export const SIGNS: Readonly<Record<Language, Signs>> = {
  en: { colon: ": ", comma: ", ", semicolon: "; ", between: " · " },
  zh: { colon: "：", comma: "，", semicolon: "；", between: "；" },
};

/** A remark in brackets, behind what it is a remark on. */
export const bracketed = (language: Language, text: string): string =>
  language === "zh" ? `（${text}）` : ` (${text})`;

/** Signs of a line as Chinese writes them; dates keep theirs. */
export const chineseSigns = (text: string): string =>
  text
    .replace(/(?<=^|[\s(=])-(?=[\s\d])/gu, "−")
    .replace(/<=/gu, "≤")
    .replace(/>=/gu, "≥")
    .replace(/(?<=\d) %/gu, "%");

/** A number with its signs as a language writes them. */
export const signsIn = (language: Language, text: string): string => (language === "en" ? text : chineseSigns(text));

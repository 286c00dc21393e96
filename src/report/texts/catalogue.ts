import { fail } from "../../foundation/index.js";
import { ESCALATION_TEXTS } from "./escalationTexts.js";
import { LABEL_TEXTS } from "./labelTexts.js";
import type { Language, Text } from "./language.js";
import { QUESTION_TEXTS, WARNING_TEXTS } from "./warningTexts.js";

export type TextKey =
  keyof typeof LABEL_TEXTS | keyof typeof WARNING_TEXTS | keyof typeof QUESTION_TEXTS | keyof typeof ESCALATION_TEXTS;

/** Every text that the documents say, in every language. */
export const CATALOGUE: Readonly<Record<TextKey, Text>> = {
  ...LABEL_TEXTS,
  ...WARNING_TEXTS,
  ...QUESTION_TEXTS,
  ...ESCALATION_TEXTS,
};

/** The text of a key in a language. */
export const say = (language: Language, key: TextKey): string => CATALOGUE[key][language];

/** Says the text of a key in one language, with values in its places. */
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

export const sayIn =
  (language: Language): Say =>
  (key, values = {}) =>
    say(language, key).replace(/\{(\w+)\}/g, (_, place: string) => String(values[place] ?? ""));

/** The text of a warning's code; undefined for a code of another room, whose own message stands then. */
export function warningText(language: Language, code: string): string | undefined {
  const texts: Readonly<Record<string, Text>> = WARNING_TEXTS;
  return texts[`warning.${code}`]?.[language];
}

/** An open question of a product, `topic: question`; one of a topic that is not known here stays as it is. */
export function questionText(language: Language, question: string): string {
  const topic = question.split(":")[0] ?? "";
  const texts: Readonly<Record<string, Text>> = QUESTION_TEXTS;
  const text = texts[`question.${topic}`]?.[language];
  return text === undefined ? question : `${topic}: ${text}`;
}

/** @throws AllocellError `report.language_unknown` */
export function requireLanguage(language: string): Language {
  if (language === "en" || language === "zh") return language;
  return fail("report.language_unknown", "language", "Documents are written in English or in Chinese.", {
    expected: "en or zh",
    received: language,
  });
}

import { LABEL_TEXTS } from "./labelTexts.js";
import type { UnitKind } from "../../quantity/index.js";
import type { Language, Text } from "./language.js";
import { ofCounted } from "./thawText.js";
import { QUESTION_TEXTS, WARNING_TEXTS } from "./warningTexts.js";

export type TextKey = keyof typeof LABEL_TEXTS | keyof typeof WARNING_TEXTS | keyof typeof QUESTION_TEXTS;

/** Every text that the documents of a preparation say, in every language; a page of the pharmacy carries no other. */
export const CATALOGUE: Readonly<Record<TextKey, Text>> = {
  ...LABEL_TEXTS,
  ...WARNING_TEXTS,
  ...QUESTION_TEXTS,
};

/** The text of a key in a language; `counted` is what is thawed, where the text says so. */
export const say = (language: Language, key: TextKey, counted?: UnitKind): string =>
  ofCounted(CATALOGUE[key][language], counted);

/** The text of a warning's code; undefined for a code of another room, whose own message stands then. */
export function warningText(language: Language, code: string, counted?: UnitKind): string | undefined {
  const texts: Readonly<Record<string, Text>> = WARNING_TEXTS;
  const text = texts[`warning.${code}`]?.[language];
  return text === undefined ? undefined : ofCounted(text, counted);
}

/** An open question of a product, `topic: question`, in Chinese without the topic; one of a topic that is not known here stays as it is. */
export function questionText(language: Language, question: string): string {
  const topic = question.split(":")[0] ?? "";
  const texts: Readonly<Record<string, Text>> = QUESTION_TEXTS;
  const text = texts[`question.${topic}`]?.[language];
  if (text === undefined) return question;
  return language === "zh" ? text : `${topic}: ${text}`;
}

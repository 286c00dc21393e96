import type { Issue } from "../../foundation/index.js";
import { say } from "./catalogue.js";
import type { Language } from "./language.js";
import { SIGNS } from "./signs.js";
import { valueText } from "./valueText.js";

/** What an issue found and expected, each with its name. */
export function foundText(language: Language, { received, expected }: Issue): string {
  const { colon, semicolon } = SIGNS[language];
  const named = (name: "column.found" | "column.expected", text: string | undefined): readonly string[] =>
    text === undefined ? [] : [`${say(language, name)}${colon}${valueText(language, text)}`];
  return [...named("column.found", received), ...named("column.expected", expected)].join(semicolon);
}

import { requireLanguage } from "./requireLanguage.js";
import type { Language, Text } from "./language.js";

/** Gives the text of a key with its places filled in; a place without a value stays. */
export type Say<Key extends string> = (key: Key, values?: Readonly<Record<string, string>>) => string;

/** What says the texts of a table in a language; `{name}` in a text is a place for a value. @throws AllocellError `report.language_unknown` */
export function sayFrom<Key extends string>(texts: Readonly<Record<Key, Text>>, language: Language): Say<Key> {
  requireLanguage(language);
  return (key, values = {}) =>
    texts[key][language].replace(/\{(\w+)\}/gu, (place, name: string) => values[name] ?? place);
}

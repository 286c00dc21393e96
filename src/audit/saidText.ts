import { requireFields } from "../foundation/index.js";
import { AUDIT_TEXTS, type AuditTextKey } from "./auditTexts.js";

/** A text of an audit with what stands in its places; it is written in any language by its key. */
export interface AuditText {
  readonly key: AuditTextKey;
  readonly values: Readonly<Record<string, AuditValue>>;
}

/** What stands in a place: a value of the list or the plan, a text, or several of them. */
export type AuditValue = string | number | AuditText | AuditListing;

/** Several values in one place, with what stands between them in English. */
export interface AuditListing {
  readonly items: readonly (string | number | AuditText)[];
  readonly between: Between;
}

/** What stands between the values of a listing, by its English form. */
export const BETWEEN = [", ", "; ", " + ", " and with "] as const;
export type Between = (typeof BETWEEN)[number];

type PlacesOf<Template> = Template extends `${string}{${infer Place}}${infer Rest}` ? Place | PlacesOf<Rest> : never;
type ValuesOf<Key extends AuditTextKey> = Readonly<Record<PlacesOf<(typeof AUDIT_TEXTS)[Key]>, AuditValue>>;

/** A text by its key, with a value for each of its places. */
export function text<Key extends AuditTextKey>(
  key: Key,
  ...[values]: [PlacesOf<(typeof AUDIT_TEXTS)[Key]>] extends [never] ? [] : [ValuesOf<Key>]
): AuditText {
  return { key, values: values ?? {} };
}

/** The message of an error or a warning; another language names its code, which the page of codes explains. */
export const faultText = ({ message, code }: { readonly message: string; readonly code: string }): AuditText => ({
  key: "fault",
  values: { message, code },
});

/** Several values in one place. */
export const listing = (items: AuditListing["items"], between: Between = ", "): AuditListing => ({ items, between });

/** How texts are written in a language: by key, and what stands between several values. */
export interface AuditLanguage {
  readonly texts: Readonly<Record<AuditTextKey, string>>;
  readonly between: Readonly<Record<Between, string>>;
  /** What the code of an error or a warning means; absent: the code alone is named. */
  readonly meaningOf?: (code: string) => string;
}

const ENGLISH: AuditLanguage = {
  texts: AUDIT_TEXTS,
  between: { ", ": ", ", "; ": "; ", " + ": " + ", " and with ": " and with " },
};

/** A text in a language, English where none is given. */
export function writeAuditText(said: AuditText, language: AuditLanguage = ENGLISH): string {
  requireFields(said, "a text of an audit", { key: "text", values: "a map" });
  requireFields(language, "how texts are written in a language", { texts: "a map", between: "a map" });
  const write = (value: AuditValue | undefined): string => {
    if (typeof value !== "object") return String(value ?? "");
    if ("key" in value) return writeAuditText(value, language);
    return value.items.map(write).join(language.between[value.between]);
  };
  return language.texts[said.key].replace(/\{(\w+)\}/g, (_, place: string) =>
    place === "meaning" ? meaningIn(language, said.values["code"]) : write(said.values[place]),
  );
}

/** What a fault's code means, where the language knows it. */
const meaningIn = ({ meaningOf }: AuditLanguage, code: AuditValue | undefined): string =>
  typeof code === "string" ? (meaningOf?.(code) ?? "") : "";

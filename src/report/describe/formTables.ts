import { describeWords } from "../texts/describeTexts.js";
import type { Language } from "../texts/language.js";
import type { ListDescription } from "./description.js";
import { table } from "./markdown.js";

/** Head of a table of what is stated. */
export function whatAndValue(language: Language): readonly string[] {
  const say = describeWords(language);
  return [say("head.what"), say("head.value")];
}

/** Places for names, dates and signatures. */
export function signatures(roles: readonly string[], language: Language): string {
  const say = describeWords(language);
  return table(
    (["role", "name", "date", "signature"] as const).map((name) => say(`head.${name}`)),
    roles.map((role) => [role, "", "", ""]),
  );
}

/** The files of a list with their hashes; the hash of the unblinded manifest is filled in by hand. */
export function hashTable({ manifest }: ListDescription, language: Language): string {
  const say = describeWords(language);
  return table(
    [say("head.file"), say("head.hash")],
    [[say("record.manifest"), ""], ...(manifest?.files ?? []).map(({ file, sha256 }) => [file, sha256])],
  );
}

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

/** The seed of a list and its mark, or where a list comes from that has no seed. */
export function provenanceRows(
  { manifest }: ListDescription,
  language: Language,
): readonly (readonly [string, string])[] {
  const say = describeWords(language);
  const { adopted, seedMark = "" } = manifest ?? {};
  if (adopted === undefined) {
    return [
      [say("field.seed"), ""],
      [say("field.seedMark"), seedMark],
    ];
  }
  return [
    [say("field.madeBy"), adopted.system ?? ""],
    [say("field.seed"), say("value.noSeed")],
    [say("field.source"), say("value.source", { ...adopted.source })],
  ];
}
